"""Makes the results of the sample pages: python samples/make.py [FOLDER], by default samples/outputs."""

from __future__ import annotations

import sys
from pathlib import Path

from broadsheet import convert
from broadsheet.registry import load_registry

HERE = Path(__file__).resolve().parent
FORMATS = ("docx", "pdf", "epub", "html", "md", "txt", "outline", "json")


def make(folder: Path) -> None:
    """Write every sample page in every format; `epub` needs the plugin of this repository to be installed.

    Args:
        folder: where the results go; made where it is missing, files of an earlier run are replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    registry = load_registry(only=["broadsheet-epub"])
    for page in sorted(HERE.glob("*.txt")):
        for name in FORMATS:
            convert(page, folder / f"{page.stem}.{name}", registry=registry)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "outputs")

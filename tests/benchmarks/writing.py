"""How fast documents are written, parsing apart: a page of 20 KB in every format, and one very long page.

    python tests/benchmarks/writing.py [--pages 20] [--megabytes 10] [--runs 3]

Times are processor times of one process, which writes no page twice, the least of the runs. The very long page is written
in a process of its own, whose memory counts. README.md says how to read the tables.
"""

from __future__ import annotations

import argparse
import gc
import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from papers import paper

from broadsheet.cli.say import table
from broadsheet.conversion import parse, read, render
from broadsheet.model import Document, Role
from broadsheet.registry import load_registry
from broadsheet.schema import from_json, to_json
from broadsheet.views import set_blocks

MILLION = 1_000_000
PAGE_BYTES = 20_000
LANGUAGES = ("Chinese", "English")
REGISTRY = load_registry(only=["broadsheet-epub"])
FORMATS = tuple(name for name in ("txt", "md", "html", "docx", "epub", "pdf") if name in REGISTRY.writers)
#: Formats whose very long page is written; a PDF of ten megabytes has two thousand pages and nobody's patience.
LONG_FORMATS = tuple(name for name in ("txt", "html", "docx", "epub") if name in FORMATS)
#: What is asked for: milliseconds for a page of 20 KB; seconds and megabytes of memory for one of 10 MB; times as fast as typst.
PAGE_GOALS = {"txt": 1, "docx": 5, "epub": 8, "pdf": 60}
LONG_GOALS = {"docx": "2 s, 150 MB", "epub": "2 s"}
TYPST_GOAL = 2.5
#: Where typst finds the font that our PDF embeds, or another Noto Serif for Simplified Chinese (`--typst-fonts`).
TYPST_FONTS: list[str] = [folder for package in ("pylopdf_fonts_zh_cn",) if (found := find_spec(package)) for folder in found.submodule_search_locations or ()]
PANDOC_FORMATS = ("html", "docx", "epub")
_TYPST_SIGNS = re.compile(r"([\\*_`$#@<>~\[\]\"'/=+-])")


def documents(language: str, count: int, size: int) -> list[Document]:
    """So many parsed pages, no two alike, each of about so many bytes."""
    articles = paper(language, count * size + size).split("\n\n")
    made: list[Document] = []
    kept: list[str] = []
    for article in articles:
        kept.append(article)
        if sum(len(one.encode()) for one in kept) >= size and len(made) < count:
            made.append(document_of("\n\n".join(kept)))
            kept = []
    return made


def document_of(text: str) -> Document:
    return parse(read(text.encode(), name="page.txt", format="txt", registry=REGISTRY), registry=REGISTRY)


def each(work: Callable[[Document], object], pages: Sequence[Document], runs: int) -> float:
    """Milliseconds of processor time a page, the least of the runs.

    Every run has pages of its own, for writers may remember what they wrote; one page more comes first and is not counted.
    """
    first, *others = pages
    work(first)

    def once(some: Sequence[Document]) -> float:
        start = time.process_time()
        for page in some:
            work(page)
        return (time.process_time() - start) / len(some)

    return 1000 * min(once(others[run::runs]) for run in range(runs))


def writer(name: str) -> Callable[[Document], bytes]:
    return lambda page: render(page, format=name, registry=REGISTRY)


def short_pages(count: int, runs: int) -> Iterator[tuple[str, ...]]:
    """Milliseconds a page of each format, beside what is asked for and beside pandoc and typst on the same text."""
    pages = {language: documents(language, count * runs + 1, PAGE_BYTES) for language in LANGUAGES}
    yield ("format", *(f"{language}, ms" for language in LANGUAGES), "asked for", "beside it, on the Chinese text")
    for name in FORMATS:
        took = {language: each(writer(name), some, runs) for language, some in pages.items()}
        beside = beside_typst(pages["Chinese"], runs, took["Chinese"]) if name == "pdf" else beside_pandoc(pages["Chinese"], name, runs, took["Chinese"])
        yield (name, *(f"{ms:.2f}" for ms in took.values()), str(PAGE_GOALS.get(name, "-")), beside)


# Beside others


def beside_pandoc(pages: Sequence[Document], name: str, runs: int, ours: float) -> str:
    """pandoc's time, a process a page as pandoc is used; its start alone is named too."""
    pandoc = shutil.which("pandoc")
    if name not in PANDOC_FORMATS:
        return "-"
    if pandoc is None:
        return "pandoc is not installed"
    with tempfile.TemporaryDirectory() as folder:
        command = [pandoc, "--standalone", "-f", "commonmark", "-t", name, "-o", str(Path(folder, "page")), "--metadata", "title=Page"]
        some = pages[: min(len(pages), 5)]
        start = min(child_ms(command, b"") for _ in range(runs))
        took = min(sum(child_ms(command, markdown(page).encode()) for page in some) / len(some) for _ in range(runs))
    return f"pandoc {took:.0f} ms, of which {start:.0f} to start; {took / ours:.0f} times as long"


def child_ms(command: Sequence[str], data: bytes) -> float:
    """Processor time of another program."""

    def used() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    start = used()
    subprocess.run(command, input=data, check=True, stderr=subprocess.DEVNULL)
    return 1000 * (used() - start)


def beside_typst(pages: Sequence[Document], runs: int, ours: float) -> str:
    """typst's times in one process: its fonts read once, and sought in every call, as `typst.compile(file)` does."""
    if find_spec("typst") is None or find_spec("pylopdf_fonts_zh_cn") is None:
        return "typst is not installed (pip install 'broadsheet[benchmark]')"
    import typst

    sources = {id(page): typst_source(page).encode() for page in pages}
    kept = typst.Fonts(font_paths=TYPST_FONTS, include_system_fonts=False)

    def took(**how: object) -> str:
        ms = each(lambda page: typst.compile(sources[id(page)], format="pdf", **how), pages, runs)
        return f"{ms:.0f} ms, {ms / ours:.1f} times as long"

    once, every = took(font_paths=kept), took(font_paths=TYPST_FONTS)
    return f"typst.compile, its fonts kept: {once}; fonts sought in every call: {every}; asked for {TYPST_GOAL}"


def markdown(page: Document) -> str:
    """What is set of a page, for pandoc: headlines as headings, everything else as paragraphs."""
    return "\n\n".join(f"# {flat}" if role is Role.HEADLINE else flat for role, flat in blocks(page))


def typst_source(page: Document) -> str:
    """What is set of a page, for typst: page, type size and leading as our theme has them, justified, headlines as headings."""
    theme = REGISTRY.themes["reading"]
    sheet, text = theme.page, theme.styles[Role.PARAGRAPH]
    head = (
        f"#set page(width: {sheet['width_pt']}pt, height: {sheet['height_pt']}pt, margin: {sheet['margin_inner_pt']}pt)\n"
        f'#set text(font: ("Noto Serif SC", "Noto Serif CJK SC"), size: {text.size_pt}pt, lang: "zh", top-edge: 0.88em, bottom-edge: -0.12em)\n'
        f"#set par(justify: true, first-line-indent: {text.indent_em}em, leading: {text.leading_pt - text.size_pt}pt)\n"
    )
    texts = ((role, _TYPST_SIGNS.sub(r"\\\1", flat)) for role, flat in blocks(page))
    return head + "\n\n".join(f"= {flat}" if role is Role.HEADLINE else flat for role, flat in texts)


def blocks(page: Document) -> Iterator[tuple[Role, str]]:
    return ((block.role, block.text.replace("\n", " ")) for article in page.articles for block in set_blocks(article))


# One very long page


def long_pages(size: int) -> Iterator[tuple[str, ...]]:
    """Seconds and memory of one very long page, and how much longer it takes than its tenth part."""
    yield ("format", f"{size / 10 / MILLION:g} MB, s", f"{size / MILLION:g} MB, s", "times as long", "document, MB", "writing adds, MB", "asked for")
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, "tenth.json"), Path(folder, "whole.json")]
        for path, length in zip(paths, (size // 10, size), strict=True):
            path.write_bytes(to_json(document_of(paper("Chinese", length))))
        for name in LONG_FORMATS:
            small, large = (measured(path, name) for path in paths)
            ratio = f"{large['seconds'] / small['seconds']:.1f}" if small["seconds"] else "-"
            yield (
                name, f"{small['seconds']:.2f}", f"{large['seconds']:.2f}", ratio,
                f"{large['document_mb']:.0f}", f"{large['added_mb']:.0f}", LONG_GOALS.get(name, "-"),
            )


def measured(path: Path, name: str) -> dict[str, float]:
    """What a fresh process says of writing one document."""
    done = subprocess.run([sys.executable, __file__, "--write", path, name], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def write_alone(path: Path, name: str) -> dict[str, float]:
    """Seconds, and the memory that the document takes and that writing it adds at most; this process does nothing else."""
    small = document_of("澄江日报\n\n桥通了\n\n昨天，桥通了。\n")
    render(small, format=name, registry=REGISTRY)  # what is made once is made
    document = from_json(path.read_bytes())
    gc.collect()
    before, idle = resident_mb(), time.process_time()
    peak_from_here()
    render(document, format=name, registry=REGISTRY)
    return {"seconds": time.process_time() - idle, "document_mb": before, "added_mb": peak_mb() - before}


def status_mb(field: str) -> float:
    """A line of this process's status, Linux only."""
    found = re.search(rf"^{field}:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"), re.MULTILINE)
    return int(found[1]) * 1024 / MILLION if found else 0.0


def resident_mb() -> float:
    return status_mb("VmRSS")


def peak_mb() -> float:
    return status_mb("VmHWM")


def peak_from_here() -> None:
    """Forget the peak so far, where the kernel allows it. Source: proc(5), clear_refs."""
    Path("/proc/self/clear_refs").write_text("5", "ascii")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=20, help="how many pages of 20 KB in a run")
    parser.add_argument("--megabytes", type=float, default=10.0, help="the length of the very long page")
    parser.add_argument("--runs", type=int, default=3, help="of which the least time counts")
    parser.add_argument("--typst-fonts", type=Path, metavar="FOLDER", help="a folder with Noto Serif SC or Noto Serif CJK SC for typst")
    parser.add_argument("--write", nargs=2, metavar=("JSON", "FORMAT"), help=argparse.SUPPRESS)
    args = parser.parse_args(arguments)
    if args.typst_fonts:
        TYPST_FONTS[:] = [str(args.typst_fonts)]
    if args.write:
        print(json.dumps(write_alone(Path(args.write[0]), args.write[1])))
        return
    for title, rows in (
        (f"A page of {PAGE_BYTES // 1000} KB", short_pages(args.pages, args.runs)),
        (f"One page of {args.megabytes:g} MB", long_pages(int(args.megabytes * MILLION))),
    ):
        print(f"{title}\n\n{table(rows)}", flush=True)


if __name__ == "__main__":
    main()

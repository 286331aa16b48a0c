"""The program: `broadsheet`, or `python -m broadsheet`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line with the process's arguments; the version is told before anything is loaded."""
    if sys.argv[1:2] == ["--version"]:
        from broadsheet import __version__

        sys.stdout.write(f"broadsheet {__version__}\n")
        return 0
    from broadsheet.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())

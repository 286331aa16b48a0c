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

    code = run(sys.argv[1:])
    try:
        # What is still in the buffer would otherwise fail at exit, where nobody can say so.
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stdout = None  # whoever read it has had enough
    except OSError as error:
        sys.stdout = None  # nothing more can be said there
        if code:
            return code
        sys.stderr.write(f"error: standard output: cannot be written ({error.strerror}); free some space or write to a file with -o\n")
        return 5
    return code


if __name__ == "__main__":
    sys.exit(main())

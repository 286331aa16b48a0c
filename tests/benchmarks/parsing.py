"""How fast pages are parsed, on one core: megabytes a second, growth with length, long lines, the share of each stage.

    python tests/benchmarks/parsing.py [--megabytes 1] [--runs 3]

Times are processor times, the least of the runs. A megabyte is a million bytes of UTF-8. README.md says how to read them.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).parent))

from papers import paper

from broadsheet.cli.say import table
from broadsheet.conversion import parse, read
from broadsheet.lines import Source, cut_pages
from broadsheet.registry import load_registry

MILLION = 1_000_000
#: Characters a line of the wrapped papers: twenty ideographs are as wide as forty letters.
WIDTHS = {"Chinese": 20, "English": 40}
#: MB/s that issue and design ask for.
GOALS = {("Chinese", 0): 3.0, ("Chinese", 20): 1.5}
MOST_GROWTH = 12
#: Which stage a module works for; of several on the stack the innermost counts.
STAGES = {
    "readers": "read", "opening.py": "read", "lines.py": "read", "galley.py": "galley", "form.py": "galley", "layout.py": "galley", "scan.py": "scan", "edges.py": "scan",
    "rules": "rules", "evidence.py": "rules", "seams.py": "seams", "seam_cues.py": "seams", "word_seams.py": "seams", "resolve.py": "resolve", "readings.py": "resolve", "cues.py": "resolve", "groups.py": "resolve", "interlopers.py": "resolve",
    "assemble.py": "assemble", "facts.py": "assemble", "jumps.py": "assemble", "kinds.py": "assemble", "issue_facts.py": "assemble",
    "diagnose.py": "diagnose", "detect.py": "language", "language.py": "language",
}
SAMPLE_SECONDS = 0.001
REGISTRY = load_registry(())


def seconds(work: Callable[[], object], runs: int) -> float:
    """The least processor time of so many runs."""

    def once() -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    return min(once() for _ in range(runs))


def source_of(text: str) -> Source:
    return Source(name="paper.txt", media_type="text/plain", encoding="utf-8", sha256="", text=text, pages=cut_pages(text))


def parsing(text: str, runs: int) -> float:
    """Seconds to parse a text that has been read."""
    source = source_of(text)
    return seconds(lambda: parse(source, registry=REGISTRY), runs)


def speeds(size: int, runs: int) -> Iterator[tuple[str, ...]]:
    """MB/s of each kind of paper, beside what is asked for."""
    yield ("text", "MB/s", "asked for")
    for language, width in WIDTHS.items():
        for wrapped in (0, width):
            text = paper(language, size, width=wrapped)
            speed = len(text.encode()) / MILLION / parsing(text, runs)
            setting = f"wrapped at {wrapped} characters" if wrapped else "a paragraph a line"
            yield (f"{language}, {setting}", f"{speed:.2f}", f"{GOALS[language, wrapped]:.1f}" if (language, wrapped) in GOALS else "-")


def growth(size: int, runs: int) -> Iterator[tuple[str, ...]]:
    """How much longer ten times the text takes."""
    yield ("text", f"{size / MILLION:g} MB, s", f"{10 * size / MILLION:g} MB, s", "times as long", "at most")
    for width in (0, WIDTHS["Chinese"]):
        small = parsing(paper("Chinese", size, width=width), runs)
        large = parsing(paper("Chinese", 10 * size, width=width), max(runs - 1, 1))
        yield (f"Chinese, {'wrapped' if width else 'a paragraph a line'}", f"{small:.2f}", f"{large:.2f}", f"{large / small:.1f}", str(MOST_GROWTH))


def long_line(characters: int, runs: int) -> Iterator[tuple[str, ...]]:
    """The same characters in one line and in many."""
    yield ("text", "s")
    text = paper("Chinese", 3 * characters + 1000)
    while len(text) > characters:
        text = text[:characters]
    yield (f"{characters:,} characters in lines", f"{parsing(text, runs):.3f}")
    yield (f"{characters:,} characters in one line", f"{parsing(text.replace(chr(10), '　'), runs):.3f}")


def profile(size: int) -> Iterator[tuple[str, ...]]:
    """The share of each stage of reading and parsing: where the program is found a thousand times a second."""
    yield ("stage", "a paragraph a line", "wrapped")
    shares = [stages(paper("Chinese", size, width=width).encode()) for width in (0, WIDTHS["Chinese"])]
    for stage in dict.fromkeys([*STAGES.values(), "other"]):
        yield (stage, *(f"{100 * share[stage] / max(share.total(), 1):.0f} %" for share in shares))


def stages(data: bytes) -> Counter[str]:
    """How often each stage was met while bytes were read and parsed."""
    met: Counter[str] = Counter()

    def look(_signal: int, frame: FrameType | None) -> None:
        met[stage_of(frame)] += 1

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, SAMPLE_SECONDS, SAMPLE_SECONDS)
    try:
        parse(read(data, name="paper.txt", format="txt", registry=REGISTRY), registry=REGISTRY)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return met


def stage_of(frame: FrameType | None) -> str:
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        found = STAGES.get(path.name) or STAGES.get(path.parent.name)
        if found and "broadsheet" in path.parts:
            return found
        frame = frame.f_back
    return "other"


def rivals(size: int, runs: int) -> Iterator[tuple[str, ...]]:
    """pandoc on the same text, from plain paragraphs to its JSON; it looks for paragraphs, not for articles."""
    pandoc = shutil.which("pandoc")
    if pandoc is None:
        yield ("pandoc", "not installed")
        return
    yield ("program", *(f"{language}, MB/s" for language in WIDTHS))
    texts = [paper(language, size).replace("\n", "\n\n").encode() for language in WIDTHS]
    yield ("broadsheet, read and parsed", *(_rate(text, seconds(lambda text=text: read_and_parse(text), runs)) for text in texts))
    for reader in ("commonmark", "markdown"):
        command = [pandoc, "-f", reader, "-t", "json"]
        idle = _child(command, b"", runs)
        yield (f"pandoc -f {reader}, less {1000 * idle:.0f} ms of start", *(_rate(text, _child(command, text, runs) - idle) for text in texts))


def read_and_parse(data: bytes) -> None:
    parse(read(data, name="paper.txt", format="txt", registry=REGISTRY), registry=REGISTRY)


def _rate(text: bytes, taken: float) -> str:
    return f"{len(text) / MILLION / taken:.2f}" if taken > 0 else "-"


def _child(command: Sequence[str], data: bytes, runs: int) -> float:
    """The least processor time of another program, in seconds."""

    def used() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    times = []
    for _ in range(runs):
        start = used()
        subprocess.run(command, input=data, stdout=subprocess.DEVNULL, check=True)
        times.append(used() - start)
    return min(times)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=1.0, help="the length of each text; growth goes to ten times that")
    parser.add_argument("--runs", type=int, default=3, help="of which the least time counts")
    args = parser.parse_args(arguments)
    size = int(args.megabytes * MILLION)
    for title, rows in (
        ("Parsing", speeds(size, args.runs)),
        ("Growth", growth(size, args.runs)),
        ("Long lines", long_line(size, args.runs)),
        ("Where the time goes", profile(size)),
        ("Beside another program, on the same text", rivals(size, args.runs)),
    ):
        print(f"{title}\n\n{table(rows)}", flush=True)


if __name__ == "__main__":
    main()

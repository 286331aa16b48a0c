"""Gold files found, their pages parsed, each scored."""

from __future__ import annotations

import dataclasses
import glob
import json
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from broadsheet.conversion import parse
from broadsheet.errors import InputError
from broadsheet.evaluation.gold import from_document, from_json
from broadsheet.evaluation.pages import score_page
from broadsheet.lines import Source
from broadsheet.outline import from_outline
from broadsheet.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.evaluation.gold import GoldPage
    from broadsheet.evaluation.pages import PageScore
    from broadsheet.model import Document
    from broadsheet.settings import Settings

OUTLINE = ".outline"
_JSON_LINES = (".jsonl", ".ndjson")


class Case(Struct, frozen=True):
    """A page with gold, not yet read.

    Args:
        where: the gold's place, for messages.
        outline: the outline; its page stands beside it.
        row: else the page as an object of JSON.
    """

    where: str
    outline: Path | None = None
    row: Any = None


def find_cases(golds: Sequence[str]) -> list[Case]:
    """Every page of some gold.

    Args:
        golds: outlines that stand beside their pages (`page.outline` beside `page.txt`), those pages, JSON Lines
            files, folders of these, or patterns.

    Raises:
        InputError: gold that is missing or cannot be read.
    """
    found: list[Case] = []
    for file in find_gold(golds):
        if file.suffix.lower() in _JSON_LINES:
            found += [Case(where, row=row) for where, row in json_rows(file)]
        else:
            found.append(Case(str(file), outline=file))
    if not found:
        raise InputError("there is no page in this gold", where=" ".join(golds), todo="write one page a line")
    return found


def score(case: Case, settings: Settings) -> PageScore:
    """Parse one page and score it.

    Args:
        case: the page.
        settings: how pages are read and parsed.

    Raises:
        BroadsheetError: gold that is wrong, or a page that cannot be read.
    """
    gold, document = pair(case, settings)
    return score_page(gold, document)


def pair(case: Case, settings: Settings) -> tuple[GoldPage, Document]:
    """A page's gold, and what the parser makes of the page; raises as `score`."""
    if case.outline is not None:
        return _outline_pair(case.outline, settings)
    gold = _checked(case.row, case.where)
    return gold, parsed(gold, settings)


def find_gold(golds: Sequence[str]) -> list[Path]:
    """The gold files that are meant, each once, in the order of the arguments and of names.

    Raises:
        InputError: a file that does not exist or is no gold, a pattern or folder without gold.
    """
    found = [file for gold in golds for file in _search(gold)]
    return list({file.resolve(): file for file in reversed(found)}.values())[::-1]


def parsed(gold: GoldPage, settings: Settings) -> Document:
    """What the parser makes of the page of JSON gold."""
    data = gold.page.source.encode("utf-8", "surrogatepass")
    return dataclasses.replace(settings, source_format="txt").document(BytesIO(data), report=Report(), name=f"{gold.name}.txt")


def json_rows(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The pages of a JSON Lines file, each with its place for messages.

    Raises:
        InputError: the file cannot be read, or a line is not JSON.
    """
    for number, line in enumerate(_text(file).splitlines(), 1):
        where = f"{file}:{number}"
        if line.strip():
            try:
                yield where, json.loads(line)
            except ValueError as error:
                raise InputError(f"not JSON ({error})", where=where, todo="write one page a line") from error


def _checked(row: Any, where: str) -> GoldPage:
    try:
        return from_json(row)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        what = f"not a gold page ({type(error).__name__}: {error})"
        raise InputError(what, where=where, todo='write {"id": …, "input": …, "articles": [{"headline": …, "paragraphs": […]}]}') from error


def _outline_pair(outline: Path, settings: Settings) -> tuple[GoldPage, Document]:
    document = settings.document(_page_of(outline, settings), report=Report())
    info = document.source
    source = Source(name=info.name, media_type=info.media_type, encoding=info.encoding, sha256=info.sha256, text=info.text or "", pages=())
    drawn = from_outline(_text(outline), where=str(outline), source=source)
    gold = parse(drawn, language=settings.language, issue=settings.issue, registry=settings.registry)
    return from_document(outline.stem, gold), document


def _page_of(outline: Path, settings: Settings) -> Path:
    """The page beside an outline: plain text before other formats that are read.

    Raises:
        InputError: there is none.
    """
    suffixes = [suffix for reader in settings.registry.readers.values() for suffix in reader.suffixes if suffix != OUTLINE]
    for suffix in dict.fromkeys((".txt", *suffixes)):
        page = outline.with_suffix(suffix)
        if page.is_file():
            return page
    raise InputError("there is no page beside this outline", where=str(outline), todo=f"put the text beside it as {outline.stem}.txt")


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=str(file), todo="check the path and its permissions") from error
    except UnicodeDecodeError as error:
        raise InputError(f"gold is UTF-8, byte {error.start} is not", where=str(file), todo="save it as UTF-8") from error


def _search(gold: str) -> list[Path]:
    path = Path(gold)
    if path.is_dir():
        return _some(sorted(file for file in path.rglob("*") if file.is_file() and _is_gold(file)), gold)
    if path.is_file():
        return [_outline_of(path)]
    if glob.has_magic(gold):
        files = (Path(match) for match in sorted(glob.glob(gold, recursive=True)))  # noqa: PTH207 - absolute patterns too
        return _some([_outline_of(file) for file in files if file.is_file() and (_is_gold(file) or file.with_suffix(OUTLINE).is_file())], gold)
    raise InputError("does not exist", where=gold, todo="check the path")


def _is_gold(file: Path) -> bool:
    return file.suffix.lower() in (OUTLINE, *_JSON_LINES)


def _outline_of(file: Path) -> Path:
    """The gold of a file that was named: itself, or the outline beside a page.

    Raises:
        InputError: it is no gold and has none beside it.
    """
    if _is_gold(file):
        return file
    if file.with_suffix(OUTLINE).is_file():
        return file.with_suffix(OUTLINE)
    raise InputError("there is no gold beside this page", where=str(file), todo=f"put its outline beside it as {file.stem}{OUTLINE}")


def _some(files: list[Path], where: str) -> list[Path]:
    if not files:
        raise InputError("there is no gold here", where=where, todo="give outlines beside their pages, or JSON Lines")
    return files

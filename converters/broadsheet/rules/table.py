"""Tables: rows of prices, results, standings, times and rates, known by what the lines of a run have in common."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.matching import runs
from broadsheet.scan import hits

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterator, Sequence

    from broadsheet.form import Form
    from broadsheet.galley import Lines

#: Rows of names and figures may be longer than a column is wide, but not as long as paragraphs.
_LONGEST_COLUMNS, _ALIKE_COLUMNS, _CELL_CHARS, _POEM_CHARS = 130, 60, 20, 9
_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(r"\d|[一二三四五六七八九十](?:[时時分点點元角日号號度票])")
#: A name of two characters, set as wide as one of three.
_PADDED = re.compile(r"(?<!\S)(\w) (\w)(?!\S)")
#: A company's results, which are text.
_COMPARED = re.compile(r"\d.* vs\.? ")
#: Most lines have neither a figure nor a gap, and are no rows.
_MAY_BE_ROW = re.compile(r"\d|\S(?:\t|  |　)\s*\S| [-–—]{1,2} |[元圓円角分]$|[〇零一二三四五六七八九十][比对對][〇零一二三四五六七八九十]|:[^,]+,[^,]+,")
_NUMERAL = re.compile(r"[\d〇一二三四五六七八九十.,:]+")
#: A sentence that ends inside a line; abbreviations are shorter.
_SENTENCES = re.compile(r"[^\W\d_]{4}[.!?؟][”\"»)]* +[^\W\d_]|[。！？]\W*\w")
#: What parts the columns: tabs, blanks, dot leaders, and one blank between figures.
_GAP = re.compile(r"\s*\t\s*| {2,}|　+| ?(?:[.·…] ?){3,}|(?<=\d) (?=\d)")
_HAN = "[〇零一二三四五六七八九十百千万萬兩两半]"
_CAPITAL = r"[«“\"(A-ZÀ-ÞА-ЯЁ\u0621-\u064a]"
#: ▽準決勝, over the matches of a round; （勝）… （敗）…, below the runs of a game.
_OF_ROWS, _LABELLED = frozenset("▽△◇"), re.compile(r"\([^\W\d]{1,4}\) ?\w[^()。]{1,24}\([^\W\d]{1,4}\)")
#: Who drew up a table signs below it.
_SOURCE = re.compile(r"(?:提供|统计|統計|发布|發布|制表|製表|供稿|整理|調べ)\)$")
_BULLETS = frozenset("●○■□▲△▶►▼★☆•*◆◇※")
#: Lines with figures that are no rows, and lines above a title that are none themselves.
_NO_ROWS = ("jump_from", "jump_to", "running_head", "byline", "tail_byline", "dateline", "caption", "credit")
_LABELS = (
    "column_label", "section_label", "kicker", "masthead", "running_head", "folio", "byline", "bare_name", "signature", "closing_name", "list_item", "caption", "credit", "jump_to", "end_mark",
)  # fmt: skip


class _Kind(NamedTuple):
    """How the rows of some tables are told: a pattern of the shade, and how many must stand together."""

    name: str
    row: re.Pattern[str]
    fewest: int = 3


_FIGURE_AT_END = _Kind(
    "a figure at the end",
    re.compile(
        r"^[«“„\"(]?[^\W\d].*?(?:[^\W\d_]|[.,:)»”\"’' ])[£$€¥–-]?\d[\d.,/:½¼¾-]*[^\W\d_]{0,2}(?: (?:[-–—à]|[\d½¼¾][\d.,/]*|[^\W\d_]{1,7}\.?)){0,4} ?[%°℃度£$€¥円元—]?[.,;]?$"
    ),
)
_KINDS = (
    _Kind("a price at the end", re.compile(rf"(?:{_HAN}+[元圓円角毛錢钱]|[一二三四五六七八九][角分]){_HAN}*[角分]?$"), 2),
    _Kind("a score", re.compile(rf"[^\W\d].*(?<![\d.])\d{{1,3}} ?[-–—―:∶比对對] ?\d{{1,3}}(?![\d.])|[\s　]{_HAN}+[比对對]{_HAN}+[\s　]|{_HAN}[比对對]{_HAN}[胜负平勝負]")),
    _Kind("the goals of two", re.compile(rf"^[^\W\d][^.!?]* \d{{1,2}} ?(?:[-–—ـ] ?)?{_CAPITAL}[^.!?]*?(?: \d{{1,2}}(?: \(\d+\))?)?$| \d{{1,2}} \d{{1,2}} [^\W\d]")),
    _Kind("a time at the beginning", re.compile(r"^[^\w\s]{0,2}(?:\w{1,5} )?\d{1,2}(?:[:.٫,]\d\d|[時时点點시hч])(?!\d)")),
    _Kind("a rank at the beginning", re.compile(r"^\d{1,2}[.)]? [^\W\d][^!?]*[ +−–-]\d[\d/.,:-]*[^\W\d_]{0,2}\.?(?: [^\W\d_]{1,2}\.?)?$")),
    _Kind("two that meet", re.compile(r"^[^,:;!?–—]{4,30} [-–—]{1,2} [^.,;!?–—a-zа-яё][^,;!?–—]{1,30}$")),
    _Kind("a label and a figure", re.compile(r"^[^\W\d][^:;!?]{1,40}[^\W\d] ?: ?[£$€]?\d")),
    _Kind("a side and its players", re.compile(r"^[^:.!?]{3,40}: ?(?:[A-ZÀ-ÞА-ЯЁ][^,;:]{0,24}[,;] ?){3}"), 2),
    _Kind("figures in brackets behind others", re.compile(r"^[^\W\d][^()]*\d[^()]*\([^()]*\d[^()]*\)\.?$"), 2),
    _Kind("the moves of a game", re.compile(r"^[^。]{4,28}[^\d。]\d{1,3}手 ?[^\d。]{3,24}$"), 2),
    _Kind("places in their order", re.compile("①[^①②。]{2,40}②[^。]*$"), 2),
    _Kind("a row of numbers", re.compile(r"^[^\W\d].*?(?:[ ,.:—–-]{1,3}\d{1,3}(?!\d)){6}"), 2),
    _Kind("a figure alone", re.compile(r"^[£$€]?\d[\d.,/ -]*%?$"), 4),
)  # fmt: skip
_FEWEST = {kind.name: kind.fewest for kind in (_FIGURE_AT_END, *_KINDS)} | {"figures between blanks": 3, "figures in the last column": 3}


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for runs of lines that are rows of one table, and for the head row above them."""
    del options
    others = {index for name in _NO_ROWS for index in hits(lines, context.language, name)}
    rows = [index for index, form in enumerate(lines.forms) if form.columns <= _LONGEST_COLUMNS and index not in others and _MAY_BE_ROW.search(form.text)]
    labels = {index for name in _LABELS for index in hits(lines, context.language, name)}
    for near in runs(rows):
        if len(near) > 1:
            yield from _claims(lines, near, labels)


def _claims(lines: Lines, near: Sequence[int], labels: Container[int]) -> Iterator[Claim]:
    """Claims for lines that stand together and are alike in one way, and for one between two of them."""
    marked: dict[str, list[int]] = {}
    for index in near:
        for mark in _marks(lines, index):
            marked.setdefault(mark, []).append(index)
    found: dict[int, tuple[float, str]] = {}
    for name, indices in marked.items():
        for run in runs(indices, lambda above, below: below == above + 1 or not _parted(lines, above + 1), reach=2):
            if len(run) >= _FEWEST.get(name, 2):
                reason = f"one of several lines with {name}"
                found = dict.fromkeys(range(run[0], run[-1] + 1), (0.75, reason)) | found | dict.fromkeys(run, (0.93, reason))
    found |= {index: (0.9, reason) for index, reason in _edges(lines, found) if index not in found}
    for index, (weight, reason) in sorted(found.items()):
        yield Claim(lines.forms[index].start, lines.forms[index].end, Role.TABLE, weight, reason)
        if index - 1 not in found:
            yield from _titles(lines, index, labels)


def _titles(lines: Lines, row: int, labels: Container[int]) -> Iterator[Claim]:
    """The title of a table is a headline, seldom a heading; of two, other rules must tell."""
    at = row - 1
    if at < 0 or not lines.begins_title(at) or (at and lines.titles[at - 1] and at - 1 not in labels):
        return
    form = lines.forms[at]
    yield Claim(form.start, form.end, Role.HEADLINE, 0.9, "is the title of a table")
    yield Claim(form.start, form.end, Role.HEADING, 0.12, "is the title of a table")


def _parted(lines: Lines, index: int) -> bool:
    """Whether more blank lines than usual stand above a line."""
    return lines.forms[index].gap > lines.layouts[index].gap


def _edges(lines: Lines, rows: Collection[int]) -> Iterator[tuple[int, str]]:
    """The head row above rows, of as many columns, and the note in brackets below them."""
    forms = lines.forms
    for index in sorted(rows):
        above, form, below = forms[max(index - 1, 0)], forms[index], forms[min(index + 1, len(forms) - 1)]
        if index - 1 not in rows and not _DIGIT.search(above.shade) and _heads(above, form):
            yield index - 1, "names the columns below"
        if index and index - 1 not in rows and (above.shade[0] in _OF_ROWS or above.shade[-1] == ":") and above.columns <= _CELL_CHARS:
            yield index - 1, "says what the rows below are of"
        if index + 1 not in rows and below is not form and not _SOURCE.search(below.shade) and (below.shade[0] + below.shade[-1] == "()" or _LABELLED.match(below.shade)):
            yield index + 1, "is a note in brackets, below the rows of a table"


def _heads(above: Form, row: Form) -> bool:
    """Whether a line has as many columns as the row below it, or one less, over the names; one blank parts them, too, where words have none."""
    columns = len(_GAP.split(above.text))
    words = len(above.text.split()) if above.unspaced else 0
    return (columns > 2 and len(_GAP.split(row.text)) - columns in (0, 1)) or (words > 2 and words == len(row.text.split()))  # noqa: PLR2004 - a title may have two parts


def _marks(lines: Lines, index: int) -> Iterator[str]:
    """What makes a line look like a row, in words."""
    form = lines.forms[index]
    shade = form.shade
    if form.text[0].islower() or form.text[0] in _BULLETS or _SENTENCES.search(shade) or _COMPARED.search(shade):
        return
    if form.capitals and not any(lines.forms[at].capitals for at in (max(index - 1, 0), min(index + 1, len(lines) - 1)) if at != index):
        return  # the title of what follows
    yield from (kind.name for kind in _KINDS if kind.row.search(shade))
    wide = form.wide
    if not (wide and (lines.full[index] or form.stopped)) and _FIGURE_AT_END.row.search(shade):
        yield _FIGURE_AT_END.name
    if not (wide and form.stopped):
        yield from _columns(form)
    if form.columns <= _ALIKE_COLUMNS and (plain := _NUMERAL.sub("0", shade)) != shade:
        yield f"other numbers, and all else alike: {plain}"


def _columns(form: Form) -> Iterator[str]:
    """What the columns of a line say: their number, and whether they hold figures; in Chinese one blank parts columns, too."""
    cells = _GAP.split(form.text)
    if form.wide and max(map(len, cells)) > _CELL_CHARS:
        return  # clauses of a sentence
    figures = sum(bool(_FIGURE.search(cell)) for cell in cells)
    if not figures and form.unspaced and len(cells[0]) >= _POEM_CHARS:
        return  # a short poem and its poet
    if len(cells) > 2:  # noqa: PLR2004 - two parts may be two clauses
        yield f"{len(cells)} columns"
    if figures and (len(cells) > 2 or (len(cells) > 1 and _DIGIT.match(cells[-1].lstrip("£$€+-–")))):  # noqa: PLR2004
        yield "figures in columns"
    elif form.unspaced and len(cells) > 1 and _FIGURE.search(cells[-1]):
        yield "figures in the last column"
    elif form.unspaced and len(cells) == 1 and len(_PADDED.sub(r"\1\2", form.shade).split()) > 2 and _FIGURE.search(form.shade):  # noqa: PLR2004
        yield "figures between blanks"


RULE = Rule(name="table", summary="Finds tables by what their rows have in common.", roles=frozenset({Role.TABLE, Role.HEADLINE, Role.HEADING}), propose=propose)

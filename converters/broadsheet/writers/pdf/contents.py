"""The list of contents: every article's title with its page, each a link."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from broadsheet import views
from broadsheet.model import Block, Role
from broadsheet.writers.pdf.pages import Band

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from broadsheet.plugin import Style
    from broadsheet.writers.pdf.pages import Frame, Mark
    from broadsheet.writers.pdf.setting import SetBlock, Setter

#: The room that is kept for page numbers, in ems, and the space around an entry's line, in ems.
_NUMBER_EM = 4.0
_SPACE_EM = 0.6
#: The number that the contents have among the articles: before the first.
CONTENTS = -1


class Listed(NamedTuple):
    """One article in the list: its title, the place that it is found by, and what its page is numbered."""

    title: str
    key: str
    folio: str


def listed(marks: Iterable[tuple[Mark, str]]) -> Iterator[Listed]:
    """The articles of a document, in order, from its bookmarks, each with what its page is numbered."""
    return (Listed(mark.entry.title, mark.entry.key, folio) for mark, folio in marks if not mark.entry.level)


@dataclass(frozen=True, slots=True)
class Contents:
    """Sets the list of contents of one document."""

    setter: Setter
    frame: Frame
    language: str | None

    def band(self, entries: Sequence[Listed]) -> Band:
        """The whole list, under its own title, in one column."""
        return Band((), self._blocks(entries))

    def _blocks(self, entries: Sequence[Listed]) -> Iterator[SetBlock]:
        styles = self.setter.styles
        title = Block(role=Role.HEADLINE, text=views.contents_title(self.language), source=())
        made = self.setter.block(title, self.language, styles[Role.HEADLINE], self.frame.measure)
        yield made._replace(article=CONTENTS)
        text = styles[Role.PARAGRAPH]
        gap = text.size_pt * _SPACE_EM
        style = replace(text, align="left", indent_em=0.0, space_before_pt=gap, space_after_pt=gap, hyphenate=False)
        yield from (self._entry(entry, style) for entry in entries)

    def _entry(self, entry: Listed, style: Style) -> SetBlock:
        """A title, and its page at the right edge of its last line; where the line turns direction, right after the title."""
        measure = self.frame.measure - _NUMBER_EM * style.size_pt
        block = Block(role=Role.INDEX, text=entry.title, source=())
        made = self.setter.block(block, self.language, style, measure)
        *others, last = made.lines
        if any(line.runs for line in made.lines):
            made = self.setter.block(Block(role=Role.INDEX, text=f"{entry.title} · {entry.folio}", source=()), self.language, style, measure)
        else:
            down = self.setter.down
            number = self.setter.case.sorts(entry.folio, style.family, bold=style.bold, cjk=down, down=down)
            width = sum(sort.advance for sort in (*last.sorts, *number)) * style.size_pt + sum(last.gaps.values())
            gaps = {**last.gaps, len(last.sorts) - 1: self.frame.measure - last.x - width}
            made = made._replace(lines=(*others, last._replace(sorts=(*last.sorts, *number), gaps=gaps)))
        return made._replace(article=CONTENTS, link=entry.key, text=entry.title, rule=True)

"""What stands in the margins of every page, outside the text: running heads and folios."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from broadsheet.model import Role
from broadsheet.writers.pdf.pages import Rule

if TYPE_CHECKING:
    from broadsheet.plugin import Style, Theme
    from broadsheet.writers.pdf.drawing import Sheet
    from broadsheet.writers.pdf.pages import Frame
    from broadsheet.writers.pdf.setting import SetLine, Setter

#: How far from the text a running head and a folio stand, as a part of their margin.
_HEAD_SHARE = 0.36
_FOOT_SHARE = 0.5
#: How far below its baseline a running head's line stands, as a part of its distance from the text.
_LINE_SHARE = 0.3


@dataclass(frozen=True)
class Margins:
    """The running heads and folios of one document."""

    setter: Setter
    frame: Frame
    theme: Theme
    title: str

    def head(self, sheet: Sheet) -> None:
        """Draw the running head on the open page, before its text."""
        gap = self.theme.page["margin_top_pt"] * _HEAD_SHARE
        if self.theme.layout.running_head and self.title:
            self._draw(sheet, self._head, self.frame.top + gap)
            if self.frame.columns > 1:
                above = -gap * (1 - _LINE_SHARE)
                sheet.rule(Rule(0.0, above, self.frame.measure, above))

    def foot(self, sheet: Sheet, folio: str) -> None:
        """Draw the number of the open page, after its text."""
        if self.theme.layout.folio:
            self._draw(sheet, self._line(folio), self.frame.top - self.frame.height - self.theme.page["margin_bottom_pt"] * _FOOT_SHARE)

    @cached_property
    def _style(self) -> Style:
        return replace(self.setter.styles[Role.RUNNING_HEAD], align="center")

    @cached_property
    def _head(self) -> SetLine | None:
        return self._line(self.title)

    def _line(self, text: str) -> SetLine | None:
        return self.setter.one_line(text, self._style, self.frame.measure)

    def _draw(self, sheet: Sheet, line: SetLine | None, y: float) -> None:
        if line:
            sheet.margin(line, self._style, y)

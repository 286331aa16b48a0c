"""The letters that come with Broadsheet, as the PDF is set in: the one place that knows where the core keeps them.

SPDX-License-Identifier: AGPL-3.0-or-later
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.writers.pdf.shelf import Look, region_of, shelf

if TYPE_CHECKING:
    from broadsheet.writers.pdf.faces import Face
    from broadsheet.writers.pdf.shelf import Shelf

_CJK = frozenset({"zh", "ja", "ko", "yue"})


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of one language in one family (`serif` or `sans`) and weight; no font of the machine, whose books would differ."""

    language: str
    family: str
    bold: bool

    @property
    def cjk(self) -> bool:
        """Whether the language is Chinese, Japanese or Korean."""
        return self.language.split("-", maxsplit=1)[0].lower() in _CJK

    @property
    def own(self) -> Face:
        """The face of the language's own script: of Han characters, else of Latin letters."""
        return _shelf().han(self._look) if self.cjk else self.latin

    @property
    def latin(self) -> Face:
        """The face of Latin letters."""
        return _shelf().latin(self._look)

    def find(self, char: str) -> tuple[Face, int] | None:
        """The face that shows a character, and its glyph there; null where no font has it."""
        return _shelf().find(char, self._look)

    @property
    def _look(self) -> Look:
        return Look(self.family, self.bold, self.cjk, region_of(self.language))


def _shelf() -> Shelf:
    return shelf((), system=False)

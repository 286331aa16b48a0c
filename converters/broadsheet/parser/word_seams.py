"""What joins two lines of Korean: words stand apart, yet a column may cut a word anywhere and leave no hyphen."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from broadsheet.facts import pattern_set

if TYPE_CHECKING:
    from broadsheet.form import Form
    from broadsheet.galley import Lines
    from broadsheet.plugin import Language

_HANGUL = re.compile("[가-힣]")
_MEETING = re.compile("(?<=[가-힣])( ?)(?=[가-힣])")
_LAST_WORD = re.compile(r"[^\W_]{1,20}$")
_FIRST_WORD = re.compile(r"[^\W_]{1,20}")
#: A syllable takes two columns; where so many are left, only a blank can have ended the line.
_SYLLABLE_COLUMNS = 2
_FEWEST_CUTS = 6
#: So many syllables of the second half make a word known without its ending.
_STEM_CHARS = 2
#: What the counts of a page are smoothed with: how many meetings the guess is worth, and how many a syllable's own habit is.
_GUESS, _HABIT = 3.0, 1.0
#: How often a word ends after one of the profile's `word_ends`, after another syllable, and before any.
_ENDS, _SELDOM, _BEGINS = 0.75, 0.15, 0.35


def is_hangul(char: str) -> bool:
    """Whether a character is a Korean syllable."""
    return _HANGUL.match(char) is not None


class WordSeams:
    """How the words of one document meet, counted once, to tell a word's end at a seam from a cut inside it.

    Args:
        lines: the document.
        language: the profile that knows what no sentence begins with (`broken_start`), what follows a closing mark without a
            blank (`particle`), and what words end in (`word_ends`).
    """

    def __init__(self, lines: Lines, language: Language | None) -> None:
        self.lines, self.language = lines, language

    def glue(self, above: Form, below: Form) -> str:
        """A blank between two words, nothing inside one, for a seam before a Korean syllable and after one or a closing mark."""
        kept = self.lines.text[above.end : above.end + 1] == " "
        return " " if kept or self._words_apart(above, below) else ""

    def _words_apart(self, above: Form, below: Form) -> bool:
        if not is_hangul(above.text[-1]):
            return not self._matches("particle", below)
        if not self.cuts_words:
            return not self._elsewhere(above, below)
        if self.keeps_blanks:
            return False
        room = max(self._widths) - above.columns - above.indent
        cut = self._elsewhere(above, below) or self._matches("broken_start", below)
        return room >= _SYLLABLE_COLUMNS or (not cut and self._apart(above.shade[-1], below.shade[0]))

    @cached_property
    def _widths(self) -> tuple[int, ...]:
        """The display columns of the full lines that end in Korean, indents included."""
        lines = self.lines
        return tuple(form.columns + form.indent for index, form in enumerate(lines.forms) if is_hangul(form.text[-1]) and lines.full[index])

    @cached_property
    def cuts_words(self) -> bool:
        """Whether the measure cuts words: the full lines are all equally wide, a blank or half a character aside."""
        full = sum(width >= max(self._widths) - _SYLLABLE_COLUMNS for width in self._widths)
        return len(self._widths) >= _FEWEST_CUTS and full >= len(self._widths) * 0.8

    @cached_property
    def keeps_blanks(self) -> bool:
        """Whether blanks between words were kept at the ends of lines."""
        return any(self.lines.text[form.end : form.end + 1] == " " for form in self.lines)

    @cached_property
    def _meetings(self) -> tuple[Counter[str], Counter[str]]:
        """Syllables that meet inside words, and over a blank; each pair, and each syllable with what stands beside it left out."""
        inside, over = Counter[str](), Counter[str]()
        for form in self.lines:
            for match in _MEETING.finditer(form.shade):
                one, two = form.shade[match.start() - 1], form.shade[match.end()]
                (over if match[1] else inside).update((one + two, one + ".", "." + two))
        return inside, over

    def _apart(self, one: str, two: str) -> bool:
        """Whether a blank likelier stands between two syllables than none."""
        inside, over = self._meetings
        ends = self._share(one + ".", _ENDS if one in self._word_ends else _SELDOM)
        begins = self._share("." + two, _BEGINS)
        return (over[one + two] + _HABIT * ends * begins) > (inside[one + two] + _HABIT * (1 - ends) * (1 - begins))

    def _share(self, key: str, guess: float) -> float:
        inside, over = self._meetings
        return (over[key] + _GUESS * guess) / (over[key] + inside[key] + _GUESS)

    @cached_property
    def _word_ends(self) -> frozenset[str]:
        return frozenset(self.language.words.get("word_ends", ())) if self.language else frozenset()

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """How the words of the document begin: their first three syllables, four, five and six."""
        return frozenset(word[:size] for word in self.lines.words for size in range(3, 7) if len(word) >= size)

    def _matches(self, name: str, form: Form) -> bool:
        return any(pattern.match(form.shade) for pattern in pattern_set(self.language, name))

    def _elsewhere(self, above: Form, below: Form) -> bool:
        """Whether the two halves stand elsewhere as one word, its ending aside, and not as two."""
        head, tail = _LAST_WORD.search(above.shade), _FIRST_WORD.match(below.shade)
        if head is None or tail is None:
            return False
        words = self.lines.words
        apart = words[head.group()] > 1 and words[tail.group()] > 1  # the halves themselves are counted once
        whole = (head.group() + tail.group())[: len(head.group()) + _STEM_CHARS]
        return whole in self._beginnings and not apart

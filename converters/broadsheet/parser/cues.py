"""What can be seen of a line that may be more than plain text: its form, its neighbours, its place in the run of titles."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from broadsheet.model import Role
from broadsheet.parser.evidence import NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.galley import Form, Lines
    from broadsheet.parser.evidence import LineEvidence

_CHARS = (3, 4, 6, 8, 11, 15, 20, 26, 34, 46)
_WORDS = (1, 2, 3, 5, 8, 12, 17, 25)
_TEXT = (1, 2, 4, 8)
_CAPITALIZED = re.compile(r"\b[^\W\d_]{4,}")
_ENDS = {"?": "asks", "!": "cries", ":": "colon", ",": "comma", '"': "quote", "”": "quote", "»": "quote", "」": "quote", "』": "quote", ")": "bracket", "]": "bracket", "】": "bracket", "〉": "bracket", "…": "dots", "-": "dash", "—": "dash", ";": "comma", "、": "comma", "》": "bracket", ".": "stop", "。": "stop"}
_STARTS = {'"': "quote", "“": "quote", "«": "quote", "„": "quote", "「": "quote", "『": "quote", "(": "bracket", "[": "bracket", "【": "bracket", "〈": "bracket", "-": "dash", "—": "dash", "–": "dash", "―": "dash", "─": "dash", "•": "bullet", "*": "bullet", "·": "bullet", "■": "bullet", "▲": "bullet", "▶": "bullet", "●": "bullet", "◆": "bullet", "○": "bullet", "□": "bullet", "△": "bullet", "《": "bracket", "・": "bullet", "#": "bullet"}


class Cues:
    """The cues of each line, looked at when they are asked for."""

    def __init__(self, lines: Lines, evidence: Sequence[LineEvidence]) -> None:
        self._lines, self._evidence = lines, evidence
        self._kinds: dict[int, str] = {}

    def kind(self, index: int) -> str:
        """What a neighbour seems to be."""
        if index < 0 or index >= len(self._lines):
            return "none"
        known = self._kinds.get(index)
        if known is None:
            known = self._kinds[index] = self._look(index)
        return known

    def _look(self, index: int) -> str:
        line, form = self._evidence[index], self._lines.forms[index]
        if line is not NOTHING:
            if line.head(Role.JUMP) is not None:
                return "jump"
            if line.head(Role.DATELINE) is not None:
                return "dateline"
            odds = line.odds
            best = max((role for role in _KINDS if odds.get(role, 0.0) > _LIKELY), key=lambda role: (odds[role], role), default=None)
            if best is not None:
                return _KINDS[best]
            if line.tails:
                return "closed"
        if self._lines.title_like(index):
            return "capitals" if form.capitals else "title"
        if form.stopped:
            return "text"
        return "run_on"

    def seen(self, index: int) -> tuple[str, ...]:
        """The names of what is seen of a line."""
        lines = self._lines
        form, layout = lines.forms[index], lines.layouts[index]
        script = "u" if form.unspaced else "s"
        wrap = "w" if layout.measure else "p"
        size = bisect_left(_CHARS, len(form.text)) if form.unspaced else bisect_left(_WORDS, form.text.count(" ") + 1)
        up, down = self.kind(index - 1), self.kind(index + 1)
        title = lines.title_like(index)
        t = "t" if title else "x"
        found = [
            f"size {script}{size}", f"size {script}{wrap}{size}", f"above {up}", f"below {down}", f"{t} above {up}", f"{t} below {down}", f"around {up} {down}",
            f"wrap {wrap}{script}", f"gaps {layout.gaps}{wrap}", t, f"script {script}{t}", "bias",
        ]
        if title:
            a, b = self._run(index, -1), self._run(index, 1)
            found += [f"run above {a}", f"run below {b}", f"run {a} {b}"]
            before, after = self.kind(index - 1 - a), self.kind(index + 1 + b)
            found += [f"run after {after}", f"run before {before}"]
            found += [f"text {bisect_left(_TEXT, self._text(index, 1))}", f"text above {bisect_left(_TEXT, self._text(index, -1))}"]
            if b and index + 1 < len(lines):
                below = lines.forms[index + 1]
                r = form.columns / below.columns
                found.append(f"ratio below {0 if r < .4 else 1 if r < .7 else 2 if r < 1 else 3 if r < 1.5 else 4 if r < 2.5 else 5}")
            if a and index:
                above = lines.forms[index - 1]
                r = form.columns / above.columns
                found.append(f"ratio above {0 if r < .4 else 1 if r < .7 else 2 if r < 1 else 3 if r < 1.5 else 4 if r < 2.5 else 5}")
        last, first = form.shade[-1], form.shade[0]
        end = _ENDS.get(last) or ("digit" if last.isdigit() else "")
        if end:
            found.append(f"ends {end}")
        start = _STARTS.get(first) or ("digit" if first.isdigit() else "lower" if first.islower() else "")
        if start:
            found.append(f"starts {start}")
        shade = form.shade
        commas = shade.count(",")
        if commas:
            found.append(f"commas {min(commas, 3)}{script}")
        if ":" in shade[1:-1]:
            found.append("colon inside")
        if " " in shade and form.unspaced:
            found.append("parted")
        if "、" in shade:
            found.append("series")
        if any(c in shade[1:] for c in "—–―"):
            found.append("dash inside")
        if any(c in shade for c in '"“”«»「」„'):
            found.append("quotes")
        if any(c.isdigit() for c in shade):
            found.append("digits")
        if not form.unspaced:
            if form.capitals:
                found.append("capitals")
            else:
                words = _CAPITALIZED.findall(shade)
                if words and shade.upper() != shade.lower():
                    upper = sum(word[0].isupper() for word in words)
                    found.append("cased all" if upper == len(words) else "cased most" if upper * 3 > len(words) * 2 else "cased some" if upper > 1 else "cased few")
                    if len(words) > 2: found.append("long "+found[-1])
        if form.gap > layout.gap or (form.gap > 0 and layout.gaps != "apart"):
            found.append(f"gap {layout.gaps}{wrap}")
        if form.gap < 0:
            found.append("top of page")
        if index + 1 < len(lines) and ((below := lines.forms[index + 1]).gap > layout.gap or (below.gap > 0 and layout.gaps != "apart")):
            found.append(f"gap below {layout.gaps}{wrap}")
        if form.indent:
            found.append("indent more" if form.indent > layout.indent else "indent usual" if form.indent == layout.indent else "indent less")
        elif layout.indent:
            found.append("flush")
        if lines.forced(index):
            found.append("full")
        if index and lines.forced(index - 1):
            found.append("full above")
        if form.open:
            found.append("open")
        if form.closing:
            found.append("closing")
        if form.stopped: found.append(f"stopped {t}")
        if form.inner: found.append(f"inner {t}")
        if form.columns <= 60 and lines.repeats.get(re.sub(r"\d+", "0", shade), 0) > 1:
            found.append("repeated")
        if index < 3:
            found.append(f"line {index}")
        line = self._evidence[index]
        if line is not NOTHING:
            for claim in line.tails:
                found.append(f"tail {claim.role}")
            for claim in line.heads:
                found.append(f"head {claim.role}")
        return tuple(found)

    def _run(self, index: int, step: int) -> int:
        """How many titles follow on one another from the line, up to three."""
        n = 0
        at = index + step
        while 0 <= at < len(self._lines) and n < 3 and self._lines.title_like(at):
            n += 1
            at += step
        return n

    def _text(self, index: int, step: int) -> int:
        """How many lines of text stand between the line's run of titles and the next."""
        at = index
        n = 0
        while 0 <= at + step < len(self._lines) and self._lines.title_like(at + step):
            at += step
        at += step
        while 0 <= at < len(self._lines) and n < 9 and not self._lines.title_like(at):
            n += 1 if not self._lines.layouts[at].measure else 0.25
            at += step
        return n


_LIKELY = 0.8
_KINDS = {
    Role.BYLINE: "byline", Role.CREDIT: "credit", Role.CAPTION: "caption", Role.SIGN_OFF: "sign_off", Role.JUMP: "jump", Role.COLUMN_LABEL: "label",
    Role.KICKER: "label", Role.SUBHEADLINE: "deck", Role.HEADING: "heading", Role.EDITOR_NOTE: "note", Role.TABLE: "table", Role.LIST_ITEM: "item",
    Role.QUESTION: "question", Role.ANSWER: "answer", Role.VERSE: "verse", Role.END_MARK: "end", Role.RUNNING_HEAD: "page", Role.FOLIO: "page", Role.MASTHEAD: "page", Role.EDITOR_LINE: "page", Role.INDEX: "page",
}

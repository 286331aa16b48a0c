"""Labelled lines into articles and blocks: broken paragraphs joined, what runs in kept as marks."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from broadsheet.facts import read_facts
from broadsheet.model import BLOCKS, Article, Block, Edit, Mark, Role, Span
from broadsheet.parser.evidence import NOTHING
from broadsheet.parser.kinds import kind_of
from broadsheet.parser.weights import OPENS_ARTICLE, PRIOR, TITLE_ROLES
from broadsheet.parser.word_seams import WordSeams, is_hangul
from broadsheet.text import CLOSERS, seam_glue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from broadsheet.form import Form
    from broadsheet.galley import Lines
    from broadsheet.parser.cues import Cues
    from broadsheet.parser.evidence import LineEvidence
    from broadsheet.parser.resolve import Label
    from broadsheet.parser.seams import Seams
    from broadsheet.plugin import Claim, Language

_KEEPS_LINES = frozenset({Role.VERSE, Role.TABLE})
#: Fraktur breaks words with = or ⸗; some scans have ¬ for a hyphen that goes.
_HYPHENS = "-\u00ad\u2010=⸗¬"
#: A page has no more tail marks on one line than this.
_MOST_TAILS = 4
#: A line of a Chinese headline this long is a clause of its own, not the half of a word or name.
_CLAUSE_CHARS = 6


class Join(Struct, frozen=True):
    """Where a broken block was rejoined: the range between its two lines, and why."""

    source: Span
    reasons: tuple[str, ...]


class Assembled(Struct, frozen=True):
    """What the lines became."""

    articles: tuple[Article, ...]
    furniture: tuple[Block, ...]
    edits: tuple[Edit, ...]
    joins: tuple[Join, ...]


class _Draft(Struct):
    """A block in the making: its role, the lines that it holds, how sure its labels are."""

    role: Role
    lines: list[int]
    confidence: float


def assemble(
    lines: Lines,
    evidence: Sequence[LineEvidence],
    seams: Seams,
    labels: Mapping[int, Label],
    furniture: Mapping[int, Role],
    *,
    language: Language | None,
    issue_date: str | None,
    cues: Cues | None,
) -> Assembled:
    """Articles and furniture from the labels of all lines.

    Args:
        lines: the printed lines.
        evidence: the claims on each.
        seams: the seams above them.
        labels: the label of each line that is not furniture.
        furniture: the role of each line that is.
        language: the profile that facts are read with.
        issue_date: the paper's date, where known, to settle years.
        cues: what is seen of the lines, to keep it and the claims as reasons; null where none are wanted.
    """
    builder = _Builder(lines, evidence, language, issue_date, cues)
    groups = _grouped(labels, evidence)
    articles: list[Article] = []
    for number, drafts in enumerate(groups, 1):
        blocks = builder.blocks(drafts)
        articles.append(Article(f"a{number}", kind_of(blocks), blocks))
    outside = tuple(builder.block(_Draft(role, [index], _sure(evidence[index], role))) for index, role in sorted(furniture.items()))
    joins = tuple(
        Join((lines.forms[above].end, lines.forms[below].start), seams.reasons(below))
        for drafts in groups
        for draft in drafts
        if draft.role not in _KEEPS_LINES and draft.role not in TITLE_ROLES
        for above, below in zip(draft.lines, draft.lines[1:], strict=False)
        if not lines.layouts[below].measure  # where the measure breaks all lines, joining them is no news
    )
    return Assembled(tuple(articles), outside, tuple(builder.edits), joins)


def _sure(line: LineEvidence, role: Role) -> float:
    return max((claim.weight for claim in line.whole if claim.role is role), default=0.5)


def _grouped(labels: Mapping[int, Label], evidence: Sequence[LineEvidence]) -> list[list[_Draft]]:
    """The blocks of each article, as lists of lines."""
    groups: list[list[_Draft]] = []
    for index in sorted(labels):
        label = labels[index]
        if not label.begins:
            target = _continued(groups, label.role)
            if target is not None:
                target.lines.append(index)
                target.confidence = min(target.confidence, label.confidence)
                continue
        if groups and groups[-1]:
            last = groups[-1][-1]
            last.confidence = min(last.confidence, label.parted)
        line = evidence[index]
        head = None if line is NOTHING else line.head(Role.JUMP) or next((c for c in line.whole if c.role is Role.JUMP), None)
        comes = head is not None and head.fields.get("direction") == "from" and label.role in (Role.PARAGRAPH, Role.JUMP)
        after_jump = bool(groups) and len(groups[-1]) == 1 and groups[-1][0].role is Role.JUMP
        under_section = bool(groups) and label.role in OPENS_ARTICLE and len(groups[-1]) == 1 and _is_section(evidence[groups[-1][0].lines[0]])
        if not groups or comes or under_section or (label.opens_article and not after_jump):
            groups.append([])
        if groups[-1] and groups[-1][-1].role is label.role and label.role in _KEEPS_LINES:
            groups[-1][-1].lines.append(index)
        else:
            groups[-1].append(_Draft(label.role, [index], label.confidence))
    return groups


def _is_section(line: LineEvidence) -> bool:
    """Whether a line labels a column of several pieces, which are articles of their own."""
    return any(claim.role is Role.COLUMN_LABEL and claim.fields.get("form") == "section" for claim in line.whole)


def _continued(groups: list[list[_Draft]], role: Role) -> _Draft | None:
    """The block that a line goes on with: the last of its role, with only interlopers since."""
    if not groups:
        return None
    for draft in reversed(groups[-1]):
        if draft.role is role:
            return draft
        if draft.role not in (Role.CREDIT, Role.CAPTION, Role.JUMP):
            return None
    return None


class _Builder:
    """Turns drafts into blocks; the edits it makes on the way are kept."""

    def __init__(
        self, lines: Lines, evidence: Sequence[LineEvidence], language: Language | None, issue_date: str | None, cues: Cues | None
    ) -> None:
        self.lines, self.evidence, self.language, self.issue_date, self.cues = lines, evidence, language, issue_date, cues
        self.edits: list[Edit] = []
        self.word_seams = WordSeams(lines, language)

    def blocks(self, drafts: Sequence[_Draft]) -> tuple[Block, ...]:
        """An article's blocks in order; the first paragraph of its body is the lead."""
        goes_on = drafts[0].role is Role.JUMP or self.evidence[drafts[0].lines[0]].head(Role.JUMP) is not None
        lead = None if goes_on else next((draft for draft in drafts if draft.role is Role.PARAGRAPH), None)
        return tuple(sorted((self.block(draft, lead=draft is lead) for draft in drafts), key=lambda block: block.source[0]))

    def block(self, draft: _Draft, *, lead: bool = False) -> Block:
        """One block: its lines joined, what runs in marked, its facts read."""
        forms = [self.lines[index] for index in draft.lines]
        text, spans, glue, offsets = self._joined(draft.role, forms)
        role = draft.role
        marks = self._marks(role, draft.lines, offsets, text) if role in BLOCKS else ()
        facts = read_facts(role, text, self.language, issue_date=self.issue_date)
        page = facts.pop("page", None) or str(forms[0].page)
        return Block(
            role, text, tuple(spans), tuple(glue), marks, lead, draft.confidence, page,
            reasons=self._reasons(draft, self.cues) if self.cues else (), **facts,
        )  # fmt: skip

    def _joined(self, role: Role, forms: Sequence[Form]) -> tuple[str, list[Span], list[str], list[int]]:
        """The text, its spans and glue, and where in the text each line begins."""
        text, spans, glue, offsets = forms[0].text, [(forms[0].start, forms[0].end)], list[str](), [0]
        for above, form in pairwise(forms):
            between = self._glue(role, text, above, form)
            if between is None:  # a line-end hyphen, undone
                at = spans[-1][1] - 1
                self.edits.append(Edit("hyphen", (at, at + 1), text[-1], ""))
                spans[-1] = (spans[-1][0], at)
                text, between = text[:-1], ""
            offsets.append(len(text) + len(between))
            text += between + form.text
            glue.append(between)
            spans.append((form.start, form.end))
        return text, spans, glue, offsets

    def _glue(self, role: Role, text: str, above: Form, form: Form) -> str | None:
        """What joins a line to the text above it; null where a hyphen at the line's end is to go."""
        if role in _KEEPS_LINES:
            return "\n"
        if text[-1] in _HYPHENS and len(text) > 1 and text[-2].isalpha() and form.text[0].isalpha():
            return None if self._soft_hyphen(text, form.text) else ""
        if is_hangul(form.text[0]) and (is_hangul(text[-1]) or text[-1] in CLOSERS):
            return self.word_seams.glue(above, form)
        if not self.lines.unspaced and _set_apart(text, form.text):
            return " "
        glue = "" if self.lines.unspaced and text[-1].isdigit() and form.text[0].isdigit() else seam_glue(text[-1], form.text[0])
        if role in TITLE_ROLES and glue == "" and len(text.rpartition("\n")[2]) >= _CLAUSE_CHARS and len(form.text) >= _CLAUSE_CHARS:
            return "\n" if not self.lines.layouts[self.lines.index_of(form.start)].measure else ""
        return glue

    def _soft_hyphen(self, text: str, below: str) -> bool:
        """Whether a hyphen at a line's end only broke the word there: by the word as it stands elsewhere, else by its case."""
        if text[-1] == "\u00ad":
            return True
        match, rest = _WORD_END.search(text[:-1]), _WORD_START.match(below)
        if match is None or rest is None:
            return False
        one, two = match.group(), rest.group()
        words = self.lines.words
        whole, compound = words[(one + two).lower()], words[f"{one}-{two}".lower()]
        if whole != compound:
            return whole > compound
        if not two[0].islower():
            return False
        return two.lower() not in _AFTER_HYPHEN and not (words[one.lower()] and words[two.lower()] and len(one) > 3 and len(two) > 3)  # noqa: PLR2004 - words of their own

    def _marks(self, role: Role, indices: Sequence[int], offsets: Sequence[int], text: str) -> tuple[Mark, ...]:
        """What runs in on the block's first and last lines."""
        if self.evidence[indices[0]] is NOTHING and self.evidence[indices[-1]] is NOTHING:
            return ()
        marks: list[Mark] = []
        if role in (Role.PARAGRAPH, Role.CAPTION, Role.LIST_ITEM, Role.ANSWER, Role.EDITOR_NOTE, Role.STANDFIRST, Role.QUESTION):
            marks += self._head_marks(role, indices, offsets, text)
            marks += self._tail_marks(role, indices[-1], offsets[-1], text, {(mark.start, mark.end) for mark in marks})
        return tuple(sorted(marks, key=lambda mark: (mark.start, mark.end)))

    def _head_marks(self, role: Role, indices: Sequence[int], offsets: Sequence[int], text: str) -> list[Mark]:
        index = indices[0]
        start, line_end = self.lines[index].start, self.lines[index].end
        found: list[Mark] = []
        end = 0
        wanted = (Role.JUMP, Role.DATELINE, Role.BYLINE, Role.RUN_IN) if role is Role.PARAGRAPH else (Role.RUN_IN,) if role is Role.LIST_ITEM else ()
        for name in wanted:
            claim = self.evidence[index].head(name) or self._alone(name, indices)
            # A bullet or sign may stand before; before a byline the dateline does.
            if claim is None or claim.start - start < end or (name is not Role.BYLINE and any(map(str.isalnum, text[: claim.start - start]))):
                continue
            if name is Role.RUN_IN and any(mark.role is not Role.RUN_IN for mark in found):
                continue
            below = indices[1] if len(indices) > 1 else -1
            if claim.end > line_end and below != index + 1:
                continue
            end = claim.end - start if claim.end <= line_end else claim.end - self.lines[below].start + offsets[1]
            found.append(self._mark(claim, claim.start - start, end, text))
            if name is Role.JUMP:
                at = end + len(text[end:]) - len(text[end:].lstrip())
                found.append(Mark(Role.CONTINUED, at, at))
        return found

    def _alone(self, role: Role, indices: Sequence[int]) -> Claim | None:
        """A dateline that fills the first line of a paragraph."""
        alone = self.evidence[indices[0]].whole if role is Role.DATELINE else ()
        return next((claim for claim in alone if claim.role is role), None)

    def _tail_marks(self, role: Role, index: int, offset: int, text: str, taken: set[tuple[int, int]]) -> list[Mark]:
        start = self.lines[index].start
        found: list[Mark] = []
        limit = len(text)
        for claim in sorted(self.evidence[index].tails, key=lambda c: (-c.weight, c.start))[:_MOST_TAILS]:
            begin, end = claim.start - start + offset, claim.end - start + offset
            if claim.role is Role.CREDIT and role is Role.PARAGRAPH:
                continue
            if end > limit or begin < offset or any(b < end and begin < e for b, e in taken):
                continue
            taken.add((begin, end))
            found.append(self._mark(claim, begin, end, text))
        return found

    def _mark(self, claim: Claim, start: int, end: int, text: str) -> Mark:
        facts: dict[str, Any] = read_facts(claim.role, text[start:end], self.language, issue_date=self.issue_date)
        return Mark(claim.role, start, end, **facts)

    def _reasons(self, draft: _Draft, cues: Cues) -> tuple[str, ...]:
        claims = (claim for index in draft.lines for claim in (*self.evidence[index].whole, *self.evidence[index].tails, *self.evidence[index].heads))
        said = dict.fromkeys(f"{claim.role} {claim.weight:.2f}: {claim.reason}" for claim in claims)
        told = cues.telling(draft.lines[0], draft.role) if draft.role in PRIOR else ()
        return (*said, *(f"{draft.role} {weight:+.2f}: {cue}" for cue, weight in told))


def _set_apart(text: str, below: str) -> bool:
    """Whether a dash with a blank before or after it, or an ellipsis, stands at the seam of a script with blanks."""
    ends = text[-1] == "…" or (text[-1] in "—–-" and text[-2:-1] == " ")
    return ends or (below[0] in "—–" and below[1:2] == " ")


_WORD_END = re.compile(r"[^\W\d_]+$")
_WORD_START = re.compile(r"[^\W\d_]+")
#: Words that follow a hyphen that belongs to the word, or to a suspended compound (Haus- und Gartenarbeit).
_AFTER_HYPHEN = frozenset(["und", "oder", "bzw", "and", "or", "et", "ou", "y", "o", "up", "in", "on", "off", "of", "the", "to", "by", "old", "year", "based", "style", "made", "born", "like", "free", "wide"])

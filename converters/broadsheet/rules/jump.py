"""Jump lines: where an article comes from or goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, Help, Rule
from broadsheet.rules.matching import heads, tails

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.galley import Lines


@dataclass(frozen=True, slots=True)
class JumpOptions:
    """What is done with jump lines."""

    pair: Annotated[bool, Help("Name in each half of a jumped article the other half, where it is in the same document.")] = True


def propose(lines: Lines, options: JumpOptions, context: Context) -> Iterator[Claim]:
    """Claims for continuation marks, whole lines and parts of lines."""
    del options
    for form, length in heads(lines, context, "jump_from"):
        yield Claim(form.start, form.start + length, Role.JUMP, 0.97, "says from which page the article comes", {"direction": "from"})
    above = dict(zip((form.start for form in lines.forms[1:]), lines.forms, strict=False))
    for form, start in tails(lines, context, "jump_to"):
        cut = above.get(form.start)
        if start == 0 and cut is not None and not cut.stopped:
            yield Claim(cut.start, cut.end, Role.PARAGRAPH, 0.95, "is cut off above the line that says where it goes on")
        yield Claim(form.start + start, form.end, Role.JUMP, 0.97, "says on which page the article goes on", {"direction": "to"})


RULE = Rule(name="jump", summary="Finds where an article comes from or goes on.", roles=frozenset({Role.JUMP, Role.PARAGRAPH}), propose=propose, options=JumpOptions)

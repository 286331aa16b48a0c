"""Sign-offs: the agency's mark at the end of an article, on its own line or after the last sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.matching import tails

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.galley import Lines


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for the bracketed agency mark at the end of a line."""
    del options
    for form, start in tails(lines, context, "sign_off"):
        yield Claim(form.start + start, form.end, Role.SIGN_OFF, 0.97, "the agency's mark, bracketed, with nothing after it")
    for form, start in tails(lines, context, "tail_end"):
        yield Claim(form.start + start, form.end, Role.SIGN_OFF, 0.9, "says that the article ends here")


RULE = Rule(name="sign_off", summary="Finds the agency mark that closes an article.", roles=frozenset({Role.SIGN_OFF}), propose=propose)

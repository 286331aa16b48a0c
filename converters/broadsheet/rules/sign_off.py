"""Sign-offs: the agency's mark at the end of an article, on its own line or after the last sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.model import Role
from broadsheet.plugin import Claim, Context, NoOptions, Rule
from broadsheet.rules.matching import tails
from broadsheet.scan import hits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.galley import Lines

#: A row of results ends a story, too; titles right above an agency's name have no figures.
_FIGURE = re.compile(r"\d")


def propose(lines: Lines, options: NoOptions, context: Context) -> Iterator[Claim]:
    """Claims for the bracketed agency mark at the end of a line."""
    del options
    for form, start in tails(lines, context, "sign_off"):
        yield Claim(form.start + start, form.end, Role.SIGN_OFF, 0.97, "the agency's mark, bracketed, with nothing after it")
    for form, start in tails(lines, context, "tail_end"):
        yield Claim(form.start + start, form.end, Role.SIGN_OFF, 0.9, "says that the article ends here")
    yield from _bare_agencies(lines, context)


def _bare_agencies(lines: Lines, context: Context) -> Iterator[Claim]:
    """`Reuter` alone, without brackets, between the end of a text and a title or nothing; near a title it is the byline."""
    datelines = hits(lines, context.language, "dateline")
    for index in hits(lines, context.language, "bare_agency"):
        form, above = lines.forms[index], lines.forms[index - 1]
        text = lines.block_start(max(index - 1, 0))
        standfirst = text < 1 or (lines.titles[text - 1] and text not in datelines)
        last = index + 1 == len(lines) or lines.titles[index + 1]
        if (last or (lines.forms[index + 1].gap and not standfirst)) and (above.stopped or _FIGURE.search(above.shade) or not lines.titles[index - 1]):
            yield Claim(form.start, form.end, Role.SIGN_OFF, 0.96, "the agency's name alone, below the end of a text")


RULE = Rule(name="sign_off", summary="Finds the agency mark that closes an article.", roles=frozenset({Role.SIGN_OFF}), propose=propose)

"""The resolver's weights, read from the one table `weights.toml`, and the sets of roles that they speak of."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from broadsheet.model import Role

_TABLE = tomllib.loads((files("broadsheet.parser") / "weights.toml").read_text("utf-8"))

#: How likely a line is to begin a block of a role before anything else is known. Roles that are not here need a claim.
PRIOR: dict[Role, float] = {Role(name): value for name, value in _TABLE["prior"].items()}
#: What follows what, where it matters; anything else costs nothing.
FOLLOWS: dict[tuple[Role, Role], float] = {(Role(pair.split()[0]), Role(pair.split()[1])): value for pair, value in _TABLE["follows"].items()}
#: What is added to that in a script without spaces.
FOLLOWS_UNSPACED: dict[tuple[Role, Role], float] = {(Role(pair.split()[0]), Role(pair.split()[1])): value for pair, value in _TABLE["follows_unspaced"].items()}
#: Evidence that a line goes on with the text above it, by what is seen at the seam; and the same for a title.
SEAM: dict[str, float] = _TABLE["seam"]
TITLE_SEAM: dict[str, float] = _TABLE["title_seam"]
#: What a line is by its form, and what speaks for an article to begin at it.
LINE: dict[str, float] = _TABLE["line"]
#: What each cue of a line says for each role: cue to role to weight.
FORM: dict[str, dict[str, float]] = _TABLE["form"]

#: Roles whose blocks go on over several lines when they are broken.
RUNS_ON = frozenset({
    Role.PARAGRAPH, Role.HEADLINE, Role.SUBHEADLINE, Role.HEADING, Role.CAPTION, Role.EDITOR_NOTE, Role.LIST_ITEM,
    Role.QUESTION, Role.ANSWER, Role.STANDFIRST,
})  # fmt: skip
#: Roles that are titles: short, and seldom a sentence.
TITLE_ROLES = frozenset({Role.HEADLINE, Role.SUBHEADLINE, Role.HEADING, Role.KICKER})
#: Roles whose blocks are sentences.
TEXT_ROLES = frozenset({
    Role.PARAGRAPH, Role.CAPTION, Role.EDITOR_NOTE, Role.LIST_ITEM, Role.QUESTION, Role.ANSWER, Role.STANDFIRST,
})  # fmt: skip
#: Roles that begin an article when they follow a body.
OPENS_ARTICLE = frozenset({Role.COLUMN_LABEL, Role.KICKER, Role.HEADLINE})

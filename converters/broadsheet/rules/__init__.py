"""Rules: one kind of evidence a file; each proposes claims, none decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.rules import (
    byline,
    caption,
    cohesion,
    credit,
    dateline,
    dialogue,
    furniture,
    heading,
    headline,
    jump,
    label,
    listed,
    parallel,
    run_in,
    setting,
    sign_off,
    table,
    talk,
)

if TYPE_CHECKING:
    from broadsheet.plugin import Rule

ALL: tuple[Rule, ...] = tuple(
    module.RULE
    for module in (byline, caption, cohesion, credit, dateline, dialogue, furniture, heading, headline, jump, label, listed, parallel, run_in, setting, sign_off, table, talk)
)

"""The resolver's weights, in one table; all are log odds, more is likelier.

Set on the seed page, the pages in `seeds/`, the development corpora (broadcast days, English wire pages, web articles,
each whole and broken) as a set: do not tune one value in isolation, rerun `tests/quality` after a change.
"""

from __future__ import annotations

from broadsheet.model import Role

#: How likely a line is to begin a block of a role before anything else is known. Roles that are not here need a claim.
PRIOR = {
    Role.PARAGRAPH: 0.0,
    Role.HEADING: -1.6,
    Role.HEADLINE: -1.9,
    Role.SUBHEADLINE: -3.0,
    Role.KICKER: -3.8,
    Role.STANDFIRST: -1.6,
    Role.COLUMN_LABEL: -2.0,
    Role.BYLINE: -1.2,
    Role.DATELINE: -2.0,
    Role.EDITOR_NOTE: -1.0,
    Role.LIST_ITEM: -1.4,
    Role.QUESTION: -1.0,
    Role.ANSWER: -1.0,
    Role.VERSE: -1.5,
    Role.TABLE: -1.0,
    Role.CAPTION: -1.6,
    Role.CREDIT: -1.4,
    Role.SIGN_OFF: -1.0,
    Role.JUMP: -0.5,
    Role.END_MARK: -1.0,
}

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
#: What may stand above the body of an article.
HEAD_ROLES = frozenset({
    Role.COLUMN_LABEL, Role.KICKER, Role.HEADLINE, Role.SUBHEADLINE, Role.BYLINE, Role.DATELINE, Role.STANDFIRST, Role.EDITOR_NOTE,
})  # fmt: skip
#: Roles that begin an article when they follow a body.
OPENS_ARTICLE = frozenset({Role.COLUMN_LABEL, Role.KICKER, Role.HEADLINE})

#: A line that ends a sentence is text; one that does not, and could be a title, seldom stands as a paragraph.
STOPPED_PARAGRAPH = 1.2
STOPPED_TITLE = -2.0
LONE_UNSTOPPED_PARAGRAPH = -2.6
#: A paragraph that ends without a stop, by its length in columns: long ones are cut by the page.
LONG_UNSTOPPED_PARAGRAPH = -1.2
WRAPPED_UNSTOPPED_PARAGRAPH = -2.2
#: A paragraph that is not set in where others are.
NOT_INDENTED_PARAGRAPH = -2.2
#: A headline longer than titles are.
LONG_TITLE = -1.5

#: What begins an article: its weight where the line above closed one, at the top of the file, of a page, below a wide gap.
NEW_ARTICLE = -1.6
CLOSED_ABOVE = 2.4
TOP_OF_FILE = 3.5
TOP_OF_PAGE = 0.8
WIDE_GAP = 1.4
STORY_GAP = 3.2
NO_STORY_GAP = -2.6
#: Against a heading where one cannot stand.
HEADING_AFTER_CLOSE = -2.5
HEADING_AFTER_HEADING = -2.6
HEADING_BEFORE_TITLE = -1.2

#: What follows what, where it matters; anything else costs nothing.
FOLLOWS: dict[tuple[Role, Role], float] = {
    (Role.KICKER, Role.HEADLINE): 1.4,
    (Role.KICKER, Role.PARAGRAPH): -3.0,
    (Role.KICKER, Role.KICKER): -1.5,
    (Role.KICKER, Role.HEADING): -4.0,
    (Role.KICKER, Role.BYLINE): -2.0,
    (Role.COLUMN_LABEL, Role.HEADLINE): 1.2,
    (Role.COLUMN_LABEL, Role.HEADING): -3.0,
    (Role.COLUMN_LABEL, Role.KICKER): -0.5,
    (Role.HEADLINE, Role.SUBHEADLINE): 1.2,
    (Role.HEADLINE, Role.BYLINE): 1.6,
    (Role.HEADLINE, Role.HEADLINE): -2.4,
    (Role.HEADLINE, Role.HEADING): -2.4,
    (Role.HEADLINE, Role.KICKER): -2.5,
    (Role.HEADLINE, Role.CAPTION): 0.4,
    (Role.HEADLINE, Role.EDITOR_NOTE): 0.4,
    (Role.HEADLINE, Role.CREDIT): -1.5,
    (Role.HEADLINE, Role.SIGN_OFF): -2.0,
    (Role.SUBHEADLINE, Role.SUBHEADLINE): -1.0,
    (Role.SUBHEADLINE, Role.BYLINE): 1.4,
    (Role.SUBHEADLINE, Role.HEADING): -1.2,
    (Role.SUBHEADLINE, Role.HEADLINE): -2.5,
    (Role.STANDFIRST, Role.BYLINE): 1.6,
    (Role.STANDFIRST, Role.PARAGRAPH): -1.5,
    (Role.STANDFIRST, Role.HEADING): -2.0,
    (Role.STANDFIRST, Role.HEADLINE): -3.0,
    (Role.BYLINE, Role.BYLINE): -0.6,
    (Role.BYLINE, Role.HEADING): -0.8,
    (Role.BYLINE, Role.SUBHEADLINE): -2.5,
    (Role.BYLINE, Role.HEADLINE): -1.0,
    (Role.PARAGRAPH, Role.BYLINE): -1.8,
    (Role.PARAGRAPH, Role.SUBHEADLINE): -5.0,
    (Role.PARAGRAPH, Role.STANDFIRST): -6.0,
    (Role.HEADING, Role.SUBHEADLINE): -5.0,
    (Role.HEADING, Role.BYLINE): -3.0,
    (Role.HEADING, Role.HEADLINE): -2.5,
    (Role.HEADING, Role.KICKER): -2.5,
    (Role.CAPTION, Role.CREDIT): 1.0,
    (Role.CREDIT, Role.SUBHEADLINE): -4.0,
    (Role.CREDIT, Role.BYLINE): -1.5,
    (Role.SIGN_OFF, Role.PARAGRAPH): -2.0,
    (Role.SIGN_OFF, Role.HEADING): -3.0,
    (Role.SIGN_OFF, Role.SUBHEADLINE): -4.0,
    (Role.SIGN_OFF, Role.BYLINE): -3.0,
    (Role.QUESTION, Role.ANSWER): 0.5,
}

#: Seams: evidence that a line goes on with the block above it, by what is seen at the seam.
SEAM = {
    "stopped": -4.2,
    "unstopped": 0.4,
    "title_above": -1.6,
    "inner_unstopped": 2.4,
    "long_unstopped": 1.2,
    "open_pair": 2.6,
    "pair_closed": 3.2,
    "broken_start": 4.5,
    "series_start": 3.0,
    "lower_case": 4.2,
    "hyphen": 4.0,
    "number": 1.8,
    "seen_elsewhere": 1.8,
    "colon": -1.4,
    "forced": 2.2,
    "forced_stopped": -0.9,
    "not_forced": -2.2,
    "indented": -4.0,
    "not_indented": 1.2,
    "same_block": 1.6,
    "gap": -3.0,
    "gap_unstopped": -0.8,
    "gap_stories": -6.0,
    "wide_gap": -1.0,
    "dateline": -5.0,
    "top_of_page": -0.3,
}
#: The same for a title broken over lines.
TITLE_SEAM = {
    "base": -1.6,
    "apart": -1.6,
    "gap": -4.0,
    "forced": 1.4,
    "lower_case": 2.6,
    "open_pair": 3.2,
    "connective": 2.0,
    "same_case": 1.0,
    "other_case": -3.0,
    "seen_elsewhere": 2.0,
    "stopped_above": -2.0,
    "dash_start": -4.0,
    "measure": 0.9,
    "unwrapped": -1.8,
}

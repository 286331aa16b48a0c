"""The document: articles made of blocks, each with a role and the source spans that it was made from.

Frozen msgspec structs, so that a plugin or a writer never changes what the next one sees. The JSON form is the
contract with other programs; its schema is generated from these types.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct, field

SCHEMA_VERSION = "1.0"

#: A half-open range of `source.text`, in Unicode code points.
Span = tuple[int, int]


class Role(StrEnum):
    """What a block or a mark is on the newspaper page."""

    KICKER = "kicker"
    HEADLINE = "headline"
    SUBHEADLINE = "subheadline"
    STANDFIRST = "standfirst"
    COLUMN_LABEL = "column_label"
    BYLINE = "byline"
    DATELINE = "dateline"
    EDITOR_NOTE = "editor_note"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUESTION = "question"
    ANSWER = "answer"
    VERSE = "verse"
    QUOTE = "quote"
    TABLE = "table"
    CAPTION = "caption"
    CREDIT = "credit"
    SIGN_OFF = "sign_off"
    JUMP = "jump"
    END_MARK = "end_mark"
    # outside the articles
    MASTHEAD = "masthead"
    FOLIO = "folio"
    RUNNING_HEAD = "running_head"
    EDITOR_LINE = "editor_line"
    INDEX = "index"
    NOISE = "noise"
    # only as marks on a block
    RUN_IN = "run_in"
    CONTINUED = "continued"


FURNITURE = frozenset({Role.MASTHEAD, Role.FOLIO, Role.RUNNING_HEAD, Role.EDITOR_LINE, Role.INDEX, Role.NOISE})
MARKS = frozenset({Role.BYLINE, Role.DATELINE, Role.SIGN_OFF, Role.CREDIT, Role.JUMP, Role.RUN_IN, Role.CONTINUED})
BLOCKS = frozenset(Role) - FURNITURE - {Role.RUN_IN, Role.CONTINUED}
TITLES = (Role.KICKER, Role.HEADLINE, Role.SUBHEADLINE, Role.STANDFIRST, Role.COLUMN_LABEL)

#: What each role is on the page, for people.
ROLE_MEANING: dict[Role, str] = {
    Role.KICKER: "a theme or place above the headline",
    Role.HEADLINE: "the article's title",
    Role.SUBHEADLINE: "a second title below it (deck)",
    Role.STANDFIRST: "a summary between title and text",
    Role.COLUMN_LABEL: "the standing title of a column, or of a group of articles",
    Role.BYLINE: "who wrote it",
    Role.DATELINE: "where, when and by which agency, at the head of the text",
    Role.EDITOR_NOTE: "a note by the editors on the article",
    Role.HEADING: "a section heading inside the article",
    Role.PARAGRAPH: "text",
    Role.LIST_ITEM: "one item of a list",
    Role.QUESTION: "a question of an interview, with its label",
    Role.ANSWER: "an answer, with its label",
    Role.VERSE: "verse; its line ends are kept",
    Role.QUOTE: "a quotation set apart",
    Role.TABLE: "a table",
    Role.CAPTION: "what a picture shows",
    Role.CREDIT: "who took or gave the picture",
    Role.SIGN_OFF: "where, when and by which agency, at the end of the text",
    Role.JUMP: "where the article goes on or came from",
    Role.END_MARK: "a sign that the article is over",
    Role.MASTHEAD: "the paper's name",
    Role.FOLIO: "the page's number, with what stands on its line",
    Role.RUNNING_HEAD: "date, section or motto repeated on every page",
    Role.EDITOR_LINE: "who edited and laid out the page",
    Role.INDEX: "what is on other pages",
    Role.NOISE: "marks that are no text of the paper",
    Role.RUN_IN: "a first sentence that works as a title",
    Role.CONTINUED: "the text goes on in mid-sentence here",
}


class Kind(StrEnum):
    """What sort of article it is; `unknown` where the page does not say plainly."""

    NEWS = "news"
    BRIEF = "brief"
    PHOTO = "photo"
    COLUMN = "column"
    EDITORIAL = "editorial"
    LETTER = "letter"
    INTERVIEW = "interview"
    OBITUARY = "obituary"
    NOTICE = "notice"
    CORRECTION = "correction"
    ADVERTISEMENT = "advertisement"
    WEATHER = "weather"
    LISTING = "listing"
    VERSE = "verse"
    INDEX = "index"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    """How much a diagnostic matters: a warning fails a run under `--strict`."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Code(StrEnum):
    """The diagnostic codes; `broadsheet.report.MEANING` says what each means."""

    TRUNCATED_HEADLINE = "truncated-headline"
    ORPHAN_FRAGMENT = "orphan-fragment"
    DOUBLED_CHARACTER = "doubled-character"
    UNCLOSED_PAIR = "unclosed-pair"
    CAPTION_WITHOUT_PICTURE = "caption-without-picture"
    JUMP_WITHOUT_OTHER_HALF = "jump-without-other-half"
    SUSPECTED_LOSS = "suspected-loss"
    JOINED_BREAK = "joined-break"
    MIXED_WIDTH = "mixed-width"
    BYLINE_WITHOUT_NAME = "byline-without-name"
    LOW_CONFIDENCE = "low-confidence"
    UNDECODABLE_BYTES = "undecodable-bytes"
    CONTROL_CHARACTERS = "control-characters"
    DEGRADED_ROLE = "degraded-role"
    MISSING_GLYPH = "missing-glyph"
    RULE_FAILED = "rule-failed"
    CLEANER_FAILED = "cleaner-failed"
    TIMED_OUT = "timed-out"
    PLUGIN_PROBLEM = "plugin-problem"
    LIMIT = "limit"


class Facts(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What a role says beyond its text; null, empty or absent where the page does not print it."""

    names: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    agency: str | None = None
    email: str | None = None
    place: str | None = None
    date: str | None = None
    date_iso: str | None = None
    secondhand: bool = False
    form: str | None = None
    direction: str | None = None
    slug: str | None = None
    article: str | None = None
    level: int | None = None
    image: str | None = None
    parts: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


class Mark(Facts, frozen=True, omit_defaults=True, gc=False):
    """Something that runs in on a block's text: a dateline, a sign-off, a jump.

    `start` and `end` are offsets into the block's `text`, half-open. `page` is the page that a jump names.
    """

    role: Role
    start: int
    end: int
    page: str | None = None


# The keys that every block carries are always written; msgspec leaves out what equals a plain default, so these
# have factories. The facts of `Facts` are written only where the page prints them.
def _no_marks() -> tuple[Mark, ...]:
    return ()


def _no_glue() -> tuple[str, ...]:
    return ()


def _false() -> bool:
    return False


def _certain() -> float:
    return 1.0


def _null() -> str | None:
    return None


class Block(Facts, frozen=True, omit_defaults=True, gc=False):
    """One part of an article (or of the furniture), with where it came from.

    `text` is the source spans joined by `glue` (one fewer than spans), and nothing else unless an edit says so.
    `page` is the page that the block stands on; in a `jump`, the page that it names. `reasons` is empty unless asked for.
    """

    role: Role
    text: str
    source: tuple[Span, ...]
    glue: tuple[str, ...] = field(default_factory=_no_glue)
    marks: tuple[Mark, ...] = field(default_factory=_no_marks)
    lead: bool = field(default_factory=_false)
    confidence: float = field(default_factory=_certain)
    page: str | None = field(default_factory=_null)
    reasons: tuple[str, ...] = ()


class Article(Struct, frozen=True, gc=False):
    """One article; `blocks` are in reading order, `language` is set where it differs from the document's."""

    id: str
    kind: Kind
    blocks: tuple[Block, ...]
    language: str | None = None


class Issue(Struct, frozen=True):
    """What is printed or given about the paper; null where unknown, never guessed. `date` is ISO 8601."""

    publication: str | None = None
    date: str | None = None
    page: str | None = None
    section: str | None = None
    edition: str | None = None


class SourceInfo(Struct, frozen=True):
    """Where the text came from. All offsets of the document index `text`, in Unicode code points.

    `text` is null only in JSON written without it. `encoding` is null for binary formats.
    """

    name: str
    media_type: str
    encoding: str | None
    sha256: str
    text: str | None


class Edit(Struct, frozen=True, gc=False):
    """One change to the text: `before` stood at `source`, `after` stands in the blocks."""

    kind: str
    source: Span
    before: str
    after: str


class Asset(Struct, frozen=True):
    """A picture that the source carries; its bytes are not in the JSON."""

    media_type: str
    name: str
    width_px: int
    height_px: int


class Diagnostic(Struct, frozen=True, omit_defaults=True, gc=False):
    """One thing that a person should know about the page; `source` is a range of `source.text`."""

    code: Code
    severity: Severity
    message: str
    source: Span | None = None
    article: str | None = None


class Document(Struct, frozen=True):
    """One newspaper page or file, with its articles in reading order and its furniture outside them."""

    schema_version: str
    source: SourceInfo
    language: str | None = None
    issue: Issue = Issue()
    articles: tuple[Article, ...] = ()
    furniture: tuple[Block, ...] = ()
    edits: tuple[Edit, ...] = ()
    assets: dict[str, Asset] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()

"""Word's style sheet, made from a theme: a paragraph style for every role, a character style for every mark."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from broadsheet.model import MARKS, Role
from broadsheet.writers.docx.fonts import W, font_family, fonts_of, language_tags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.plugin import Style, Theme
    from broadsheet.writers.docx.fonts import Fonts

#: The paragraph style of every role: its name in Word, and the style that it is based on. Headings, subtitle, caption,
#: quotation, list and text are Word's own, so that its navigation, its contents and screen readers know them.
PARAGRAPHS: dict[Role, tuple[str, str]] = {
    Role.KICKER: ("Kicker", "Normal"),
    Role.HEADLINE: ("Headline", "heading 1"),
    Role.SUBHEADLINE: ("Subheadline", "Subtitle"),
    Role.STANDFIRST: ("Standfirst", "Normal"),
    Role.COLUMN_LABEL: ("Column Label", "Normal"),
    Role.BYLINE: ("Byline", "Normal"),
    Role.DATELINE: ("Dateline", "Normal"),
    Role.EDITOR_NOTE: ("Editor Note", "Normal"),
    Role.HEADING: ("Section Heading", "heading 2"),
    Role.PARAGRAPH: ("Body Text", "Normal"),
    Role.LIST_ITEM: ("List Item", "List Paragraph"),
    Role.QUESTION: ("Question", "Normal"),
    Role.ANSWER: ("Answer", "Normal"),
    Role.VERSE: ("Verse", "Normal"),
    Role.QUOTE: ("Quote", "Normal"),
    Role.TABLE: ("Table Text", "Normal"),
    Role.CAPTION: ("Photo Caption", "caption"),
    Role.CREDIT: ("Credit", "Normal"),
    Role.SIGN_OFF: ("Sign-off", "Normal"),
    Role.JUMP: ("Jump Line", "Normal"),
    Role.END_MARK: ("End Mark", "Normal"),
    Role.MASTHEAD: ("Masthead", "Furniture"),
    Role.FOLIO: ("Folio", "Furniture"),
    Role.RUNNING_HEAD: ("Running Head", "Furniture"),
    Role.EDITOR_LINE: ("Editor Line", "Furniture"),
    Role.INDEX: ("Index Line", "Furniture"),
    Role.NOISE: ("Noise", "Furniture"),
}
#: The jump line that labels a jumped article, which has no headline of its own.
JUMP_LABEL = "Jump Label"
#: A section heading below another.
SUBHEADING = "Section Heading 2"
#: Paragraphs that are no block of the document: where a cutting was printed, a picture, a gap that no other style makes.
SOURCE_LINE, PICTURE, SPACER = "Source Line", "Picture", "Spacer"
#: The style of tables that are tables, and of what stands in their cells.
TABLE, CELL = "Newspaper Table", "Table Cell"
#: What the titles of a brief, and the headline of the first of several articles, are called before the name of their role's style.
BRIEF, LEAD = "Brief ", "Lead "
#: The paper's name over its first page, and what is known of the issue below it.
NAMEPLATE, ISSUE_LINE = "Nameplate", "Issue Line"
_NAMEPLATE_SCALE = 1.5

_MARK_NAMES = {Role.RUN_IN: "Run-in", Role.CONTINUED: "Continued"}
_WORDS_OWN = frozenset({"Body Text", "Quote", "header", "footer", "TOC Heading", "toc 1"})
_HEADING = '<w:next w:val="BodyText"/><w:uiPriority w:val="9"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:outlineLvl w:val="{}"/></w:pPr>'
_BUILT_IN = (
    ("heading 1", _HEADING.format(0)),
    ("heading 2", _HEADING.format(1)),
    ("heading 3", _HEADING.format(2)),
    ("Subtitle", '<w:next w:val="BodyText"/><w:uiPriority w:val="11"/><w:qFormat/><w:pPr><w:keepNext/></w:pPr>'),
    ("caption", '<w:next w:val="BodyText"/><w:uiPriority w:val="35"/><w:qFormat/>'),
    ("List Paragraph", '<w:uiPriority w:val="34"/><w:qFormat/>'),
)
# East Asian line breaking and spacing; a line ends where its paragraph says, not on the page's grid.
_SETTING = '<w:kinsoku/><w:overflowPunct/><w:autoSpaceDE/><w:autoSpaceDN/><w:snapToGrid w:val="0"/>'
# Of Word's hundreds of own styles its lists show only those that the file has.
_QUIET = '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1" w:defQFormat="0"/>'
_TABLE_DEFAULTS = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
)
_TABLE_RULES = "".join(
    f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="{colour}"/>'
    for side, eighths, colour in (("top", 8, "404040"), ("bottom", 8, "404040"), ("insideH", 4, "A0A0A0"))
)


@cache
def style_id(name: str) -> str:
    """The id of a style: its name without blanks and hyphens, in Word's capitals for the built-in ones."""
    return "".join(word[:1].upper() + word[1:] for word in name.replace("-", " ").split())


def mark_style(role: Role) -> str:
    """The name of the character style of a mark."""
    return _MARK_NAMES.get(role, PARAGRAPHS.get(role, (str(role), ""))[0]) + " Text"


def brief_roles(theme: Theme) -> frozenset[Role]:
    """The titles that a brief sets smaller, each in a style of its own: those that else stand across the columns."""
    if theme.layout.columns == 1 or not theme.layout.brief_lines:
        return frozenset()
    return frozenset(role for role, style in theme.styles.items() if style.across and role in PARAGRAPHS)


def style_sheet(theme: Theme, language: str | None) -> str:
    """The whole of `word/styles.xml`.

    Args:
        theme: sizes and spaces in points, a style for every role.
        language: the document's BCP 47 tag; it chooses East Asian fonts, spelling language and direction.
    """
    fonts = fonts_of(language)
    parts = [_defaults(theme, fonts), *_built_in(), *_role_styles(theme, fonts), *_edge_styles(theme, fonts), *_mark_styles(theme, fonts), _table_style()]
    return f'<w:styles xmlns:w="{W}">{"".join(parts)}</w:styles>'


def _defaults(theme: Theme, fonts: Fonts) -> str:
    body = theme.styles[Role.PARAGRAPH]
    run = f"{font_family(body.family, fonts)}{_size(body)}{language_tags(fonts)}"
    direction = "<w:pPr><w:bidi/></w:pPr>" if fonts.rtl else ""
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{run}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr><w:widowControl/>{_SETTING}</w:pPr></w:pPrDefault></w:docDefaults>{_QUIET}"
        f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>{direction}</w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
        f'<w:uiPriority w:val="1"/><w:semiHidden/></w:style>{_TABLE_DEFAULTS}'
    )


def _built_in() -> Iterator[str]:
    for name, rest in _BUILT_IN:
        yield f'<w:style w:type="paragraph" w:styleId="{style_id(name)}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>{rest}</w:style>'
    yield _style("paragraph", "Furniture", "Normal", "")


def _role_styles(theme: Theme, fonts: Fonts) -> Iterator[str]:
    hyphens = any(style.hyphenate for style in theme.styles.values())
    for role, (name, base) in PARAGRAPHS.items():
        yield _style("paragraph", name, base, _look(theme.styles[role], fonts, hyphens=hyphens))
    yield _style("paragraph", JUMP_LABEL, "heading 1", _look(theme.styles[Role.JUMP], fonts, hyphens=hyphens))
    yield _style("paragraph", SUBHEADING, "heading 3", _look(_lower(theme), fonts, hyphens=hyphens))
    for role in sorted(brief_roles(theme)):
        name = PARAGRAPHS[role][0]
        yield _style("paragraph", BRIEF + name, name, _look(_smaller(theme, role), fonts, hyphens=hyphens))
    headline = PARAGRAPHS[Role.HEADLINE][0]
    lead = _scaled(theme.styles[Role.HEADLINE], theme.layout.lead_title_scale)
    yield _style("paragraph", LEAD + headline, headline, _look(lead, fonts, hyphens=hyphens))


def _lower(theme: Theme) -> Style:
    """A heading below another is as large as the text, and closer to it."""
    heading, text = theme.styles[Role.HEADING], theme.styles[Role.PARAGRAPH]
    return replace(heading, size_pt=text.size_pt, leading_pt=text.leading_pt, space_before_pt=heading.space_before_pt * 0.75)


def _smaller(theme: Theme, role: Role) -> Style:
    """A title as briefs have it, never smaller than the text unless it is so anyway."""
    style, text = theme.styles[role], theme.styles[Role.PARAGRAPH]
    return _scaled(style, max(theme.layout.brief_title_scale, min(text.size_pt / style.size_pt, 1.0)))


def _scaled(style: Style, scale: float) -> Style:
    return replace(style, size_pt=style.size_pt * scale, leading_pt=style.leading_pt * scale, space_before_pt=style.space_before_pt * min(scale, 1.0))


def _edge_styles(theme: Theme, fonts: Fonts) -> Iterator[str]:
    """What stands at the edges of pages and articles, in Word's own styles where it has them."""
    head, body, headline = theme.styles[Role.RUNNING_HEAD], theme.styles[Role.PARAGRAPH], theme.styles[Role.HEADLINE]
    margin = replace(head, align="center", space_before_pt=0, space_after_pt=0, keep_with_next=False)
    yield _style("paragraph", "header", "Normal", _look(margin, fonts))
    yield _style("paragraph", "footer", "Normal", _look(margin, fonts))
    yield _style("paragraph", "TOC Heading", "Normal", _look(replace(headline, space_before_pt=0, space_after_pt=18), fonts))
    plate = replace(_scaled(headline, _NAMEPLATE_SCALE), align="center", bold=True, space_before_pt=0, space_after_pt=8)
    yield _style("paragraph", NAMEPLATE, "Normal", _look(plate, fonts))
    yield _style("paragraph", ISSUE_LINE, "Normal", _look(replace(margin, keep_with_next=True), fonts))
    entry = replace(body, indent_em=0, space_after_pt=4, align="left")
    page = theme.page
    measure = _twips(page["width_pt"] - page["margin_inner_pt"] - page["margin_outer_pt"])
    tab = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{measure}"/></w:tabs>'
    yield _style("paragraph", "toc 1", "Normal", _look(entry, fonts).replace("<w:pPr>", f"<w:pPr>{tab}", 1))
    yield _style("paragraph", SOURCE_LINE, "Normal", _look(replace(head, keep_with_next=True), fonts))
    above = _twips(theme.styles[Role.CAPTION].space_before_pt)
    yield _style("paragraph", PICTURE, "Normal", f'<w:pPr><w:keepNext/><w:spacing w:before="{above}"/><w:jc w:val="center"/></w:pPr>')
    yield _style("paragraph", CELL, PARAGRAPHS[Role.TABLE][0], '<w:pPr><w:spacing w:before="20" w:after="20"/></w:pPr>')
    yield _style("paragraph", SPACER, "Normal", '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr>')


def _mark_styles(theme: Theme, fonts: Fonts) -> Iterator[str]:
    """What runs in keeps the size of its paragraph; what only tells where a text begins looks like its paragraph."""
    for role in sorted(MARKS):
        style = theme.styles.get(role)
        look = f"<w:rPr>{_run(style, fonts)}</w:rPr>" if style and role is not Role.CONTINUED else ""
        yield _style("character", mark_style(role), "Default Paragraph Font", look)


def _table_style() -> str:
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style_id(TABLE)}"><w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/>'
        f'<w:tblPr><w:tblBorders>{_TABLE_RULES}</w:tblBorders></w:tblPr></w:style>'
    )


def _style(kind: str, name: str, base: str, look: str) -> str:
    custom = "" if name in _WORDS_OWN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="{kind}"{custom} w:styleId="{style_id(name)}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{style_id(base)}"/><w:qFormat/>{look}</w:style>'
    )


def _look(style: Style, fonts: Fonts, *, hyphens: bool = False) -> str:
    return f"<w:pPr>{_paragraph(style, fonts, hyphens=hyphens)}</w:pPr><w:rPr>{_run(style, fonts)}{_size(style)}</w:rPr>"


def _paragraph(style: Style, fonts: Fonts, *, hyphens: bool) -> str:
    """Paragraph properties in the order that the format wants; spaces in twentieths of a point."""
    keep = "<w:keepNext/>" if style.keep_with_next else ""
    whole = "<w:suppressAutoHyphens/>" if hyphens and not style.hyphenate else ""
    before, after, line = (_twips(points) for points in (style.space_before_pt, style.space_after_pt, style.leading_pt))
    spacing = f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="atLeast"/>'
    return f'{keep}{whole}{spacing}{first_line(style, fonts)}<w:jc w:val="{"both" if style.align == "justify" else style.align}"/>'


def first_line(style: Style, fonts: Fonts) -> str:
    """The first line's indent, in characters too where the language counts in them, which Word prefers."""
    chars = f' w:firstLineChars="{round(style.indent_em * 100)}"' if fonts.square else ""
    return f'<w:ind{chars} w:firstLine="{_twips(style.indent_em * style.size_pt)}"/>' if style.indent_em else ""


def _run(style: Style, fonts: Fonts) -> str:
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    italic = "<w:i/><w:iCs/>" if style.italic else ""
    return f'{font_family(style.family, fonts)}{bold}{italic}<w:color w:val="{style.colour.lstrip("#").upper()}"/>'


def _size(style: Style) -> str:
    half_points = round(style.size_pt * 2)
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _twips(points: float) -> int:
    return round(points * 20)

"""Word's style sheet, made from a theme: a paragraph style for every role, a character style for every mark."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from broadsheet.model import MARKS, Role
from broadsheet.writers.docx.fonts import W, font_family, language_tags
from broadsheet.writers.docx.sheet import measure_pt
from broadsheet.writers.shared import brief_scale

if TYPE_CHECKING:
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
#: A paragraph that goes on in mid-sentence.
RESUMED = "Body Text Resumed"
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
#: Word's own styles that ours are based on: where its lists show them, and their outline level, which makes them headings.
_BUILT_IN = (("heading 1", 9, 0), ("heading 2", 9, 1), ("heading 3", 9, 2), ("Subtitle", 11, None), ("caption", 35, None), ("List Paragraph", 34, None))
_WORDS_OWN = frozenset({*(name for name, _, _ in _BUILT_IN), "Body Text", "Quote", "header", "footer", "TOC Heading", "toc 1"})
#: Of Word's own styles that python-docx's template brings, those that every file has.
_DEFAULTS = frozenset({"Normal", "Default Paragraph Font", "Normal Table", "No List"})
# East Asian line breaking and spacing; a line ends where its paragraph says, not on the page's grid.
_SETTING = '<w:kinsoku/><w:overflowPunct/><w:autoSpaceDE/><w:autoSpaceDN/><w:snapToGrid w:val="0"/>'
_NO_INDENT = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
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


def add_styles(styles: Any, theme: Theme, fonts: Fonts) -> None:
    """Make the theme's styles in python-docx's `styles`, and leave only Word's defaults of what was there.

    Args:
        styles: those of python-docx's own template.
        theme: sizes and spaces in points, a style for every role.
        fonts: those of the document's language.
    """
    _trim(styles)
    _set_defaults(styles, theme, fonts)
    case = _Case(styles, fonts, hyphens=any(style.hyphenate for style in theme.styles.values()))
    _add_built_in(case)
    _add_roles(case, theme)
    _add_edges(case, theme)
    _add_marks(case, theme)
    for name in ("heading 1", "heading 2", "heading 3", "Subtitle", "caption"):
        styles[name].next_paragraph_style = styles[PARAGRAPHS[Role.PARAGRAPH][0]]
    table = case.add(TABLE, "Normal Table", "TABLE")
    table.element.append(_element(f"<w:tblPr><w:tblBorders>{_TABLE_RULES}</w:tblBorders></w:tblPr>"))


def _trim(styles: Any) -> None:
    """Word's lists show only the styles that the file has; the hundreds of its own keep to what the template says of all."""
    for style in [each for each in styles if each.name not in _DEFAULTS]:
        style.delete()
    for style in list(styles.latent_styles):
        style.delete()
    styles.latent_styles.load_count = None


def _set_defaults(styles: Any, theme: Theme, fonts: Fonts) -> None:
    from docx.oxml.ns import qn

    body = theme.styles[Role.PARAGRAPH]
    run = f"{font_family(body.family, fonts)}{_size(body)}{language_tags(fonts)}"
    styles.element.replace(styles.element.find(qn("w:docDefaults")), _element(
        f"<w:docDefaults><w:rPrDefault><w:rPr>{run}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr><w:widowControl/>{_SETTING}</w:pPr></w:pPrDefault></w:docDefaults>",
    ))
    if fonts.rtl:
        styles["Normal"].element.append(_element("<w:pPr><w:bidi/></w:pPr>"))


class _Case:
    """Adds styles to python-docx's, in the fonts of one language; `hyphens` says that some style divides words."""

    def __init__(self, styles: Any, fonts: Fonts, *, hyphens: bool) -> None:
        self._styles, self._fonts, self._hyphens = styles, fonts, hyphens

    def add(self, name: str, base: str, kind: str = "PARAGRAPH") -> Any:
        """A style that looks like the one that it is based on."""
        from docx.enum.style import WD_STYLE_TYPE

        style = self._styles.add_style(name, getattr(WD_STYLE_TYPE, kind), builtin=name in _WORDS_OWN)
        style.element.styleId = style_id(name)
        style.base_style = self._styles[base]
        style.quick_style = kind != "TABLE"
        return style

    def dressed(self, name: str, base: str, look: Style) -> Any:
        """A paragraph style with a look of its own."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
        from docx.shared import Pt

        style = self.add(name, base)
        whole = "<w:suppressAutoHyphens/>" if self._hyphens and not look.hyphenate else ""
        style.element.append(_element(f"<w:pPr>{whole}{first_line(look, self._fonts)}</w:pPr>"))
        shape = style.paragraph_format
        shape.keep_with_next = look.keep_with_next or None
        shape.space_before, shape.space_after, shape.line_spacing = Pt(look.space_before_pt), Pt(look.space_after_pt), Pt(look.leading_pt)
        shape.line_spacing_rule = WD_LINE_SPACING.AT_LEAST
        shape.alignment = getattr(WD_ALIGN_PARAGRAPH, look.align.upper())
        self.ink(style, look, sized=True)
        return style

    def ink(self, style: Any, look: Style, *, sized: bool) -> None:
        """Give the style's characters their look; what python-docx has no word for goes in first, and it finds the place for the rest."""
        from docx.shared import Pt, RGBColor

        size = round(look.size_pt * 2)
        complex_size = f'<w:szCs w:val="{size}"/>' if sized else ""
        style.element.append(_element(f"<w:rPr>{font_family(look.family, self._fonts)}{complex_size}</w:rPr>"))
        font = style.font
        font.bold = font.cs_bold = look.bold or None
        font.italic = font.cs_italic = look.italic or None
        if sized:
            font.color.rgb = RGBColor.from_string(look.colour.lstrip("#").upper())
            font.size = Pt(size / 2)


def _element(xml: str) -> Any:
    """An element of python-docx's from its XML."""
    from docx.oxml import parse_xml

    return parse_xml(xml.replace(">", f' xmlns:w="{W}">', 1))


def _add_built_in(case: _Case) -> None:
    for name, priority, level in _BUILT_IN:
        style = case.add(name, "Normal")
        style.priority = priority
        if level is not None:
            style.element.append(_element(f'<w:pPr><w:outlineLvl w:val="{level}"/></w:pPr>'))
            style.paragraph_format.keep_together = True
        if name not in {"List Paragraph", "caption"}:
            style.paragraph_format.keep_with_next = True
    case.add("Furniture", "Normal")


def _add_roles(case: _Case, theme: Theme) -> None:
    for role, (name, base) in PARAGRAPHS.items():
        case.dressed(name, base, theme.styles[role])
    text = PARAGRAPHS[Role.PARAGRAPH][0]
    case.add(RESUMED, text).element.append(_element(f"<w:pPr>{_NO_INDENT}</w:pPr>"))
    case.dressed(JUMP_LABEL, "heading 1", theme.styles[Role.JUMP])
    case.dressed(SUBHEADING, "heading 3", _lower(theme))
    for role in sorted(brief_roles(theme)):
        name = PARAGRAPHS[role][0]
        case.dressed(BRIEF + name, name, _smaller(theme, role))
    headline = PARAGRAPHS[Role.HEADLINE][0]
    case.dressed(LEAD + headline, headline, _scaled(theme.styles[Role.HEADLINE], theme.layout.lead_title_scale))


def _lower(theme: Theme) -> Style:
    """A heading below another is as large as the text, and closer to it."""
    heading, text = theme.styles[Role.HEADING], theme.styles[Role.PARAGRAPH]
    return replace(heading, size_pt=text.size_pt, leading_pt=text.leading_pt, space_before_pt=heading.space_before_pt * 0.75)


def _smaller(theme: Theme, role: Role) -> Style:
    """A title as briefs have it, never smaller than the text unless it is so anyway."""
    return _scaled(theme.styles[role], brief_scale(theme, role))


def _scaled(style: Style, scale: float) -> Style:
    return replace(style, size_pt=style.size_pt * scale, leading_pt=style.leading_pt * scale, space_before_pt=style.space_before_pt * min(scale, 1.0))


def _add_edges(case: _Case, theme: Theme) -> None:
    """What stands at the edges of pages and articles, in Word's own styles where it has them."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Pt

    head, body, headline = theme.styles[Role.RUNNING_HEAD], theme.styles[Role.PARAGRAPH], theme.styles[Role.HEADLINE]
    margin = replace(head, align="center", space_before_pt=0, space_after_pt=0, keep_with_next=False)
    plate = replace(_scaled(headline, _NAMEPLATE_SCALE), align="center", bold=True, space_before_pt=0, space_after_pt=8)
    looks = {
        "header": margin, "footer": margin, "TOC Heading": replace(headline, space_before_pt=0, space_after_pt=18), NAMEPLATE: plate,
        ISSUE_LINE: replace(margin, keep_with_next=True), "toc 1": replace(body, indent_em=0, space_after_pt=4, align="left"),
        SOURCE_LINE: replace(head, keep_with_next=True),
    }
    made = {name: case.dressed(name, "Normal", look) for name, look in looks.items()}
    made["toc 1"].paragraph_format.tab_stops.add_tab_stop(Pt(measure_pt(theme)), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    picture = case.add(PICTURE, "Normal").paragraph_format
    picture.keep_with_next, picture.alignment = True, WD_ALIGN_PARAGRAPH.CENTER
    picture.space_before = Pt(theme.styles[Role.CAPTION].space_before_pt)
    cell = case.add(CELL, PARAGRAPHS[Role.TABLE][0]).paragraph_format
    cell.space_before = cell.space_after = Pt(1)
    case.add(SPACER, "Normal").element.append(_element('<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr>'))


def _add_marks(case: _Case, theme: Theme) -> None:
    """What runs in keeps the size and colour of its paragraph; what only tells where a text begins looks like its paragraph."""
    for role in sorted(MARKS):
        style, look = case.add(mark_style(role), "Default Paragraph Font", "CHARACTER"), theme.styles.get(role)
        if look and role is not Role.CONTINUED:
            case.ink(style, look, sized=False)


def first_line(style: Style, fonts: Fonts) -> str:
    """The first line's indent, in characters too where the language counts in them, which Word prefers; half of it for letters."""
    chars = f' w:firstLineChars="{round(style.indent_em * 100)}"' if fonts.square else ""
    points = style.indent_em * style.size_pt / (1 if fonts.square else 2)
    return f'<w:ind{chars} w:firstLine="{_twips(points)}"/>' if style.indent_em else ""


def _size(style: Style) -> str:
    half_points = round(style.size_pt * 2)
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _twips(points: float) -> int:
    return round(points * 20)

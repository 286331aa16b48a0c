"""Word's style sheet, made from a theme: a paragraph style for every role, a character style for every mark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from broadsheet.model import MARKS, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.plugin import Style, Theme

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Fonts(NamedTuple):
    """The fonts and Word language tag of one language; Word takes the East Asian font for East Asian characters."""

    tag: str
    serif: str = "SimSun"
    sans: str = "SimHei"
    rtl: bool = False


#: By BCP 47 tag, looked up from the longest prefix to the shortest. The fonts are those that Word brings.
FONTS = {
    "zh": Fonts("zh-CN"),
    "zh-hant": Fonts("zh-TW", "PMingLiU", "Microsoft JhengHei"),
    "zh-tw": Fonts("zh-TW", "PMingLiU", "Microsoft JhengHei"),
    "zh-hk": Fonts("zh-HK", "PMingLiU", "Microsoft JhengHei"),
    "ja": Fonts("ja-JP", "MS Mincho", "MS Gothic"),
    "ko": Fonts("ko-KR", "Batang", "Malgun Gothic"),
    "ar": Fonts("ar-SA", rtl=True),
    "fa": Fonts("fa-IR", rtl=True),
    "he": Fonts("he-IL", rtl=True),
    "ur": Fonts("ur-PK", rtl=True),
    "en": Fonts("en-US"),
    "fr": Fonts("fr-FR"),
    "de": Fonts("de-DE"),
    "es": Fonts("es-ES"),
    "ru": Fonts("ru-RU"),
}
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_EAST_ASIAN = ("zh", "ja", "ko")
_LATIN = {"serif": "Times New Roman", "sans": "Arial"}

#: The paragraph style of every role: its name in Word, and the built-in style that it is based on.
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
    Role.LIST_ITEM: ("List Item", "Normal"),
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
_MARK_NAMES = {Role.RUN_IN: "Run-in", Role.CONTINUED: "Continued"}
_WORDS_OWN = ("Body Text", "Quote")
_BUILT_IN = (
    ("heading 1", '<w:next w:val="BodyText"/><w:uiPriority w:val="9"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:outlineLvl w:val="0"/></w:pPr>'),
    ("heading 2", '<w:next w:val="BodyText"/><w:uiPriority w:val="9"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:outlineLvl w:val="1"/></w:pPr>'),
    ("Subtitle", '<w:next w:val="BodyText"/><w:uiPriority w:val="11"/><w:qFormat/><w:pPr><w:keepNext/></w:pPr>'),
    ("caption", '<w:next w:val="BodyText"/><w:uiPriority w:val="35"/><w:qFormat/>'),
    ("footer", '<w:uiPriority w:val="99"/><w:pPr><w:jc w:val="center"/></w:pPr>'),
)


def style_id(name: str) -> str:
    """The id of a style: its name without blanks and hyphens, in Word's capitals for the built-in ones."""
    return "".join(word[:1].upper() + word[1:] for word in name.replace("-", " ").split())


def mark_style(role: Role) -> str:
    """The name of the character style of a mark."""
    return _MARK_NAMES.get(role, PARAGRAPHS.get(role, (str(role), ""))[0]) + " Text"


def fonts_of(language: str | None) -> Fonts:
    """The fonts for a BCP 47 tag; those of simplified Chinese, with the tag itself, where the table has none.

    What is no tag at all counts as English, for it must not get into the file's markup.
    """
    subtags = (language or "").lower().split("-")
    for size in range(len(subtags), 0, -1):
        found = FONTS.get("-".join(subtags[:size]))
        if found:
            return found
    return Fonts(language) if language and _TAG.fullmatch(language) else Fonts("en-US")


def style_sheet(theme: Theme, language: str | None) -> bytes:
    """The whole of `word/styles.xml`.

    Args:
        theme: sizes and spaces in points, a style for every role.
        language: the document's BCP 47 tag; it chooses East Asian fonts, spelling language and direction.
    """
    fonts = fonts_of(language)
    parts = [_defaults(theme, fonts), *_built_in(), *_role_styles(theme, fonts), *_mark_styles(theme, fonts)]
    return f'<w:styles xmlns:w="{W}">{"".join(parts)}</w:styles>'.encode()


def language_tags(fonts: Fonts) -> str:
    """The `w:lang` element: East Asian, right-to-left and all other languages are said in three attributes."""
    if fonts.tag.startswith(_EAST_ASIAN):
        return f'<w:lang w:val="en-US" w:eastAsia="{fonts.tag}" w:bidi="ar-SA"/>'
    if fonts.rtl:
        return f'<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="{fonts.tag}"/>'
    return f'<w:lang w:val="{fonts.tag}" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'


def font_family(family: str, fonts: Fonts) -> str:
    """The `w:rFonts` element for `serif` or `sans`.

    In East Asian text, quotation marks, dashes and dots that Latin has too are taken from the East Asian font.
    """
    latin, wide = _LATIN[family], fonts.serif if family == "serif" else fonts.sans
    hint = ' w:hint="eastAsia"' if fonts.tag.startswith(_EAST_ASIAN) else ""
    return f'<w:rFonts{hint} w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{wide}" w:cs="{latin}"/>'


def font_table(fonts: Fonts) -> bytes:
    """The whole of `word/fontTable.xml`: which fonts the document names, and of what make they are."""
    rows = [("Times New Roman", "roman"), ("Arial", "swiss"), (fonts.serif, "roman"), (fonts.sans, "swiss")]
    fields = "".join(f'<w:font w:name="{name}"><w:family w:val="{kind}"/><w:pitch w:val="variable"/></w:font>' for name, kind in rows)
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts xmlns:w="{W}">{fields}</w:fonts>'.encode()


def _defaults(theme: Theme, fonts: Fonts) -> str:
    body = theme.styles[Role.PARAGRAPH]
    run = f"{font_family(body.family, fonts)}{_size(body)}{language_tags(fonts)}"
    direction = "<w:pPr><w:bidi/></w:pPr><w:rPr><w:rtl/></w:rPr>" if fonts.rtl else ""
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{run}</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>{direction}</w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
        '<w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    )


def _built_in() -> Iterator[str]:
    for name, rest in _BUILT_IN:
        yield (
            f'<w:style w:type="paragraph" w:styleId="{style_id(name)}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="Normal"/>{rest}</w:style>'
        )
    yield _style("paragraph", "Furniture", "Normal", "")


def _role_styles(theme: Theme, fonts: Fonts) -> Iterator[str]:
    for role, (name, base) in PARAGRAPHS.items():
        style = theme.styles[role]
        yield _style("paragraph", name, base, f"<w:pPr>{_paragraph(style)}</w:pPr><w:rPr>{_run(style, fonts)}{_size(style)}</w:rPr>")
    jump = theme.styles[Role.JUMP]
    yield _style("paragraph", JUMP_LABEL, "heading 1", f"<w:pPr>{_paragraph(jump)}</w:pPr><w:rPr>{_run(jump, fonts)}{_size(jump)}</w:rPr>")


def _mark_styles(theme: Theme, fonts: Fonts) -> Iterator[str]:
    """What runs in keeps the size of its paragraph; what only tells where a text begins looks like its paragraph."""
    for role in sorted(MARKS):
        style = theme.styles.get(role)
        look = f"<w:rPr>{_run(style, fonts)}</w:rPr>" if style and role is not Role.CONTINUED else ""
        yield _style("character", mark_style(role), "Default Paragraph Font", look)


def _style(kind: str, name: str, base: str, look: str) -> str:
    custom = "" if name in _WORDS_OWN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="{kind}"{custom} w:styleId="{style_id(name)}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{style_id(base)}"/><w:qFormat/>{look}</w:style>'
    )


def _paragraph(style: Style) -> str:
    """Paragraph properties in the order that the format wants; spaces in twentieths of a point."""
    keep = "<w:keepNext/>" if style.keep_with_next else ""
    before, after, line = (_twips(points) for points in (style.space_before_pt, style.space_after_pt, style.leading_pt))
    spacing = f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="atLeast"/>'
    first, chars = _twips(style.indent_em * style.size_pt), round(style.indent_em * 100)
    indent = f'<w:ind w:firstLineChars="{chars}" w:firstLine="{first}"/>' if style.indent_em else ""
    return f'{keep}{spacing}{indent}<w:jc w:val="{"both" if style.align == "justify" else style.align}"/>'


def _run(style: Style, fonts: Fonts) -> str:
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    italic = "<w:i/><w:iCs/>" if style.italic else ""
    return f'{font_family(style.family, fonts)}{bold}{italic}<w:color w:val="{style.colour.lstrip("#").upper()}"/>'


def _size(style: Style) -> str:
    half_points = round(style.size_pt * 2)
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _twips(points: float) -> int:
    return round(points * 20)

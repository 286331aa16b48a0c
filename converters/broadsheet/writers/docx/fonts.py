"""The fonts that Word sets each language in, and how Word names the language."""

from __future__ import annotations

import re
from typing import NamedTuple

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_EAST_ASIAN = ("zh", "ja", "ko")
#: The fonts of Latin, Cyrillic, Greek, and of Arabic and Hebrew, which they hold too.
LATIN = {"serif": "Times New Roman", "sans": "Arial"}


class Fonts(NamedTuple):
    """The fonts and Word language tag of one language; Word takes the East Asian font for East Asian characters."""

    tag: str
    serif: str = "SimSun"
    sans: str = "SimHei"
    rtl: bool = False

    @property
    def square(self) -> bool:
        """Whether the language is set in characters that fill a square, which indents are counted in."""
        return self.tag.startswith(_EAST_ASIAN)


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


def language_tags(fonts: Fonts, element: str = "lang") -> str:
    """The `w:lang` element: East Asian, right-to-left and all other languages are said in three attributes.

    Args:
        fonts: the language.
        element: `lang`, or `themeFontLang`, which the settings say the same with.
    """
    if fonts.square:
        return f'<w:{element} w:val="en-US" w:eastAsia="{fonts.tag}" w:bidi="ar-SA"/>'
    if fonts.rtl:
        return f'<w:{element} w:val="en-US" w:eastAsia="zh-CN" w:bidi="{fonts.tag}"/>'
    return f'<w:{element} w:val="{fonts.tag}" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'


def font_family(family: str, fonts: Fonts) -> str:
    """The `w:rFonts` element for `serif` or `sans`.

    In East Asian text, quotation marks, dashes and dots that Latin has too are taken from the East Asian font.
    """
    latin, wide = LATIN[family], fonts.serif if family == "serif" else fonts.sans
    hint = ' w:hint="eastAsia"' if fonts.square else ""
    return f'<w:rFonts{hint} w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{wide}" w:cs="{latin}"/>'


def font_table(fonts: Fonts) -> str:
    """The whole of `word/fontTable.xml`: which fonts the document names, and of what make they are."""
    rows = [(LATIN["serif"], "roman"), (LATIN["sans"], "swiss"), (fonts.serif, "roman"), (fonts.sans, "swiss")]
    fields = "".join(f'<w:font w:name="{name}"><w:family w:val="{kind}"/><w:pitch w:val="variable"/></w:font>' for name, kind in rows)
    return f'<w:fonts xmlns:w="{W}">{fields}</w:fonts>'

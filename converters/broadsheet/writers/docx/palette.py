"""The theme part that Word wants in every file: quiet colours, and the document's two fonts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.writers.docx.fonts import LATIN

if TYPE_CHECKING:
    from broadsheet.writers.docx.fonts import Fonts

_COLOURS = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "333333", "lt2": "F2F2F2", "accent1": "7A1F1F", "accent2": "1F4E79", "accent3": "4F6228",
    "accent4": "5F497A", "accent5": "31849B", "accent6": "974706", "hlink": "1F4E79", "folHlink": "5F497A",
}
# Three of each, from subtle to strong, is what a theme must have; ours are plain.
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_FORMATS = (
    f'<a:fmtScheme name="Plain"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>'
    f'<a:lnStyleLst>{"".join(f"""<a:ln w="{width}">{_FILL}</a:ln>""" for width in (6350, 12700, 19050))}</a:lnStyleLst>'
    f'<a:effectStyleLst>{"<a:effectStyle><a:effectLst/></a:effectStyle>" * 3}</a:effectStyleLst>'
    f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme>"
)


def palette(fonts: Fonts) -> str:
    """The whole of `word/theme.xml`: sans for titles, serif for text."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS.items())
    faces = "".join(
        f'<a:{use}Font><a:latin typeface="{LATIN[family]}"/><a:ea typeface="{wide}"/><a:cs typeface="{LATIN[family]}"/></a:{use}Font>'
        for use, family, wide in (("major", "sans", fonts.sans), ("minor", "serif", fonts.serif))
    )
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Broadsheet"><a:themeElements>'
        f'<a:clrScheme name="Quiet">{colours}</a:clrScheme><a:fontScheme name="Newspaper">{faces}</a:fontScheme>{_FORMATS}</a:themeElements></a:theme>'
    )

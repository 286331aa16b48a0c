"""The Word file around the text: python-docx's template made small, core properties, and steady zip bytes."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.sax.saxutils import quoteattr

from broadsheet.packing import SteadyZip
from broadsheet.views import byline_names, document_title
from broadsheet.writers.docx.styles import W, font_table, fonts_of, style_sheet
from broadsheet.writers.shared import NOT_XML, REPLACEMENT

if TYPE_CHECKING:
    from broadsheet.model import Document
    from broadsheet.plugin import Theme

#: The date of a document that has none: fixed, for the clock has no part in a file.
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
#: What Word allows in one core property.
_PROPERTY_CHARS = 255
_TEMPLATE_RELATIONS = ("thumbnail", "extended-properties", "stylesWithEffects", "customXml", "webSettings", "numbering")
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_PAGE_NUMBER = '<w:fldSimple xmlns:w="{W}" w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
_SETTINGS = (
    '<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/>{mirror}<w:defaultTabStop w:val="720"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)


@cache
def _template() -> bytes:
    """python-docx's own template without what no article needs, and with a page number; made once a process."""
    import docx
    from docx.oxml import parse_xml

    word = docx.Document()
    for relations in (word.part.package.rels, word.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(_TEMPLATE_RELATIONS)]:
            del relations[key]
    styles = word.styles.element
    for style in [child for child in styles if child.tag == f"{{{W}}}style" and child.get(f"{{{W}}}styleId") not in ("Normal", "Footer")]:
        styles.remove(style)
    footer = word.sections[0].footer.paragraphs[0]
    footer.style = "Footer"
    footer._p.append(parse_xml(_PAGE_NUMBER.format(W=W)))  # noqa: SLF001 - python-docx has no fields
    word.core_properties.comments = ""
    out = io.BytesIO()
    save(word.part.package, out)
    return out.getvalue()


def new_document(theme: Theme, language: str | None) -> Any:
    """An empty python-docx document with the theme's page and styles.

    Args:
        theme: the page and its styles, in points.
        language: the document's BCP 47 tag; null where it is unknown.
    """
    import docx
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import parse_xml

    word = docx.Document(io.BytesIO(_template()))
    _replace_children(word.styles.element, parse_xml(style_sheet(theme, language)))
    inner, outer = theme.page["margin_inner_pt"], theme.page["margin_outer_pt"]
    mirror = "<w:mirrorMargins/>" if inner != outer else ""
    _replace_children(word.settings.element, parse_xml(_SETTINGS.format(W=W, mirror=mirror)))
    word.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)._blob = font_table(fonts_of(language))  # noqa: SLF001 - an opaque part
    _set_page(word.sections[0], theme)
    return word


def describe(properties: Any, document: Document, when: datetime | None) -> None:
    """Fill the core properties: title, authors, language and dates, nothing of the clock or the machine."""
    names = dict.fromkeys(name for article in document.articles for name in byline_names(article))
    properties.title = _property(document_title(document))
    properties.author = _property("; ".join(names))
    properties.language = _property(document.language or "")
    properties.last_modified_by = ""
    properties.revision = 1
    stamp = when.astimezone(UTC) if when and when.tzinfo else when or NO_DATE
    properties.created = properties.modified = stamp.replace(tzinfo=None)


def save(package: Any, out: BinaryIO) -> None:
    """Write the package's parts into a zip whose bytes depend on them alone, and leave `out` open."""
    parts = list(package.iter_parts())
    for part in parts:
        part.before_marshal()
    with SteadyZip(out) as archive:
        archive.writestr("[Content_Types].xml", _content_types(parts))
        archive.writestr("_rels/.rels", package.rels.xml)
        for part in parts:
            archive.writestr(part.partname.membername, part.blob)
            if part.rels:
                archive.writestr(part.partname.rels_uri.membername, part.rels.xml)


def _content_types(parts: list[Any]) -> str:
    overrides = "".join(
        f"<Override PartName={quoteattr(part.partname)} ContentType={quoteattr(part.content_type)}/>" for part in parts
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Types xmlns="{_TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _replace_children(old: Any, new: Any) -> None:
    for child in list(old):
        old.remove(child)
    old.extend(list(new))


def _set_page(section: Any, theme: Theme) -> None:
    from docx.shared import Pt

    page = theme.page
    section.page_width, section.page_height = Pt(page["width_pt"]), Pt(page["height_pt"])
    section.top_margin, section.bottom_margin = Pt(page["margin_top_pt"]), Pt(page["margin_bottom_pt"])
    section.left_margin, section.right_margin = Pt(page["margin_inner_pt"]), Pt(page["margin_outer_pt"])
    section.header_distance = Pt(page["margin_top_pt"] / 2)
    section.footer_distance = Pt(page["margin_bottom_pt"] / 2)


def _property(text: str) -> str:
    text = NOT_XML.sub(REPLACEMENT, text)
    return text if len(text) <= _PROPERTY_CHARS else text[: _PROPERTY_CHARS - 1] + "…"

"""The Word file around the text: its parts, how they belong together, and the archive that holds them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from broadsheet.model import Role
from broadsheet.packing import deflated, stored
from broadsheet.views import byline_names, document_title, issue_line
from broadsheet.writers.docx.fonts import W, font_table, fonts_of, language_tags
from broadsheet.writers.docx.markup import Voice, escape, paragraph
from broadsheet.writers.docx.palette import palette
from broadsheet.writers.docx.pictures import KINDS
from broadsheet.writers.docx.sheet import FIRST_FOOTER, FOOTER, HEADER
from broadsheet.writers.docx.styles import first_line, style_sheet
from broadsheet.writers.shared import NOT_XML, REPLACEMENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from broadsheet.model import Document
    from broadsheet.packing import Packed
    from broadsheet.plugin import Theme
    from broadsheet.writers.docx.fonts import Fonts
    from broadsheet.writers.docx.pictures import Picture

#: The date of a document that has none: fixed, for the clock has no part in a file.
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
#: What Word allows in one core property.
_PROPERTY_CHARS = 255
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_KINDS = {"theme": "application/vnd.openxmlformats-officedocument.theme+xml"}
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{_OFFICE}/relationships" xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main" xmlns:pic="{_DRAWING}/picture"'
)
_PIECE_CHARS = 1 << 16
_PAGE_NUMBER = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
_SETTINGS = (
    '<w:zoom w:percent="100"/>{mirror}<w:defaultTabStop w:val="720"/>{hyphens}<w:characterSpacingControl w:val="compressPunctuation"/>'
    "<w:compat><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:doNotExpandShiftReturn/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '{languages}<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
)
_LIST = '<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>{level}</w:lvl></w:abstractNum>'
_BULLETS = '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>'
_PRINTED_SIGNS = '<w:numFmt w:val="bullet"/><w:suff w:val="nothing"/><w:lvlText w:val=""/><w:lvlJc w:val="left"/><w:pPr>{indent}</w:pPr>'
_LISTS = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'


class Part(NamedTuple):
    """A part that the document names: the relation's id, its kind, where it lies in the archive, and its whole XML."""

    relation: str
    kind: str
    member: str
    xml: str


def archive(text: Iterable[str], document: Document, theme: Theme, pictures: Mapping[str, Picture], when: datetime | None) -> Iterator[Packed]:
    """The entries of the file, in the order in which Word writes them.

    Args:
        text: the children of `w:body`.
        document: whose facts stand in the properties and at the edges of pages.
        theme: the look.
        pictures: those that the text draws.
        when: the document's timestamp.
    """
    parts = list(_parts(document, theme))
    yield _steady("[Content_Types].xml", _content_types(parts))
    yield _steady("_rels/.rels", _relations([("text", "officeDocument", "word/document.xml")], core="docProps/core.xml"))
    yield deflated("word/document.xml", _pieces(text))
    drawn = [(picture.relation, "image", picture.member) for picture in pictures.values()]
    yield _steady("word/_rels/document.xml.rels", _relations([*((part.relation, part.kind, part.member) for part in parts), *drawn]))
    for part in parts:
        yield _steady(f"word/{part.member}", part.xml)
    for picture in pictures.values():
        yield stored(f"word/{picture.member}", picture.data)
    yield _steady("docProps/core.xml", _properties(document, when))


@lru_cache(maxsize=64)
def _steady(name: str, xml: str) -> Packed:
    """A small part; what is the same from document to document is packed once."""
    return deflated(name, [_XML.encode(), xml.encode()])


def _pieces(text: Iterable[str]) -> Iterator[bytes]:
    """The main part in pieces of a size that packs well."""
    yield f"{_XML}<w:document {_NAMESPACES}><w:body>".encode()
    held: list[str] = []
    size = 0
    for element in text:
        held.append(element)
        size += len(element)
        if size >= _PIECE_CHARS:
            yield "".join(held).encode()
            held, size = [], 0
    held.append("</w:body></w:document>")
    yield "".join(held).encode()


def _parts(document: Document, theme: Theme) -> Iterator[Part]:
    fonts, page = fonts_of(document.language), theme.page
    yield Part("palette", "theme", "theme.xml", palette(fonts))
    yield Part("styles", "styles", "styles.xml", style_sheet(theme, document.language))
    settings = _SETTINGS.format(
        mirror="<w:mirrorMargins/>" if page["margin_inner_pt"] != page["margin_outer_pt"] else "",
        hyphens="<w:autoHyphenation/>" if any(style.hyphenate for style in theme.styles.values()) else "",
        languages=language_tags(fonts, "themeFontLang"),
    )
    yield Part("settings", "settings", "settings.xml", f'<w:settings xmlns:w="{W}">{settings}</w:settings>')
    yield Part("numbering", "numbering", "numbering.xml", _numbering(theme, fonts))
    yield Part("fonts", "fontTable", "fontTable.xml", font_table(fonts))
    if theme.layout.running_head:
        head = Voice(None, document, theme.styles).fact(_running_head(document), Role.RUNNING_HEAD)
        yield Part(HEADER, "header", "header.xml", f'<w:hdr xmlns:w="{W}">{paragraph("Header", head)}</w:hdr>')
    if theme.layout.folio:
        foot = f'<w:ftr xmlns:w="{W}">{paragraph("Footer", _PAGE_NUMBER)}</w:ftr>'
        yield Part(FOOTER, "footer", "footer.xml", foot)
        if theme.layout.running_head:
            yield Part(FIRST_FOOTER, "footer", "footer-first.xml", foot)


def _numbering(theme: Theme, fonts: Fonts) -> str:
    """The two lists: one with bullets, and one without a sign for items that print their own, indented like text."""
    style = theme.styles[Role.LIST_ITEM]
    signs = _PRINTED_SIGNS.format(indent=first_line(style, fonts) or '<w:ind w:firstLine="0"/>')
    bullets = _BULLETS.format(left=round(style.size_pt * 40), hanging=round(style.size_pt * 27))  # two ems, and one and a third
    return f'<w:numbering xmlns:w="{W}">{_LIST.format(number=0, level=bullets)}{_LIST.format(number=1, level=signs)}{_LISTS}</w:numbering>'


def _running_head(document: Document) -> str:
    """What is known of the paper where its name is, else what the file is called."""
    return issue_line(document.issue, document.language) if document.issue.publication else document_title(document)


def _content_types(parts: Iterable[Part]) -> str:
    defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    defaults |= {suffix: media_type for media_type, (suffix, _) in KINDS.items()}
    named = {"/word/document.xml": f"{_WORD}.document.main+xml", "/docProps/core.xml": _CORE_TYPE}
    named |= {f"/word/{part.member}": _KINDS.get(part.kind, f"{_WORD}.{part.kind}+xml") for part in parts}
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        + "".join(f'<Default Extension="{suffix}" ContentType="{kind}"/>' for suffix, kind in defaults.items())
        + "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in named.items())
        + "</Types>"
    )


def _relations(rows: Iterable[tuple[str, str, str]], core: str = "") -> str:
    fields = "".join(f'<Relationship Id="{name}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>' for name, kind, target in rows)
    facts = f'<Relationship Id="core" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="{core}"/>' if core else ""
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{fields}{facts}</Relationships>'


def _properties(document: Document, when: datetime | None) -> str:
    """The core properties: title, authors, section, language and dates, nothing of the clock or the machine."""
    names = dict.fromkeys(name for article in document.articles for name in byline_names(article))
    moment = when.astimezone(UTC) if when and when.tzinfo else when or NO_DATE
    stamp = f'{moment.replace(tzinfo=None).isoformat(timespec="seconds")}Z'
    texts = {
        "dc:title": document_title(document), "dc:creator": "; ".join(names), "dc:subject": document.issue.section or "",
        "dc:language": document.language or "",
    }
    fields = "".join(f"<{key}>{_property(text)}</{key}>" for key, text in texts.items() if text)
    dates = "".join(f'<dcterms:{key} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{key}>' for key in ("created", "modified"))
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{fields}{dates}</cp:coreProperties>'
    )


def _property(text: str) -> str:
    text = NOT_XML.sub(REPLACEMENT, text)
    return escape(text if len(text) <= _PROPERTY_CHARS else text[: _PROPERTY_CHARS - 1] + "…")

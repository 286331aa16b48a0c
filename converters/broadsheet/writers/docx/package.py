"""The Word file around the text: python-docx's package of parts, and the archive that holds them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from broadsheet.model import Role
from broadsheet.packing import deflated, stored
from broadsheet.views import byline_names, document_title, issue_line
from broadsheet.writers.docx.markup import Voice
from broadsheet.writers.docx.pictures import KINDS
from broadsheet.writers.docx.template import around
from broadsheet.writers.shared import NOT_XML, REPLACEMENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from broadsheet.model import Document
    from broadsheet.packing import Packed
    from broadsheet.plugin import Theme
    from broadsheet.writers.docx.pictures import Picture
    from broadsheet.writers.docx.template import Template

#: The date of a document that has none: fixed, for the clock has no part in a file.
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
#: What Word allows in one core property.
_PROPERTY_CHARS = 255
#: What pictures are by the suffixes of their names.
_PICTURES = {suffix: media_type for media_type, (suffix, _) in KINDS.items()}
_PIECE_CHARS = 1 << 16


def archive(
    text: Iterable[str], document: Document, theme: Theme, template: Template, pictures: Mapping[str, Picture], when: datetime | None,
) -> Iterator[Packed]:
    """The entries of the file: the package as python-docx relates its parts, the text packed as it comes.

    Args:
        text: the children of `w:body`.
        document: whose facts stand in the properties and at the edges of pages.
        theme: the look.
        template: the parts that do not depend on the document.
        pictures: those that the text draws.
        when: the document's timestamp.
    """
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.package import OpcPackage
    from docx.opc.packuri import PACKAGE_URI, PackURI
    from docx.opc.part import Part

    package, main = OpcPackage(), Part(PackURI("/word/document.xml"), CONTENT_TYPE.WML_DOCUMENT_MAIN)
    package.relate_to(main, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    for relation, kind, part in template.parts:
        main.load_rel(kind, _headed(part, document, theme) if kind == RELATIONSHIP_TYPE.HEADER else part, relation)
    for picture in pictures.values():
        main.load_rel(RELATIONSHIP_TYPE.IMAGE, Part(PackURI(f"/word/{picture.member}"), picture.media_type, picture.data), picture.relation)
    package.relate_to(_properties(document, when), RELATIONSHIP_TYPE.CORE_PROPERTIES)
    parts = list(package.iter_parts())
    yield _steady("[Content_Types].xml", _content_types(parts))
    yield _steady(PACKAGE_URI.rels_uri.membername, package.rels.xml)
    yield deflated(main.partname.membername, _pieces(text, template.text))
    yield _steady(main.partname.rels_uri.membername, main.rels.xml)
    for part in parts[1:]:
        yield (stored if part.partname.ext in _PICTURES else _steady)(part.partname.membername, part.blob)


@lru_cache(maxsize=64)
def _steady(name: str, xml: bytes) -> Packed:
    """A small part; what is the same from document to document is packed once."""
    return deflated(name, [xml])


def _pieces(text: Iterable[str], around_it: tuple[bytes, bytes]) -> Iterator[bytes]:
    """The main part in pieces of a size that packs well."""
    yield around_it[0]
    held: list[str] = []
    size = 0
    for element in text:
        held.append(element)
        size += len(element)
        if size >= _PIECE_CHARS:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()
    yield around_it[1]


def _headed(part: Any, document: Document, theme: Theme) -> Any:
    """The part of the running head with what is known of the paper where its name is, else with what the file is called."""
    from docx.opc.part import Part

    words = issue_line(document.issue, document.language) if document.issue.publication else document_title(document)
    runs = Voice(None, document, theme.styles).fact(words, Role.RUNNING_HEAD)
    return Part(part.partname, part.content_type, runs.encode().join(around(part.blob)))


def _content_types(parts: Iterable[Any]) -> bytes:
    """What every part is: pictures by the suffixes of their names, whether there are any or not, so that most files have the same list."""
    from docx.opc.constants import CONTENT_TYPE
    from docx.opc.oxml import CT_Types, serialize_part_xml

    types = cast("Any", CT_Types).new()
    for suffix, media_type in {"rels": CONTENT_TYPE.OPC_RELATIONSHIPS, "xml": CONTENT_TYPE.XML, **_PICTURES}.items():
        types.add_default(suffix, media_type)
    for part in parts:
        if part.partname.ext not in _PICTURES:
            types.add_override(part.partname, part.content_type)
    return serialize_part_xml(types)


def _properties(document: Document, when: datetime | None) -> Any:
    """The core properties: title, authors, section, language and dates, nothing of the clock or the machine."""
    from docx.opc.constants import CONTENT_TYPE
    from docx.opc.coreprops import CoreProperties
    from docx.opc.oxml import serialize_part_xml
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml.coreprops import CT_CoreProperties

    element = CT_CoreProperties.new()
    properties = CoreProperties(element)
    names = dict.fromkeys(name for article in document.articles for name in byline_names(article))
    texts = {
        "title": document_title(document), "author": "; ".join(names), "subject": document.issue.section, "language": document.language,
    }
    for key, text in texts.items():
        if text:
            setattr(properties, key, _property(text))
    moment = when.astimezone(UTC) if when and when.tzinfo else when or NO_DATE
    properties.created = properties.modified = moment
    return Part(PackURI("/docProps/core.xml"), CONTENT_TYPE.OPC_CORE_PROPERTIES, serialize_part_xml(element))


def _property(text: str) -> str:
    text = NOT_XML.sub(REPLACEMENT, text)
    return text if len(text) <= _PROPERTY_CHARS else text[: _PROPERTY_CHARS - 1] + "…"

"""What a PDF says of itself: title, authors, subject, keywords, language and date, as XMP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from broadsheet import views

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.model import Document

#: The date of a file whose document has none.
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
CREATOR = "Broadsheet"
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
{properties}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the page prints of itself; empty where it prints nothing."""

    title: str
    authors: Sequence[str]
    subject: str
    keywords: Sequence[str]
    language: str | None
    when: datetime


def particulars(document: Document, when: datetime | None) -> Particulars:
    """The particulars of a document, whose own date is `when`."""
    issue = document.issue
    names = (name for article in document.articles for name in views.byline_names(article))
    titles = (title for article in document.articles if (title := views.headline(article)))
    return Particulars(
        title=plain(views.document_title(document)), authors=tuple(plain(name) for name in dict.fromkeys(names)),
        subject=plain("; ".join(titles)),
        keywords=tuple(plain(part) for part in (issue.publication, issue.section, issue.edition, issue.date) if part),
        language=document.language, when=(when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)) if when else NO_DATE,
    )


def plain(text: str) -> str:
    """A text as metadata may hold it: no control characters, no halves of surrogate pairs, nothing that XML forbids."""
    return "".join(char for char in text if char >= " " and not "\x7f" <= char <= "\x9f" and char not in "\u2028\u2029\ufffe\uffff").encode(
        "utf-16-be", "replace",
    ).decode("utf-16-be")


def xmp(facts: Particulars, *, accessible: bool) -> bytes:
    """The particulars as an XMP packet.

    Args:
        facts: what to say.
        accessible: whether the file claims to conform to PDF/UA-1. Source: ISO 14289-1, 5.
    """
    return _PACKET.format(properties="\n".join(_properties(facts, accessible=accessible))).encode()


def _properties(facts: Particulars, *, accessible: bool) -> Iterator[str]:
    moment = facts.when.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    yield f"<dc:title>{_alternatives(facts.title)}</dc:title>"
    if facts.authors:
        yield f"<dc:creator>{_listed('Seq', [', '.join(facts.authors)])}</dc:creator>"
    if facts.subject:
        yield f"<dc:description>{_alternatives(facts.subject)}</dc:description>"
    if facts.language:
        yield f"<dc:language>{_listed('Bag', [facts.language])}</dc:language>"
    if facts.keywords:
        yield f"<pdf:Keywords>{escape(', '.join(facts.keywords))}</pdf:Keywords>"
    yield f"<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool><xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>"
    if accessible:
        yield "<pdfuaid:part>1</pdfuaid:part>"


def _alternatives(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>'


def _listed(kind: str, texts: Sequence[str]) -> str:
    return f"<rdf:{kind}>{''.join(f'<rdf:li>{escape(text)}</rdf:li>' for text in texts)}</rdf:{kind}>"

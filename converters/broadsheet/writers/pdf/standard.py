"""Makes a finished PDF conform to PDF/A: colours named, metadata in its form, the document itself carried along."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from broadsheet.errors import OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The choices of the option to the names that pikepdf knows them by.
_FLAVOURS: Mapping[str, str] = {"a-2b": "2b", "a-3b": "3b"}
#: What the checker says that it does not know, and the standard allows: lines that run down the page, glyphs drawn as outlines.
_ALLOWED = frozenset({"pikepdf:font-vertical", "pikepdf:font-type3"})
_NOW = re.compile(rb"<xmp:MetadataDate>[^<]*</xmp:MetadataDate>")
_JSON_NAME = "document.json"


def archived(data: bytes, standard: str, document_json: bytes) -> bytes:
    """The PDF as PDF/A, checked.

    Args:
        data: a finished PDF, its fonts embedded.
        standard: `a-2b`, or `a-3b`, which carries the document as JSON.
        document_json: the document as JSON.

    Raises:
        UsageError: pikepdf is not installed.
        OutputError: the result does not conform; names the first thing that is wrong.
    """
    try:
        import pikepdf
        from pikepdf import pdfa
    except ImportError as error:
        raise UsageError(
            f"PDF/A needs pikepdf with its extra pdfa ({error})", where="standard", todo="pip install 'broadsheet[pdfa]'",
        ) from error
    flavour = _FLAVOURS[standard]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if standard == "a-3b":
            _attach(pdf, document_json)
        pdfa.prepare(pdf, flavour)
        packet = _NOW.sub(b"", pdf.Root.Metadata.read_bytes())  # the time of day is none of the document's business
        pdf.Root.Metadata.write(packet)
        out = io.BytesIO()
        pdf.save(out, **pdfa.resolve_save_kwargs(flavour, deterministic_id=True))
    _check(out, flavour, standard)
    return out.getvalue()


def _attach(pdf: Any, document_json: bytes) -> None:
    from pikepdf import AttachedFileSpec, Name

    modified = str(pdf.docinfo.ModDate)
    file = AttachedFileSpec(
        pdf, document_json, filename=_JSON_NAME, mime_type="application/json", description="The document that this file was set from",
        creation_date="", mod_date=modified,
    )
    file.relationship = Name.Source
    pdf.attachments[_JSON_NAME] = file
    pdf.Root.AF = pdf.make_indirect([file.obj])


def _check(out: io.BytesIO, flavour: str, standard: str) -> None:
    from pikepdf import pdfa

    out.seek(0)
    report = pdfa.validate_written(out, flavour)
    wrong = [finding for finding in report.findings if finding.rule not in _ALLOWED]
    if wrong:
        raise OutputError(f"the PDF does not conform to {standard}: {wrong[0]}", todo="write it without --to-pdf-standard")

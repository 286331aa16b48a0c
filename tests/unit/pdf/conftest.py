"""What the PDF tests share: small documents, and a press that prints them and reads them back with other programs."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pypdfium2
import pytest

from broadsheet.model import Article, Block, Diagnostic, Document, Issue, Kind, Mark, Role, SourceInfo
from broadsheet.plugin import Context, Theme
from broadsheet.report import Report
from broadsheet.themes import load_themes
from broadsheet.writers.pdf import PDF, PdfOptions

SOURCE = SourceInfo(name="evening-page.txt", media_type="text/plain", encoding="utf-8", sha256="0" * 64, text=None)
THEMES = {theme.name: theme for theme in load_themes()}
THEME = THEMES["reading"]


@dataclass(frozen=True)
class Printed:
    """One PDF and what was said while it was made."""

    data: bytes
    diagnostics: tuple[Diagnostic, ...]

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page as PDFium reads it, without line ends."""
        with pypdfium2.PdfDocument(self.data) as pdf:
            return [page.get_textpage().get_text_range().replace("\r\n", "").replace("\n", "") for page in pdf]

    @cached_property
    def bookmarks(self) -> list[tuple[int, str]]:
        with pypdfium2.PdfDocument(self.data) as pdf:
            return [(mark.level, mark.get_title()) for mark in pdf.get_toc()]

    @cached_property
    def metadata(self) -> dict[str, str]:
        with pypdfium2.PdfDocument(self.data) as pdf:
            return pdf.get_metadata_dict(skip_empty=True)


class Press:
    """Makes documents of (role, text) pairs and prints them."""

    @staticmethod
    def block(role: Role, text: str, *marks: Mark, **facts: object) -> Block:
        return Block(role=role, text=text, source=((0, len(text)),), marks=marks, **facts)  # type: ignore[arg-type]

    def document(self, *articles: list[Block], language: str | None = "zh-Hans", furniture: tuple[Block, ...] = (), **facts: str) -> Document:
        made = tuple(Article(id=f"a{i}", kind=Kind.NEWS, blocks=tuple(blocks)) for i, blocks in enumerate(articles, start=1))
        return Document(
            schema_version="1.0", source=SOURCE, language=language, articles=made, furniture=furniture, issue=Issue(**facts),
        )

    def paragraph(self, text: str, *, language: str | None = "zh-Hans") -> Document:
        return self.document([self.block(Role.PARAGRAPH, text)], language=language)

    @staticmethod
    def run(
        document: Document, options: PdfOptions | None = None, *, theme: str = "reading", pictures: Mapping[str, bytes] | None = None,
    ) -> Printed:
        report, out = Report(), io.BytesIO()
        context = Context(report=report, theme=THEMES[theme], pictures=pictures or {})
        PDF.write(document, out, options or PdfOptions(system_fonts=False), context)
        return Printed(out.getvalue(), report.diagnostics)


@pytest.fixture(scope="session")
def press() -> Press:
    return Press()


@pytest.fixture(scope="session")
def reading() -> Theme:
    return THEME


@pytest.fixture(scope="session")
def themes() -> Mapping[str, Theme]:
    return THEMES

"""The structure of a tagged PDF: which element of the document each piece of a page belongs to, in reading order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from broadsheet.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from broadsheet.writers.pdf.setting import SetBlock

#: What a block is in the structure; everything else is a paragraph. Source: ISO 32000-1, 14.8.4.
_KINDS = {Role.LIST_ITEM: "LBody", Role.EDITOR_NOTE: "Note", Role.HEADLINE: "H1"}
#: What must stand around a block's element.
_AROUND = {Role.LIST_ITEM: ("L", "LI"), Role.QUOTE: ("BlockQuote",)}
#: Elements that take in a neighbour of their own kind.
_SHARED = frozenset({"L", "BlockQuote", "TOC"})
#: What must stand around an entry of a list of contents.
_LINK_AROUND = ("TOC", "TOCI", "Reference")
_DEEPEST = 6


class Piece(NamedTuple):
    """Marked content: the page, counted from 0, and its number there."""

    page: int
    number: int


class Linked(NamedTuple):
    """A link on a page, counted from 0: the name of its object."""

    page: int
    name: str


class Element:
    """One element: its kind, what it holds, and its language and alternative text where it has them.

    `box` is where a figure stands on its page: left, foot, right and top, in points. `scope` says of a table's naming cell
    what it names, a column or a row. `name` is its object's in the PDF.
    """

    def __init__(self, kind: str, above: Element | None, language: str | None) -> None:
        self.kind, self.above, self.language = kind, above, language
        self.kids: list[Element | Piece | Linked] = []
        self.alternative = self.scope = ""
        self.box: tuple[float, ...] = ()
        self.name = ""
        if above:
            above.kids.append(self)

    def walk(self) -> Iterator[Element]:
        """The element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()


class Tags:
    """The structure of one document, built while its pages are drawn.

    Args:
        language: BCP 47 tag of the document; elements in another language say so.
    """

    def __init__(self, language: str | None) -> None:
        self.root = Element("Document", None, None)
        self._language = language
        self._pages: list[list[Element]] = [[]]
        self._part: tuple[int | None, Element] | None = None
        self._last: tuple[SetBlock, Element] | None = None
        self._level = 0
        self._cells: dict[tuple[int, int], Element] = {}
        self._links: list[tuple[Any, Element]] = []

    def block(self, block: SetBlock) -> tuple[str, int]:
        """The kind and the number of the next piece of a block; pieces of one block, on whatever page, make one element."""
        if self._last is None or self._last[0] is not block:
            self._last = (block, self._element(block))
        return self._piece(self._last[1])

    def cell(self, block: SetBlock, row: int, column: int) -> tuple[str, int]:
        """The kind and the number of the next piece of a cell of a table, by its row and column from 0."""
        if self._last is None or self._last[0] is not block:
            self._last = (block, self._table(block))
        return self._piece(self._cells[row, column])

    def figure(self, block: SetBlock, alternative: str, box: tuple[float, ...]) -> tuple[str, int]:
        """The kind and the number of a picture, which a caption after it belongs to.

        Args:
            block: the block that it was set as.
            alternative: what it shows, in words.
            box: its left, foot, right and top, in points.
        """
        element = Element("Figure", self._part_of(block), self._tongue(block))
        element.alternative, element.box = alternative, box
        self._last = (block, element)
        return self._piece(element)

    def link(self, annotation: Any, name: str) -> None:
        """Note that the last block is a link; `name` is its annotation's in the PDF."""
        if self._last:
            self._last[1].kids.append(Linked(len(self._pages) - 1, name))
            self._links.append((annotation, self._last[1]))

    def put_first(self) -> None:
        """Let the last part of the document be read first."""
        self.root.kids.insert(0, self.root.kids.pop())

    def turn(self) -> int:
        """End the page; its number, counted from 0."""
        self._pages.append([])
        return len(self._pages) - 2

    def write(self, doc: Any, pages: Sequence[Any]) -> None:
        """Add the structure to a reportlab document, whose pages are given in order."""
        from reportlab.pdfbase.pdfdoc import PDFDictionary

        elements = list(self.root.walk())
        root = doc.Reference("", "tags")
        for i, element in enumerate(elements):
            doc.Reference("", f"tag{i}")
            element.name = f"tag{i}"
        numbers = doc.idToObjectNumberAndVersion
        page_refs = [f"{numbers[doc.Reference(page).name][0]} 0 R" for page in pages]

        def ref(element: Element | None) -> str:
            return f"{numbers[element.name if element else root.name][0]} 0 R"

        links = {name: f"{numbers[name][0]} 0 R" for element in elements for kid in element.kids if isinstance(kid, Linked) for name in (kid.name,)}
        for i, element in enumerate(elements):
            doc.idToObject[f"tag{i}"] = _dictionary(element, ref(element.above), i, ref, page_refs, links)
        parents = " ".join(f"{number} [{' '.join(map(ref, held))}]" for number, held in enumerate(self._pages[: len(pages)]))
        for number, (annotation, element) in enumerate(self._links, start=len(pages)):
            annotation.dict["StructParent"] = number
            parents += f" {number} {ref(element)}"
        following = len(pages) + len(self._links)
        tree = f"<< /Type /StructTreeRoot /K {ref(self.root)} /ParentTree << /Nums [{parents}] >> /ParentTreeNextKey {following} >>"
        doc.idToObject["tags"] = tree.encode("ascii")
        doc.Catalog.StructTreeRoot = root
        doc.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})

    def _piece(self, element: Element) -> tuple[str, int]:
        held = self._pages[-1]
        element.kids.append(Piece(len(self._pages) - 1, len(held)))
        held.append(element)
        return element.kind, len(held) - 1

    def _element(self, block: SetBlock) -> Element:
        above = self._last[1] if self._last else None
        if block.role is Role.CAPTION and above and above.kind == "Figure" and self._last and self._last[0].article == block.article:
            return Element("Caption", above, self._tongue(block))
        above = self._part_of(block)
        for kind in _LINK_AROUND if block.link else _AROUND.get(block.role, ()):
            last = above.kids[-1] if above.kids else None
            shared = kind in _SHARED and isinstance(last, Element) and last.kind == kind
            above = last if shared and isinstance(last, Element) else Element(kind, above, None)
        return Element(self._kind(block), above, self._tongue(block))

    def _table(self, block: SetBlock) -> Element:
        """A table with all its rows and cells, empty ones among them; its first row names the columns, or its first column the rows."""
        table = Element("Table", self._part_of(block), self._tongue(block))
        rows, columns, head = block.grid or (0, 0, False)
        for row in range(rows):
            line = Element("TR", table, None)
            for column in range(columns):
                names = not row if head else not column
                self._cells[row, column] = Element("TH" if names else "TD", line, None)
                self._cells[row, column].scope = "Column" if head else "Row"
        return table

    def _kind(self, block: SetBlock) -> str:
        """The element's kind; headings go down one level at a time, as readers that announce levels expect."""
        kind = "Link" if block.link else _KINDS.get(block.role, "P")
        if block.role is Role.HEADING:
            kind = f"H{min((block.entry.level if block.entry else 1) + 1, self._level + 1, _DEEPEST)}"
        if kind[0] == "H":
            self._level = int(kind[1:])
        return kind

    def _part_of(self, block: SetBlock) -> Element:
        """The article that a block stands in, or the section of furniture."""
        if self._part is None or self._part[0] != block.article:
            kind = "Sect" if block.article is None or block.article < 0 else "Art"
            self._part = (block.article, Element(kind, self.root, None))
        return self._part[1]

    def _tongue(self, block: SetBlock) -> str | None:
        return block.language if block.language != self._language else None


def text_string(text: str) -> str:
    """A text as a PDF string in hexadecimal."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"


def _dictionary(element: Element, above: str, number: int, ref: Any, pages: Sequence[str], links: Mapping[str, str]) -> bytes:
    """An element as an object of the PDF, in bytes: reportlab is slow to encode texts."""
    kids = " ".join(
        ref(kid) if isinstance(kid, Element)
        else f"<< /Type /OBJR /Pg {pages[kid.page]} /Obj {links[kid.name]} >>" if isinstance(kid, Linked)
        else f"<< /Type /MCR /Pg {pages[kid.page]} /MCID {kid.number} >>"
        for kid in element.kids
    )
    extra = f" /Lang {text_string(element.language)}" if element.language else ""
    if element.kind == "Figure":
        left, foot, right, top = element.box
        extra += f" /Alt {text_string(element.alternative)} /A << /O /Layout /BBox [{left:.2f} {foot:.2f} {right:.2f} {top:.2f}] >>"
    if element.kind == "TH":
        extra += f" /A << /O /Table /Scope /{element.scope} >>"
    if element.kind == "Note":
        extra += f" /ID (note{number})"
    return f"<< /Type /StructElem /S /{element.kind} /P {above} /K [{kids}]{extra} >>".encode("ascii")

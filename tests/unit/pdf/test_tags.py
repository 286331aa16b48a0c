"""What a screen reader finds: the structure, its languages, its figures and lists, and nothing outside it but artifacts."""

from __future__ import annotations

import io

import msgspec
import pikepdf
import pytest
from PIL import Image

from broadsheet.model import Article, Asset, Kind, Role
from broadsheet.plugin import Context
from broadsheet.report import Report
from broadsheet.writers.pdf import PDF, PdfOptions


def outline(element) -> str:
    """An element as its kind and, in brackets, the elements in it."""
    kids = element.get("/K", [])
    inside = [outline(kid) for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return str(element.S)[1:] + (f"({' '.join(inside)})" if inside else "")


def structure(data: bytes) -> str:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return outline(pdf.Root.StructTreeRoot.K)


def elements(element):
    yield element
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid)


def test_an_article_is_its_title_and_its_paragraphs(press):
    block = press.block
    document = press.document(
        [block(Role.KICKER, "夜渡"), block(Role.HEADLINE, "灯火再亮"), block(Role.BYLINE, "林小满"), block(Role.PARAGRAPH, "江上。"),
         block(Role.HEADING, "船上有书", level=1), block(Role.QUOTE, "等了两年"), block(Role.EDITOR_NOTE, "编者按")],
        [block(Role.HEADLINE, "票价"), block(Role.LIST_ITEM, "日班"), block(Role.LIST_ITEM, "夜班"), block(Role.PARAGRAPH, "完。")],
        furniture=(block(Role.FOLIO, "第3版"),),
    )
    assert structure(press.run(document).data) == (
        "Document(Art(P H1 P P H2 BlockQuote(P) Note) Art(H1 L(LI(LBody) LI(LBody)) P) Sect(P))"
    )


def test_headings_go_down_one_level_at_a_time(press):
    block = press.block
    document = press.document([block(Role.HEADING, "一", level=3), block(Role.HEADING, "二", level=3), block(Role.HEADING, "三", level=1)])
    assert structure(press.run(document).data) == "Document(Art(H1 H2 H2))"


def test_a_paragraph_on_two_pages_is_one_element(press):
    document = press.document([press.block(Role.PARAGRAPH, "老码头的灯昨晚又亮了。" * 250)])
    with pikepdf.open(io.BytesIO(press.run(document).data)) as pdf:
        (paragraph,) = [element for element in elements(pdf.Root.StructTreeRoot.K) if element.S == "/P"]
        assert [piece.Pg.objgen for piece in paragraph.K] == [page.objgen for page in pdf.pages]
        assert len(pdf.pages) == 2


def test_every_piece_of_content_is_an_artifact_or_belongs_to_the_element_that_claims_it(press):
    block = press.block
    document = press.document(*[[block(Role.HEADLINE, f"第{n}篇"), *[block(Role.PARAGRAPH, "老码头的灯昨晚又亮了。" * 20)] * 9] for n in range(3)])
    with pikepdf.open(io.BytesIO(press.run(document).data)) as pdf:
        parents = pdf.Root.StructTreeRoot.ParentTree.Nums
        for page in pdf.pages:
            owners = parents[2 * list(parents)[::2].index(page.StructParents) + 1]
            depth, numbers = 0, []
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) in {"BDC", "BMC"}:
                    depth += 1
                    assert depth == 1
                    if operands[0] != "/Artifact":
                        numbers.append(int(operands[1].MCID))
                        assert operands[0] == owners[numbers[-1]].S
                elif str(operator) == "EMC":
                    depth -= 1
                elif str(operator) in {"Tj", "TJ", "S", "Do"}:
                    assert depth == 1
            assert numbers == list(range(len(owners)))
            claimed = {(piece.Pg.objgen, int(piece.MCID)) for owner in owners for piece in owner.K}
            assert {(page.objgen, number) for number in numbers} <= claimed


def test_folios_are_artifacts_of_paging_and_rules_of_layout(press):
    block = press.block
    document = press.document([block(Role.PARAGRAPH, "江上。")], [block(Role.PARAGRAPH, "桥边。")])
    with pikepdf.open(io.BytesIO(press.run(document).data)) as pdf:
        marked = (operands for operands, operator in pikepdf.parse_content_stream(pdf.pages[0]) if str(operator) == "BDC")
        assert [str(operands[1].Type) for operands in marked if operands[0] == "/Artifact"] == ["/Layout", "/Pagination"]


def test_the_file_says_that_it_is_tagged_and_in_which_language(press):
    with pikepdf.open(io.BytesIO(press.run(press.paragraph("江上。")).data)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "zh-Hans"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert {str(page.Tabs) for page in pdf.pages} == {"/S"}


def test_an_article_in_another_language_says_so(press):
    other = Article(id="a2", kind=Kind.NEWS, blocks=(press.block(Role.PARAGRAPH, "The ferry."),), language="en")
    document = press.document([press.block(Role.PARAGRAPH, "渡轮。")])
    document = msgspec.structs.replace(document, articles=(*document.articles, other))
    with pikepdf.open(io.BytesIO(press.run(document).data)) as pdf:
        assert [str(e.get("/Lang", "")) for e in elements(pdf.Root.StructTreeRoot.K) if e.S == "/P"] == ["", "en"]


def pictured(press, reading, caption):
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "grey").save(buffer, "PNG")
    blocks = [press.block(Role.HEADLINE, "渡轮"), press.block(Role.CAPTION, caption, image="p1"), press.block(Role.PARAGRAPH, "江上。")]
    document = msgspec.structs.replace(press.document(blocks), assets={"p1": Asset("image/png", "p1.png", 60, 40)})
    out = io.BytesIO()
    PDF.write(document, out, PdfOptions(), Context(report=Report(), theme=reading, pictures={"p1": buffer.getvalue()}))
    return out.getvalue()


def test_a_picture_is_a_figure_with_its_caption_in_it_and_as_its_alternative(press, reading):
    data = pictured(press, reading, "夜色中的渡轮")
    assert structure(data) == "Document(Art(H1 Figure(Caption) P))"
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (figure,) = [element for element in elements(pdf.Root.StructTreeRoot.K) if element.S == "/Figure"]
        left, foot, right, top = (float(edge) for edge in figure.A.BBox)
        assert str(figure.Alt) == "夜色中的渡轮"
    assert right - left == pytest.approx(60 * 72 / 150, abs=0.1)
    assert top - foot == pytest.approx(40 * 72 / 150, abs=0.1)


def test_metadata_say_what_the_page_prints_in_both_places(press):
    block = press.block
    document = press.document(
        [block(Role.HEADLINE, "灯火 <再> 亮 & 六艘"), block(Role.BYLINE, "林小满", names=("林小满",))],
        publication="海港晨报", date="2031-06-07", section="要闻",
    )
    with pikepdf.open(io.BytesIO(press.run(document).data)) as pdf:
        assert str(pdf.docinfo.Keywords) == "海港晨报, 要闻, 2031-06-07"
        with pdf.open_metadata() as said:
            assert said["dc:title"] == str(pdf.docinfo.Title) == "海港晨报 2031-06-07"
            assert said["dc:creator"] == [str(pdf.docinfo.Author)] == ["林小满"]
            assert said["dc:description"] == str(pdf.docinfo.Subject) == "灯火 <再> 亮 & 六艘"
            assert said["pdf:Keywords"] == str(pdf.docinfo.Keywords)
            assert "pdfuaid:part" not in said

"""The cover, looked at by Pillow."""

from __future__ import annotations

import io

import pytest

from broadsheet.model import Issue, Role

PIL = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
NS = {"x": "http://www.w3.org/1999/xhtml", "o": "http://www.idpf.org/2007/opf"}


def seen(book):
    return PIL.open(io.BytesIO(book.archive.read("EPUB/cover.png"))).convert("L")


def inked(image, top, bottom):
    """The share of black in a strip of the page, from 0 to 1."""
    strip = image.crop((0, top, image.width, bottom))
    return 1 - sum(strip.tobytes()) / 255 / (strip.width * strip.height)


def rules(image):
    """The rows where a line goes from margin to margin."""
    rows = (image.crop((60, y, image.width - 60, y + 1)).tobytes() for y in range(image.height))
    return [y for y, row in enumerate(rows) if not any(row)]


def test_it_is_a_picture_three_by_four_that_the_package_names_as_cover(sink, opened):
    book = opened(sink.kitchen_sink())
    assert seen(book).size == (768, 1024)
    (item,) = [item for item in book.package.iterfind(".//o:item", NS) if item.get("properties") == "cover-image"]
    assert (item.get("href"), item.get("media-type")) == ("cover.png", "image/png")
    image = book.tree("cover.xhtml").find(".//x:img", NS)
    assert (image.get("role"), image.get("alt")) == ("doc-cover", "山城晚报 2031-06-03 第1版")


def test_it_can_be_left_out(sink, opened):
    book = opened(sink.kitchen_sink(), cover=False)
    assert not {"cover.png", "cover.xhtml"} & book.files
    assert book.spine[0] == ("article-0001.xhtml", "yes")


def test_the_papers_name_stands_above_a_rule_and_headlines_below_the_next(sink, opened):
    image = seen(opened(sink.kitchen_sink()))
    lines = rules(image)
    assert len(lines) == 5 + 2
    thick, thin = lines[:5], lines[5:]
    assert inked(image, 0, thick[0]) > 0.04
    assert inked(image, thick[-1] + 1, thin[0]) > 0.005
    assert inked(image, thin[-1] + 1, 500) > 0.02
    assert inked(image, 700, 1024) == 0


def test_no_character_of_a_headline_is_left_alone_on_its_last_line(sink, opened, page):
    headline = "码头船走了绳子还在等水把一个下午推给另一个下午"  # 23 characters; a line holds eleven
    image = seen(opened(page(sink.block(Role.HEADLINE, headline), language="zh-Hans")))
    lines = [y for y in range(60, 400) if inked(image, y, y + 1) and not inked(image, y - 1, y)]
    widths = [image.crop((0, top, image.width, top + 50)).point(lambda grey: 255 - grey).getbbox()[2] - 60 for top in lines[:3]]
    assert [round(width / 56) for width in widths] == [8, 8, 7]


def test_what_is_not_printed_does_not_stand_on_it(sink, opened, page):
    image = seen(opened(page(sink.block(Role.HEADLINE, "桥通了"))))
    assert rules(image) == []
    assert inked(image, 60, 200) > 0.01
    assert inked(image, 200, 1024) == 0


def test_a_full_page_ends_before_its_margin(sink, opened, page):
    many = tuple(sink.block(Role.HEADLINE, f"第{n}条：城南旧巷改造完成，居民陆续搬回新居过冬") for n in range(60))
    image = seen(opened(page(*many, issue=Issue(publication="山城晚报"), language="zh-Hans")))
    assert inked(image, 1024 - 60, 1024) == 0
    assert inked(image, 800, 1024 - 60) > 0.01
    assert inked(image, rules(image)[-1] + 1, 1024) > 0.001  # no rule but with a headline below
    assert image.crop((0, 0, 60, 1024)).getextrema() == image.crop((768 - 58, 0, 768, 1024)).getextrema() == (255, 255)


@pytest.mark.parametrize("name", ["x" * 5000, "word " * 2000, "\u202e" * 10, "😀", " ", "خبر " * 900, "“" * 300])
def test_any_name_and_headline_can_be_drawn(sink, opened, page, name):
    image = seen(opened(page(sink.block(Role.HEADLINE, name), issue=Issue(publication=name, page=name))))
    assert image.size == (768, 1024)


def test_arabic_stands_at_the_right_and_is_joined(sink, opened, arabic, page):
    image = seen(opened(arabic))
    below = rules(image)[-1] + 1
    left, right = image.crop((60, below, 300, 400)), image.crop((468, below, 708, 400))
    assert sum(right.tobytes()) < sum(left.tobytes())
    joined, apart = (seen(opened(page(sink.block(Role.HEADLINE, text), language="ar"))) for text in ("خبر", "خ\u200cب\u200cر"))
    assert joined.tobytes() != apart.tobytes()

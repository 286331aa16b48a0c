"""Whatever the text and the role, the book is well-formed and gives the text back."""

from __future__ import annotations

import re

import pytest

from broadsheet.model import BLOCKS, MARKS, Issue, Kind, Mark
from broadsheet.views import set_blocks

hypothesis = pytest.importorskip("hypothesis", reason="hypothesis is not installed")
st = hypothesis.strategies

UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Surrogates too, and more of what breaks lines, markup and order than chance would bring.
TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("<>&'\"]\r\n\t\x0b\x85\u2028\u202e\u0661\u0628\ud800 12。“”")), min_size=1, max_size=40)


@st.composite
def blocks(draw, make):
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text)))
    mark = Mark(role=draw(st.sampled_from(sorted(MARKS))), start=start, end=draw(st.integers(start, len(text))), article="a1", date=text[:2], date_iso="--02-29")
    return make(
        draw(st.sampled_from(sorted(BLOCKS))), text, marks=(mark,) if draw(st.booleans()) else (), page=draw(st.none() | TEXTS), level=draw(st.none() | st.integers(-3, 99)),
    )


@hypothesis.settings(max_examples=80, deadline=None, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture])
@hypothesis.given(data=st.data())
def test_every_text_comes_back_as_it_was(sink, opened, page, data):
    made = tuple(data.draw(st.lists(blocks(sink.block), max_size=6)))
    language = data.draw(st.sampled_from(["zh-Hans", "ja", "ar", "en", None]))
    vertical, cover = data.draw(st.sampled_from(["horizontal", "vertical"])), data.draw(st.booleans())
    title = data.draw(st.none() | TEXTS)
    book = opened(page(*made, language=language, issue=Issue(publication=title, page=title), kind=data.draw(st.sampled_from(Kind))), direction=vertical, cover=cover)
    wanted = [re.sub(r"\r\n|\r", "\n", UNFIT.sub("\ufffd", block.text)) for block in set_blocks(page(*made).articles[0])]
    assert book.texts() == wanted
    classes = (each.get("class", "").split() for each in book.chapters()[0].iter())
    assert {named[0] for named in classes if named and named[0] in set(BLOCKS)} == {block.role for block in set_blocks(page(*made).articles[0])}
    titles = [text.text for text in book.tree("toc.ncx").iterfind(".//{*}navPoint/{*}navLabel/{*}text")]
    assert [title for title, _ in book.nav("toc")] == titles != []

"""Whatever is made up into pages: every line once, in order, nothing below the foot, in linear time."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.model import Role
from broadsheet.plugin import Style
from broadsheet.writers.pdf.fonts import NOTHING
from broadsheet.writers.pdf.pages import Band, Frame, paginate
from broadsheet.writers.pdf.pictures import Picture
from broadsheet.writers.pdf.setting import SetBlock, SetLine

HEIGHT = 200.0


@st.composite
def blocks(draw):
    """A block of any length, space, leading and duty; now and then a picture."""
    leading = draw(st.sampled_from([9.0, 10.0, 14.5]))
    before, after = draw(st.sampled_from([0.0, 3.0, 24.0])), draw(st.sampled_from([0.0, 2.0]))
    if draw(st.integers(0, 9)) == 0:
        height = draw(st.floats(10, HEIGHT))
        shown = Picture("p", None, 40, height)
        return SetBlock([SetLine((), 0.0, {})], Style(size_pt=8, leading_pt=height), before, keep_with_next=True, picture=shown)
    lines = [SetLine((NOTHING,), 0.0, {}) for _ in range(draw(st.integers(1, 45)))]
    return SetBlock(
        lines, Style(size_pt=8, leading_pt=leading, space_after_pt=after), before, keep_with_next=draw(st.integers(0, 3)) == 0,
        whole=len(lines) < 6, rule=draw(st.booleans()),
    )


BANDS = st.lists(st.builds(Band, st.lists(blocks(), max_size=3), st.lists(blocks(), max_size=8), st.booleans()), max_size=6)


@settings(max_examples=150, deadline=None)
@given(BANDS, st.integers(1, 6))
def test_every_line_and_picture_is_placed_once_and_in_order_and_nothing_below_the_foot(bands, columns):
    frame = Frame(size=(600, 600), left=0, top=600, measure=columns * 60.0 - 10, height=HEIGHT, columns=columns, gutter=10, column_rule=True)
    wanted = [id(line) for band in bands for block in (*band.across, *band.body) if not block.picture for line in block.lines]
    pages = list(paginate(bands, frame))
    assert [id(placed.line) for page in pages for placed in page.lines] == wanted
    shown = sum(block.picture is not None for band in bands for block in (*band.across, *band.body))
    assert sum(len(page.pictures) for page in pages) == shown
    feet = [placed.top + placed.block.style.leading_pt for page in pages for placed in page.lines]
    feet += [hung.top + hung.picture.height for page in pages for hung in page.pictures]
    assert max(feet, default=0.0) <= HEIGHT + 0.05
    assert all(page.lines or page.pictures for page in pages) or not wanted


@settings(max_examples=100, deadline=None)
@given(st.lists(blocks(), min_size=1, max_size=9), st.integers(2, 6))
def test_lines_of_different_blocks_never_stand_on_each_other(body, columns):
    frame = Frame(size=(600, 600), left=0, top=600, measure=columns * 60.0 - 10, height=HEIGHT, columns=columns, gutter=10)
    for page in paginate([Band((), body)], frame):
        for x in {placed.x for placed in page.lines}:
            column = [placed for placed in page.lines if placed.x == x]
            assert all(upper.top + upper.block.style.leading_pt <= lower.top + 0.05 for upper, lower in pairwise(column))


@pytest.mark.parametrize("columns", [1, 3])
def test_time_grows_with_the_number_of_articles_and_not_faster(press, columns):
    def seconds(count):
        story = [press.block(Role.HEADLINE, "渡轮"), *[press.block(Role.PARAGRAPH, "老码头的灯昨晚又亮了，新渡轮每班可载客一百二十人。" * 4)] * 2]
        document = press.document(*[story] * count)
        start = time.process_time()
        press.run(document, theme="newspaper" if columns > 1 else "reading")
        return time.process_time() - start

    seconds(20)
    assert min(seconds(400), seconds(400)) < 8 * max(min(seconds(100), seconds(100)), 0.02)  # four times as many

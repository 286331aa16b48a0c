"""The fit of the weights: what it learns from, and what it writes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import lattice as lattices
import numpy as np
from lattice import Place, change, lattice, value, wanted_by_spans, wanted_by_texts
from likelihood import Pages
from refit import FILE, Fit, is_cue, written

from broadsheet.galley import galley
from broadsheet.lines import Source, cut_pages
from broadsheet.model import Role

TITLE = "Bridge reopens after repairs"
TEXT = "The bridge over the Alder reopened on Monday, four months after a barge struck its third pier, the council said."
MORE = "Lorries of more than seven tons must still go round by Stonewick until the spring, when the deck is laid anew."
PAGE = f"{TITLE}\nBy Ada Finch\n{TEXT}\n{MORE}\nLibrary asks for old maps\n{TEXT}\n{MORE}"
WHOLE = [(Role.HEADLINE, TITLE), (Role.BYLINE, "By Ada Finch"), (Role.PARAGRAPH, TEXT), (Role.PARAGRAPH, MORE)]


def spans() -> list[tuple[Role, list[tuple[int, int]]]]:
    """What is right of `PAGE`."""
    at, found = 0, []
    for role, text in (*WHOLE, (Role.HEADLINE, "Library asks for old maps"), *WHOLE[2:]):
        found.append((role, [(at, at + len(text))]))
        at += len(text) + 1
    return found


def page() -> lattices.Lattice:
    made = lattice("page", PAGE, wanted_by_spans(spans()))
    assert made is not None
    return made


def lines_of(text: str):
    return galley(Source(name="", media_type="text/plain", encoding="utf-8", sha256="", text=text, pages=cut_pages(text)))


@pytest.fixture
def kept():
    """Weights that are changed are put back."""
    before = {place: value(place) for place in [("prior", Role.HEADLINE), ("seam", "stopped"), ("form", ("title", Role.HEADLINE))]}
    yield
    for place, weight in before.items():
        change(place, weight)


@pytest.mark.parametrize("place", [("prior", Role.HEADLINE), ("seam", "stopped"), ("form", ("title", Role.HEADLINE))])
def test_a_reading_gains_what_the_weights_that_it_names_gain(place: Place, kept):
    before = page()
    change(place, value(place) + 0.5)
    after = page()
    grown = 0
    for ways, others in zip(before.steps, after.steps, strict=True):
        for way, other in zip(ways, others, strict=True):
            factor = sum(part for name, part in way.parts if name == place)
            grown += factor > 0
            assert other.gain - way.gain == pytest.approx(0.5 * factor)
    assert grown


def test_weights_are_numbers_again_once_a_lattice_is_made():
    page()
    assert type(value(("prior", Role.HEADLINE))) is float
    assert type(value(("seam", "stopped"))) is float


def test_each_line_knows_what_is_right_of_it():
    assert page().wanted == tuple({role: True} for role, _ in (*WHOLE, (Role.HEADLINE, ""), *WHOLE[2:]))


def test_a_block_of_several_lines_begins_with_the_first_and_goes_on_with_the_others():
    text = "Bridge reopens\nafter repairs\n" + TEXT
    assert wanted_by_spans([(Role.HEADLINE, [(0, 14), (15, 28)])])(lines_of(text)) == [{Role.HEADLINE: True}, {Role.HEADLINE: False}, None]


def test_gold_that_gives_texts_is_found_as_whole_lines_however_they_are_broken():
    text = "Bridge reopens\nafter repairs\nBy Ada Finch\n" + MORE
    articles = [{"headline": "Bridge reopens after repairs", "byline": ["Ada Finch"], "paragraphs": [MORE]}]
    assert wanted_by_texts(articles)(lines_of(text)) == [{Role.HEADLINE: True}, {Role.HEADLINE: False}, None, {Role.PARAGRAPH: True}]


def test_a_short_unstopped_paragraph_of_the_gold_may_be_a_heading():
    assert wanted_by_texts([{"paragraphs": ["What the council says"]}])(lines_of("What the council says\n" + TEXT))[0] == {Role.PARAGRAPH: True, Role.HEADING: True}


def pages() -> tuple[Pages, list[Place]]:
    one = page()
    places = sorted({place for ways in one.steps for way in ways for place, _ in way.parts}, key=str)
    return Pages([one, one], {place: number for number, place in enumerate(places)}, np.array([value(place) for place in places]), [1.0, 2.0]), places


def test_the_slope_of_the_loss_is_what_small_steps_find():
    made, places = pages()
    start = np.array([value(place) for place in places])
    _, slope, _ = made.loss(start)
    for number in np.argsort(-np.abs(slope))[:12]:
        step = np.zeros(len(places))
        step[number] = 1e-5
        assert slope[number] == pytest.approx((made.loss(start + step)[0] - made.loss(start - step)[0]) / 2e-5, rel=1e-3, abs=1e-6)


def test_a_page_counts_as_much_as_it_is_told():
    made, places = pages()
    loss, _, shares = made.loss(np.array([value(place) for place in places]))
    assert shares[0] == pytest.approx(shares[1])
    assert loss == pytest.approx(3 * shares[0])


def test_what_no_reading_allows_is_not_asked_for():
    one = lattice("page", PAGE, lambda lines: [{Role.VERSE: True}] * len(lines))
    assert one is not None
    places = sorted({place for ways in one.steps for way in ways for place, _ in way.parts}, key=str)
    made = Pages([one], {place: number for number, place in enumerate(places)}, np.zeros(len(places)), [1.0])
    assert made.loss(np.zeros(len(places)))[0] == pytest.approx(0.0, abs=1e-6)


def test_a_fit_makes_what_is_right_likelier_and_leaves_out_weak_cues():
    fit = Fit({"seeds en": [page()]})
    before = sum(batch.loss(fit.start)[0] for batch in fit.batches)
    found = fit.run()
    assert sum(batch.loss(found)[0] for batch in fit.batches) < before
    cues = [weight for place, weight in zip(fit.places, found.tolist(), strict=True) if is_cue(place)]
    assert all(weight == 0 or abs(weight) >= 0.15 for weight in cues)


def test_the_table_is_written_as_it_stands():
    text = FILE.read_text("utf-8")
    assert written(text) == text

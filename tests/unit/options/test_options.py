"""An options class becomes fields; values become a checked instance of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Annotated, Literal

import pytest

from broadsheet.errors import UsageError
from broadsheet.options import Help, Range, build_options, option_fields


class Side(Enum):
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Everything:
    flag: Annotated[bool, Help("A truth.")] = False
    columns: Annotated[int, Help("Columns."), Range(1, 8)] = 1
    gap_pt: Annotated[float, Help("Gap."), Range(0, 144)] = 14.0
    title: Annotated[str | None, Help("Title.")] = None
    cover: Annotated[Path | None, Help("Cover.")] = None
    paper: Annotated[Literal["a4", "letter"], Help("Paper.")] = "a4"
    side: Annotated[Side, Help("Side.")] = Side.LEFT
    words: Annotated[tuple[str, ...], Help("Words.")] = ()


def built(**values):
    return build_options(Everything, values, where="[to.x]")


def test_every_allowed_type_becomes_a_field():
    fields = {one.key: one for one in option_fields(Everything)}
    assert list(fields) == ["flag", "columns", "gap_pt", "title", "cover", "paper", "side", "words"]
    assert fields["columns"].range == Range(1, 8)
    assert fields["paper"].choices == ("a4", "letter")
    assert fields["side"].choices == ("left", "right")
    assert fields["words"].many
    assert fields["title"].optional
    assert fields["flag"].help == "A truth."


def test_without_values_the_defaults_hold():
    assert built() == Everything()


def test_flag_texts_are_converted():
    made = built(flag="yes", columns="3", gap_pt="2.5", cover="a/b.png", side="right", words=["a", "b"])
    assert made == Everything(flag=True, columns=3, gap_pt=2.5, cover=Path("a/b.png"), side=Side.RIGHT, words=("a", "b"))


def test_a_whole_number_does_for_a_fraction():
    assert built(gap_pt=3).gap_pt == 3.0


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"columns": 9}, "columns must be from 1 to 8, not 9"),
        ({"columns": "0"}, "columns must be from 1 to 8, not 0"),
        ({"columns": True}, "columns wants int, not True"),
        ({"columns": 2.5}, "columns wants int, not 2.5"),
        ({"columns": "two"}, "columns wants int, not 'two'"),
        ({"gap_pt": "nan"}, "gap_pt must be from 0 to 144"),
        ({"flag": "perhaps"}, "flag wants bool"),
        ({"title": 3}, "title wants str"),
        ({"paper": "a5"}, "did you mean"),
        ({"side": "top"}, "known: left, right"),
        ({"words": "abc"}, "words wants a list"),
        ({"column": 2}, "no option called 'column'; did you mean columns?"),
    ],
)
def test_a_wrong_value_is_refused_with_what_would_do(values, says):
    with pytest.raises(UsageError) as caught:
        built(**values)
    assert says in str(caught.value)
    assert str(caught.value).startswith("[to.x]: ")


def test_all_wrong_values_come_in_one_message():
    with pytest.raises(UsageError) as caught:
        built(columns=9, gap_pt=999, nothing=1)
    assert str(caught.value).count(". ") == 2


def fields_of(kind, default):
    made = type("Made", (), {"__annotations__": {"value": kind}, "value": default, "__module__": __name__})
    return option_fields(dataclass(frozen=True)(made))


def test_a_type_that_cannot_be_a_flag_is_refused():
    with pytest.raises(TypeError, match="allowed: bool, int"):
        fields_of(Annotated[dict, Help("A dict.")], None)


def test_a_field_without_help_is_refused():
    with pytest.raises(TypeError, match="needs a Help"):
        fields_of(int, 1)


def test_a_field_without_default_is_refused():
    @dataclass(frozen=True)
    class Bare:
        value: Annotated[int, Help("A value.")]

    with pytest.raises(TypeError, match="needs a plain default"):
        option_fields(Bare)

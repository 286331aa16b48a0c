"""What datelines, bylines, credits and jumps say, read off their texts."""

from __future__ import annotations

import pytest

from broadsheet.facts import iso_date, names_in, read_facts
from broadsheet.languages import load_languages
from broadsheet.model import Role

BY_CODE = {language.code: language for language in load_languages()}
ZH, EN = BY_CODE["zh-Hans"], BY_CODE["en"]


@pytest.mark.parametrize(
    ("role", "text", "facts"),
    [
        (Role.DATELINE, "新华社江城6月6日电", {"agency": "新华社", "place": "江城", "date": "6月6日", "date_iso": "--06-06"}),
        (Role.DATELINE, "据新华社江城6月6日电", {"agency": "新华社", "place": "江城", "date": "6月6日", "date_iso": "--06-06", "secondhand": True}),
        (Role.DATELINE, "中新社东港六月六日电", {"agency": "中新社", "place": "东港", "date": "六月六日", "date_iso": "--06-06"}),
        (Role.DATELINE, "本报讯", {"agency": "本报"}),
        (Role.DATELINE, "本报襄陵１２月３日电", {"agency": "本报", "place": "襄陵", "date": "１２月３日", "date_iso": "--12-03"}),
        (Role.DATELINE, "【新华社沙口十一日电】", {"agency": "新华社", "place": "沙口", "date": "十一日", "date_iso": "---11"}),
        (Role.SIGN_OFF, "（新华社江城2024年6月6日电）", {"agency": "新华社", "place": "江城", "date": "2024年6月6日", "date_iso": "2024-06-06"}),
        (Role.SIGN_OFF, "(据新华社江城6月6日电)", {"agency": "新华社", "place": "江城", "date": "6月6日", "date_iso": "--06-06", "secondhand": True}),
        (Role.BYLINE, "新华社记者", {"agency": "新华社", "titles": ("记者",)}),
        (Role.BYLINE, "本报记者 张 帆 通讯员 李若水", {"agency": "本报", "names": ("张帆", "李若水"), "titles": ("记者", "通讯员")}),
        (Role.BYLINE, "（记者唐果、石磊）", {"names": ("唐果", "石磊"), "titles": ("记者",)}),
        (Role.CREDIT, "新华社记者 程帆 摄", {"agency": "新华社", "names": ("程帆",), "form": "摄"}),
        (Role.CREDIT, "（新华社发）", {"agency": "新华社", "form": "发"}),
        (Role.JUMP, "（上接A1版“新桥通车”）", {"direction": "from", "page": "A1", "slug": "新桥通车"}),
        (Role.JUMP, "（下转第四版）", {"direction": "to", "page": "四"}),
        (Role.HEADING, "一、加强领导", {"level": 1}),
        (Role.PARAGRAPH, "新华社江城6月6日电", {}),
    ],
)
def test_a_chinese_part_says(role, text, facts):
    assert read_facts(role, text, ZH) == facts


@pytest.mark.parametrize(
    ("role", "text", "facts"),
    [
        (Role.DATELINE, "PORTLAND, Ore., March 3", {"place": "PORTLAND, Ore.", "date": "March 3", "date_iso": "--03-03"}),
        (Role.DATELINE, "HARROW FALLS, N.H. (AP)", {"place": "HARROW FALLS, N.H.", "agency": "AP"}),
        (Role.BYLINE, "By Ruth Calloway, Reuters", {"names": ("Ruth Calloway",), "agency": "Reuters"}),
        (Role.BYLINE, "By PIETER VANCE AND INGRID SOLHEIM", {"names": ("PIETER VANCE", "INGRID SOLHEIM")}),
        (Role.JUMP, "See BRIDGE, Page A4", {"direction": "to", "page": "A4", "slug": "BRIDGE"}),
        (Role.JUMP, "BRIDGE from A1", {"direction": "from", "page": "A1", "slug": "BRIDGE"}),
    ],
)
def test_an_english_part_says(role, text, facts):
    assert read_facts(role, text, EN) == facts


def test_an_address_in_a_byline_is_kept():
    assert read_facts(Role.BYLINE, "By Ada Quill | aquill@aldenpost.example", EN)["email"] == "aquill@aldenpost.example"


@pytest.mark.parametrize(
    ("date", "issue", "iso"),
    [
        ("6月6日", None, "--06-06"), ("6月6日", "2024-06-07", "2024-06-06"), ("12月31日", "2024-01-02", "2023-12-31"), ("十一日", "1946-08-12", "1946-08-11"),
        ("三十日", "1946-08-02", "1946-07-30"), ("三十日", "1946-01-02", "1945-12-30"), ("二〇二四年六月六日", None, "2024-06-06"), ("二十四日", None, "---24"), ("2024年13月6日", None, None), ("6月40日", None, None),
        ("昨天", None, None),
    ],
)  # fmt: skip
def test_a_date_is_completed_from_the_issue_and_never_guessed(date, issue, iso):
    assert iso_date(date, ZH, issue) == iso


def test_names_lose_their_padding_and_stand_once():
    assert names_in("本报记者 张 帆 李若水 张 帆", ZH) == ("张帆", "李若水")


def test_without_a_profile_nothing_is_read():
    assert read_facts(Role.DATELINE, "新华社江城6月6日电", None) == {}

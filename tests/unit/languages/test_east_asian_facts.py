"""What datelines, bylines, credits and jumps of Taiwan, Hong Kong, Japan and Korea say, read off their texts."""

from __future__ import annotations

import pytest

from broadsheet.facts import iso_date, read_facts
from broadsheet.languages import load_languages
from broadsheet.model import Issue, Kind, Role
from broadsheet.parser.issue_facts import issue_facts
from broadsheet.parser.language import choose_language
from broadsheet.views import byline_names

BY_CODE = {language.code: language for language in load_languages()}
DATELINES = {
    ("zh-Hant", "〔記者林書涵／臨海報導〕"): {"place": "臨海", "names": ("林書涵",)},
    ("zh-Hant", "（中央社記者許文謙台北6日電）"): {"agency": "中央社", "place": "台北", "date": "6日", "date_iso": "---06", "names": ("許文謙",)},
    ("zh-Hant", "【記者王小明金門報導】"): {"place": "金門", "names": ("王小明",)},
    ("zh-Hant", "（記者林書涵臨海縣報導）"): {"place": "臨海縣", "names": ("林書涵",)},
    ("zh-Hant", "〔記者張三、李四／高雄－台南連線報導〕"): {"place": "高雄－台南", "names": ("張三", "李四")},
    ("zh-Hant", "（中央社紐約5日綜合外電報導）"): {"agency": "中央社", "place": "紐約", "date": "5日", "date_iso": "---05"},
    ("zh-Hant", "【大公報記者陳綺雯沙田六日電】"): {"agency": "大公報", "place": "沙田", "date": "六日", "date_iso": "---06", "names": ("陳綺雯",)},
    ("zh-Hant", "【明報專訊】"): {"agency": "明報"},
    ("ja", "【ワシントン＝山田太郎】"): {"place": "ワシントン", "names": ("山田太郎",)},
    ("ja", "【北京共同】"): {"place": "北京", "agency": "共同"},
    ("ja", "［東京　６日　ロイター］"): {"place": "東京", "date": "６日", "date_iso": "---06", "agency": "ロイター"},
    ("ja", "【ポートランド五日発ＡＰ＝共同】"): {"place": "ポートランド", "date": "五日", "date_iso": "---05", "agency": "ＡＰ＝共同"},
    ("ko", "(서울=연합뉴스)"): {"place": "서울", "agency": "연합뉴스"},
    ("ko", "[뉴욕=홍길동 특파원]"): {"place": "뉴욕", "names": ("홍길동",)},
    ("ko", "[헤럴드경제=홍길동 기자]"): {"agency": "헤럴드경제", "names": ("홍길동",)},
    ("ko", "【모스크바 6일 로이터=연합】"): {"place": "모스크바", "date": "6일", "date_iso": "---06", "agency": "연합"},
}
OTHERS = {
    ("zh-Hant", Role.BYLINE, "記者張惠雯、李四／台北報導"): {"place": "台北", "names": ("張惠雯", "李四"), "titles": ("記者",)},
    ("zh-Hant", Role.BYLINE, "◎陳宜君（國小教師）"): {"names": ("陳宜君",)},
    ("zh-Hant", Role.BYLINE, "文／張三 圖／李四"): {"names": ("張三",)},
    ("zh-Hant", Role.CREDIT, "（記者林書涵攝）"): {"names": ("林書涵",), "form": "攝"},
    ("zh-Hant", Role.CREDIT, "圖／市府提供"): {"form": "提供"},
    ("zh-Hant", Role.JUMP, "（下轉A5版「海水淡化廠」）"): {"direction": "to", "page": "A5", "slug": "海水淡化廠"},
    ("zh-Hant", Role.JUMP, "（上接第一版）"): {"direction": "from", "page": "一"},
    ("ja", Role.BYLINE, "編集委員　山田太郎"): {"names": ("山田太郎",), "titles": ("編集委員",)},
    ("ja", Role.BYLINE, "（聞き手・田中次郎）"): {"names": ("田中次郎",)},
    ("ja", Role.BYLINE, "大渡　美咲"): {"names": ("大渡　美咲",)},
    ("ja", Role.BYLINE, "鈴木花子、佐藤一郎"): {"names": ("鈴木花子", "佐藤一郎")},
    ("ja", Role.CREDIT, "鈴木花子撮影"): {"names": ("鈴木花子",), "form": "撮影"},
    ("ja", Role.CREDIT, "＝共同"): {"agency": "共同"},
    ("ja", Role.JUMP, "＝２面に関連記事、３面に続く"): {"direction": "to", "page": "３"},
    ("ja", Role.JUMP, "（１面から続く）"): {"direction": "from", "page": "１"},
    ("ja", Role.SIGN_OFF, "（ＡＦＰ時事）"): {"agency": "ＡＦＰ時事"},
    ("ko", Role.BYLINE, "홍길동·김철수 기자"): {"names": ("홍길동", "김철수"), "titles": ("기자",)},
    ("ko", Role.BYLINE, "워싱턴=홍길동 특파원 hong@example.com"): {"names": ("홍길동",), "titles": ("특파원",), "email": "hong@example.com"},
    ("ko", Role.BYLINE, "부산 = 홍길동 기자 hong@example.com"): {"names": ("홍길동",), "titles": ("기자",), "email": "hong@example.com"},
    ("ko", Role.BYLINE, "한가람 한빛대 교수"): {"names": ("한가람",)},
    ("ko", Role.BYLINE, "김영희(시인)"): {"names": ("김영희",)},
    ("ko", Role.BYLINE, "홍길동 정치부 기자"): {"names": ("홍길동",), "titles": ("기자",)},
    ("ko", Role.CREDIT, "사진=김하늘 기자"): {"names": ("김하늘",), "form": "사진"},
    ("ko", Role.JUMP, "▶관련기사 A3·4면"): {"direction": "to", "page": "A3·4"},
    ("ko", Role.JUMP, "1면 ‘새 다리’에서 계속"): {"direction": "from", "page": "1", "slug": "새 다리"},
}
DATES = {
    "令和6年6月6日": "2024-06-06", "令和元年五月一日": "2019-05-01", "2024年（令和6年）6月6日（木曜日）": "2024-06-06", "平成31年4月30日": "2019-04-30",
    "昭和二十一年三月五日": "1946-03-05", "明治四十五年七月三十日": "1912-07-30", "民國113年6月7日": "2024-06-07", "中華民國一百一十三年六月七日": "2024-06-07", "中華民國 113 年 6 月 7 日": "2024-06-07",
    "2024년 6월 7일 금요일": "2024-06-07", "단기 4279년 3월 5일": "1946-03-05", "6월 7일": "--06-07", "廿四日": "---24", "113年6月7日": "--06-07", "6月31日": "--06-31", "平成六年十三月一日": None,
}  # fmt: skip


@pytest.mark.parametrize(("code", "text"), DATELINES)
def test_a_dateline_says_where_who_and_when(code, text):
    assert read_facts(Role.DATELINE, text, BY_CODE[code]) == DATELINES[code, text]


@pytest.mark.parametrize(("code", "role", "text"), OTHERS)
def test_a_part_says(code, role, text):
    assert read_facts(role, text, BY_CODE[code]) == OTHERS[code, role, text]


@pytest.mark.parametrize("printed", DATES)
def test_dates_of_eras_are_read_and_none_is_guessed(printed):
    assert iso_date(printed, BY_CODE["ja"]) == DATES[printed]


@pytest.mark.parametrize(
    ("code", "role", "text", "date", "page"),
    [
        ("zh-Hant", Role.RUNNING_HEAD, "中華民國113年6月7日 星期五", "2024-06-07", None),
        ("zh-Hant", Role.FOLIO, "A4 要聞", None, "A4"),
        ("ja", Role.RUNNING_HEAD, "２０２４年（令和６年）６月７日（金曜日）　１２版", "2024-06-07", None),
        ("ja", Role.FOLIO, "総合 3", None, "3"),
        ("ja", Role.RUNNING_HEAD, "昭和二十一年三月五日　火曜日", "1946-03-05", None),
        ("ko", Role.RUNNING_HEAD, "2024년 6월 7일 금요일", "2024-06-07", None),
        ("ko", Role.FOLIO, "종합 A5", None, "A5"),
        ("ko", Role.FOLIO, "12면", None, "12"),
    ],
)
def test_furniture_gives_the_issue_its_date_and_page(code, role, text, date, page):
    issue = issue_facts(Issue(), [(role, text)], BY_CODE[code])
    assert (issue.date, issue.page) == (date, page)


def test_a_reporter_named_in_the_dateline_is_among_those_who_wrote_it(parsed):
    document = parsed("海峡トンネル着工へ\n【ワシントン＝山田太郎】両国政府は６日、トンネルを着工することで合意した。\n完成は十年後という。（鈴木花子）\n")
    assert byline_names(document.articles[0]) == ("鈴木花子", "山田太郎")


@pytest.mark.parametrize(
    ("given", "profile"),
    [("zh-TW", "zh-Hant"), ("zh-Hant-HK", "zh-Hant"), ("zh-CN", "zh-Hans"), ("zh-HK", "zh-Hant"), ("ja-JP", "ja"), ("ko-KR", "ko"), ("en-GB", "en"), ("tlh", "en")],
)
def test_a_tag_with_a_region_finds_the_profile_of_its_language(given, profile):
    tag, found = choose_language("", given, BY_CODE)
    assert (tag, found.code) == (given, profile)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("社論\n渡船不該消失\n橋通了，渡船還有人坐。\n市府應該留下它。\n", Kind.EDITORIAL),
        ("訂正\n６日付の記事で「明治12年」とあるのは「明治21年」の誤りでした。\n", Kind.CORRECTION),
        ("[사설]\n나룻배를 남겨야 한다\n다리가 놓여도 나룻배를 타는 사람이 있다.\n시는 배를 남겨야 한다.\n", Kind.EDITORIAL),
        ("부고\n▲홍길동씨 별세 = 6일 오전 9시, 한빛의료원, 발인 8일.\n", Kind.OBITUARY),
    ],
    ids=["a leader in Chinese", "a correction in Japanese", "a leader in Korean", "a death in Korean"],
)
def test_a_label_says_what_kind_of_article_it_is(parsed, text, kind):
    assert parsed(text).articles[-1].kind is kind

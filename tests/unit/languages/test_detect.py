"""Which language a text is in."""

from __future__ import annotations

import pytest

from broadsheet.languages.detect import detect_language

TEXTS = {
    "zh-Hans": "昨天，临溪市的图书馆重新开门，市民可以坐到晚上十点。馆长说，这里没有借书证也能进来。",
    "zh-Hant": "昨天，臨溪市的圖書館重新開門，市民可以坐到晚上十點。館長說，這裡沒有借書證也能進來。",
    "ja": "昨日、市の図書館が再び開館し、市民は夜十時まで利用できるようになった。",
    "ko": "어제 시립 도서관이 다시 문을 열어 시민들이 밤 열 시까지 이용할 수 있게 되었다.",
    "en": "The town library opened its doors again yesterday, and readers may stay until ten at night.",
    "fr": "La bibliothèque de la ville a rouvert ses portes hier et les lecteurs peuvent y rester jusqu'à dix heures du soir.",
    "de": "Die Bibliothek der Stadt hat gestern wieder geöffnet, und die Leser können bis zehn Uhr am Abend bleiben.",
    "es": "La biblioteca de la ciudad volvió a abrir ayer y los lectores pueden quedarse hasta las diez de la noche.",
    "ru": "Городская библиотека вчера снова открылась, и читатели могут оставаться до десяти часов вечера.",
    "ar": "فتحت مكتبة المدينة أبوابها أمس من جديد، ويمكن للقراء البقاء حتى العاشرة ليلا.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_sentence_is_known_by_its_language(code):
    assert detect_language(TEXTS[code]) == code


def test_a_few_foreign_words_do_not_change_the_language_of_a_chinese_page():
    assert detect_language(TEXTS["zh-Hans"] + " Open Data, World Wide Web, The Alden Post " + TEXTS["zh-Hans"]) == "zh-Hans"


@pytest.mark.parametrize("text", ["", "12 345 — …", "\n\n\f", "xqzt"])
def test_too_little_to_tell_is_null(text):
    assert detect_language(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("人事　青浜市　総務部長　高橋博　福祉部長　鈴木花子　消防長　佐藤一郎", "ja"),
        ("山城市長與濱田市長在渡輪碼頭見面，談觀光與教育交流。", "zh-Hant"),
        ("昨天，滨田先生与山田・太郎、乔治・史密斯、玛丽・布朗一起参观了图书馆。", "zh-Hans"),
        ("政府는 六日 새 計畫을 發表하였다. 國會는 이를 審議할 豫定이다.", "ko"),
        ("ｶﾀｶﾅでも日本語と分かる記事", "ja"),
    ],
    ids=["a list with no kana", "old forms that Japanese dropped", "middle dots in Chinese", "Korean with Chinese characters", "half-width kana"],
)
def test_east_asian_languages_are_told_apart(text, code):
    assert detect_language(text) == code

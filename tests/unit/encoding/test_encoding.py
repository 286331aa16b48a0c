"""Bytes into text: the codecs that newspapers come in, whole, cut off, damaged, and marked."""

from __future__ import annotations

import codecs
import random

import pytest

from broadsheet.errors import InputError
from broadsheet.readers.encoding import decode

ZH = (
    "昨天上午，临溪市图书馆重新开门，市民可以坐到晚上十点。馆长说，这里没有借书证也能进来，孩子们放学以后多了一个去处。"
    "图书馆的前身是停产十年的棉纺厂，改造时保留了锯齿形的屋顶和三台老机器。市里的规划是，三年内每个街道都有一座这样的图书馆，"
    "钱由市财政出，书由居民自己选。记者在现场看到，老人看报，学生写作业，一位退休工人指着机器说，他在这里干了三十年。\n"
)
HANT = (
    "昨天上午，臨溪市圖書館重新開門，市民可以坐到晚上十點。館長說，這裡沒有借書證也能進來，孩子們放學以後多了一個去處。"
    "圖書館的前身是停產十年的棉紡廠，改造時保留了鋸齒形的屋頂和三台老機器。市裡的規劃是，三年內每個街道都有一座這樣的圖書館。\n"
)
JA = (
    "昨日の朝、市立図書館が再び開館し、市民は夜十時まで利用できるようになった。館長は「カードがなくても入れる場所にしたい」と話す。"
    "建物は十年前に閉鎖された紡績工場で、のこぎり屋根と古い機械がそのまま残された。子どもたちの居場所にもなるという。\n"
)
KO = (
    "어제 아침 시립 도서관이 다시 문을 열어 시민들이 밤 열 시까지 이용할 수 있게 되었다. 관장은 카드가 없어도 들어올 수 있는 곳이라고 말했다. "
    "건물은 십 년 전에 문을 닫은 방직 공장으로, 낡은 기계 세 대가 그대로 남아 있다.\n"
)
FR = (
    "La bibliothèque de la ville a rouvert ses portes hier matin et les lecteurs peuvent y rester jusqu'à dix heures du soir. « Ici, on entre sans carte », "
    "a déclaré la directrice, ravie. Le bâtiment, une ancienne filature fermée depuis dix ans, a gardé son toit et ses trois vieilles machines près de l'entrée.\n"
)
DE = (
    "Die Bücherei der Stadt hat gestern früh wieder geöffnet, und die Leser können bis zehn Uhr abends bleiben. Das Gebäude, eine vor zehn Jahren "
    "geschlossene Spinnerei, behielt sein Dach und drei große alte Maschinen. Für die Straße sei das ein Glück, sagte die Leiterin.\n"
)
ES = (
    "La biblioteca de la ciudad volvió a abrir ayer por la mañana y los niños pueden quedarse hasta las diez de la noche. El edificio, una antigua fábrica "
    "cerrada hace diez años, conservó su tejado. «Aquí se entra sin carné», señaló la directora, según informó el periódico.\n"
)
EN = (
    "The town library opened its doors again yesterday, and readers may stay until ten at night. \u201cYou need no card to come in,\u201d its director said \u2014 "
    "the café is open, too. The building is an old mill that kept its saw-tooth roof.\n"
)
RU = (
    "Городская библиотека вчера утром снова открылась, и читатели могут оставаться до десяти часов вечера. Здание старой фабрики, закрытой десять лет назад, "
    "сохранило крышу и три старых станка. Директор сказала, что сюда можно войти без билета.\n"
)

SAMPLES = [
    (ZH, "utf-8"), (ZH, "utf-8-sig"), (ZH, "gb18030"), (ZH, "gbk"), (ZH, "gb2312"), (ZH, "utf-16"), (ZH, "utf-16-le"), (ZH, "utf-16-be"),
    (HANT, "utf-8"), (HANT, "big5"), (JA, "utf-8"), (JA, "shift_jis"), (JA, "euc_jp"), (JA, "iso2022_jp"), (KO, "utf-8"), (KO, "euc_kr"), (KO, "cp949"),
    (FR, "utf-8"), (FR, "latin-1"), (FR, "cp1252"), (DE, "latin-1"), (ES, "latin-1"), (EN, "cp1252"), (RU, "cp1251"), (RU, "koi8-r"),
]  # fmt: skip
NAMES = ["zh", "hant", "ja", "ko", "fr", "de", "es", "en", "ru"]
OF = dict(zip((ZH, HANT, JA, KO, FR, DE, ES, EN, RU), NAMES, strict=True))
every_sample = pytest.mark.parametrize(("text", "codec"), SAMPLES, ids=[f"{OF[text]} {codec}" for text, codec in SAMPLES])
# Codecs that write a character as several bytes, or as pairs: what a cut or a fault can do harm to.
FRAGILE = [(text, codec) for text, codec in SAMPLES if codec not in {"latin-1", "cp1252", "cp1251", "koi8-r"}]
every_fragile = pytest.mark.parametrize(("text", "codec"), FRAGILE, ids=[f"{OF[text]} {codec}" for text, codec in FRAGILE])


def right(got: str, want: str) -> float:
    """The share of the wanted text's characters that came out at their place, faults that shift what follows allowed for."""
    from difflib import SequenceMatcher

    return sum(size for _, _, size in SequenceMatcher(None, want, got, autojunk=False).get_matching_blocks()) / len(want)


@every_sample
def test_a_whole_text_comes_out_exactly(text, codec):
    decoded = decode(text.encode(codec))
    assert decoded.text == text
    assert decoded.undecodable == ()


@every_sample
def test_a_named_encoding_is_used(text, codec):
    assert decode(text.encode(codec), codec).text == text


@every_fragile
def test_a_text_cut_off_inside_its_last_character_loses_no_more_than_that(text, codec):
    data = text.rstrip("\n").encode(codec)[:-1]
    got = decode(data).text
    assert right(got, text.rstrip("\n")[:-1]) > 0.99
    assert len(got) <= len(text)


@every_fragile
def test_half_a_percent_of_wrong_bytes_leaves_the_text_mostly_right(text, codec):
    if codec in {"iso2022_jp", "utf-16"}:
        pytest.skip("a wrong byte in an escape sequence or a byte-order mark changes all that follows")
    chance = random.Random(7)
    data = bytearray(((text + "\n\n") * 4).encode(codec))  # one line end may fall, not three
    for at in chance.sample(range(4, len(data)), max(len(data) // 200, 1)):
        data[at] = chance.randrange(0x80, 0xFF)
    lines = [line for line in decode(bytes(data)).text.split("\n") if line]
    assert sum(right(line + "\n", text) for line in lines) / 4 > 0.9, decode(bytes(data)).encoding


@pytest.mark.parametrize(
    ("mark", "codec"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")],
    ids=["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"],
)
def test_a_byte_order_mark_names_the_codec_and_is_not_text(mark, codec):
    decoded = decode(mark + ZH.encode(codec))
    assert (decoded.text, decoded.encoding, decoded.undecodable) == (ZH, codec, ())


def test_what_could_not_be_read_is_counted_at_its_place():
    decoded = decode("桥通了".encode() + b"\xff" + "，人来了".encode(), "utf-8")
    assert decoded.text == "桥通了\ufffd，人来了"
    assert decoded.undecodable == (3,)


def test_a_replacement_character_that_the_file_holds_itself_is_no_fault():
    assert decode("桥\ufffd通了".encode()).undecodable == ()


def test_an_unknown_encoding_is_refused_with_the_nearest_name():
    with pytest.raises(InputError, match=r"utf-8"):
        decode(b"x", "utf-88")


@pytest.mark.parametrize("codec", ["hex", "rot13", "base64", "zlib", "idna"])
def test_a_codec_that_does_not_make_text_is_refused(codec):
    with pytest.raises(InputError):
        decode(b"abc", codec)


def test_nothing_changes_but_the_bytes_becoming_characters():
    text = "甲\r\n乙\r丙\n\f丁\x00\u2028\u00a0\u3000（Ａ）\n"
    assert decode(text.encode()).text == text


@pytest.mark.parametrize("data", [b"", b"\xff", b"\x80\x81", b"\xef\xbb", b"\xff\xfe", b"\xff\xfeA", b"\x00"])
def test_scraps_of_bytes_become_something(data):
    decoded = decode(data)
    assert all(decoded.text[at] == "\ufffd" for at in decoded.undecodable)

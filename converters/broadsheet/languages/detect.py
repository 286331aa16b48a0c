"""Which language a text is in, from its scripts and its commonest words."""

from __future__ import annotations

import re
from collections import Counter

_SAMPLE_CHARS = 20_000
_WORD = re.compile(r"[^\W\d_]+")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
# Without ・, which Chinese papers set in foreign names, too.
_KANA = re.compile(r"[\u3041-\u30fa\u30fc-\u30ff\uff66-\uff9d]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_LETTER = re.compile(r"[^\W\d_]")
_SCRIPTS = {
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "el": re.compile(r"[\u0370-\u03ff]"),
    "hi": re.compile(r"[\u0900-\u097f]"),
    "he": re.compile(r"[\u0590-\u05ff]"),
}
# Characters that only one of the two scripts uses, common enough to stand in any paragraph.
_TRADITIONAL = re.compile("[國來個們時說這為會對發學經過現實後裡麼點種無與從還當機關開門問間動長東車電報書見聞樣體頭處總統議黨員區縣]")
_SIMPLIFIED = re.compile("[国来个们时说这为会对发学经过现实后里么点种无与从还当机关开门问间动长东车电报书见闻样体头处总统议党员区县]")
# Japanese short forms that Chinese writes otherwise; lists of names and posts have hardly any kana.
_JAPANESE = re.compile("[円図広売読発続県検様価労戦鉄転駅経済気対単働込畑沢浜桜栄営覚帰関険児渋従焼択弾聴伝闘悩脳拝払仏変豊毎黙訳薬頼覧両緑涙齢歴総権団囲応]")
#: One in so many ideographs is one of these in Japanese; in Chinese they stand in a name at most.
_JAPANESE_SHARE = 40
# The commonest words, by which alphabetic languages are told apart.
_COMMON = {
    "en": "the of and to in a that is was for on with as by at from said it his he has",
    "fr": "le la les de des et un une du est que pour dans qui sur au aux par plus avec ce l d qu",
    "de": "der die und das in den von zu mit für ist im auf dem nicht ein eine des sich als auch",
    "es": "el la de que los las del en por un una con para se su al como más no ha",
    "it": "il di che la e per un in è una del della con non sono gli alla dei",
    "pt": "o a de que e do da em um para com não uma os no na se por mais",
    "nl": "de het een van en in is dat op te zijn voor met niet aan er die",
    "sv": "och att det som en på är av för med den till inte har",
    "da": "og at det er en til af på for med ikke der den har som",
    "nb": "og det er en på som av for til med ikke har vi de",
    "pl": "w i na z do że się nie o jest po to od jak za",
    "cs": "a v na se je že s z do o i to ve po pro",
    "tr": "ve bir bu için ile de da olarak en daha çok olan",
}
_COMMON_SETS = {code: frozenset(words.split()) for code, words in _COMMON.items()}


def detect_language(text: str) -> str | None:
    """The text's language as a BCP 47 tag; null where there is too little to tell.

    Args:
        text: the text; only its first 20,000 characters are looked at.
    """
    sample = text[:_SAMPLE_CHARS]
    letters = len(_LETTER.findall(sample))
    if not letters:
        return None
    han, kana, hangul = (len(script.findall(sample)) for script in (_HAN, _KANA, _HANGUL))
    if (han + kana + hangul) * 4 > letters:
        if hangul * 5 > han + hangul and hangul > kana:
            return "ko"  # with a good part of Han characters, in older papers
        return "ja" if kana * 10 > han + kana else _by_characters(sample, han)
    for code, script in _SCRIPTS.items():
        if len(script.findall(sample)) * 2 > letters:
            return code
    return _alphabetic(sample)


def _by_characters(sample: str, han: int) -> str:
    """Chinese of either script, or Japanese without kana, by the characters that only one of them has."""
    if len(_JAPANESE.findall(sample)) * _JAPANESE_SHARE >= han:
        return "ja"
    old, new = len(_TRADITIONAL.findall(sample)), len(_SIMPLIFIED.findall(sample))
    return "zh-Hant" if old > new else "zh-Hans"


def _alphabetic(sample: str) -> str | None:
    words = Counter(word.lower() for word in _WORD.findall(sample))
    scores = {code: sum(words[word] for word in common) for code, common in _COMMON_SETS.items()}
    best = max(sorted(scores), key=lambda code: scores[code])
    return best if scores[best] * 20 > sum(words.values()) or scores[best] >= 3 else None  # noqa: PLR2004 - three common words

"""The language of a text and the profile that reads it, the nearest one where it has none of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.languages.detect import detect_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.plugin import Language

#: Whose profile stands in for a language that has none: the same script, or the same kind of spacing.
_NEAREST = {
    "zh": "zh-Hans", "zh-TW": "zh-Hant", "zh-HK": "zh-Hant", "zh-MO": "zh-Hant", "zh-Hant": "zh-Hans", "ja": "zh-Hans",
}  # fmt: skip
_LAST = "en"


def choose_language(text: str, given: str | None, languages: Mapping[str, Language]) -> tuple[str | None, Language | None]:
    """The text's language tag (given or found; null where it cannot be told) and the profile to read it with."""
    code = given or detect_language(text)
    tag = code or ""
    wider = ["-".join(tag.split("-")[:parts]) for parts in range(tag.count("-") + 1, 0, -1)]  # zh-Hant-TW, zh-Hant, zh
    names = [name for one in wider for name in (one, _NEAREST.get(one, ""))]
    return code, next((languages[name] for name in names if name in languages), languages.get(_LAST))

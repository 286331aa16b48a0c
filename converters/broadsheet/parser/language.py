"""The language of a text and the profile that reads it, the nearest one where it has none of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.languages.detect import detect_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.plugin import Language

#: Whose profile stands in for a language that has none: the same script, or the same kind of spacing.
_NEAREST = {"zh": "zh-Hans", "zh-Hant": "zh-Hans", "ja": "zh-Hans"}
_LAST = "en"


def choose_language(text: str, given: str | None, languages: Mapping[str, Language]) -> tuple[str | None, Language | None]:
    """The text's language tag (given or found; null where it cannot be told) and the profile to read it with."""
    code = given or detect_language(text)
    return code, languages.get(code or "") or languages.get(_NEAREST.get(code or "", _LAST)) or languages.get(_LAST)

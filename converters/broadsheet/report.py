"""What the toolkit says about a page: the closed list of diagnostic codes, and the report that collects them."""

from __future__ import annotations

from broadsheet.model import Code, Diagnostic, Severity, Span

#: How serious each code is. A warning fails a run under `--strict`, a note never does.
SEVERITY: dict[Code, Severity] = {
    Code.TRUNCATED_HEADLINE: Severity.WARNING,
    Code.ORPHAN_FRAGMENT: Severity.WARNING,
    Code.DOUBLED_CHARACTER: Severity.INFO,
    Code.UNCLOSED_PAIR: Severity.INFO,
    Code.CAPTION_WITHOUT_PICTURE: Severity.INFO,
    Code.JUMP_WITHOUT_OTHER_HALF: Severity.INFO,
    Code.SUSPECTED_LOSS: Severity.WARNING,
    Code.JOINED_BREAK: Severity.INFO,
    Code.MIXED_WIDTH: Severity.INFO,
    Code.BYLINE_WITHOUT_NAME: Severity.INFO,
    Code.LOW_CONFIDENCE: Severity.INFO,
    Code.UNDECODABLE_BYTES: Severity.WARNING,
    Code.CONTROL_CHARACTERS: Severity.WARNING,
    Code.DEGRADED_ROLE: Severity.INFO,
    Code.MISSING_GLYPH: Severity.WARNING,
    Code.RULE_FAILED: Severity.WARNING,
    Code.CLEANER_FAILED: Severity.WARNING,
    Code.TIMED_OUT: Severity.ERROR,
    Code.PLUGIN_PROBLEM: Severity.WARNING,
    Code.LIMIT: Severity.WARNING,
}


class Report:
    """Collects diagnostics in the order in which they are said; the same one is kept once.

    The one object in the toolkit that grows: stages write to it, and nothing reads it back to decide.
    """

    def __init__(self) -> None:
        self._said: dict[Diagnostic, None] = {}

    def add(self, code: Code, message: str, *, source: Span | None = None, article: str | None = None) -> None:
        """Note one thing about the page.

        Args:
            code: which of the enumerated codes.
            message: one sentence for a person, without the code.
            source: the half-open range of `source.text` that it is about, in code points.
            article: the id of the article that it is about.
        """
        self._said[Diagnostic(code=code, severity=SEVERITY[code], message=message, source=source, article=article)] = None

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything said so far, in order."""
        return tuple(self._said)

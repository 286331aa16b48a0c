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

#: What each code means to a person. A reserved one is part of the contract, but nothing reports it yet.
MEANING: dict[Code, str] = {
    Code.TRUNCATED_HEADLINE: "A headline ends where no headline can end; it is kept as it is.",
    Code.ORPHAN_FRAGMENT: "An article's text starts in mid-sentence: its beginning is on another page, or lost.",
    Code.DOUBLED_CHARACTER: "A character stands twice where once is usual; both are kept.",
    Code.UNCLOSED_PAIR: "A bracket or quotation mark is opened and not closed.",
    Code.CAPTION_WITHOUT_PICTURE: "A caption's picture is not in the source.",
    Code.JUMP_WITHOUT_OTHER_HALF: "An article goes on, or begins, on a page that is not in the source.",
    Code.SUSPECTED_LOSS: "An article ends in mid-sentence and says of no page that it goes on there.",
    Code.JOINED_BREAK: "The halves of a broken paragraph were joined, and why.",
    Code.MIXED_WIDTH: "Half-width punctuation stands beside Chinese characters; it is kept.",
    Code.BYLINE_WITHOUT_NAME: "A byline names nobody.",
    Code.LOW_CONFIDENCE: "A block's role is a guess.",
    Code.UNDECODABLE_BYTES: "Bytes are not text in the file's encoding; U+FFFD stands for them.",
    Code.CONTROL_CHARACTERS: "Control characters stand in the text, or were shown as U+FFFD where a format cannot carry them.",
    Code.DEGRADED_ROLE: "A format has no such role or leaves it out; says what became of it.",
    Code.MISSING_GLYPH: "No font has a character; a box stands for it.",
    Code.RULE_FAILED: "A rule crashed; its evidence was left out and the conversion went on.",
    Code.CLEANER_FAILED: "Reserved: a cleaner crashed, and its input passed through unchanged.",
    Code.TIMED_OUT: "Reserved: a file took too long and was given up.",
    Code.PLUGIN_PROBLEM: "A plugin, or one of its records, was not loaded, and why.",
    Code.LIMIT: "Reserved: something was cut short at a limit.",
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

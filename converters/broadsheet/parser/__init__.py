"""The parser: a source's lines, the rules' claims, one best labelling, and the document that it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from broadsheet.facts import read_facts
from broadsheet.galley import galley
from broadsheet.model import SCHEMA_VERSION, Block, Document, Issue, Mark, Role, SourceInfo
from broadsheet.parser.assemble import assemble
from broadsheet.parser.cues import Cues
from broadsheet.parser.diagnose import diagnose
from broadsheet.parser.evidence import gather
from broadsheet.parser.interlopers import lines_above
from broadsheet.parser.issue_facts import issue_facts
from broadsheet.parser.jumps import pair_jumps
from broadsheet.parser.kinds import kind_of
from broadsheet.parser.language import choose_language
from broadsheet.parser.resolve import furniture_lines, resolve
from broadsheet.parser.seams import Seams
from broadsheet.plugin import Context
from broadsheet.views import parts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from broadsheet.lines import Source
    from broadsheet.plugin import Language, Rule
    from broadsheet.report import Report

__all__ = ["complete", "parse_source"]


def parse_source(
    source: Source,
    *,
    rules: Sequence[tuple[Rule, object]],
    languages: Mapping[str, Language],
    language: str | None,
    issue: Issue,
    report: Report,
    explain: bool = False,
) -> Document:
    """A document from a source.

    Args:
        source: what a reader made.
        rules: the rules to ask, each with its options; their order does not matter.
        languages: the profiles there are, by code.
        language: the text's language where it is given; found where it is null.
        issue: what is given about the paper.
        report: where diagnostics go.
        explain: keep the claims as reasons on the blocks.
    """
    code, profile = choose_language(source.text, language, languages)
    lines = galley(source)
    evidence = gather(lines, rules, Context(report=report, language=profile))
    furniture = furniture_lines(evidence)
    order = [index for index in range(len(lines)) if index not in furniture]
    seams = Seams(lines, evidence, lines_above(order, evidence), profile)
    cues = Cues(lines, evidence, profile, (rule.name for rule, _ in rules))
    labels = resolve(lines, evidence, seams, cues, order)
    issue = issue_facts(issue, [(role, lines.forms[index].text) for index, role in sorted(furniture.items())], profile)
    made = assemble(lines, evidence, seams, labels, furniture, language=profile, issue_date=issue.date, cues=cues if explain else None)
    paired = all(getattr(options, "pair", True) for rule, options in rules if rule.name == "jump")
    articles = pair_jumps(made.articles) if paired else made.articles
    diagnose(lines, articles, made.joins, report, profile)
    info = SourceInfo(source.name, source.media_type, source.encoding, source.sha256, source.text)
    edits = tuple(sorted((*source.edits, *made.edits), key=lambda edit: edit.source))
    diagnostics = dict.fromkeys((*source.diagnostics, *report.diagnostics))
    return Document(
        SCHEMA_VERSION, info, code, issue, articles, made.furniture, edits, dict(source.assets), tuple(diagnostics),
    )  # fmt: skip


def complete(document: Document, *, languages: Mapping[str, Language], report: Report) -> Document:
    """A document that a person wrote as an outline, with what can be read off its texts filled in: facts, leads, kinds, jumps."""
    text = document.source.text or "\n".join(block.text for article in document.articles for block in article.blocks)
    code, profile = choose_language(text, document.language, languages)
    issue = issue_facts(document.issue, [(block.role, block.text) for block in document.furniture], profile)
    articles = []
    for article in document.articles:
        read = tuple(_with_facts(block, profile, issue.date) for block in article.blocks)
        goes_on = any(jump.direction == "from" for jump in parts(replace(article, blocks=read), Role.JUMP))
        lead = None if goes_on else next((block for block in read if block.role is Role.PARAGRAPH), None)
        blocks = tuple(replace(block, lead=block is lead) for block in read)
        articles.append(replace(article, blocks=blocks, kind=kind_of(blocks)))
    del report
    return replace(document, language=code, issue=issue, articles=pair_jumps(articles))


def _with_facts(block: Block, language: Language | None, date: str | None) -> Block:
    marks = tuple(_mark_with_facts(mark, block.text[mark.start : mark.end], language, date) for mark in block.marks)
    return replace(block, marks=marks, **read_facts(block.role, block.text, language, issue_date=date))


def _mark_with_facts(mark: Mark, text: str, language: Language | None, date: str | None) -> Mark:
    return replace(mark, **read_facts(mark.role, text, language, issue_date=date))


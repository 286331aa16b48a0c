"""Turns a document into bands: which blocks stand across, which run in columns, which articles are briefs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, zip_longest
from math import ceil
from typing import TYPE_CHECKING

from broadsheet import views
from broadsheet.model import TITLES, Block, Role
from broadsheet.writers.pdf.pages import Band
from broadsheet.writers.pdf.setting import Entry, SetBlock, SetLine, bookmark, is_cjk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from broadsheet.model import Article, Document
    from broadsheet.plugin import Layout, Style
    from broadsheet.writers.pdf.pages import Frame
    from broadsheet.writers.pdf.pictures import Album, Picture
    from broadsheet.writers.pdf.setting import Setter

#: The largest part of a page's height that a picture takes.
_PICTURE_SHARE = 0.5
_PICTURE_GAP_PT = 4.0
#: The least space between furniture at the end and the articles, in points.
_FURNITURE_GAP_PT = 24.0
#: How much larger than a headline the paper's name is over the first page, and the space around the line below it, in points.
_PLATE_SCALE = 1.5
_PLATE_GAP_PT = 10.0
#: The space between the line that says where an article was printed and the article, in points; a thin line stands in it.
_SOURCE_GAP_PT = 22.0
#: Blocks that are short and are not torn.
_WHOLE = frozenset({*TITLES, Role.HEADING, Role.CAPTION, Role.CREDIT})
#: What a story is made of, titles aside, whose pictures stand across all columns.
_PICTURE_STORY = frozenset({Role.CAPTION, Role.CREDIT, Role.BYLINE})
#: The space between the label of a group of articles and the first of them, in points.
_LABEL_GAP_PT = 4.0
#: How wide a letter is on average, in ems, where the script is not Chinese, Japanese or Korean.
_LETTER_EM = 0.5


@dataclass(frozen=True, slots=True)
class Story:
    """One article with its number, counted from 0, and its blocks as they are set."""

    article: Article
    number: int
    blocks: Sequence[Block]
    language: str | None


@dataclass(frozen=True)
class Desk:
    """Decides how the articles of one document stand in a frame."""

    document: Document
    setter: Setter
    layout: Layout
    frame: Frame
    album: Album

    def bands(self, *, furniture: bool) -> Iterator[Band]:
        """The articles in order, then, where asked for, the furniture as a quiet block of its own."""
        if self._plate:
            yield Band(self._plate, ())
        for briefs, found in groupby(self._stories(), self._is_brief):
            run = list(found)
            if briefs and len(run) > 1:
                yield Band((), (block for story in run for block in self._blocks(story, self._brief_styles)))
            else:
                for group in self._groups(run):
                    yield from self._group(group)
        if furniture and self.document.furniture:
            yield Band(tuple(self._furniture()), (), turn=self.layout.article_start == "page")

    @cached_property
    def _plate(self) -> tuple[SetBlock, ...]:
        """The paper's name as it stands over the first page, and what is known of the issue below it."""
        issue = self.document.issue
        if not (self.layout.nameplate and issue.publication):
            return ()
        styles, language = self.setter.styles, self.document.language
        headline = styles[Role.HEADLINE]
        large = replace(
            headline, size_pt=headline.size_pt * _PLATE_SCALE, leading_pt=headline.leading_pt * _PLATE_SCALE, align="center", bold=True,
        )
        small = replace(styles[Role.RUNNING_HEAD], align="center", space_before_pt=_PLATE_GAP_PT, space_after_pt=0.0)
        name = self.setter.block(Block(role=Role.MASTHEAD, text=issue.publication, source=()), language, large, self.frame.measure)
        facts = " · ".join(fact for fact in (issue.date, views.page_label(issue.page, language), issue.section, issue.edition) if fact)
        if not facts:
            return (name,)
        line = self.setter.block(Block(role=Role.MASTHEAD, text=facts, source=()), language, small, self.frame.measure)
        return (name, line._replace(rule=True))

    def _stories(self) -> Iterator[Story]:
        for number, article in enumerate(self.document.articles):
            yield Story(article, number, views.set_blocks(article), views.language_of(self.document, article))

    def _groups(self, stories: Sequence[Story]) -> Iterator[list[Story]]:
        """The stories one by one; in one column a label goes with the first piece below it, so that no page ends with it."""
        group: list[Story] = []
        for story in stories:
            group.append(story)
            label = all(block.role is Role.COLUMN_LABEL for block in story.blocks)
            if not label or self.frame.columns > 1 or self.layout.article_start == "page":
                yield group
                group = []
        if group:
            yield group

    def _group(self, group: Sequence[Story]) -> Iterator[Band]:
        if len(group) > 1:
            yield Band((), (block for story in group for block in self._blocks(story, self._styles(story))))
        else:
            yield from self._story(group[0], self._styles(group[0]))

    def _story(self, story: Story, styles: Mapping[Role, Style]) -> Iterator[Band]:
        turn = self.layout.article_start == "page"
        across: tuple[SetBlock, ...] = ()
        for wide, run in groupby(self._blocks(story, styles), self._is_wide):
            if wide:
                across = tuple(run)
                continue
            yield Band(across, run, turn=turn)
            across, turn = (), False
        if across:
            yield Band(across, (), turn=turn)

    def _is_wide(self, block: SetBlock) -> bool:
        return block.style.across and self.frame.columns > 1

    def _is_brief(self, story: Story) -> bool:
        """Whether an article, by a rough count of its lines, is too short for titles across and columns of its own."""
        if self.frame.columns == 1 or not self.layout.brief_lines:
            return False
        lines = 0
        for block in story.blocks:
            style = self.setter.styles[block.role]
            if not style.across:
                em = 1.0 if is_cjk(block.text[:80], story.language) else _LETTER_EM
                lines += ceil(len(block.text) * em * style.size_pt / self.frame.column)
            picture = self._shown(block, style)
            lines += ceil(picture.height / style.leading_pt) if picture else 0
            if lines >= self.layout.brief_lines * self.frame.columns:
                return False
        return True

    @cached_property
    def _brief_styles(self) -> Mapping[Role, Style]:
        """The styles with titles as small as those of briefs, never smaller than the text."""
        return self._scaled(self.layout.brief_title_scale, TITLES, across=False)

    def _styles(self, story: Story) -> Mapping[Role, Style]:
        """The styles of a story with columns of its own; one that only shows pictures has them across all columns."""
        styles = self.setter.styles if story.number or len(self.document.articles) == 1 else self._lead_styles
        if not story.blocks or any(block.role not in {*TITLES, *_PICTURE_STORY} for block in story.blocks):
            return styles
        return {**styles, **{role: replace(styles[role], across=True) for role in _PICTURE_STORY}}

    @cached_property
    def _lead_styles(self) -> Mapping[Role, Style]:
        """The styles with the headline as large as the first article's."""
        return self._scaled(self.layout.lead_title_scale, (Role.HEADLINE,), across=True)

    def _scaled(self, scale: float, roles: Sequence[Role], *, across: bool) -> Mapping[Role, Style]:
        styles, least = self.setter.styles, self.setter.styles[Role.PARAGRAPH].size_pt
        made = dict(styles)
        for role in roles:
            size = max(styles[role].size_pt * scale, min(least, styles[role].size_pt))
            leading = styles[role].leading_pt * size / styles[role].size_pt
            made[role] = replace(styles[role], size_pt=size, leading_pt=leading, across=styles[role].across and across)
        return made

    def _blocks(self, story: Story, styles: Mapping[Role, Style]) -> Iterator[SetBlock]:
        """An article's blocks, set; the first carries the bookmark and the line that parts it from the article before."""
        parted = self._parted(story.number)
        rule = self.layout.article_rule and self.layout.article_start == "flow" and parted
        gap = styles[Role.HEADLINE].space_before_pt
        for place, made in enumerate(self._set(story, styles)):
            if place:
                yield made
                continue
            labels = (len(story.blocks) > 1 or made.role is Role.COLUMN_LABEL) and (made.keep_with_next or made.role in {*TITLES, Role.JUMP})
            entry = Entry(bookmark(views.label(story.article)), 0, f"a{story.number + 1}")
            yield made._replace(entry=entry, rule=rule, space_before=max(gap, made.space_before) if parted else _LABEL_GAP_PT, keep_with_next=labels)

    def _parted(self, number: int) -> bool:
        """Whether a line parts an article from what stands above: not from the label of the group that it begins."""
        if not number:
            return bool(self._plate)
        return any(block.role is not Role.COLUMN_LABEL for block in self.document.articles[number - 1].blocks)

    def _set(self, story: Story, styles: Mapping[Role, Style]) -> Iterator[SetBlock]:
        printed = views.source_line(self.document, story.article) if self.layout.source_line else ""
        if printed:
            yield self._one(Block(role=Role.RUNNING_HEAD, text=printed, source=()), story, styles, keep=True)
        headings = 0
        before = None
        for block, after in zip_longest(story.blocks, story.blocks[1:]):
            yield from self._picture(block, story, styles)
            made = self._one(block, story, styles)
            if printed and before is None:
                made = made._replace(rule=True, space_before=_SOURCE_GAP_PT)
            if before in TITLES and block.role in TITLES:
                made = made._replace(space_before=0.0)  # titles stand close: only the space after counts
            if block.role is Role.CAPTION and (after is None or after.role is not Role.CREDIT):
                made = made._replace(keep_with_next=False)  # only its credit belongs to a caption
            if block.role is Role.HEADING:
                headings += 1
                level = max(block.level or 1, 1)
                made = made._replace(entry=Entry(bookmark(block.text), level, f"a{story.number + 1}.{headings}"))
            before = block.role
            yield made

    def _one(self, block: Block, story: Story | None, styles: Mapping[Role, Style], *, keep: bool = False) -> SetBlock:
        style = styles[block.role]
        language = story.language if story else self.document.language
        made = self.setter.block(block, language, style, self._measure(style))
        return made._replace(
            article=story.number if story else None, keep_with_next=made.keep_with_next or keep, whole=block.role in _WHOLE,
        )

    def _picture(self, block: Block, story: Story, styles: Mapping[Role, Style]) -> Iterator[SetBlock]:
        """The picture that a caption belongs to, above it."""
        picture = self._shown(block, styles[block.role])
        if picture:
            style = replace(styles[block.role], leading_pt=picture.height, space_after_pt=_PICTURE_GAP_PT)
            yield SetBlock(
                lines=(SetLine((), 0.0, {}),), style=style, space_before=style.space_before_pt, keep_with_next=True, role=block.role,
                article=story.number, language=story.language, picture=picture,
            )

    def _shown(self, block: Block, style: Style) -> Picture | None:
        across, along = self.frame.height * _PICTURE_SHARE, self._measure(style)
        if not self.frame.down:
            return self.album.picture(block.image, block.text, measure=along, height=across)
        picture = self.album.picture(block.image, block.text, measure=across, height=along)
        return replace(picture, width=picture.height, height=picture.width) if picture else None  # its height lies along the lines

    def _measure(self, style: Style) -> float:
        return self.frame.measure if style.across else self.frame.column

    def _furniture(self) -> Iterator[SetBlock]:
        """The furniture, across all columns."""
        styles = {role: replace(style, across=True) for role, style in self.setter.styles.items()}
        for place, block in enumerate(self.document.furniture):
            made = self._one(block, None, styles)
            yield made if place else made._replace(rule=bool(self.document.articles), space_before=_FURNITURE_GAP_PT)

"""One document with everything that a writer may meet, and the helpers that the writers' tests share."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, datetime

from broadsheet.model import BLOCKS, FURNITURE, MARKS, SCHEMA_VERSION, Article, Block, Document, Issue, Kind, Mark, Role, SourceInfo
from broadsheet.plugin import Context, Style, Theme
from broadsheet.report import Report

HOSTILE = 'a<b>&amp;"c"\' ]]> 𠮷野家 😀👩‍👩‍👧 \u202eabc\u202c e\u0301 <!-- x -->'
HEADLINE = "山城图书馆夜间开放\n市民读书到十点"
LEAD = "本报青山6月3日电 （记者林小雨）山城图书馆从本周起夜间开放，读者可以读书到晚上十点。"


def block(role: Role, text: str, **fields: object) -> Block:
    """A block whose source is not looked at: empty spans, as many as its glue joins."""
    return Block(role=role, text=text, source=((0, 0),) * (len(fields.get("glue", ())) + 1), **fields)  # type: ignore[arg-type]


def _marked(text: str, role: Role, part: str, **fields: object) -> Mark:
    at = text.index(part)
    return Mark(role=role, start=at, end=at + len(part), **fields)  # type: ignore[arg-type]


def _news() -> Article:
    closing = "活动将持续到年底。（下转第4版）"
    return Article(id="a1", kind=Kind.NEWS, blocks=(
        block(Role.COLUMN_LABEL, "城市新闻"),
        block(Role.KICKER, "走进身边的文化场馆"),
        block(Role.HEADLINE, HEADLINE, glue=("\n",)),
        block(Role.SUBHEADLINE, "——三个月里的新变化"),
        block(Role.STANDFIRST, "灯亮了，人来了。"),
        block(Role.BYLINE, "本报记者 林小雨 通讯员 高 山", names=("林小雨", "高山")),
        block(Role.DATELINE, "青山6月3日电"),
        block(Role.EDITOR_NOTE, "编者按：本报今日起推出系列报道。"),
        block(Role.PARAGRAPH, LEAD, lead=True, marks=(
            _marked(LEAD, Role.DATELINE, "本报青山6月3日电"),
            _marked(LEAD, Role.BYLINE, "（记者林小雨）", names=("林小雨",)),
        )),
        block(Role.HEADING, "座位多了", level=1),
        block(Role.HEADING, "靠窗的位置", level=2),
        block(Role.LIST_ITEM, "1. 自带水杯"),
        block(Role.LIST_ITEM, "2. 保持安静"),
        block(Role.QUESTION, "问：周末也开放吗？"),
        block(Role.ANSWER, "答：开放。"),
        block(Role.QUOTE, "“我每天都来。”"),
        block(Role.VERSE, "夜来灯火亮\n书声满山城", glue=("\n",)),
        block(Role.TABLE, "时间 人数\n周一 312", glue=("\n",), rows=(("时间", "人数"), ("周一", "312"))),
        block(Role.TABLE, "开馆|闭馆\n9:00|22:00", rows=(("开馆", "闭馆"), ("9:00", "22:00"))),
        block(Role.CAPTION, "图为读者在灯下读书。"),
        block(Role.CREDIT, "林小雨 摄", names=("林小雨",)),
        block(Role.PARAGRAPH, closing, marks=(_marked(closing, Role.JUMP, "（下转第4版）", direction="to", page="4", article="a2"),)),
        block(Role.SIGN_OFF, "（本报综合）"),
        block(Role.END_MARK, "■"),
    ))


def _jumped() -> Article:
    text = "（上接第1版）馆长说，夜间读者比预计的多一倍。（完）"
    marks = (
        _marked(text, Role.JUMP, "（上接第1版）", direction="from", page="1", article="a1"),
        _marked(text, Role.SIGN_OFF, "（完）"),
    )
    return Article(id="a2", kind=Kind.NEWS, blocks=(block(Role.PARAGRAPH, text, marks=marks, lead=True),))


def _foreign() -> Article:
    text = "RIVERTON, June 3 — The bridge reopened  on Monday.\tTraffic was light. (Photo by A. Quill)"
    marks = (_marked(text, Role.DATELINE, "RIVERTON, June 3"), _marked(text, Role.CREDIT, "(Photo by A. Quill)"))
    return Article(id="a3", kind=Kind.BRIEF, language="en", blocks=(
        block(Role.KICKER, "Around the county"),
        block(Role.JUMP, "Continued on page 2"),
        block(Role.PARAGRAPH, text, marks=marks),
        block(Role.PARAGRAPH, HOSTILE),
    ))


def kitchen_sink(*, control: str = "") -> Document:
    """Every role, every kind of mark, a jumped article, another language, hostile text.

    Args:
        control: characters that a format may not carry, set into the last paragraph.
    """
    last = block(Role.PARAGRAPH, f"前{control}后：没有标题的短文。")
    articles = (_news(), _jumped(), _foreign(), Article(id="a4", kind=Kind.UNKNOWN, blocks=(last,)))
    furniture = tuple(block(role, text) for role, text in (
        (Role.MASTHEAD, "山城晚报"), (Role.FOLIO, "第1版"), (Role.RUNNING_HEAD, "要闻"),
        (Role.EDITOR_LINE, "责编：周舟"), (Role.INDEX, "今日8版"), (Role.NOISE, "|||"),
    ))
    text = "源文本"
    return Document(
        schema_version=SCHEMA_VERSION, language="zh-Hans", articles=articles, furniture=furniture,
        source=SourceInfo("page.txt", "text/plain", "utf-8", hashlib.sha256(text.encode()).hexdigest(), text),
        issue=Issue(publication="山城晚报", date="2031-06-03", page="第1版"),
    )


def empty() -> Document:
    """A document of a page on which nothing is printed."""
    return Document(schema_version=SCHEMA_VERSION, source=SourceInfo("empty.txt", "text/plain", "utf-8", "0" * 64, ""))


def theme() -> Theme:
    """A plain theme of our own: large serif headlines, quiet furniture."""
    styles = {role: Style(size_pt=10.5, leading_pt=17, space_after_pt=4) for role in BLOCKS | MARKS}
    styles |= {role: Style(size_pt=8, leading_pt=11, family="sans", colour="#666666") for role in FURNITURE}
    styles[Role.HEADLINE] = Style(size_pt=20, leading_pt=26, family="sans", bold=True, align="center", keep_with_next=True)
    styles[Role.PARAGRAPH] = Style(size_pt=10.5, leading_pt=17, align="justify", indent_em=2)
    styles[Role.DATELINE] = Style(size_pt=10.5, leading_pt=17, family="sans", bold=True, colour="#333333")
    page = {
        "width_pt": 595.3, "height_pt": 841.9, "margin_top_pt": 64.0, "margin_bottom_pt": 64.0,
        "margin_inner_pt": 72.0, "margin_outer_pt": 60.0,
    }
    return Theme(name="test", summary="A plain theme for tests.", page=page, styles=styles)


def context() -> Context:
    """A context with the test theme and a report of its own."""
    return Context(report=Report(), theme=theme(), when=datetime(2031, 6, 3, 8, 30, tzinfo=UTC))


def written(writer: object, document: Document, options: object = None, into: Context | None = None) -> bytes:
    """What a writer makes of a document; it must leave its target open."""
    out = io.BytesIO()
    writer.write(document, out, options or writer.options(), into or context())  # type: ignore[attr-defined]
    assert not out.closed
    return out.getvalue()


def set_texts(document: Document) -> list[str]:
    """Every block's text in the order in which it must be read back, the lifted jump line on its own."""
    from broadsheet.views import set_blocks

    blocks = [each for article in document.articles for each in set_blocks(article)]
    return [each.text for each in (*blocks, *document.furniture)]

"""What pages look like in every theme, compared with small pictures that people have looked at."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageStat

from broadsheet.model import Mark, Role
from broadsheet.writers.pdf import PdfOptions

PICTURES = Path(__file__).with_name("pictures")
#: The mean difference of brightness, of 255, that another version of poppler may make: on the page, and in any part of it.
TOLERANCE, LOCAL_TOLERANCE = 2.5, 16.0
PARTS = 8

LEAD = (
    "本报海港6月6日电 （记者林小满）昨晚七点，老码头的灯又亮了。“等了两年……终于又能坐渡船回家！”在岸边卖糖水的陈阿婆说。港务局介绍，新渡轮（共6艘）每班可载客120人，"
    "票价2.5元，末班船为23:30；周末加开《江上夜读》专船——船上有书，也有热茶。"
)
TEXT = "据统计，首日客流达3.4万人次，比去年同期增长12.5%，其中外地游客占四成。有人问：“会不会再停？”港务局答复：不会。“一切照旧”，负责人说，“除非大雾、台风、航道检修……”"
MARKET = (
    "夜市的摊位上周搬进了码头边的旧仓库。仓库建于1958年，木梁重新刷过桐油，挂上了一百二十盏灯笼。“下雨也不怕了。”卖竹编的何师傅说：“客人坐得住，话也说得完。”"
    "市场管理处表示，摊位租金三年不变，每晚营业到十一点；周末另设旧书摊。"
)
BRIEF = "白鹭洲公园的荷花昨日初开，比往年早了九天。园方提醒，观荷步道清早六点开放，入夜后请勿在水边停留。"
ENGLISH = (
    "The ferry came back to the southern quay on Tuesday night, nineteen months after the last boat was tied up for repairs. “We counted the days,” said Ada Brook. ",
    "The harbour office said six new boats would carry 120 passengers each, at a fare of $2.50. Merchants who had closed early kept their lanterns burning until midnight. ",
)


def landscape():
    picture = Image.new("RGB", (900, 600), (176, 200, 222))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((600, 80, 740, 220), fill=(250, 224, 130))
    draw.polygon([(0, 600), (320, 250), (640, 600)], fill=(70, 96, 84))
    draw.rectangle((0, 500, 900, 600), fill=(58, 92, 128))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def chinese(press, picture):
    block = press.block
    lead = [
        block(Role.KICKER, "夜渡重开"), block(Role.HEADLINE, "老码头灯火再亮 六艘渡轮迎客"), block(Role.SUBHEADLINE, "——首日客流三万四千人次"),
        block(Role.BYLINE, "本报记者 林小满"), block(Role.PARAGRAPH, LEAD, Mark(role=Role.DATELINE, start=0, end=9)), block(Role.PARAGRAPH, TEXT),
        block(Role.CAPTION, "图为夜色中的渡轮驶离老码头。", image=picture), block(Role.CREDIT, "周一帆 摄"), block(Role.HEADING, "船上有书，也有热茶"),
        block(Role.PARAGRAPH, MARKET + TEXT), block(Role.PARAGRAPH, TEXT), block(Role.SIGN_OFF, "（据新华社海港6月6日电）"),
    ]
    second = [block(Role.HEADLINE, "夜市摊位搬进旧仓库"), block(Role.PARAGRAPH, MARKET), block(Role.PARAGRAPH, TEXT), block(Role.PARAGRAPH, MARKET)]
    briefs = [[block(Role.HEADLINE, title), block(Role.PARAGRAPH, BRIEF)] for title in ("荷花早开九天", "步道清早六点开放")]
    return press.document(lead, second, *briefs, publication="海港晨报", date="2031-06-07", page="3")


def english(press, picture):
    block = press.block
    lead = [
        block(Role.HEADLINE, "Lights return to the old quay"), block(Role.SUBHEADLINE, "Six boats, a fare of $2.50 and hot tea on board"),
        block(Role.BYLINE, "By MIRA HOLT"), *[block(Role.PARAGRAPH, text) for text in ENGLISH],
        block(Role.CAPTION, "A ferry leaves the southern quay on Tuesday.", image=picture), *[block(Role.PARAGRAPH, text) for text in ENGLISH],
        block(Role.HEADING, "Books between the lifebelts"), *[block(Role.PARAGRAPH, text) for text in ENGLISH * 2],
    ]
    second = [block(Role.HEADLINE, "Night market moves indoors"), *[block(Role.PARAGRAPH, text) for text in ENGLISH * 2]]
    return press.document(lead, second, language="en", publication="The Harbour Post", date="2031-06-07", page="A1")


PAGES = {
    "reading-chinese": (chinese, {}), "newspaper-chinese": (chinese, {}), "newspaper-english": (english, {}), "clipping-english": (english, {}),
    "large-print-chinese": (chinese, {}), "reading-contents": (chinese, {"contents": "front"}),
}


def drawn(data):
    done = subprocess.run(["pdftoppm", "-r", "40", "-gray", "-png", "-singlefile", "-"], input=data, capture_output=True, check=True)
    return Image.open(io.BytesIO(done.stdout)).convert("L")


def differences(one, other):
    """The mean difference of brightness of two pictures, and the largest of any part of them."""
    if one.size != other.size:
        return 255.0, 255.0
    found = ImageChops.difference(one, other)
    wide, high = found.width // PARTS, found.height // PARTS
    parts = [found.crop((x * wide, y * high, (x + 1) * wide, (y + 1) * high)) for x in range(PARTS) for y in range(PARTS)]
    return ImageStat.Stat(found).mean[0], max(ImageStat.Stat(part).mean[0] for part in parts)


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="pdftoppm is not installed")
@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_did_when_it_was_looked_at(press, name, tmp_path):
    make, options = PAGES[name]
    picture = landscape()
    key = hashlib.sha256(picture).hexdigest()
    theme = name.rpartition("-")[0]
    printed = press.run(make(press, key), PdfOptions(system_fonts=False, **options), theme=theme, pictures={key: picture})
    page = drawn(printed.data)
    page.save(tmp_path / f"theme-{name}.png", optimize=True)
    reviewed = Image.open(PICTURES / f"theme-{name}.png").convert("L")
    mean, local = differences(page, reviewed)
    assert (mean < TOLERANCE, local < LOCAL_TOLERANCE) == (True, True), f"compare {tmp_path} with {PICTURES}: {mean:.1f}, {local:.1f}"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_is_blank_or_whose_lines_moved_would_be_told_from_the_reviewed_one(name):
    reviewed = Image.open(PICTURES / f"theme-{name}.png").convert("L")
    assert differences(Image.new("L", reviewed.size, 255), reviewed)[1] > LOCAL_TOLERANCE
    assert differences(ImageChops.offset(reviewed, 0, 4), reviewed)[1] > LOCAL_TOLERANCE

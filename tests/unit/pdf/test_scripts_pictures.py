"""What pages in every script look like, compared with small pictures that people have looked at."""

from __future__ import annotations

import io
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from broadsheet.model import Role
from broadsheet.writers.pdf import PdfOptions

PICTURES = Path(__file__).with_name("pictures")
#: The mean difference of brightness, of 255, that another version of poppler may make.
TOLERANCE = 3.0
ACROSS, DOWN = PdfOptions(system_fonts=False), PdfOptions(direction="vertical", system_fonts=False)

PAGES = {
    "arabic": ("ar", ACROSS, "خطة جديدة لدعم الأسر", "كتب: سامي الخطيب",
               "أعلنت الحكومة اليوم عن خطة جديدة لدعم الأسر، ولا شك أنّ الأسعار ارتفعت بنسبة 2.5% في عام 2026 (وفقاً لوكالة Reuters) بحسب بيان رسمي."),
    "hebrew": ("he", ACROSS, "הרציף הישן מואר שוב", "מאת יעל לוי",
               "הרציף הישן הואר אתמול בערב מחדש. „חיכינו שנתיים”, אמרה מרים כהן (71), שסבתה מכרה כאן לימונדה מאז 1961. כרטיס עולה 2.5 ש״ח."),
    "korean": ("ko", ACROSS, "옛 부두, 다시 불을 켜다", "이서윤 기자",
               "어젯밤 일곱 시, 옛 부두의 등불이 다시 켜졌다. “2년을 기다렸어요……” 한순이 씨(71)는 웃으며 말했다. 漢字로 쓰면 渡船이다."),
    "greek": ("el", ACROSS, "Ξανά φως στο παλιό λιμάνι", "Του Νίκου Αλεξίου",
              "Το παλιό λιμάνι άναψε ξανά τα φώτα του χθες το βράδυ — «δύο χρόνια περιμέναμε», είπε η Μαρία Παπαδοπούλου. Κοστίζουν 2,50 €."),
    "russian": ("ru", ACROSS, "Паром вернулся к пристани", "Ольга Светлова",
                "Вчера на старой пристани снова зажглись огни. «Два года ждали», — говорит Анна Ручьёва. Билет стоит 2,50 ₽."),
    "japanese-down": ("ja", DOWN, "渡し船、二年ぶりに再開", "本紙記者　佐伯みのり",
                      "新しい渡し船「あかつき」は、二〇二六年六月六日の夜七時に運航を始めた。「二年も待った……」と千代さん（71）。乗客は約120人、SNSでの予約も——と船長。"),
    "traditional-down": ("zh-Hant", DOWN, "老碼頭燈火再亮", "本報記者　林小滿",
                         "昨晚七點，老碼頭的燈又亮了——「等了兩年……終於又能坐渡船回家！」陳阿婆說。新渡輪（共6艘）可載客120人，12月6日起A線恢復行駛。"),
}
NEED_FONTS = {"korean", "japanese-down", "traditional-down"}


def drawn(data: bytes, box: tuple[int, int, int, int]) -> Image.Image:
    done = subprocess.run(["pdftoppm", "-r", "60", "-gray", "-png", "-singlefile", "-"], input=data, capture_output=True, check=True)
    return Image.open(io.BytesIO(done.stdout)).convert("L").crop(box)


def difference(one: Image.Image, other: Image.Image) -> float:
    return ImageStat.Stat(ImageChops.difference(one, other)).mean[0] if one.size == other.size else 255.0


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="pdftoppm is not installed")
@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_did_when_it_was_looked_at(press, name, tmp_path):
    if name in NEED_FONTS and any(find_spec(f"pylopdf_fonts_{part}") is None for part in ("jp", "ko", "zh_tw")):
        pytest.skip("the extra fonts is not installed")
    language, options, headline, byline, text = PAGES[name]
    blocks = [press.block(Role.HEADLINE, headline), press.block(Role.BYLINE, byline), *[press.block(Role.PARAGRAPH, text)] * 2]
    box = (55, 55, 445, 165) if options is ACROSS else (330, 55, 445, 640)
    picture = drawn(press.run(press.document(blocks, language=language), options).data, box)
    picture.save(tmp_path / f"script-{name}.png")
    reviewed = Image.open(PICTURES / f"script-{name}.png").convert("L")
    assert difference(picture, reviewed) < TOLERANCE, f"compare {tmp_path} with {PICTURES}"
    assert difference(Image.new("L", reviewed.size, 255), reviewed) > 2 * TOLERANCE  # a blank page would be told from it

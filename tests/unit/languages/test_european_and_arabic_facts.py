"""What datelines, bylines, credits and running heads of French, German, Spanish, Russian and Arabic papers say."""

from __future__ import annotations

import pytest

from broadsheet.facts import iso_date, read_facts
from broadsheet.form import ends_sentence
from broadsheet.languages import load_languages
from broadsheet.model import Block, Issue, Kind, Role
from broadsheet.parser.issue_facts import issue_facts
from broadsheet.parser.kinds import kind_of

BY_CODE = {language.code: language for language in load_languages()}
DATELINES = {
    ("fr", "Paris, 6 juin 2024 (AFP)"): {"place": "Paris", "date": "6 juin 2024", "date_iso": "2024-06-06", "agency": "AFP"},
    ("fr", "Valcourt, 1er juin"): {"place": "Valcourt", "date": "1er juin", "date_iso": "--06-01"},
    ("fr", "NANTES"): {"place": "NANTES"},
    ("de", "ban. BERLIN, 6. Juni"): {"place": "BERLIN", "date": "6. Juni", "date_iso": "--06-06"},
    ("de", "Hamburg/Kiel (dpa/lno)"): {"place": "Hamburg/Kiel", "agency": "dpa/lno"},
    ("de", "Wien, 12. Juni. (W. T. B.)"): {"place": "Wien", "date": "12. Juni", "date_iso": "--06-12", "agency": "W. T. B."},
    ("de", "Berlin"): {"place": "Berlin"},
    ("es", "Madrid, 6 jun (EFE)"): {"place": "Madrid", "date": "6 jun", "date_iso": "--06-06", "agency": "EFE"},
    ("es", "MADRID, 6 (EUROPA PRESS)"): {"place": "MADRID", "date": "6", "date_iso": "---06", "agency": "EUROPA PRESS"},
    ("ru", "МОСКВА, 6 июня. /ТАСС/"): {"place": "МОСКВА", "date": "6 июня", "date_iso": "--06-06", "agency": "ТАСС"},
    ("ru", "Москва. 6 июня. INTERFAX.RU"): {"place": "Москва", "date": "6 июня", "date_iso": "--06-06", "agency": "INTERFAX.RU"},
    ("ru", "ЛОНДОН, 5. (ТАСС)"): {"place": "ЛОНДОН", "date": "5", "date_iso": "---05", "agency": "ТАСС"},
    ("ar", "باريس 6 يونيو (أ ف ب)"): {"place": "باريس", "date": "6 يونيو", "date_iso": "--06-06", "agency": "أ ف ب"},
    ("ar", "عمان 6 حزيران (بترا)"): {"place": "عمان", "date": "6 حزيران", "date_iso": "--06-06", "agency": "بترا"},
    ("ar", "الرياض - واس"): {"place": "الرياض", "agency": "واس"},
}  # fmt: skip
OTHERS = {
    ("fr", Role.BYLINE, "PAR JEANNE MORVAN ET PAUL TESSIER"): {"names": ("JEANNE MORVAN", "PAUL TESSIER")},
    ("fr", Role.BYLINE, "De notre correspondant à Berlin, Paul Tessier"): {"names": ("Paul Tessier",), "titles": ("notre correspondant",)},
    ("fr", Role.BYLINE, "Jeanne Morvan avec AFP"): {"names": ("Jeanne Morvan",), "agency": "AFP"},
    ("fr", Role.CREDIT, "Photo J. DUPONT/AFP"): {"names": ("J. DUPONT",), "agency": "AFP"},
    ("fr", Role.JUMP, "(Voir la suite en deuxième page)"): {"direction": "to", "page": "deuxième"},
    ("de", Role.BYLINE, "Von Max Brandt und Erika Muster, Kiel"): {"names": ("Max Brandt", "Erika Muster"), "place": "Kiel"},
    ("de", Role.BYLINE, "Von unserer Redakteurin Erika Muster"): {"names": ("Erika Muster",), "titles": ("Redakteurin",)},
    ("de", Role.BYLINE, "Max Brandt, Erika Muster"): {"names": ("Max Brandt", "Erika Muster")},
    ("de", Role.SIGN_OFF, "(abc/dpa)"): {"agency": "abc/dpa"},
    ("de", Role.CREDIT, "Foto: Muster/dpa"): {"names": ("Muster",), "agency": "dpa", "form": "Foto"},
    ("de", Role.JUMP, "(Fortsetzung S. 4)"): {"direction": "to", "page": "4"},
    ("es", Role.BYLINE, "Por Ana Robles y Juan de la Peña"): {"names": ("Ana Robles", "Juan de la Peña")},
    ("es", Role.BYLINE, "REDACCIÓN / Puerto Hondo"): {"agency": "REDACCIÓN", "place": "Puerto Hondo"},
    ("es", Role.CREDIT, "ANA ROBLES / EFE"): {"names": ("ANA ROBLES",), "agency": "EFE"},
    ("es", Role.JUMP, "Viene de la primera página"): {"direction": "from", "page": "primera"},
    ("ru", Role.BYLINE, "Подготовили Анна Смирнова и Иван Петров"): {"names": ("Анна Смирнова", "Иван Петров")},
    ("ru", Role.BYLINE, "И. ПЕТРОВ, инженер"): {"names": ("И. ПЕТРОВ",), "titles": ("инженер",)},
    ("ru", Role.CREDIT, "Фото: Иван Петров/ТАСС"): {"names": ("Иван Петров",), "agency": "ТАСС", "form": "Фото"},
    ("ru", Role.JUMP, "(Окончание. Начало на 1-й стр.)"): {"direction": "from", "page": "1"},
    ("ar", Role.BYLINE, "إعداد: محمد أحمد وسعاد علي"): {"names": ("محمد أحمد", "سعاد علي")},
    ("ar", Role.BYLINE, "القاهرة: محمد أحمد"): {"names": ("محمد أحمد",), "place": "القاهرة"},
    ("ar", Role.CREDIT, "تصوير: محمد أحمد"): {"names": ("محمد أحمد",), "form": "تصوير"},
    ("ar", Role.JUMP, "(البقية ص 4)"): {"direction": "to", "page": "4"},
}  # fmt: skip
DATES = {
    ("fr", "1er juin 2024"): "2024-06-01", ("fr", "mardi 6 juil. 2020"): "2020-07-06", ("fr", "3 mars 1869"): "1869-03-03",
    ("de", "6. Juni 2024"): "2024-06-06", ("de", "6.6.2024"): "2024-06-06", ("de", "12. Jänner 1920"): "1920-01-12",
    ("es", "6 de junio de 2024"): "2024-06-06", ("es", "15 de setiembre de 1999"): "1999-09-15", ("es", "6/6/2024"): "2024-06-06",
    ("ru", "6 июня 2024 года"): "2024-06-06", ("ru", "12 мая"): "--05-12", ("ru", "3 авг"): "--08-03",
    ("ar", "٦ يونيو ٢٠٢٤"): "2024-06-06", ("ar", "12 تشرين الأول 2023"): "2023-10-12", ("ar", "5 أوت 2020"): "2020-08-05", ("ar", "6 - 6"): "--06-06",
}  # fmt: skip
HEADS = {
    ("fr", "LE COURRIER DE VALCOURT | JEUDI 6 JUIN 2024 | 4"): ("2024-06-06", "4"),
    ("de", "Seeheimer Bote | Donnerstag, 6. Juni 2024 | Seite 4"): ("2024-06-06", "4"),
    ("es", "EL CORREO DE VALDEORO | JUEVES 6 DE JUNIO DE 2024 | 4"): ("2024-06-06", "4"),
    ("ru", "ЗАРЕЧЕНСКИЙ ВЕСТНИК | Четверг, 6 июня 2024 года | 4"): ("2024-06-06", "4"),
    ("ar", "صدى النخيل | الخميس ٦ يونيو ٢٠٢٤ | ٤"): ("2024-06-06", "٤"),
}


@pytest.mark.parametrize(("code", "text"), DATELINES)
def test_a_dateline_says_where_when_and_whose(code, text):
    assert read_facts(Role.DATELINE, text, BY_CODE[code]) == DATELINES[code, text]


@pytest.mark.parametrize(("code", "role", "text"), OTHERS)
def test_a_byline_credit_or_jump_says_who_and_where(code, role, text):
    assert read_facts(role, text, BY_CODE[code]) == OTHERS[code, role, text]


@pytest.mark.parametrize(("code", "date"), DATES)
def test_a_printed_date_is_read_in_its_language(code, date):
    assert iso_date(date, BY_CODE[code]) == DATES[code, date]


@pytest.mark.parametrize(("code", "head"), HEADS)
def test_a_running_head_dates_the_issue_and_numbers_the_page(code, head):
    issue = issue_facts(Issue(), [(Role.FOLIO, head)], BY_CODE[code])
    assert (issue.date, issue.page) == HEADS[code, head]


@pytest.mark.parametrize("name", ["L'ÉCHO DES ALPES", "ЗАРЕЧЕНСКАЯ ПРАВДА", "La Nación", "صدى النخيل"])
def test_a_masthead_keeps_the_blanks_between_its_words(name):
    assert issue_facts(Issue(), [(Role.MASTHEAD, name)], BY_CODE["fr"]).publication == name


@pytest.mark.parametrize("line", ["„Ich bleibe.“", "»Ich bleibe.«", "„Ich bleibe …“", "„‚Ich bleibe‘, sagte er.“", "„Er sagte: ‚Ich bleibe.‘“", "« Je reste. »", "«Я остаюсь».", "هل تبقى؟"])
def test_a_quoted_sentence_is_a_sentence_in_every_style_of_quotation_marks(line):
    assert ends_sentence(line)


@pytest.mark.parametrize("line", ["他说:“", "Er nannte es ein „Abenteuer“", "Sie heißt »Möwe«", "他说。“"])
def test_an_opening_mark_at_a_line_end_and_a_quoted_word_end_no_sentence(line):
    assert not ends_sentence(line)


LABELS = {
    "Rectificatif": Kind.CORRECTION, "Berichtigung": Kind.CORRECTION, "Fe de errores": Kind.CORRECTION, "Поправка": Kind.CORRECTION, "تصويب": Kind.CORRECTION,
    "Courrier des lecteurs": Kind.LETTER, "LESERBRIEFE": Kind.LETTER, "Cartas al director": Kind.LETTER, "Письма читателей": Kind.LETTER, "بريد القراء": Kind.LETTER,
    "Éditorial": Kind.EDITORIAL, "Leitartikel": Kind.EDITORIAL, "ПЕРЕДОВАЯ": Kind.EDITORIAL, "الافتتاحية": Kind.EDITORIAL,
    "AVIS DE DÉCÈS": Kind.OBITUARY, "Traueranzeigen": Kind.OBITUARY, "Esquelas": Kind.OBITUARY, "Некролог": Kind.OBITUARY, "وفيات": Kind.OBITUARY,
    "EN BREF": Kind.BRIEF, "Kurz notiert": Kind.BRIEF, "BREVES": Kind.BRIEF, "КОРОТКО": Kind.BRIEF, "باختصار": Kind.BRIEF,
    "Météo": Kind.WEATHER, "Das Wetter": Kind.WEATHER, "EL TIEMPO": Kind.WEATHER, "Погода": Kind.WEATHER, "الطقس": Kind.WEATHER,
}  # fmt: skip


@pytest.mark.parametrize("label", LABELS)
def test_a_column_label_says_what_sort_of_article_stands_below_it(label):
    assert kind_of([Block(Role.COLUMN_LABEL, label, ((0, len(label)),), (), ())]) is LABELS[label]

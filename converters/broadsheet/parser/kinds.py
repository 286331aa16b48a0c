"""What sort of article it is, where its blocks say so plainly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.model import Kind, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.model import Block

_LABELS = (
    (Kind.CORRECTION, ("更正", "訂正", "おわび", "바로잡", "정정", "반론보도", "correction")),
    (Kind.OBITUARY, ("讣告", "訃", "おくやみ", "お悔やみ", "부고", "부음", "궂긴", "obituar", "death")),
    (Kind.NOTICE, ("启事", "啟事", "公告", "声明", "聲明", "お知らせ", "社告", "알립니다", "알림", "공고")),
    (Kind.LETTER, ("来信", "来函", "來信", "來函", "投書", "読者", "みんなの広場", "독자", "letter")),
    (Kind.EDITORIAL, ("社论", "社論", "社評", "社説", "사설", "editorial", "our view")),
    (Kind.COLUMN, ("时评", "短评", "快评", "手记", "漫谈", "杂谈", "随笔", "论坛", "今日谈", "评论员", "時評", "短評", "手記", "漫談", "雜談", "隨筆", "論壇", "專欄", "專論", "觀點", "コラム", "天声人語", "編集手帳", "余録", "寄稿", "随想", "視点", "論点", "칼럼", "시론", "기고", "논단", "시평", "기자수첩", "기자의 눈", "commentary")),
    (Kind.WEATHER, ("天气", "天氣", "天気", "날씨", "weather")),
    (Kind.ADVERTISEMENT, ("分類廣告", "광고", "classified")),
    (Kind.INDEX, ("导读", "導讀", "inside")),
    (Kind.CORRECTION, ("rectificati", "erratum", "mise au point", "droit de réponse", "berichtigung", "richtigstellung", "gegendarstellung", "fe de errores", "fe de erratas", "rectificación", "aclaración", "поправка", "уточнение", "опровержение", "تصويب", "تصحيح", "استدراك")),
    (Kind.OBITUARY, ("nécrolog", "avis de décès", "disparition", "nachruf", "traueranzeige", "todesanzeige", "obituario", "necrol", "esquela", "некролог", "соболезнован", "وفيات", "نعي", "تعزية")),
    (Kind.NOTICE, ("bekanntmachung", "edicto", "извещени", "إعلان قضائي", "مناقصة", "تنويه")),
    (Kind.LETTER, ("courrier des lecteurs", "leserbrief", "leser schreiben", "briefe an die", "cartas a", "cartas de", "correo de lectores", "письм", "из редакционной почты", "нам пишут", "بريد القراء", "بريد القارئ", "رسائل")),
    (Kind.EDITORIAL, ("éditorial", "édito", "leitartikel", "передовая", "от редакции", "افتتاحية", "كلمة")),
    (Kind.COLUMN, ("tribune", "chronique", "billet", "point de vue", "kommentar", "glosse", "kolumne", "gastbeitrag", "tribuna", "columna", "колонка", "реплика", "точка зрения", "фельетон", "عمود", "زاوية", "وجهة نظر")),
    (Kind.WEATHER, ("météo", "wetter", "el tiempo", "погода", "الطقس")),
    (Kind.ADVERTISEMENT, ("petites annonces", "kleinanzeigen", "clasificados", "anuncios por palabras", "реклам", "إعلانات مبوبة")),
    (Kind.BRIEF, ("brèves", "en bref", "kurz notiert", "kurz gemeldet", "kurzmeldungen", "in kürze", "breves", "en breve", "коротк", "кратко", "باختصار", "بإيجاز", "موجز")),
    # Last, for Leserbriefe are letters.
    (Kind.BRIEF, ("简讯", "短讯", "快讯", "簡訊", "短訊", "短波", "快訊", "短信", "단신", "브리핑", "brief")),
)
#: The longest of these words, in brackets.
_WORD_CHARS = 10
_TEXT = (Role.PARAGRAPH, Role.HEADING, Role.QUESTION, Role.ANSWER, Role.VERSE, Role.TABLE, Role.LIST_ITEM)


def _is_notice(block: Block) -> bool:
    """更正, 부고: a headline of one word says what a label would."""
    return block.role is Role.HEADLINE and len(block.text) <= _WORD_CHARS and " " not in block.text


def kind_of(blocks: Sequence[Block]) -> Kind:
    """The kind of an article, from its column label, its body and its pictures; `unknown` where that is not plain."""
    labels = " ".join(block.text.lower() for block in blocks if block.role in (Role.COLUMN_LABEL, Role.KICKER) or _is_notice(block))
    for kind, words in _LABELS if labels else ():
        if any(word in labels for word in words):
            return kind
    roles = {block.role for block in blocks}
    if {Role.QUESTION, Role.ANSWER} <= roles:
        return Kind.INTERVIEW
    body = [block for block in blocks if block.role in _TEXT]
    if Role.CAPTION in roles and not body:
        return Kind.PHOTO
    if body and all(block.role is Role.VERSE for block in body):
        return Kind.VERSE
    if body and all(block.role is Role.TABLE for block in body):
        return Kind.LISTING
    dated = Role.DATELINE in roles or any(mark.role is Role.DATELINE for block in blocks if block.marks for mark in block.marks)
    return Kind.NEWS if dated or Role.SIGN_OFF in roles else Kind.UNKNOWN

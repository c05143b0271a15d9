"""A blank to begin with: an A4 sheet that can be filled as it is, and a page that explains the fields to its maker."""

from __future__ import annotations

from collections.abc import Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import Table, _Cell

from profdesk.documents.certificate_blank import EXPLANATION
from profdesk.documents.word_styles import style, written
from profdesk.domain.certificate_blank import KNOWN

_PAGE, _MARGIN = (Mm(210), Mm(297)), Mm(14)
_HEAD, _LINE, _NAME, _ROW, _SIGNED, _CAPTION = (
    "Шапка сертификата", "Строка сертификата", "Имя ученика", "Строка таблицы", "Подпись", "Слова под кодом",
)  # fmt: skip
_INK, _GREY = "24445A", "56616B"
_RULE = "B9C0C6"
_LOOKS = (
    (_HEAD, 11, "000000", 0, 0),
    ("Title", 30, _INK, 6, 0),
    (_LINE, 11, "000000", 2, 0),
    (_NAME, 22, _INK, 8, 2),
    (_ROW, 9.5, "000000", 0, 0),
    (_SIGNED, 11, "000000", 14, 0),
    (_CAPTION, 8, _GREY, 0, 0),
    (EXPLANATION, 11, _GREY, 0, 2),
)
"""Styles: their size, colour and the room above and below in points."""
_CENTRED = (_HEAD, "Title", _LINE, _NAME, _CAPTION)
_COLUMNS, _FOOT = (Mm(12), Mm(122), Mm(48)), (Mm(128), Mm(54))
_SHEET = (
    ("{организация}", _HEAD),
    ("{муниципалитет}", _HEAD),
    ("СЕРТИФИКАТ", "Title"),
    ("профессионального портфолио № {номер}", _LINE),
    ("{ученик}", _NAME),
    ("{класс}, {учебный год} учебный год", _LINE),
)
_HEADS, _FIELDS = ("№", "Компетенция", "Стадия"), ("{п/п}", "{компетенция}", "{стадия}")
_BY_HAND = "_" * 20
_SIGNATURES = (
    f"{{должность руководителя}}\t{_BY_HAND} {{руководитель}}",
    f"{{педагог}}\t{_BY_HAND}",
    "{дата выдачи}\tМ. П.",
)
_PROVES = "Проверить код: программа profdesk, страница «Проверка»"
_EXPLAINED = (
    "Как сделать из образца свой бланк",
    "Эту страницу можно не удалять: абзацы со стилем «Пояснение к бланку» на сертификаты не попадают.",
    "Слова, рисунки, рамку и шрифты меняйте как угодно.",
    "Поле — это название в фигурных скобках. Сведения об ученике встанут на его место и будут выглядеть так же.",
    "Строка таблицы с полями {п/п}, {компетенция}, {стадия} повторится для каждой компетенции.",
    "Дела и достижения займут по строке. Если их нет, абзац с этим полем не выйдет вовсе, вместе со словами в нём.",
    "Коду оставьте квадрат 43 × 43 мм. Не ставьте для него точный междустрочный интервал: код обрежется.",
    "Поля, которые можно поставить:",
)


def sample() -> bytes:
    """Write the blank: every field that there is stands in it or is explained."""
    document = Document()
    _dress(document)
    for words, look in _SHEET:
        document.add_paragraph(words, look)
    document.add_paragraph(style=_CAPTION)
    _competencies(document)
    document.add_paragraph(style=_CAPTION).paragraph_format.line_spacing = Pt(4)
    document.add_paragraph("{дела}", _LINE)
    document.add_paragraph("Достижения: {достижения}", _LINE)
    _foot(document)
    document.add_paragraph(style=_CAPTION).paragraph_format.line_spacing = Pt(1)
    _explain(document)
    return written(document)


def _competencies(document: WordDocument) -> None:
    table = _table(document, 2, _COLUMNS)
    for row, texts, bold in zip(table.rows, (_HEADS, _FIELDS), (True, False), strict=True):
        row.height, row.height_rule = Mm(4.6), WD_ROW_HEIGHT_RULE.AT_LEAST
        for cell, words in zip(row.cells, texts, strict=True):
            _say(cell, words, _ROW, bold=bold)
    rule = f'w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"'
    sides = "".join(f"<w:{side} {rule}/>" for side in ("top", "bottom", "insideH"))
    table._tbl.tblPr.xpath("./w:tblLayout")[0].addprevious(
        parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>")
    )


def _foot(document: WordDocument) -> None:
    left, right = _table(document, 1, _FOOT).rows[0].cells
    for words in _SIGNATURES:
        _say(left, words, _SIGNED)
    for words in ("{код}", _PROVES):
        _say(right, words, _CAPTION)


def _explain(document: WordDocument) -> None:
    for number, words in enumerate(_EXPLAINED):
        paragraph = document.add_paragraph(style=EXPLANATION)
        paragraph.add_run(words).bold = number in (0, len(_EXPLAINED) - 1) or None
        paragraph.paragraph_format.page_break_before = number == 0
        paragraph.paragraph_format.space_after = Pt(8)
    for name, meaning in KNOWN.items():
        document.add_paragraph(f"{{{name}}}\t{meaning}", EXPLANATION)


def _table(document: WordDocument, rows: int, widths: Sequence[Length]) -> Table:
    table: Table = document.add_table(rows, len(widths))
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    return table


def _say(cell: _Cell, words: str, look: str, *, bold: bool = False) -> None:
    """Write a paragraph into a cell, where the first is there already."""
    first = cell.paragraphs[0]
    paragraph = cell.add_paragraph() if first.runs else first
    paragraph.style = look
    paragraph.add_run(words).bold = bold or None


def _dress(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = _PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    edge = f'w:val="double" w:sz="6" w:space="24" w:color="{_INK}"'
    sides = "".join(f"<w:{side} {edge}/>" for side in ("top", "left", "bottom", "right"))
    frame = parse_xml(f'<w:pgBorders {nsdecls("w")} w:offsetFrom="page">{sides}</w:pgBorders>')
    section._sectPr.xpath("./w:pgMar")[0].addnext(frame)
    language = style(document, "Normal", 11).element.get_or_add_rPr()
    language.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="ru-RU"/>'))
    for name, size, colour, above, below in _LOOKS:
        look = style(document, name, size)
        look.font.color.rgb = RGBColor.from_string(colour)
        look.font.bold = name in ("Title", _NAME) or None
        look.paragraph_format.space_before, look.paragraph_format.space_after = Pt(above), Pt(below)
        if name in _CENTRED:
            look.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for border in document.styles["Title"].element.get_or_add_pPr().findall(qn("w:pBdr")):
        document.styles["Title"].element.get_or_add_pPr().remove(border)
    for name, place in ((_SIGNED, Mm(46)), (EXPLANATION, Mm(60))):
        document.styles[name].paragraph_format.tab_stops.add_tab_stop(place)
    about = document.core_properties
    about.title, about.author, about.comments, about.language = "Бланк сертификата", "", "", "ru-RU"

"""Answer sheets of a session: a page or more a pupil, every circle where ``domain.answer_sheet`` says.

What is the same on every pupil's page is drawn once in the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from profdesk.documents import fonts, palette, question_pages
from profdesk.documents.answer_help import HelpBox
from profdesk.documents.sheet import MM, PORTRAIT, Sheet
from profdesk.documents.square_code import modules, square_code
from profdesk.documents.typography import bind, day, fitted
from profdesk.domain import answer_sheet as geometry
from profdesk.domain.answer_sheet import CODE, CORNER, CORNERS, GROUP, LEFT, RIGHT, TOP, Field, SheetPage
from profdesk.domain.diagnostic_papers import SessionFacts
from profdesk.domain.diagnostics import PupilSheet
from profdesk.domain.instrument import Instrument, Kind
from profdesk.domain.questions import Wording

_NAME_ROOM = (CODE[0] - LEFT - 6) * MM
_HELP = (46.5, 66.5)
_FOOT = 286.0
_LINE = 8.8
_THICK, _THIN = 0.9, 0.35


def answer_sheets(facts: SessionFacts, dated: date) -> bytes:
    """Draw the sheets of all pupils but hidden ones in their order, a bookmark each; then the questions, if any."""
    instrument = facts.result.view.instrument
    sheet = Sheet(PORTRAIT, f"Бланки ответов: {instrument.title}", facts.organisation.full_name, dated)
    pages = geometry.pages(instrument)
    asked = question_pages.pages(instrument, facts.result.wording)
    for one in (one for one in facts.result.view.sheets if not one.sheet.is_hidden):
        sheet.bookmark(one.pupil.name.short)
        for page in pages:
            _same(sheet, instrument, facts.result.wording, page, last=page is pages[-1])
            _own(sheet, facts, one, page, len(pages))
            sheet.next_page()
        for number in range(len(asked)):
            question_pages.draw(sheet, instrument, asked, number)
            sheet.next_page()
    return sheet.finish()


def _own(sheet: Sheet, facts: SessionFacts, one: PupilSheet, page: SheetPage, total: int) -> None:
    """What tells a page from all others: whose it is, and the code."""
    session, pupil = facts.result.view.session, one.pupil
    parts = (facts.organisation.short_name, facts.group_words(pupil), day(session.held_on))
    _, lines = fitted(bind(" · ".join(filter(None, parts))), fonts.TEXT, (9.5, 9, 8.5, 8, 7.5), _NAME_ROOM, 1)
    sheet.text(LEFT, 17.5, lines[0], size=9, colour=palette.SECOND)
    size, lines = fitted(pupil.name.full, fonts.BOLD, (21, 20, 19, 18, 17, 16, 15, 14, 13), _NAME_ROOM, 2)
    sheet.lines(LEFT, 27, lines, face=fonts.BOLD, size=size, leading=1.16)
    x, y, side = CODE
    square_code(sheet, x, y, side, modules(geometry.sheet_code(session.id, one.sheet.id, page.number)))
    of = f", страница {page.number} из {total}" if total > 1 else ""
    words = bind(f"Бланк {one.sheet.number}{of}")
    sheet.text(RIGHT, y + side + 5.2, words, face=fonts.BOLD, size=8.5, align="right")


def _same(sheet: Sheet, instrument: Instrument, wording: Wording, page: SheetPage, *, last: bool) -> None:
    """Corner marks, help and fields: one drawing for all pupils."""

    def draw() -> None:
        _corners(sheet)
        size, (line, *_) = fitted(bind(instrument.short), fonts.TEXT, (11, 10, 9, 8), _NAME_ROOM, 1)
        sheet.text(LEFT, 42.3, line, size=size, colour=palette.SECOND)
        HelpBox(instrument, page).draw(sheet, *_HELP)
        for x, words in page.heads:
            _head(sheet, instrument, x, words)
        for field in page.fields:
            _field(sheet, instrument, wording, page, field)
        _ends(sheet, instrument, page.fields)
        _foot(sheet, instrument, page, last=last)

    sheet.stamp(f"sheet-page-{page.number}", 0, 0, draw)


def _corners(sheet: Sheet) -> None:
    """Squares to find the page by; the first is hollow."""
    for place, (x, y) in enumerate(CORNERS):
        sheet.box(x - CORNER / 2, y - CORNER / 2, CORNER, CORNER, fill=palette.BLACK)
        if not place:
            sheet.box(x - CORNER / 4, y - CORNER / 4, CORNER / 2, CORNER / 2, fill=palette.WHITE)


def _head(sheet: Sheet, instrument: Instrument, x: float, words: str) -> None:
    triple = instrument.kind is Kind.TRIPLE
    size, align = (8.5, "centre") if triple else (11.0, "left")
    sheet.text(x, TOP + 4.6, words, face=fonts.BOLD, size=size, colour=palette.INK, align=align)


def _field(sheet: Sheet, instrument: Instrument, wording: Wording, page: SheetPage, field: Field) -> None:
    if instrument.kind is Kind.RECORD:
        _lined(sheet, wording, field)
        return
    topmost = field.y == min(other.y for other in page.fields)
    dark = topmost or (field.item - 1) % GROUP == 0
    colour, width = (palette.TEXT, _THICK) if dark else (palette.RULE, _THIN)
    sheet.rule(field.x, field.y, field.x + field.width, field.y, colour=colour, width=width)
    if instrument.kind is Kind.MATRIX:
        _choices(sheet, instrument, page, field)
        return
    if field.boxes:
        _rank(sheet, wording, field)
        return
    size = max(9.0, 17 * page.scale)
    base = field.circles[0].y + size * 0.35 / MM
    sheet.text(
        field.x + 14.5 * page.scale,
        base,
        str(field.item),
        face=fonts.BOLD,
        size=size,
        colour=palette.INK,
        align="right",
    )
    _circles(sheet, instrument, page, field)


def _circles(sheet: Sheet, instrument: Instrument, page: SheetPage, field: Field) -> None:
    size = max(7.5, 15 * page.scale)
    labels = {option.code: option.label for option in instrument.answering.options}
    labelled: set[str] = set()
    for circle in field.circles:
        sheet.circle(circle.x, circle.y, page.radius, stroke=palette.SECOND, line=0.7)
        sheet.text(circle.x, circle.y + size * 0.33 / MM, circle.words, size=size, align="centre")
        if instrument.kind is Kind.SHARING and circle.part not in labelled:
            labelled.add(circle.part)
            at = circle.x - page.radius - 3.2
            label = labels[circle.part]
            sheet.text(at, circle.y + size * 0.35 / MM, label, face=fonts.BOLD, size=size * 1.1, align="right")


def _choices(sheet: Sheet, instrument: Instrument, page: SheetPage, field: Field) -> None:
    size = max(6.5, 13 * page.scale)
    options = instrument.options_of(field.item)
    pitch = field.height / len(options)
    for option, circle in zip(options, field.circles, strict=True):
        sheet.circle(circle.x, circle.y, page.radius, stroke=palette.SECOND, line=0.7)
        sheet.text(circle.x, circle.y + size * 0.35 / MM, circle.words, size=size, align="centre")
        room = field.width - (circle.x - field.x) - page.radius - 4
        face, (line, *_) = fitted(option.label, fonts.TEXT, (13, 12, 11, 10, 9, 8), room * MM, 1)
        sheet.text(circle.x + page.radius + 4, circle.y + face * 0.35 / MM, line, size=face)
        low = circle.y + pitch / 2
        sheet.rule(field.x, low, field.x + field.width, low, width=_THIN)


def _rank(sheet: Sheet, wording: Wording, field: Field) -> None:
    """The number or, where the school loaded it, the text of what is ranked, and a box for each digit."""
    base = field.y + field.height / 2
    sheet.text(field.x + 8, base + 1.6, str(field.item), face=fonts.BOLD, size=13, colour=palette.INK, align="right")
    words = wording.questions.get(field.item, "")
    if words:
        room = field.boxes[0] - field.x - 15
        size, lines = fitted(words, fonts.TEXT, (10, 9.5, 9, 8.5, 8, 7.5), room * MM, 2)
        first = base + 1.3 - (len(lines) - 1) * size * 1.2 / MM / 2
        sheet.lines(field.x + 12, first, lines, size=size, leading=1.2)
    wide = field.boxes[1] - field.boxes[0]
    for x in field.boxes:
        sheet.box(x, field.y + 0.9, wide, field.height - 1.8, stroke=palette.TEXT, line=0.7)


def _lined(sheet: Sheet, wording: Wording, field: Field) -> None:
    """A field to write in: its number, what it is about, and lines."""
    sheet.text(LEFT, field.y + 6, str(field.item), face=fonts.BOLD, size=14, colour=palette.INK)
    words = wording.questions.get(field.item, "")
    if words:
        size, lines = fitted(words, fonts.BOLD, (11, 10, 9, 8.5, 8), (RIGHT - LEFT - 10) * MM, 2)
        sheet.lines(LEFT + 9, field.y + (6 if len(lines) == 1 else 4), lines, face=fonts.BOLD, size=size, leading=1.2)
    y = field.y + _LINE + (5 if words else 0)
    while y <= field.y + field.height - 3:
        sheet.rule(LEFT if words else LEFT + 9, y, RIGHT, y, colour=palette.SECOND, width=0.5)
        y += _LINE


def _ends(sheet: Sheet, instrument: Instrument, fields: Sequence[Field]) -> None:
    """A dark rule under the last question of each column."""
    if instrument.kind in (Kind.RECORD, Kind.MATRIX):
        return
    for x in dict.fromkeys(field.x for field in fields):
        last = max((field for field in fields if field.x == x), key=lambda field: field.y)
        low = last.y + last.height
        sheet.rule(x, low, x + last.width, low, colour=palette.TEXT, width=_THICK)


def _foot(sheet: Sheet, instrument: Instrument, page: SheetPage, *, last: bool) -> None:
    if instrument.kind is Kind.RECORD:
        left, right = "Запись ведёт взрослый.", "Бланк хранит педагог-психолог."
    else:
        left = "Проверь, что ни один вопрос не пропущен." if last else f"Дальше — страница {page.number + 1}."
        right = "Ответы увидит только педагог-психолог."
    sheet.text(LEFT, _FOOT, bind(left), size=9.5, colour=palette.SECOND)
    sheet.text(CORNERS[3][0] - CORNER, _FOOT, bind(right), size=9.5, colour=palette.SECOND, align="right")

"""The class report of a session: how raw scores are spread, and who leads where, for the choice of study profile.

Bands are shown only where the instrument's file has them; no norm is made up.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from profdesk.documents import dot_strips, fonts, palette, psychologist
from profdesk.documents.report import LEFT, RIGHT, ROOM, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import NBSP, bind, day, fitted, wrap
from profdesk.domain import diagnostic_papers as domain
from profdesk.domain.diagnostic_papers import LeadingList, SessionFacts
from profdesk.domain.instrument import Kind
from profdesk.domain.plural import counted

_GAP = 8.0
_COLUMN = (ROOM - _GAP) / 2
_SIZE = 9.5
_LINE = _SIZE * 1.3 / MM
_ROW, _BAND = 5.4, 13.0


def class_report(facts: SessionFacts, dated: date) -> bytes:
    """Draw two passes, the first to know how many pages there are."""
    pages = _draw(facts, dated, 0).page
    return _draw(facts, dated, pages).finish()


def _draw(facts: SessionFacts, dated: date, total: int) -> Report:
    session = facts.view.session
    of = f": {session.group_title}" if session.group_title else ""
    report = psychologist.paper(facts, f"Отчёт по классу{of}", dated, total)
    _introduction(report, facts)
    psychologist.counts(report, facts)
    report.y += 2
    if facts.view.instrument.kind is Kind.RECORD:
        report.paragraph("Баллов у этой методики нет: записи читают и сравнивают с прежними записями того же ребёнка.")
    elif not facts.counted:
        report.paragraph("Полных бланков пока нет: показать нечего. Введите ответы или отметьте, кого не было.")
    else:
        spreads = domain.spreads(facts)
        if spreads:
            _spreads(report, facts, spreads)
        if facts.view.instrument.bands:
            _bands(report, facts)
        _lists(report, facts)
    return report


def _introduction(report: Report, facts: SessionFacts) -> None:
    instrument, session = facts.view.instrument, facts.view.session
    key = f", {instrument.key_title}" if instrument.key_title else ""
    where = ", ".join(filter(None, (day(session.held_on), session.place)))
    report.paragraph(f"{instrument.title}, версия {instrument.version}{key}. {where.capitalize()}.")
    of = counted(len(facts.results), "бланка", "бланков", "бланков")
    words = f"В отчёте {len(facts.counted)} из {of}: в числа группы входят только полные, без сомнительных."
    if instrument.kind is not Kind.RECORD and not instrument.bands:
        words += f" {instrument.bands_note or 'Норм у методики нет.'} Показаны сырые результаты."
    report.paragraph(words)
    if instrument.caution:
        report.paragraph(instrument.caution, face=fonts.BOLD)
    if instrument.reading:
        report.paragraph(instrument.reading)


def _spreads(report: Report, facts: SessionFacts, spreads: Sequence[domain.Spread]) -> None:
    ranked = facts.view.instrument.kind is Kind.RANKING
    report.subheading("Распределение мест" if ranked else "Распределение баллов")
    note = "точка — ученик; треугольник — медиана"
    if ranked:
        note += "; слева самое важное"
    elif facts.view.instrument.bands:
        note += "; чёрточка — граница уровня"
    report.sheet.text(RIGHT, report.y - 4, bind(note), size=8.5, colour=palette.SECOND, align="right")
    borders = () if ranked else facts.view.instrument.bands
    dot_strips.strips(report, spreads, [band.low for band in borders])


def _bands(report: Report, facts: SessionFacts) -> None:
    """How many pupils each band of the instrument's file holds."""
    bands, counts = facts.view.instrument.bands, domain.band_counts(facts)
    report.need(30 + 5 * len(bands))
    report.y += 2
    report.subheading("Уровни из источника методики")
    for number, band in enumerate(bands, 1):
        low, high = domain.figure(band.low), domain.figure(band.high)
        reach = low if low == high else f"от {low} до {high}"
        report.paragraph(f"{number} — {band.title}: {reach}", size=8.5)
    columns = [str(number) for number in range(1, len(bands) + 1)]
    if any(row[-1] for row in counts.values()):
        columns.append("вне")
    places = [RIGHT - 7 - _BAND * (len(columns) - 1 - place) for place in range(len(columns))]
    head = [(LEFT + 2, "Шкала", "left"), *((x, words, "centre") for x, words in zip(places, columns, strict=True))]
    report.table_head(head)
    for title, row in counts.items():
        if report.need(_ROW):
            report.table_head(head)
        size, (line, *_) = fitted(title, fonts.TEXT, (9, 8.5, 8, 7.5), (places[0] - LEFT - 8) * MM, 1)
        report.sheet.text(LEFT + 2, report.y + 3.8, line, size=size)
        for x, count in zip(places, row, strict=False):
            words, colour = (str(count), palette.TEXT) if count else ("—", palette.RULE)
            report.sheet.text(x, report.y + 3.8, words, size=9, colour=colour, align="centre")
        report.y += _ROW
        report.row_rule()
    report.y += 5


def _lists(report: Report, facts: SessionFacts) -> None:
    kind = facts.view.instrument.kind
    titles = {Kind.RANKING: "Кто поставил на первое место", Kind.MATRIX: "Кто что выбрал"}
    lists = domain.leading_lists(facts)
    report.need(16 + (_tall(lists[:2]) if lists else 0))
    report.y += 3
    report.subheading(titles.get(kind, "Списки по ведущей шкале"))
    if any(one.tied for found in lists for one in found.named):
        note = "* — ведущих несколько: имя стоит в каждом списке"
        report.sheet.text(RIGHT, report.y - 4, note, size=8.5, colour=palette.SECOND, align="right")
    for start in range(0, len(lists), 2):
        pair = lists[start : start + 2]
        report.need(_tall(pair))
        report.y = max(_list(report, LEFT + place * (_COLUMN + _GAP), found) for place, found in enumerate(pair))


def _tall(pair: Sequence[LeadingList]) -> float:
    return max(len(_title(found)) + len(_lines(found)) for found in pair) * _LINE + 6


def _lines(found: LeadingList) -> Sequence[str]:
    names = ", ".join(
        f"{one.name}{'*' if one.tied else ''}{f' {one.figure}' if one.figure else ''}".replace(" ", NBSP)
        for one in found.named
    )
    return wrap(names, fonts.TEXT, _SIZE, _COLUMN * MM)


def _list(report: Report, x: float, found: LeadingList) -> float:
    """One list in its column; gives where it ends."""
    sheet, y = report.sheet, report.y
    sheet.rule(x, y, x + _COLUMN, y)
    sheet.text(x + _COLUMN, y + 4.4, str(len(found.named)), face=fonts.BOLD, size=_SIZE, align="right")
    end = sheet.lines(x, y + 4.4, _title(found), face=fonts.BOLD, size=_SIZE, colour=palette.INK)
    return sheet.lines(x, end + 0.3, _lines(found), size=_SIZE) - _LINE + 5


def _title(found: LeadingList) -> Sequence[str]:
    return wrap(found.title, fonts.BOLD, _SIZE, (_COLUMN - 10) * MM)

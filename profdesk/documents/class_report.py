"""The class report of a session: how raw scores are spread, and who leads where, for the choice of study profile.

Bands are shown only where the instrument's file has them; no norm is made up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from profdesk.documents import dot_strips, fonts, palette, psychologist
from profdesk.documents.report import LEFT, RIGHT, ROOM, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import NBSP, bind, day, fitted, wrap
from profdesk.domain import results as domain
from profdesk.domain.diagnostic_papers import SessionFacts
from profdesk.domain.instrument import Kind
from profdesk.domain.people import Pupil
from profdesk.domain.plural import counted
from profdesk.domain.results import Leader, LeadingList, SessionResult, Spread

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
    session = facts.result.view.session
    of = f": {session.group_title}" if session.group_title else ""
    report = psychologist.paper(facts, f"Отчёт по классу{of}", dated, total)
    _introduction(report, facts)
    psychologist.counts(report, facts)
    report.y += 2
    if facts.result.instrument.kind is Kind.RECORD:
        report.paragraph("Баллов у этой методики нет: записи читают и сравнивают с прежними записями того же ребёнка.")
    elif not facts.result.counted:
        report.paragraph("Полных бланков пока нет: показать нечего. Введите ответы или отметьте, кого не было.")
    else:
        spreads = facts.result.spreads()
        if spreads:
            _spreads(report, facts, spreads)
        if facts.result.instrument.bands:
            _bands(report, facts)
        _lists(report, facts)
    return report


def _introduction(report: Report, facts: SessionFacts) -> None:
    instrument, session = facts.result.instrument, facts.result.view.session
    key = f", {instrument.key_title}" if instrument.key_title else ""
    where = ", ".join(filter(None, (day(session.held_on), session.place)))
    report.paragraph(f"{instrument.title}, версия {instrument.version}{key}. {where}.")
    of = counted(len(facts.result.results), "бланка", "бланков", "бланков")
    words = f"В отчёте {len(facts.result.counted)} из {of}: в числа группы входят только полные, без сомнительных."
    if instrument.kind is not Kind.RECORD and not instrument.bands:
        words += f" {instrument.bands_note or 'Норм у методики нет.'} Показаны сырые результаты."
    report.paragraph(words)
    if instrument.caution:
        report.paragraph(instrument.caution, face=fonts.BOLD)
    if instrument.reading:
        report.paragraph(instrument.reading)


def _spreads(report: Report, facts: SessionFacts, spreads: Sequence[Spread]) -> None:
    ranked = facts.result.instrument.kind is Kind.RANKING
    report.subheading("Распределение мест" if ranked else "Распределение баллов")
    note = "точка — ученик; треугольник — медиана"
    if ranked:
        note += "; слева самое важное"
    elif facts.result.instrument.bands:
        note += "; чёрточка — граница уровня"
    report.sheet.text(RIGHT, report.y - 4, bind(note), size=8.5, colour=palette.SECOND, align="right")
    borders = () if ranked else facts.result.instrument.bands
    for title, those in groupby(spreads, key=lambda one: one.list):
        if title:
            report.need(40)
            report.paragraph(title, face=fonts.BOLD)
        dot_strips.strips(report, list(those), [band.low for band in borders])


def _bands(report: Report, facts: SessionFacts) -> None:
    """How many pupils each band of the instrument's file holds."""
    bands, counts = facts.result.instrument.bands, facts.result.band_counts()
    report.need(30 + 5 * len(bands))
    report.y += 2
    report.subheading("Уровни из источника методики")
    for number, band in enumerate(bands, 1):
        low, high = (domain.points(edge, facts.result.instrument) for edge in (band.low, band.high))
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
    kind, found = facts.result.instrument.kind, facts.result.leading_lists()
    titles = {Kind.RANKING: "Кто поставил на первое место", Kind.MATRIX: "Кто что выбрал"}
    named = _named(facts.result)
    lists = [_List.of(one, named) for one in found]
    report.need(16 + max((one.high for one in lists[:2]), default=0))
    report.y += 3
    report.subheading(titles.get(kind, "Списки по ведущей шкале"))
    if any(one.tied for those in found for one in those.leaders):
        note = "* — ведущих несколько: имя стоит в каждом списке"
        report.sheet.text(RIGHT, report.y - 4, note, size=8.5, colour=palette.SECOND, align="right")
    for start in range(0, len(lists), 2):
        pair = lists[start : start + 2]
        report.need(max(one.high for one in pair))
        report.y = max(one.draw(report, LEFT + place * (_COLUMN + _GAP)) for place, one in enumerate(pair))


@dataclass(frozen=True)
class _List:
    """A list broken into the lines of its column."""

    title: Sequence[str]
    names: Sequence[str]
    count: int

    @classmethod
    def of(cls, found: LeadingList, named: Callable[[Leader], str]) -> _List:
        names = ", ".join(named(one).replace(" ", NBSP) for one in found.leaders)
        title = wrap(found.title, fonts.BOLD, _SIZE, (_COLUMN - 10) * MM)
        return cls(title, wrap(names, fonts.TEXT, _SIZE, _COLUMN * MM), len(found.leaders))

    @property
    def high(self) -> float:
        return (len(self.title) + len(self.names)) * _LINE + 6

    def draw(self, report: Report, x: float) -> float:
        """Draw it in its column; gives where it ends."""
        sheet, y = report.sheet, report.y
        sheet.rule(x, y, x + _COLUMN, y)
        sheet.text(x + _COLUMN, y + 4.4, str(self.count), face=fonts.BOLD, size=_SIZE, align="right")
        end = sheet.lines(x, y + 4.4, self.title, face=fonts.BOLD, size=_SIZE, colour=palette.INK)
        return sheet.lines(x, end + 0.3, self.names, size=_SIZE) - _LINE + 5


def _named(result: SessionResult) -> Callable[[Leader], str]:
    """«Антонов К.* 7»: a star for a tie; the whole name where two are alike, the class where there are several."""
    initials = Counter(_initial(one.pupil) for one in result.counted)

    def words(leader: Leader) -> str:
        short, whole = _initial(leader.result.pupil), leader.result.pupil.name.short
        group = f" ({leader.result.group_title})" if result.has_several_groups else ""
        worth = "" if leader.raw is None else f" {domain.points(leader.raw, result.instrument)}"
        return f"{short if initials[short] == 1 else whole}{group}{'*' if leader.tied else ''}{worth}"

    return words


def _initial(pupil: Pupil) -> str:
    return f"{pupil.name.surname} {pupil.name.given[0]}."

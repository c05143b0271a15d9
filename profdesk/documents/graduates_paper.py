"""The graduates of a year on paper: totals after each grade, then, if it is asked for, the list by name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from profdesk.documents import fonts, palette
from profdesk.documents.report import LEFT, RIGHT, ROOM, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import NBSP, bind, day, fitted, wrap
from profdesk.domain import graduate_words as words
from profdesk.domain import graduates as domain
from profdesk.domain.graduates import GRADES, Demand, Graduate, Met, Totals
from profdesk.domain.organisation import Organisation
from profdesk.domain.register import Titles

_BAR, _LONG, _ROW = LEFT + 52.0, 108.0, 5.6
_NAME, _GROUP, _MEANT, _WHERE, _JOB = LEFT + 1, LEFT + 50, LEFT + 63, LEFT + 104, LEFT + 146
_NAME_ROOM, _GROUP_ROOM, _MEANT_ROOM, _WHERE_ROOM, _JOB_ROOM = 48, 12, 39, 40, 31
_SIZE, _SMALL, _LINE = 9.0, 8.0, 4.0
_NOTE = (
    "Намерение — выбор профессии, записанный последним до окончания учебного года. «По намерению» и «запасной вариант» "
    "отсчитаны от тех, у кого известны и намерение, и профессия."
)


def graduates_paper(
    school: Organisation,
    year: int,
    found: Sequence[Graduate],
    listed: Sequence[Graduate],
    titles: Titles,
    dated: date,
) -> bytes:
    """Draw two passes, the first to know how many pages there are; names stand only in the list of ``listed``."""
    pages = _draw(school, year, found, listed, titles, dated, 0).page
    return _draw(school, year, found, listed, titles, dated, pages).finish()


def _draw(
    school: Organisation,
    year: int,
    found: Sequence[Graduate],
    listed: Sequence[Graduate],
    titles: Titles,
    dated: date,
    total: int,
) -> Report:
    title = f"Выпускники {year}{NBSP}года"
    foot = f"Составлено программой profdesk {day(dated)}"
    report = Report(title, school.full_name, (title, school.short_name), foot, dated, total)
    report.y = 16
    size, lines = fitted(bind(title), fonts.BOLD, (18, 16, 14, 12), ROOM * MM, 2)
    end = report.sheet.lines(LEFT, report.y + 6, lines, face=fonts.BOLD, size=size, colour=palette.INK)
    report.y = end - size * 1.3 / MM + 6
    report.y = report.sheet.paragraph(LEFT, report.y, bind(school.full_name), ROOM, size=9.5, colour=palette.SECOND) + 3
    counted = [one for grade in GRADES.values() if (one := domain.totals(found, grade)).people]
    for one in counted:
        _totals(report, one, year)
    report.paragraph(bind(_NOTE) if counted else "В этом году выпускников не было.", size=_SMALL)
    if listed:
        report.turn()
        report.heading("Список выпускников")
        _head(report)
        for graduate in listed:
            _line(report, words.line(graduate, titles))
    return report


def _totals(report: Report, found: Totals, year: int) -> None:
    report.subheading(f"{words.after(found.grade)}: {found.people}, записано {found.written}")
    _block(report, "Куда", [(told, number) for _, told, number in words.kinds(found)], found.people)
    demand = [(one.label(year), found.demand[one]) for one in Demand]
    _block(report, "Профессия", demand, found.professions)
    _block(report, "Намерение", [(one.label, found.met[one]) for one in Met], found.written)
    report.y += 3


def _block(report: Report, head: str, rows: Sequence[tuple[str, int]], among: int) -> None:
    """Counts as bars, each of how many; what nobody has is left out."""
    shown = [(told, number) for told, number in rows if number]
    if not shown:
        return
    report.need((len(shown) + 1) * _ROW)
    sheet = report.sheet
    sheet.text(LEFT, report.y + 3.6, head, face=fonts.BOLD, size=9, colour=palette.INK)
    sheet.text(RIGHT, report.y + 3.6, f"из {among}", size=_SMALL, colour=palette.SECOND, align="right")
    report.y += _ROW
    for told, number in shown:
        sheet.text(LEFT, report.y + 3.6, bind(told), size=_SIZE)
        sheet.box(_BAR, report.y + 0.9, _LONG, 3.4, fill=palette.GROUND)
        sheet.box(_BAR, report.y + 0.9, _LONG * number / among, 3.4, fill=palette.INK)
        sheet.text(RIGHT, report.y + 3.6, str(number), face=fonts.BOLD, size=_SIZE, align="right")
        report.y += _ROW
    report.y += 1.6


def _head(report: Report) -> None:
    report.table_head(
        [
            (_NAME, "Выпускник", "left"),
            (_GROUP, "Класс", "left"),
            (_MEANT, "Намерение", "left"),
            (_WHERE, "Куда", "left"),
            (_JOB, "Профессия", "left"),
        ]
    )


def _line(report: Report, one: words.Line) -> None:
    cells = (
        (_NAME, _NAME_ROOM, one.name, ""),
        (_GROUP, _GROUP_ROOM, one.graduate.leaver.group, ""),
        (_MEANT, _MEANT_ROOM, one.intended, "; ".join(filter(None, (one.beside, one.met)))),
        (_WHERE, _WHERE_ROOM, one.where, one.place),
        (_JOB, _JOB_ROOM, one.profession, one.demand),
    )
    told = [(x, _wrapped(first, _SIZE, room), _wrapped(second, _SMALL, room)) for x, room, first, second in cells]
    high = max(len(first) + len(second) for _, first, second in told) * _LINE + 2.6
    if report.need(high):
        _head(report)
    sheet, base = report.sheet, report.y + 4.2
    for x, first, second in told:
        end = sheet.lines(x, base, first, size=_SIZE, leading=_LINE * MM / _SIZE) if first else base
        if second:
            sheet.lines(x, end, second, size=_SMALL, colour=palette.SECOND, leading=_LINE * MM / _SMALL)
    report.y += high
    report.row_rule()


def _wrapped(told: str, size: float, room: float) -> list[str]:
    return wrap(bind(told), fonts.TEXT, size, room * MM) if told else []

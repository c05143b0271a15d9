"""The year's plan of events, trials and practices on paper, month by month, with what has become of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from profdesk.documents import fonts, palette
from profdesk.documents.report import LEFT, RIGHT, ROOM, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import bind, day, fitted, wrap
from profdesk.domain.activity_words import PlanLine
from profdesk.domain.organisation import Organisation
from profdesk.domain.school_year import SchoolYear

Months = Sequence[tuple[str, Sequence[PlanLine]]]

_WHAT, _WHERE, _HOURS = LEFT + 27, LEFT + 98, RIGHT - 26
_WHAT_ROOM, _WHERE_ROOM, _MARK_ROOM = 68, 41, 23
_SIZE, _SMALL, _LINE = 9.5, 8.3, 4.1


def activity_plan(organisation: Organisation, year: SchoolYear, about: str, months: Months, dated: date) -> bytes:
    """Draw two passes, the first to know how many pages there are; ``about`` says what of the plan it is."""
    pages = _draw(organisation, year, about, months, dated, 0).page
    return _draw(organisation, year, about, months, dated, pages).finish()


def _draw(organisation: Organisation, year: SchoolYear, about: str, months: Months, dated: date, total: int) -> Report:
    title = f"План проб и событий, {year.title} учебный год"
    foot = f"Составлено программой profdesk {day(dated)}"
    report = Report(title, organisation.full_name, (title, organisation.short_name), foot, dated, total)
    report.y = 16
    size, lines = fitted(bind(title), fonts.BOLD, (18, 16, 14, 12), ROOM * MM, 2)
    end = report.sheet.lines(LEFT, report.y + 6, lines, face=fonts.BOLD, size=size, colour=palette.INK)
    report.y = end - size * 1.3 / MM + 6
    words = ". ".join(filter(None, (organisation.full_name, about)))
    report.y = report.sheet.paragraph(LEFT, report.y, bind(words), ROOM, size=9.5, colour=palette.SECOND) + 3
    for month, some in months:
        report.subheading(month)
        _head(report)
        for line in some:
            _row(report, line)
        report.y += 5
    if not months:
        report.paragraph("В плане пока ничего нет.")
    return report


def _head(report: Report) -> None:
    report.table_head(
        [
            (LEFT + 1, "Когда", "left"),
            (_WHAT, "Что и для кого", "left"),
            (_WHERE, "Где и кто отвечает", "left"),
            (_HOURS, "Часов", "right"),
            (RIGHT - 1, "Отметка", "right"),
        ]
    )


def _row(report: Report, line: PlanLine) -> None:
    what = _wrapped(line.what, _SIZE, _WHAT_ROOM), _wrapped(line.about, _SMALL, _WHAT_ROOM)
    where = _wrapped(line.where, _SIZE, _WHERE_ROOM), _wrapped(line.who, _SMALL, _WHERE_ROOM)
    high = max(len(first) + len(second) for first, second in (what, where)) * _LINE + 2.6
    if report.need(max(high, 2 * _LINE + 2.6)):
        _head(report)
    sheet, base = report.sheet, report.y + 4.4
    sheet.text(LEFT + 1, base, line.when, size=_SIZE)
    sheet.text(LEFT + 1, base + _LINE, line.hour, size=_SMALL, colour=palette.SECOND)
    for x, (first, second) in ((_WHAT, what), (_WHERE, where)):
        end = sheet.lines(x, base, first, size=_SIZE, leading=_LINE * MM / _SIZE) if first else base
        if second:
            sheet.lines(x, end, second, size=_SMALL, colour=palette.SECOND, leading=_LINE * MM / _SMALL)
    sheet.text(_HOURS, base, line.hours, size=_SIZE, align="right")
    if line.mark:
        size, (mark, *_) = fitted(line.mark, fonts.TEXT, (_SIZE, 8.5, 7.5), _MARK_ROOM * MM, 1)
        sheet.text(RIGHT - 1, base, mark, size=size, align="right")
    report.y += max(high, 2 * _LINE + 2.6)
    report.row_rule()


def _wrapped(words: str, size: float, room: float) -> list[str]:
    return wrap(bind(words), fonts.TEXT, size, room * MM) if words else []

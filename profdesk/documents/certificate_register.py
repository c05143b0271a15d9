"""The register of certificates on paper: a line each, as it is asked for, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from profdesk.documents import fonts, palette
from profdesk.documents.report import LEFT, RIGHT, ROOM, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import bind, day, fitted, wrap
from profdesk.domain.certificate_register import Issued, Standing, counted
from profdesk.domain.organisation import Organisation
from profdesk.domain.school_year import SchoolYear

_NUMBER, _WHOM, _DAY, _WHO, _STATE = LEFT + 1, LEFT + 32, LEFT + 84, LEFT + 105, LEFT + 141
_ROOMS = {_NUMBER: 29.0, _WHOM: 50.0, _DAY: 20.0, _WHO: 34.0, _STATE: RIGHT - _STATE - 1}
_SIZE, _SMALL, _LINE = 9.0, 8.0, 4.0


def paper(
    school: Organisation,
    found: Sequence[Issued],
    names: Mapping[str, str],
    year: SchoolYear | None,
    words: str,
    dated: date,
) -> bytes:
    """Draw the lines in their order; ``names`` are those of users by id, ``words`` what the lines were searched by."""
    pages = _draw(school, found, names, year, words, dated, 0).page
    return _draw(school, found, names, year, words, dated, pages).finish()


def _draw(
    school: Organisation,
    found: Sequence[Issued],
    names: Mapping[str, str],
    year: SchoolYear | None,
    words: str,
    dated: date,
    total: int,
) -> Report:
    title = "Реестр сертификатов портфолио" + (f", {year.title} учебный год" if year else "")
    foot = f"Составлено программой profdesk {day(dated)}"
    report = Report(title, school.full_name, (title, school.short_name), foot, dated, total)
    report.y = 16
    report.sheet.bookmark(title)
    size, lines = fitted(bind(title), fonts.BOLD, (18, 16, 14, 12), ROOM * MM, 2)
    end = report.sheet.lines(LEFT, report.y + 6, lines, face=fonts.BOLD, size=size, colour=palette.INK)
    report.y = end - size * 1.3 / MM + 6
    report.y = report.sheet.paragraph(LEFT, report.y, bind(school.full_name), ROOM, size=9.5, colour=palette.SECOND) + 3
    sought = f" Показаны найденные по словам «{words}»." if words else ""
    report.paragraph(bind(f"Всего: {counted(found)}.{sought}"))
    _head(report)
    for one in found:
        _row(report, one, names.get(one.actor, ""))
    return report


def _head(report: Report) -> None:
    report.table_head(
        [
            (_NUMBER, "Номер", "left"),
            (_WHOM, "Кому", "left"),
            (_DAY, "Выдан", "left"),
            (_WHO, "Кто выдал", "left"),
            (_STATE, "Состояние", "left"),
        ]
    )


def _row(report: Report, one: Issued, who: str) -> None:
    cells = (
        (_NUMBER, one.number, ""),
        (_WHOM, one.pupil.full, one.whom),
        (_DAY, f"{one.issued_on:%d.%m.%Y}", ""),
        (_WHO, who, ""),
        (_STATE, one.state, one.note),
    )
    told = [(x, _wrapped(first, _SIZE, _ROOMS[x]), _wrapped(second, _SMALL, _ROOMS[x])) for x, first, second in cells]
    high = max(len(first) + len(second) for _, first, second in told) * _LINE + 2.6
    if report.need(high):
        _head(report)
    sheet, base = report.sheet, report.y + 4.2
    for x, first, second in told:
        spoilt = x == _STATE and one.standing is Standing.WITHDRAWN
        colour = palette.MISSED if spoilt else palette.TEXT
        end = sheet.lines(x, base, first, size=_SIZE, colour=colour, leading=_LINE * MM / _SIZE) if first else base
        if second:
            sheet.lines(x, end, second, size=_SMALL, colour=palette.SECOND, leading=_LINE * MM / _SMALL)
    report.y += high
    report.row_rule()


def _wrapped(told: str, size: float, room: float) -> list[str]:
    return wrap(bind(told), fonts.TEXT, size, room * MM) if told else []

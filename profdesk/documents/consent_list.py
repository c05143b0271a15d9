"""The list of consents of a class: who has which, in words and signs, for the folder where the papers lie."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from profdesk.documents import fonts, marks, palette
from profdesk.documents.report import LEFT, RIGHT, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import NBSP, bind, cut, day, fitted
from profdesk.domain.consents import ConsentBook, ConsentKind, ConsentState, PupilConsents, Standing
from profdesk.domain.organisation import Organisation
from profdesk.domain.people import Group

_NAME = LEFT + 9
_FIRST, _WIDE = LEFT + 67, 37.0
_MARK = 3.0
_SIZE, _SMALL, _HIGH = 9.5, 7.5, 8.7


def consent_list(organisation: Organisation, book: ConsentBook, groups: Sequence[Group], dated: date) -> bytes:
    """Draw two passes, the first to know how many pages there are; each class begins a page of its own."""
    pages = _draw(organisation, book, groups, dated, 0).page
    return _draw(organisation, book, groups, dated, pages).finish()


def _draw(organisation: Organisation, book: ConsentBook, groups: Sequence[Group], dated: date, total: int) -> Report:
    foot = f"Составлено программой profdesk {day(dated)} Состояние на {day(book.day)}"
    report = Report("Список согласий", organisation.full_name, (organisation.short_name, "Список согласий"), foot,
                    dated, total)  # fmt: skip
    report.header()
    for number, group in enumerate(groups):
        if number:
            report.turn()
        _group(report, book, group)
    return report


def _group(report: Report, book: ConsentBook, group: Group) -> None:
    title = f"группа {group.name.title}" if group.name.grade is None else f"{group.name.title} класс"
    counts = (
        f"{kind.head.lower()} {given}{NBSP}из{NBSP}{total}" for kind, (given, total) in _counts(book, group).items()
    )
    report.heading(bind(f"Список согласий, {title}"), bind(f"На {day(book.day)} действуют: {', '.join(counts)}."))
    _head(report)
    there = [one for one in book.pupils if one.group.id == group.id]
    for number, one in enumerate(there, 1):
        if report.need(_HIGH):
            _head(report)
        _row(report, number, one)
    if not there:
        report.paragraph("В классе никого нет.")
    _signature(report)


def _counts(book: ConsentBook, group: Group) -> dict[ConsentKind, tuple[int, int]]:
    return {kind: book.given(group.id, kind) for kind in ConsentKind}


def _head(report: Report) -> None:
    kinds = [(_FIRST + number * _WIDE, kind.head, "left") for number, kind in enumerate(ConsentKind)]
    report.table_head([(_NAME - 3, "№", "right"), (_NAME, "Обучающийся", "left"), *kinds])


def _row(report: Report, number: int, one: PupilConsents) -> None:
    sheet, base = report.sheet, report.y + 4.2
    sheet.text(_NAME - 3, base, str(number), size=_SMALL, colour=palette.SECOND, align="right")
    size, lines = fitted(one.pupil.name.full, fonts.TEXT, (_SIZE, 9, 8.5, 8), (_FIRST - _NAME - 3) * MM, 2)
    sheet.lines(_NAME, base, lines, size=size, leading=3.8 * MM / size)
    for place, kind in enumerate(ConsentKind):
        x, found = _FIRST + place * _WIDE, one.by_kind[kind]
        _mark(report, x + _MARK / 2, base - 1.2, found)
        words = bind(found.words)
        face = fonts.TEXT if found.state.allows else fonts.BOLD
        room = (_WIDE - _MARK - 2.6) * MM
        size, (words, *_) = fitted(words, face, (9, 8.5, 8, 7.5), room, 1)
        sheet.text(x + _MARK + 1.6, base, words, face=face, size=size)
        if found.second:
            second = cut(bind(found.second), fonts.TEXT, _SMALL - 0.5, room)
            sheet.text(x + _MARK + 1.6, base + 3.5, second, size=_SMALL - 0.5, colour=palette.SECOND)
    report.y += _HIGH
    report.row_rule()


def _mark(report: Report, x: float, y: float, found: Standing) -> None:
    """Tick, triangle, or a ring: valid, ends soon, or not there; a cross where it was withdrawn."""
    sheet, half = report.sheet, _MARK / 2
    if found.state is ConsentState.VALID:
        marks.tick(sheet, x, y, _MARK)
    elif found.state is ConsentState.ENDING:
        marks.triangle(sheet, x, y, _MARK)
    elif found.state is ConsentState.WITHDRAWN:
        for way in (-1, 1):
            ends = [(x - half * 0.8, y - way * half * 0.8), (x + half * 0.8, y + way * half * 0.8)]
            sheet.path(ends, stroke=palette.MISSED, line=1.1, closed=False)
    else:
        sheet.circle(x, y, half, stroke=palette.SECOND, line=0.8, dash=(1.6, 1.2))


def _signature(report: Report) -> None:
    report.need(14)
    y, sheet = report.y + 11, report.sheet
    sheet.text(LEFT, y, "Список сверен с бумагами", size=_SIZE)
    for left, right, caption in ((LEFT + 62, LEFT + 96, "дата"), (LEFT + 102, RIGHT, "подпись и расшифровка")):
        sheet.rule(left, y + 0.6, right, y + 0.6, colour=palette.TEXT, width=0.5)
        sheet.text((left + right) / 2, y + 3.7, caption, size=_SMALL, colour=palette.SECOND, align="center")
    report.y = y + 6

"""The journal of a school year's sessions: when, with whom, by what, how many sheets of each state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from profdesk.documents import fonts, palette, psychologist
from profdesk.documents.report import LEFT, RIGHT, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import NBSP, bind, wrap
from profdesk.domain.diagnostics import SessionView, SheetState
from profdesk.domain.organisation import Organisation
from profdesk.domain.school_year import SchoolYear

_DAY, _TITLE = LEFT + 10, LEFT + 30
_COUNTS = (
    (SheetState.COMPLETE, "полн.", RIGHT - 27),
    (SheetState.INCOMPLETE, "неполн.", RIGHT - 13),
    (SheetState.DOUBTFUL, "сомн.", RIGHT - 1),
)
_TITLE_ROOM = RIGHT - 38 - _TITLE
_SIZE, _SMALL = 9.5, 8.5
_LINE = 4.2


def journal(
    organisation: Organisation,
    year: SchoolYear,
    sessions: Sequence[SessionView],
    names: Mapping[str, str],
    dated: date,
) -> bytes:
    """Draw the sessions in the order they were held in; ``names`` are the psychologists' by id."""
    pages = _draw(organisation, year, sessions, names, dated, 0).page
    return _draw(organisation, year, sessions, names, dated, pages).finish()


def _draw(
    organisation: Organisation,
    year: SchoolYear,
    sessions: Sequence[SessionView],
    names: Mapping[str, str],
    dated: date,
    total: int,
) -> Report:
    title = f"Журнал сеансов диагностики, {year.title} учебный год"
    report = psychologist.begin(organisation, title, title, dated, total)
    if not sessions:
        report.paragraph("В этом учебном году сеансов нет.")
        return report
    report.paragraph(_summary(sessions))
    _head(report)
    ordered = sorted(sessions, key=lambda view: (view.session.held_on, view.session.id))
    for number, view in enumerate(ordered, 1):
        _row(report, number, view, names.get(view.session.actor, ""))
    return report


def _summary(sessions: Sequence[SessionView]) -> str:
    pupils = {one.pupil.id for view in sessions for one in view.sheets if one.sheet.answers}
    sheets = sum(len(view.sheets) for view in sessions)
    return f"Сеансов — {len(sessions)}, бланков — {sheets}, отвечало учеников — {len(pupils)}."


def _head(report: Report) -> None:
    report.table_head(
        [
            (_DAY - 3, "№", "right"),
            (_DAY, "Дата", "left"),
            (_TITLE, "Методика; класс, место, кто проводит", "left"),
            *((x, words, "right") for _, words, x in _COUNTS),
        ]
    )


def _row(report: Report, number: int, view: SessionView, who: str) -> None:
    session, sheet = view.session, report.sheet
    title = wrap(bind(view.instrument.title), fonts.TEXT, _SIZE, _TITLE_ROOM * MM)
    about = wrap(_about(view, who), fonts.TEXT, _SMALL, _TITLE_ROOM * MM)
    high = (len(title) + len(about)) * _LINE + 2
    if report.need(high):
        _head(report)
    base = report.y + 4.2
    sheet.text(_DAY - 3, base, str(number), size=_SMALL, colour=palette.SECOND, align="right")
    sheet.text(_DAY, base, f"{session.held_on:%d.%m.%Y}", size=_SMALL)
    end = sheet.lines(_TITLE, base, title, size=_SIZE, leading=_LINE * MM / _SIZE)
    sheet.lines(_TITLE, end, about, size=_SMALL, colour=palette.SECOND, leading=_LINE * MM / _SMALL)
    states = view.states()
    for state, _, x in _COUNTS:
        count = states.get(state, 0)
        words, colour = (str(count), palette.TEXT) if count else ("—", palette.RULE)
        sheet.text(x, base, words, size=_SIZE, colour=colour, align="right")
    report.y += high
    report.row_rule()


def _about(view: SessionView, who: str) -> str:
    """Class, place, who holds it; then those without answers, and whether it goes on."""
    session, states = view.session, view.states()
    without = [
        f"{state.label}{NBSP}— {states[state]}"
        for state in (SheetState.ABSENT, SheetState.REFUSED, SheetState.NOT_BEGUN, SheetState.HIDDEN)
        if state in states
    ]
    parts = (session.group_title, session.place, who, *without, "" if session.closed_at else "не закончен")
    return bind(", ".join(filter(None, parts)))

"""What the psychologist's reports have in common: head, title, and how many sheets there are of each state."""

from __future__ import annotations

from datetime import date

from profdesk.documents import fonts, marks, palette
from profdesk.documents.report import LEFT, ROOM, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import NBSP, bind, day, fitted
from profdesk.domain.diagnostic_papers import SessionFacts
from profdesk.domain.diagnostics import SheetState
from profdesk.domain.organisation import Organisation

PRIVATE = "Только для педагога-психолога"
_ORDER = (
    SheetState.COMPLETE,
    SheetState.INCOMPLETE,
    SheetState.DOUBTFUL,
    SheetState.REFUSED,
    SheetState.ABSENT,
    SheetState.NOT_BEGUN,
    SheetState.HIDDEN,
)
_TITLE = (18.0, 16.0, 14.0, 12.0)


def paper(facts: SessionFacts, title: str, dated: date, total: int) -> Report:
    """Begin a report about a session."""
    session = facts.result.view.session
    about = ", ".join(filter(None, (session.group_title, day(session.held_on))))
    return begin(facts.organisation, title, f"{title}: {about}", dated, total)


def begin(organisation: Organisation, title: str, full: str, dated: date, total: int) -> Report:
    """Begin a report under its title; ``full`` names the file."""
    foot = f"Составлено программой profdesk {day(dated)} Хранится у педагога-психолога."
    report = Report(full, organisation.full_name, (organisation.short_name, PRIVATE), foot, dated, total)
    report.header()
    size, lines = fitted(bind(title), fonts.BOLD, _TITLE, ROOM * MM, 2)
    report.sheet.bookmark(title)
    end = report.sheet.lines(LEFT, report.y + 4, lines, face=fonts.BOLD, size=size, colour=palette.INK, leading=1.2)
    report.y = end - size * 1.2 / MM + 5.5
    return report


def counts(report: Report, facts: SessionFacts) -> None:
    """Each state there is, its mark beside its word and how many."""
    states = facts.result.view.states()
    x, y = LEFT + 1.6, report.y + 3
    for state in _ORDER:
        if state in states:
            marks.sheet_state(report.sheet, x, y - 1.1, state)
            words = f"{state.label}{NBSP}— {states[state]}".replace(" ", NBSP)
            report.sheet.text(x + 3, y, words, size=9.5)
            x += 10 + fonts.width(words, fonts.TEXT, 9.5) / MM
    report.y += 7

"""The cover of a signed document: whose it is, its title, how many indicators reach their targets, facts."""

from __future__ import annotations

from collections.abc import Sequence

from profdesk.documents import fonts, marks, palette
from profdesk.documents.report import LEFT, RIGHT, ROOM, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import balanced, bind, fitted
from profdesk.domain import plural
from profdesk.domain.summary import State

_NO_RESULT = (State.NO_TARGET, State.NOBODY, State.HIDDEN)


def title(
    report: Report, whose: Sequence[str], for_whom: Sequence[str], kicker: str, words: Sequence[str], below: str
) -> None:
    """Draw down to where the verdicts stand; ``below`` is the line under the title."""
    sheet = report.sheet
    left = [line for part in whose for line in balanced(part, fonts.TEXT, 9.6, 100 * MM)]
    right = [line for part in for_whom for line in balanced(part, fonts.TEXT, 9.6, 60 * MM)]
    end = sheet.lines(LEFT, 22, left, size=9.6, colour=palette.SECOND)
    sheet.lines(RIGHT, 22, right, size=9.6, colour=palette.SECOND, align="right")
    top = max(end + 10, 52)
    sheet.box(LEFT, top, 3, 37, fill=palette.INK)
    sheet.text(LEFT + 9, top + 5, kicker, face=fonts.BOLD, size=11, colour=palette.KICKER, tracking=1.2)
    sheet.lines(LEFT + 9, top + 15, words, face=fonts.SERIF, size=20, colour=palette.INK, leading=1.3)
    size, line = fitted(bind(below), fonts.TEXT, (12, 10.5, 9), (ROOM - 9) * MM, 1)
    sheet.lines(LEFT + 9, top + 35, line, size=size)
    report.y = top + 46


def verdicts(report: Report, states: Sequence[State]) -> None:
    """Three boxes: how many indicators reach their targets, do not, and have no result."""
    wide = (ROOM - 6) / 3
    words = "без цели" if {State.HIDDEN, State.NOBODY}.isdisjoint(states) else "без итога"
    for column, (state, count, (one, many)) in enumerate(
        (
            (State.REACHED, states.count(State.REACHED), ("достиг цели", "достигли цели")),
            (State.BELOW, states.count(State.BELOW), ("не достиг цели", "не достигли цели")),
            (State.NO_TARGET, sum(state in _NO_RESULT for state in states), (words, words)),
        )
    ):
        x = LEFT + column * (wide + 3)
        report.sheet.box(x, report.y, wide, 27, stroke=palette.RULE, radius=2)
        marks.state(report.sheet, x + 10, report.y + 12, state, 6.6)
        report.sheet.text(x + 18, report.y + 15, str(count), face=fonts.BOLD, size=24)
        told = plural.word(count, f"показатель {one}", f"показателя {many}", f"показателей {many}")
        report.sheet.text(x + 6, report.y + 22.5, told, size=8.8, colour=palette.SECOND)
    report.y += 38


def fact(report: Report, label: str, words: str) -> None:
    """A line of the cover's table."""
    sheet = report.sheet
    sheet.rule(LEFT, report.y, RIGHT, report.y, width=0.35)
    sheet.text(LEFT, report.y + 5.2, label, face=fonts.BOLD, size=9.5, colour=palette.INK)
    report.y = sheet.paragraph(LEFT + 42, report.y + 5.2, words, ROOM - 42, size=9.5) - 1.2

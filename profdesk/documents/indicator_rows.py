"""Rows of indicators: wording and rule, numerator, denominator, percent, target, verdict, a bar under the figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from profdesk.documents import fonts, marks, palette
from profdesk.documents.report import LEFT, RIGHT, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import HIDDEN, NBSP, decimal, fitted, number, told, wrap
from profdesk.domain import plural
from profdesk.domain.summary import State

HEAD = [
    (LEFT + 2, "Показатель и правило", "left"),
    (LEFT + 92, "Числитель", "right"),
    (LEFT + 114, "Знаменатель", "right"),
    (LEFT + 127, "%", "right"),
    (LEFT + 143, "Цель, %", "right"),
    (LEFT + 146, "Состояние", "left"),
]
_BAR = (LEFT + 78.0, 99.0)


@dataclass(frozen=True)
class Row:
    """An indicator; None is hidden. ``below`` is the small text under the title, ``verdict`` stands beside the mark.

    ``note`` stands under the bar, ``before`` is the share of an earlier span.
    """

    title: str
    below: str
    numerator: int | None
    denominator: int | None
    percent: Decimal | None
    target: Decimal | None
    state: State
    verdict: str
    note: str = ""
    before: float | None = None


def draw(report: Report, row: Row) -> None:
    """Draw one row, on the next page under a head of its own if there is no room."""
    title = wrap(row.title, fonts.BOLD, 9.6, 70 * MM)
    below = wrap(row.below, fonts.TEXT, 8.3, 70 * MM)
    note = wrap(row.note, fonts.TEXT, 8.3, _BAR[1] * MM) if row.note else []
    height = max(17.5, 5 + len(title) * 4.5 + len(below) * 3.9, 16.6 + len(note) * 3.9)
    if report.need(height + 2):
        report.table_head(HEAD)
    sheet, y = report.sheet, report.y + 6
    end = sheet.lines(LEFT + 2, y, title, face=fonts.BOLD, size=9.6)
    sheet.lines(LEFT + 2, end - 0.3, below, size=8.3, colour=palette.SECOND)
    _figures(report, row, y)
    if row.denominator and row.numerator is not None:
        aim = None if row.target is None else float(row.target) / 100
        marks.bullet(sheet, _BAR[0], y + 4.6, _BAR[1], row.numerator / row.denominator, aim, before=row.before)
    sheet.lines(_BAR[0], y + 12.6, note, size=8.3, colour=palette.SECOND)
    report.y += height
    report.row_rule()


def _figures(report: Report, row: Row, y: float) -> None:
    sheet = report.sheet
    sheet.text(LEFT + 92, y, told(row.numerator), align="right")
    sheet.text(LEFT + 114, y, told(row.denominator), align="right")
    share = HIDDEN if row.state is State.HIDDEN else decimal(row.percent)
    sheet.text(LEFT + 127, y, share, face=fonts.BOLD, align="right")
    target = "—" if row.target is None else f"≥{NBSP}{decimal(row.target)}"
    sheet.text(LEFT + 143, y, target, align="right")
    marks.state(sheet, LEFT + 148.4, y - 1.3, row.state)
    face = fonts.BOLD if row.state is State.BELOW else fonts.TEXT
    size, words = fitted(row.verdict, face, (8.4, 7.8, 7.2, 6.6), (RIGHT - LEFT - 152) * MM, 1)
    sheet.lines(LEFT + 152, y, words, face=face, size=size)


def verdict(state: State, shortage: int, *, of_people: bool) -> str:
    """How an indicator stands, as papers say it; of organisations it is said of the one that has it not."""
    match state:
        case State.REACHED:
            return "достигнут"
        case State.BELOW:
            return f"не{NBSP}хватает{NBSP}{number(shortage)}{NBSP}чел." if of_people else f"пока{NBSP}нет"
        case State.NO_TARGET:
            return "цель не задана"
        case State.NOBODY:
            return "считать некого"
        case State.HIDDEN:
            return "скрыто"


def verdict_of_many(state: State, shortage: int, *, of_people: bool) -> str:
    """The same of many organisations."""
    if state is State.BELOW and not of_people:
        missing = plural.counted(shortage, "организации", "организаций", "организаций")
        return f"не хватает {missing}".replace(" ", NBSP)
    return verdict(state, shortage, of_people=of_people)

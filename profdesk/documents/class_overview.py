"""The overview of a class on paper: completeness, stages of every competency, who changed most."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from profdesk.documents import fonts, marks, palette, stage_bars
from profdesk.documents.report import LEFT, RIGHT, ROOM, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import NBSP, cut, day, fitted
from profdesk.domain.class_overview import ClassOverview, PupilChange, leading
from profdesk.domain.organisation import Organisation
from profdesk.domain.people import pupil_words
from profdesk.domain.summary import StageCounts, State

_COLUMN = (ROOM - 8) / 2
_LINE = 5.2


def class_overview(facts: ClassOverview, organisation: Organisation, dated: date) -> bytes:
    """Draw two passes, the first to know how many pages there are."""
    pages = _draw(facts, organisation, dated, 0).page
    return _draw(facts, organisation, dated, pages).finish()


def _draw(facts: ClassOverview, organisation: Organisation, dated: date, total: int) -> Report:
    group, period = facts.grid.group.name.title, facts.grid.period.title
    title = f"Обзор портфолио: {group}, {period}"
    foot = f"Составлено программой profdesk {day(dated)} Лист содержит сведения о детях: храните его как журнал."
    head = (f"{group}, {period}", organisation.short_name)
    report = Report(title, organisation.full_name, head, foot, dated, total)
    report.y = 16
    size, lines = fitted(f"Обзор портфолио: {group}", fonts.BOLD, (18, 16, 14, 12), ROOM * MM, 2)
    end = report.sheet.lines(LEFT, report.y + 6, lines, face=fonts.BOLD, size=size, colour=palette.INK)
    report.y = end - size * 1.3 / MM - 6
    words = f"{period}. {organisation.full_name}"
    report.y = report.sheet.paragraph(LEFT, report.y + 12, words, ROOM, size=9.5, colour=palette.SECOND) + 2
    _figures(report, facts)
    _extremes(report, facts)
    _stages(report, facts)
    _changes(report, facts)
    _unfinished(report, facts)
    return report


def _figures(report: Report, facts: ClassOverview) -> None:
    pupils = len(facts.grid.pupils)
    risen = sum(len(change.risen) for change in facts.changes)
    rows = (
        (f"{facts.complete} из {pupils}", "портфолио заполнены за учебный год"),
        (str(pupils - facts.complete), "не заполнены, они названы в конце"),
        (str(risen) if facts.compared else "—", "оценок стали выше с прошлого полугодия"),
    )
    wide = (ROOM - 6) / 3
    for column, (figure, words) in enumerate(rows):
        x = LEFT + column * (wide + 3)
        report.sheet.box(x, report.y, wide, 23, stroke=palette.RULE, radius=2)
        report.sheet.text(x + 5, report.y + 9.5, figure.replace(" ", NBSP), face=fonts.BOLD, size=17)
        report.sheet.paragraph(x + 5, report.y + 15, words, wide - 9, size=8.3, colour=palette.SECOND)
    report.y += 30


def _extremes(report: Report, facts: ClassOverview) -> None:
    """The strongest and the weakest side by side."""
    if not facts.strongest and not facts.weakest:
        report.paragraph("Сильные и слабые стороны класса не названы: оценок пока мало или они одинаковы.")
        return
    top = report.y
    ends = [
        _side(report, LEFT, top, "Сильнее всего", facts.strongest),
        _side(report, LEFT + _COLUMN + 8, top, "Где помочь классу", facts.weakest),
    ]
    report.y = max(ends) + 3


def _side(report: Report, x: float, y: float, heading: str, rows: Sequence[StageCounts]) -> float:
    sheet = report.sheet
    sheet.text(x, y + 4, heading, face=fonts.BOLD, size=12, colour=palette.INK)
    y += 10
    for row in rows:
        sheet.text(x, y + 1, row.competency.plain_short, size=9.5)
        share = f"{row.high}{NBSP}из{NBSP}{row.assessed}"
        sheet.text(x + _COLUMN, y + 1, share, face=fonts.BOLD, size=9.5, align="right")
        sheet.rule(x, y + 2.6, x + _COLUMN, y + 2.6, width=0.35)
        y += _LINE + 0.6
    sheet.text(x, y + 0.6, "на двух высших стадиях среди оценённых", size=8, colour=palette.SECOND)
    return y + 3


def _stages(report: Report, facts: ClassOverview) -> None:
    report.need(24 + 6.6 * len(facts.competencies))
    whose = pupil_words([facts.grid.group.name])[2]
    report.heading(
        "Стадии компетенций", f"Число {whose} на каждой стадии; справа доля двух высших стадий среди оценённых."
    )
    stage_bars.legend(report, facts.scale)
    for row in facts.competencies:
        stage_bars.bar(report, row, row.assessed)
    report.y += 6


def _changes(report: Report, facts: ClassOverview) -> None:
    report.need(40)
    report.heading("Кто изменился больше всего", "По сравнению с прошлым полугодием.")
    if not facts.compared:
        report.paragraph("Сравнить не с чем: в прошлом полугодии здесь не оценивали.")
        return
    if not facts.changes:
        report.paragraph("Стадии те же, что в прошлом полугодии.")
        return
    titles = {row.competency.code: row.competency.plain_short for row in facts.competencies}
    for change in leading(facts.changes):
        report.paragraph(f"{change.pupil.name.short}: {_in_words(change, titles)}.")


def _in_words(change: PupilChange, titles: dict[str, str]) -> str:
    parts = []
    if change.risen:
        parts.append("выше — " + ", ".join(titles[code].lower() for code in change.risen))
    if change.fallen:
        parts.append("ниже — " + ", ".join(titles[code].lower() for code in change.fallen))
    return "; ".join(parts)


def _unfinished(report: Report, facts: ClassOverview) -> None:
    if not facts.unfinished:
        return
    report.need(24)
    report.y += 3
    report.heading("У кого портфолио не заполнено")
    for pupil, done in facts.unfinished:
        report.need(6.4)
        y = report.y + 4.2
        marks.state(report.sheet, LEFT + 2, y - 1.2, State.BELOW, 3.2)
        report.sheet.text(LEFT + 6, y, cut(pupil.name.short, fonts.TEXT, 9.5, 130 * MM), size=9.5)
        words = f"не{NBSP}хватает{NBSP}{done.missing} из{NBSP}{done.total}" if done.assessed else "не начато"
        report.sheet.text(RIGHT, y, words, size=9.5, align="right")
        report.y += 6
        report.row_rule()

"""What is left to do on paper: for a meeting, with a box to tick off each; classes are named, pupils never."""

from __future__ import annotations

from collections.abc import Sequence

from profdesk.documents import fonts, marks, palette
from profdesk.documents.report import LEFT, RIGHT, ROOM, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import bind, day, fitted, number, wrap
from profdesk.domain import overview_words as words
from profdesk.domain.organisation import Organisation
from profdesk.domain.overview import MONTHS, Bar, Course, Overview, Reading
from profdesk.domain.overview_words import Told

_WORDS, _BOX = LEFT + 17, 4.4
_TASK_ROOM = RIGHT - 12 - _WORDS
_SIZE, _SMALL, _LINE, _SMALL_LINE = 10.5, 8.5, 4.8, 4.1
_BAR_LEFT, _BAR_ROOM = LEFT + 62, 60.0
_BAR_HIGH = 11.5
_CHART_HIGH, _CHART_LEFT, _CHART_RIGHT = 36.0, LEFT + 9, RIGHT - 16


def overview_paper(organisation: Organisation, whose: str, reading: Reading, found: Overview) -> bytes:
    """Draw two passes, the first to know how many pages there are; ``whose`` says what scope it is."""
    pages = _draw(organisation, whose, reading, found, 0).page
    return _draw(organisation, whose, reading, found, pages).finish()


def _draw(organisation: Organisation, whose: str, reading: Reading, found: Overview, total: int) -> Report:
    title, dated = "Что осталось сделать", reading.today
    head = (f"{title}, {dated:%d.%m.%Y}", organisation.short_name)
    report = Report(title, organisation.full_name, head, f"Составлено программой profdesk {day(dated)}", dated, total)
    report.y = 16
    report.sheet.text(LEFT, report.y + 6, title, face=fonts.BOLD, size=18, colour=palette.INK)
    about = f"{whose}. {words.weekday(dated)}. {organisation.full_name}"
    report.y = report.sheet.paragraph(LEFT, report.y + 13, bind(about), ROOM, size=9.5, colour=palette.SECOND) + 3
    _tasks(report, [words.tell(task, reading.programme, dated) for task in found.tasks])
    _bars(report, found.bars)
    _year(report, found)
    return report


def _tasks(report: Report, told: Sequence[Told]) -> None:
    if not told:
        report.paragraph("На этот день всё сделано.", size=_SIZE)
        report.y += 4
    for heading, soon in (("Этот месяц", False), ("Скоро", True)):
        own = [one for one in told if one.task.soon is soon]
        if own:
            report.subheading(heading)
        for one in own:
            _task(report, one)
        report.y += 4 if own else 0


def _task(report: Report, told: Told) -> None:
    """A number, what it counts, and a box to tick off when it is done."""
    urgent = f" ({told.chip})" if told.chip else ""
    what = wrap(f"{told.words}{urgent}", fonts.BOLD, _SIZE, _TASK_ROOM * MM)
    below = wrap(told.detail, fonts.TEXT, _SMALL, _TASK_ROOM * MM)
    high = len(what) * _LINE + len(below) * _SMALL_LINE + 2.6
    report.need(high)
    sheet, base = report.sheet, report.y + 4.6
    sheet.text(_WORDS - 4, base, number(told.task.count), face=fonts.BOLD, size=13, align="right")
    end = sheet.lines(_WORDS, base, what, face=fonts.BOLD, size=_SIZE, leading=_LINE * MM / _SIZE)
    sheet.lines(_WORDS, end - 0.5, below, size=_SMALL, colour=palette.SECOND, leading=_SMALL_LINE * MM / _SMALL)
    sheet.box(RIGHT - _BOX, report.y + 1.8, _BOX, _BOX, stroke=palette.SECOND, line=0.7)
    report.y += high
    report.row_rule()


def _bars(report: Report, bars: Sequence[Bar]) -> None:
    if not bars:
        return
    report.need(14 + _BAR_HIGH * len(bars))
    report.heading("Охват", "Чёрточка на полоске — цель программы.")
    for bar in bars:
        _bar(report, bar)
    report.y += 5


def _bar(report: Report, bar: Bar) -> None:
    sheet, figure, y = report.sheet, bar.figure, report.y + 4.2
    face = fonts.BOLD if bar.total else fonts.TEXT
    room = (_BAR_LEFT - LEFT - 4) * MM
    size, (title, *_) = fitted(words.bar_title(bar), face, (10, 9, 8), room, 1)
    sheet.text(LEFT, y, title, face=face, size=size)
    size, (rule, *_) = fitted(figure.indicator.rule.short, fonts.TEXT, (8, 7.5), room, 1)
    sheet.text(LEFT, y + 3.9, rule, size=size, colour=palette.SECOND)
    target = figure.indicator.target
    share = figure.numerator / figure.denominator
    marks.bullet(sheet, _BAR_LEFT, y - 2.4, _BAR_ROOM, share, None if target is None else float(target) / 100)
    sheet.text(_BAR_LEFT, y + 4.6, bind(words.of_all(bar)), size=8, colour=palette.SECOND)
    sheet.text(_BAR_LEFT + _BAR_ROOM, y + 4.6, bind(words.aim(bar)), size=8, colour=palette.SECOND, align="right")
    sheet.text(_BAR_LEFT + _BAR_ROOM + 18, y, bind(words.share(bar)), face=fonts.BOLD, size=10, align="right")
    marks.state(sheet, _BAR_LEFT + _BAR_ROOM + 24, y - 1.3, figure.state, 3.4)
    sheet.text(_BAR_LEFT + _BAR_ROOM + 27.5, y, bind(words.verdict(figure)), size=9)
    report.y += _BAR_HIGH


def _year(report: Report, found: Overview) -> None:
    """Portfolios begun by the end of each month: now a line with dots, the year before dashed."""
    report.need(_CHART_HIGH + 28)
    report.heading("Начато портфолио", bind(f"{words.course_title(found)} от всех обучающихся на конец месяца."))
    sheet, top = report.sheet, report.y + 3
    bottom = top + _CHART_HIGH
    for tick in range(0, 101, 25):
        y = bottom - _CHART_HIGH * tick / 100
        sheet.rule(_CHART_LEFT, y, _CHART_RIGHT, y, width=0.35)
        sheet.text(_CHART_LEFT - 2, y + 1, str(tick), size=8, colour=palette.SECOND, align="right")
    for month, name in enumerate(words.MONTHS):
        sheet.text(_x(month), bottom + 4.4, name, size=8, colour=palette.SECOND, align="centre")
    if found.aim is not None:
        y = bottom - _CHART_HIGH * min(1.0, found.aim)
        sheet.path([(_CHART_LEFT, y), (_CHART_RIGHT, y)], stroke=palette.TEXT, line=0.8, closed=False, dash=(4, 2))
        sheet.text(_CHART_RIGHT + 2, y + 1, "цель", size=8)
    before, now = _points(found.before, bottom), _points(found.now, bottom)
    if len(before) > 1:
        sheet.path(before, stroke=palette.SECOND, line=0.9, closed=False, dash=(2, 2))
    if len(now) > 1:
        sheet.path(now, stroke=palette.INK, line=1.4, closed=False)
    for x, y in now:
        sheet.circle(x, y, 0.9, fill=palette.INK)
    if now:
        x, y = now[-1]
        share = bind(f"{round(found.now.shares[-1] * 100)} %")
        sheet.text(x + 2, max(y - 1.6, top - 1.4), share, face=fonts.BOLD, size=9)
    report.y = bottom + 10


def _points(course: Course, bottom: float) -> list[tuple[float, float]]:
    return [(_x(month), bottom - _CHART_HIGH * share) for month, share in enumerate(course.shares)]


def _x(month: int) -> float:
    return _CHART_LEFT + (_CHART_RIGHT - _CHART_LEFT) * month / (MONTHS - 1)

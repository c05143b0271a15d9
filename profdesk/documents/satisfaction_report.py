"""A year's answers of parents on paper: every level, every question, what share is content."""

from __future__ import annotations

from datetime import date

from reportlab.lib.colors import Color

from profdesk.documents import fonts, palette
from profdesk.documents.report import LEFT, RIGHT, ROOM, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import NBSP, bind, day, decimal, fitted, wrap
from profdesk.domain import satisfaction
from profdesk.domain.organisation import Organisation
from profdesk.domain.plural import counted
from profdesk.domain.satisfaction import Form, LevelAnswers, Question, YearAnswers

_BAR, _WIDE, _HIGH = LEFT + 82.0, 66.0, 5.2
_WORDS = 78.0
_LEAST = 3.4


def satisfaction_report(organisation: Organisation, form: Form, found: YearAnswers, dated: date) -> bytes:
    """Draw two passes, the first to know how many pages there are."""
    pages = _draw(organisation, form, found, dated, 0).page
    return _draw(organisation, form, found, dated, pages).finish()


def _draw(organisation: Organisation, form: Form, found: YearAnswers, dated: date, total: int) -> Report:
    title = f"Что думают родители, {found.year.title} учебный год"
    foot = f"Составлено программой profdesk {day(dated)}"
    report = Report(title, organisation.full_name, (title, organisation.short_name), foot, dated, total)
    report.y = 16
    size, lines = fitted(bind(title), fonts.BOLD, (18, 16, 14), ROOM * MM, 2)
    report.y = report.sheet.lines(LEFT, report.y + 6, lines, face=fonts.BOLD, size=size, colour=palette.INK)
    words = f"{organisation.full_name}. {_asked(found)}"
    report.y = report.sheet.paragraph(LEFT, report.y, bind(words), ROOM, size=9.5, colour=palette.SECOND) + 2
    if found.levels:
        _legend(report, form)
        for one in (found.whole, *found.levels) if len(found.levels) > 1 else found.levels:
            _level(report, form, one)
    else:
        report.paragraph("Анкет пока нет.")
    return report


def _asked(found: YearAnswers) -> str:
    """«Встреч для родителей 5, анкеты собраны после 4»."""
    meetings = counted(found.meetings, "встреча", "встречи", "встреч").replace(" ", NBSP)
    asked = found.whole.activities
    return f"Для родителей: {meetings}, анкеты собраны после {asked}. Анкеты без подписи, здесь только числа."


def _legend(report: Report, form: Form) -> None:
    sheet, x = report.sheet, LEFT
    for number, answer in enumerate(form.answers):
        sheet.box(x, report.y, 4, 3.2, fill=_shade(form, number), stroke=palette.INK, line=0.4)
        sheet.text(x + 5.5, report.y + 2.7, answer.title, size=8, colour=palette.SECOND)
        x += 11 + fonts.width(answer.title, fonts.TEXT, 8) / MM
    report.y += 8


def _level(report: Report, form: Form, one: LevelAnswers) -> None:
    report.need(16 + 11 * len(form.questions))
    report.subheading(one.title)
    held = counted(one.activities, "встреча", "встречи", "встреч")
    forms = counted(one.tally.forms, "анкета", "анкеты", "анкет")
    report.table_head(
        [(LEFT + 1, f"{held}, {forms}", "left"), (_BAR, "Ответы", "left"), (RIGHT - 17, "Ответили", "right"),
         (RIGHT - 1, "Довольны", "right")]
    )  # fmt: skip
    for question in form.questions:
        _row(report, form, one, question)
    report.y += 5


def _row(report: Report, form: Form, one: LevelAnswers, question: Question) -> None:
    face = fonts.BOLD if question.code == form.whole else fonts.TEXT
    lines = wrap(bind(question.text), face, 9.5, _WORDS * MM)
    high = len(lines) * 4.2 + 3.4
    report.need(high)
    sheet, base = report.sheet, report.y + 4.6
    sheet.lines(LEFT + 1, base, lines, face=face, size=9.5, leading=4.2 * MM / 9.5)
    answered, x = one.tally.answered(question.code), _BAR
    for number, answer in enumerate(form.answers):
        count = one.tally.counts.get((question.code, answer.code), 0)
        wide = _WIDE * count / answered if answered else 0.0
        if wide:
            sheet.box(x, base - 3.9, wide, _HIGH, fill=_shade(form, number), stroke=palette.INK, line=0.3)
        if wide >= _LEAST + 1.4 * (len(str(count)) - 1):
            colour = palette.WHITE if number == 0 else palette.TEXT
            sheet.text(x + wide / 2, base - 0.3, str(count), size=7.5, colour=colour, align="centre")
        x += wide
    sheet.text(RIGHT - 17, base, str(answered), size=9.5, align="right")
    percent = satisfaction.share(form, one.tally, question.code)
    told = "—" if percent is None else f"{decimal(percent)}{NBSP}%"
    sheet.text(RIGHT - 1, base, told, face=fonts.BOLD, size=9.5, align="right")
    report.y += high
    report.row_rule()


def _shade(form: Form, number: int) -> Color:
    """The first answer darkest, the last one white."""
    top = len(form.answers) - 1
    return palette.stage(top - number, top)

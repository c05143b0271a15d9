"""The parts of the summary's paper, each drawn down a report from where it stands."""

from __future__ import annotations

from decimal import Decimal

from profdesk.documents import fonts, marks, palette, stage_bars
from profdesk.documents.report import LEFT, RIGHT, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import HIDDEN, NBSP, balanced, decimal, fitted, number, told, wrap
from profdesk.domain.programme import Indicator
from profdesk.domain.published import PublishedCoverage, PublishedFigure, PublishedSummary
from profdesk.domain.summary import State

_HEAD = [
    (LEFT + 2, "Показатель и правило", "left"),
    (LEFT + 92, "Числитель", "right"),
    (LEFT + 114, "Знаменатель", "right"),
    (LEFT + 127, "%", "right"),
    (LEFT + 143, "Цель, %", "right"),
    (LEFT + 146, "Состояние", "left"),
]
_BAR = (LEFT + 78.0, 99.0)


def figures(report: Report, summary: PublishedSummary) -> None:
    """Every figure with its rule, numerator, denominator, target and bar."""
    report.turn()
    report.heading(
        "Показатели и цели",
        "Процент считается от числителя и знаменателя той же строки; проценты не усредняются. "
        "Чёрточка на полоске — цель.",
    )
    report.table_head(_HEAD)
    section = ""
    for figure in summary.figures:
        if figure.indicator.section != section:
            section = figure.indicator.section
            if report.need(34):
                report.table_head(_HEAD)
            report.sheet.text(LEFT + 2, report.y + 6, section, face=fonts.BOLD, size=9, colour=palette.SECOND)
            report.y += 8.5
        _figure(report, figure)


def _figure(report: Report, figure: PublishedFigure) -> None:
    indicator = figure.indicator
    title = wrap(indicator.title, fonts.BOLD, 9.6, 70 * MM)
    source = f" Число сообщено: {figure.source.rstrip('.')}." if figure.source else ""
    rule = wrap(f"{indicator.rule.text} {_rule_code(indicator)}{source}", fonts.TEXT, 8.3, 70 * MM)
    height = max(17.5, 5 + len(title) * 4.5 + len(rule) * 3.9)
    if report.need(height + 2):
        report.table_head(_HEAD)
    sheet, y = report.sheet, report.y + 6
    below = sheet.lines(LEFT + 2, y, title, face=fonts.BOLD, size=9.6)
    sheet.lines(LEFT + 2, below - 0.3, rule, size=8.3, colour=palette.SECOND)
    sheet.text(LEFT + 92, y, told(figure.numerator), align="right")
    sheet.text(LEFT + 114, y, told(figure.denominator), align="right")
    share = HIDDEN if figure.state is State.HIDDEN else decimal(figure.percent)
    sheet.text(LEFT + 127, y, share, face=fonts.BOLD, align="right")
    target = "—" if indicator.target is None else f"≥{NBSP}{decimal(indicator.target)}"
    sheet.text(LEFT + 143, y, target, align="right")
    marks.state(sheet, LEFT + 148.4, y - 1.3, figure.state)
    face = fonts.BOLD if figure.state is State.BELOW else fonts.TEXT
    size, words = fitted(_state(figure), face, (8.4, 7.8, 7.2, 6.6), (RIGHT - LEFT - 152) * MM, 1)
    sheet.lines(LEFT + 152, y, words, face=face, size=size)
    if figure.denominator and figure.numerator is not None:
        aim = None if indicator.target is None else float(indicator.target) / 100
        marks.bullet(sheet, _BAR[0], y + 4.6, _BAR[1], figure.numerator / figure.denominator, aim)
    report.y += height
    report.row_rule()


def _state(figure: PublishedFigure) -> str:
    match figure.state:
        case State.REACHED:
            return "достигнут"
        case State.BELOW:
            short = f"не{NBSP}хватает{NBSP}{number(figure.shortage)}{NBSP}чел."
            return short if figure.of_people else f"пока{NBSP}нет"
        case State.NO_TARGET:
            return "цель не задана"
        case State.NOBODY:
            return "считать некого"
        case State.HIDDEN:
            return "скрыто"


def _rule_code(indicator: Indicator) -> str:
    return f"Правило {indicator.rule.code}, редакция {indicator.rule.edition}."


def wordings(report: Report, summary: PublishedSummary) -> None:
    """Indicators whose texts contradict each other, the chosen wording in bold with the reason."""
    several = [
        indicator
        for indicator in (*(figure.indicator for figure in summary.figures), *summary.unanswered)
        if len(indicator.wordings) > 1
    ]
    if not several:
        return
    report.need(90)
    report.y += 8
    report.heading(
        "Где текст программы противоречит себе",
        "Приведены все формулировки; выбранная напечатана жирным, под ней сказано, почему она.",
    )
    for indicator in several:
        report.need(34)
        report.y += 3
        report.paragraph(indicator.title, face=fonts.BOLD, size=10.5)
        for place, wording in enumerate(indicator.wordings):
            chosen = place == indicator.chosen
            aim = "" if wording.target is None else f" Цель {decimal(wording.target)} %."
            report.paragraph(
                f"{'Выбрана: ' if chosen else ''}«{wording.text}».{aim} {wording.source}.",
                face=fonts.BOLD if chosen else fonts.TEXT,
                size=9,
                indent=5,
            )
        if indicator.reason:
            report.paragraph(indicator.reason, face=fonts.ITALIC, size=9, indent=5)
        report.row_rule()


def coverage(report: Report, summary: PublishedSummary) -> None:
    """Levels and the whole organisation as bars on one axis: begun and complete portfolios."""
    report.turn()
    report.heading(
        "Охват по уровням",
        "Полоса — заполненные портфолио, светлая часть — начатые; доля от всех обучающихся уровня.",
    )
    left, wide = LEFT + 50.0, 98.0
    sheet = report.sheet
    top = report.y + 6
    rows = [*summary.levels, summary.total]
    for tick in range(0, 101, 20):
        x = left + wide * tick / 100
        label = f"{tick}{NBSP}%" if tick == 100 else str(tick)
        sheet.text(x, top - 2, label, size=8, colour=palette.SECOND, align="centre")
        sheet.rule(x, top, x, top + 17 * len(rows), width=0.35)
    for place, row in enumerate(rows):
        _coverage_bar(report, row, top + 17 * place, (left, wide), bold=place == len(rows) - 1)
    report.y = top + 17 * len(rows) + 10


def _coverage_bar(report: Report, row: PublishedCoverage, y: float, axis: tuple[float, float], *, bold: bool) -> None:
    sheet = report.sheet
    left, wide = axis
    if bold:
        sheet.rule(LEFT, y + 1.5, RIGHT, y + 1.5, colour=palette.INK, width=0.8)
    face = fonts.BOLD if bold else fonts.TEXT
    title = "Вся организация" if bold else row.title
    lines = balanced(title, face, 10, 46 * MM)
    below = sheet.lines(LEFT, y + 8 - 2.2 * (len(lines) - 1), lines, face=face, leading=1.2)
    of_all = f"{told(row.complete)} из {told(row.pupils)}"
    sheet.text(LEFT, below, of_all, size=8.3, colour=palette.SECOND)
    sheet.box(left, y + 4.5, wide, 8, fill=palette.GROUND)
    for count, fill in ((row.begun, palette.STAGES[1]), (row.complete, palette.INK)):
        if row.pupils and count is not None:
            sheet.box(left, y + 4.5, wide * count / row.pupils, 8, fill=fill)
    sheet.text(left + wide + 5, y + 8.2, _share(row.complete, row.complete_percent), face=fonts.BOLD, size=10.5)
    begun = f"начато {_share(row.begun, row.begun_percent)}"
    sheet.text(left + wide + 5, y + 12.4, begun, size=8.3, colour=palette.SECOND)


def _share(count: int | None, share: Decimal | None) -> str:
    return HIDDEN if count is None else f"{decimal(share)}{NBSP}%"


def groups(report: Report, summary: PublishedSummary) -> None:
    """Classes and groups, a row each."""
    head = [
        (LEFT + 2, "Класс или группа", "left"),
        (LEFT + 92, "Обучающихся", "right"),
        (LEFT + 122, "Начато", "right"),
        (LEFT + 150, "Заполнено", "right"),
        (RIGHT - 2, "Заполнено, %", "right"),
    ]
    report.subheading("По классам и группам")
    report.table_head(head)
    for group in summary.groups:
        title = balanced(group.title, fonts.TEXT, 9.5, 68 * MM)
        more = (len(title) - 1) * 9.5 * 1.3 / MM
        if report.need(6.4 + more):
            report.table_head(head)
        y = report.y + 4.4
        report.sheet.lines(LEFT + 2, y, title, size=9.5)
        report.sheet.text(LEFT + 92, y, told(group.pupils), size=9.5, align="right")
        report.sheet.text(LEFT + 122, y, told(group.begun), size=9.5, align="right")
        report.sheet.text(LEFT + 150, y, told(group.complete), size=9.5, align="right")
        share = HIDDEN if group.complete is None else decimal(group.complete_percent)
        report.sheet.text(RIGHT - 2, y, share, face=fonts.BOLD, size=9.5, align="right")
        report.y += 6.2 + more
        report.row_rule()
    report.y += 8


def stages(report: Report, summary: PublishedSummary) -> None:
    """Stacked bars of the stages of every competency, level by level, in the programme's order."""
    for number_of_part, part in enumerate(summary.stages):
        report.need(30 + 6.6 * len(part.rows))
        report.heading(
            f"Стадии компетенций: {part.level.title.lower()}",
            "Число обучающихся на каждой стадии, последняя оценка учебного года; справа доля двух высших стадий "
            "от всех обучающихся уровня."
            if number_of_part == 0
            else "",
        )
        stage_bars.legend(report, summary.scale)
        for row in part.rows:
            stage_bars.published(report, row)
        report.y += 9


def unanswered(report: Report, summary: PublishedSummary) -> None:
    """What today's records cannot answer, named honestly with the rule that will count it."""
    if not summary.unanswered:
        return
    report.need(60)
    report.heading(
        "Показатели, для которых данных пока нет",
        "Эти показатели программы не посчитаны: того, из чего они считаются, в рабочей папке ещё не ведут.",
    )
    for indicator in summary.unanswered:
        report.need(12)
        aim = "" if indicator.target is None else f", цель {decimal(indicator.target)} %"
        report.paragraph(f"{indicator.title}{aim}. {indicator.rule.text} {_rule_code(indicator)}", size=9)
    report.y += 4

"""The parts of the summary's paper, each drawn down a report from where it stands."""

from __future__ import annotations

from decimal import Decimal

from profdesk.documents import coverage_bars, fonts, indicator_rows, palette, stage_bars
from profdesk.documents.coverage_bars import Bar
from profdesk.documents.indicator_rows import HEAD, Row
from profdesk.documents.report import LEFT, RIGHT, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import HIDDEN, NBSP, balanced, decimal, told
from profdesk.domain.programme import Indicator
from profdesk.domain.published import PublishedCoverage, PublishedFigure, PublishedSummary


def figures(report: Report, summary: PublishedSummary) -> None:
    """Every figure with its rule, numerator, denominator, target and bar."""
    report.turn()
    report.heading(
        "Показатели и цели",
        "Процент считается от числителя и знаменателя той же строки; проценты не усредняются. "
        "Чёрточка на полоске — цель.",
    )
    report.table_head(HEAD)
    section = ""
    for figure in summary.figures:
        if figure.indicator.section != section:
            section = figure.indicator.section
            if report.need(34):
                report.table_head(HEAD)
            report.sheet.text(LEFT + 2, report.y + 6, section, face=fonts.BOLD, size=9, colour=palette.SECOND)
            report.y += 8.5
        indicator_rows.draw(report, _row(figure))


def _row(figure: PublishedFigure) -> Row:
    indicator = figure.indicator
    source = f" Число сообщено: {figure.source.rstrip('.')}." if figure.source else ""
    return Row(
        title=indicator.title,
        below=f"{indicator.rule.text} {_rule_code(indicator)}{source}",
        numerator=figure.numerator,
        denominator=figure.denominator,
        percent=figure.percent,
        target=indicator.target,
        state=figure.state,
        verdict=indicator_rows.verdict(figure.state, figure.shortage, of_people=figure.of_people),
    )


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
    coverage_bars.draw(report, [_bar(row) for row in (*summary.levels, summary.total)])


def _bar(row: PublishedCoverage) -> Bar:
    return Bar(
        title=row.title if row.level else "Вся организация",
        of_all=f"{told(row.complete)} из {told(row.pupils)}",
        shares=tuple(
            count / row.pupils if row.pupils and count is not None else None for count in (row.begun, row.complete)
        ),
        figures=(_share(row.begun, row.begun_percent), _share(row.complete, row.complete_percent)),
    )


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

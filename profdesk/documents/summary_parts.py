"""The parts of the summary's paper, each drawn down a report from where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from profdesk.documents import coverage_bars, fonts, indicator_rows, palette, stage_bars
from profdesk.documents.coverage_bars import Bar
from profdesk.documents.indicator_rows import HEAD, Row
from profdesk.documents.report import LEFT, RIGHT, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import HIDDEN, NBSP, balanced, bind, decimal, signed, told
from profdesk.domain.programme import Indicator
from profdesk.domain.published import PublishedCoverage, PublishedFigure, PublishedSummary
from profdesk.domain.scope import LEGAL_LEVELS
from profdesk.domain.span import SpanKind
from profdesk.domain.summary import State, points, why_unanswered

_STAGE_OF = {
    SpanKind.YEAR: "последняя оценка учебного года",
    SpanKind.FIRST_TERM: "последняя оценка полугодия",
    SpanKind.SECOND_TERM: "последняя оценка полугодия",
    SpanKind.DAYS: "последняя оценка из поставленных в эти дни",
}


def figures(report: Report, summary: PublishedSummary) -> None:
    """Every figure with its rule, numerator, denominator, target and bar."""
    report.turn()
    report.heading(
        "Показатели и цели",
        "Процент считается от числителя и знаменателя той же строки; проценты не усредняются. "
        f"Чёрточка на полоске — цель{_comparison(summary)}.",
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
        indicator_rows.draw(report, _row(figure, summary.former(figure)))


def _comparison(summary: PublishedSummary) -> str:
    if summary.before is None:
        return ""
    return (
        f", белый ромб — {summary.before.span.title} по тем же правилам; разность в процентных пунктах (п.{NBSP}п.) "
        "считается от точных долей"
    )


def _row(figure: PublishedFigure, former: PublishedFigure | None) -> Row:
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
        note=_was(figure, former) if former else "",
        before=_share_before(figure, former) if former else None,
    )


def _share_before(figure: PublishedFigure, former: PublishedFigure) -> float | None:
    return _part(former.numerator, former.denominator) if figure.of_people else None


def _was(figure: PublishedFigure, former: PublishedFigure) -> str:
    """How a figure was before and by how much it changed; nothing where there was nobody to count, or that is hidden.

    Of a figure that is hidden now only how it was.
    """
    if State.NOBODY in (figure.state, former.state) or former.percent is None:
        return ""
    if not figure.of_people:
        return "так было и раньше" if figure.numerator == former.numerator else "раньше было иначе"
    was = f"было {decimal(former.percent)} %"
    change = points(figure, former)
    if change is None:
        return bind(was)
    return bind(f"{was} → {decimal(figure.percent)} %") + f", {signed(change)}{NBSP}п.{NBSP}п."


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
        "Полоса — заполненные портфолио, светлая часть — начатые; доля от всех обучающихся уровня."
        + (f" Белый ромб — заполненные за {summary.before.span.title}." if summary.before else ""),
    )
    former = {row.level: row for row in (*summary.before.levels, summary.before.total)} if summary.before else {}
    coverage_bars.draw(report, [_bar(row, former.get(row.level)) for row in (*summary.levels, summary.total)])


def _bar(row: PublishedCoverage, former: PublishedCoverage | None) -> Bar:
    return Bar(
        title=row.title if row.level else "Вся организация",
        of_all=f"{told(row.complete)} из {told(row.pupils)}",
        shares=tuple(_part(count, row.pupils) for count in (row.begun, row.complete)),
        figures=(_share(row.begun, row.begun_percent), _share(row.complete, row.complete_percent)),
        before=_part(former.complete, former.pupils) if former else None,
    )


def _part(count: int | None, whole: int | None) -> float | None:
    return count / whole if whole and count is not None else None


def _share(count: int | None, share: Decimal | None) -> str:
    return HIDDEN if count is None else f"{decimal(share)}{NBSP}%"


def law_levels(report: Report, summary: PublishedSummary) -> None:
    """The levels of general education by the law, which are not the programme's; left out of an only one."""
    if len(summary.law_levels) < 2:
        return
    report.subheading("Охват по уровням общего образования")
    report.paragraph(
        "Уровни по закону: статья 10 Федерального закона «Об образовании в Российской Федерации» № 273-ФЗ. "
        "Программа может делить классы на уровни иначе.",
        size=9,
    )
    ranges = {level.code: level.range for level in LEGAL_LEVELS}
    titles = [", ".join(filter(None, (one.title, ranges[one.level]))) for one in summary.law_levels]
    _table(report, "Уровень", titles, summary.law_levels)


def groups(report: Report, summary: PublishedSummary) -> None:
    """Classes and groups, a row each."""
    report.subheading("По классам и группам")
    _table(report, "Класс или группа", [group.title for group in summary.groups], summary.groups)


def _table(report: Report, first: str, titles: Sequence[str], rows: Sequence[PublishedCoverage]) -> None:
    head = [
        (LEFT + 2, first, "left"),
        (LEFT + 92, "Обучающихся", "right"),
        (LEFT + 122, "Начато", "right"),
        (LEFT + 150, "Заполнено", "right"),
        (RIGHT - 2, "Заполнено, %", "right"),
    ]
    report.table_head(head)
    for title, row in zip(titles, rows, strict=True):
        lines = balanced(title, fonts.TEXT, 9.5, 76 * MM)
        more = (len(lines) - 1) * 9.5 * 1.3 / MM
        if report.need(6.4 + more):
            report.table_head(head)
        y = report.y + 4.4
        report.sheet.lines(LEFT + 2, y, lines, size=9.5)
        report.sheet.text(LEFT + 92, y, told(row.pupils), size=9.5, align="right")
        report.sheet.text(LEFT + 122, y, told(row.begun), size=9.5, align="right")
        report.sheet.text(LEFT + 150, y, told(row.complete), size=9.5, align="right")
        share = HIDDEN if row.complete is None else decimal(row.complete_percent)
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
            f"Число обучающихся на каждой стадии, {_STAGE_OF[summary.span.kind]}; справа доля двух высших стадий "
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
        "Эти показатели программы не посчитаны: того, из чего они считаются, в рабочей папке ещё не ведут, "
        "либо для этого периода их не бывает.",
    )
    for indicator in summary.unanswered:
        report.need(12)
        aim = "" if indicator.target is None else f", цель {decimal(indicator.target)} %"
        why = why_unanswered(indicator, summary)
        words = f"{indicator.title}{aim}. {indicator.rule.text} {_rule_code(indicator)} {why}"
        report.paragraph(words.rstrip(), size=9)
    report.y += 4

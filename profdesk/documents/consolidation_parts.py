"""The parts of the consolidation's paper, each drawn down a report from where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from profdesk.documents import coverage_bars, fonts, indicator_rows, organisation_matrix, stage_bars
from profdesk.documents import trend_charts as charts
from profdesk.documents.coverage_bars import Bar
from profdesk.documents.indicator_rows import HEAD, Row
from profdesk.documents.organisation_matrix import Column
from profdesk.documents.report import LEFT, RIGHT, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import HIDDEN, NBSP, decimal, fitted, number, told
from profdesk.domain import plural
from profdesk.domain.consolidation import Consolidation
from profdesk.domain.consolidation_paper import ConsolidationPaper, left_out_of_level, made_up_of
from profdesk.domain.summary import State
from profdesk.domain.sums import LevelLine, Line, StageLine, Sum

_ORGANISATIONS = [
    (LEFT + 2, "Организация", "left"),
    (LEFT + 112, "Сводка №", "left"),
    (LEFT + 134, "Посчитана", "left"),
    (RIGHT - 2, "Обучающихся", "right"),
]
_SUBHEADING = 12
_SIZES = (9.0, 8.5, 8.0)

Part = Callable[[Report, ConsolidationPaper], None]


def indicators(report: Report, paper: ConsolidationPaper) -> None:
    """Every line with its rule, sums, target, bar, and whom it adds up."""
    report.turn()
    report.heading(
        "Показатели и цели",
        "Числители и знаменатели организаций сложены, процент посчитан от сумм. Чёрточка на полоске — цель, "
        "под полоской сказано, сколько организаций сложено и кого в сумме нет.",
    )
    report.table_head(HEAD)
    for line in paper.made.lines:
        indicator_rows.draw(report, _row(line))


def _row(line: Line) -> Row:
    hidden = line.state is State.HIDDEN
    return Row(
        title=line.title,
        below=f"{line.text} Правило {line.rule}.",
        numerator=None if hidden else line.sum.numerator,
        denominator=None if hidden else line.sum.denominator,
        percent=line.percent,
        target=line.target,
        state=line.state,
        verdict=indicator_rows.verdict_of_many(line.state, line.shortage, of_people=line.of_people),
        note=f"{made_up_of(line)}.",
    )


def levels(report: Report, paper: ConsolidationPaper) -> None:
    """Levels and all of them as bars: begun and complete portfolios."""
    made = paper.made
    report.begin()
    report.heading(
        "Охват по уровням",
        "Полоса — заполненные портфолио, светлая часть — начатые; доля от обучающихся тех организаций, которые "
        "сообщили оба числа.",
    )
    _bars(report, (*made.levels, made.total))
    if made.law_levels:
        report.need(_SUBHEADING + coverage_bars.height(len(made.law_levels) + 1))
        report.subheading("По уровням общего образования закона № 273-ФЗ")
        _bars(report, (*made.law_levels, made.total))


def _bars(report: Report, levels: Sequence[LevelLine]) -> None:
    coverage_bars.draw(report, [_bar(level) for level in levels])
    without = [f"{level.title}: {words}" for level in levels if (words := left_out_of_level(level))]
    if without:
        report.y -= 4
        report.paragraph(f"{'; '.join(without)}.", size=8.3)
    report.y += 6


def _bar(level: LevelLine) -> Bar:
    both, done = (level.begun, level.complete), level.complete
    return Bar(
        title=level.title,
        of_all=f"{_told(done, done.numerator)} из {_told(done, done.denominator)}",
        shares=tuple(one.numerator / one.denominator if one.denominator else None for one in both),
        figures=(_share(level.begun), _share(level.complete)),
    )


def _told(of: Sum, value: int) -> str:
    return number(value) if of.told else HIDDEN


def _share(of: Sum) -> str:
    return f"{decimal(of.percent)}{NBSP}%" if of.told else HIDDEN


def stages(report: Report, paper: ConsolidationPaper) -> None:
    """Stacked bars of every competency, level by level, with the pupils whose stage is not told."""
    names = {level.level: level.title for level in paper.made.levels}
    for (level, scale), found in groupby(paper.made.stages, key=lambda row: (row.level, row.scale)):
        rows = list(found)
        report.need(36 + 6.6 * len(rows))
        report.heading(
            f"Стадии компетенций: {names[level].lower()}",
            f"Число обучающихся на каждой стадии. Кусок со знаком {HIDDEN} — обучающиеся, чью стадию организации "
            "скрыли: доля двух высших стадий справа лежит тогда между двумя числами.",
        )
        stage_bars.titles(report, scale)
        for row in rows:
            stage_bars.added(report, row)
        report.y += 1
        report.paragraph(_behind(rows), size=8.3)
        report.y += 7


def _behind(rows: list[StageLine]) -> str:
    most = max(row.told for row in rows)
    told = plural.counted(most, "организация", "организации", "организаций")
    partly, hidden = max(row.partly for row in rows), max(row.hidden for row in rows)
    words = [f"Сложено: {told}"]
    if partly:
        hide = plural.word(partly, "скрыла", "скрыли", "скрыли")
        words.append(f"часть чисел {hide} {'до ' if partly > 1 else ''}{partly} из них")
    if hidden:
        more = plural.counted(hidden, "организация, где скрыто", "организации, где скрыто", "организаций, где скрыто")
        words.append(f"не вошли: {more} и число обучающихся")
    return "; ".join(words) + "."


def trends(report: Report, paper: ConsolidationPaper) -> None:
    """How the sums go from span to span; nothing where there is one span alone."""
    if not paper.has_trends:
        return
    report.begin()
    report.heading("Динамика", charts.NOTE)
    charts.draw(report, paper.trends)


def organisations(report: Report, paper: ConsolidationPaper) -> None:
    """Organisations by indicators, then by levels, on pages that lie."""
    made = paper.made
    names = {one.organisation: one.short_name for one in made.summaries}
    note = (
        f"Процент и, мелко, числитель и знаменатель. Треугольник — ниже цели, {HIDDEN} — число скрыто, пустая клетка — "
        "показателя в сводке нет."
    )
    columns = [Column.of(_titled(line, made), line.target, line.parts) for line in made.lines]
    organisation_matrix.draw(report, "Организации и показатели", note, columns, names)
    by_level = [Column.of(level.title, None, level.parts) for level in (*made.levels, made.total)]
    note = f"Заполненные портфолио среди обучающихся уровня. {HIDDEN} — число скрыто, пустая клетка — уровня нет."
    organisation_matrix.draw(report, "Организации и уровни", note, by_level, names)


def _titled(line: Line, made: Consolidation) -> str:
    """With its edition where the indicator was counted by several."""
    several = sum(other.code == line.code for other in made.lines) > 1
    return f"{line.title} ({line.rule})" if several else line.title


def who(report: Report, paper: ConsolidationPaper) -> None:
    """Who sent which summary, who has not, and what was not counted."""
    made = paper.made
    report.turn(lying=False)
    report.heading(
        "Кто прислал", "Числа взяты из этих сводок: каждая подписана ключом своей организации и не изменена."
    )
    report.table_head(_ORGANISATIONS)
    for one in made.summaries:
        size, lines = fitted(one.short_name, fonts.TEXT, _SIZES, 106 * MM, 2)
        height = 6.2 + 3.6 * (len(lines) - 1)
        if report.need(height):
            report.table_head(_ORGANISATIONS)
        y = report.y + 4.4
        report.sheet.lines(LEFT + 2, y, lines, size=size, leading=1.15)
        report.sheet.text(LEFT + 112, y, one.number, size=9)
        report.sheet.text(LEFT + 134, y, f"{one.counted_at:%d.%m.%Y}", size=9)
        report.sheet.text(RIGHT - 2, y, told(one.total.pupils), size=9, align="right")
        report.y += height
        report.row_rule()
    report.y += 6
    for heading, rows in _left(paper):
        report.need(30)
        report.subheading(heading)
        for words in rows:
            report.paragraph(words, size=9)
        report.y += 4


def _left(paper: ConsolidationPaper) -> Iterator[tuple[str, list[str]]]:
    if paper.made.absent:
        yield "Не прислали", [one.short_name for one in paper.made.absent]
    if paper.left_out:
        yield "Не учтены", [f"{name}: {reason}" for name, reason in paper.left_out]


PARTS: tuple[Part, ...] = (
    indicators,
    levels,
    stages,
    trends,
    organisations,
    who,
)

"""A consolidation as a workbook: the tables of its paper, typed, and the matrices with the numbers of every cell."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC
from decimal import Decimal

from openpyxl import Workbook

from profdesk.documents import xlsx
from profdesk.documents.typography import HIDDEN
from profdesk.documents.xlsx import Value
from profdesk.domain.consolidation import Consolidation
from profdesk.domain.consolidation_paper import ConsolidationPaper, verdict
from profdesk.domain.summary import State
from profdesk.domain.sums import LevelLine, Line, Part, Sum
from profdesk.domain.trends import Point, Trend

_SUMS = (
    ("Показатель", 60), ("Числитель", 12), ("Знаменатель", 13), ("%", 9), ("Цель, %", 9), ("Итог", 22),
    ("Организаций сложено", 13), ("Скрыли число", 12), ("Считали по другому правилу", 15), ("Показателя нет", 14),
    ("Правило", 60),
)  # fmt: skip
_LEVELS = (
    ("Уровень", 30), ("Обучающихся", 13), ("Начато", 10), ("Начато, %", 11), ("Заполнено", 11), ("Заполнено, %", 13),
    ("Организаций сложено", 13), ("Скрыли заполненные", 13), ("Скрыли начатые", 12), ("Скрыли обучающихся", 14),
)  # fmt: skip
_STAGES = (
    ("не оценено", 13), ("стадия скрыта", 13), ("две высшие, не меньше, %", 16), ("две высшие, не больше, %", 16),
    ("Организаций сложено", 13), ("Скрыли часть", 12), ("Скрыли всё", 12),
)  # fmt: skip
_TRENDS = (
    ("Показатель", 60), ("Период", 30), ("Числитель", 12), ("Знаменатель", 13), ("%", 9), ("Цель, %", 9),
    ("Организаций сложено", 13), ("Есть в обоих периодах", 14), ("У них было, %", 12), ("У них стало, %", 12),
    ("Правило", 24),
)  # fmt: skip
_FIGURES = (
    ("Организация", 40), ("Показатель", 60), ("Числитель", 12), ("Знаменатель", 13), ("%", 9), ("Цель, %", 9),
    ("Правило", 24),
)  # fmt: skip
_OWN_LEVELS = (
    ("Организация", 40), ("Уровень", 30), ("Обучающихся", 13), ("Начато", 10), ("Заполнено", 11), ("Заполнено, %", 12),
)  # fmt: skip
_SENT = (("Организация", 60), ("Сводка №", 14), ("Посчитана", 18), ("Обучающихся", 13), ("Редакция программы", 14))
_OUT = (("Что", 60), ("Почему", 90))


def workbook(paper: ConsolidationPaper) -> bytes:
    """Write the sums, how they went, each organisation's own numbers, and what was left out.

    Percents are shown as numbers; a hidden number is a sign and no number, so that no sum over a column counts it.
    """
    made = paper.made
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = f"Свод {paper.number or 'без номера'} за {made.span.title}"
    book.properties.creator = paper.organisation.short_name if paper.organisation else "profdesk"
    book.properties.created = book.properties.modified = paper.made_at.astimezone(UTC).replace(tzinfo=None)
    _add(book, "Свод", _SUMS, map(_sum, made.lines))
    _add(book, "Уровни", _LEVELS, map(_level, (*made.levels, *made.law_levels, made.total)))
    _stages(book, made)
    if paper.has_trends:
        _add(book, "Динамика", _TRENDS, (_point(trend, point) for trend in paper.trends for point in trend.points))
    _matrix(book, made)
    _add(book, "По организациям", _FIGURES, _figures(made))
    _add(book, "Портфолио по уровням", _OWN_LEVELS, _own_levels(made))
    _add(book, "Кто прислал", _SENT, _sent(made))
    absent = [(one.organisation, "не прислана") for one in made.absent]
    _add(book, "Не учтено", _OUT, [*absent, *paper.left_out])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _add(book: Workbook, title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Value]]) -> None:
    heads, widths = zip(*columns, strict=True)
    xlsx.add_table(book, title, heads, list(rows), widths)


def _sum(line: Line) -> Sequence[Value]:
    added, is_hidden = line.sum, line.state is State.HIDDEN
    return (
        line.title, HIDDEN if is_hidden else added.numerator, HIDDEN if is_hidden else added.denominator,
        _percent(added), _number(line.target), verdict(line), added.told, added.hidden, line.otherwise, line.silent,
        f"{line.text} ({line.rule})",
    )  # fmt: skip


def _level(level: LevelLine) -> Sequence[Value]:
    pupils = level.pupils.value if level.pupils.told else HIDDEN
    return (
        level.title, pupils, _numerator(level.begun), _percent(level.begun),
        _numerator(level.complete), _percent(level.complete), level.complete.told,
        level.complete.hidden, level.begun.hidden, level.pupils.hidden,
    )  # fmt: skip


def _stages(book: Workbook, made: Consolidation) -> None:
    """A sheet for each scale; nearly always there is one."""
    names = {level.level: level.title for level in made.levels}
    for number, scale in enumerate(dict.fromkeys(row.scale for row in made.stages), 1):
        rows: list[Sequence[Value]] = [
            (
                names[row.level], row.title, *row.counts, row.not_assessed, row.unsaid, _number(row.least_percent),
                _number(row.most_percent), row.told, row.partly, row.hidden,
            )
            for row in made.stages
            if row.scale == scale
        ]  # fmt: skip
        columns = (("Уровень", 26), ("Компетенция", 60), *((title, 15) for title in scale), *_STAGES)
        _add(book, "Стадии" if number == 1 else f"Стадии {number}", columns, rows)


def _point(trend: Trend, point: Point) -> Sequence[Value]:
    added = point.sum
    return (
        trend.title, point.span.title, added.numerator, added.denominator, _percent(added), _number(trend.target),
        added.told, point.now.told if point.now else None, _percent(point.before) if point.before else None,
        _percent(point.now) if point.now else None, trend.rule,
    )  # fmt: skip


def _matrix(book: Workbook, made: Consolidation) -> None:
    """Organisations by indicators, a percent in each cell."""
    several = {line.code for line in made.lines if sum(other.code == line.code for other in made.lines) > 1}
    titles = [f"{line.title} ({line.rule})" if line.code in several else line.title for line in made.lines]
    columns = (("Организация", 40), *((title, 16) for title in titles))
    parts = [{part.organisation: part for part in line.parts} for line in made.lines]
    rows = [(one.short_name, *(_cell(of.get(one.organisation)) for of in parts)) for one in made.summaries]
    _add(book, "Матрица, %", columns, [*rows, ("Вместе", *(_percent(line.sum) for line in made.lines))])


def _cell(part: Part | None) -> Value:
    if part is None:
        return None
    return _number(part.percent) if part.is_told else HIDDEN


def _figures(made: Consolidation) -> Iterable[Sequence[Value]]:
    for one in made.summaries:
        for figure in one.figures:
            part = Part("", "", figure.numerator, figure.denominator)
            yield (
                one.short_name, figure.title, _count(figure.numerator), _count(figure.denominator), _cell(part),
                _number(figure.target), figure.rule,
            )  # fmt: skip


def _own_levels(made: Consolidation) -> Iterable[Sequence[Value]]:
    for one in made.summaries:
        for level in (*one.levels, *one.law_levels):
            yield (
                one.short_name, level.title, _count(level.pupils), _count(level.begun), _count(level.complete),
                _cell(Part("", "", level.complete, level.pupils)),
            )  # fmt: skip


def _sent(made: Consolidation) -> Iterable[Sequence[Value]]:
    for one in made.summaries:
        moment = f"{one.counted_at:%d.%m.%Y %H:%M}"
        yield one.organisation, one.number, moment, _count(one.total.pupils), one.programme_edition


def _count(value: int | None) -> Value:
    return HIDDEN if value is None else value


def _numerator(added: Sum) -> Value:
    return added.numerator if added.told else HIDDEN


def _percent(added: Sum) -> Value:
    return _number(added.percent) if added.told else HIDDEN


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)

"""The summary's tables as XLSX: the same values as the paper, typed; no text ever becomes a formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook

from profdesk.documents import summary_cover, xlsx
from profdesk.documents.typography import HIDDEN
from profdesk.documents.xlsx import Value
from profdesk.domain.published import PublishedCoverage, PublishedFigure, PublishedSummary
from profdesk.domain.summary import State, points, why_unanswered

_STATES = {
    State.REACHED: "достигнут",
    State.BELOW: "не хватает",
    State.NO_TARGET: "цель не задана",
    State.NOBODY: "считать некого",
    State.HIDDEN: "скрыто",
}


def workbook(summary: PublishedSummary) -> bytes:
    """Write a sheet of what it is and one for each table of the paper; equal summaries give equal tables."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = f"Сводка {summary.number or 'без номера'} за {summary.span.title}"
    book.properties.creator = summary.organisation.short_name
    book.properties.created = book.properties.modified = _naive(summary.counted_at)
    named = f"№ {summary.number or 'не дан'}, за {summary.span.title}"
    facts = [("Сводка", named), *summary_cover.facts(summary)]
    xlsx.add_table(book, "О сводке", ("Сведения", "Содержание"), facts, (18, 90))
    _figures(book, summary)
    _coverage(book, "Уровни", "Уровень", [*summary.levels, summary.total])
    if len(summary.law_levels) > 1:
        _coverage(book, "Уровни закона", "Уровень общего образования", summary.law_levels)
    _coverage(book, "Классы", "Класс или группа", summary.groups)
    _stages(book, summary)
    _rules(book, summary)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _figures(book: Workbook, summary: PublishedSummary) -> None:
    head: tuple[str, ...] = (
        "Показатель",
        "Числитель",
        "Знаменатель",
        "%",
        "Цель, %",
        "Состояние",
        "Не хватает, чел.",
        "Правило",
        "Откуда число",
    )
    widths: tuple[int, ...] = (52, 11, 13, 9, 9, 17, 17, 60, 40)
    rows = [_figure(one) for one in summary.figures]
    if summary.before:
        was = f"Было ({summary.before.span.title})"
        head += (f"{was}: числитель", f"{was}: знаменатель", f"{was}, %", "Изменение, п. п.")
        widths += (20, 20, 20, 13)
        rows = [(*row, *_former(one, summary.former(one))) for row, one in zip(rows, summary.figures, strict=True)]
    xlsx.add_table(book, "Показатели", head, rows, widths)


def _former(figure: PublishedFigure, former: PublishedFigure | None) -> tuple[Value, ...]:
    if former is None:
        return (None,) * 4
    change = points(figure, former) if figure.of_people else None
    return _count(former.numerator), _count(former.denominator), _percent(former), _number(change)


def _figure(figure: PublishedFigure) -> tuple[Value, ...]:
    target = figure.indicator.target
    return (
        figure.indicator.title,
        _count(figure.numerator),
        _count(figure.denominator),
        _percent(figure),
        _number(target),
        _STATES[figure.state] if figure.of_people or figure.state is not State.BELOW else "пока нет",
        figure.shortage if figure.state is State.BELOW and figure.of_people else None,
        f"{figure.indicator.rule.text} ({figure.indicator.rule.code}, редакция {figure.indicator.rule.edition})",
        figure.source or None,
    )


def _coverage(book: Workbook, title: str, first: str, rows: Sequence[PublishedCoverage]) -> None:
    head = (first, "Обучающихся", "Портфолио начато", "Портфолио заполнено", "Заполнено, %")
    made: list[tuple[Value, ...]] = [
        (
            row.title,
            _count(row.pupils),
            _count(row.begun),
            _count(row.complete),
            _number(row.complete_percent) if row.complete is not None else HIDDEN,
        )
        for row in rows
    ]
    xlsx.add_table(book, title, head, made, (36, 14, 19, 22, 14))


def _stages(book: Workbook, summary: PublishedSummary) -> None:
    head = ("Уровень", "Компетенция", *(stage.title for stage in summary.scale), "не оценено")
    rows: list[tuple[Value, ...]] = [
        (part.level.title, row.competency.plain, *map(_count, (*row.counts, row.not_assessed)))
        for part in summary.stages
        for row in part.rows
    ]
    xlsx.add_table(book, "Стадии", head, rows, (26, 60, *(16 for _ in summary.scale), 13))


def _rules(book: Workbook, summary: PublishedSummary) -> None:
    head = ("Показатель", "Посчитан", "Правило", "Формулировка", "Цель, %", "Источник", "Выбрана")
    counted = {figure.indicator.code for figure in summary.figures}
    rows: list[tuple[Value, ...]] = []
    for indicator in (*(figure.indicator for figure in summary.figures), *summary.unanswered):
        for number, wording in enumerate(indicator.wordings):
            rows.append(
                (
                    indicator.title,
                    "да" if indicator.code in counted else why_unanswered(indicator, summary) or "данных пока нет",
                    f"{indicator.rule.code}, редакция {indicator.rule.edition}: {indicator.rule.text}",
                    wording.text,
                    _number(wording.target),
                    wording.source,
                    "выбрана" if number == indicator.chosen else None,
                )
            )
    xlsx.add_table(book, "Правила", head, rows, (36, 16, 46, 70, 9, 34, 10))


def _percent(figure: PublishedFigure) -> Value:
    return HIDDEN if figure.state is State.HIDDEN else _number(figure.percent)


def _count(value: int | None) -> Value:
    return HIDDEN if value is None else value


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _naive(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)

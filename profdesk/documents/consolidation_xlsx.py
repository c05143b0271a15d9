"""Summaries added up, as a workbook: sums, figures and portfolios by organisation, and what was left out."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook

from profdesk.documents import xlsx
from profdesk.documents.typography import HIDDEN
from profdesk.documents.xlsx import Value
from profdesk.domain.consolidation import Consolidation
from profdesk.domain.summary import percent
from profdesk.domain.sums import Line

_SUMS = (
    ("Показатель", 60), ("Правило", 22), ("Числитель", 12), ("Знаменатель", 13), ("%", 9), ("Цель, %", 9),
    ("Организаций учтено", 13), ("Скрыли числа", 12),
)  # fmt: skip
_FIGURES = (("Организация", 40), ("Показатель", 60), ("Числитель", 12), ("Знаменатель", 13), ("%", 9), ("Правило", 22))
_LEVELS = (
    ("Организация", 40),
    ("Уровень", 30),
    ("Обучающихся", 13),
    ("Начато", 10),
    ("Заполнено", 11),
    ("Заполнено, %", 12),
)
_SENT = (("Организация", 60), ("Сводка №", 14), ("Посчитана", 18), ("Редакция программы", 14))
_OUT = (("Файл", 50), ("Почему не учтён", 90))


def workbook(made: Consolidation, out: Sequence[tuple[str, str]]) -> bytes:
    """Write five sheets; ``out`` are names of files and why they do not count."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = f"Свод за {made.span.title}"
    _add(book, "Свод", _SUMS, [_sum(line) for line in made.lines])
    _add(book, "По организациям", _FIGURES, _figures(made))
    _add(book, "Портфолио по уровням", _LEVELS, _levels(made))
    sent = [
        (one.organisation, one.number, f"{one.counted_at:%d.%m.%Y %H:%M}", one.programme_edition)
        for one in made.summaries
    ]
    _add(book, "Кто прислал", _SENT, sent)
    _add(book, "Не учтено", _OUT, out)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _add(book: Workbook, title: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[Value]]) -> None:
    heads, widths = zip(*columns, strict=True)
    xlsx.add_table(book, title, heads, rows, widths)


def _sum(line: Line) -> Sequence[Value]:
    share, target, added = line.percent, line.target, line.sum
    return (
        line.title, line.rule, added.numerator, added.denominator, None if share is None else float(share),
        None if target is None else float(target), added.told, added.hidden,
    )  # fmt: skip


def _figures(made: Consolidation) -> list[Sequence[Value]]:
    return [
        (
            summary.short_name, one.title, _count(one.numerator), _count(one.denominator),
            _share(one.numerator, one.denominator), one.rule,
        )
        for summary in made.summaries
        for one in summary.figures
    ]  # fmt: skip


def _levels(made: Consolidation) -> list[Sequence[Value]]:
    return [
        (
            summary.short_name, one.title, _count(one.pupils), _count(one.begun), _count(one.complete),
            _share(one.complete, one.pupils),
        )
        for summary in made.summaries
        for one in summary.levels
    ]  # fmt: skip


def _sent(made: Consolidation) -> list[Sequence[Value]]:
    return [
        (one.organisation, one.number, f"{one.counted_at:%d.%m.%Y %H:%M}", one.programme_edition)
        for one in made.summaries
    ]


def _count(value: int | None) -> Value:
    return HIDDEN if value is None else value


def _share(part: int | None, whole: int | None) -> Value:
    if part is None or whole is None:
        return HIDDEN
    share = percent(part, whole)
    return None if share is None else float(share)

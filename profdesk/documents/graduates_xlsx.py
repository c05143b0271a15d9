"""The graduates of a year as a workbook: what the register's import reads, and beside it the comparison."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook

from profdesk.documents import register_xlsx, xlsx
from profdesk.domain import graduate_words
from profdesk.domain.graduates import Graduate
from profdesk.domain.register import Entry, Titles
from profdesk.domain.registers_of_pupils import DESTINATIONS

_BESIDE = ("Класс", "Намерение", "Запасной вариант", "Цель", "Востребована ли профессия", "Сравнение с намерением")
_WIDTHS = (10, 28, 28, 36, 26, 26)


def workbook(year: int, found: Sequence[Graduate], titles: Titles) -> bytes:
    """Write everybody; of whom nothing is written yet, the cell «Куда» is left to be filled and taken in."""
    book = Workbook()
    book.remove(book.worksheets[0])
    heads = [*(field.title for field in DESTINATIONS.fields), *_BESIDE]
    widths = [*(register_xlsx.WIDTHS[field.kind] for field in DESTINATIONS.fields), *_WIDTHS]
    xlsx.add_table(book, f"Выпуск {year} года", heads, [_row(one, titles) for one in found], widths)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _row(one: Graduate, titles: Titles) -> list[xlsx.Value]:
    entry = one.entry or Entry("", one.known())
    line = graduate_words.line(one, titles)
    beside = (one.leaver.group, line.intended, line.reserve, line.goal, line.demand, line.met)
    return [*(register_xlsx.cell(field, entry, titles) for field in DESTINATIONS.fields), *beside]

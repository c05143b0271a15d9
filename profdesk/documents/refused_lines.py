"""The refused lines of a class list as a table to be put right and loaded again."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook

from profdesk.documents import xlsx
from profdesk.domain.roster import RosterPlan

_HEAD = ("Лист", "Строка", "Фамилия, имя, отчество", "Дата рождения", "Пол", "Класс", "Причина отказа")
_WIDTHS = (16, 9, 40, 16, 8, 20, 60)


def workbook(plan: RosterPlan) -> bytes:
    """Write every refused line: where it is, what stands there, why it was refused."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = f"Строки с отказом: {plan.source}"
    rows = [
        (line.sheet or None, line.line, line.text, line.birth_date, line.sex, line.group, line.reason)
        for line in plan.refused
    ]
    xlsx.add_table(book, "Отказы", _HEAD, rows, _WIDTHS)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()

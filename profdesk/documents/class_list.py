"""A class list as a school's import takes it without asking: one line per pupil, every column named."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook

from profdesk.documents import xlsx
from profdesk.domain.people import GroupName, Pupil

_HEAD = ("Фамилия", "Имя", "Отчество", "Дата рождения", "Пол", "Класс")
_WIDTHS = (24, 18, 24, 16, 8, 14)


def workbook(pupils: Sequence[Pupil], group: GroupName) -> bytes:
    """Write the list as XLSX, everybody in one class."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = f"Список: {group.title}"
    xlsx.add_table(book, "Список", _HEAD, list(_rows(pupils, group)), _WIDTHS)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def text(pupils: Sequence[Pupil], group: GroupName) -> bytes:
    """Write the list as CSV that a Russian Excel opens as a table, everybody in one class."""
    buffer = StringIO(newline="")
    csv.writer(buffer, delimiter=";").writerows([_HEAD, *_rows(pupils, group)])
    return buffer.getvalue().encode("utf-8-sig")


def _rows(pupils: Sequence[Pupil], group: GroupName) -> Iterator[tuple[str, ...]]:
    for pupil in pupils:
        name, sex = pupil.name, pupil.sex.value if pupil.sex else ""
        yield name.surname, name.given, name.patronymic or "", f"{pupil.birth_date:%d.%m.%Y}", sex, group.title

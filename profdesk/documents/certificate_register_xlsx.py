"""The register of certificates as a workbook: a row each."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook

from profdesk.documents import xlsx
from profdesk.domain.certificate_register import Issued

_COLUMNS = (
    ("Номер", 18),
    ("Фамилия", 22),
    ("Имя", 16),
    ("Отчество", 20),
    ("Класс", 12),
    ("Учебный год", 13),
    ("Выдан", 13),
    ("Кто выдал", 30),
    ("Состояние", 14),
    ("Отозван", 13),
    ("Почему отозван", 40),
    ("Дубликат сертификата №", 18),
)


def workbook(found: Sequence[Issued], names: Mapping[str, str]) -> bytes:
    """Write the lines in their order; ``names`` are those of users by id."""
    book = Workbook()
    book.remove(book.worksheets[0])
    heads, widths = zip(*_COLUMNS, strict=True)
    xlsx.add_table(book, "Реестр сертификатов", heads, [_row(one, names.get(one.actor, "")) for one in found], widths)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _row(one: Issued, who: str) -> list[xlsx.Value]:
    pupil = one.pupil
    return [
        *(one.number, pupil.surname, pupil.given, pupil.patronymic, one.group, one.year.title),
        *(f"{one.issued_on:%d.%m.%Y}", who, one.standing.label),
        f"{one.withdrawn_on:%d.%m.%Y}" if one.withdrawn_on else None,
        one.withdrawn_reason or None,
        one.duplicate_of,
    ]

"""The register of signed summaries or consolidations as a workbook: a row each."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook

from profdesk.documents import xlsx
from profdesk.domain.detached import LABEL
from profdesk.domain.issued_summaries import IssuedSummary

_COLUMNS = (
    ("Номер", 12),
    ("За какой период", 34),
    ("Подписано", 17),
    ("Кто подписал", 30),
    ("Состояние", 20),
    ("Исправляет №", 14),
    ("Что исправлено", 40),
    ("Замена №", 14),
    ("Почему есть замена", 40),
    (f"Другие подписи ({LABEL})", 50),
    ("Отпечаток файла (SHA-256)", 68),
)


def workbook(title: str, found: Sequence[IssuedSummary], names: Mapping[str, str]) -> bytes:
    """Write the lines in their order; ``names`` are those of users by id."""
    book = Workbook()
    book.remove(book.worksheets[0])
    heads, widths = zip(*_COLUMNS, strict=True)
    rows = [_row(one, names.get(one.actor, "")) for one in found]
    xlsx.add_table(book, title, heads, rows, widths)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _row(one: IssuedSummary, who: str) -> list[xlsx.Value]:
    return [
        one.number,
        one.span.title,
        f"{one.issued_at.astimezone():%d.%m.%Y %H:%M}",
        who,
        one.state,
        one.replaces.number if one.replaces else None,
        one.replaces.reason if one.replaces else None,
        one.replaced_by.number if one.replaced_by else None,
        one.replaced_by.reason if one.replaced_by else None,
        "; ".join(f"{signature.who} ({signature.kind})" for signature in one.signatures) or None,
        one.sha256,
    ]

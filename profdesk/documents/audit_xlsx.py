"""The journal of acts as a workbook: a row each."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook

from profdesk.documents import xlsx
from profdesk.domain import audit_words
from profdesk.domain.audit import Act

_COLUMNS = (
    ("Когда", 20),
    ("Кто", 34),
    ("Что сделано", 70),
    ("О ком", 50),
    ("Об учениках, всего", 12),
    ("Записей", 10),
    ("Журнал", 14),
)


def workbook(acts: Sequence[Act], users: Mapping[str, str], pupils: Mapping[str, str]) -> bytes:
    """Write acts in their order; ``users`` and ``pupils`` are names by id."""
    book = Workbook()
    book.remove(book.worksheets[0])
    heads, widths = zip(*_COLUMNS, strict=True)
    xlsx.add_table(book, "Журнал действий", heads, [_row(act, users, pupils) for act in acts], widths)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _row(act: Act, users: Mapping[str, str], pupils: Mapping[str, str]) -> list[xlsx.Value]:
    return [
        f"{act.at.astimezone():%d.%m.%Y %H:%M:%S}",
        users.get(act.actor, act.actor),
        audit_words.what(act),
        "; ".join(pupils[one] for one in act.pupils if one in pupils)
        or "; ".join(users[one] for one in act.users if one in users)
        or None,
        act.about,
        act.operations,
        "психологов" if act.psy else "общий",
    ]

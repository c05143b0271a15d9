"""A table of organisations from a file: which column is what, and what taking it in would change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.people import fold
from profdesk.domain.roster import Row, Sheet
from profdesk.domain.roster_text import text
from profdesk.domain.senders import Sender, SenderDraft, apart, named
from profdesk.errors import WrongInputError

_HEAD_WITHIN = 30
_HEADS = (
    ("short_name", ("краткое", "сокращен", "коротк")),
    ("legal_form", ("правовая форма", "опф")),
    ("telephone", ("телефон", "контакт")),
    ("kind", ("вид", "тип")),
    ("note", ("примечан", "заметк")),
    ("name", ("название", "наименован", "организац", "учрежден", "школа")),
)
"""Fields by what their heads begin with, the more particular first."""
_QUOTED = re.compile(r"^(?P<form>[^«\"“„]*?)\s*[«\"“„](?P<name>.+)[»\"”“]\s*$")
_GARDEN = re.compile(r"\bсад\b|садик|дошкольн|\b[мд]б?а?доу\b")


@dataclass(frozen=True)
class SenderTable:
    """What a file would add, and change of organisations (by id) that are there; ``refused`` are sentences."""

    added: tuple[SenderDraft, ...]
    changed: Mapping[str, SenderDraft]
    same: int
    refused: tuple[str, ...]


def plan(sheets: Sequence[Sheet], there: Sequence[Sender], source: str) -> SenderTable:
    """Compare a file with the list; what is written of an organisation there is only added to where it is empty.

    WrongInputError if no table of the file has a column of names.
    """
    tables = [(sheet, head) for sheet in sheets if (head := _head(sheet.rows)) is not None]
    if not tables:
        raise WrongInputError(
            f"В файле «{source}» нет столбца «Название». Ещё понимаем: «Краткое название», «Телефон», «Вид», «Заметка»."
        )
    added: list[Sender] = []
    changed: dict[str, SenderDraft] = {}
    refused: list[str] = []
    same = 0
    for row, columns in _lines(tables):
        try:
            draft = _draft(row, columns)
        except WrongInputError as error:
            refused.append(f"Строка {row.line}: {error.message}")
            continue
        found = named([*there, *added], draft.full_name, draft.short_name)
        if found is None:
            added.append(Sender(f"new {row.line}", apart(draft, [*there, *added])))
        elif found in there and (more := _filled(changed.get(found.id, found.draft), draft)) != found.draft:
            changed[found.id] = more
        else:
            same += 1
    return SenderTable(tuple(one.draft for one in added), changed, same, tuple(refused))


def _head(rows: Sequence[Row]) -> tuple[int, Mapping[int, str]] | None:
    """The line of the heads, and which field each column is: a title over the table names fewer of them."""
    found = [(row.line, columns) for row in rows[:_HEAD_WITHIN] if "name" in (columns := _columns(row)).values()]
    return max(found, key=lambda one: len(one[1]), default=None)


def _columns(row: Row) -> dict[int, str]:
    columns: dict[int, str] = {}
    for place, cell in enumerate(row.cells):
        field = _field(fold(text(cell)))
        if field and field not in columns.values():
            columns[place] = field
    if "name" not in columns.values():
        columns = {place: "name" if field == "short_name" else field for place, field in columns.items()}
    return columns


def _field(head: str) -> str:
    if len(head) > 60:
        return ""
    return next((field for field, starts in _HEADS if any(start in head for start in starts)), "")


def _lines(tables: Sequence[tuple[Sheet, tuple[int, Mapping[int, str]]]]) -> Iterable[tuple[Row, Mapping[int, str]]]:
    for sheet, (line, columns) in tables:
        for row in sheet.rows:
            if row.line > line and any(text(cell) for cell in row.cells):
                yield row, columns


def _draft(row: Row, columns: Mapping[int, str]) -> SenderDraft:
    told = {field: text(row.cells[place]) for place, field in columns.items() if place < len(row.cells)}
    full = told.get("name", "")
    quoted = _QUOTED.match(full)
    form, name = (quoted["form"].strip(), quoted["name"].strip()) if quoted else ("", full)
    is_garden = _GARDEN.search(fold(f"{told.get('kind', '')} {full} {told.get('short_name', '')}"))
    return SenderDraft(
        kind=OrganisationKind.KINDERGARTEN if is_garden else OrganisationKind.SCHOOL,
        legal_form=told.get("legal_form", "") or form,
        name=name,
        short_name=told.get("short_name", ""),
        telephone=told.get("telephone", ""),
        note=told.get("note", ""),
    ).tidy


def _filled(former: SenderDraft, told: SenderDraft) -> SenderDraft:
    """What is empty filled from a file; a telephone is what keys are compared by, so it is never replaced."""
    return replace(
        former,
        legal_form=former.legal_form or told.legal_form,
        telephone=former.telephone or told.telephone,
        note=former.note or told.note,
    )

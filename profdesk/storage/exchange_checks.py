"""Operations of another computer looked at with distrust: whether tables and journal can hold what they say."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from operator import itemgetter
from typing import Any

from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, String

from profdesk.domain.operations import Verb
from profdesk.errors import WrongInputError
from profdesk.storage import exchange_forms, exchange_shapes
from profdesk.storage.exchange_forms import CLOCK
from profdesk.storage.journal import EMPTIED

SPOILED = "Записи в файле не сходятся между собой. Попросите отправить изменения ещё раз."
FORKED = (
    "Две рабочие папки ведут одни и те же номера записей: одна из них скопирована с другой вручную. "
    "Обменяться ими нельзя. Присоедините второй компьютер пакетом рабочей папки."
)
_BYTES = re.compile("sha256:[0-9a-f]{64}")
_LONGEST_ID = 64
_GREATEST = 2**63 - 1
_ids = itemgetter("id", "device", "actor", "batch", "record", "previous", "hash")
_VERBS = frozenset(Verb)


def fields_of(schema: str, operation: Mapping[str, Any]) -> Mapping[str, Sequence[Any]]:
    """What an operation of a schema's journal says of fields, before and after.

    WrongInputError if no program of this revision or before has written it.
    """
    table = exchange_shapes.tables(schema).get(operation["table_name"])
    clocked = CLOCK.fullmatch(operation["clock"]) is not None and operation["number"] <= _GREATEST
    if table is None or not _is_named(operation) or not clocked or operation["verb"] not in _VERBS:
        raise WrongInputError(SPOILED)
    if operation["erased"] is not None and operation["fields"] == EMPTIED:
        return {}
    with suppress(ValueError, TypeError, AttributeError, KeyError, RecursionError):
        fields: Mapping[str, Sequence[Any]] = json.loads(operation["fields"])
        if operation["erased"] is None and _are_sound(exchange_shapes.fields(table), operation["verb"], fields):
            return fields
    raise WrongInputError(SPOILED)


def _is_named(operation: Mapping[str, Any]) -> bool:
    ids = (*_ids(operation), operation["erased"] or operation["id"])
    lengths = [*map(len, ids)]
    return min(lengths) > 0 and max(lengths) <= _LONGEST_ID and _is_storable("".join(ids))


def _are_sound(columns: Mapping[str, Column[object]], verb: str, fields: Mapping[str, Sequence[Any]]) -> bool:
    writes = verb != Verb.DELETE
    for name, told in fields.items():
        column, (before, after) = columns[name], told
        if type(told) is not list or (before is not None and not _fits(column, before)):
            return False
        if writes and not (column.nullable if after is None else _fits(column, after)):
            return False
    return bool(fields)


def _fits(column: Column[object], value: object) -> bool:
    kind = column.type
    if isinstance(kind, String):
        return isinstance(value, str) and _is_text(column, value)
    if isinstance(kind, Date):
        return isinstance(value, str) and date.fromisoformat(value) is not None
    if isinstance(kind, LargeBinary):
        return isinstance(value, str) and _BYTES.fullmatch(value) is not None
    if isinstance(kind, Boolean):
        return isinstance(value, bool)
    return isinstance(kind, Integer) and isinstance(value, int) and abs(value) <= _GREATEST


def _is_text(column: Column[object], value: str) -> bool:
    return _is_storable(value) and exchange_forms.is_sound(column.table.name, column.name, value)


def _is_storable(text: str) -> bool:
    """Whether a text is one in UTF-8: JSON can also tell halves of signs."""
    with suppress(UnicodeEncodeError):
        return text.isascii() or text.encode() != b""
    return False

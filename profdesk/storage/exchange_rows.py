"""Rows and operations of one schema as merging reads and writes them, by table and id, around the ORM.

What it writes is not journaled: the operations that say so are in the journal already.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Column, Date, LargeBinary, Table, delete, insert, select, tuple_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from profdesk.domain.exchange_state import Place, Row
from profdesk.domain.operations import Operation, Value, Verb
from profdesk.domain.progress import Progress
from profdesk.errors import WrongInputError
from profdesk.storage import exchange_shapes
from profdesk.storage.journal import plain
from profdesk.storage.models import AnyOperation, OperationRow, PsyOperationRow, table_of

Contents = Mapping[str, bytes]
"""Bytes by what stands for them in the journal: ``sha256:`` and their hash."""
JOURNALS: Mapping[str, type[AnyOperation]] = {"main": OperationRow, "psy": PsyOperationRow}
_TRANSLATED = (Date, LargeBinary)
"""The types of columns whose values the journal tells in another form."""
_AT_ONCE = 500
_WRITTEN_AT_ONCE = 2_000
_PAIRS_AT_ONCE = 100
_TWICE = "Записи в файле не сходятся с теми, что уже здесь. Попросите отправить изменения ещё раз."
_BYTES_MISSING = "В файле обмена нет части, на которую он ссылается. Попросите отправить изменения ещё раз."

Item = TypeVar("Item")


class Rows:
    """The business tables and the journal of one schema."""

    def __init__(self, session: Session, schema: str) -> None:
        self._session = session
        self._journal = table_of(JOURNALS[schema])
        self.shapes = exchange_shapes.shapes(schema)
        self.tables = exchange_shapes.tables(schema)

    def operations(self, places: Iterable[Place]) -> Iterator[Operation]:
        """All that is known of some records."""
        journal = self._journal.c
        columns = (journal.counts_as, journal.device, journal.number, journal.verb, journal.table_name, journal.record)
        wanted = frozenset(places)
        for part in parts(sorted({record for _, record in wanted})):
            query = select(*columns, journal.fields).where(journal.record.in_(part))
            for clock, device, number, verb, table, record, fields in self._session.execute(query):
                if (table, record) in wanted:
                    told = {name: (before, after) for name, (before, after) in json.loads(fields).items()}
                    yield Operation(clock, device, number, Verb(verb), table, record, told)

    def journal(self, operations: Sequence[Mapping[str, Any]], progress: Progress) -> None:
        """Write down operations that are not known, as they travel; WrongInputError if two are of one id."""
        done = 0
        for part in parts(operations, _WRITTEN_AT_ONCE):
            try:
                self._session.execute(insert(self._journal), [{**one, "counts_as": one["clock"]} for one in part])
            except IntegrityError as error:
                raise WrongInputError(_TWICE) from error
            progress(done := done + len(part), len(operations))

    def known(self, places: Iterable[Place]) -> set[Place]:
        """Those of some records of which the journal has operations."""
        journal, wanted, found = self._journal.c, frozenset(places), set[Place]()
        for part in parts(sorted({record for _, record in wanted})):
            query = select(journal.table_name, journal.record).where(journal.record.in_(part)).distinct()
            found.update((table, record) for table, record in self._session.execute(query))
        return found & wanted

    def read(self, places: Iterable[Place]) -> dict[Place, dict[str, Value]]:
        """Rows as the journal would tell of them."""
        found: dict[Place, dict[str, Value]] = {}
        for name, ids in by_table(places).items():
            table = self.tables[name]
            names = tuple(exchange_shapes.fields(table))
            for part in parts(sorted(ids)):
                query = select(table.c.id, *(table.c[one] for one in names)).where(table.c.id.in_(part))
                for record, *values in self._session.execute(query):
                    found[name, record] = {one: _plain(value) for one, value in zip(names, values, strict=True)}
        return found

    def there(self, places: Iterable[Place]) -> set[Place]:
        """Those of some places where there is a row."""
        found: set[Place] = set()
        for name, ids in by_table(places).items():
            table = self.tables[name]
            for part in parts(sorted(ids)):
                ids_there = self._session.scalars(select(table.c.id).where(table.c.id.in_(part)))
                found.update((name, record) for record in ids_there)
        return found

    def like(self, rows: Mapping[Place, Row]) -> set[Place]:
        """Rows that are one thing with some of these by the key of their table."""
        found: set[Place] = set()
        by_name = by_table(rows)
        for shape in self.shapes:
            if shape.key:
                table = self.tables[shape.table]
                columns = [table.c[name] for name in shape.key]
                there = by_name.get(shape.table, ())
                keys = sorted({_key(table, shape.key, rows[shape.table, record]) for record in there})
                for part in parts(keys, _PAIRS_AT_ONCE):
                    ids = self._session.scalars(select(table.c.id).where(tuple_(*columns).in_(part)))
                    found.update((shape.table, record) for record in ids)
        return found

    def naming(self, places: Iterable[Place]) -> dict[Place, set[Place]]:
        """The rows that name some others, by whom they name."""
        found: dict[Place, set[Place]] = {}
        wanted = by_table(places)
        for shape in self.shapes:
            for name, link in shape.links.items():
                table = self.tables[shape.table]
                for part in parts(sorted(wanted.get(link.table, ()))):
                    query = select(table.c.id, table.c[name]).where(table.c[name].in_(part))
                    for record, named in self._session.execute(query):
                        found.setdefault((link.table, named), set()).add((shape.table, record))
        return found

    def delete(self, places: Iterable[Place]) -> None:
        """Take rows away."""
        for name, ids in by_table(places).items():
            table = self.tables[name]
            for part in parts(sorted(ids)):
                self._session.execute(delete(table).where(table.c.id.in_(part)))

    def write(self, rows: Mapping[Place, Row], contents: Contents) -> None:
        """Put rows where there are none."""
        by_name = by_table(rows)
        for name, table in self.tables.items():
            columns = exchange_shapes.fields(table)
            translated = [one for one in columns.values() if isinstance(one.type, _TRANSLATED)]
            for part in parts(sorted(by_name.get(name, ())), _WRITTEN_AT_ONCE):
                made: list[dict[str, Any]] = []
                for record in part:
                    row = rows[name, record]
                    made.append({"id": record, **{one: row[one] for one in columns}})
                    made[-1].update((one.name, _stored(one, row[one.name], contents)) for one in translated)
                self._session.execute(insert(table), made)

    def contents(self, places: Iterable[Place]) -> dict[str, bytes]:
        """The bytes that rows hold."""
        found: dict[str, bytes] = {}
        for name, ids in by_table(places).items():
            table = self.tables[name]
            columns = [one for one in table.columns if isinstance(one.type, LargeBinary)]
            for part in parts(sorted(ids)) if columns else ():
                for values in self._session.execute(select(*columns).where(table.c.id.in_(part))):
                    found.update((str(plain(value)), value) for value in values if value is not None)
        return found


def by_table(places: Iterable[Place]) -> dict[str, set[str]]:
    """Ids by table."""
    found: dict[str, set[str]] = {}
    for table, record in places:
        found.setdefault(table, set()).add(record)
    return found


def parts(items: Sequence[Item], at_once: int = _AT_ONCE) -> Iterator[Sequence[Item]]:
    """Cut a sequence into what one statement takes."""
    return (items[start : start + at_once] for start in range(0, len(items), at_once))


def checked(contents: Contents) -> Contents:
    """Bytes that are what their names say; WrongInputError if some are not."""
    if any(name != f"sha256:{hashlib.sha256(content).hexdigest()}" for name, content in contents.items()):
        raise WrongInputError(_BYTES_MISSING)
    return contents


def _plain(value: object) -> Value:
    made = plain(value)
    if made is None or isinstance(made, str | int | float):
        return made
    raise TypeError(f"{type(value)} is not journaled")


def _stored(column: Column[object], value: Value, contents: Contents) -> Any:
    if value is None:
        return None
    if isinstance(column.type, Date):
        return date.fromisoformat(str(value))
    if isinstance(column.type, LargeBinary):
        if value not in contents:
            raise WrongInputError(_BYTES_MISSING)
        return contents[str(value)]
    return value


def _key(table: Table, names: Sequence[str], row: Row) -> tuple[Any, ...]:
    return tuple(_stored(table.c[name], row[name], {}) for name in names)


def pupils_of(rows: Collection[Row]) -> frozenset[str]:
    """The ids of the pupils that rows speak of."""
    return frozenset(str(row["pupil_id"]) for row in rows if row.get("pupil_id"))

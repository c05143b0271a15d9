"""What merging has to know of every table: links, keys and first values, read off the tables themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, Table, UniqueConstraint

from profdesk.domain.exchange_state import Place
from profdesk.domain.operations import Bond, Link, Shape, Value
from profdesk.domain.people import fold
from profdesk.storage.models import Base, BusinessRow, PupilRow, table_of

_NOT_BLANK = (Date, LargeBinary)
"""The types of columns that cannot be left blank: one that must hold something has to be told."""


@cache
def shapes(schema: str) -> Sequence[Shape]:
    """Every business table of a schema (``main`` or ``psy``), one that is named by others before those."""
    return [_shape(table) for table in tables(schema).values()]


@cache
def tables(schema: str) -> Mapping[str, Table]:
    """The business tables of a schema by name, one that is named by others before those."""
    business = {table_of(mapper.class_) for mapper in BusinessRow.registry.mappers if _is_business(mapper.class_)}
    ordered = (table for table in Base.metadata.sorted_tables if table in business)
    return {table.name: table for table in ordered if (table.schema or "main") == schema}


def ordered(schema: str, places: Iterable[Place]) -> Sequence[Place]:
    """Records of a schema, those that are named by others before these."""
    order = {name: at for at, name in enumerate(tables(schema))}
    return sorted(places, key=lambda place: (order[place[0]], place[1]))


@cache
def fields(table: Table) -> Mapping[str, Column[object]]:
    """The columns of a table that the journal tells of, by name."""
    rows = {table_of(mapper.class_): mapper.class_ for mapper in BusinessRow.registry.mappers}
    derived = rows[table].derived
    return {column.name: column for column in table.columns if column.name not in {"id", *derived}}


def _is_business(kind: type[object]) -> bool:
    return issubclass(kind, BusinessRow)


def _shape(table: Table) -> Shape:
    added = {name: _first(one) for name, one in fields(table).items()}
    follows = {"folded": _folded} if table is table_of(PupilRow) else {}
    needed = frozenset(name for name, one in fields(table).items() if not one.nullable and added[name] is None)
    return Shape(table.name, dict(_links(table)), _key(table), added, needed, follows)


def _folded(pupil: Mapping[str, Value]) -> Value:
    """What pupils are found and ordered by: one computer may have changed the surname and another the given name."""
    return fold(" ".join(str(pupil[part]) for part in ("surname", "given", "patronymic") if pupil.get(part)))


def _links(table: Table) -> Iterator[tuple[str, Link]]:
    for name, column in fields(table).items():
        for key in column.foreign_keys:
            yield name, Link(key.column.table.name, Bond.OPTIONAL if column.nullable else Bond.REQUIRED)


def _key(table: Table) -> tuple[str, ...]:
    """What two rows never have alike: records that do are one thing. A table has one such constraint, if any."""
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            return tuple(column.name for column in constraint.columns)
    return ()


def _first(column: Column[object]) -> Value:
    """What a field holds in a record that a program made before there was the field; None where it cannot."""
    if column.nullable or isinstance(column.type, _NOT_BLANK):
        return None
    if isinstance(column.type, Boolean):
        return False
    return 0 if isinstance(column.type, Integer) else ""

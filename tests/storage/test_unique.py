"""What tables allow once alone, and merging may bring twice: rows equal by it are one by the key of their table."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Table, UniqueConstraint

from profdesk.storage import exchange_shapes

TABLES = [table for schema in ("main", "psy") for table in exchange_shapes.tables(schema).values()]


def once(table: Table) -> Iterator[tuple[str, ...]]:
    """The columns that no two rows may have alike, but for the id."""
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield tuple(column.name for column in constraint.columns)
    for index in table.indexes:
        if index.unique:
            yield tuple(column.name for column in index.columns)


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_nothing_is_unique_but_what_makes_two_records_one(table: Table) -> None:
    (shape,) = (one for one in exchange_shapes.shapes(table.schema or "main") if one.table == table.name)
    assert list(once(table)) == ([shape.key] if shape.key else [])
    told = exchange_shapes.fields(table)
    assert not [name for name in shape.key if name not in told or told[name].nullable]

"""What is told of a file of changes, in the words of a school."""

from __future__ import annotations

from profdesk.domain import exchange_words
from profdesk.storage import exchange_plan, exchange_shapes


def test_every_table_that_travels_is_counted_by_a_name_of_its_own() -> None:
    tables = {*exchange_shapes.tables("main"), *exchange_shapes.tables("psy")}
    travelling = tables - exchange_plan.STAYS - {"batch", "deed"}
    named = {table: exchange_words.many(table, exchange_plan.REGISTERS) for table in travelling}
    assert len(set(named.values())) == len(named)
    assert all(name[0].isupper() for name in named.values())


def test_records_are_counted_by_sort() -> None:
    made, changed = [("note", "1"), ("note", "2"), ("batch", "3")], [("trial", "4")]
    found = exchange_words.counts(made, changed, [("pupil", "5")], exchange_plan.REGISTERS)
    assert [(one.title, one.made, one.changed, one.gone) for one in found] == [
        ("Заметки к оценкам", 2, 0, 0), ("Пробы", 0, 1, 0), ("Ученики", 0, 0, 1),
    ]  # fmt: skip

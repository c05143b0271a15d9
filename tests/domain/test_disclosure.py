"""Hidden numbers stay hidden: an exact audit over fractions, written apart from the code it looks at."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from disclosure_audit import Computable
from hypothesis import given, settings
from hypothesis import strategies as st

from profdesk.domain.disclosure import LEAST, Table, hidden


def vector(table: Table[str, str], atoms: frozenset[str]) -> list[int]:
    return [int(atom in atoms) for atom in table.counts]


def audit(table: Table[str, str]) -> frozenset[str]:
    """Hide, then say that nothing small can be computed; gives what is hidden."""
    gone = hidden(table)
    computable = Computable([vector(table, atoms) for name, atoms in table.numbers.items() if name not in gone])
    for name, atoms in table.numbers.items():
        if 0 < table.value(name) < LEAST:
            assert name in gone
            assert not computable.has(vector(table, atoms)), name
    for atom, count in table.counts.items():
        if 0 < count < LEAST:
            assert not computable.has(vector(table, frozenset([atom]))), atom
    for row in table.rows:
        together = sum(table.value(name) for name in row if name in gone)
        assert not 0 < together < LEAST or set(row) <= gone, row
    return gone


def cross_table(counts: Sequence[Sequence[int]]) -> Table[str, str]:
    """A table of cells with the totals of rows and columns and of all."""
    cells = {f"{row}.{column}": count for row, line in enumerate(counts) for column, count in enumerate(line)}
    numbers = {name: frozenset([name]) for name in cells}
    rows = [[f"{row}.{column}" for column in range(len(line))] for row, line in enumerate(counts)]
    columns = [[f"{row}.{column}" for row in range(len(counts))] for column in range(len(counts[0]))]
    for place, names in enumerate((*rows, *columns)):
        numbers[f"total {place}"] = frozenset(names)
    numbers["all"] = frozenset(cells)
    return Table(cells, numbers, [*rows, *columns])


def random_table(chance: Random) -> Table[str, str]:
    wide, high = chance.randint(1, 6), chance.randint(1, 6)
    most = chance.choice([4, 9, 30])
    return cross_table([[chance.choice([0, chance.randint(0, most)]) for _ in range(wide)] for _ in range(high)])


@pytest.mark.parametrize("tables", [150, pytest.param(2000, marks=pytest.mark.slow)])
def test_nothing_can_be_computed_back(tables: int) -> None:
    chance = Random(2026)  # noqa: S311  # a table to look at, not a key
    hid = sum(bool(audit(random_table(chance))) for _ in range(tables))
    assert hid > tables / 2


@settings(max_examples=60)
@given(st.data())
def test_nor_where_numbers_overlap_as_they_like(data: st.DataObject) -> None:
    atoms = [f"a{number}" for number in range(data.draw(st.integers(1, 8)))]
    counts = {atom: data.draw(st.integers(0, 12)) for atom in atoms}
    numbers = data.draw(st.lists(st.frozensets(st.sampled_from(atoms), min_size=1), max_size=12))
    audit(Table(counts, {f"n{place}": one for place, one in enumerate(numbers)}))


@pytest.mark.parametrize(
    ("counts", "wanted"),
    [
        ([[10, 20, 30]], set()),
        ([[0, 20, 30]], set()),
        ([[3, 20, 30]], {"0.0", "0.1"}),
        ([[1, 1, 30]], {"0.0", "0.1", "0.2"}),
        ([[2, 3, 30]], {"0.0", "0.1"}),
        ([[3]], {"0.0", "total 0", "total 1", "all"}),
    ],
)
def test_no_more_is_hidden_than_has_to_be(counts: Sequence[Sequence[int]], wanted: set[str]) -> None:
    single = cross_table(counts)
    names = {name for name in single.numbers if not name.startswith("total") or len(counts[0]) == 1}
    table = Table(
        single.counts, {name: single.numbers[name] for name in single.numbers if name in names}, single.rows[:1]
    )
    assert audit(table) == wanted


def test_a_sum_under_two_names_is_hidden_under_both_or_under_none() -> None:
    counts = {"a": 9, "b": 3, "c": 20, "d": 30}
    whole = frozenset(counts)
    numbers = {"same": whole, **{name: frozenset([name]) for name in counts}, "all": whole}
    for order in (["same", "a", "b", "c", "d", "all"], ["a", "b", "c", "d", "same", "all"]):
        gone = hidden(Table(counts, {name: numbers[name] for name in order}))
        assert ("same" in gone) == ("all" in gone)
        assert "b" in gone

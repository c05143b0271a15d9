"""However lists are laid out on a sheet, every cell is read or told: no class vanishes without a word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from support import often

from profdesk.domain.roster import ColumnsError, Field, Roster, Row, Sheet
from profdesk.domain.roster_reading import recognise
from profdesk.domain.roster_text import letters, text

TODAY = date(2026, 11, 23)
FAMILIES = (
    ("Ильин", "Королёв", "Мирзоев", "Ан", "Зыков", "Ткачук"),
    ("Подъячев", "Белов", "Ким", "Гаврилов", "Юй", "Черных"),
    ("Цой", "Орехов", "Салтыков-Щедрин", "Фёдоров", "Эм", "Дроздов"),
)
GIVEN = ("Даниил", "Пётр", "Тимур", "Лев", "Семён")
PATRONYMICS = ("Евгеньевич", "Ильич", "Рустам оглы", "")
TITLES = ('{} "{}" (кл. рук. Иванова М.П.)', "{} «{}» класс", "Класс: {}{}", "{}-{}", "Список {}{} класса")
PHONE = "8 900 000-00-00"
Grid = list[list[object]]


@dataclass(frozen=True)
class Child:
    surname: str
    given: str
    patronymic: str
    born: date

    @property
    def full(self) -> str:
        return f"{self.surname} {self.given} {self.patronymic}".strip()


@dataclass(frozen=True)
class Block:
    """A list as it stands on the sheet, with the class its title names."""

    group: str
    children: tuple[Child, ...]
    cells: Grid

    @property
    def width(self) -> int:
        return max(map(len, self.cells))


@dataclass(frozen=True)
class Form:
    """How all lists of a sheet are written."""

    header: bool
    numbered: bool
    parts: bool
    phone: bool
    footer: bool
    spaced: bool


@st.composite
def blocks(draw: st.DrawFn, form: Form, number: int, *, titled: bool) -> Block:
    surnames = draw(st.lists(st.sampled_from(FAMILIES[number]), min_size=1, max_size=6, unique=True))
    days = draw(
        st.lists(
            st.dates(date(2009, 1, 1), date(2019, 12, 31)),
            min_size=len(surnames),
            max_size=len(surnames),
            unique=True,
        )
    )
    children = tuple(
        Child(surname, draw(st.sampled_from(GIVEN)), draw(st.sampled_from(PATRONYMICS)), born)
        for surname, born in zip(surnames, days, strict=True)
    )
    grade, letter = draw(st.integers(1, 11)), "АБВ"[number]
    cells: Grid = [[draw(st.sampled_from(TITLES)).format(grade, letter)]] if titled else []
    cells += [[]] if titled and form.spaced else []
    names = ["Фамилия", "Имя", "Отчество"] if form.parts else ["ФИО"]
    if form.header:
        cells.append(["№"] * form.numbered + names + ["Дата рождения"] + ["Телефон"] * form.phone)
    for line, one in enumerate(children, 1):
        own = [one.surname, one.given, one.patronymic or None] if form.parts else [one.full]
        born = f"{one.born:%d.%m.%Y}" if line % 2 else one.born
        cells.append([line] * form.numbered + own + [born] + [PHONE] * form.phone)
    cells += [[f"Итого: {len(children)}"]] if form.footer else []
    return Block(f"{grade} «{letter}»" if titled else "", children, cells)


def beside(made: Sequence[Block], gap: int, drop: int) -> Grid:
    """Lists side by side, each further one begun some rows lower."""
    height = max(len(block.cells) + number * drop for number, block in enumerate(made))
    grid: Grid = [[] for _ in range(height)]
    left = 0
    for number, block in enumerate(made):
        for row, cells in enumerate(block.cells, number * drop):
            grid[row] += [None] * (left - len(grid[row])) + cells
        left += block.width + gap
    return grid


def below(made: Sequence[Block], gap: int, shift: int) -> Grid:
    """Lists one under another, each further one begun some columns to the right."""
    return [
        [None] * (number * shift) + row
        for number, block in enumerate(made)
        for row in [*block.cells, *([[]] * (gap + 1))]
    ]


FORMS = st.builds(Form, st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.booleans())


def sheet(grid: Grid) -> Sheet:
    rows = (Row(line, tuple(cells)) for line, cells in enumerate(grid, 1))
    return Sheet("", tuple(row for row in rows if any(cell is not None for cell in row.cells)))


def shown(roster: Roster) -> set[tuple[str, date, str]]:
    return {(one.name.full, one.birth_date, one.group.title if one.group else "") for one in roster.pupils}


def told(roster: Roster, line: int) -> list[str]:
    """Everything said of a line: what was read of it, why it was refused, or what stands in it."""
    good = [f"{one.name.full} {one.birth_date:%d.%m.%Y}" for one in roster.pupils if one.line == line]
    bad = [f"{one.text} {one.birth_date} {one.group}" for one in roster.refused if one.line == line]
    return good + bad + [one.text for one in roster.passed if one.line == line]


def unread(roster: Roster) -> set[int]:
    """The columns that notices name."""
    found: set[int] = set()
    for notice in roster.notices:
        for first, last in re.findall(r"^Стол\w+ ([A-Z]+)(?:–([A-Z]+))?", notice):
            found |= {index for index in range(60) if letters(index) in (first, last) or first < letters(index) < last}
    return found


def assert_all_told(grid: Grid, roster: Roster) -> None:
    """Every cell is told in its line, stands in a header, or in a column that is named as not taken.

    A pupil's name must be told or refused in its line or named in a sentence: a column that is shown as not
    taken is not enough.
    """
    columns = [column for header in roster.headers for column in header.columns]
    ignored, noticed = {column.index for column in columns if column.field is Field.IGNORED}, unread(roster)
    firsts = sorted({one.first for one in (*roster.pupils, *roster.refused, *roster.passed)})
    refused = {(one.line, one.first) for one in roster.refused}
    surnames = {surname for family in FAMILIES for surname in family}
    headings = {column.heading for column in columns}
    for line, cells in enumerate(grid, 1):
        said = told(roster, line)
        for index, cell in enumerate(cells):
            words = text(cell)
            before = max((first for first in firsts if first <= index), default=0)
            minor = said and (words == PHONE or isinstance(cell, int))
            is_told = any(words in one for one in said) or words in headings or minor or (line, before) in refused
            is_pupil = words.split(" ")[0] in surnames
            assert not words or is_told or index in noticed or (index in ignored and not is_pupil), (line, words)


@often(2)
@given(st.data(), FORMS, st.integers(1, 3), st.booleans(), st.integers(0, 2), st.integers(0, 2))
def test_lists_side_by_side_are_all_read(
    data: st.DataObject, form: Form, count: int, titled: bool, gap: int, drop: int
) -> None:
    made = [data.draw(blocks(form, number, titled=titled)) for number in range(count)]
    grid = beside(made, gap, drop)
    roster = recognise([sheet(grid)], TODAY)
    assert shown(roster) == {(one.full, one.born, block.group) for block in made for one in block.children}
    assert roster.refused == ()
    assert len({one.key for one in (*roster.pupils, *roster.passed)}) == len(roster.pupils) + len(roster.passed)
    assert_all_told(grid, roster)


@often(2)
@given(st.data(), FORMS, st.integers(1, 3), st.integers(0, 2))
def test_lists_one_under_another_are_all_read(data: st.DataObject, form: Form, count: int, gap: int) -> None:
    made = [data.draw(blocks(form, number, titled=True)) for number in range(count)]
    grid = below(made, gap, 0)
    roster = recognise([sheet(grid)], TODAY)
    assert shown(roster) == {(one.full, one.born, block.group) for block in made for one in block.children}
    assert roster.refused == ()
    assert_all_told(grid, roster)


@often(3)
@given(st.data(), st.lists(FORMS, min_size=2, max_size=3), st.booleans(), st.integers(0, 2), st.integers(0, 3))
def test_whatever_is_not_read_is_told(
    data: st.DataObject, forms: list[Form], titled: bool, gap: int, shift: int
) -> None:
    """Lists of different forms, beside or under each other and shifted: some cannot be read, none is lost."""
    made = [data.draw(blocks(form, number, titled=titled)) for number, form in enumerate(forms)]
    grid = beside(made, gap, shift) if data.draw(st.booleans()) else below(made, gap, shift)
    roster = None
    with suppress(ColumnsError):
        roster = recognise([sheet(grid)], TODAY)
    if roster is not None:
        assert_all_told(grid, roster)

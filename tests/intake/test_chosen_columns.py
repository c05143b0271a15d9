"""What a person says of the columns counts; files in which no list was found show theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from roster_makers import text, xlsx

from profdesk.domain.roster import Choice, Column, ColumnsError, Field, Header, Roster
from profdesk.domain.roster_reading import recognise
from profdesk.intake import roster_file

SAMPLES = Path(__file__).parents[1] / "data" / "rosters"
APPLICANTS = [
    ["Заявитель", "Записан", "Рожд.", "Кл"],
    ["Ильина Анна Ивановна", "Ильин Лев", "05.02.2014", "6А"],
    ["Ким Ольга Петровна", "Ким Вера", "07.03.2014", "6Б"],
]


def read(folder: Path, data: bytes, chosen: Mapping[str, Choice] | None = None) -> Roster:
    path = folder / "список"
    path.write_bytes(data)
    return recognise(roster_file.read(path), chosen=chosen)


def names(roster: Roster) -> list[str]:
    return [pupil.name.full for pupil in roster.pupils]


def fields(header: Header) -> list[Field]:
    return [column.field for column in header.columns]


def test_columns_guessed_wrong_are_put_right(tmp_path: Path) -> None:
    guessed = read(tmp_path, text(APPLICANTS))
    (header,) = guessed.headers
    assert names(guessed) == ["Ильина Анна Ивановна", "Ким Ольга Петровна"]
    assert [column.heading for column in header.columns] == APPLICANTS[0]
    assert header.columns[1].samples == ("Ильин Лев", "Ким Вера")
    right = read(tmp_path, text(APPLICANTS), {header.shape: header.with_field(1, Field.FULL_NAME)})
    assert names(right) == ["Ильин Лев", "Ким Вера"]
    assert fields(right.headers[0]) == [Field.IGNORED, Field.FULL_NAME, Field.BIRTH_DATE, Field.GROUP]
    assert right.refused == ()


def test_an_empty_choice_leaves_it_to_the_program(tmp_path: Path) -> None:
    guessed = read(tmp_path, text(APPLICANTS))
    assert read(tmp_path, text(APPLICANTS), {guessed.headers[0].shape: {}}) == guessed


def test_the_next_file_of_the_shape_has_it_though_rows_differ(tmp_path: Path) -> None:
    shape = read(tmp_path, text(APPLICANTS)).headers[0].shape
    other = [["Список заявлений"], APPLICANTS[0], ["Цой Инна Олеговна", "Цой Ян", "01.09.2013", "6А"]]
    assert read(tmp_path, text(other)).headers[0].shape == shape


def test_a_file_without_names_shows_its_columns_to_choose_from(tmp_path: Path) -> None:
    table = [["А", "Б", "В", "Г"], ["Ан Вера", "*", "01.12.2013", "5А"], ["*", "Ким Лев", "02.12.2013", "5А"]]
    with pytest.raises(ColumnsError) as caught:
        read(tmp_path, text(table))
    (header,) = caught.value.headers
    assert [column.heading for column in header.columns] == table[0]
    assert not header.is_list
    chosen = dict.fromkeys(header.choice, Field.IGNORED) | {0: Field.FULL_NAME, 2: Field.BIRTH_DATE, 3: Field.GROUP}
    roster = read(tmp_path, text(table), {header.shape: chosen})
    assert names(roster) == ["Ан Вера"]


def test_a_choice_that_leaves_no_list_is_told_with_the_columns(tmp_path: Path) -> None:
    header = read(tmp_path, text(APPLICANTS)).headers[0]
    with pytest.raises(ColumnsError) as caught:
        read(tmp_path, text(APPLICANTS), {header.shape: header.with_field(0, Field.IGNORED)})
    assert fields(caught.value.headers[0]) == [Field.IGNORED, Field.IGNORED, Field.BIRTH_DATE, Field.GROUP]


def test_sheets_with_one_header_are_chosen_together(tmp_path: Path) -> None:
    other = [["Ученик", "Дата рождения"], ["Цой Ян", "01.12.2013"]]
    book = xlsx(
        {
            "6А": APPLICANTS[:2],
            "6Б": [APPLICANTS[0], APPLICANTS[2]],
            "5А": other,
            "Часы": [["Предмет", "Часы"], ["Химия", 5]],
        }
    )
    headers = read(tmp_path, book).headers
    assert [header.sheets for header in headers] == [("6А", "6Б"), ("5А",), ("Часы",)]
    assert [header.is_list for header in headers] == [True, True, False]
    chosen = {headers[0].shape: headers[0].with_field(1, Field.FULL_NAME)}
    assert names(read(tmp_path, book, chosen)) == ["Ильин Лев", "Ким Вера", "Цой Ян"]


def test_tables_without_a_header_are_chosen_alike_but_not_for_the_next_file(tmp_path: Path) -> None:
    book = xlsx({"6А": APPLICANTS[1:2], "6Б": APPLICANTS[2:]})
    (header,) = read(tmp_path, book).headers
    assert not header.known
    assert header.sheets == ("6А", "6Б")
    chosen = {header.shape: header.with_field(1, Field.FULL_NAME)}
    assert names(read(tmp_path, book, chosen)) == ["Ильин Лев", "Ким Вера"]


@pytest.mark.parametrize(
    "path", [path for path in sorted(SAMPLES.iterdir()) if path.suffix != ".json"], ids=lambda path: path.name
)
def test_choosing_what_was_found_changes_nothing(path: Path) -> None:
    sheets = roster_file.read(path)
    found = recognise(sheets)
    assert recognise(sheets, chosen={header.shape: header.choice for header in found.headers}) == found


def header_of(*kinds: Field) -> Header:
    return Header("", True, ("",), tuple(Column(index, "", kind) for index, kind in enumerate(kinds)))


@pytest.mark.parametrize(
    ("before", "index", "field", "after"),
    [
        ([Field.FULL_NAME, Field.IGNORED], 1, Field.SURNAME, [Field.IGNORED, Field.SURNAME]),
        (
            [Field.SURNAME, Field.GIVEN, Field.IGNORED],
            2,
            Field.FULL_NAME,
            [Field.IGNORED, Field.IGNORED, Field.FULL_NAME],
        ),
        ([Field.GRADE, Field.LETTER, Field.SEX], 1, Field.GROUP, [Field.IGNORED, Field.GROUP, Field.SEX]),
        ([Field.GROUP, Field.IGNORED], 1, Field.LETTER, [Field.IGNORED, Field.LETTER]),
        ([Field.BIRTH_DATE, Field.IGNORED], 1, Field.BIRTH_DATE, [Field.IGNORED, Field.BIRTH_DATE]),
        ([Field.IGNORED, Field.SEX], 1, Field.IGNORED, [Field.IGNORED, Field.IGNORED]),
    ],
)
def test_a_field_leaves_the_column_it_stood_in(
    before: Sequence[Field], index: int, field: Field, after: Sequence[Field]
) -> None:
    assert list(header_of(*before).with_field(index, field).values()) == after


@given(st.lists(st.sampled_from(Field), min_size=1, max_size=6), st.data())
def test_a_chosen_field_stands_in_one_column(before: list[Field], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(before) - 1))
    field = data.draw(st.sampled_from([one for one in Field if one is not Field.IGNORED]))
    chosen = header_of(*before).with_field(index, field)
    assert [column for column, kind in chosen.items() if kind is field] == [index]

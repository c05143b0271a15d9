"""Answer files: as online forms export them and teachers type them; nobody matched by guess."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from profdesk.domain import answer_cells, answer_table
from profdesk.domain.answers import to_json
from profdesk.domain.people import PersonName, Pupil
from profdesk.domain.questions import Wording
from profdesk.domain.roster_text import Value
from profdesk.errors import WrongInputError
from profdesk.services import answer_files, instruments, roster

DATA = Path(__file__).parents[1] / "data"
EXPECTED: dict[str, Any] = json.loads((DATA / "answers" / "expected.json").read_text(encoding="utf-8"))
FILES = [name for name, found in EXPECTED.items() if isinstance(found, dict)]


def pupil(name: str) -> Pupil:
    return Pupil(name, PersonName(*name.split()), date(2012, 5, 6), None, None)


CLASS = [pupil(name) for name in ("Ёлкин Матвей Ильич", "Белова Анна Сергеевна", "Ан Виктория", "Ан Вера Павловна")]


@pytest.mark.parametrize("name", FILES)
def test_samples_are_read_as_expected(name: str) -> None:
    wanted = EXPECTED[name]
    instrument = instruments.called(wanted["instrument"])
    listed = roster.read(DATA / "rosters" / EXPECTED["class_list"]).pupils
    there = [Pupil(one.name.full, one.name, one.birth_date, one.sex, None) for one in listed]
    found = answer_files.preview(instrument, DATA / "answers" / name, there)
    assert {one.pupil.name.full: to_json(instrument, one.answers) for one in found.sheets} == wanted["sheets"]
    assert [one.name for one in found.unmatched] == wanted.get("unmatched", [])
    assert not found.unclear


def table(*rows: Sequence[Value]) -> list[tuple[int, Sequence[Value]]]:
    return list(enumerate(rows, 1))


def read(*rows: Sequence[Value], code: str = "ddo_klimov_20", **more: Any) -> answer_table.AnswerTable:
    return answer_table.read(instruments.called(code), [table(*rows)], CLASS, "ответы.xlsx", **more)


HEAD: list[Value] = ["ФИО", *range(1, 21)]


def test_pupils_may_stand_across() -> None:
    head: list[Value] = ["Вопрос", "Елкин Матвей", "Белова Анна"]
    found = read(head, *([item, "а", "б"] for item in range(1, 21)))
    assert {one.pupil.name.surname: set(one.answers.values()) for one in found.sheets} == {
        "Ёлкин": {"a"},
        "Белова": {"b"},
    }
    assert [one.name.given for one in found.absent] == ["Виктория", "Вера"]


@pytest.mark.parametrize("cell", ["б", "Б", "б)", "б) Да, конечно", "б. Второе", "b", 2, 2.0, "2", "2)", " б – второе"])
def test_an_answer_may_be_written_in_many_ways(cell: Value) -> None:
    assert answer_cells.read(instruments.called("ddo_klimov_20"), 1, cell) == "b"


@pytest.mark.parametrize("cell", ["а, б", "аб", "в", 3, "да", "2024-01-01", "-"])
def test_what_could_be_two_answers_or_none_is_not_guessed(cell: Value) -> None:
    with pytest.raises(answer_cells.UnclearError):
        answer_cells.read(instruments.called("ddo_klimov_20"), 1, cell)
    found = read(HEAD, ["Белова Анна", cell, *["а"] * 19])
    assert [(one.line, one.name) for one in found.unclear] == [(2, "Белова Анна")]
    assert 1 not in found.sheets[0].answers


@pytest.mark.parametrize(
    ("code", "cell", "kept"),
    [
        ("golomshtok_144", "++", "++"),
        ("golomshtok_144", "−−", "--"),
        ("golomshtok_144", "+2", "++"),
        ("golomshtok_144", -1, "-"),
        ("golomshtok_144", "очень нравится", "++"),
        ("thinking_type_40", "да", "+"),
        ("thinking_type_40", "Нет", "-"),
        ("schein_anchors_41", 10.0, "10"),
        ("yovaysha_30", "2-1", "2-1"),
        ("yovaysha_30", "а3 б0", "3-0"),
        ("yovaysha_30", "1 и 2", "1-2"),
        ("opg_42", "2 1 0", "2/1/0"),
        ("opg_42", "210", "2/1/0"),
        ("opg_42", "2,-,1", "2/-/1"),
        ("rokeach_18_18", 18, "18"),
        ("rokeach_18_18", "место 3", "3"),
        ("matrix_rezapkina", "4; 1", "1+4"),
        ("pvq_40", "", None),
        ("pvq_40", None, None),
        ("pvq_40", "нет ответа", None),
    ],
)
def test_every_kind_of_answer_is_read(code: str, cell: Value, kept: str | None) -> None:
    assert answer_cells.read(instruments.called(code), 1, cell) == kept


def test_whole_texts_of_answers_and_questions_are_known_by_the_schools_wording() -> None:
    questions = {
        item: f"Хотелось бы вам заниматься делом, которое у нас под буквой {chr(1071 + item)}?" for item in range(1, 21)
    }
    wording = Wording(questions, {(1, "a"): "Ухаживать за животными", (1, "b"): "Обслуживать машины"})
    head: list[Value] = ["Ваше имя", *questions.values()]
    found = read(head, ["Анна Белова", "обслуживать  машины", *["а"] * 19], wording=wording)
    assert found.sheets[0].answers[1] == "b"
    assert len(found.sheets[0].answers) == 20


@pytest.mark.parametrize(
    ("written", "surname"),
    [
        (["Елкин Матвей"], "Ёлкин"),
        (["Матвей Ёлкин"], "Ёлкин"),
        (["ЕЛКИН", "МАТВЕЙ", "ИЛЬИЧ"], "Ёлкин"),
        (["7А, Ёлкин М."], "Ёлкин"),
        (["Ёлкин М. И."], "Ёлкин"),
        (["Бeлoвa Aннa"], "Белова"),
        (["Белова Анна Сергеевна (8Б)"], "Белова"),
        (["Ан Вера"], "Ан"),
        (["Ан В."], None),
        (["Ёлкин"], None),
        (["А. Белова", "9 В"], "Белова"),
        (["Белова А. С."], "Белова"),
        (["Белова С. А."], None),
        (["Ёлкин Пётр"], None),
        (["Незнайкин Пётр"], None),
    ],
)
def test_names_are_matched_only_where_one_fits(written: list[str], surname: str | None) -> None:
    head: list[Value] = [*(["Имя"] * len(written)), *range(1, 21)]
    found = read(head, [*written, *["а"] * 20])
    assert [one.pupil.name.surname for one in found.sheets] == ([surname] if surname else [])
    if surname is None:
        assert [one.name for one in found.unmatched] == [" ".join(written)]


@pytest.mark.parametrize("written", [["9А"], ["9 «А»"], ["9-а"], ["9", "А"], ["А"], ["9 А класс"]])
def test_letter_of_the_class_is_nobodys_initial(written: list[str]) -> None:
    head: list[Value] = ["Фамилия", *(["Класс"] * len(written)), *range(1, 21)]
    assert not read(head, ["Белова", *written, *["а"] * 20]).sheets
    assert read(head, ["Белова А.", *written, *["а"] * 20]).sheets
    assert not read(head, ["Белова В.", *written, *["а"] * 20]).sheets


def test_letter_of_another_alphabet_is_not_guessed() -> None:
    """Typed «B» among «А, Б, В» looks like the third answer and is coded as the second."""
    head: list[Value] = ["ФИО", *range(1, 25)]
    mixed = read(head, ["Ан Вера", "А", "B", "A", *"БВА" * 7], code="yovaysha_rezapkina_24")
    assert mixed.sheets[0].answers[3] == "a"
    assert 2 not in mixed.sheets[0].answers
    assert [one.reason.split(":")[0] for one in mixed.unclear] == ["«B» на вопрос 2 набрано латинской буквой"]
    latin = read(head, ["Ан Вера", *"ABC" * 8], code="yovaysha_rezapkina_24")
    assert [latin.sheets[0].answers[item] for item in (1, 2, 3)] == ["a", "b", "c"]
    assert not latin.unclear


def test_a_surname_that_is_there_is_told_where_the_name_does_not_fit() -> None:
    found = read(HEAD, ["Ёлкин", *["а"] * 20], ["Незнайкин Пётр", *["а"] * 20])
    assert [one.reason for one in found.unmatched] == [
        "имя не сошлось, а с этой фамилией есть Ёлкин Матвей Ильич",
        "такого ученика нет",
    ]


def test_two_rows_of_one_pupil_are_left_to_a_person() -> None:
    found = read(HEAD, ["Белова Анна", *["а"] * 20], ["Анна Белова", *["б"] * 20], ["Ан Вера", *["б"] * 20])
    assert [one.pupil.name.given for one in found.sheets] == ["Вера"]
    assert [one.reason for one in found.unmatched] == ["ответы этого ученика в строках 2, 3"] * 2


def test_marks_of_a_question_may_stand_in_columns_of_their_own() -> None:
    head: list[Value] = [
        "ФИО",
        *(f"{item}. {mark}" for item in range(1, 43) for mark in ("умение", "отношение", "желание")),
    ]
    found = read(head, ["Ан Вера", *[2, 1, 0] * 41, "-", None, 2], code="opg_42")
    assert found.sheets[0].answers[1] == "2/1/0"
    assert found.sheets[0].answers[42] == "-//2"


@pytest.mark.parametrize("rows", [[], [["ФИО", "Класс"], ["Ан Вера", "8Б"]], [[1, 2, 3]]])
def test_a_file_without_questions_is_refused_in_a_sentence(rows: list[list[Value]]) -> None:
    with pytest.raises(WrongInputError, match="не нашли столбцы с вопросами"):
        read(*rows)


def test_a_question_headed_twice_and_one_too_many_are_told() -> None:
    head: list[Value] = ["ФИО", *range(1, 21), 7, 21]
    found = read(head, ["Ан Вера", *["а"] * 22])
    assert sorted(found.sheets[0].answers) == [item for item in range(1, 21) if item != 7]
    assert [(one.line, one.name, one.reason) for one in found.unclear] == [
        (1, "вопрос 7", "стоит над столбцами 8, 22: оставьте один"),
        (1, "вопрос 21", "в методике вопросы от 1 до 20, столбец не взят"),
    ]

"""What of a file is not taken as it stands is told: other lines, hidden sheets, pupils who left."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from roster_makers import html, html_table, text, xlsx

from profdesk.domain.roster import Roster
from profdesk.domain.roster_reading import recognise
from profdesk.errors import WrongInputError
from profdesk.intake import roster_file

TODAY = date(2026, 11, 23)
HEAD = ["ФИО", "Дата рождения", "Класс", "Примечание"]
ILYIN = ["Ильин Даниил", "05.02.2014", "6А"]


def read(folder: Path, data: bytes) -> Roster:
    path = folder / "список"
    path.write_bytes(data)
    return recognise(roster_file.read(path), TODAY)


def test_lines_of_no_pupil_are_told_with_what_they_were_taken_for(tmp_path: Path) -> None:
    table = [["МБОУ СОШ № 12"], ["Класс: 6А"], ["ФИО", "Дата рождения", "Пол"], [1, 2, 3], ILYIN[:2], ["Итого: 1"]]
    roster = read(tmp_path, text([*table, ["Директор", "Черепанова Н. В."], ["* на дому"]]))
    assert [(line.line, line.text, line.reason) for line in roster.passed] == [
        (1, "МБОУ СОШ № 12", "Надпись над списком"),
        (2, "Класс: 6А", "Класс ниже: 6 «А»"),
        (4, "1 · 2 · 3", "Номера столбцов"),
        (6, "Итого: 1", "Итог или подпись"),
        (7, "Директор · Черепанова Н. В.", "Итог или подпись"),
        (8, "* на дому", "Итог или подпись"),
    ]


def test_a_title_gives_the_class_and_not_its_teacher(tmp_path: Path) -> None:
    roster = read(tmp_path, xlsx({"Л": [['1 "А" (кл. рук. Иванова М.П.)'], ["1", *ILYIN[:2]]]}))
    assert [pupil.group and pupil.group.title for pupil in roster.pupils] == ["1 «А»"]


def test_sheets_without_a_list_and_hidden_ones_are_told(tmp_path: Path) -> None:
    book = {"6А": [HEAD, ILYIN], "Часы": [["Предмет", "Часы"], ["Химия", 5]], "Старый": [HEAD, ILYIN], "Пустой": []}
    roster = read(tmp_path, xlsx(book, hidden=["Старый", "Пустой"]))
    assert roster.notices == (
        "Лист «Часы» не прочитан: в нём нет столбца с фамилией и именем.",
        "Лист «Старый» скрыт, его не читали.",
    )


def test_a_book_of_hidden_sheets_says_so(tmp_path: Path) -> None:
    path = tmp_path / "скрытая.xlsx"
    path.write_bytes(xlsx({"Лист": [], "6А": [HEAD, ILYIN]}, hidden=["6А"]))
    with pytest.raises(WrongInputError, match="Лист «6А» скрыт"):
        roster_file.read(path)


def test_names_that_were_not_taken_are_told(tmp_path: Path) -> None:
    table = [["ФИО", "Дата рождения", "", ""], [*ILYIN[:2], "", "Ким Вера"], ["Ан Лев", "01.12.2013", "", "Цой Ян"]]
    assert read(tmp_path, text(table)).notices == ("Столбец D не прочитан, хотя в нём имена: «Ким Вера».",)
    named = [[*table[0][:3], "ФИО мамы"], *table[1:]]
    assert read(tmp_path, text(named)).notices == ()


@pytest.mark.parametrize("form", ["xlsx", "csv", "html"])
def test_columns_too_far_to_the_right_are_told(form: str, tmp_path: Path) -> None:
    table = [[*HEAD, *[""] * 300, "ФИО"], [*ILYIN, "", *[""] * 300, "Ким Вера"]]
    shown = [[cell or None for cell in row] for row in table]
    data = {"xlsx": xlsx({"Л": shown}), "csv": text(table), "html": html(html_table(table))}[form]
    (notice,) = read(tmp_path, data).notices
    assert "дальше GR не прочитаны" in notice


def test_formulas_that_were_never_counted_are_told(tmp_path: Path) -> None:
    roster = read(tmp_path, xlsx({"Л": [HEAD, ILYIN, ['="Ким "&"Вера"', "01.12.2013", "6А"]]}))
    assert "формулы без вычисленных значений" in roster.notices[0]
    assert [line.told for line in roster.refused] == ["A3: нет фамилии и имени"]


@pytest.mark.parametrize(
    "words",
    [
        "выбыл",
        "Выбыла 12.10.2025",
        "отчислен приказом № 5",
        "переведён в МБОУ СОШ № 5",
        "переведена в 6Б из-за переезда",
        "переведён в 6 «В»",
        "переведён в школу № 7",
        "перевод в другую школу",
        "убыл",
    ],
)
def test_who_left_is_told(words: str, tmp_path: Path) -> None:
    (pupil,) = read(tmp_path, text([HEAD, [*ILYIN, words]])).pupils
    assert pupil.gone == words


@pytest.mark.parametrize(
    "words",
    [
        "",
        "не выбыл",
        "переведён в 7А",
        "переведён в 7 класс",
        "переведён из СОШ № 5",
        "прибыл",
        "дом. обучение",
        "выборы",
    ],
)
def test_who_stays_is_no_leaver(words: str, tmp_path: Path) -> None:
    (pupil,) = read(tmp_path, text([HEAD, [*ILYIN, words]])).pupils
    assert pupil.gone == ""


def test_a_column_of_leaving_tells_by_being_filled(tmp_path: Path) -> None:
    head = ["ФИО", "Дата рождения", "Класс", "Дата выбытия"]
    lines = [[*ILYIN, "12.10.2025"], ["Ан Вера", "01.12.2013", "6А", "-"], ["Ким Ян (выбыл)", "02.12.2013", "6А", ""]]
    assert [pupil.gone for pupil in read(tmp_path, text([head, *lines])).pupils] == [
        "Дата выбытия: 12.10.2025",
        "",
        "выбыл",
    ]


def test_a_title_over_those_who_left_holds_to_the_next_one(tmp_path: Path) -> None:
    table = [["5А"], HEAD[:2], ILYIN[:2], ["Выбыли:"], ["Ан Вера", "01.12.2013"], ["Прибыли"], ["Ким Ян", "02.12.2013"]]
    assert [pupil.gone for pupil in read(tmp_path, text(table)).pupils] == ["", "Выбыли:", ""]


def test_an_empty_place_in_the_list_gives_its_class_to_nobody(tmp_path: Path) -> None:
    table = [["№", *HEAD[:3]], [1, *ILYIN], [2, "", "", "6Б"], [3, "Ан Вера", "01.12.2013", ""]]
    roster = read(tmp_path, text(table))
    assert [(line.line, line.reason) for line in roster.refused] == [(4, "Не указан класс")]
    assert [(line.line, line.reason) for line in roster.passed] == [(3, "Нет имени ученика")]

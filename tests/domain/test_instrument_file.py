"""Instrument files of one's own: every mistake told with its line; the wording's table there and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from profdesk import assets
from profdesk.domain import instrument_file, keying, questions
from profdesk.domain.instrument import Instrument, Kind
from profdesk.domain.toml_reader import Problem
from profdesk.errors import WrongInputError
from profdesk.intake import roster_file
from profdesk.services import instruments

TEXT = assets.resource("instruments", "ddo_klimov_20.toml").read_text(encoding="utf-8")
RATING = assets.resource("instruments", "profil_50.toml").read_text(encoding="utf-8")
named = pytest.mark.parametrize("instrument", instruments.shipped(), ids=lambda one: one.code)


def line_of(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "choice"', 'kind = "guess"', "нет значения «guess»"),
        ("items = 20", "items = 0", "нужно не меньше 1"),
        ("items = 20", "items = 6000", "больше 600"),
        ('code = "ddo_klimov_20"', 'code = "ДДО"', "маленькими латинскими"),
        ('key = "1a ', 'key = "1x ', "ответа «x» нет"),
        ('key = "1a ', 'key = "99a ', "вопроса 99 нет"),
        ('key = "1a ', 'key = "1a 1a ', "дважды"),
        ('key = "1a ', 'key = "a1 ', "не понять"),
        ('code = "human"\ntitle', 'code = "nature"\ntitle', "уже есть выше"),
        ('confidence = "high"', 'confidence = "sure"', "нет значения «sure»"),
        ('minutes = "10–20"', 'minutes = "10–20"\nlength = 4', "неизвестный ключ «length»"),
    ],
)
def test_mistake_is_told_with_its_line(old: str, new: str, said: str) -> None:
    assert TEXT.count(old) >= 1
    spoiled = TEXT.replace(old, new, 1)
    (problem, *_) = instrument_file.problems(spoiled)
    assert said in problem.message
    assert problem.line == TEXT[: TEXT.index(old)].count("\n") + 1 + new.startswith("minutes")
    with pytest.raises(WrongInputError, match=f"строка {problem.line}"):
        instrument_file.parse(spoiled, "мой.toml")


def test_words_of_marks_are_as_many_as_the_marks() -> None:
    text = assets.resource("instruments", "opg_42.toml").read_text(encoding="utf-8")
    whole = 'marks = ["хочу", "всё равно", "не хочу"]'
    spoiled = text.replace(whole, 'marks = ["хочу", "не хочу"]')
    (problem,) = instrument_file.problems(spoiled)
    assert problem.line == line_of(text, whole)
    assert problem.message == "«marks»: слов 2, а оценок 3"
    assert not instrument_file.problems(text.replace(whole, ""))


def test_question_in_two_scales_and_overlapping_bands_are_told() -> None:
    twice = RATING.replace("items = [2,", "items = [1, 2,", 1)
    assert "стоит в ключах дважды" in instrument_file.problems(twice)[0].message
    wide = RATING.replace("to = 2", "to = 5", 1)
    assert "перекрываются" in instrument_file.problems(wide)[0].message


def text_of(code: str) -> str:
    return assets.resource("instruments", f"{code}.toml").read_text(encoding="utf-8")


def with_options(text: str, codes: str) -> str:
    more = "".join(f'[[answers.options]]\ncode = "{code}"\nlabel = "{code}"\nvalue = 1\n\n' for code in codes.split())
    return text.replace("[[scales]]", f"{more}[[scales]]", 1)


@pytest.mark.parametrize(
    ("spoiled", "said"),
    [
        (with_options(TEXT, "c d e f g h i j").replace("value = 1\n", ""), "клавишей вводят не больше 9"),
        (text_of("yovaysha_30").replace("total = 3", "total = 12"), "делят не больше 9"),
        (with_options(text_of("yovaysha_30"), "c").replace("value = 1\n", ""), "между двумя ответами"),
        (with_options(text_of("schein_anchors_41"), "11"), "последняя цифра"),
        (with_options(text_of("opg_42"), "10"), "один знак"),
    ],
)
def test_answers_that_no_key_could_give_are_not_taken(spoiled: str, said: str) -> None:
    assert said in " ".join(problem.message for problem in instrument_file.problems(spoiled))


def test_answers_of_ones_own_have_a_key_each() -> None:
    """Nine answers of a choice, and marks of a rating with names of their own."""
    choice = instrument_file.parse(with_options(TEXT, "c d e f g h i").replace("value = 1\n", ""), "выбор.toml")
    assert [keying.pressed(choice, 0, str(place)).code for place in range(1, 10)] == list("abcdefghi")
    rating = instrument_file.parse(text_of("golomshtok_174").replace('code = "++"', 'code = "yes"'), "оценки.toml")
    assert {key.code for key in keying.keys(rating)} >= {"yes", "+"}


@pytest.mark.parametrize("number", ["inf", "nan", "1e999999999", "9" * 4000])
def test_number_out_of_all_measure_is_told_with_its_line(number: str) -> None:
    spoiled = RATING.replace("to = 2", f"to = {number}", 1)
    (problem, *_) = instrument_file.problems(spoiled)
    assert problem == Problem(line_of(spoiled, f"to = {number}"), "«to»: такого числа не бывает")


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 5000,
        "a = " + "9" * 5000,
        "",
        "= 5",
        "[instrument",
        "\x00",
        "instrument = 5",
        "[[instrument]]\ncode='a'",
    ],
)
def test_no_text_is_taken_for_an_instrument(text: str) -> None:
    with pytest.raises(WrongInputError, match="строка"):
        instrument_file.parse(text, "мой.toml")


def rows_of(path: Path) -> list[tuple[int, list[str]]]:
    (sheet, *_) = roster_file.read(path)
    return [(row.line, ["" if cell is None else str(cell) for cell in row.cells]) for row in sheet.rows]


@named
@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_filled_template_is_read_back(instrument: Instrument, ending: str, tmp_path: Path) -> None:
    place = tmp_path / f"шаблон{ending}"
    place.write_bytes(instruments.template(instrument, as_workbook=ending == ".xlsx"))
    with pytest.raises(WrongInputError, match="ни одного текста нет"):
        questions.read(instrument, rows_of(place), place.name)
    options = questions.worded_options(instrument)
    full = questions.Wording(
        questions={} if instrument.kind is Kind.MATRIX else {1: "=1+1; «проверка»", instrument.items: "Последний"},
        options={(1, option.code): f"Ответ {option.label}" for option in options},
        cells={(3, 7): "Врач, фельдшер"} if instrument.kind is Kind.MATRIX else {},
    )
    from profdesk.documents import wording_template

    head, rows = questions.headings(instrument), questions.rows(instrument, full)
    made = wording_template.workbook("т", head, rows) if ending == ".xlsx" else wording_template.text_table(head, rows)
    place.write_bytes(made)
    assert questions.read(instrument, rows_of(place), place.name) == full


@named
def test_no_wording_of_questions_ships(instrument: Instrument) -> None:
    rows = questions.rows(instrument)
    assert rows
    assert not any(row[-1] for row in rows)


def test_wrong_row_of_the_table_is_told() -> None:
    instrument = instruments.called("ddo_klimov_20")
    head = (3, list(questions.headings(instrument)))
    for row, said in (
        (["21", "Текст"], "от 1 до 20"),
        (["", "Текст"], "номер вопроса"),
        (["1", "Ещё"], "уже есть выше"),
    ):
        table = [(1, ["Мой опросник"]), head, (4, ["1", "Первый", "а", "б"]), (5, row)]
        with pytest.raises(WrongInputError, match=f"строка 5: .*{said}"):
            questions.read(instrument, table, "мой.csv")
    with pytest.raises(WrongInputError, match="нет строки заголовков"):
        questions.read(instrument, [(1, ["1", "Первый"])], "мой.csv")

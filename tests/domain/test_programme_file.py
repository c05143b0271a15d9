"""The shipped programme is the text's own, and every mistake in an edited file is told by its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profdesk import assets
from profdesk.domain import programme_file, toml_reader
from profdesk.errors import WrongInputError

NAME = "artemovsky-2022-2025"
TEXT = assets.resource("programmes", f"{NAME}.toml").read_text(encoding="utf-8")
PROGRAMME = programme_file.parse(TEXT, NAME)
SOURCE = (Path(__file__).parents[1] / "data" / "municipal-programme.txt").read_text(encoding="utf-8")


def plain(text: str) -> str:
    """Without soft hyphens and needless spaces, those around a hyphen among them: the text has «3D - печати»."""
    even = re.sub(r"\s+", " ", text.replace("\u00ad", "").replace("–", "-"))
    return re.sub(r"(?<=\w) - (?=\w)", "-", even).strip().lower()


def test_counts_are_those_of_the_programme() -> None:
    counts = [len(level.competencies.items) for level in PROGRAMME.levels]
    assert counts == [10, 15, 20, 20]
    assert len(PROGRAMME.professions) == 11
    assert len(PROGRAMME.industries) == 8
    assert len(PROGRAMME.directions) == 5
    assert len(PROGRAMME.phases) == 3


def test_targets_are_those_of_the_programme() -> None:
    targets = {one.code: one.target for one in PROGRAMME.indicators if one.target is not None}
    assert targets == {
        "accompaniment": 65,
        "primary-involvement": 80,
        "basic-readiness": 80,
        "preschool-participation": 80,
        "trials": 15,
        "labour-market": 100,
        "conscious-choice": 50,
        "staff-trained": 50,
        "agreements": 100,
        "web-pages": 100,
    }


def test_professions_to_meet_are_those_of_the_programme() -> None:
    told = {level.code: PROGRAMME.professions_to_meet(level.code) for level in PROGRAMME.levels}
    assert told == {"preschool": 10, "primary": 20, "basic": None, "secondary": None}
    preschool = PROGRAMME.level("preschool").professions_to_meet
    assert preschool is not None
    assert [one.count for one in preschool.wordings] == [10, 11]
    assert preschool.reason
    listed = preschool.wordings[1].text.split("(")[1].rstrip(")").split(", ")
    assert list(map(plain, listed)) == [plain(one.title) for one in PROGRAMME.professions]


def test_quotes_stand_in_the_programme() -> None:
    source = plain(SOURCE)
    quotes = [wording.text for one in PROGRAMME.indicators for wording in one.wordings]
    quotes += [one.text for level in PROGRAMME.levels if (some := level.professions_to_meet) for one in some.wordings]
    quotes += [result for phase in PROGRAMME.phases for result in phase.results]
    quotes += [one.title for one in (*PROGRAMME.professions, *PROGRAMME.industries, *PROGRAMME.directions)]
    missing = [quote for quote in quotes if plain(quote) not in source]
    assert missing == []


def test_every_numbered_indicator_of_the_passport_is_there() -> None:
    sources = {wording.source for one in PROGRAMME.indicators for wording in one.wordings}
    for number in range(1, 11):
        assert f"Паспорт, показатели эффективности, пункт {number}" in sources


def test_competencies_of_the_clauses_are_there() -> None:
    clauses = re.findall(r"по (?:10|15|20) компетенциям[^(]*\(([^)]*)", SOURCE)
    for level, clause in zip(("preschool", "primary", "basic"), clauses[:3], strict=True):
        names = {plain(item.plain) for item in PROGRAMME.level(level).competencies.items}
        listed = clause.split(":")[-1].split(",") if level == "preschool" else clause.split(",")
        for word in listed:
            wanted = plain(word).replace("разрешать конфликты", "разрешение конфликтов")
            assert wanted in names, wanted


def test_chosen_wording_has_a_reason_where_texts_differ() -> None:
    for one in PROGRAMME.indicators:
        targets = {wording.target for wording in one.wordings}
        if len(targets) > 1:
            assert one.reason, one.code


def test_all_levels_of_indicators_exist_and_grades_have_levels() -> None:
    codes = {level.code for level in PROGRAMME.levels}
    assert all(set(one.levels) <= codes for one in PROGRAMME.indicators)
    for grade in range(1, 12):
        assert PROGRAMME.level_of_grade(grade) is not None
    kindergarten = PROGRAMME.level_of_grade(None)
    assert kindergarten is not None
    assert kindergarten.code == "preschool"


def line_of(text: str, wanted: str) -> int:
    return text[: text.index(wanted)].count("\n") + 1


EDITS = [
    ('code = "leadership"', "code = leadership", "TOML"),
    ('title = "Лидерские качества"\n', "", "нет ключа «title»"),
    ('title = "Лидерские качества"', 'title = ""', "пусто"),
    ('title = "Лидерские качества"', "title = 5", "нужна строка"),
    ('code = "teamwork"', 'code = "leadership"', "уже есть в этом наборе"),
    ('short = "Планирование"', 'shrt = "Планирование"', "неизвестный ключ «shrt»"),
    ("value = 2", "value = 5", "по порядку"),
    ("value = 2", 'value = "2"', "нужно целое число"),
    ("begins = 2022-01-01\nends = 2025", "begins = 2027-01-01\nends = 2025", "раньше"),
    ("begins = 2022-09-01", 'begins = "осень"', "дата вида"),
    ("grades = [5, 6, 7, 8]", "grades = [4, 5, 6, 7]", "на другом уровне"),
    ("grades = [9, 10, 11]", "grades = [9, 10, 12]", "от 1 до 11"),
    ("grades = [9, 10, 11]", 'grades = ["9"]', "список чисел"),
    ('competencies = "basic"', 'competencies = "base"', "нет набора «base»"),
    ('continues = "basic"', 'continues = "base"', "нет набора «base»"),
    ("count = 11", "count = 0", "не меньше 1"),
    ("chosen = 0\n\n[[levels", "chosen = 1\n\n[[levels", "формулировки 1 нет"),
    ('industry = "transport"', 'industry = "travel"', "нет отрасли «travel»"),
    ('code = "methods"', 'code = "regulations"', "уже есть выше"),
    ("target = 65", "target = 165", "от 0 до 100"),
    ('measure = "trials_any"', 'measure = "trails_any"', "нет способа счёта"),
    ('levels = ["secondary"]', 'levels = ["senior"]', "нет уровня «senior»"),
    ('code = "RT-1"', 'code = "PR-1"', "уже есть у другого показателя"),
    ("edition = 1\nmeasure", "edition = 0\nmeasure", "не меньше 1"),
]


@pytest.mark.parametrize(("old", "new", "words"), EDITS)
def test_mistake_is_told_with_its_line(old: str, new: str, words: str) -> None:
    assert old in TEXT
    edited = TEXT.replace(old, new, 1)
    found = programme_file.problems(edited)
    assert found
    assert any(words in problem.message for problem in found), found
    line = line_of(TEXT, old)
    assert min(abs(problem.line - line) for problem in found if words in problem.message) <= 4
    with pytest.raises(WrongInputError, match="строка"):
        programme_file.parse(edited, "правленый.toml")


def test_exact_line_of_a_key_deep_in_arrays() -> None:
    edited = TEXT.replace('measure = "agreements"', 'measure = "agreement"')
    (problem,) = programme_file.problems(edited)
    assert problem.line == line_of(TEXT, 'measure = "agreements"')


def test_all_mistakes_are_told_at_once() -> None:
    edited = TEXT.replace("target = 65", "target = 165").replace('measure = "manual', 'measure = "x')
    assert len(programme_file.problems(edited)) == 4


def test_chosen_out_of_range_is_told() -> None:
    edited = TEXT.replace("chosen = 1", "chosen = 7", 1)
    (problem,) = programme_file.problems(edited)
    assert problem.line == line_of(TEXT, "chosen = 1")


@pytest.mark.parametrize("text", ["", "x", "[programme]", '[programme]\ncode = "а"\n'])
def test_poor_files_are_told(text: str) -> None:
    with pytest.raises(WrongInputError):
        programme_file.parse(text, "пусто.toml")


@given(st.integers(0, TEXT.count("\n")), st.sampled_from(["drop", "double", "cut"]))
def test_spoiled_file_is_read_or_told(number: int, how: str) -> None:
    lines = TEXT.splitlines()
    match how:
        case "drop":
            del lines[number % len(lines)]
        case "double":
            lines.insert(number % len(lines), lines[number % len(lines)])
        case "cut":
            del lines[number % len(lines) :]
    text = "\n".join(lines)
    for problem in programme_file.problems(text):
        assert 1 <= problem.line <= len(lines) + 1
        assert problem.message


def test_crosswalk_links_earlier_sets_and_says_that_it_is_ours() -> None:
    assert {(link.to_set, link.from_set) for link in PROGRAMME.crosswalk} == {
        ("primary", "preschool"),
        ("basic", "primary"),
        ("basic", "preschool"),
    }
    assert all("profdesk" in link.source for link in PROGRAMME.crosswalk)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code = "negotiation"\nfrom_set', 'code = "talks"\nfrom_set', "в наборе «primary» нет компетенции «talks»"),
        ('former = ["judgement"]', 'former = ["judgment"]', "в наборе «primary» нет компетенции «judgment»"),
    ],
)
def test_a_wrong_code_in_the_crosswalk_is_told_with_its_line(old: str, new: str, said: str) -> None:
    edited = TEXT.replace(old, new)
    (problem,) = programme_file.problems(edited)
    assert problem.message == said
    assert edited.splitlines()[problem.line - 1].startswith(("code", "former"))


def test_a_name_of_a_thousand_parts_is_told_at_once() -> None:
    dotted = ".".join("a" * 50_000)
    for text in (f"{dotted} = 1", f"[{dotted}]", f"a = {{{dotted} = 1}}"):
        raw, (problem,) = toml_reader.load(f"[programme]\n{text}")
        assert raw is None
        assert (problem.line, problem.message) == (2, "слишком длинное имя с точками")
        assert toml_reader.lines(text) == {}


def test_tables_without_end_are_told_at_once() -> None:
    text = "[[levels]]\n" * 200_000
    assert toml_reader.load(text)[1][0].message == "разделов в скобках больше 3000"
    assert toml_reader.lines(text) == {}

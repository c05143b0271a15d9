"""Entries that speak of a pupil: found by name and class, taken in from files, carried over when pupils are merged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from kept_workspaces import create
from support import PASSWORD, YEAR, state

from profdesk.documents import register_xlsx
from profdesk.domain import records
from profdesk.domain.access import NewUser
from profdesk.domain.attachments import FileEdits
from profdesk.domain.changes import Kind
from profdesk.domain.merging import Merge
from profdesk.domain.people import GroupName, PersonName
from profdesk.domain.register import PUPILS, Entry, Register, Values
from profdesk.domain.register_import import Fate
from profdesk.domain.registers_of_pupils import ACHIEVEMENTS, DESTINATIONS, PROFILE_CHOICES, PROFILE_STUDIES
from profdesk.domain.registers_of_work import INSTITUTIONS
from profdesk.errors import WrongInputError
from profdesk.services import batches, kept_files, pupil_card, pupils, registers
from profdesk.storage.workspace import Workspace

NAMES = (
    ("Ильин", "Даниил", "Олегович", "9 «А»", "А"),
    ("Ильин", "Даниил", "Петрович", "9 «А»", "А"),
    ("Ан", "Мария", None, "9 «Б»", "Б"),
    ("Ан", "Мария", None, "9 «А»", "А"),
    ("Королёва", "Вера", "Антоновна", "9 «Б»", "Б"),
)


TODAY = date(2026, 11, 26)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setattr(pupils, "today", lambda: TODAY)
    made = create(tmp_path / "desk", NewUser("Иванова Анна", "завуч", PASSWORD))
    with made.workspace.unit(made.workspace.actor) as unit:
        for surname, given, patronymic, title, letter in NAMES:
            group = unit.pupils.ensure_group(GroupName(title, 9, letter), "secondary", YEAR)
            pupil = unit.pupils.add(PersonName(surname, given, patronymic), date(2011, 5, 6), None)
            unit.pupils.enrol(pupil, group.id, YEAR)
    yield made.workspace
    made.workspace.close()


def pupil(desk: Workspace, title: str) -> str:
    titles = registers.book(desk, desk.actor, ACHIEVEMENTS).titles[PUPILS]
    return next((one for one, words in titles.items() if words == title), "")


def achievement(desk: Workspace, title: str) -> Values:
    return {
        "pupil_id": pupil(desk, title),
        "title": "Олимпиада по физике",
        "kind": "olympiad",
        "level": "municipal",
        "place": "prize",
        "held_on": date(2026, 11, 20),
    }


def test_a_pupil_is_called_with_the_class(desk: Workspace) -> None:
    registers.add(desk, desk.actor, ACHIEVEMENTS, achievement(desk, "Королёва Вера Антоновна, 9 «Б»"))
    found = registers.book(desk, desk.actor, ACHIEVEMENTS)
    assert min(found.titles[PUPILS].values()) == "Ан Мария, 9 «А»"
    assert found.entries[0].values["place"] == "prize"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Королева  вера", ""),
        ("Ильин Даниил Олегович", ""),
        ("Ильин Даниил Петрович, 9А", ""),
        ("Ан Мария 9б", ""),
        ("Ильин Даниил", "таких учеников 2"),
        ("Ан Мария", "таких учеников 2"),
        ("Ан Мария 8б", "нет в списках"),
        ("Ильин Даниил Олегович, 9Б", "нет в списках"),
    ],
)
def test_a_file_names_a_pupil_as_people_do(desk: Workspace, tmp_path: Path, words: str, reason: str) -> None:
    path = tmp_path / "выпуск.csv"
    path.write_text(f"ФИО;После какого класса;Год выпуска;Куда\n{words};после 9 класса;2026;10 класс", encoding="utf-8")
    (line,) = registers.preview(desk, desk.actor, DESTINATIONS, path).lines
    assert line.fate is (Fate.REFUSED if reason else Fate.NEW)
    assert reason in line.reason


def test_namesakes_of_a_class_are_told_apart_by_their_birth_dates(desk: Workspace, tmp_path: Path) -> None:
    with desk.unit(desk.actor) as unit:
        other = unit.pupils.add(PersonName("Ан", "Мария"), date(2011, 7, 8), None)
        unit.pupils.enrol(other, unit.pupils.ensure_group(GroupName("9 «А»", 9, "А"), "secondary", YEAR).id, YEAR)
    assert pupil(desk, "Ан Мария, 9 «А», 08.07.2011") == other
    assert pupil(desk, "Ан Мария, 9 «А», 06.05.2011")
    assert pupil(desk, "Ан Мария, 9 «Б»")
    path = tmp_path / "выпуск.csv"
    lines = (f"{words};после 9 класса;2026;10 класс" for words in ("Ан Мария 9А", "Ан Мария, 9А, 08.07.2011"))
    path.write_text("\n".join(["ФИО;После какого класса;Год выпуска;Куда", *lines]), encoding="utf-8")
    unclear, clear = registers.preview(desk, desk.actor, DESTINATIONS, path).lines
    assert "таких учеников 2, допишите отчество, класс, день рождения" in unclear.reason
    assert (clear.fate, clear.values["pupil_id"]) == (Fate.NEW, other)


def test_an_import_is_taken_back_and_exported_lines_come_in_again(desk: Workspace, tmp_path: Path) -> None:
    registers.add(desk, desk.actor, ACHIEVEMENTS, achievement(desk, "Ан Мария, 9 «Б»"))
    path = tmp_path / "достижения.xlsx"
    registers.export(desk, desk.actor, ACHIEVEMENTS, path)
    (same,) = registers.preview(desk, desk.actor, ACHIEVEMENTS, path).lines
    assert same.fate is Fate.SAME
    table = tmp_path / "ещё.csv"
    table.write_text(
        "Ученик;Что это;Вид;Уровень;Итог;Дата\nКоролёва Вера;Конкурс чертежей;конкурс;регион;победитель;03.11.2026",
        encoding="utf-8",
    )
    applied, _ = registers.apply(desk, desk.actor, registers.preview(desk, desk.actor, ACHIEVEMENTS, table))
    assert applied.new == 1
    batches.take_back(desk, desk.actor, applied.batch or "")
    assert len(registers.book(desk, desk.actor, ACHIEVEMENTS).entries) == 1


def test_who_calls_a_choice_conscious_says_who_it_is(desk: Workspace) -> None:
    values = {"pupil_id": pupil(desk, "Ан Мария, 9 «А»"), "decided_on": date(2026, 11, 20)}
    registers.add(desk, desk.actor, PROFILE_CHOICES, {**values, "wish": "хочет строить мосты"})
    with pytest.raises(WrongInputError, match="На чём основан"):
        registers.add(
            desk, desk.actor, PROFILE_CHOICES, {**values, "decided_on": date(2026, 11, 21), "profile": "natural"}
        )
    with pytest.raises(WrongInputError, match="Кто так считает"):
        registers.add(
            desk, desk.actor, PROFILE_CHOICES, {**values, "decided_on": date(2026, 11, 21), "conscious": "no"}
        )


@pytest.mark.parametrize(
    ("register", "values", "words"),
    [
        (ACHIEVEMENTS, {"held_on": date(2026, 11, 27)}, "Дата: 27.11.2026 ещё впереди"),
        (ACHIEVEMENTS, {"held_on": date(2011, 5, 5)}, "Дата: ученик родился позже, 06.05.2011"),
        (PROFILE_CHOICES, {"decided_on": date(2027, 1, 1)}, "27 ещё впереди"),
        (PROFILE_STUDIES, {"since": date(2028, 1, 1), "profile": "natural"}, "С какого дня: 01.01.2028 ещё впереди"),
        (DESTINATIONS, {"year": 2027}, "Год выпуска: 2027 год ещё впереди"),
        (DESTINATIONS, {"year": 2026, "kind": "university"}, "Куда: «вуз» и «после 9 класса» не сходятся"),
        (DESTINATIONS, {"year": 2010}, "Год выпуска: ученик родился позже"),
    ],
)
def test_what_cannot_be_is_refused_typed_or_from_a_file(
    desk: Workspace, tmp_path: Path, register: Register, values: Values, words: str
) -> None:
    whose = pupil(desk, "Королёва Вера Антоновна, 9 «Б»")
    usual = {ACHIEVEMENTS: achievement(desk, ""), DESTINATIONS: {"grade": "nine", "kind": "school"}}
    said = {**usual.get(register, {}), "pupil_id": whose, **values}
    with pytest.raises(WrongInputError, match=words):
        registers.add(desk, desk.actor, register, said)
    found = registers.book(desk, desk.actor, register)
    path = tmp_path / "реестр.xlsx"
    path.write_bytes(register_xlsx.workbook(register, [Entry("", {**register.blank(), **said})], found.titles))
    (line,) = registers.preview(desk, desk.actor, register, path).lines
    assert line.fate is Fate.REFUSED
    assert words in line.reason
    assert not found.entries


def test_a_study_may_be_written_the_summer_before_it_begins(desk: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pupils, "today", lambda: date(2026, 6, 20))
    whose = pupil(desk, "Королёва Вера Антоновна, 9 «Б»")
    values = {"pupil_id": whose, "since": date(2027, 9, 1), "profile": "natural"}
    made, _ = registers.add(desk, desk.actor, PROFILE_STUDIES, values)
    assert made.values["since"] == date(2027, 9, 1)


def test_a_file_corrects_what_it_tells_and_leaves_the_rest(desk: Workspace, tmp_path: Path) -> None:
    whose = pupil(desk, "Ан Мария, 9 «А»")
    chosen: Values = {"profile": "natural", "basis": "любит химию"}
    registers.add(desk, desk.actor, PROFILE_CHOICES, {"pupil_id": whose, "decided_on": date(2026, 5, 20), **chosen})
    path = tmp_path / "профили.csv"
    lines = [f"{name};20.05.2026;гуманитарный" for name in ("Ан Мария 9А", "Королёва Вера")]
    path.write_text("\n".join(["Ученик;Дата;Профиль", *lines]), encoding="utf-8")
    plan = registers.preview(desk, desk.actor, PROFILE_CHOICES, path)
    assert [line.fate for line in plan.lines] == [Fate.CHANGED, Fate.REFUSED]
    assert "На чём основан выбор" in plan.lines[1].reason
    registers.apply(desk, desk.actor, plan)
    (entry,) = registers.book(desk, desk.actor, PROFILE_CHOICES).entries
    assert (entry.values["profile"], entry.values["basis"]) == ("humanitarian", "любит химию")


def test_undo_tells_the_windows_that_a_register_of_pupils_changed(desk: Workspace) -> None:
    whom = pupil(desk, "Ан Мария, 9 «А»")
    for register, values in (
        (ACHIEVEMENTS, achievement(desk, "Ан Мария, 9 «А»")),
        (PROFILE_CHOICES, {"pupil_id": whom, "decided_on": date(2026, 11, 20)}),
        (DESTINATIONS, {"pupil_id": whom, "grade": "nine", "year": 2026, "kind": "school"}),
    ):
        _, written = registers.add(desk, desk.actor, register, values)
        _, changes = batches.turn_back(desk, desk.actor, written.batch or "")
        assert changes.touches(Kind.REGISTERS)
        assert not registers.book(desk, desk.actor, register).entries


def test_merged_pupils_keep_what_was_written_of_both(desk: Workspace) -> None:
    one, other = pupil(desk, "Ильин Даниил Олегович, 9 «А»"), pupil(desk, "Ильин Даниил Петрович, 9 «А»")
    registers.add(desk, desk.actor, ACHIEVEMENTS, achievement(desk, "Ильин Даниил Олегович, 9 «А»"))
    with desk.unit(desk.actor) as unit:
        unit.pupils.merge(other, one, YEAR, other)
    (entry,) = registers.book(desk, desk.actor, ACHIEVEMENTS).entries
    assert entry.values["pupil_id"] == other


def test_of_two_entries_that_merging_makes_the_same_one_is_kept_with_what_both_say(desk: Workspace) -> None:
    one, other = pupil(desk, "Ильин Даниил Олегович, 9 «А»"), pupil(desk, "Ильин Даниил Петрович, 9 «А»")
    won = achievement(desk, "Ильин Даниил Олегович, 9 «А»")
    paper = FileEdits((kept_files.new_file("Грамота.pdf", b"%PDF"),))
    registers.add(desk, desk.actor, ACHIEVEMENTS, {**won, "subject": "физика"}, paper)
    registers.add(desk, desk.actor, ACHIEVEMENTS, {**won, "pupil_id": other, "on_profile": True})
    for whose, more in ((one, {"speciality": "слесарь"}), (other, {"speciality": "сварщик", "note": "звонили"})):
        went: Values = {"pupil_id": whose, "grade": "nine", "year": 2026, "kind": "college", **more}
        registers.add(desk, desk.actor, DESTINATIONS, went)
    before = state(desk)
    name = PersonName("Ильин", "Даниил", "Петрович")
    step, changes = pupils.merge(desk, desk.actor, Merge(other, one, name, date(2011, 5, 6), None, other), YEAR)
    assert changes.touches(Kind.REGISTERS)
    (found,) = registers.book(desk, desk.actor, ACHIEVEMENTS).entries
    assert (found.values["pupil_id"], found.values["subject"], found.values["on_profile"]) == (other, "физика", True)
    (file,) = registers.book(desk, desk.actor, ACHIEVEMENTS).files[found.id]
    assert file.name == "Грамота.pdf"
    (went_to,) = registers.book(desk, desk.actor, DESTINATIONS).entries
    assert (went_to.values["speciality"], went_to.values["note"]) == ("сварщик", "звонили")
    batches.take_back(desk, desk.actor, step.batch or "")
    assert state(desk) == before


def test_of_one_pupil_only_what_speaks_of_the_pupil_is_read(desk: Workspace) -> None:
    mine, other = achievement(desk, "Ан Мария, 9 «Б»"), achievement(desk, "Королёва Вера Антоновна, 9 «Б»")
    registers.add(desk, desk.actor, ACHIEVEMENTS, mine)
    registers.add(desk, desk.actor, ACHIEVEMENTS, other)
    later, _ = registers.add(desk, desk.actor, ACHIEVEMENTS, {**mine, "held_on": date(2026, 11, 24)})
    gone, _ = registers.add(desk, desk.actor, ACHIEVEMENTS, {**mine, "held_on": date(2026, 11, 25)})
    registers.withdraw(desk, desk.actor, ACHIEVEMENTS, gone.id)
    found = registers.of_pupil(desk, desk.actor, ACHIEVEMENTS, str(mine["pupil_id"]))
    assert [one.values["held_on"] for one in found.entries] == [date(2026, 11, 24), date(2026, 11, 20)]
    assert found.entries[0] == later
    assert found.titles == {PUPILS: {mine["pupil_id"]: "Ан Мария, 9 «Б»"}}


def test_the_card_tells_choices_and_the_destination_in_words(desk: Workspace) -> None:
    whose = pupil(desk, "Королёва Вера Антоновна, 9 «Б»")
    college, _ = registers.add(desk, desk.actor, INSTITUTIONS, {"title": "Колледж", "kind": "college"})
    registers.add(
        desk,
        desk.actor,
        PROFILE_CHOICES,
        {"pupil_id": whose, "decided_on": date(2026, 5, 20), "profile": "natural", "basis": "любит химию"},
    )
    registers.add(
        desk,
        desk.actor,
        DESTINATIONS,
        {"pupil_id": whose, "grade": "nine", "year": 2026, "kind": "college", "institution": college.id},
    )
    card = pupil_card.card(desk, desk.actor, whose, YEAR)
    told = [(one.year.title, one.day, one.title, one.words) for one in records.entries(card.history, card.programme)]
    assert (
        "2025/26", None, "Выпускник", "после 9 класса, колледж или техникум, учебное заведение: Колледж",
    ) in told  # fmt: skip
    assert (
        "2025/26", date(2026, 5, 20), "Выбор профиля",
        "естественно-научный, на чём основан выбор: любит химию",
    ) in told  # fmt: skip
    (line, *_) = records.recent(card.history, card.programme, 5)
    assert (line.title, line.words) == ("Выбор профиля", "естественно-научный")

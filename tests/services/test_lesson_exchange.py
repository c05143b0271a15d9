"""Lessons go from one school to another as one file: whole, twice without doubling, and back again by one undo."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kept_workspaces import create
from support import PASSWORD, state

from profdesk.domain.access import NewUser
from profdesk.domain.attachments import FileEdits
from profdesk.domain.lesson_pack import FIELDS
from profdesk.domain.people import fold
from profdesk.domain.register_import import Fate
from profdesk.domain.registers_of_work import LESSONS, PROFESSIONS
from profdesk.errors import CancelledError, WorkspaceError, WrongInputError
from profdesk.services import attachments, batches, kept_files, lesson_exchange, registers
from profdesk.storage.workspace import Workspace

GREENHOUSE = {"title": "Химия в теплице", "subject": "химия", "grades": "9 класс", "author": "Рябова Ю. Р."}
SCALE = {"title": "Масштаб и чертёж", "subject": "технология", "grades": "7 класс", "outline": "Читают\nчертёж."}
CARDS = kept_files.new_file("Карточки.pdf", b"%PDF cards")
PLAN = kept_files.new_file("План урока.docx", b"plan" * 400)
FOREIGN = "не файл с уроками из profdesk, или он повреждён"


def school(folder: Path) -> Workspace:
    return create(folder, NewUser("Седова Ольга Ивановна", "завуч", PASSWORD)).workspace


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Workspace]:
    made = school(tmp_path / "other")
    yield made
    made.close()


def add(workspace: Workspace, values: Mapping[str, str], *files: kept_files.NewFile) -> str:
    entry, _ = registers.add(workspace, workspace.actor, LESSONS, values, FileEdits(files))
    return entry.id


def profession(workspace: Workspace, title: str) -> str:
    found = registers.book(workspace, workspace.actor, PROFESSIONS).entries
    there = [one.id for one in found if fold(str(one.values["title"])) == fold(title)]
    return there[0] if there else registers.add(workspace, workspace.actor, PROFESSIONS, {"title": title})[0].id


def exported(workspace: Workspace, target: Path, *only: str) -> Path:
    there = only or [one.id for one in registers.book(workspace, workspace.actor, LESSONS).entries]
    lesson_exchange.export(workspace, workspace.actor, there, target)
    return target


def taken(workspace: Workspace, path: Path) -> str:
    plan = lesson_exchange.preview(workspace, workspace.actor, path)
    applied, _ = lesson_exchange.apply(workspace, workspace.actor, plan)
    return applied.batch or ""


def bank(workspace: Workspace) -> list[tuple[object, ...]]:
    """Every lesson with the title of its profession and the bytes of its files, whatever the ids are."""
    found = registers.book(workspace, workspace.actor, LESSONS)
    with workspace.unit(workspace.actor) as unit:
        return [
            (
                *(entry.values[code] for code in FIELDS),
                found.titles["professions"].get(str(entry.values["profession"]), ""),
                [(one.name, unit.attachments.content(one.id)) for one in found.files.get(entry.id, ())],
            )
            for entry in found.entries
        ]


def fates(workspace: Workspace, path: Path) -> list[Fate]:
    return [line.fate for line in lesson_exchange.preview(workspace, workspace.actor, path).lines]


def test_lessons_arrive_with_their_files_and_professions_and_no_note(
    workspace: Workspace, other: Workspace, tmp_path: Path
) -> None:
    agronomist = profession(workspace, "агроном")
    add(workspace, {**GREENHOUSE, "profession": agronomist, "note": "Ильин Даниил делал плакат"}, CARDS, PLAN)
    add(workspace, SCALE)
    path = exported(workspace, tmp_path / "Банк.pdlessons")
    with ZipFile(path) as archive:
        assert "Ильин" not in archive.read("lessons.json").decode()
    profession(other, "Агроном")
    plan = lesson_exchange.preview(other, other.actor, path)
    assert (plan.school, plan.source) == ("Школа № 12", "Банк.pdlessons")
    assert [line.fate for line in plan.lines] == [Fate.NEW, Fate.NEW]
    assert {line.title: line.notes for line in plan.lines} == {
        "Масштаб и чертёж": (), "Химия в теплице": ("Файлы урока: Карточки.pdf, План урока.docx",),
    }  # fmt: skip
    applied, changes = lesson_exchange.apply(other, other.actor, plan)
    assert applied.words == "2 новые записи"
    assert changes.kinds == {batches.Kind.REGISTERS, batches.Kind.BATCHES}
    (scale, greenhouse) = bank(other)
    assert greenhouse == ("Химия в теплице", "химия", "9 класс", "Рябова Ю. Р.", "", "Агроном",
                          [(one.name, one.content) for one in (CARDS, PLAN)])  # fmt: skip
    assert scale[4] == "Читают\nчертёж."
    assert fates(other, path) == [Fate.SAME, Fate.SAME]


def test_only_chosen_lessons_go_along(workspace: Workspace, other: Workspace, tmp_path: Path) -> None:
    chosen = add(workspace, GREENHOUSE, CARDS)
    add(workspace, SCALE, PLAN)
    told = lesson_exchange.export(workspace, workspace.actor, [chosen], tmp_path / "1.pdlessons")
    assert told.words == "1 урок, 1 файл"
    taken(other, tmp_path / "1.pdlessons")
    assert [one[0] for one in bank(other)] == ["Химия в теплице"]


def test_a_lesson_that_is_here_is_changed_but_nothing_of_it_is_lost(
    workspace: Workspace, other: Workspace, tmp_path: Path
) -> None:
    own = kept_files.new_file("Свой план.docx", b"own")
    cook = profession(other, "повар")
    add(
        other,
        {**GREENHOUSE, "author": "Вяткин С. Л.", "outline": "Своё", "note": "кабинет 12", "profession": cook},
        own,
    )
    add(workspace, GREENHOUSE, CARDS)
    path = exported(workspace, tmp_path / "Банк.pdlessons")
    (line,) = lesson_exchange.preview(other, other.actor, path).lines
    assert line.fate is Fate.CHANGED
    assert line.changed == ("Автор: Вяткин С. Л. → Рябова Ю. Р.", "добавятся файлы: Карточки.pdf")
    before = state(other)
    batch = taken(other, path)
    assert bank(other) == [
        ("Химия в теплице", "химия", "9 класс", "Рябова Ю. Р.", "Своё", "повар",
         [("Свой план.docx", b"own"), ("Карточки.pdf", CARDS.content)])
    ]  # fmt: skip
    (entry,) = registers.book(other, other.actor, LESSONS).entries
    assert entry.values["note"] == "кабинет 12"
    batches.take_back(other, other.actor, batch)
    assert state(other) == before


def test_taking_in_is_undone_as_a_whole_also_later(workspace: Workspace, other: Workspace, tmp_path: Path) -> None:
    add(workspace, GREENHOUSE, CARDS)
    add(workspace, SCALE, PLAN)
    before = state(other)
    batch = taken(other, exported(workspace, tmp_path / "Банк.pdlessons"))
    assert [one.title for one in batches.done(other, other.actor)] == ["Банк уроков, «Банк.pdlessons»: 2 новые записи"]
    batches.take_back(other, other.actor, batch)
    assert state(other) == before


def test_a_profession_is_found_by_its_title_or_told(workspace: Workspace, other: Workspace, tmp_path: Path) -> None:
    add(workspace, {**GREENHOUSE, "profession": profession(workspace, "Учёный-агроном")})
    add(workspace, {**SCALE, "profession": profession(workspace, "кузнец")})
    path = exported(workspace, tmp_path / "Банк.pdlessons")
    here = profession(other, "учЕный-агроном")
    lines = {line.title: line for line in lesson_exchange.preview(other, other.actor, path).lines}
    assert lines["Химия в теплице"].values["profession"] == here
    assert "profession" not in lines["Масштаб и чертёж"].values
    assert lines["Масштаб и чертёж"].notes == ("профессия «кузнец» не записана: такой профессии здесь нет",)


def test_only_ticked_lessons_are_taken(workspace: Workspace, other: Workspace, tmp_path: Path) -> None:
    add(workspace, GREENHOUSE, CARDS)
    add(workspace, SCALE, PLAN)
    plan = lesson_exchange.preview(other, other.actor, exported(workspace, tmp_path / "Банк.pdlessons"))
    lesson_exchange.apply(other, other.actor, plan, {("", 1)})
    assert [one[0] for one in bank(other)] == ["Масштаб и чертёж"]
    applied, changes = lesson_exchange.apply(other, other.actor, plan, set())
    assert (applied.batch, changes.kinds) == (None, frozenset())


def test_the_same_lessons_give_the_same_bytes(workspace: Workspace, tmp_path: Path) -> None:
    add(workspace, GREENHOUSE, CARDS)
    first, second = (exported(workspace, tmp_path / name).read_bytes() for name in ("1.pdlessons", "2.pdlessons"))
    assert first == second


def test_a_lost_file_stops_the_export_and_leaves_what_was_there(workspace: Workspace, tmp_path: Path) -> None:
    add(workspace, GREENHOUSE, CARDS)
    target = tmp_path / "Банк.pdlessons"
    target.write_bytes(b"former")
    for blob in (workspace.path / "files").rglob("*"):
        if blob.is_file():
            blob.unlink()
    with pytest.raises(WorkspaceError, match="Восстановите"):
        exported(workspace, target)
    assert target.read_bytes() == b"former"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_stopped_work_writes_nothing(workspace: Workspace, other: Workspace, tmp_path: Path) -> None:
    add(workspace, GREENHOUSE, CARDS)
    path = exported(workspace, tmp_path / "Банк.pdlessons")

    def stop(_done: int, _total: int) -> None:
        raise CancelledError

    before = state(other)
    plan = lesson_exchange.preview(other, other.actor, path)
    with pytest.raises(CancelledError):
        lesson_exchange.preview(other, other.actor, path, stop)
    with pytest.raises(CancelledError):
        lesson_exchange.apply(other, other.actor, plan, progress=stop)
    with pytest.raises(CancelledError):
        lesson_exchange.export(workspace, workspace.actor, [one.id for one in registers.book(
            workspace, workspace.actor, LESSONS).entries], tmp_path / "нет.pdlessons", stop)  # fmt: skip
    assert state(other) == before
    assert not (tmp_path / "нет.pdlessons").exists()


def test_a_file_that_changed_or_went_since_the_preview_is_told(
    workspace: Workspace, other: Workspace, tmp_path: Path
) -> None:
    add(workspace, GREENHOUSE, CARDS)
    path = exported(workspace, tmp_path / "Банк.pdlessons")
    plan = lesson_exchange.preview(other, other.actor, path)
    before = state(other)
    path.write_bytes(b"other bytes")
    with pytest.raises(WrongInputError, match=FOREIGN):
        lesson_exchange.apply(other, other.actor, plan)
    path.unlink()
    with pytest.raises(WrongInputError, match="на этом месте нет"):
        lesson_exchange.apply(other, other.actor, plan)
    assert state(other) == before


LETTERS = string.ascii_letters + string.digits + "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБЁЯ ,.-«»№"
WORDS = st.text(LETTERS, min_size=1, max_size=30).filter(lambda words: words.strip())
FILE = st.tuples(WORDS.map(lambda words: f"{words.strip(' .')}.txt"), st.binary(min_size=1, max_size=200))
LESSON = st.fixed_dictionaries({
    "title": WORDS, "subject": WORDS, "grades": st.sampled_from(["5 класс", "9 «А»"]), "author": st.just("") | WORDS,
    "outline": st.just("") | st.lists(WORDS, max_size=3).map("\n".join), "profession": st.just("") | WORDS,
    "files": st.lists(FILE, max_size=3, unique_by=lambda one: one[1]),
})  # fmt: skip


def _unique(lessons: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return list(
        {tuple(fold(str(one[code])) for code in ("title", "subject", "grades")): one for one in lessons}.values()
    )


@pytest.mark.slow
@given(lessons=st.lists(LESSON, min_size=1, max_size=4).map(_unique))
@settings(max_examples=7)
def test_whatever_a_bank_holds_arrives_the_same(
    tmp_path_factory: pytest.TempPathFactory, lessons: list[Mapping[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("schools")
    here, there = school(folder / "here"), school(folder / "there")
    try:
        for one in lessons:
            values = {code: one[code] for code in FIELDS}
            if one["profession"]:
                values["profession"] = profession(here, one["profession"])
                profession(there, one["profession"])
            add(here, values, *(kept_files.new_file(*file) for file in one["files"]))
        path = exported(here, folder / "Банк.pdlessons")
        batch = taken(there, path)
        assert bank(there) == bank(here)
        assert set(fates(there, path)) == {Fate.SAME}
        batches.take_back(there, there.actor, batch)
        assert bank(there) == []
    finally:
        here.close()
        there.close()


def test_what_was_taken_in_and_given_a_file_since_is_not_lost_by_undo(
    workspace: Workspace, other: Workspace, tmp_path: Path
) -> None:
    add(workspace, GREENHOUSE, CARDS)
    batch = taken(other, exported(workspace, tmp_path / "Банк.pdlessons"))
    (entry,) = registers.book(other, other.actor, LESSONS).entries
    registers.change(other, other.actor, LESSONS, entry.id, {}, FileEdits((PLAN,)))
    with pytest.raises(WrongInputError, match="добавили файлы"):
        batches.take_back(other, other.actor, batch)
    assert len(attachments.of_entry(other, other.actor, LESSONS, entry.id)) == 2

"""Files of entries over a real workspace: kept with the entry, given back whole, never left without an entry."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import event
from support import state

from profdesk.domain.attachments import Attachment, FileEdits
from profdesk.domain.register import Entry
from profdesk.domain.registers import ALL, DOCUMENTS
from profdesk.domain.registers_of_work import LESSONS
from profdesk.errors import WorkspaceError, WrongInputError
from profdesk.services import attachments, batches, kept_files, registers
from profdesk.storage.workspace import Workspace

HEADS = "Тема;Предмет;Для кого\n"
LESSON = {"title": "Химия в теплице", "subject": "химия", "grades": "9 класс"}
PLAN = kept_files.new_file("План урока.docx", "ход урока".encode())
CARDS = kept_files.new_file("Карточки.pdf", b"%PDF cards")


def added(workspace: Workspace, *names: str, **values: str) -> tuple[Entry, str | None]:
    files = [kept_files.new_file(name, name.encode()) for name in names]
    entry, changes = registers.add(
        workspace, workspace.actor, LESSONS, {**LESSON, **values}, FileEdits(added=tuple(files))
    )
    return entry, changes.batch


def of(workspace: Workspace, entry: Entry) -> list[Attachment]:
    return list(attachments.of_entry(workspace, workspace.actor, LESSONS, entry.id))


def edit(workspace: Workspace, entry: Entry, edits: FileEdits) -> str | None:
    _, changes = registers.change(workspace, workspace.actor, LESSONS, entry.id, {}, edits)
    return changes.batch


def test_a_new_entry_is_written_with_its_files_and_they_come_back_whole(workspace: Workspace, tmp_path: Path) -> None:
    entry, _ = registers.add(workspace, workspace.actor, LESSONS, LESSON, FileEdits((PLAN, CARDS)))
    plan, cards = of(workspace, entry)
    assert [(one.name, one.size) for one in (plan, cards)] == [("План урока.docx", 17), ("Карточки.pdf", 10)]
    assert plan.actor == workspace.actor.id
    copy = attachments.open_copy(workspace, workspace.actor, plan)
    assert (copy.name, copy.read_bytes()) == ("План урока.docx", PLAN.content)
    attachments.save_copy(workspace, workspace.actor, cards, tmp_path / "на стол.pdf")
    assert (tmp_path / "на стол.pdf").read_bytes() == CARDS.content
    attachments.save_copy(workspace, workspace.actor, PLAN, tmp_path / "ещё не записан.docx")
    assert (tmp_path / "ещё не записан.docx").read_bytes() == PLAN.content


def test_an_entry_that_is_refused_leaves_no_file(workspace: Workspace) -> None:
    added(workspace)
    before = state(workspace)
    with pytest.raises(WrongInputError, match="Уже записано"):
        added(workspace, "План.docx")
    assert state(workspace) == before


def test_files_are_added_and_taken_away_in_one_step_that_is_undone(workspace: Workspace) -> None:
    entry, _ = added(workspace, "старый.txt")
    (old,) = of(workspace, entry)
    before = state(workspace)
    batch = edit(workspace, entry, FileEdits((CARDS,), (old.id,)))
    assert [one.name for one in of(workspace, entry)] == ["Карточки.pdf"]
    assert batch is not None
    redo, changes = batches.turn_back(workspace, workspace.actor, batch)
    assert state(workspace) == before
    assert changes.kinds >= {batches.Kind.REGISTERS}
    batches.turn_back(workspace, workspace.actor, redo)
    (cards,) = of(workspace, entry)
    assert attachments.open_copy(workspace, workspace.actor, cards).read_bytes() == CARDS.content


def test_an_entry_taken_out_keeps_its_files(workspace: Workspace) -> None:
    entry, _ = added(workspace, "План.docx")
    registers.withdraw(workspace, workspace.actor, LESSONS, entry.id)
    assert registers.book(workspace, workspace.actor, LESSONS).entries == ()
    registers.put_back(workspace, workspace.actor, LESSONS, entry.id)
    found = registers.book(workspace, workspace.actor, LESSONS)
    assert [one.name for one in found.files[entry.id]] == ["План.docx"]


def test_files_of_a_register_take_one_query_and_are_its_own(workspace: Workspace) -> None:
    first, _ = added(workspace, "1.txt", "2.txt")
    second, _ = added(workspace, "3.txt", title="Масштаб и чертёж")
    bare, _ = added(workspace, title="Без файлов")
    asked: list[str] = []
    event.listen(workspace._engine, "before_cursor_execute", lambda _c, _k, sql, *_: asked.append(sql))
    with workspace.unit(workspace.actor) as unit:
        asked.clear()
        found = unit.attachments.of_register(LESSONS)
        assert len([sql for sql in asked if "attachment" in sql]) == 1
        assert unit.attachments.of_register(DOCUMENTS) == {}
    assert {entry: len(files) for entry, files in found.items()} == {first.id: 2, second.id: 1}
    assert bare.id not in found


def test_only_registers_that_say_so_have_files() -> None:
    assert {one.code for one in ALL.values() if one.files} == {
        "agreements", "trainings", "documents", "trials", "lessons", "achievements",
    }  # fmt: skip


def test_what_cannot_be_kept_is_told_and_the_rest_is_taken(tmp_path: Path) -> None:
    (tmp_path / "папка").mkdir()
    for name, content in {"План.txt": b"1", "копия.txt": b"1", "пусто.txt": b"", "игра.exe": b"MZ"}.items():
        (tmp_path / name).write_bytes(content)
    names = ("папка", "План.txt", "копия.txt", "пусто.txt", "игра.exe", "нет.txt")
    taken = attachments.take([tmp_path / name for name in names], [CARDS.sha256])
    assert [one.name for one in taken.files] == ["План.txt"]
    assert [sentence.split("«")[1].split("»")[0] for sentence in taken.refused] == [
        "папка", "копия.txt", "пусто.txt", "игра.exe", "нет.txt",
    ]  # fmt: skip
    (tmp_path / "Карточки.pdf").write_bytes(CARDS.content)
    assert attachments.take([tmp_path / "Карточки.pdf"], [CARDS.sha256]).refused == (
        "Файл «Карточки.pdf» здесь уже есть.",
    )


def test_an_import_whose_entries_got_files_stands_until_they_are_taken_away(
    workspace: Workspace, tmp_path: Path
) -> None:
    table = tmp_path / "уроки.csv"
    table.write_text(f"{HEADS}Химия в теплице;химия;9 класс\n", encoding="utf-8")
    empty = state(workspace)
    plan = registers.preview(workspace, workspace.actor, LESSONS, table)
    applied, _ = registers.apply(workspace, workspace.actor, plan)
    assert applied.batch is not None
    (entry,) = registers.book(workspace, workspace.actor, LESSONS).entries
    edit(workspace, entry, FileEdits((PLAN,)))
    before = state(workspace)
    assert "добавили файлы" in batches.outlook(workspace, workspace.actor, applied.batch).refusal
    with pytest.raises(WrongInputError, match="Сначала уберите эти файлы"):
        batches.take_back(workspace, workspace.actor, applied.batch)
    assert state(workspace) == before
    (file,) = of(workspace, entry)
    edit(workspace, entry, FileEdits(removed=(file.id,)))
    batches.take_back(workspace, workspace.actor, applied.batch)
    assert state(workspace)["lesson"] == empty["lesson"]


def test_an_entry_and_its_own_files_are_undone_together(workspace: Workspace) -> None:
    before = state(workspace)
    _, batch = added(workspace, "План.docx")
    assert batch is not None
    batches.turn_back(workspace, workspace.actor, batch)
    assert state(workspace) == before


def test_a_lost_file_is_told(workspace: Workspace) -> None:
    entry, _ = added(workspace, "План.docx")
    (file,) = of(workspace, entry)
    (blob,) = [path for path in (workspace.path / "files").rglob("*") if path.is_file()]
    blob.unlink()
    with pytest.raises(WorkspaceError, match="Восстановите"):
        attachments.open_copy(workspace, workspace.actor, file)

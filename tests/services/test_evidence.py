"""Files of a pupil and notes at cells, over a real workspace: kept once, told when spoiled, put back."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support import FIRST, SECOND, pupil_ids

from profdesk import paths
from profdesk.domain.changes import Kind
from profdesk.domain.evidence import LIMIT, size_words
from profdesk.domain.people import Group
from profdesk.domain.portfolio import Cell
from profdesk.errors import CancelledError, NotFoundError, WorkspaceError, WrongInputError
from profdesk.services import evidence, kept_files, notes
from profdesk.services.evidence import Added
from profdesk.storage.workspace import Workspace

CODE = "planning"


@pytest.fixture
def pupil(workspace: Workspace, group: Group) -> str:
    return pupil_ids(workspace, group)[0]


def made(folder: Path, name: str, content: bytes = b"%PDF work") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def add(workspace: Workspace, pupil: str, *files: Path, code: str | None = CODE) -> Added:
    added, _ = evidence.add(workspace, workspace.actor, pupil, code, FIRST, files)
    return added


def blobs(workspace: Workspace) -> list[Path]:
    return [path for path in (workspace.path / "files").rglob("*") if path.is_file()]


def test_a_file_is_kept_under_its_name_and_comes_back_whole(workspace: Workspace, pupil: str, tmp_path: Path) -> None:
    path = made(tmp_path, "Грамота за проект.pdf", "грамота".encode())
    added, changes = evidence.add(workspace, workspace.actor, pupil, CODE, FIRST, [path])
    assert changes.kinds == {Kind.EVIDENCE}
    (one,) = added.kept
    assert (one.title, one.name, one.size) == ("Грамота за проект", "Грамота за проект.pdf", 14)
    assert (one.actor, one.competency, one.period) == (workspace.actor.id, CODE, FIRST)
    path.unlink()
    copy = evidence.open_copy(workspace, workspace.actor, one.id)
    assert copy.name == "Грамота за проект.pdf"
    assert copy.read_bytes() == "грамота".encode()


@pytest.mark.skipif(os.name == "nt", reason="rights of files are Unix's own")
def test_a_copy_is_private_cannot_be_edited_and_is_forgotten(workspace: Workspace, pupil: str, tmp_path: Path) -> None:
    (one,) = add(workspace, pupil, made(tmp_path, "a.pdf")).kept
    copies = [evidence.open_copy(workspace, workspace.actor, one.id) for _ in range(2)]
    for copy in copies:
        assert stat.S_IMODE(copy.stat().st_mode) == 0o400
        for folder in (copy.parent, copy.parent.parent):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert copies[0] != copies[1]
    kept_files.forget_copies()
    assert [path for path in paths.user_data().rglob("*") if path.name == "a.pdf"] == []
    kept_files.forget_copies()


def test_a_copys_name_is_taken_by_every_system(workspace: Workspace, pupil: str) -> None:
    with workspace.unit(workspace.actor) as unit:
        one = unit.evidence.add(pupil, None, FIRST, "х", '../что: "такое"?.pdf', b"x", datetime.now(UTC))
    copy = evidence.open_copy(workspace, workspace.actor, one.id)
    assert copy.name == "_что_ _такое__.pdf"
    assert copy.is_relative_to(paths.user_data())


def test_the_limit_is_exact(workspace: Workspace, pupil: str, tmp_path: Path) -> None:
    largest = made(tmp_path, "ровно.zip", b"z" * LIMIT)
    larger = made(tmp_path, "больше.zip", b"z" * (LIMIT + 1))
    added = add(workspace, pupil, largest, larger)
    assert [one.size for one in added.kept] == [LIMIT]
    assert added.refused == ("Файл «больше.zip» больше 20\u00a0МБ: сожмите его или добавьте по частям.",)


def test_good_files_are_kept_beside_those_that_cannot_be(workspace: Workspace, pupil: str, tmp_path: Path) -> None:
    (tmp_path / "папка").mkdir()
    bad = (
        tmp_path / "папка",
        tmp_path / "нет.pdf",
        made(tmp_path, "пустой.txt", b""),
        made(tmp_path, "игра.EXE", b"MZ"),
        made(tmp_path, "игра.exe. ", b"MZ"),
        Path(os.devnull),
    )
    added = add(workspace, pupil, *bad, made(tmp_path, "эссе.docx"))
    assert [one.name for one in added.kept] == ["эссе.docx"]
    assert [sentence.split("«")[1].split("»")[0] for sentence in added.refused] == [path.name for path in bad]
    assert all(sentence.endswith(".") for sentence in added.refused)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_told(workspace: Workspace, pupil: str, tmp_path: Path) -> None:
    path = made(tmp_path, "чужой.pdf")
    path.chmod(0)
    assert "не читается" in add(workspace, pupil, path).refused[0]


def test_nothing_kept_is_no_change(workspace: Workspace, pupil: str, tmp_path: Path) -> None:
    _, changes = evidence.add(workspace, workspace.actor, pupil, CODE, FIRST, [tmp_path / "нет.pdf"])
    assert (changes.batch, changes.kinds) == (None, frozenset())


def test_the_same_bytes_are_kept_once_and_stand_once_in_a_place(
    workspace: Workspace, pupil: str, tmp_path: Path
) -> None:
    first, again = made(tmp_path, "эссе.pdf"), made(tmp_path, "эссе (копия).pdf")
    added = add(workspace, pupil, first, again)
    assert [one.name for one in added.kept] == ["эссе.pdf"]
    assert added.refused == ("Файл «эссе (копия).pdf» здесь уже есть.",)
    assert len(add(workspace, pupil, first, code=None).kept) == 1
    assert len(blobs(workspace)) == 1


def test_stopped_work_registers_nothing(workspace: Workspace, pupil: str, tmp_path: Path) -> None:
    def stop(done: int, _total: int) -> None:
        if done:
            raise CancelledError

    files = [made(tmp_path, "1.pdf", b"1"), made(tmp_path, "2.pdf", b"2")]
    with pytest.raises(CancelledError):
        evidence.add(workspace, workspace.actor, pupil, CODE, FIRST, files, stop)
    assert evidence.of_pupil(workspace, workspace.actor, pupil) == []


def test_a_spoiled_or_lost_blob_is_told(workspace: Workspace, pupil: str, tmp_path: Path) -> None:
    (one,) = add(workspace, pupil, made(tmp_path, "эссе.pdf")).kept
    (blob,) = blobs(workspace)
    blob.write_bytes(blob.read_bytes()[:-1] + b"!")
    with pytest.raises(WorkspaceError, match="Восстановите"):
        evidence.open_copy(workspace, workspace.actor, one.id)
    blob.unlink()
    with pytest.raises(WorkspaceError, match="Восстановите"):
        evidence.open_copy(workspace, workspace.actor, one.id)


def test_a_withdrawn_file_is_put_back(workspace: Workspace, pupil: str, tmp_path: Path) -> None:
    (one,) = add(workspace, pupil, made(tmp_path, "эссе.pdf")).kept
    _, changes = evidence.withdraw(workspace, workspace.actor, one.id)
    assert changes.kinds == {Kind.EVIDENCE}
    assert evidence.of_pupil(workspace, workspace.actor, pupil) == []
    back, _ = evidence.put_back(workspace, workspace.actor, one.id)
    assert [back] == evidence.of_pupil(workspace, workspace.actor, pupil) == [one]
    with pytest.raises(NotFoundError):
        evidence.withdraw(workspace, workspace.actor, "нет такого")


def test_a_file_gets_another_title(workspace: Workspace, pupil: str, tmp_path: Path) -> None:
    (one,) = add(workspace, pupil, made(tmp_path, "IMG_0042.jpg")).kept
    evidence.rename(workspace, workspace.actor, one.id, "  Макет моста ")
    (found,) = evidence.of_pupil(workspace, workspace.actor, pupil)
    assert (found.title, found.name) == ("Макет моста", "IMG_0042.jpg")
    with pytest.raises(WrongInputError, match="пустое"):
        evidence.rename(workspace, workspace.actor, one.id, " ")


def test_files_of_a_cell_are_those_of_its_term(workspace: Workspace, pupil: str, tmp_path: Path) -> None:
    add(workspace, pupil, made(tmp_path, "1.pdf", b"1"))
    add(workspace, pupil, made(tmp_path, "2.pdf", b"2"), code=None)
    evidence.add(workspace, workspace.actor, pupil, CODE, SECOND, [made(tmp_path, "3.pdf", b"3")])
    names = [one.name for one in evidence.of_cell(workspace, workspace.actor, pupil, CODE, FIRST)]
    assert names == ["1.pdf"]
    everything = [one.name for one in evidence.of_pupil(workspace, workspace.actor, pupil)]
    assert everything == ["3.pdf", "2.pdf", "1.pdf"]


def test_a_note_supersedes_the_former_and_empty_words_take_it_away(workspace: Workspace, pupil: str) -> None:
    cell, actor = Cell(pupil, CODE), workspace.actor
    assert notes.of_cell(workspace, actor, cell, FIRST) is None
    for words, changed in (("Ведёт проект", True), (" Ведёт проект ", False), ("Ведёт два проекта", True)):
        said, changes = notes.write(workspace, actor, cell, FIRST, words)
        assert said is changed
        assert changes.kinds == ({Kind.ASSESSMENTS} if changed else set())
    note = notes.of_cell(workspace, actor, cell, FIRST)
    assert note is not None
    assert (note.words, note.actor) == ("Ведёт два проекта", actor.id)
    assert notes.of_cell(workspace, actor, cell, SECOND) is None
    assert list(notes.of_pupil(workspace, actor, pupil)) == [note]
    assert notes.write(workspace, actor, cell, FIRST, "  ")[0]
    assert notes.of_cell(workspace, actor, cell, FIRST) is None
    assert notes.of_pupil(workspace, actor, pupil) == []


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 Б"),
        (1023, "1023 Б"),
        (1024, "1 КБ"),
        (12_700, "12 КБ"),
        (1_468_006, "1,4 МБ"),
        (LIMIT, "20 МБ"),
    ],
)
def test_sizes_are_said_as_people_say_them(size: int, words: str) -> None:
    assert size_words(size) == words.replace(" ", "\u00a0")

"""Kept files of a unit of work that comes to nothing are gone again, though the program was killed in the middle."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from exchange_files import accepted, everything, joined, reopened, sent, taken_back
from support import FIRST, PASSWORD, pupil_ids

from profdesk.domain.access import Role
from profdesk.domain.exchange import DESK, PSY
from profdesk.domain.people import Group
from profdesk.domain.users import Draft
from profdesk.services import evidence, exchange, users
from profdesk.storage import arriving, opening
from profdesk.storage.arriving import Arriving
from profdesk.storage.workspace import Workspace

WORK = b"%PDF work"
COORDINATOR = Draft("Климов Олег Ильич", "координатор", frozenset({Role.COORDINATOR}))


class KilledError(BaseException):
    """In place of the end of the process."""


@contextmanager
def killed(*left_undone: str) -> Iterator[None]:
    """What is inside the block ends without whatever a unit of work does to its files at its end."""
    with pytest.MonkeyPatch.context() as patched, pytest.raises(KilledError):
        for name in left_undone:
            patched.setattr(Arriving, name, lambda _: None)
        yield
        raise KilledError


def files(workspace: Workspace) -> list[str]:
    folders = (workspace.path / "files", workspace.path / "files-psy")
    return sorted(path.name for folder in folders for path in folder.rglob("*") if path.is_file())


def opened(workspace: Workspace, user: str | None = None) -> Workspace:
    workspace.close()
    return opening.open_workspace(workspace.path, user or workspace.actor.id, PASSWORD)


def put(workspace: Workspace, content: bytes, name: str = DESK) -> None:
    with workspace.unit(workspace.actor) as unit:
        unit.kept[name].put(content)
        raise KilledError


def test_a_unit_that_fails_leaves_no_file_but_those_that_were_there(workspace: Workspace) -> None:
    with workspace.unit(workspace.actor) as unit:
        unit.kept[DESK].put(b"one")
    before = files(workspace)
    for content in (b"one", b"two"):
        with pytest.raises(KilledError):
            put(workspace, content)
        assert files(workspace) == before
    assert not (workspace.path / arriving.FILE).exists()


def test_what_a_killed_unit_has_put_is_gone_at_the_next_opening(workspace: Workspace) -> None:
    before = files(workspace)
    with killed("drop"):
        put(workspace, WORK)
    (put_here,) = {*files(workspace)} - {*before}
    (workspace.path / "files" / put_here[:2] / ".new-half").write_bytes(WORK)
    with (workspace.path / arriving.FILE).open("a", encoding="ascii") as note:
        note.write("files 0123")
    workspace = opened(workspace)
    assert files(workspace) == before
    assert not (workspace.path / arriving.FILE).exists()


@pytest.mark.parametrize("begun", [b"", b"files 0123"])
def test_a_note_that_was_hardly_begun_is_gone_at_the_next_opening(workspace: Workspace, begun: bytes) -> None:
    (workspace.path / arriving.FILE).write_bytes(begun)
    workspace = opened(workspace)
    assert not (workspace.path / arriving.FILE).exists()


def test_what_was_committed_before_the_end_stays(workspace: Workspace, group: Group, tmp_path: Path) -> None:
    pupil, paper = pupil_ids(workspace, group)[0], tmp_path / "работа.pdf"
    paper.write_bytes(WORK)
    with killed("stay"):
        evidence.add(workspace, workspace.actor, pupil, None, FIRST, [paper])
    assert (workspace.path / arriving.FILE).exists()
    workspace = opened(workspace)
    (one,) = evidence.of_pupil(workspace, workspace.actor, pupil)
    assert evidence.open_copy(workspace, workspace.actor, one.id).read_bytes() == WORK
    assert not (workspace.path / arriving.FILE).exists()


def test_files_of_psychologists_wait_for_one(workspace: Workspace) -> None:
    owner, (added, _) = workspace.actor.id, users.add(workspace, workspace.actor, COORDINATOR, PASSWORD)
    before = files(workspace)
    with killed("drop"):
        put(workspace, WORK)
    with killed("drop"):
        put(workspace, WORK, PSY)
    other = opened(workspace, added)
    assert len(files(other)) == len(before) + 1
    assert files(opened(other, owner)) == before


@pytest.mark.parametrize("at", ["Читаем файл, МБ", "Сохраняем"])
def test_an_acceptance_that_is_killed_leaves_nothing(
    workspace: Workspace, group: Group, tmp_path: Path, at: str
) -> None:
    pupil, papers = pupil_ids(workspace, group)[0], [tmp_path / f"{number}.pdf" for number in range(3)]
    for paper in papers:
        paper.write_bytes(WORK + paper.name.encode())
    one, two = joined(workspace, tmp_path / "ноутбук")
    evidence.add(one.workspace, one.workspace.actor, pupil, None, FIRST, papers)
    path, before = sent(one, two, tmp_path / "1.profdesk"), everything(two.workspace)

    def kill(what: str, _done: int, _total: int) -> None:
        if what == at and files(two.workspace) != before["files"]:
            raise KilledError

    with killed("drop"):
        exchange.accept(two.workspace, two.workspace.actor, path, kill)
    assert files(two.workspace) != before["files"]
    two = reopened(two)
    assert everything(two.workspace) == before
    accepted(two, path)
    for kept in evidence.of_pupil(two.workspace, two.workspace.actor, pupil):
        assert evidence.open_copy(two.workspace, two.workspace.actor, kept.id).read_bytes().startswith(WORK)
    assert len(files(two.workspace)) == len(before["files"]) + len(papers)
    one.workspace.close()
    two.workspace.close()


def test_files_of_an_undone_acceptance_go_but_for_those_that_are_here_otherwise(
    workspace: Workspace, group: Group, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pupil, papers = pupil_ids(workspace, group)[0], [tmp_path / "1.pdf", tmp_path / "2.pdf"]
    for paper in papers:
        paper.write_bytes(WORK + paper.name.encode())
    one, two = joined(workspace, tmp_path / "ноутбук")
    evidence.add(one.workspace, one.workspace.actor, pupil, None, FIRST, papers)
    evidence.add(two.workspace, two.workspace.actor, pupil, None, FIRST, papers[:1])
    before = files(two.workspace)
    done = accepted(two, sent(one, two, tmp_path / "1.profdesk"))
    assert len(files(two.workspace)) == len(before) + 1

    def kill(_: Workspace) -> None:
        raise KilledError

    with monkeypatch.context() as patched, pytest.raises(KilledError):
        patched.setattr(Workspace, "sweep_files", kill)
        taken_back(two, done)
    assert files(two.workspace) != before
    two = reopened(two)
    assert files(two.workspace) == before
    (own,) = evidence.of_pupil(two.workspace, two.workspace.actor, pupil)
    assert evidence.open_copy(two.workspace, two.workspace.actor, own.id).read_bytes() == papers[0].read_bytes()
    one.workspace.close()
    two.workspace.close()

"""A restore is known for one wherever the folder is opened next; an old state put back without one is told."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import date
from pathlib import Path

import pytest
from support import PASSWORD

from profdesk import paths
from profdesk.domain.mark import MissingRecordsError
from profdesk.domain.people import PersonName
from profdesk.services import backups, recovery
from profdesk.storage import database, mark, replaced, restore, swap
from profdesk.storage import opening as storage
from profdesk.storage.workspace import Workspace


def add(workspace: Workspace, *surnames: str) -> None:
    for surname in surnames:
        with workspace.unit(workspace.actor) as unit:
            unit.pupils.add(PersonName(surname, "Иван", ""), date(2013, 5, 6), None)


def surnames(workspace: Workspace) -> set[str]:
    with workspace._engine.connect() as connection:
        return {row[0] for row in connection.exec_driver_sql("SELECT surname FROM pupil")}


@contextmanager
def opened(folder: Path) -> Iterator[Workspace]:
    made = storage.open_workspace(folder, None, PASSWORD)
    try:
        yield made
    finally:
        made.close()


def elsewhere(tmp_path: Path) -> AbstractContextManager[object]:
    """Another computer, or another user of this one, with marks of its own."""
    return paths.moved_to(tmp_path / "другой компьютер")


def put_back(old: Path, folder: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(old, folder)


def seen_elsewhere(workspace: Workspace, tmp_path: Path) -> Path:
    """A copy after А; Б and В are written and seen elsewhere, too."""
    folder = workspace.path
    add(workspace, "А")
    made = workspace.back_up("проба")
    add(workspace, "Б", "В")
    workspace.close()
    with elsewhere(tmp_path), opened(folder):
        pass
    return made


def test_a_restore_here_is_known_for_one_elsewhere(workspace: Workspace, folder: Path, tmp_path: Path) -> None:
    copy = seen_elsewhere(workspace, tmp_path)
    with opened(folder) as here:
        kept, _ = backups.restore(here, here.actor, copy)
    for _ in range(2):
        with elsewhere(tmp_path), opened(folder) as there:
            assert surnames(there) == {"А"}
            assert there.notice == ""
    with opened(folder) as here:
        assert here.notice == ""
        add(here, "Г")
        backups.restore(here, here.actor, kept)
    with elsewhere(tmp_path), opened(folder) as there:
        assert surnames(there) == {"А", "Б", "В"}


def test_what_is_lost_after_a_restore_is_told_everywhere(workspace: Workspace, folder: Path, tmp_path: Path) -> None:
    copy = seen_elsewhere(workspace, tmp_path)
    with opened(folder) as here:
        backups.restore(here, here.actor, copy)
    with opened(folder) as here:
        add(here, "Г")
    shutil.copytree(folder, tmp_path / "вчера")
    with elsewhere(tmp_path), opened(folder) as there:
        add(there, "Д", "Е")
    put_back(tmp_path / "вчера", folder)
    with elsewhere(tmp_path), pytest.raises(MissingRecordsError) as caught, opened(folder):
        pass
    assert caught.value.missing.count == 2


def test_the_statement_of_a_restore_covers_no_older_state_put_beside_it(
    workspace: Workspace, folder: Path, tmp_path: Path
) -> None:
    """The folder as it lay between the copy and the restore, with what the restore wrote put into it."""
    copy = seen_elsewhere(workspace, tmp_path)
    older = shutil.copytree(folder, tmp_path / "старая")
    with opened(folder) as here:
        add(here, "Г", "Д")
    with elsewhere(tmp_path), opened(folder):
        pass
    with opened(folder) as here:
        backups.restore(here, here.actor, copy)
    shutil.copy2(folder / replaced.FILE, older / replaced.FILE)
    (older / mark.FILE).unlink()
    put_back(older, folder)
    with elsewhere(tmp_path), pytest.raises(MissingRecordsError), opened(folder):
        pass


@pytest.mark.parametrize("spoil", ["forged", "gone"])
def test_an_old_copy_put_back_by_hand_is_told_whatever_it_says_of_restores(
    workspace: Workspace, folder: Path, tmp_path: Path, spoil: str
) -> None:
    copy = seen_elsewhere(workspace, tmp_path)
    with opened(folder) as here:
        backups.restore(here, here.actor, copy)
    data = (folder / replaced.FILE).read_text(encoding="utf-8")
    if spoil == "forged":
        assert '"ends": [' in data
        (folder / replaced.FILE).write_text(data.replace('"ends": [', '"ends": [9'), encoding="utf-8")
    else:
        (folder / replaced.FILE).unlink()
    with elsewhere(tmp_path), pytest.raises(MissingRecordsError), opened(folder):
        pass


def test_what_the_mark_knew_beyond_the_journal_that_was_replaced_is_still_missing_elsewhere(
    workspace: Workspace, folder: Path, tmp_path: Path
) -> None:
    """Records lost before a restore that knew nothing of them are not excused by it."""
    copy = seen_elsewhere(workspace, tmp_path)
    early = shutil.copytree(folder, tmp_path / "ранняя")
    with elsewhere(tmp_path), opened(folder) as there:
        add(there, "Г", "Д")
    put_back(early, folder)
    with opened(folder) as here:
        backups.restore(here, here.actor, copy)
    with elsewhere(tmp_path), pytest.raises(MissingRecordsError), opened(folder):
        pass


def test_who_restores_an_older_copy_than_is_missing_is_not_told_again(workspace: Workspace, folder: Path) -> None:
    add(workspace, "А")
    copy = workspace.back_up("проба")
    add(workspace, "Б", "В")
    user = workspace.actor.id
    workspace.close()
    for name in (database.DESK, database.PSY):
        shutil.copy2(copy / name, folder / name)
    with pytest.raises(MissingRecordsError), opened(folder):
        pass
    recovery.restore(folder, user, PASSWORD, copy)
    with opened(folder) as here:
        assert (surnames(here), here.notice, here.restored) == ({"А"}, "", True)


class StoppedError(BaseException):
    """Stands for a kill: nothing in the program handles it."""


def stop_at(monkeypatch: pytest.MonkeyPatch, number: int) -> Callable[[], bool]:
    """Stop at the nth change of a name in the file system, and let nothing be tidied after it."""
    done = 0

    def counting(kind: str) -> None:
        original = getattr(Path, kind)

        def stopped(path: Path, *args: object, **named: object) -> object:
            nonlocal done
            done += 1
            if done >= number:
                raise StoppedError
            return original(path, *args, **named)

        monkeypatch.setattr(Path, kind, stopped)

    for kind in ("rename", "replace", "unlink"):
        counting(kind)
    monkeypatch.setattr(swap.shutil, "rmtree", lambda *_args, **_named: None)
    return lambda: done >= number


def test_wherever_a_restore_is_killed_nothing_is_missing_and_no_mark_forgotten(
    workspace: Workspace, folder: Path, tmp_path: Path
) -> None:
    copy = seen_elsewhere(workspace, tmp_path)
    with opened(folder) as here:
        actor, keys = here.actor, here.keys
    whole = shutil.copytree(folder, tmp_path / "целая")
    kept = [*paths.user_data().rglob("*.mark"), *(tmp_path / "другой компьютер").rglob("*.mark")]
    marks = {path: path.read_bytes() for path in kept}
    assert len(marks) == 2
    outcomes = set()
    for number in range(1, 60):
        put_back(whole, folder)
        for path, data in marks.items():
            path.write_bytes(data)
        with pytest.MonkeyPatch.context() as patch:
            reached = stop_at(patch, number)
            with suppress(StoppedError):
                restore.put_in_place(folder, copy, actor, keys)
            stopped = reached()
        swap.finish(folder)
        with opened(folder) as here:
            found, is_restored = surnames(here), here.restored
            assert here.notice == ""
        assert (found, is_restored) in (({"А", "Б", "В"}, False), ({"А"}, True))
        outcomes.add(is_restored)
        with elsewhere(tmp_path), opened(folder) as there:
            assert surnames(there) == found
        if not stopped:
            break
        if not is_restored:
            shutil.copy2(copy / database.DESK, folder / database.DESK)
            with pytest.raises(MissingRecordsError), opened(folder):
                pass
    assert outcomes == {True, False}
    assert not stopped

"""Parts of a workspace are replaced all or none, wherever the program is stopped."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from profdesk.errors import WorkspaceError
from profdesk.storage import swap

OLD = {"desk.db": "old", "desk.db-wal": "old", "psy.db": "old", "vault.json": "old", "files/ab/abc": "old"}
NEW = {"desk.db": "new", "psy.db": "new", "vault.json": "new", "files-psy/cd/cde": "new"}


class StoppedError(BaseException):
    """Stands for a kill: nothing in the program handles it."""


def fill(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def read(folder: Path) -> dict[str, str]:
    """Every file but the lock, which stays."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != ".swap-lock")
    return {path.relative_to(folder).as_posix(): path.read_text() for path in found}


def replace(folder: Path) -> None:
    with swap.prepared(folder) as fresh:
        fill(fresh, NEW)
        swap.commit(folder, fresh)


def stop_at(monkeypatch: pytest.MonkeyPatch, number: int) -> Callable[[], bool]:
    """Stop at the nth renaming or removing of a file; tells whether there were as many."""
    done = 0

    def counting(kind: str) -> None:
        original = getattr(Path, kind)

        def stopped(path: Path, *args: object) -> object:
            nonlocal done
            done += 1
            if done == number:
                raise StoppedError
            return original(path, *args)

        monkeypatch.setattr(Path, kind, stopped)

    counting("rename")
    counting("unlink")
    return lambda: done >= number


def test_every_part_is_replaced(tmp_path: Path) -> None:
    fill(tmp_path, {**OLD, "backups/one/desk.db": "kept"})
    replace(tmp_path)
    assert read(tmp_path) == {**NEW, "backups/one/desk.db": "kept"}


def test_only_the_named_parts_are_replaced(tmp_path: Path) -> None:
    fill(tmp_path, OLD)
    with swap.prepared(tmp_path) as fresh:
        fill(fresh, {"vault.json": "new"})
        swap.commit(tmp_path, fresh, ["vault.json"])
    assert read(tmp_path) == {**OLD, "vault.json": "new"}


@pytest.mark.parametrize("number", range(1, 13))
def test_a_stop_at_any_moment_leaves_the_old_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    fill(tmp_path, OLD)
    with monkeypatch.context() as patched:
        stopped = stop_at(patched, number)
        with suppress(StoppedError):
            replace(tmp_path)
        was_stopped = stopped()
    decided = (tmp_path / ".next").exists() or "new" in read(tmp_path).values()
    swap.finish(tmp_path)
    assert read(tmp_path) == (NEW if decided else OLD)
    assert decided is (number > 1)
    assert was_stopped is (number < 12)
    swap.finish(tmp_path)
    assert read(tmp_path) == (NEW if decided else OLD)


def test_what_fails_while_it_is_prepared_changes_nothing(tmp_path: Path) -> None:
    fill(tmp_path, OLD)
    with pytest.raises(WorkspaceError, match="места"), swap.prepared(tmp_path) as fresh:
        fill(fresh, NEW)
        raise OSError(28, "No space left on device")
    assert read(tmp_path) == OLD


def test_another_program_has_to_wait(tmp_path: Path) -> None:
    fill(tmp_path, OLD)
    with swap.prepared(tmp_path), pytest.raises(WorkspaceError, match="другое окно"):
        swap.finish(tmp_path)
    assert read(tmp_path) == OLD


def test_what_an_earlier_exchange_could_not_remove_hinders_no_other(tmp_path: Path) -> None:
    fill(tmp_path, {**OLD, ".former/files/ab/abc": "older", ".former/desk.db": "older"})
    replace(tmp_path)
    assert read(tmp_path) == NEW

"""Logging in: wrong passwords slow down on every way in, and what happened is told and journaled."""

from __future__ import annotations

import errno
import subprocess
import sys
import unicodedata
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from kept_workspaces import create
from sqlalchemy import select
from sqlalchemy.orm import Session
from support import PASSWORD, organisation

from profdesk import paths
from profdesk.domain.access import NewUser
from profdesk.errors import AccessError, RefusedError, WorkspaceError
from profdesk.services import workspaces
from profdesk.storage import attempts
from profdesk.storage.keys import KeyStore
from profdesk.storage.people_models import DeedRow
from profdesk.storage.workspace import Workspace


@pytest.fixture
def closed(tmp_path: Path) -> tuple[Path, str, str]:
    """A folder, its only user and its recovery code."""
    made = create(tmp_path / "desk", NewUser("Климова Татьяна", "", PASSWORD))
    made.workspace.close()
    return made.workspace.path, made.workspace.actor.id, made.recovery_code


def deeds(workspace: Workspace) -> list[tuple[str, int]]:
    with Session(workspace._engine) as session:
        return [(row.kind, row.count) for row in session.scalars(select(DeedRow).order_by(DeedRow.done_at))]


def refuse(path: Path, times: int) -> AccessError:
    """Try wrong passwords, each after its wait is over; gives the last refusal."""
    for _ in range(times):
        pass_time(path)
        with pytest.raises(AccessError) as told:
            workspaces.open_workspace(path, None, "не тот пароль")
    return told.value


def pass_time(path: Path) -> None:
    there = attempts._read(path)
    attempts._write(path, {who: _earlier(one) for who, one in there.items()})


def _earlier(one: attempts.Attempts) -> attempts.Attempts:
    return attempts.Attempts(one.wrong, one.last and one.last - timedelta(minutes=6))


def test_the_third_wrong_one_makes_even_the_right_one_wait(closed: tuple[Path, str, str]) -> None:
    path, user, _ = closed
    assert not isinstance(refuse(path, 2), RefusedError)
    told = refuse(path, 1)
    assert isinstance(told, RefusedError)
    assert told.seconds == 1
    assert told.message.endswith("Следующая попытка через 1 секунду.")
    refuse(path, 3)
    with pytest.raises(RefusedError, match="Было несколько неверных попыток подряд") as early:
        workspaces.open_workspace(path, None, PASSWORD)
    assert 6 <= early.value.seconds <= 8
    assert 6 <= workspaces.wait(path, user) <= 8
    pass_time(path)
    workspaces.open_workspace(path, None, PASSWORD).close()
    assert workspaces.wait(path, user) == 0


def test_another_process_waits_too(closed: tuple[Path, str, str]) -> None:
    path = closed[0]
    refuse(path, 8)
    code = "import sys; from pathlib import Path; from profdesk.services import workspaces as w\n"
    code += f"try: w.open_workspace(Path({str(path)!r}), None, {PASSWORD!r})\nexcept Exception as e: print(e.message)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Следующая попытка через" in answer.stdout


def test_wrong_ones_are_told_and_journaled_with_the_login(closed: tuple[Path, str, str]) -> None:
    path = closed[0]
    workspaces.open_workspace(path, None, PASSWORD).close()
    refuse(path, 4)
    pass_time(path)
    opened = workspaces.open_workspace(path, None, PASSWORD)
    assert opened.refused_before == 4
    assert sorted(deeds(opened)) == [("logged_in", 0), ("logged_in", 0), ("login_refused", 4)]
    workspaces.leave(opened, "По Ctrl+L")
    with pytest.raises(WorkspaceError, match="закрыта"), opened.unit(opened.actor):
        pass
    again = workspaces.open_workspace(path, None, PASSWORD)
    assert again.refused_before == 0
    assert ("locked", 0) in deeds(again)
    again.close()


def test_the_password_of_the_pupil_screen_is_counted_by_the_same_rule(closed: tuple[Path, str, str]) -> None:
    path = closed[0]
    opened = workspaces.open_workspace(path, None, PASSWORD)
    for _ in range(2):
        with pytest.raises(AccessError):
            workspaces.check_password(opened, opened.actor, "угадаю")
    with pytest.raises(RefusedError):
        workspaces.check_password(opened, opened.actor, "угадаю")
    with pytest.raises(RefusedError):
        workspaces.check_password(opened, opened.actor, PASSWORD)
    pass_time(path)
    workspaces.check_password(opened, opened.actor, PASSWORD)
    assert ("login_refused", 3) in deeds(opened)
    opened.close()


def test_the_recovery_code_is_counted_apart(closed: tuple[Path, str, str]) -> None:
    path, user, code = closed
    for _ in range(2):
        with pytest.raises(AccessError, match="Код восстановления не подходит"):
            workspaces.restore_password(path, user, "ABCD", "новый пароль")
    with pytest.raises(RefusedError):
        workspaces.restore_password(path, user, "ABCD", "новый пароль")
    assert workspaces.wait(path, user) == 0
    pass_time(path)
    workspaces.restore_password(path, user, code, "новый пароль")
    workspaces.open_workspace(path, user, "новый пароль").close()


def test_a_name_that_is_not_there_is_not_counted(closed: tuple[Path, str, str]) -> None:
    with pytest.raises(AccessError, match="Такого пользователя"):
        workspaces.open_workspace(closed[0], "nobody", PASSWORD)
    assert not (closed[0] / attempts.FILE).exists()


@pytest.mark.parametrize("text", ["", "[]", '{"a": 1}', '{"a": {"wrong": "x", "last": "y"}}', '{"a": {"wrong": 9}}'])
def test_a_spoiled_file_keeps_nobody_out(closed: tuple[Path, str, str], text: str) -> None:
    path, user, _ = closed
    (path / attempts.FILE).write_text(text, encoding="utf-8")
    workspaces.open_workspace(path, user, PASSWORD).close()


def test_a_password_typed_decomposed_opens(closed: tuple[Path, str, str]) -> None:
    path, user, code = closed
    workspaces.restore_password(path, user, code, "ёлка и йод")
    workspaces.open_workspace(path, user, unicodedata.normalize("NFD", "ёлка и йод")).close()


def test_a_workspace_is_made_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (paths.user_data()).mkdir(parents=True, exist_ok=True)
    (paths.user_data() / "known-keys").touch()
    owner = NewUser("Климова Татьяна", "", PASSWORD)
    made = workspaces.create(tmp_path / "школа", organisation(), owner)
    made.workspace.close()
    monkeypatch.setattr(KeyStore, "add", full)
    with pytest.raises(OSError, match="No space"):
        workspaces.create(tmp_path / "лицей", organisation(), owner)
    assert not (tmp_path / "лицей").exists()


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_guesses_made_at_once_are_counted_each(tmp_path: Path) -> None:
    with suppress(AccessError), attempts.counted(tmp_path, "user"):
        for _ in range(2):
            with suppress(AccessError), attempts.counted(tmp_path, "user"):
                raise AccessError("не подходит")
        raise AccessError("не подходит")
    assert attempts.forget(tmp_path, "user") == 3

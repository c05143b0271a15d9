"""Users removed since a copy was made do not come back with it, as far as the program can help it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from support import CHEAP, PASSWORD
from test_users import ADMINISTRATOR, FIRST_PASSWORD, PSYCHOLOGIST, TEACHER, added

from profdesk.gui.copies import rows
from profdesk.services import backups, recovery, users
from profdesk.storage import opening as storage
from profdesk.storage import vault
from profdesk.storage.vault import Cost
from profdesk.storage.workspace import Workspace


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Cost.__init__, "__defaults__", (CHEAP.memory, CHEAP.passes, CHEAP.lanes))


def test_a_copy_made_before_brings_no_removed_user_back(workspace: Workspace) -> None:
    gone, late = added(workspace, TEACHER), ADMINISTRATOR
    copy = workspace.back_up("проверка")
    users.remove(workspace, workspace.actor, gone)
    added(workspace, late)
    own = workspace.actor.id
    before, _ = backups.restore(workspace, workspace.actor, copy)
    assert [one.id for one in storage.users(workspace.path)] == [own]
    opened = storage.open_workspace(workspace.path, own, PASSWORD)
    assert [one.id for one in users.listed(opened, opened.actor) if one.removed_at] == [gone]
    assert list(users.owed(opened, opened.actor)) == [TEACHER.name]
    backups.restore(opened, opened.actor, before)
    assert [one.name for one in storage.users(workspace.path)] == ["Климова Татьяна Аркадьевна", late.name]


def test_who_comes_back_since_nobody_else_in_a_copy_keeps_users_is_named_before(workspace: Workspace) -> None:
    keeper = added(workspace, ADMINISTRATOR)
    copy = workspace.back_up("проверка")
    lock = vault.load(copy)
    vault.save(copy, lock.without(workspace.actor.id))
    users.remove(workspace, workspace.actor, keeper)
    (found,) = backups.copies(workspace, workspace.actor)
    told = backups.difference(workspace, workspace.actor, found)
    assert told.returning == (ADMINISTRATOR.name,)
    assert f"вернётся с прежним паролем {ADMINISTRATOR.name}" in rows.consequences(found, told)
    vault.save(copy, lock)
    told = backups.difference(workspace, workspace.actor, found)
    assert told.returning == ()
    assert "удалённые пользователи не вернутся" in rows.consequences(found, told)


def test_a_recovery_without_the_list_of_users_brings_back_nobody_whom_a_later_copy_lacks(workspace: Workspace) -> None:
    gone = added(workspace, TEACHER)
    copy = workspace.back_up("прежняя")
    users.remove(workspace, workspace.actor, gone)
    workspace.back_up("последняя")
    own = workspace.actor.id
    workspace.close()
    (workspace.path / vault.FILE).write_bytes(b"{")
    recovery.restore(workspace.path, own, PASSWORD, copy)
    assert [one.id for one in storage.users(workspace.path)] == [own]


def test_who_was_removed_elsewhere_and_had_to_stay_stays_in_a_copy_that_is_put_back(workspace: Workspace) -> None:
    """Nobody else there could read the diagnostics that no other computer has seen."""
    stays, keeper, owner = added(workspace, PSYCHOLOGIST), added(workspace, ADMINISTRATOR), workspace.actor.id
    with workspace.unit(workspace.actor) as unit:
        for one in (owner, stays):
            unit.users.remove(one, datetime.now(UTC))
    workspace.close()
    opened = storage.open_workspace(workspace.path, keeper, FIRST_PASSWORD)
    assert [one.id for one in storage.users(workspace.path)] == [stays, keeper]
    backups.restore(opened, opened.actor, opened.back_up("проверка"))
    assert [one.id for one in storage.users(workspace.path)] == [stays, keeper]

"""A computer joins with keys of its own: who has a password where, and what is left of a failure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from exchange_rooms import bring, shown, told
from sqlalchemy import text
from support import CHEAP

from profdesk.domain.access import Actor, Role
from profdesk.domain.backups import CopyKind
from profdesk.domain.computers import Computer
from profdesk.domain.people import Group
from profdesk.domain.users import Draft
from profdesk.errors import AccessError, WorkspaceError
from profdesk.services import users
from profdesk.signing import exchange_file
from profdesk.storage import backup, database, joining, migrate, opening, user_keys, vault
from profdesk.storage.computers import Secrets, key_text
from profdesk.storage.joining import Newcomer
from profdesk.storage.models import new_id
from profdesk.storage.people_models import UserRow
from profdesk.storage.vault import Keys
from profdesk.storage.workspace import Workspace

OTHER = "другой пароль"


def newcomer(workspace: Workspace, *roles: Role) -> Newcomer:
    """Somebody added on the first computer for the second."""
    draft = Draft("Ромашкина Ольга Юрьевна", "учитель", frozenset(roles))
    with workspace.unit(workspace.actor) as unit:
        user = unit.users.add(draft, datetime.now(UTC))
    signing_key, secret = exchange_file.new_keys()
    psy = exchange_file.new_keys()[1] if frozenset(roles) & {Role.PSYCHOLOGIST, Role.OWNER} else None
    actor = Actor(user, draft.name, draft.post, draft.roles)
    with workspace.unit(workspace.actor) as unit:
        computer = Computer(
            id=new_id(),
            name="Кабинет 12",
            person=user,
            series="К2",
            whole=True,
            verifying_key=key_text(exchange_file.verifying_key(signing_key)),
            address=exchange_file.address(secret),
            psy_address=None if psy is None else exchange_file.address(psy),
            added_at=datetime.now(UTC),
        )
        unit.computers.put(computer)
    return Newcomer(computer, Secrets(signing_key, secret, psy), actor)


def joined(workspace: Workspace, folder: Path, *roles: Role) -> Workspace:
    found = newcomer(workspace, *roles)
    return joining.join(folder, found, OTHER, partial(bring, workspace), CHEAP).workspace


@pytest.fixture
def second(workspace: Workspace, group: Group, tmp_path: Path) -> Iterator[Workspace]:
    made = joined(workspace, tmp_path / "второй", Role.PSYCHOLOGIST)
    yield made
    made.close()


def again(workspace: Workspace, password: str) -> Workspace:
    actor = workspace.actor
    workspace.close()
    return opening.open_workspace(workspace.path, actor.id, password)


def test_both_stand_alike_and_share_no_key(workspace: Workspace, second: Workspace) -> None:
    for schema in ("main", "psy"):
        assert shown(second, schema) == shown(workspace, schema) == told(second, schema).rows
    assert workspace.id != second.id, "copies of two computers in one place are not taken for one another's"
    keys = {*workspace.keys.by_name.values(), workspace.keys.anchor}
    assert keys.isdisjoint({*second.keys.by_name.values(), second.keys.anchor})
    with second.unit(second.actor) as unit:
        secrets = unit.computers.secrets()
        assert secrets is not None
        assert secrets.psy


def test_opening_again_writes_nothing_of_users(workspace: Workspace, second: Workspace) -> None:
    before = shown(second)
    reached = second.heads()
    fresh = again(second, OTHER)
    assert fresh.heads() == reached
    assert shown(fresh) == before, "users of the first computer still work there"
    fresh.close()


def test_what_another_computer_says_of_a_user_stays(workspace: Workspace, second: Workspace) -> None:
    with workspace.unit(workspace.actor) as unit:
        found = unit._session.get(UserRow, second.actor.id)
        assert found is not None
        found.post = "педагог-психолог"
    bring(workspace, second)
    fresh = again(second, OTHER)
    with fresh.unit(fresh.actor) as unit:
        assert unit.users.get(second.actor.id).post == "педагог-психолог"
    fresh.close()


def test_who_is_removed_here_is_removed_for_all(workspace: Workspace, tmp_path: Path) -> None:
    done = user_keys.add(workspace, workspace.actor, Draft("Лебедь Анна", "", frozenset({Role.HEAD})), OTHER, "", CHEAP)
    user_keys.remove(workspace, workspace.actor, str(done.made), "")
    with workspace.unit(workspace.actor) as unit:
        assert unit.users.get(str(done.made)).removed_at is not None


def test_a_user_of_another_computer_may_get_a_password_here(workspace: Workspace, second: Workspace) -> None:
    before = shown(workspace)
    users.give_password(workspace, workspace.actor, second.actor.id, OTHER)
    after = shown(workspace)
    assert {place for place in after if after[place] != before.get(place)} == {
        place for place in after if place[0] == "deed" and place not in before
    }
    path, psy = workspace.path, workspace.keys.psy
    workspace.close()
    opened = opening.open_workspace(path, second.actor.id, OTHER)
    assert (opened.actor, opened.keys.psy) == (second.actor, psy)
    opened.close()


def test_without_psychologists_psy_stays_empty_and_takes_none(workspace: Workspace, tmp_path: Path) -> None:
    second = joined(workspace, tmp_path / "второй", Role.COORDINATOR)
    assert second.keys.psy is None
    draft = Draft("Лаптева Ирина Сергеевна", "психолог", frozenset({Role.PSYCHOLOGIST}))
    with pytest.raises(AccessError, match="отдельный компьютер"):
        user_keys.add(second, second.actor, draft, OTHER, "", CHEAP)
    with pytest.raises(AccessError, match="отдельный компьютер"):
        user_keys.give_password(second, second.actor, workspace.actor.id, OTHER, "", CHEAP)
    second.close()


@pytest.mark.parametrize("spoiled", [False, True])
def test_a_spare_key_brings_up_to_date_what_no_psychologist_opens(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoiled: bool
) -> None:
    second = joined(workspace, tmp_path / "второй", Role.TEACHER)
    with second._engine.connect() as connection:
        spare = connection.execute(text("SELECT spare_psy_key FROM device")).scalar_one()
    monkeypatch.setattr(migrate, "HEAD", "0010")
    if spoiled:
        second.close()
        (second.path / database.PSY).write_bytes(b"x" * 8192)
    fresh = again(second, OTHER)
    fresh.close()
    (copy,) = backup.all_of(second.path)
    assert copy.kind is CopyKind.UPDATE
    keys = vault.load(second.path).unlock(second.actor.id, OTHER)
    engine = database.engine(second.path, Keys(keys.desk, spare, None, keys.anchor))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA psy.user_version").scalar() == 10
    engine.dispose()


def test_a_failure_leaves_nothing(workspace: Workspace, tmp_path: Path) -> None:
    def failing(_: Workspace) -> None:
        raise WorkspaceError("Файл обмена повреждён.")

    place = tmp_path / "место"
    with pytest.raises(WorkspaceError):
        joining.join(place / "второй", newcomer(workspace, Role.TEACHER), OTHER, failing, CHEAP)
    assert list(place.iterdir()) == []

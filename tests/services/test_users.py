"""Users added, changed and removed: who needs the recovery code, what a removed user's keys open afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from support import CHEAP, FIRST, PASSWORD, YEAR, pupil_ids, state

from profdesk.domain import users as rules
from profdesk.domain.access import Actor, Role
from profdesk.domain.consents import ConsentKind
from profdesk.domain.deeds import DeedKind
from profdesk.domain.people import Group
from profdesk.domain.talks import TalkEntry, TalkKind
from profdesk.domain.users import Draft
from profdesk.errors import (
    AccessError,
    CancelledError,
    CodeNeededError,
    NotFoundError,
    RefusedError,
    WorkspaceError,
    WrongInputError,
)
from profdesk.services import class_teachers, consents, talks, users
from profdesk.storage import blobs, database, journal, vault
from profdesk.storage import opening as storage
from profdesk.storage.blobs import Blobs
from profdesk.storage.people_models import DeedRow
from profdesk.storage.vault import Cost, Keys
from profdesk.storage.workspace import Session, Workspace

MUSEUM = Path(__file__).parents[1] / "data" / "museum"
FIRST_PASSWORD = "бако-рими-туса-лено-47"
TEACHER = Draft("Ромашкина Ольга Юрьевна", "учитель", frozenset({Role.TEACHER}))
ADMINISTRATOR = Draft("Седов Пётр Ильич", "лаборант", frozenset({Role.ADMINISTRATOR}))
PSYCHOLOGIST = Draft("Жукова Вера Павловна", "психолог", frozenset({Role.PSYCHOLOGIST}))
COORDINATOR = Draft("Ким Анна Олеговна", "завуч", frozenset({Role.COORDINATOR}))
CODE = "ABCD-EFGH-JKLM-NPQR-STUV-WXYZ-2345"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a password costs is the vault's own test; here it would only take time."""
    monkeypatch.setattr(Cost.__init__, "__defaults__", (CHEAP.memory, CHEAP.passes, CHEAP.lanes))


@pytest.fixture
def coded(workspace: Workspace) -> str:
    """The code of the recovery sheet."""
    code, _ = users.renew_recovery(workspace, workspace.actor)
    return code


def added(workspace: Workspace, draft: Draft) -> str:
    return users.add(workspace, workspace.actor, draft, FIRST_PASSWORD)[0]


def keys_of(workspace: Workspace, user: str, password: str = FIRST_PASSWORD) -> Keys:
    return vault.load(workspace.path).unlock(user, password)


def entered(workspace: Workspace, user: str, password: str = FIRST_PASSWORD) -> Workspace:
    workspace.close()
    return storage.open_workspace(workspace.path, user, password)


@pytest.fixture
def administrator(workspace: Workspace, coded: str) -> Iterator[Workspace]:
    opened = entered(workspace, added(workspace, ADMINISTRATOR))
    yield opened
    opened.close()


def deeds(workspace: Workspace) -> list[str]:
    with Session(workspace._engine) as session:
        return [row.kind for row in session.query(DeedRow).order_by(DeedRow.done_at)]


def journaled(workspace: Workspace) -> list[str]:
    with Session(workspace._engine) as session:
        assert journal.broken_link(session) is None
        rows = session.query(journal.OperationRow).where(journal.OperationRow.table_name == "app_user")
        return [f"{row.verb} {row.record} by {row.actor}" for row in rows]


def _batch_of(workspace: Workspace, table: str) -> str:
    """The batch of the last operation on a table."""
    with Session(workspace._engine) as session:
        rows = session.query(journal.OperationRow).where(journal.OperationRow.table_name == table)
        return [row.batch for row in rows.order_by(journal.OperationRow.id)][-1]


def fill(workspace: Workspace, group: Group, folder: Path) -> str:
    """Something in every part: a kept file, a psychologist's file; gives the digest of the first."""
    pupil = pupil_ids(workspace, group)[0]
    paper = folder / "отчёт.pdf"
    paper.write_bytes(b"%PDF-private")
    consents.give(workspace, workspace.actor, [pupil], ConsentKind.PSYCHOLOGICAL, date(2026, 9, 1))
    entry = TalkEntry(TalkKind.EXTERNAL, date(2026, 11, 2), pupil, source="Другая система", words="итог")
    talks.write(workspace, workspace.actor, entry, file=paper)
    with workspace.unit(workspace.actor) as unit:
        return unit.evidence.add(pupil, None, FIRST, "Грамота", "г.pdf", b"%PDF-open", datetime.now(UTC)).sha256


def test_a_user_is_added_listed_and_comes_in_with_the_first_password(workspace: Workspace) -> None:
    made = added(workspace, TEACHER)
    (own, user) = users.listed(workspace, workspace.actor)
    assert (own.name, own.must_change) == ("Климова Татьяна Аркадьевна", False)
    assert (user.id, user.name, user.post, user.roles) == (made, TEACHER.name, TEACHER.post, TEACHER.roles)
    assert user.must_change
    assert users.names(workspace, workspace.actor)[made] == TEACHER.name
    assert f"insert {made} by {workspace.actor.id}" in journaled(workspace)
    opened = entered(workspace, made)
    assert opened.must_change_password
    assert opened.actor.roles == TEACHER.roles
    opened.close()


def test_the_first_password_is_changed_once(workspace: Workspace) -> None:
    opened = entered(workspace, added(workspace, TEACHER))
    with pytest.raises(WrongInputError, match="прежний"):
        users.change_password(opened, opened.actor, FIRST_PASSWORD, FIRST_PASSWORD)
    with pytest.raises(WrongInputError, match="короче"):
        users.change_password(opened, opened.actor, FIRST_PASSWORD, "мало")
    with pytest.raises(AccessError, match="не подходит"):
        users.change_password(opened, opened.actor, "не тот пароль", "мой пароль сам")
    assert opened.must_change_password
    users.change_password(opened, opened.actor, FIRST_PASSWORD, "й" * 8)
    assert not opened.must_change_password
    assert deeds(opened)[-1] == DeedKind.ENTRY_CHANGED
    again = entered(opened, opened.actor.id, "и\u0306" * 8)
    assert not again.must_change_password
    again.close()
    with pytest.raises(AccessError):
        storage.open_workspace(workspace.path, opened.actor.id, FIRST_PASSWORD)


def test_what_is_said_of_a_user_is_checked(workspace: Workspace) -> None:
    added(workspace, TEACHER)
    for draft, words in (
        (Draft(" ", "", frozenset({Role.READER})), "Укажите фамилию"),
        (Draft("А", "", frozenset()), "хотя бы одну роль"),
        (Draft("  Ромашкина  Ольга Юрьевна", "учитель ", frozenset({Role.READER})), "уже есть"),
        (Draft("\u202eРомашкина Ольга\u200b Юрьевна", "Учитель", frozenset({Role.READER})), "уже есть"),
        (Draft("А" * 201, "", frozenset({Role.READER})), "не длиннее"),
    ):
        with pytest.raises(WrongInputError, match=words):
            users.add(workspace, workspace.actor, draft, FIRST_PASSWORD)
    with pytest.raises(WrongInputError, match="короче"):
        users.add(workspace, workspace.actor, PSYCHOLOGIST, "1234567")


def test_only_who_keeps_users_may(workspace: Workspace) -> None:
    opened = entered(workspace, added(workspace, TEACHER))
    for verb in (
        lambda: users.add(opened, opened.actor, PSYCHOLOGIST, FIRST_PASSWORD),
        lambda: users.change(opened, opened.actor, opened.actor.id, ADMINISTRATOR),
        lambda: users.remove(opened, opened.actor, workspace.actor.id),
        lambda: users.give_password(opened, opened.actor, workspace.actor.id, FIRST_PASSWORD),
        lambda: users.renew_recovery(opened, opened.actor),
    ):
        with pytest.raises(AccessError, match="вести пользователей"):
            verb()
    opened.close()


def test_who_lacks_a_key_needs_the_code(administrator: Workspace, coded: str) -> None:
    actor = administrator.actor
    before = (administrator.path / vault.FILE).read_bytes()
    with pytest.raises(CodeNeededError):
        users.add(administrator, actor, PSYCHOLOGIST, FIRST_PASSWORD)
    with pytest.raises(CodeNeededError):
        users.renew_recovery(administrator, actor)
    assert (administrator.path / vault.FILE).read_bytes() == before
    with pytest.raises(AccessError, match="Код восстановления"):
        users.add(administrator, actor, PSYCHOLOGIST, FIRST_PASSWORD, CODE)
    made, _ = users.add(administrator, actor, PSYCHOLOGIST, FIRST_PASSWORD, coded.lower())
    held = keys_of(administrator, made)
    assert held.psy is not None
    assert held.seal is None
    with pytest.raises(CodeNeededError):
        users.give_password(administrator, actor, made, "новый-первый-пароль")
    users.give_password(administrator, actor, made, "новый-первый-пароль", coded)
    assert keys_of(administrator, made, "новый-первый-пароль") == held
    made, _ = users.add(administrator, actor, TEACHER, FIRST_PASSWORD)
    users.give_password(administrator, actor, made, "новый-первый-пароль")


def test_wrong_codes_slow_down(administrator: Workspace) -> None:
    for _ in range(4):
        with pytest.raises(AccessError):
            users.add(administrator, administrator.actor, PSYCHOLOGIST, FIRST_PASSWORD, CODE)
    with pytest.raises(RefusedError):
        users.add(administrator, administrator.actor, PSYCHOLOGIST, FIRST_PASSWORD, CODE)


def test_name_and_roles_are_changed_without_a_password(workspace: Workspace) -> None:
    made = added(workspace, TEACHER)
    wider = Draft("Ромашкина-Ли Ольга", "завуч", frozenset({Role.TEACHER, Role.COORDINATOR}))
    assert users.change(workspace, workspace.actor, made, wider)[0] is None
    assert keys_of(workspace, made).seal is not None
    assert users.names(workspace, workspace.actor)[made] == "Ромашкина-Ли Ольга"
    assert sum(f" {made} " in line for line in journaled(workspace)) == 2
    own = Draft("Климова Т. А.", "директор", workspace.actor.roles)
    users.change(workspace, workspace.actor, workspace.actor.id, own)
    assert workspace.actor.name == "Климова Т. А."


def test_role_taken_away_takes_its_key_along(workspace: Workspace, group: Group, tmp_path: Path) -> None:
    fill(workspace, group, tmp_path)
    made = added(workspace, PSYCHOLOGIST)
    before = keys_of(workspace, made)
    users.change(workspace, workspace.actor, made, TEACHER)
    after, own = keys_of(workspace, made), keys_of(workspace, workspace.actor.id, PASSWORD)
    assert after == Keys(before.desk, None, None, before.anchor)
    assert own.psy != before.psy
    assert talks.book(workspace, workspace.actor, YEAR).talks
    workspace.close()
    with pytest.raises(WorkspaceError):
        database.check(workspace.path / database.PSY, before.psy or b"")


def test_classes_are_given_with_the_user_or_nothing_is(workspace: Workspace, group: Group) -> None:
    actor = workspace.actor
    led = replace(TEACHER, classes=frozenset({group.id}))
    made, changes = users.add(workspace, actor, led, FIRST_PASSWORD)
    assert class_teachers.of_year(workspace, actor, YEAR) == {group.id: (made,)}
    assert changes.batch == _batch_of(workspace, "app_user") == _batch_of(workspace, "group_teacher")
    before, kept = (workspace.path / vault.FILE).read_bytes(), state(workspace)
    lost = replace(PSYCHOLOGIST, classes=frozenset({"класс, которого уже нет"}))
    for verb in (
        lambda: users.add(workspace, actor, lost, FIRST_PASSWORD),
        lambda: users.change(workspace, actor, made, lost),
    ):
        with pytest.raises(NotFoundError, match="класса"):
            verb()
        assert (workspace.path / vault.FILE).read_bytes() == before
        assert state(workspace) == kept
    users.change(workspace, actor, made, TEACHER)
    assert not class_teachers.of_year(workspace, actor, YEAR)


def test_classes_change_in_the_act_that_renews_keys(workspace: Workspace, group: Group) -> None:
    made = added(workspace, PSYCHOLOGIST)
    led = replace(TEACHER, classes=frozenset({group.id}))
    _, changes = users.change(workspace, workspace.actor, made, led)
    assert class_teachers.of_year(workspace, workspace.actor, YEAR) == {group.id: (made,)}
    assert changes.batch == _batch_of(workspace, "group_teacher")
    (kept,) = (one for one in users.listed(workspace, workspace.actor) if one.id == made)
    lost = replace(TEACHER, roles=frozenset({Role.READER}), classes=frozenset({"класс, которого уже нет"}))
    users.change(workspace, workspace.actor, made, replace(COORDINATOR, name=kept.name))
    before = keys_of(workspace, made)
    with pytest.raises(NotFoundError, match="класса"):
        users.change(workspace, workspace.actor, made, lost)
    assert keys_of(workspace, made) == before


def test_nobody_removes_himself_and_somebody_keeps_users(administrator: Workspace, coded: str) -> None:
    actor = administrator.actor
    (owner,) = [one for one in users.listed(administrator, actor) if Role.OWNER in one.roles]
    with pytest.raises(AccessError, match="Себя не удаляют"):
        users.remove(administrator, actor, actor.id)
    with pytest.raises(AccessError, match="Свои роли"):
        users.change(administrator, actor, actor.id, TEACHER)
    with pytest.raises(NotFoundError, match="уже удалили"):
        users.remove(administrator, actor, "recovery")
    users.remove(administrator, actor, owner.id, coded)
    opened = storage.users(administrator.path)
    assert [one.id for one in opened] == [actor.id]
    with pytest.raises(AccessError, match="Кто-то должен вести"):
        rules.check_kept([Actor("t", "А", "", frozenset({Role.TEACHER}))])


@pytest.mark.parametrize("draft", [TEACHER, PSYCHOLOGIST, COORDINATOR])
def test_keys_of_a_removed_user_open_nothing(
    workspace: Workspace, group: Group, tmp_path: Path, coded: str, draft: Draft
) -> None:
    digest = fill(workspace, group, tmp_path)
    other, gone = added(workspace, ADMINISTRATOR), added(workspace, draft)
    taken, private = keys_of(workspace, gone), _private(workspace)
    copy = shutil.copytree(workspace.path / blobs.FOLDER, tmp_path / "унесено")
    before = {name: rows for name, rows in state(workspace).items() if name not in ("app_user", "deed", "signing_key")}
    steps: list[tuple[int, int]] = []
    users.remove(workspace, workspace.actor, gone, "", lambda done, total: steps.append((done, total)))
    assert steps[-1][0] <= steps[-1][1]
    after = {name: rows for name, rows in state(workspace).items() if name in before}
    assert after == before
    assert _private(workspace) == private
    with workspace.unit(workspace.actor) as unit:
        assert unit.evidence.of_pupil(pupil_ids(workspace, group)[0])
    (user,) = [one for one in users.listed(workspace, workspace.actor) if one.removed_at is not None]
    assert (user.id, user.name) == (gone, draft.name)
    assert deeds(workspace)[-1] == DeedKind.REKEYED
    assert len(journaled(workspace)) == 4
    own = keys_of(workspace, workspace.actor.id, PASSWORD)
    assert Blobs(workspace.path, own.desk).get(digest) == b"%PDF-open"
    workspace.close()
    assert own.by_name.keys() == {"desk", "psy", "seal"}
    for name, key in taken.by_name.items():
        assert own.by_name[name] != key, name
    assert set(taken.by_name) == vault.names_of_keys(draft.roles)
    _open_nothing(workspace.path, taken, digest)
    assert Blobs(tmp_path, taken.desk, copy.name).get(digest) == b"%PDF-open"
    _keeps_going(workspace.path, other, coded)


def _private(workspace: Workspace) -> bytes:
    with workspace.unit(workspace.actor) as unit:
        return unit.keys.private()


def _open_nothing(folder: Path, taken: Keys, digest: str) -> None:
    for name in (database.DESK, database.PSY):
        for key in taken.by_name.values():
            with pytest.raises(WorkspaceError):
                database.check(folder / name, key)
    with pytest.raises(WorkspaceError):
        Blobs(folder, taken.desk).get(digest)
    if taken.psy is not None:
        for kept in (folder / blobs.PSY_FOLDER).rglob("[0-9a-f]*"):
            if kept.is_file():
                with pytest.raises(WorkspaceError):
                    Blobs(folder, taken.psy, blobs.PSY_FOLDER).get(kept.name)


def _keeps_going(folder: Path, other: str, code: str, password: str = FIRST_PASSWORD) -> None:
    """Others come in with the passwords they have, and the printed code is good."""
    storage.open_workspace(folder, other, password).close()
    keys = vault.load(folder).unlock_by_code(code)
    for name, key in ((database.DESK, keys.desk), (database.PSY, keys.psy or b"")):
        database.check(folder / name, key)


def test_removal_stopped_half_way_changes_nothing(workspace: Workspace, group: Group, tmp_path: Path) -> None:
    fill(workspace, group, tmp_path)
    gone = added(workspace, PSYCHOLOGIST)
    before, held = (workspace.path / vault.FILE).read_bytes(), keys_of(workspace, gone)

    def stop(done: int, total: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        users.remove(workspace, workspace.actor, gone, "", stop)
    assert (workspace.path / vault.FILE).read_bytes() == before
    assert not list(workspace.path.glob(".next*"))
    assert talks.book(workspace, workspace.actor, YEAR).talks
    assert keys_of(workspace, gone) == held
    assert [one.removed_at for one in users.listed(workspace, workspace.actor)] == [None, None]


def test_removal_of_a_psychologist_by_an_administrator(administrator: Workspace, coded: str) -> None:
    actor = administrator.actor
    gone, _ = users.add(administrator, actor, PSYCHOLOGIST, FIRST_PASSWORD, coded)
    held = keys_of(administrator, gone)
    with pytest.raises(CodeNeededError):
        users.remove(administrator, actor, gone)
    users.remove(administrator, actor, gone, coded)
    assert administrator.keys.psy is None
    administrator.close()
    with pytest.raises(WorkspaceError):
        database.check(administrator.path / database.PSY, held.psy or b"")
    _keeps_going(administrator.path, actor.id, coded)


def test_an_old_sheet_goes_with_the_keys_it_knew_and_a_new_code_is_given(tmp_path: Path) -> None:
    folder = shutil.copytree(MUSEUM / "0007", tmp_path / "старая папка")
    workspace = storage.open_workspace(folder, None, PASSWORD)
    gone = added(workspace, TEACHER)
    code, _ = users.remove(workspace, workspace.actor, gone)
    assert code is not None
    assert vault.load(folder).unlock_by_code(code) == workspace.keys
    again, _ = users.remove(workspace, workspace.actor, added(workspace, TEACHER))
    assert again is None
    workspace.close()
    _keeps_going(folder, workspace.actor.id, code, PASSWORD)


def test_new_sheet_puts_the_former_out_of_use(workspace: Workspace, coded: str) -> None:
    fresh, _ = users.renew_recovery(workspace, workspace.actor)
    lock = vault.load(workspace.path)
    with pytest.raises(AccessError, match="Код восстановления"):
        lock.unlock_by_code(coded)
    assert lock.unlock_by_code(fresh) == workspace.keys
    assert deeds(workspace)[-1] == DeedKind.SHEET_RENEWED
    assert users.recovery_sheet(workspace, workspace.actor, fresh).startswith(b"%PDF-")


def test_vault_is_the_truth_after_a_kill_between_it_and_the_database(workspace: Workspace) -> None:
    made = added(workspace, TEACHER)
    lock = vault.load(workspace.path)
    late = Actor("late-id", "Поздняя Вера", "учитель", frozenset({Role.READER}))
    renamed = Actor(made, "Иная Ольга", "учитель", frozenset({Role.READER}))
    vault.save(
        workspace.path,
        lock.with_user(late, FIRST_PASSWORD, workspace.keys, CHEAP).with_facts(renamed, workspace.keys),
    )
    opened = entered(workspace, workspace.actor.id, PASSWORD)
    assert sorted(one.name for one in users.listed(opened, opened.actor)) == [
        "Иная Ольга",
        "Климова Татьяна Аркадьевна",
        "Поздняя Вера",
    ]
    vault.save(workspace.path, vault.load(workspace.path).without("late-id"))
    again = entered(opened, workspace.actor.id, PASSWORD)
    gone = {one.name for one in users.listed(again, again.actor) if one.removed_at}
    assert gone == {"Поздняя Вера"}
    count = len(journaled(again))
    last = entered(again, workspace.actor.id, PASSWORD)
    assert len(journaled(last)) == count
    last.close()


def test_vault_comes_back_if_the_database_cannot_be_written(workspace: Workspace) -> None:
    before = (workspace.path / vault.FILE).read_bytes()
    workspace._engine.raw_connection().driver_connection.execute(
        "CREATE TRIGGER full BEFORE INSERT ON app_user BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
    )
    with pytest.raises(WorkspaceError, match="не осталось места"):
        added(workspace, TEACHER)
    assert (workspace.path / vault.FILE).read_bytes() == before


def test_first_passwords_can_be_read_aloud() -> None:
    made = {rules.first_password() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        *groups, digits = password.split("-")
        assert [len(one) for one in groups] == [4] * 4
        assert digits.isdecimal()
        assert set("".join(groups)) <= set("бвдзклмнртаио")

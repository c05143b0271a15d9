"""A computer that one person joined, of whom nobody may restore elsewhere: damaged, it is put right by that person."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from exchange_files import send
from exchange_rooms import shown
from support import CHEAP, FIRST, PASSWORD, YEAR, mark, pupil_ids, stages

from profdesk import paths
from profdesk.domain.access import Role
from profdesk.domain.people import Group
from profdesk.domain.users import Draft
from profdesk.errors import AccessError, DamagedError, WorkspaceError
from profdesk.services import backups, class_teachers, computers, exchange, joining, recovery, users, workspaces
from profdesk.services.workspaces import NewWorkspace
from profdesk.storage import database, migrate, vault
from profdesk.storage.vault import Cost
from profdesk.storage.workspace import Workspace

PSYCHOLOGIST = Draft("Лаптева Ирина Сергеевна", "психолог", frozenset({Role.PSYCHOLOGIST}))
TEACHER = Draft("Ромашкина Ольга Юрьевна", "учитель", frozenset({Role.TEACHER}))
OTHER = Draft("Седова Ольга Ивановна", "психолог", frozenset({Role.PSYCHOLOGIST}))

NEW = "другой пароль"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Cost.__init__, "__defaults__", (CHEAP.memory, CHEAP.passes, CHEAP.lanes))


@pytest.mark.parametrize(("draft", "whole"), [(PSYCHOLOGIST, True), (PSYCHOLOGIST, False), (TEACHER, False)])
@pytest.mark.parametrize("part", [database.DESK, "vault.json"])
def test_its_person_restores_it_and_goes_on_exchanging(
    workspace: Workspace, group: Group, tmp_path: Path, draft: Draft, whole: bool, part: str
) -> None:
    actor, pupil = workspace.actor, pupil_ids(workspace, group)[0]
    user, _ = users.add(workspace, actor, draft, PASSWORD)
    if draft is TEACHER:
        class_teachers.give(workspace, actor, user, [group.id], YEAR)
    code, _ = computers.kit(workspace, actor, user, "Ноутбук", whole, package := tmp_path / "п.profdesk")
    laptop = joining.join(package, code, tmp_path / "ноутбук", PASSWORD).workspace
    mark(laptop, FIRST, (pupil, "planning", 2))
    copy = backups.make(laptop, laptop.actor)[0]
    mark(laptop, FIRST, (pupil, "planning", 3), (pupil, "flexibility", 1))
    sent = send(laptop, workspace, tmp_path / "1.profdesk")
    exchange.accept(workspace, actor, sent)
    laptop.close()
    (laptop.path / part).write_bytes(b"")
    with pytest.raises(DamagedError):
        workspaces.open_workspace(laptop.path, None, PASSWORD)
    assert [one.name for one in recovery.users(laptop.path, copy)] == [draft.name]
    recovery.restore(laptop.path, laptop.actor.id, PASSWORD, copy)
    laptop = workspaces.open_workspace(laptop.path, None, PASSWORD)
    mark(laptop, FIRST, (pupil, "initiative", 1))
    exchange.accept(workspace, actor, send(laptop, workspace, tmp_path / "2.profdesk"))
    exchange.accept(laptop, laptop.actor, send(workspace, laptop, tmp_path / "3.profdesk"))
    wanted = {"planning": 3, "flexibility": 1, "initiative": 1}
    assert stages(laptop, group) == stages(workspace, group) == wanted
    laptop.close()


@pytest.mark.parametrize("draft", [PSYCHOLOGIST, TEACHER])
def test_putting_it_right_again_and_again_is_one_computer_to_the_others(
    workspace: Workspace, group: Group, tmp_path: Path, draft: Draft
) -> None:
    """Whoever may say nothing of other computers knows them all the same, one that joined since the copy too."""
    actor, pupil = workspace.actor, pupil_ids(workspace, group)[0]
    user, _ = users.add(workspace, actor, draft, PASSWORD)
    if draft is TEACHER:
        class_teachers.give(workspace, actor, user, [group.id], YEAR)
    code, _ = computers.kit(workspace, actor, user, "Ноутбук", False, package := tmp_path / "п.profdesk")
    laptop = joining.join(package, code, tmp_path / "ноутбук", PASSWORD).workspace
    copy = backups.make(laptop, laptop.actor)[0]
    computers.kit(workspace, actor, OTHER, "Кабинет 5", True, tmp_path / "п2.profdesk")
    exchange.accept(laptop, laptop.actor, send(workspace, laptop, tmp_path / "0.profdesk"))
    for again, stage in enumerate((1, 2, None, 3)):
        laptop.close()
        recovery.restore(laptop.path, laptop.actor.id, PASSWORD, copy)
        laptop = workspaces.open_workspace(laptop.path, None, PASSWORD)
        assert {one.name for one in computers.all_of(laptop, laptop.actor)} >= {"Ноутбук", "Кабинет 5"}
        mark(laptop, FIRST, (pupil, "planning", stage or 0))
        if stage is not None:
            exchange.accept(workspace, actor, send(laptop, workspace, tmp_path / f"{again} туда.profdesk"))
    exchange.accept(laptop, laptop.actor, send(workspace, laptop, tmp_path / "обратно.profdesk"))
    assert stages(laptop, group) == stages(workspace, group) == {"planning": 3}
    known = [one.name for one in computers.all_of(workspace, actor)]
    assert sorted(known) == sorted(one.name for one in computers.all_of(laptop, laptop.actor))
    assert known.count("Ноутбук") == 1
    assert shown_computers(workspace).items() <= shown_computers(laptop).items(), "but an id that it never sent under"
    laptop.close()


@pytest.mark.parametrize("draft", [PSYCHOLOGIST, TEACHER])
def test_a_copy_opened_where_it_lies_goes_on_exchanging_when_the_laptop_is_no_more(
    workspace: Workspace, group: Group, tmp_path: Path, draft: Draft
) -> None:
    actor, pupil = workspace.actor, pupil_ids(workspace, group)[0]
    laptop = joined(workspace, group, tmp_path, draft).workspace
    mark(laptop, FIRST, (pupil, "planning", 1))
    (stick := tmp_path / "флешка").mkdir()
    copy = backups.put_elsewhere(laptop, laptop.actor, backups.make(laptop, laptop.actor)[0], stick)
    mark(laptop, FIRST, (pupil, "planning", 2))
    exchange.accept(workspace, actor, send(laptop, workspace, tmp_path / "1.profdesk"))
    laptop.close()
    shutil.rmtree(laptop.path)
    with paths.moved_to(tmp_path / "другой компьютер"):
        for again, stage in enumerate((1, 3)):
            opened = workspaces.open_workspace(copy, None, PASSWORD)
            mark(opened, FIRST, (pupil, "flexibility", stage))
            exchange.accept(workspace, actor, send(opened, workspace, tmp_path / f"{again} туда.profdesk"))
            exchange.accept(opened, opened.actor, send(workspace, opened, tmp_path / f"{again} обратно.profdesk"))
            assert stages(opened, group) == stages(workspace, group) == {"planning": 2, "flexibility": stage}
            opened.close()
    assert [one.name for one in computers.all_of(workspace, actor)].count("Ноутбук") == 1
    assert not (copy / "manifest.json").exists(), "no rule for copies may take away what is worked in"


def test_a_copy_of_another_computer_is_put_there_by_whoever_may_restore_it_alone(
    workspace: Workspace, group: Group, tmp_path: Path
) -> None:
    laptop = joined(workspace, group, tmp_path, TEACHER).workspace
    mark(laptop, FIRST, (pupil_ids(workspace, group)[0], "planning", 2))
    own = backups.make(laptop, laptop.actor)[0]
    foreign = shutil.copytree(copy := backups.make(workspace, workspace.actor)[0], own.with_name(copy.name))
    laptop.close()
    (laptop.path / database.DESK).unlink()
    assert {one.folder for one in recovery.examine(laptop.path).copies} == {own, foreign}
    with pytest.raises(WorkspaceError, match="другой рабочей папки"):
        recovery.restore(laptop.path, laptop.actor.id, PASSWORD, foreign)
    recovery.restore(laptop.path, laptop.actor.id, PASSWORD, own)
    laptop = workspaces.open_workspace(laptop.path, None, PASSWORD)
    assert stages(laptop, group) == {"planning": 2}
    laptop.close()


def gone(file: Path) -> None:
    file.unlink()


def empty(file: Path) -> None:
    file.write_bytes(b"")


def zeros(file: Path) -> None:
    file.write_bytes(bytes(file.stat().st_size))


@pytest.mark.parametrize("spoil", [gone, empty, zeros])
def test_a_lost_database_in_which_nothing_lies_costs_no_record(
    workspace: Workspace, group: Group, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    laptop = joined(workspace, group, tmp_path, TEACHER).workspace
    backups.make(laptop, laptop.actor)
    mark(laptop, FIRST, (pupil_ids(workspace, group)[0], "planning", 2))
    laptop.close()
    spoil(laptop.path / database.PSY)
    laptop = workspaces.open_workspace(laptop.path, None, PASSWORD)
    assert stages(laptop, group) == {"planning": 2}
    copy = backups.make(laptop, laptop.actor)[0]
    laptop.close()
    keys = vault.load(laptop.path).unlock(laptop.actor.id, PASSWORD)
    for place in (laptop.path, copy):
        database.check(place / database.PSY, migrate.spare_key(place, keys) or b"")


@pytest.mark.parametrize("draft", [PSYCHOLOGIST, TEACHER])
def test_what_its_person_can_still_read_becomes_a_workspace_that_exchanges(
    workspace: Workspace, group: Group, tmp_path: Path, draft: Draft
) -> None:
    made, pupil = joined(workspace, group, tmp_path, draft), pupil_ids(workspace, group)[0]
    laptop = made.workspace
    mark(laptop, FIRST, (pupil, "planning", 2))
    laptop.close()
    (laptop.path / database.PSY).write_bytes(bytes(8192))
    (there := tmp_path / "прочитано").mkdir()
    saved = recovery.save_readable(laptop.path, laptop.actor.id, PASSWORD, there)
    assert ("Прочитаны все таблицы" in saved.told()) is (draft is TEACHER)
    again = workspaces.open_workspace(saved.folder, None, PASSWORD)
    exchange.accept(workspace, workspace.actor, send(again, workspace, tmp_path / "1.profdesk"))
    assert stages(again, group) == stages(workspace, group) == {"planning": 2}
    again.close()
    workspaces.restore_password(again.path, again.actor.id, made.recovery_code, NEW)
    workspaces.open_workspace(again.path, None, NEW).close()


def joined(workspace: Workspace, group: Group, tmp_path: Path, draft: Draft) -> NewWorkspace:
    user, _ = users.add(workspace, workspace.actor, draft, PASSWORD)
    if draft is TEACHER:
        class_teachers.give(workspace, workspace.actor, user, [group.id], YEAR)
    code, _ = computers.kit(workspace, workspace.actor, user, "Ноутбук", False, package := tmp_path / "п.profdesk")
    return joining.join(package, code, tmp_path / "ноутбук", PASSWORD)


def shown_computers(workspace: Workspace) -> dict[object, object]:
    return {place: row for place, row in shown(workspace).items() if place[0] == "computer"}


def test_where_somebody_has_the_right_nobody_else_restores(workspace: Workspace) -> None:
    user, _ = users.add(workspace, workspace.actor, PSYCHOLOGIST, PASSWORD)
    copy = backups.make(workspace, workspace.actor)[0]
    owner = workspace.actor
    workspace.close()
    assert [one.id for one in recovery.users(workspace.path, copy)] == [owner.id]
    put_right: list[Callable[[], object]] = [
        lambda: recovery.restore(workspace.path, user, PASSWORD, copy),
        lambda: recovery.save_readable(workspace.path, user, PASSWORD, workspace.path.parent),
    ]
    for verb in put_right:
        with pytest.raises(AccessError, match="восстанавливать"):
            verb()

"""Restoring: the earlier state is back to the record, in one act that is journaled and can be undone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from diagnostic_school import TEACHER, TEACHERS_PASSWORD, add_teacher, school_with_answers
from sqlalchemy import text
from support import PASSWORD, YEAR

from profdesk.domain.backups import CopyKind, Trial
from profdesk.errors import AccessError, WorkspaceError, WrongInputError
from profdesk.services import backups, pupils, workspaces
from profdesk.storage import backup, copies_state, database, restore, room, swap
from profdesk.storage.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = school_with_answers(tmp_path / "школа")
    yield made
    made.close()


def names(workspace: Workspace) -> list[str]:
    return sorted(one.name.surname for one in pupils.pupils(workspace, workspace.actor, YEAR))


def add(workspace: Workspace, *surnames: str) -> None:
    group = pupils.pupils(workspace, workspace.actor, YEAR)[0].group
    assert group is not None
    for surname in surnames:
        with workspace.unit(workspace.actor) as unit:
            from profdesk.domain.people import PersonName

            pupil = unit.pupils.add(PersonName(surname, "Иван", ""), datetime(2013, 5, 6, tzinfo=UTC).date(), None)
            unit.pupils.enrol(pupil, group.id, YEAR)


def deeds(workspace: Workspace) -> list[tuple[str, str]]:
    with workspace._engine.connect() as connection:
        rows = connection.execute(text("SELECT kind, title FROM deed ORDER BY done_at"))
        return [(row.kind, row.title) for row in rows]


def test_restoring_brings_the_earlier_state_and_undoing_it_the_later(workspace: Workspace) -> None:
    before = names(workspace)
    made, _ = backups.make(workspace, workspace.actor)
    add(workspace, "Новиков", "Орлова")
    later = names(workspace)
    (copy,) = backups.copies(workspace, workspace.actor)
    told = backups.difference(workspace, workspace.actor, copy)
    assert (told.known, told.count, told.parts()) == (True, 4, ("ученики и классы: 4",))
    kept, _ = backups.restore(workspace, workspace.actor, made)
    with pytest.raises(WorkspaceError, match="закрыта"), workspace.unit(workspace.actor):
        pass
    opened = workspaces.open_workspace(workspace.path, None, PASSWORD)
    assert names(opened) == before
    assert ("restored", f"Восстановлено из копии {made.name[:10]}") in deeds(opened)
    assert opened.notice == ""
    backups.restore(opened, opened.actor, kept)
    again = workspaces.open_workspace(workspace.path, None, PASSWORD)
    assert names(again) == later
    kinds = [one.kind for one in backups.copies(again, again.actor)]
    assert kinds == [CopyKind.RESTORE, CopyKind.RESTORE, CopyKind.ASKED]
    assert not (workspace.path / swap.NOTE).exists()
    again.close()


def test_a_copy_that_is_not_whole_is_refused_before_anything_is_closed(workspace: Workspace) -> None:
    made, _ = backups.make(workspace, workspace.actor)
    file = made / database.PSY
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    assert backups.check(workspace, workspace.actor, made) == (database.PSY,)
    with pytest.raises(WorkspaceError, match=r"Копия повреждена: psy\.db"):
        backups.restore(workspace, workspace.actor, made)
    assert names(workspace)
    assert len(backups.copies(workspace, workspace.actor)) == 1


def test_a_teacher_copies_and_may_not_restore(workspace: Workspace) -> None:
    add_teacher(workspace)
    workspace.close()
    opened = workspaces.open_workspace(workspace.path, TEACHER.id, TEACHERS_PASSWORD)
    made, _ = backups.make(opened, opened.actor)
    (copy,) = backups.copies(opened, opened.actor)
    assert copy.holds is not None
    assert copy.holds.sessions is None
    assert backups.check(opened, opened.actor, made) == ()
    with pytest.raises(AccessError, match="восстанавливать"):
        backups.restore(opened, opened.actor, made)
    opened.close()


def test_without_room_nothing_is_restored(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    made, _ = backups.make(workspace, workspace.actor)
    monkeypatch.setattr(room, "free", lambda _folder: room.LEAST)
    with pytest.raises(WorkspaceError, match="мало места"):
        backups.restore(workspace, workspace.actor, made)
    monkeypatch.undo()
    assert names(workspace)


def test_copies_by_schedule_are_made_only_after_work(workspace: Workspace) -> None:
    actor = workspace.actor
    made, _ = backups.make_due(workspace, actor, CopyKind.DAY)
    assert made is not None
    assert backups.make_due(workspace, actor, CopyKind.DAY)[0] is None
    assert backups.make_due(workspace, actor, CopyKind.SESSION)[0] is None
    workspace.close()
    opened = workspaces.open_workspace(workspace.path, None, PASSWORD)
    assert backups.make_due(opened, actor, CopyKind.SESSION)[0] is None, "somebody came, and nothing was changed"
    add(opened, "Новиков")
    assert backups.make_due(opened, actor, CopyKind.DAY)[0] is None, "today has one"
    assert backups.make_due(opened, actor, CopyKind.SESSION)[0] is not None
    opened.close()


def test_a_copy_that_failed_is_told_until_one_is_made(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "free", lambda _folder: 0)
    with pytest.raises(WorkspaceError):
        backups.make_due(workspace, workspace.actor, CopyKind.SESSION)
    monkeypatch.undo()
    failed = backups.failure(workspace, workspace.actor)
    assert failed is not None
    assert "мало места" in failed.told
    backups.make_due(workspace, workspace.actor, CopyKind.SESSION)
    assert backups.failure(workspace, workspace.actor) is None


def test_the_second_place_gets_each_copy_once_and_keeps_what_is_not_ours(workspace: Workspace, tmp_path: Path) -> None:
    actor, stick = workspace.actor, tmp_path / "флешка"
    assert backups.bring_to_second_place(workspace, actor)[0] is None
    stick.mkdir()
    with pytest.raises(WrongInputError, match="внутри рабочей"):
        backups.choose_second_place(workspace, actor, workspace.path / "backups")
    backups.choose_second_place(workspace, actor, stick)
    workspace.back_up("за день", kind=CopyKind.DAY)
    state = backups.second_place(workspace, actor)
    assert state is not None
    assert (state.is_there, state.last) == (True, None)
    there, _ = backups.bring_to_second_place(workspace, actor)
    assert there is not None
    assert there.parent.parent == stick
    assert backups.bring_to_second_place(workspace, actor)[0] is None
    (there.parent / "2020-01-01-101010-чужое").mkdir()
    (stick / "фото.jpg").touch()
    for day in range(1, 15):
        made = workspace.back_up("за день", kind=CopyKind.DAY)
        made = made.rename(made.with_name(f"2026-12-{day:02}-101010-x"))
        backups.bring_to_second_place(workspace, actor)
    here = [one.folder.name for one in backups.copies(workspace, actor)]
    kept = sorted(path.name for path in there.parent.iterdir())
    assert "2020-01-01-101010-чужое" in kept
    assert len(kept) < 14
    assert here[0] in kept
    assert (stick / "фото.jpg").exists()
    stick.rename(tmp_path / "вынута")
    with pytest.raises(WorkspaceError, match="когда оно появится"):
        backups.bring_to_second_place(workspace, actor)
    gone = backups.second_place(workspace, actor)
    assert gone is not None
    assert not gone.is_there


def test_a_copy_from_the_second_place_is_restored(workspace: Workspace, tmp_path: Path) -> None:
    before = names(workspace)
    (tmp_path / "флешка").mkdir()
    backups.choose_second_place(workspace, workspace.actor, tmp_path / "флешка")
    backups.make(workspace, workspace.actor)
    there, _ = backups.bring_to_second_place(workspace, workspace.actor)
    assert there is not None
    add(workspace, "Новиков")
    shutil.rmtree(workspace.path / "backups")
    backups.restore(workspace, workspace.actor, there)
    opened = workspaces.open_workspace(workspace.path, None, PASSWORD)
    assert names(opened) == before
    opened.close()


def test_a_copy_is_tried_out_once_a_month_and_nothing_is_left_of_it(workspace: Workspace) -> None:
    actor = workspace.actor
    assert backups.try_out_due(workspace, actor)[0] is None
    made, _ = backups.make(workspace, actor)
    before = {path.name for path in workspace.path.iterdir()}
    found, _ = backups.try_out_due(workspace, actor)
    assert found is not None
    assert found.whole, found.told
    assert backups.trial(workspace, actor) == found
    assert backups.try_out_due(workspace, actor)[0] is None
    assert {path.name for path in workspace.path.iterdir()} == before
    long_ago = Trial(made.name, datetime.now(UTC) - timedelta(days=40), True, "")
    copies_state.remember_trial(workspace.path, long_ago)
    data = bytearray((made / database.DESK).read_bytes())
    data[9000] ^= 1
    (made / database.DESK).write_bytes(data)
    found, _ = backups.try_out_due(workspace, actor)
    assert found is not None
    assert not found.whole
    (workspace.path / "backups" / "state.json").write_text("[", encoding="utf-8")
    assert backups.trial(workspace, actor) is None


def test_who_has_the_databases_open_is_found_without_a_key(workspace: Workspace) -> None:
    assert "работает" in swap.open_elsewhere(workspace.path)
    workspace.close()
    assert swap.open_elsewhere(workspace.path) == ""
    assert restore.visible_damage(workspace.path) == ()
    made = backup.all_of(workspace.path)
    assert made == ()

"""A damaged workspace: what is damaged is named without a password, and a whole copy puts it right."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from kept_workspaces import create
from support import PASSWORD

from profdesk.domain.access import NewUser
from profdesk.domain.backups import CopyKind
from profdesk.domain.people import PersonName
from profdesk.errors import AccessError, DamagedError, ProfdeskError, WorkspaceError
from profdesk.services import backups, recovery, workspaces
from profdesk.storage import database, restore, vault
from profdesk.storage import opening as storage


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed workspace with two copies, the older one spoiled."""
    owner = NewUser("Климова Татьяна Аркадьевна", "координатор", PASSWORD)
    made = create(tmp_path / "школа", owner, programme="title = 'x'").workspace
    spoiled = made.back_up("первая")
    made.back_up("вторая")
    made.close()
    data = bytearray((spoiled / database.DESK).read_bytes())
    data[5000] ^= 1
    (spoiled / database.DESK).write_bytes(data)
    return made.path


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    for place in range(20, len(data), 4096):
        data[place] ^= 1
    file.write_bytes(data)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2 + 7])


def zero(file: Path) -> None:
    file.write_bytes(bytes(file.stat().st_size))


DAMAGES: tuple[Callable[[Path], None], ...] = (flip, cut, zero, Path.unlink)


@pytest.mark.parametrize("name", [database.DESK, database.PSY, vault.FILE])
@pytest.mark.parametrize("spoil", DAMAGES)
def test_each_damage_is_told_and_put_right(folder: Path, name: str, spoil: Callable[[Path], None]) -> None:
    spoil(folder / name)
    with pytest.raises(DamagedError):
        user = workspaces.users(folder)[0].id
        opened = workspaces.open_workspace(folder, user, PASSWORD)
        opened.close()
    found = recovery.examine(folder)
    if spoil is not flip:
        assert found.parts == (name,)
        assert name in found.told()
    (copy,) = found.copies
    assert found.spoiled == 1
    (user,) = recovery.users(folder, copy.folder)
    with pytest.raises(AccessError):
        recovery.restore(folder, user.id, "не тот пароль", copy.folder)
    recovery.restore(folder, user.id, PASSWORD, copy.folder)
    workspaces.open_workspace(folder, None, PASSWORD).close()
    (aside,) = (folder / "backups").glob("повреждённое-*")
    assert (aside / name).exists() is (spoil is not Path.unlink)


def test_nothing_is_restored_while_somebody_works(folder: Path) -> None:
    opened = workspaces.open_workspace(folder, None, PASSWORD)
    (copy,) = recovery.examine(folder).copies
    with pytest.raises(WorkspaceError, match="работает Климова"):
        recovery.restore(folder, opened.actor.id, PASSWORD, copy.folder)
    opened.close()


def test_a_copy_beside_its_workspace_is_not_worked_in(folder: Path, tmp_path: Path) -> None:
    (copy,) = recovery.examine(folder).copies
    for opening in (workspaces.users, lambda path: workspaces.open_workspace(path, None, PASSWORD)):
        with pytest.raises(WorkspaceError, match="внутри рабочей папки «школа»"):
            opening(copy.folder)
    assert recovery.examine(folder).copies == (copy,)
    workspaces.open_workspace(shutil.copytree(copy.folder, tmp_path / "посмотреть"), None, PASSWORD).close()


def test_a_spoiled_copy_is_refused(folder: Path) -> None:
    (copy,) = recovery.examine(folder).copies
    flip(copy.folder / database.PSY)
    (user,) = recovery.users(folder, copy.folder)
    with pytest.raises(WorkspaceError, match=r"Копия повреждена: psy\.db"):
        recovery.restore(folder, user.id, PASSWORD, copy.folder)
    assert recovery.examine(folder).copies == ()


def test_without_copies_there_is_nothing_to_restore_and_no_error(folder: Path) -> None:
    shutil.rmtree(folder / "backups")
    (folder / database.DESK).unlink()
    found = recovery.examine(folder)
    assert (found.parts, found.copies, found.spoiled) == ((database.DESK,), (), 0)


@pytest.mark.parametrize("vault_too", [False, True])
def test_copies_of_the_second_place_put_right_what_is_damaged_with_all_its_copies(
    folder: Path, tmp_path: Path, vault_too: bool
) -> None:
    (stick := tmp_path / "флешка").mkdir()
    opened = workspaces.open_workspace(folder, None, PASSWORD)
    backups.choose_second_place(opened, opened.actor, stick)
    backups.bring_to_second_place(opened, opened.actor)
    opened.close()
    assert len(recovery.examine(folder).copies) == 1, "what lies in both places is one copy"
    for copy in (folder / "backups").iterdir():
        zero(copy / database.DESK)
    (folder / database.DESK).unlink()
    if vault_too:
        shutil.rmtree(folder / "backups")
        (folder / vault.FILE).write_bytes(b"")
    stick.rename(away := tmp_path / "вынута")
    found = recovery.examine(folder)
    assert (found.copies, found.away) == ((), stick if not vault_too else None)
    away.rename(stick)
    found = recovery.examine(folder)
    (copy,) = found.copies
    assert copy.folder.is_relative_to(stick)
    (user,) = recovery.users(folder, copy.folder)
    recovery.restore(folder, user.id, PASSWORD, copy.folder)
    workspaces.open_workspace(folder, None, PASSWORD).close()


def test_damage_that_only_a_key_shows(folder: Path) -> None:
    keys = vault.load(folder).unlock(vault.load(folder).users[0].id, PASSWORD)
    assert restore.damage(folder, keys) == ()
    data = bytearray((folder / database.PSY).read_bytes())
    data[-2000] ^= 1
    (folder / database.PSY).write_bytes(data)
    assert restore.visible_damage(folder) == ()
    assert restore.damage(folder, keys) == (database.PSY,)


def test_what_can_be_read_of_damaged_databases_becomes_a_workspace(folder: Path, tmp_path: Path) -> None:
    opened = storage.open_workspace(folder, None, PASSWORD)
    with opened.unit(opened.actor) as unit:
        for number in range(300):
            unit.pupils.add(PersonName(f"Ученик{number}", "Иван", ""), date(2013, 5, 6), None)
    opened.close()
    user = workspaces.users(folder)[0].id
    saved = recovery.save_readable(folder, user, PASSWORD, tmp_path)
    assert saved.torn == 0
    damage_rows(folder)
    saved = recovery.save_readable(folder, user, PASSWORD, tmp_path)
    assert saved.torn == 1
    assert saved.folder.name == "школа (прочитанное 2)"
    again = storage.open_workspace(saved.folder, None, PASSWORD)
    with again._engine.connect() as rows:
        found = rows.exec_driver_sql("SELECT count(*) FROM pupil").scalar_one()
    again.close()
    assert 100 < found < 300
    assert found == sum(map(partial(reads_row, folder), range(1, 301))), "no row is lost with those beside it"


def test_damaged_parts_set_aside_go_with_the_copies_of_their_days(folder: Path) -> None:
    """A restore has kept them, pupils erased since among them."""
    copies = folder / "backups"
    aside = [copies / f"повреждённое-{day}-101010" for day in ("2020-01-01", "2026-11-01")]
    for one in aside:
        one.mkdir()
        (one / database.DESK).touch()
    opened = storage.open_workspace(folder, None, PASSWORD)
    for day in range(1, 5):
        made = opened.back_up("после работы", kind=CopyKind.SESSION)
        made.rename(made.with_name(f"2026-11-0{day}-101010-x"))
    opened.back_up("после работы", kind=CopyKind.SESSION)
    opened.close()
    assert [one.exists() for one in aside] == [False, True]


def test_what_can_be_read_is_saved_by_the_users_of_a_copy_where_their_list_is_damaged_too(
    folder: Path, tmp_path: Path
) -> None:
    opened = storage.open_workspace(folder, None, PASSWORD)
    with opened.unit(opened.actor) as unit:
        unit.pupils.add(PersonName("Позднее", "Иван", ""), date(2013, 5, 6), None)
    opened.close()
    zero(folder / database.PSY)
    zero(folder / vault.FILE)
    (copy,) = recovery.examine(folder).copies
    (user,) = recovery.users(folder, copy.folder)
    with pytest.raises(DamagedError):
        recovery.save_readable(folder, user.id, PASSWORD, tmp_path)
    saved = recovery.save_readable(folder, user.id, PASSWORD, tmp_path, copy=copy.folder)
    again = storage.open_workspace(saved.folder, None, PASSWORD)
    with again._engine.connect() as rows:
        assert rows.exec_driver_sql("SELECT count(*) FROM pupil").scalar_one() == 1
    again.close()


def reads_row(folder: Path, number: int) -> bool:
    lock = vault.load(folder)
    key = lock.unlock(lock.users[0].id, PASSWORD).desk
    with suppress(DamagedError), database.reading(folder / database.DESK, key) as connection:
        return len(connection.execute("SELECT * FROM pupil WHERE rowid = ?", (number,)).fetchall()) == 1
    return False


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit for the size of files")
@pytest.mark.parametrize("share", [0, 1])
def test_a_full_stick_is_told_and_nothing_half_is_left_on_it(folder: Path, tmp_path: Path, share: int) -> None:
    """Files may not grow beyond what is left of the damaged databases, or not at all."""
    import resource

    for name in (database.DESK, database.PSY):
        cut(folder / name)
    room_left = share * max((folder / name).stat().st_size for name in (database.DESK, database.PSY))
    (stick := tmp_path / "флешка").mkdir()
    user, limits = workspaces.users(folder)[0].id, resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room_left, limits[1]))
    try:
        with pytest.raises(ProfdeskError, match="места"):
            recovery.save_readable(folder, user, PASSWORD, stick)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(stick.iterdir()) == []


def test_a_small_stick_is_refused_before_anything_is_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = workspaces.users(folder)[0].id
    monkeypatch.setattr("profdesk.storage.room.free", lambda _: 50 << 20)
    with pytest.raises(ProfdeskError, match="Освободите ещё"):
        recovery.save_readable(folder, user, PASSWORD, tmp_path)


def damage_rows(folder: Path) -> None:
    """Flip one bit in a page that holds pupils of the middle and nothing else that is needed."""
    lock = vault.load(folder)
    key = lock.unlock(lock.users[0].id, PASSWORD).desk
    file = folder / database.DESK
    whole = file.read_bytes()

    def reads(rows: str) -> bool:
        try:
            with database.reading(file, key) as connection:
                connection.execute(f"SELECT * FROM pupil WHERE {rows}").fetchall()
        except DamagedError:
            return False
        return True

    for page in range(1, len(whole) // 4096):
        data = bytearray(whole)
        data[page * 4096 + 2000] ^= 1
        file.write_bytes(data)
        if not reads("rowid > 0") and reads("rowid < 20") and reads("rowid > 280"):
            return
    raise AssertionError("no page holds pupils of the middle alone")

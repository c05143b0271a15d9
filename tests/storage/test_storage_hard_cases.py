"""What goes wrong on real computers: clocks set back, parts lost, pages spoiled, crashes reported."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from support import CHEAP, PASSWORD, YEAR, organisation

from profdesk.domain.access import Actor, NewUser, Role
from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.deeds import DeedKind
from profdesk.domain.people import Group, PersonName
from profdesk.domain.programme import CompetencySet, Level
from profdesk.errors import AccessError, DamagedError, WorkspaceError
from profdesk.storage import database, journal, vault
from profdesk.storage import opening as storage
from profdesk.storage.clock import HybridClock
from profdesk.storage.vault import Keys, Vault
from profdesk.storage.workspace import Workspace

PAGE = 4096
DAY = date(2026, 11, 2)
NAME = PersonName("Приметнов", "Всеволод", "Игнатьевич")


def test_counter_of_a_clock_set_back_for_good_runs_over_into_its_time() -> None:
    last = "4102444800000-999998"
    clock = HybridClock(last, lambda: 0)
    readings = [last, *(clock.tick() for _ in range(4))]
    assert readings == sorted(set(readings))


def test_clock_goes_on_from_psys_journal_too(workspace: Workspace, folder: Path) -> None:
    columns = "id, device, actor, batch, verb, table_name, record, fields, previous, hash"
    late = "9999999999999-000007"
    with workspace._engine.begin() as connection:
        connection.execute(
            text(
                f"INSERT INTO psy.operation (clock, counts_as, number, {columns}) "
                f"SELECT '{late}', '{late}', 1, {columns} FROM main.operation LIMIT 1"
            )
        )
    workspace.close()
    again = storage.open_workspace(folder, None, PASSWORD)
    with again.unit(again.actor) as unit:
        unit.programme.choose("title = 'y'")
    with Session(again._engine) as session:
        assert (journal.last_reading(session) or "") > late
    again.close()


@pytest.mark.parametrize("name", ["desk.db", "psy.db"])
@pytest.mark.parametrize("emptied", [False, True])
def test_lost_database_is_named_and_never_made_anew(
    workspace: Workspace, folder: Path, name: str, emptied: bool
) -> None:
    workspace.close()
    (folder / name).unlink()
    if emptied:
        (folder / name).touch()
    with pytest.raises(WorkspaceError, match=name):
        storage.open_workspace(folder, None, PASSWORD)
    assert (folder / name).exists() == emptied
    assert not emptied or (folder / name).stat().st_size == 0


def test_page_spoiled_under_a_unit_is_told_in_words(workspace: Workspace, folder: Path) -> None:
    """The spoiled pages hold a long text that opening does not read, so only the unit meets them."""
    with workspace._engine.connect() as connection:
        before = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    with workspace.unit(workspace.actor) as unit:
        unit.programme.choose("#" * 400_000)
    with workspace.unit(workspace.actor) as unit:
        unit.pupils.add(NAME, date(2013, 2, 3), None)
    workspace.close()
    path = folder / database.DESK
    whole = bytearray(path.read_bytes())
    for page in range(before + 5, before + 55):
        whole[page * PAGE + 1000] ^= 1
    path.write_bytes(whole)
    opened = storage.open_workspace(folder, None, PASSWORD)
    with pytest.raises(WorkspaceError, match="повреждена"), opened.unit(opened.actor) as unit:
        unit.programme.text()
    opened.close()


def test_crash_report_names_the_statement_but_no_person(workspace: Workspace) -> None:
    with pytest.raises(IntegrityError) as caught, workspace.unit(workspace.actor) as unit:
        unit.pupils.enrol(unit.pupils.add(NAME, date(2013, 2, 3), None), NAME.surname, YEAR)
    assert "enrolment" in str(caught.value)
    assert NAME.surname not in str(caught.value)


def test_full_disk_is_told_and_writes_nothing(workspace: Workspace) -> None:
    with workspace._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(WorkspaceError, match="не осталось места"), workspace.unit(workspace.actor) as unit:
        unit.programme.choose("#" * 400_000)
    with workspace.unit(workspace.actor) as unit:
        assert unit.programme.text() == "title = 'x'"


def test_numbers_of_a_unit_that_failed_are_given_again(workspace: Workspace, group: Group) -> None:
    assert _register(workspace, group, 2) == ["2026-0001", "2026-0002"]
    with pytest.raises(RuntimeError):
        _register(workspace, group, 2, fail=True)
    assert _register(workspace, group, 1) == ["2026-0003"]


def _register(workspace: Workspace, group: Group, count: int, *, fail: bool = False) -> list[str | None]:
    level = Level("basic", "", "", (7,), CompetencySet("basic", "", ()))
    with workspace.unit(workspace.actor) as unit:
        pupils = unit.pupils.in_group(group.id)[:count]
        blank = [
            CertificateFacts(
                None, organisation(), pupil.name, "7 «А»", level, YEAR, level.competencies, (), (), DAY, ""
            )
            for pupil in pupils
        ]
        facts = [unit.certificates.numbered(one) for one in blank]
        for pupil, one in zip(pupils, facts, strict=True):
            unit.certificates.register(one, pupil.id, "{}", "", "0" * 64)
        if fail:
            raise RuntimeError
    return [one.number for one in facts]


def test_backup_of_one_who_may_not_read_psy_holds_it_all_the_same(workspace: Workspace, folder: Path) -> None:
    workspace.close()
    _admit_teacher(workspace, folder)
    opened = storage.open_workspace(folder, "t", "учительская")
    made = opened.back_up("проверка")
    opened.close()
    storage.open_workspace(made, workspace.actor.id, PASSWORD).close()


def _admit_teacher(workspace: Workspace, folder: Path) -> None:
    lock = vault.load(folder)
    teacher = Actor("t", "Ромашкина Ольга Юрьевна", "учитель", frozenset({Role.TEACHER}))
    keys = lock.unlock(workspace.actor.id, PASSWORD)
    vault.save(folder, lock.with_user(teacher, "учительская", keys, CHEAP))


def test_format_is_authenticated_in_both_directions(tmp_path: Path) -> None:
    owner = Actor("u", "А", "", frozenset({Role.OWNER}))
    vault.save(tmp_path, Vault("w", ()).with_user(owner, PASSWORD, Keys.fresh(), CHEAP))
    raw = json.loads((tmp_path / vault.FILE).read_text(encoding="utf-8"))
    raw["format"] = vault.FORMAT - 1
    (tmp_path / vault.FILE).write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(WorkspaceError):
        vault.load(tmp_path)


def test_current_folder_can_become_a_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "здесь"
    here.mkdir()
    monkeypatch.chdir(here)
    storage.create(Path(), organisation(), NewUser("А", "", PASSWORD), "", CHEAP).workspace.close()
    assert (here / "vault.json").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["здесь"]


def test_teacher_works_without_psy_and_cannot_sign(
    workspace: Workspace, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    workspace.close()
    _admit_teacher(workspace, folder)
    opened = storage.open_workspace(folder, "t", "учительская")
    with opened.unit(opened.actor) as unit:
        unit.deeds.add(DeedKind.PRINTED, "список", datetime.now(UTC))
        with pytest.raises(AccessError, match="Подписывать"):
            unit.keys.add(b"certificate", b"private")
    opened.close()
    assert capfd.readouterr() == ("", "")


def test_any_worker_thread_may_use_and_close_it(workspace: Workspace, folder: Path) -> None:
    workspace.close()
    seen: list[str] = []

    def name(opened: Workspace) -> None:
        with opened.unit(opened.actor) as unit:
            seen.append(unit.organisation.get().short_name)

    def work() -> None:
        opened = storage.open_workspace(folder, None, PASSWORD)
        name(opened)
        other = threading.Thread(target=name, args=(opened,))
        other.start()
        other.join()
        opened.close()

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert seen == ["Школа № 12"] * 2


def test_page_read_as_zeros_ends_no_unit(workspace: Workspace, folder: Path) -> None:
    """SQLCipher gives zeros for the spoiled last page of a long text, and tells of no error."""
    with workspace._engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE long (words TEXT)")
        connection.exec_driver_sql("INSERT INTO long VALUES (?)", ("#" * 40_000,))
    keys = workspace.keys
    workspace.close()
    path = folder / database.DESK
    whole, seen, ended = bytearray(path.read_bytes()), set[str](), set[str]()
    for place in range(len(whole) - 15 * PAGE + 1000, len(whole), PAGE):
        whole[place] ^= 1
        path.write_bytes(whole)
        whole[place] ^= 1
        engine = database.engine(folder, keys)
        with suppress(DamagedError), database.told(folder):
            with engine.begin() as connection:
                words = connection.exec_driver_sql("SELECT words FROM long").scalar_one()
                seen.add(words)
            ended.add(words)
        engine.dispose()
    assert len(seen) == 2
    assert ended == {"#" * 40_000}

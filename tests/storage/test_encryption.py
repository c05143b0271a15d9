"""What lies on the disk: nothing in clear, no bit changed unnoticed, psy closed to the desk key."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from profdesk.domain.access import Actor, Role
from profdesk.domain.people import PersonName
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import AccessError, WorkspaceError
from profdesk.storage import database, vault
from profdesk.storage import workspace as storage
from profdesk.storage.vault import Cost
from profdesk.storage.workspace import Created, Workspace

NAME = PersonName("Приметнов", "Всеволод", "Игнатьевич")
PAGE = 4096


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _write_name(workspace: Workspace) -> None:
    with workspace.unit(workspace.actor) as unit:
        unit.pupils.add(NAME, date(2013, 2, 3), None)


@pytest.mark.parametrize("closed", [False, True])
def test_no_name_lies_in_clear(workspace: Workspace, closed: bool) -> None:
    _write_name(workspace)
    if closed:
        workspace.close()
    looked_for = [
        form.encode(coding)
        for word in (NAME.surname, NAME.given, "Вымышленная")
        for form in (word, word.lower())
        for coding in ("utf-8", "utf-16-le", "cp1251")
    ]
    contents = [path.read_bytes() for path in _files(workspace.path)]
    assert sum(map(len, contents)) > 10 * PAGE
    assert not [word for content in contents for word in looked_for if word in content]


def test_the_databases_do_not_even_look_like_sqlite(workspace: Workspace) -> None:
    workspace.close()
    for name in (database.DESK, database.PSY):
        assert not (workspace.path / name).read_bytes().startswith(b"SQLite format 3")


@pytest.mark.parametrize("name", [database.DESK, database.PSY])
def test_one_flipped_bit_in_any_page_is_noticed(workspace: Workspace, password: str, name: str) -> None:
    _write_name(workspace)
    workspace.close()
    path = workspace.path / name
    whole = path.read_bytes()
    keys = vault.load(workspace.path).unlock(workspace.actor.id, password)
    key = keys.desk if name == database.DESK else keys.psy
    assert key is not None
    for start in range(0, len(whole), PAGE):
        spoiled = bytearray(whole)
        spoiled[start + 1000] ^= 0b100
        path.write_bytes(spoiled)
        assert _faults(path, key), f"page {start // PAGE + 1}"
    path.write_bytes(whole)
    assert not _faults(path, key)


def _faults(path: Path, key: bytes) -> bool:
    connection = database.keyed(path, key)
    try:
        return bool(connection.execute("PRAGMA cipher_integrity_check").fetchall())
    except sqlcipher.DatabaseError:
        return True
    finally:
        connection.close()


def test_a_bit_flipped_under_our_feet_is_told_in_words(workspace: Workspace, password: str) -> None:
    _write_name(workspace)
    workspace.close()
    path = workspace.path / database.DESK
    whole = bytearray(path.read_bytes())
    for start in range(PAGE, len(whole), PAGE):
        whole[start + 1000] ^= 1
    path.write_bytes(whole)
    with pytest.raises(WorkspaceError, match="повреждена"):
        _read_everything(workspace.path, password)


def _read_everything(path: Path, password: str) -> None:
    opened = storage.open_workspace(path, None, password)
    try:
        with opened.unit(opened.actor) as unit:
            unit.pupils.all(SchoolYear(2026))
    finally:
        opened.close()


def test_psy_does_not_open_with_the_desk_key(workspace: Workspace, password: str) -> None:
    workspace.close()
    keys = vault.load(workspace.path).unlock(workspace.actor.id, password)
    connection = database.keyed(workspace.path / database.PSY, keys.desk)
    with pytest.raises(sqlcipher.DatabaseError, match="not a database"):
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    connection.close()


def test_a_teacher_works_without_psy_and_cannot_sign(
    workspace: Workspace, password: str, cheap: Cost, capfd: pytest.CaptureFixture[str]
) -> None:
    workspace.close()
    lock = vault.load(workspace.path)
    keys = lock.unlock(workspace.actor.id, password)
    teacher = Actor("t1", "Ромашкина Ольга Юрьевна", "учитель", frozenset({Role.TEACHER}))
    vault.save(workspace.path, lock.with_user(teacher, "учительская", keys, cheap))
    opened = storage.open_workspace(workspace.path, "t1", "учительская")
    with opened.unit(opened.actor) as unit:
        unit.pupils.add(NAME, date(2013, 2, 3), None)
        with pytest.raises(AccessError, match="Подписывать"):
            unit.keys.add(b"certificate", b"private")
    opened.close()
    assert capfd.readouterr() == ("", "")


def test_a_failed_statement_shows_no_personal_data(workspace: Workspace) -> None:
    """A traceback goes to crash.log: it may name the statement, never the values."""
    with pytest.raises(Exception, match="UNIQUE|NOT NULL|FOREIGN") as caught:
        with workspace.unit(workspace.actor) as unit:
            pupil = unit.pupils.add(NAME, date(2013, 2, 3), None)
            unit.pupils.enrol(pupil, "no-such-group", SchoolYear(2026))
    assert NAME.surname not in str(caught.value)
    assert "no-such-group" not in str(caught.value)


def test_the_signing_key_is_wrapped_and_comes_back(workspace: Workspace) -> None:
    with workspace.unit(workspace.actor) as unit:
        unit.keys.add(b"-----CERTIFICATE-----", b"-----PRIVATE-----")
    with workspace.unit(workspace.actor) as unit:
        assert unit.keys.certificate() == b"-----CERTIFICATE-----"
        assert unit.keys.private() == b"-----PRIVATE-----"


def test_what_a_workspace_shows_of_itself_holds_no_secret(created: Created, password: str) -> None:
    shown = repr(created) + repr(created.workspace) + repr(vars(created.workspace))
    keys = vault.load(created.workspace.path).unlock(created.workspace.actor.id, password)
    assert created.recovery_code not in shown
    for key in (keys.desk, keys.psy, keys.seal):
        assert key is not None
        assert key.hex() not in shown
        assert repr(key) not in shown

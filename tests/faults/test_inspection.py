"""The judges of the fault tests can fail: each kind of loss or disorder, planted by hand, is told by them."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from diagnostic_school import add_class, new_workspace
from inspection import faults
from labour import Places, Room
from sqlalchemy import select
from support import FIRST, PASSWORD
from support import mark as marked
from test_killed import Site

from profdesk import paths
from profdesk.domain.mark import MissingRecordsError
from profdesk.domain.portfolio import Cell
from profdesk.services import backups, evidence, notes
from profdesk.storage import backup, database, mark
from profdesk.storage import opening as storage
from profdesk.storage.models import PupilRow
from profdesk.storage.workspace import Session, Workspace

Plant = Callable[[Workspace], None]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed workspace: a class with stages that took the place of others, a note, a file and a copy."""
    place = tmp_path_factory.mktemp("образец")
    with paths.moved_to(place / "home"):
        made = new_workspace(place / "школа")
        pupil = add_class(made)[0].id
        for stage in (1, 2, 3):
            marked(made, FIRST, (pupil, "planning", stage))
        notes.write(made, made.actor, Cell(pupil, "planning"), FIRST, "Слова")
        file = place / "Работа.pdf"
        file.write_bytes(b"%PDF- " * 1_000)
        evidence.add(made, made.actor, pupil, None, FIRST, [file])
        backups.make(made, made.actor)
        made.close()
    return made.path


@pytest.fixture
def workspace(template: Path, tmp_path: Path) -> Iterator[Workspace]:
    with closing(storage.open_workspace(shutil.copytree(template, tmp_path / "школа"), None, PASSWORD)) as opened:
        yield opened


def by_hand(*statements: str) -> Plant:
    """Statements that no part of the program would send."""

    def plant(workspace: Workspace) -> None:
        with workspace._engine.connect() as connection:
            raw = connection.connection.driver_connection
            connection.rollback()
            for statement in ("PRAGMA foreign_keys = OFF", *statements):
                raw.execute(statement)

    return plant


def on_disk(pattern: str, spoil: Callable[[Path], object]) -> Plant:
    """The first file of the workspace that fits, spoiled once the log is in the databases."""

    def plant(workspace: Workspace) -> None:
        by_hand("PRAGMA wal_checkpoint(TRUNCATE)")(workspace)
        spoil(next(path for path in workspace.path.glob(pattern) if path.is_file()))

    return plant


def _torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-2_000] ^= 1
    path.write_bytes(data)


NO_TRIGGERS = ("DROP TRIGGER operation_no_delete", "DROP TRIGGER operation_no_update")


@pytest.mark.parametrize(
    ("plant", "told"),
    [
        (by_hand("DELETE FROM note"), "note .* is not as its journal says"),
        (by_hand("UPDATE assessment SET stage = 0 WHERE stage = 3"), "assessment .* is not as its journal says"),
        (by_hand("DELETE FROM pupil"), "foreign_key_check"),
        (by_hand("UPDATE assessment SET superseded_by = NULL"), "assessment at .* does not hang together"),
        (by_hand("DELETE FROM assessment WHERE stage = 2"), "assessment at .* does not hang together"),
        (by_hand(*NO_TRIGGERS, "DELETE FROM operation WHERE seq = 9"), "the journal of main is broken at"),
        (by_hand(*NO_TRIGGERS, "UPDATE operation SET record = 'x' WHERE seq = 9"), "the journal of main is broken at"),
        (on_disk("files/*/*", _torn), "files/"),
        (on_disk("backups/*/desk.db", _torn), "desk.db"),
        (on_disk("backups/*/manifest*", Path.unlink), "manifest"),
        (on_disk("psy.db", _flipped), "psy.cipher_integrity_check"),
        (on_disk("desk.db", lambda path: (path.parent / ".next-x").mkdir()), ".next-x is no part of a workspace"),
    ],
)
def test_what_is_not_as_it_must_be_is_told(workspace: Workspace, plant: Plant, told: str) -> None:
    assert faults(workspace) == []
    plant(workspace)
    found = "\n".join(faults(workspace))
    assert re.search(told, found), found


@pytest.fixture
def site(workspace: Workspace, home: Path) -> Site:
    """A closed workspace where two verbs were told of as done after the copy was made."""
    with Session(workspace._engine) as session:
        pupils = tuple(session.scalars(select(PupilRow.id).order_by(PupilRow.id)))
    for pupil in pupils[:2]:
        notes.write(workspace, workspace.actor, Cell(pupil, "planning"), FIRST, "Слова после копии")
    workspace.close()
    stands: Places = {f"note/{pupil}/planning": "Слова после копии" for pupil in pupils[:2]}
    return Site(Room(workspace.path, home, home, "", pupils, ()), random.Random(8), stands)  # noqa: S311


def test_a_verb_that_was_told_of_and_is_gone_is_missed(site: Site) -> None:
    """As where its commit never reached the disk: all is whole, and it is not there."""
    site.check()
    folder = site.room.folder
    (copy,) = backup.all_of(folder)
    for name in (database.DESK, database.PSY):
        (folder / name).write_bytes((copy.folder / name).read_bytes())
    with pytest.raises(MissingRecordsError):
        site.check()
    mark.forget(folder, copy.workspace)
    with pytest.raises(AssertionError):
        site.check()


def test_half_of_a_verb_that_was_not_told_of_is_missed(site: Site) -> None:
    site.dying, site.stands = [site.stands], {}
    site.check()
    gone, there = site.stands
    site.dying, site.stands = [{gone: "Другие слова", there: "Слова после копии"}], {gone: "Слова после копии"}
    with pytest.raises(AssertionError):
        site.check()

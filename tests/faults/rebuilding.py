"""The verbs that put a whole workspace in place of another, each done by a program that is to be killed at it."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from alembic import command as _command  # noqa: F401 - loaded before programs are forked
from alembic.config import Config as _Config  # noqa: F401
from diagnostic_school import school_with_answers
from sqlalchemy import select
from support import CHEAP, FIRST, PASSWORD, mark, state

from profdesk.domain.access import Role
from profdesk.domain.portfolio import Cell
from profdesk.domain.talks import TalkEntry, TalkKind
from profdesk.domain.users import Draft
from profdesk.services import backups, evidence, notes, talks, users
from profdesk.storage import backup, user_keys
from profdesk.storage import opening as storage
from profdesk.storage.models import OperationRow, PsyOperationRow, PupilRow
from profdesk.storage.workspace import Session, Workspace

GOING = Draft("Седова Ольга Ивановна", "педагог-психолог", frozenset({Role.PSYCHOLOGIST}))
GOINGS_PASSWORD = "пароль-психолога"
MUSEUM = Path(__file__).parents[1] / "data" / "museum"
JOURNALS = (OperationRow, PsyOperationRow)
_OF_USERS = "app_user"


@dataclass(frozen=True)
class Facts:
    """What stands in a workspace: the hashes of both journals, and every row but those of users, acts and deeds."""

    desk: tuple[str, ...]
    psy: tuple[str, ...]
    rows: Mapping[str, list[str]]

    def goes_on(self, earlier: Facts) -> bool:
        """Whether both journals begin with all that they were earlier."""
        return self.desk[: len(earlier.desk)] == earlier.desk and self.psy[: len(earlier.psy)] == earlier.psy


def facts(workspace: Workspace) -> Facts:
    with Session(workspace._engine) as session:
        desk, psy = (tuple(session.scalars(select(kind.hash).order_by(kind.seq))) for kind in JOURNALS)
    return Facts(desk, psy, {name: rows for name, rows in state(workspace).items() if name != _OF_USERS})


def opened(folder: Path) -> Workspace:
    """Opened by the owner, whoever else has a password."""
    owner = next(one.id for one in storage.users(folder) if Role.OWNER in one.roles)
    return storage.open_workspace(folder, owner, PASSWORD)


def school(folder: Path) -> tuple[Facts, Facts]:
    """A closed workspace with files of both kinds and one copy; gives what the copy holds, and what came after it."""
    workspace, chance = school_with_answers(folder), random.Random(8)  # noqa: S311
    user_keys.add(workspace, workspace.actor, GOING, GOINGS_PASSWORD, "", CHEAP)
    _work(workspace, chance)
    backups.make(workspace, workspace.actor)
    copied = facts(workspace)
    _work(workspace, chance)
    now = facts(workspace)
    workspace.close()
    return copied, now


def _work(workspace: Workspace, chance: random.Random) -> None:
    with Session(workspace._engine) as session:
        pupils = list(session.scalars(select(PupilRow.id)))
    file = workspace.path.parent / "Работа.pdf"
    for pupil in pupils:
        mark(workspace, FIRST, (pupil, "planning", chance.randrange(4)))
        notes.write(workspace, workspace.actor, Cell(pupil, "planning"), FIRST, f"Слова {chance.random()} " * 100)
        file.write_bytes(chance.randbytes(200_000))
        evidence.add(workspace, workspace.actor, pupil, None, FIRST, [file])
        entry = TalkEntry(TalkKind.EXTERNAL, FIRST.year.first_day, pupil, source="Центр", words="Слова")
        file.write_bytes(chance.randbytes(100_000))
        talks.write(workspace, workspace.actor, entry, file=file)


def carry_out(told: Connection, verb: str, folder: Path, home: Path) -> None:
    """Tell «trying», do the verb, tell «done», and stay to be killed."""
    os.environ["PROFDESK_HOME"] = str(home)
    VERBS[verb](told, folder)
    told.send("done")
    time.sleep(600)


def _restore(told: Connection, folder: Path) -> None:
    workspace, (copy,) = opened(folder), backup.all_of(folder)
    told.send("trying")
    backups.restore(workspace, workspace.actor, copy.folder)


def _rekey(told: Connection, folder: Path) -> None:
    workspace = opened(folder)
    gone = next(one.id for one in users.listed(workspace, workspace.actor) if one.name == GOING.name)
    told.send("trying")
    users.remove(workspace, workspace.actor, gone)


def _migrate(told: Connection, folder: Path) -> None:
    told.send("trying")
    opened(folder)


VERBS: Mapping[str, Callable[[Connection, Path], None]] = {
    "restore": _restore,
    "re-key": _rekey,
    "migration": _migrate,
}

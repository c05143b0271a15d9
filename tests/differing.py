"""Two computers of one school that write not knowing of one another."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from exchange_rooms import bring, copied, exchange
from support import PASSWORD, YEAR

from profdesk.domain.computers import Computer
from profdesk.domain.differences import Difference
from profdesk.domain.people import Pupil
from profdesk.domain.pupil_entry import PupilEntry
from profdesk.services import computers, differences, pupils
from profdesk.storage import opening
from profdesk.storage.workspace import Workspace


class Pair(NamedTuple):
    """The school's computer, and a psychologist's laptop that began with all of it."""

    one: Workspace
    two: Workspace

    def exchange(self) -> None:
        exchange(self.one, self.two)

    def told(self) -> list[Difference]:
        """What is told on both computers, the same but for which computer is «this one»."""
        here, there = (list(differences.all_of(each, each.actor)) for each in self)
        assert [one.found.writes for one in here] == [one.found.writes for one in there]
        return here


def pair_of(workspace: Workspace, folder: Path) -> Pair:
    """A second computer; the workspace is opened anew."""
    with workspace.unit(workspace.actor) as unit:
        computers.identify(unit)
    two = copied(workspace, folder, PASSWORD)
    one = opening.open_workspace(workspace.path, None, PASSWORD)
    with one.unit(one.actor) as unit:
        own = unit.computers.all()[0]
        unit.computers.put(Computer(**{**vars(own), "id": two._device, "name": "Ноутбук психолога"}))
    bring(one, two)
    return Pair(one, two)


def named(workspace: Workspace, surname: str) -> Pupil:
    return next(one for one in pupils.pupils(workspace, workspace.actor, YEAR) if one.name.surname == surname)


def rename(workspace: Workspace, surname: str, fresh: str, given: str = "") -> None:
    pupil = named(workspace, surname)
    entry = PupilEntry(
        fresh, given or pupil.name.given, pupil.name.patronymic or "", f"{pupil.birth_date:%d.%m.%Y}", group="7А"
    )
    pupils.edit(workspace, workspace.actor, pupil.id, entry, YEAR)

"""What stands in a workspace at the places that ``labour`` tells of."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from inspection import heads
from labour import Places, Room
from sqlalchemy import func, select
from support import FIRST

from profdesk.domain.portfolio import Cell
from profdesk.storage import backup
from profdesk.storage.activity_models import ParticipationRow
from profdesk.storage.models import CertificateRow, NoteRow, OperationRow, PupilRow
from profdesk.storage.psy_models import AnswerRow, ConclusionRow
from profdesk.storage.register_models import PartnerRow
from profdesk.storage.route_models import RouteLineRow
from profdesk.storage.unit_of_work import UnitOfWork
from profdesk.storage.workspace import Workspace


def standing(workspace: Workspace, room: Room, places: Iterable[str]) -> Places:
    """What stands at each of the places; None where there is nothing."""
    with workspace.unit(workspace.actor) as unit:
        reader = _Standing(workspace, unit, room)
        return {place: reader.at(place) for place in places}


class _Standing:
    """Reads each kind of place once, over one unit of work."""

    def __init__(self, workspace: Workspace, unit: UnitOfWork, room: Room) -> None:
        self._workspace = workspace
        self._unit = unit
        self._session = unit.portfolio._session
        self._room = room

    def at(self, place: str) -> object:
        """What stands at a place; None where there is nothing."""
        kind, _, rest = place.partition("/")
        return _READERS[kind](self, rest)

    @cached_property
    def _stages(self) -> dict[Cell, int | None]:
        return dict(self._unit.portfolio.stages(self._room.group, FIRST))

    def stage(self, rest: str) -> object:
        return self._stages.get(Cell(*rest.split("/")))

    @cached_property
    def _notes(self) -> dict[str, str | None]:
        found = self._session.scalars(select(NoteRow).where(NoteRow.superseded_by.is_(None)))
        return {f"{one.pupil_id}/{one.competency}": one.words for one in found}

    def note(self, rest: str) -> object:
        return self._notes.get(rest)

    @cached_property
    def _answers(self) -> dict[str, str | None]:
        return {f"{one.sheet_id}/{one.item}": one.words for one in self._session.scalars(select(AnswerRow))}

    def answer(self, rest: str) -> object:
        return self._answers.get(rest)

    def conclusion(self, rest: str) -> object:
        query = select(ConclusionRow.words).where(ConclusionRow.sheet_id == rest, ConclusionRow.superseded_by.is_(None))
        return self._session.scalar(query)

    def talk(self, rest: str) -> object:
        return _digest(self._unit.talks.content(rest)[1])

    def evidence(self, rest: str) -> object:
        return _digest(self._unit.evidence.content(rest)[1])

    def list(self, rest: str) -> object:
        return self._session.scalar(select(func.count()).where(PupilRow.surname.endswith(rest))) or None

    def certificate(self, rest: str) -> object:
        row = self._session.scalars(select(CertificateRow).where(CertificateRow.number == rest)).one_or_none()
        found = [path for path in self._room.files.glob("*-сертификат.pdf") if row and _is(path, row.sha256)]
        return [found[0].name, row.sha256] if row and found else None

    def partner(self, rest: str) -> object:
        return self._session.scalar(select(PartnerRow.name).where(PartnerRow.id == rest))

    def held(self, rest: str) -> object:
        return self._session.scalar(select(func.count()).where(ParticipationRow.activity_id == rest)) or None

    def route(self, rest: str) -> object:
        return self._session.scalar(select(RouteLineRow.words).where(RouteLineRow.line == rest))

    def batch(self, rest: str) -> object:
        return self._session.scalar(select(func.count()).where(OperationRow.batch == rest))

    def copy(self, rest: str) -> object:
        return (self._workspace.path / backup.FOLDER / rest).is_dir() or None

    @cached_property
    def _heads(self) -> set[str]:
        return {f"{name}/{one}" for name, there in heads(self._session).items() for one in there}

    def journal(self, rest: str) -> object:
        return rest in self._heads


_READERS: dict[str, Callable[[_Standing, str], Any]] = {
    name: getattr(_Standing, name) for name in vars(_Standing) if not name.startswith("_") and name != "at"
}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _is(path: Any, sha256: str) -> bool:
    return _digest(path.read_bytes()) == sha256

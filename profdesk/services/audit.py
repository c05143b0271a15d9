"""The journal of what everybody did: read by acts, written to a workbook, its chain of hashes checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain import rights
from profdesk.domain.access import Actor
from profdesk.domain.audit import Act, Area, Chain, Operation, Wanted
from profdesk.domain.audit_words import lines, subject
from profdesk.domain.changes import Changes
from profdesk.domain.deeds import DeedKind
from profdesk.domain.erasure import GONE
from profdesk.domain.progress import Progress, silent
from profdesk.domain.rights import Right
from profdesk.services import code_titles, deeds, files, programmes, registers
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

_MOST = 500
_PAGE = 1_000
_LARGEST = 100_000
_UNNAMED = "ученик"
"""Stands for a pupil's name where the reader of the journal may not see pupils."""


@dataclass(frozen=True)
class Reading:
    """Acts, the latest first, with the names of users and pupils by id; ``more`` says that there are earlier ones."""

    acts: Sequence[Act]
    users: Mapping[str, str]
    pupils: Mapping[str, str]
    more: bool

    def who(self, act: Act) -> str:
        """The name of who did it."""
        return self.users.get(act.actor, "удалённый пользователь")

    def whom(self, act: Act) -> Sequence[str]:
        """The names of those it was about: pupils, else users."""
        if act.pupils:
            return [self.pupils.get(one, GONE) for one in act.pupils]
        return [self.users[one] for one in act.users if one in self.users]


@dataclass(frozen=True)
class Detail:
    """One operation of an act: its title, the pupil it is about, and its fields in words."""

    operation: Operation
    pupil: str
    lines: Sequence[tuple[str, str]]


@needs(Right.AUDIT_READ)
def acts(workspace: Workspace, actor: Actor, wanted: Wanted, before: str = "", limit: int = _MOST) -> Reading:
    """Read acts older than a reading of the clock (empty: the latest)."""
    with workspace.unit(actor) as unit:
        found = unit.audit.acts(wanted, before or None, limit)
        ids = {pupil for act in found.acts for pupil in act.pupils}
        return Reading(found.acts, unit.users.names(), _pupils(unit, actor, ids), found.more)


@needs(Right.AUDIT_READ)
def details(workspace: Workspace, actor: Actor, act: Act) -> Sequence[Detail]:
    """What an act changed, record by record, at most the first 500.

    Who may not see pupils learns what kind of record it was and nothing that stands in it, unless it speaks of
    users or the organisation; so does everybody of diagnostics of a pupil whose consent to it stands withdrawn.
    """
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        found = unit.audit.operations(act, _MOST)
        pupils = _pupils(unit, actor, {one.pupil for one in found if one.pupil})
        unread = unit.consents.hidden()
        named = {**unit.audit.group_titles(_groups(found)), **unit.users.names(), **pupils}
        titles = {**code_titles.of(unit, programme), **named}
    return [
        Detail(one, pupils.get(one.pupil or "", ""), tuple(lines(one, titles)) if _is_open(actor, one, unread) else ())
        for one in found
    ]


@needs(Right.AUDIT_READ)
def check(workspace: Workspace, actor: Actor, progress: Progress = silent) -> Sequence[Chain]:
    """Check the chain of hashes of each journal that the user can read; ``progress`` counts operations."""
    with workspace.unit(actor) as unit:
        return unit.audit.check(progress)


@needs(Right.AUDIT_READ)
def export(
    workspace: Workspace, actor: Actor, wanted: Wanted, target: Path, progress: Progress = silent
) -> tuple[int, Changes]:
    """Write the acts wanted as XLSX, the latest first, at most 100,000; gives how many."""
    from profdesk.documents import audit_xlsx

    reading = acts(workspace, actor, wanted, limit=_PAGE)
    found, pupils = list(reading.acts), dict(reading.pupils)
    while reading.more and len(found) < _LARGEST:
        progress(len(found), len(found) + _PAGE)
        reading = acts(workspace, actor, wanted, found[-1].reading, _PAGE)
        found += reading.acts
        pupils |= reading.pupils
    files.write(target, audit_xlsx.workbook(found, reading.users, pupils))
    _, changes = deeds.record(workspace, actor, DeedKind.EXPORTED, "журнал действий")
    return len(found), changes


def _pupils(unit: UnitOfWork, actor: Actor, ids: Iterable[str]) -> Mapping[str, str]:
    """Names of pupils who are there, or one word for all of them where the user may not see pupils."""
    wanted = frozenset(ids)
    if not rights.may(actor, Right.PUPILS_READ):
        return dict.fromkeys(wanted, _UNNAMED)
    return {**unit.audit.pupil_names(wanted), **registers.pupil_titles(unit, unit.pupils.known(wanted))}


def _groups(found: Sequence[Operation]) -> frozenset[str]:
    fields = [value for one in found for value in one.fields.get("group_id", ())]
    return frozenset(value for value in fields if isinstance(value, str))


def _is_open(actor: Actor, operation: Operation, unread: Collection[str]) -> bool:
    area = subject(operation.table).area
    if area is Area.DIAGNOSTICS and operation.pupil in unread:
        return False
    return area in (Area.USERS, Area.HOUSE, Area.DEEDS) or rights.may(actor, Right.PUPILS_READ)

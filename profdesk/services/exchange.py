"""Changes on their way between the organisation's computers: written into a file for one of them, and taken from one.

What a file does is looked at by doing it in a transaction that is rolled back, so that it is told as it will be.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk import __version__
from profdesk.domain.access import Actor
from profdesk.domain.changes import Changes
from profdesk.domain.changes import Kind as Shown
from profdesk.domain.computers import Computer
from profdesk.domain.deeds import DeedKind
from profdesk.domain.exchange import DESK, Accepted, Exchanged, Head, Kind, Package, Preview, Sent, Vector
from profdesk.domain.progress import Progress, Report, mute, saying, silent
from profdesk.domain.rights import Right
from profdesk.domain.seats import came_back
from profdesk.errors import READ_ONLY, WorkspaceError, WrongInputError
from profdesk.services import computers, deeds, erasure, files, seats
from profdesk.services.exchange_sending import Sending
from profdesk.services.exchange_taking import STOPPED, Taking
from profdesk.services.guard import needs
from profdesk.services.kinds import kinds_of

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

_SAVING = "Сохраняем"
_RENEWING = "Меняем ключи, МБ"
_OWN = "Это компьютер, за которым вы работаете. Выберите тот, которому отправить изменения."
_NOT_TAKEN = "Этот приём уже отменён. Обновите страницу."


class _LookedError(Exception):
    """Ends the transaction in which a file was looked at."""


@needs(Right.EXCHANGE)
def send(
    workspace: Workspace,
    actor: Actor,
    computer: str,
    path: Path,
    progress: Progress = silent,
    *,
    from_beginning: bool = False,
) -> tuple[Sent, Changes]:
    """Write what a computer has not seen into a file that it alone can open; ``from_beginning``: all there is."""
    from profdesk.signing import exchange_file

    with files.with_commit(), workspace.unit(actor) as unit:
        own, secrets = computers.identify(unit)
        to = _sent_to(unit, computer, own)
        base: Vector = {} if from_beginning else unit.computers.seen(to.id)
        sending = Sending(unit, to, base, progress)
        with files.writing(path) as file:
            exchange_file.write(file, _head(unit, to), sending.frames(), to.address, secrets.signing_key)
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        sent = Sent(to, sending.operations, sending.files)
        unit.packages.add(
            Package("", to.id, False, sha256, {}, sent.operations, sent.files, (), actor.id, datetime.now(UTC))
        )
        deeds.note(unit, DeedKind.SENT, f"Для компьютера «{to.name}»")
        return sent, Changes.of(unit.batch, Shown.COMPUTERS, Shown.DEEDS)


@needs(Right.EXCHANGE)
def look(workspace: Workspace, actor: Actor, path: Path, report: Report = mute) -> Preview:
    """What accepting a file would do; nothing is written. WrongInputError says why it cannot be accepted."""
    with suppress(_LookedError), workspace.unit(actor) as unit:
        found = _with_people(workspace, unit, Taking(unit, actor, path, report).run())
        raise _LookedError
    return found


@needs(Right.EXCHANGE)
def accept(workspace: Workspace, actor: Actor, path: Path, report: Report = mute) -> tuple[Accepted, Changes]:
    """Take in what a file brings, all of it or nothing; WrongInputError says why it cannot be accepted.

    One that brings no record still says what its sender knows, and to a computer that gets a part what may be written.
    """
    if workspace.read_only:
        raise WorkspaceError(READ_ONLY)
    with workspace.unit(actor) as unit:
        taking = Taking(unit, actor, path, report, keep=True)
        found, before = _with_people(workspace, unit, taking.run()), unit.computers.known_in_part()
        taking.acknowledge()
        erased = taking.forget_files(workspace.path)
        told = (Shown.COMPUTERS, Shown.ACTIVITIES) if unit.computers.known_in_part() != before else (Shown.COMPUTERS,)
        if found.is_known:
            return Accepted(None, found), Changes.of(None, *told)
        package = unit.packages.add(taking.package(found), before)
        deeds.note(unit, DeedKind.ACCEPTED, f"С компьютера «{found.sender.name}»")
        changes = Changes.of(unit.batch, *kinds_of(taking.tables), *told, Shown.USERS, Shown.DEEDS)
        report(_SAVING, 1, 1)
    if erased:
        erasure.finish(workspace, actor)
    return Accepted(package, found, seats.follow(workspace, actor, saying(report, _RENEWING))), changes


@needs(Right.EXCHANGE)
def history(workspace: Workspace, actor: Actor) -> Sequence[Exchanged]:
    """Every file that was sent or taken here, the latest first."""
    with workspace.unit(actor) as unit:
        return [_exchanged(unit, one) for one in unit.packages.all()]


@needs(Right.EXCHANGE)
def undo(workspace: Workspace, actor: Actor, package: str) -> tuple[Exchanged, Changes]:
    """Let everything be as if a file had never been taken in; it can be taken in again.

    WrongInputError where something was built on it since.
    """
    if workspace.read_only:
        raise WorkspaceError(READ_ONLY)
    now = datetime.now(UTC)
    with workspace.unit(actor) as unit:
        found = unit.packages.get(package)
        if not found.taken or found.undone_at is not None:
            raise WrongInputError(_NOT_TAKEN)
        unit.exchange.refuse_undo(found.spans)
        workspace.leave_psy(unit.exchange.left(found.spans))
        unseated = unit.users.unseated()
        for name, span in found.spans.items():
            unit.leave(name, unit.exchange.files(name, span))
        merged = [unit.exchange.take_out(name, span) for name, span in found.spans.items()]
        back = [name for user, name in unit.users.unseated().items() if user not in unseated]
        unit.exchange.forget_waiting(found.device)
        before = unit.packages.undo(package, now)
        if before is not None:
            unit.computers.note(unit.computers.own_id, before.seen, before.roots, now)
        undone = _exchanged(unit, unit.packages.get(package))
        deeds.note(unit, DeedKind.UNDONE, f"С компьютера «{undone.computer}»")
        kinds = kinds_of(table for one in merged for table, _ in one.touched)
        changes = Changes.of(unit.batch, *kinds, Shown.COMPUTERS, Shown.USERS, Shown.DEEDS)
    workspace.sweep_files()
    return replace(undone, people=" ".join(filter(None, (came_back(back), seats.follow(workspace, actor))))), changes


@needs(Right.EXCHANGE)
def waiting(workspace: Workspace, actor: Actor) -> Mapping[str, int]:
    """How many operations each other computer has not seen, by what it told last, but for those stopped."""
    with workspace.unit(actor) as unit:
        others = [one for one in computers.listed(unit) if one.id != unit.computers.own_id and one.stopped_at is None]
        return {one.id: _waiting(unit, one) for one in others}


def _waiting(unit: UnitOfWork, to: Computer) -> int:
    seen = unit.computers.seen(to.id)
    names = (name for name in unit.exchange.names if name == DESK or to.gets_psy)
    return sum(unit.exchange.waiting(name, seen.get(name, {}), to) for name in names)


def _with_people(workspace: Workspace, unit: UnitOfWork, found: Preview) -> Preview:
    """The same with what it does to passwords of this computer."""
    from profdesk.storage import seats as storage

    return replace(found, warnings=(*found.warnings, *storage.outlook(workspace, unit).outlook))


def _exchanged(unit: UnitOfWork, package: Package) -> Exchanged:
    computer = next((one.name for one in unit.computers.all() if one.id == package.device), "другой компьютер")
    return Exchanged(package, computer, unit.users.names().get(package.actor, ""))


def _sent_to(unit: UnitOfWork, computer: str, own: Computer) -> Computer:
    to = unit.computers.now_of(computer)
    if to.id == own.id:
        raise WrongInputError(_OWN)
    if to.stopped_at is not None:
        raise WrongInputError(STOPPED.format(to.name))
    return to


def _head(unit: UnitOfWork, to: Computer) -> Head:
    from profdesk.storage.migrate import HEAD

    return Head(
        kind=Kind.CHANGES,
        workspace=unit.organisation.get().id,
        sender=unit.computers.known_as(to.id),
        receiver=to.id,
        schema=HEAD,
        program=__version__,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )

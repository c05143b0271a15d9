"""The computers that work on the organisation's records: this one's own identity, and how another one joins.

A workspace package is what a new computer begins with: a file of changes from the beginning, for a named person. The
secrets of the new computer are made with it and lie in its head, under a code that is told apart from the file.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk import __version__
from profdesk.domain import joining, rights, users
from profdesk.domain.access import PSYCHOLOGISTS, SIGNERS, Actor
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.computers import Computer
from profdesk.domain.deeds import DeedKind
from profdesk.domain.exchange import DESK, Head
from profdesk.domain.exchange import Kind as FileKind
from profdesk.domain.joining import Invitation
from profdesk.domain.progress import Progress, silent
from profdesk.domain.rights import Right
from profdesk.domain.users import Draft
from profdesk.errors import WrongInputError
from profdesk.services import deeds, files, invitations
from profdesk.services.exchange_sending import Sending
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.signing.exchange_file import Frame
    from profdesk.storage.computers import Secrets
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace


@needs(Right.EXCHANGE)
def all_of(workspace: Workspace, actor: Actor) -> Sequence[Computer]:
    """Every computer, the first one first; none before a second one was thought of."""
    with workspace.unit(actor) as unit:
        return listed(unit)


def listed(unit: UnitOfWork) -> Sequence[Computer]:
    """The same inside a unit of work: each once, as it is called now."""
    return [one for one in unit.computers.all() if one.replaced_by is None]


@needs(Right.EXCHANGE)
def own_id(workspace: Workspace, actor: Actor) -> str:
    """The id of this computer, which it has from the beginning."""
    with workspace.unit(actor) as unit:
        return unit.computers.own_id


@needs(Right.COMPUTERS)
def stop(workspace: Workspace, actor: Actor, computer: str) -> tuple[Computer, Changes]:
    """Send nothing to a computer any more and take nothing from it; WrongInputError for this one."""
    with workspace.unit(actor) as unit:
        if computer == unit.computers.own_id:
            raise WrongInputError("Это компьютер, за которым вы работаете. Выберите другой.")
        stopped = replace(unit.computers.get(computer), stopped_at=datetime.now(UTC))
        unit.computers.put(stopped)
        return stopped, Changes.of(unit.batch, Kind.COMPUTERS)


@needs(Right.COMPUTERS)
def rename(workspace: Workspace, actor: Actor, computer: str, name: str) -> tuple[Computer, Changes]:
    """Call a computer otherwise; WrongInputError if the name is taken."""
    with workspace.unit(actor) as unit:
        there = unit.computers.all()
        named = joining.checked_name(name, [one for one in there if one.id != computer])
        renamed = replace(unit.computers.get(computer), name=named)
        unit.computers.put(renamed)
        return renamed, Changes.of(unit.batch, Kind.COMPUTERS)


@needs(Right.COMPUTERS)
def kit(
    workspace: Workspace,
    actor: Actor,
    person: str | Draft,
    name: str,
    whole: bool,
    path: Path,
    progress: Progress = silent,
) -> tuple[str, Changes]:
    """Write a workspace package for somebody's new computer; gives the code to be told apart from it.

    ``person`` is the id of a user, or says whom to add, which needs the right to keep users. WrongInputError, saying
    who can, if the maker lacks a key that the person's roles need.
    """
    from profdesk.signing import code_lock, exchange_file
    from profdesk.storage import vault

    if isinstance(person, Draft):
        rights.granted(actor, Right.USERS_WRITE)
    code = vault.recovery_code()
    with files.with_commit(), workspace.unit(actor) as unit:
        own, secrets_here = identify(unit)
        user = _invited(unit, person)
        joining.check_keys(own, user.roles, psy=unit.holds_psy, seal=workspace.keys.seal is not None)
        new, secrets = _newcomer(unit, own, user, name, whole=whole)
        unit.computers.put(new)
        deeds.note(unit, DeedKind.SENT, f"Пакет рабочей папки: {new.name}")
        sending = Sending(unit, new, {}, progress)
        told = Invitation(new, user, unit.organisation.get().short_name, own.name, sending.pupils)
        locked = code_lock.lock(invitations.written(told, secrets, own.verifying_key), vault.plain_code(code))
        head = _head(unit, own, new, base64.b64encode(locked).decode())
        frames = chain([_keys_frame(unit, user)], sending.frames())
        with files.writing(path) as file:
            exchange_file.write(file, head, frames, new.address, secrets_here.signing_key)
        seen = {name: known for name, known in unit.exchange.known().items() if name == DESK or new.gets_psy}
        unit.computers.note(new.id, seen, unit.exchange.roots(new), datetime.now(UTC))
        return code, Changes.of(unit.batch, Kind.COMPUTERS, Kind.USERS, Kind.DEEDS)


@needs(Right.COMPUTERS)
def code_sheet(workspace: Workspace, actor: Actor, code: str, computer: str, person: str) -> bytes:
    """Draw the sheet with the code of a workspace package, to be handed over apart from it."""
    from profdesk.documents import joining_sheet

    with workspace.unit(actor) as unit:
        organisation = unit.organisation.get().short_name
    return joining_sheet.joining_sheet(code, organisation, computer, person)


def identify(unit: UnitOfWork) -> tuple[Computer, Secrets]:
    """This computer with its secrets, which are made when they are first needed.

    A psychologist's secret is made when a psychologist is at work.
    """
    from profdesk.signing import exchange_file
    from profdesk.storage.computers import Secrets, key_text

    store, there = unit.computers, {one.id: one for one in unit.computers.all()}
    known, computer = store.secrets(), there.get(store.own_id)
    if known is None:
        signing_key, secret = exchange_file.new_keys()
        known = Secrets(signing_key, secret, None)
    if known.psy is None and unit.holds_psy and (computer is None or computer.gets_psy or computer.series == ""):
        known = Secrets(known.signing_key, known.desk, exchange_file.new_keys()[1])
    told = Computer(
        id=store.own_id,
        name=store.own_name if computer is None else computer.name,
        person=None if computer is None else computer.person,
        series="" if computer is None else computer.series,
        whole=computer is None or computer.whole,
        verifying_key=key_text(exchange_file.verifying_key(known.signing_key)),
        address=exchange_file.address(known.desk),
        psy_address=_psy_address(known, computer),
        added_at=datetime.now(UTC) if computer is None else computer.added_at,
        stopped_at=None if computer is None else computer.stopped_at,
    )
    if store.secrets() != known:
        unit.erasure.tell_anew()
    store.keep(known)
    if told != computer:
        store.put(told)
    return told, known


def _psy_address(known: Secrets, computer: Computer | None) -> str | None:
    from profdesk.signing import exchange_file

    if known.psy is not None:
        return exchange_file.address(known.psy)
    return None if computer is None else computer.psy_address


def _invited(unit: UnitOfWork, person: str | Draft) -> Actor:
    """Who is to work at the new computer, added first if nobody of here."""
    known = unit.users.all()
    if isinstance(person, Draft):
        checked = users.checked(person, [one for one in known if one.removed_at is None])
        added = unit.users.add(checked, datetime.now(UTC))
        unit.class_teachers.give(added, checked.classes, unit.organisation.get().period.year)
        return Actor(added, checked.name, checked.post, checked.roles)
    found = unit.users.get(person)
    if found.removed_at is not None:
        raise WrongInputError(f"{found.name} здесь больше не работает. Выберите другого.")
    return found.actor


def _newcomer(unit: UnitOfWork, own: Computer, user: Actor, name: str, *, whole: bool) -> tuple[Computer, Secrets]:
    """The computer that is to join, and its secrets, which are made here and forgotten here."""
    from profdesk.signing import exchange_file
    from profdesk.storage.computers import Secrets, key_text
    from profdesk.storage.models import new_id

    there = unit.computers.all()
    signing_key, desk = exchange_file.new_keys()
    psy = exchange_file.new_keys()[1] if user.roles & PSYCHOLOGISTS else None
    computer = Computer(
        id=new_id(),
        name=joining.checked_name(name, there),
        person=user.id,
        series=joining.next_series(own, there),
        whole=whole,
        verifying_key=key_text(exchange_file.verifying_key(signing_key)),
        address=exchange_file.address(desk),
        psy_address=None if psy is None else exchange_file.address(psy),
        added_at=datetime.now(UTC),
    )
    return computer, Secrets(signing_key, desk, psy)


def _head(unit: UnitOfWork, own: Computer, new: Computer, lock: str) -> Head:
    from profdesk.storage.migrate import HEAD

    organisation, now = unit.organisation.get().id, datetime.now(UTC).isoformat()
    return Head(FileKind.WORKSPACE, organisation, own.id, new.id, HEAD, __version__, now, lock)


def _keys_frame(unit: UnitOfWork, user: Actor) -> Frame:
    """The organisation's signing keys, their private parts only for whoever signs."""
    from profdesk.signing.exchange_file import Frame

    return Frame(invitations.KEYS, invitations.keys_written(unit.keys.kept(private=bool(user.roles & SIGNERS))))

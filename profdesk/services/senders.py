"""The organisations a department expects summaries from: written, withdrawn, their keys taken, compared and revoked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain import key_file, sender_table
from profdesk.domain import senders as domain
from profdesk.domain.access import Actor
from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.rights import Right
from profdesk.domain.sender_table import SenderTable
from profdesk.domain.senders import KeyRecord, KeyState, Listed, Sender, SenderDraft, SenderKey
from profdesk.errors import WrongInputError
from profdesk.services import files, key_files
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

_LARGEST_KEY = 64 * 1024
_VOUCHED = "за него ручается ключ организации"


@dataclass(frozen=True)
class Offer:
    """What a file from somebody unknown would put on the list: an organisation, and its key (PEM) to be compared."""

    draft: SenderDraft
    certificate: bytes


@dataclass(frozen=True)
class KeysTaken:
    """Whose keys were kept (of each the keys of its file alone), and a sentence for each file that was not taken."""

    taken: tuple[Listed, ...]
    refused: tuple[str, ...]


@needs(Right.SENDERS_READ)
def listed(workspace: Workspace, actor: Actor) -> Sequence[Listed]:
    """The organisations by name with their keys; those withdrawn are left out."""
    with workspace.unit(actor) as unit:
        found = [one for one in unit.senders.all() if not one.is_withdrawn]
        keys = described(unit)
    own = [Listed(one, tuple(key for key in keys if key.record.sender_id == one.id)) for one in found]
    return sorted(own, key=lambda one: one.sender.order)


@needs(Right.SENDERS_WRITE)
def add(workspace: Workspace, actor: Actor, draft: SenderDraft) -> tuple[Sender, Step, Changes]:
    """Put an organisation on the list, or one of that name that was withdrawn back with its keys and summaries.

    WrongInputError if one is called so already.
    """
    with workspace.unit(actor) as unit:
        added = _add(unit, draft.tidy)
        return added, _step(unit, f"добавлена «{added.name}»", added), Changes.of(unit.batch, Kind.SENDERS)


@needs(Right.SENDERS_WRITE)
def change(workspace: Workspace, actor: Actor, sender: str, draft: SenderDraft) -> tuple[Sender, Step, Changes]:
    """Write what is known of an organisation anew."""
    with workspace.unit(actor) as unit:
        wanted = draft.tidy
        _check_free(unit, wanted, sender)
        changed = unit.senders.change(sender, wanted)
        return changed, _step(unit, f"изменена «{changed.name}»", changed), Changes.of(unit.batch, Kind.SENDERS)


@needs(Right.SENDERS_WRITE)
def take_table(workspace: Workspace, actor: Actor, path: Path) -> tuple[tuple[SenderTable, Step], Changes]:
    """Add the organisations of a table's file, and fill in what is empty of those that are there, in one step."""
    from profdesk.intake import roster_file

    sheets = roster_file.read(path)
    with workspace.unit(actor) as unit:
        there = [one for one in unit.senders.all() if not one.is_withdrawn]
        found = sender_table.plan(sheets, there, path.name)
        for draft in found.added:
            _add(unit, draft)
        for sender, draft in found.changed.items():
            unit.senders.change(sender, draft)
        written = len(found.added) + len(found.changed)
        batch = unit.batch if written else None
        step = Step(f"список «{path.name}»", batch, tuple(found.changed))
        return (found, step), Changes.of(batch, *((Kind.SENDERS,) if written else ()))


@needs(Right.SENDERS_WRITE)
def withdraw(workspace: Workspace, actor: Actor, sender: str) -> tuple[Step, Changes]:
    """Take an organisation off the list: nothing more is asked of it, and what it sent counts no longer."""
    with workspace.unit(actor) as unit:
        gone = unit.senders.withdraw(sender, datetime.now(UTC))
        return _step(unit, f"убрана «{gone.name}»", gone), Changes.of(unit.batch, Kind.SENDERS, Kind.RECEIVED)


@needs(Right.SENDERS_WRITE)
def take_key_file(workspace: Workspace, actor: Actor, path: Path, sender: str | None = None) -> tuple[Listed, Changes]:
    """Keep the keys of a key file, or the one of a certificate's file (PEM or DER), yet to be compared.

    Whoever a key file names is put on the list if it is not there and no ``sender`` is given. Persons' keys that an
    already compared key of the organisation vouches for need no comparing. WrongInputError says what is wrong.
    """
    from profdesk.signing import keys

    if path.suffix.lower() == key_file.ENDING:
        told = key_files.read_key_file(path)
        draft = SenderDraft(told.kind, told.legal_form, told.name, told.short_name)
        return _take_file(workspace, actor, draft, told.certificates, sender)
    certificate = files.read(path, largest=_LARGEST_KEY)
    info = keys.describe(certificate)
    with workspace.unit(actor) as unit:
        there = [one for one in unit.senders.all() if not one.is_withdrawn]
        found = unit.senders.get(sender) if sender else domain.named(there, info.organisation, info.holder)
        if found is None:
            raise WrongInputError(f"Организации «{info.holder}» нет в списке. Добавьте её, потом возьмите её ключ.")
        return Listed(found, (_take_key(unit, found.id, certificate),)), Changes.of(unit.batch, Kind.SENDERS)


@needs(Right.SENDERS_WRITE)
def take_key_files(
    workspace: Workspace, actor: Actor, paths: Sequence[Path], sender: str | None = None
) -> tuple[KeysTaken, Changes]:
    """The same of several files: what cannot be taken is told and left out."""
    taken: list[Listed] = []
    refused: list[str] = []
    changes = Changes()
    for path in paths:
        try:
            listed_now, changes = take_key_file(workspace, actor, path, sender)
            taken.append(listed_now)
        except WrongInputError as error:
            refused.append(f"«{path.name}»: {error.message}")
    return KeysTaken(tuple(taken), tuple(refused)), changes


@needs(Right.SENDERS_WRITE)
def take_key(workspace: Workspace, actor: Actor, sender: str, certificate: bytes) -> tuple[SenderKey, Changes]:
    """Keep a certificate's key for an organisation; one that is there already is given as it stands.

    One that stood under another organisation goes over to this one unless it was compared with the other.
    """
    with workspace.unit(actor) as unit:
        key = _take_key(unit, sender, certificate)
        return key, Changes.of(unit.batch, Kind.SENDERS)


@needs(Right.SENDERS_WRITE)
def accept(workspace: Workspace, actor: Actor, offer: Offer) -> tuple[Listed, Changes]:
    """Put an offered organisation on the list, if it is not there, with its key to be compared."""
    return _take_file(workspace, actor, offer.draft, (offer.certificate,), None)


@needs(Right.SENDERS_WRITE)
def confirm(workspace: Workspace, actor: Actor, key: str, whom: str) -> tuple[SenderKey, Step, Changes]:
    """Note that the fingerprint was compared by telephone, and with whom: from now on the key counts.

    So do the keys of persons that came in the same key file after it.
    """
    if not whom.strip():
        raise WrongInputError("Напишите, с кем сверили: фамилию или должность того, кто назвал отпечаток.")
    now = datetime.now(UTC)
    with workspace.unit(actor) as unit:
        state = _described(unit.senders.key(key)).state(now)
        if state is not KeyState.WAITING:
            raise WrongInputError(f"Сверять нечего. Состояние ключа: {state.label}.")
        record = unit.senders.confirm(key, " ".join(whom.split()), now)
        sender = unit.senders.get(record.sender_id)
        for one in unit.senders.all_keys():
            if one.sender_id == sender.id and one.received_at == record.received_at and record.id < one.id:
                _vouched(unit, _described(one), now)
        changes = Changes.of(unit.batch, Kind.SENDERS, Kind.RECEIVED)
        return _described(record), _step(unit, f"сверен ключ, «{sender.name}»", sender), changes


@needs(Right.SENDERS_WRITE)
def revoke(workspace: Workspace, actor: Actor, key: str, reason: str) -> tuple[SenderKey, Step, Changes]:
    """Count nothing more that is signed by a key; what was received before still counts."""
    if not reason.strip():
        raise WrongInputError("Напишите, почему ключу больше не верят: например, компьютер украден.")
    now = datetime.now(UTC)
    with workspace.unit(actor) as unit:
        if unit.senders.key(key).revoked_at is not None:
            raise WrongInputError("Этот ключ уже отозван.")
        record = unit.senders.revoke(key, " ".join(reason.split()), now)
        sender = unit.senders.get(record.sender_id)
        changes = Changes.of(unit.batch, Kind.SENDERS, Kind.RECEIVED)
        return _described(record), _step(unit, f"отозван ключ, «{sender.name}»", sender), changes


@needs(Right.HOUSE_READ)
def trusted(workspace: Workspace, actor: Actor) -> Sequence[bytes]:
    """The certificates (PEM) whose signatures count now."""
    now = datetime.now(UTC)
    with workspace.unit(actor) as unit:
        return [key.record.certificate for key in described(unit) if key.state(now) is KeyState.GOOD]


def described(unit: UnitOfWork) -> Sequence[SenderKey]:
    """Every key of the list with what its certificate says, the latest first."""
    return [_described(record) for record in unit.senders.all_keys()]


def _described(record: KeyRecord) -> SenderKey:
    from profdesk.signing import keys

    return SenderKey(record, keys.describe(record.certificate))


def _take_file(
    workspace: Workspace, actor: Actor, draft: SenderDraft, certificates: Sequence[bytes], sender: str | None
) -> tuple[Listed, Changes]:
    now, wanted = datetime.now(UTC), draft.tidy
    with workspace.unit(actor) as unit:
        there = [one for one in unit.senders.all() if not one.is_withdrawn]
        found = unit.senders.get(sender) if sender else domain.named(there, wanted.full_name, wanted.short_name)
        owner = found or _add(unit, domain.apart(wanted, there))
        own, *persons = [_take_key(unit, owner.id, one, now) for one in certificates]
        if own.state(now) is KeyState.GOOD:
            persons = [_vouched(unit, one, now) for one in persons]
        return Listed(owner, (own, *persons)), Changes.of(unit.batch, Kind.SENDERS, Kind.RECEIVED)


def _vouched(unit: UnitOfWork, key: SenderKey, now: datetime) -> SenderKey:
    if key.state(now) is not KeyState.WAITING:
        return key
    return _described(unit.senders.confirm(key.record.id, _VOUCHED, now))


def _take_key(unit: UnitOfWork, sender: str, certificate: bytes, now: datetime | None = None) -> SenderKey:
    from profdesk.signing import keys

    pem = keys.to_pem(certificate)
    info = keys.describe(pem)
    there = next((one for one in unit.senders.all_keys() if one.fingerprint == info.fingerprint), None)
    at = now or datetime.now(UTC)
    if there is None:
        return SenderKey(unit.senders.add_key(sender, pem, info.fingerprint, at), info)
    if there.sender_id != sender and there.confirmed_at is None:
        return SenderKey(unit.senders.give_key(there.id, sender, at), info)
    if there.sender_id != sender:
        other = unit.senders.get(there.sender_id)
        gone = " Она убрана из списка: чтобы вернуть её с ключом, добавьте её снова под этим названием."
        raise WrongInputError(
            f"Этот ключ уже сверен с организацией «{other.name}».{gone if other.is_withdrawn else ''}"
        )
    return SenderKey(there, info)


def _add(unit: UnitOfWork, draft: SenderDraft) -> Sender:
    _check_free(unit, draft)
    former = domain.named([one for one in unit.senders.all() if one.is_withdrawn], draft.full_name, draft.short_name)
    if former is None:
        return unit.senders.add(draft, datetime.now(UTC))
    unit.senders.withdraw(former.id, None)
    return unit.senders.change(former.id, draft)


def _check_free(unit: UnitOfWork, draft: SenderDraft, own: str = "") -> None:
    domain.ensure_free(draft, (one for one in unit.senders.all() if one.id != own and not one.is_withdrawn))


def _step(unit: UnitOfWork, words: str, sender: Sender) -> Step:
    return Step(words, unit.batch, (sender.id,))

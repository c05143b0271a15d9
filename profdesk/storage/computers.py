"""The register of computers, and this one's own secrets, which are in no journal and leave it never."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from profdesk.domain.computers import Computer, renewed
from profdesk.domain.exchange import DESK, Vector
from profdesk.domain.exchange_known import Known
from profdesk.errors import NotFoundError
from profdesk.storage import torn_chains
from profdesk.storage.exchange_models import ComputerRow, ErasureTallyRow, PeerRow, PsyAddressRow
from profdesk.storage.models import DeviceRow
from profdesk.storage.taken_over import TakenOver

_SAID_OF_OTHERS = ("name", "stopped_at")
"""What is said of a computer elsewhere than on it, once it is known."""


@dataclass(frozen=True)
class Secrets:
    """What this computer signs and opens with; ``psy`` only where its user holds the psychologists' key."""

    signing_key: bytes = field(repr=False)
    desk: str = field(repr=False)
    psy: str | None = field(repr=False)


class ComputerStore:
    """Computers as domain values; this one's secrets are made by ``services.computers`` and kept here."""

    def __init__(self, session: Session, *, psy: bool) -> None:
        self._session = session
        self._psy = psy

    @property
    def own_id(self) -> str:
        """The id of this computer."""
        return self._session.scalars(select(DeviceRow.id)).one()

    @property
    def own_name(self) -> str:
        """What this computer was called when its workspace was made."""
        return self._session.scalars(select(DeviceRow.name)).one()

    @property
    def is_without_psy(self) -> bool:
        """Whether this computer never gets what only psychologists read."""
        return self._session.scalars(select(DeviceRow.spare_psy_key)).one() is not None

    def all(self) -> Sequence[Computer]:
        """Every computer, the first one first; none before a second one was thought of.

        One that was stopped under any of its ids is stopped under all of them.
        """
        rows = self._session.scalars(select(ComputerRow).order_by(ComputerRow.added_at, ComputerRow.id)).all()
        stopped = {row.verifying_key: row.stopped_at for row in rows if row.stopped_at is not None}
        return [_computer(row, row.stopped_at or stopped.get(row.verifying_key)) for row in rows]

    def get(self, computer: str) -> Computer:
        """One of them; NotFoundError if it is not known."""
        found = next((one for one in self.all() if one.id == computer), None)
        if found is None:
            raise NotFoundError("Такого компьютера нет в списке. Обновите страницу.")
        return found

    def put(self, computer: Computer) -> None:
        """Add a computer, or write anew what is known of it."""
        row = self._session.get(ComputerRow, computer.id)
        if row is None:
            row = ComputerRow(id=computer.id)
            self._session.add(row)
        for name, value in _fields(computer).items():
            setattr(row, name, value)

    def begin(self, computer: Computer, secrets: Secrets) -> None:
        """Be that computer, of which the journal that is about to come tells: what it gets decides what is taken."""
        row = {"id": computer.id, **_fields(computer)}
        self._session.execute(insert(ComputerRow), [row])
        self.keep(secrets)

    @property
    def gets_all(self) -> bool:
        """Whether this computer gets all records, and not only those that its person's rights reach."""
        row = self._session.get(ComputerRow, self.own_id)
        return row is None or row.whole

    @property
    def own_chains(self) -> frozenset[str]:
        """The ids under which this computer has written: its own, and those that it had before a restore."""
        return self._chains_of(self.own_id)

    def _chains_of(self, own: str) -> frozenset[str]:
        former = {row.id: row.replaced_by for row in self._session.scalars(select(ComputerRow))}
        found = {own}
        while more := {one for one, by in former.items() if by in found} - found:
            found |= more
        return frozenset(found)

    def now_of(self, computer: str) -> Computer:
        """A computer as it is called now, if it has taken another id since; NotFoundError if it is not known."""
        found, gone_by = self.get(computer), set[str]()
        while found.replaced_by is not None and found.replaced_by not in gone_by:
            gone_by.add(found.id)
            fresh = self.get(found.replaced_by)
            if fresh.verifying_key != found.verifying_key:
                break
            found = fresh
        return found

    def known_as(self, to: str) -> str:
        """The id under which another computer certainly knows this one: an older one until it has told of the new."""
        if self.seen(to).get(DESK, {}).get(self.own_id):
            return self.own_id
        return next((one.id for one in self.all() if one.id in self.own_chains), self.own_id)

    def renew(self, fresh: str, now: datetime) -> None:
        """Go on under a fresh id: others know more of what was done under the former one than this computer does."""
        there, own = {one.id: one for one in self.all()}, self.own_id
        self._session.execute(update(DeviceRow).values(id=fresh))
        for row in self._session.scalars(select(ErasureTallyRow).where(ErasureTallyRow.device == own)).all():
            counted = {"operations": row.operations, "psy_operations": row.psy_operations}
            self._session.add(ErasureTallyRow(erasure_id=row.erasure_id, device=fresh, **counted))
        if own in there:
            former = [one for one in there.values() if one.id in self._chains_of(own)]
            self.put(renewed(there[own], there.values(), fresh, now))
            for one in former:
                self.put(replace(one, replaced_by=fresh))
        if (known := self._session.get(PeerRow, own)) is not None:
            self._session.add(PeerRow(device=fresh, seen=known.seen, pupils=known.pupils, told_at=known.told_at))

    def take_over(self, known: TakenOver, *, journaled: bool) -> None:
        """Be, for all others, the computer whose records an older copy takes the place of, and know whom it knew.

        ``journaled`` where whoever restored may say of computers what they are, but for what each says of itself. Else
        only the ids that it had itself are: what others journaled comes back with their files.
        """
        there = {one.id for one in self.all()}
        own = next((told["verifying_key"] for told in known.computers if told["id"] == known.id), None)
        for told in known.computers:
            is_own, is_new = told["verifying_key"] == own, told["id"] not in there
            if (is_own or is_new) if journaled else (is_own and is_new):
                self._session.merge(ComputerRow(**told))
            elif journaled:
                self._session.merge(ComputerRow(**{name: told[name] for name in ("id", *_SAID_OF_OTHERS)}))
        self._session.flush()
        for told in known.computers:
            self._session.execute(delete(ComputerRow).where(ComputerRow.id == told["id"]))
            self._session.execute(insert(ComputerRow), [dict(told)])
        self._session.execute(update(DeviceRow).values(id=known.id))
        self._session.expire_all()
        self.keep(Secrets(known.signing_key, known.secret, known.psy))

    def forget_known(self) -> None:
        """Know nothing of others' chains, where this computer gets a part: not all of it could be saved."""
        self._session.execute(delete(PeerRow).where(PeerRow.device == self.own_id))

    def known_in_part(self) -> Known | None:
        """What this computer knows of others' chains, where it gets a part; None where it gets all there is."""
        return None if self.gets_all else Known(self.seen(self.own_id), self.pupils(self.own_id))

    def learn(self, sender: Computer, seen: Vector, roots: frozenset[str], now: datetime) -> None:
        """Write down, where this computer gets a part, what it knows once it has taken all that a sender sent it.

        Where it gets everything it knows that by its chains, of which none may stay torn.
        """
        known = self.known_in_part()
        if known is None:
            torn_chains.cut(self._session, seen, psy=self._psy)
            return
        if sender.whole:
            known = known.after(seen, roots)
        else:
            theirs = {name: {sender.id: chains.get(sender.id, 0)} for name, chains in seen.items()}
            known = known.after(theirs, known.roots)
        self.note(self.own_id, known.seen, known.roots, now)

    def secrets(self) -> Secrets | None:
        """This computer's secrets; None before they were made."""
        row = self._session.scalars(select(DeviceRow)).one()
        if row.signing_key is None or row.secret is None:
            return None
        psy = self._session.scalar(select(PsyAddressRow.secret)) if self._psy else None
        return Secrets(row.signing_key, row.secret, psy)

    def keep(self, secrets: Secrets) -> None:
        """Keep this computer's secrets."""
        row = self._session.scalars(select(DeviceRow)).one()
        row.signing_key, row.secret = secrets.signing_key, secrets.desk
        if secrets.psy is not None:
            self._session.merge(PsyAddressRow(device=row.id, secret=secrets.psy))

    def seen(self, computer: str) -> Vector:
        """How far a computer has said that it knows the chains."""
        row = self._session.get(PeerRow, computer)
        found: Mapping[str, Mapping[str, int]] = {} if row is None else json.loads(row.seen)
        return found

    def pupils(self, computer: str) -> frozenset[str]:
        """What a computer that gets a part has all of: its roots, as ``exchange_part`` tells them."""
        row = self._session.get(PeerRow, computer)
        return frozenset() if row is None else frozenset(json.loads(row.pupils))

    def note(self, computer: str, seen: Vector, pupils: frozenset[str], now: datetime) -> None:
        """Write down what a computer says that it knows."""
        told = json.dumps({name: dict(chains) for name, chains in seen.items()}, sort_keys=True)
        known = json.dumps(sorted(pupils))
        self._session.merge(PeerRow(device=computer, seen=told, pupils=known, told_at=now.isoformat()))


def key_text(raw: bytes) -> str:
    """A key as the register of computers keeps it."""
    return base64.b64encode(raw).decode()


def key_bytes(text: str) -> bytes:
    """The key again; ValueError if it is none."""
    return base64.b64decode(text, validate=True)


def _fields(computer: Computer) -> Mapping[str, str | bool | None]:
    return {
        "name": computer.name,
        "person": computer.person,
        "series": computer.series,
        "whole": computer.whole,
        "verifying_key": computer.verifying_key,
        "address": computer.address,
        "psy_address": computer.psy_address,
        "added_at": computer.added_at.isoformat(),
        "stopped_at": None if computer.stopped_at is None else computer.stopped_at.isoformat(),
        "replaced_by": computer.replaced_by,
    }


def _computer(row: ComputerRow, stopped_at: str | None) -> Computer:
    return Computer(
        id=row.id,
        name=row.name,
        person=row.person,
        series=row.series,
        whole=row.whole,
        verifying_key=row.verifying_key,
        address=row.address,
        psy_address=row.psy_address,
        added_at=datetime.fromisoformat(row.added_at),
        stopped_at=None if stopped_at is None else datetime.fromisoformat(stopped_at),
        replaced_by=row.replaced_by,
    )

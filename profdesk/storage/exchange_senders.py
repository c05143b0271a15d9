"""Whether a computer can have done what its file says: in whose chains, in whose name, and what it says of itself.

One with all records hands on what others did, and could say anything. One that gets a part sends what was done on it
alone, so nobody can use it to write in the name of somebody who does not work there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.domain import computers, exchange_rights, rights
from profdesk.domain.access import Role
from profdesk.domain.computers import Computer
from profdesk.domain.operations import Verb
from profdesk.domain.rights import Right
from profdesk.storage import exchange_plan
from profdesk.storage.exchange_models import ComputerRow, QuarantinedRow
from profdesk.storage.models import OperationRow, PupilRow, table_of
from profdesk.storage.people_models import ErasedPupilRow, ErasureRow, UserRow

Operation = Mapping[str, Any]
_COMPUTERS = ComputerRow.__tablename__
_AS_BEFORE = ("person", "whole", "address")
"""What stays with a computer that takes another id."""
_SETTLED = ("person", "whole", "series")
"""What stays of a computer for ever."""
_KEYS = ("verifying_key", "address", "psy_address")
_LOOKED_AT = (*_SETTLED, *_KEYS, "replaced_by")


def can_send(session: Session, schema: str, operations: Sequence[Operation], sender: Computer) -> bool:
    """Whether all of these can be of that computer."""
    if schema == "psy" and operations and not _has_psy(session, sender):
        return False
    said = [one for one in operations if one["table_name"] == _COMPUTERS and one["verb"] != Verb.DELETE]
    identities = _Identities(session, said, sender)
    if not all(map(identities.can_be, said)):
        return False
    if sender.whole:
        return True
    own_chains = identities.of_key(sender.verifying_key)
    return all(one["device"] in own_chains for one in operations) and (
        lets_others_in(session, sender) or _are_of_person(session, operations, sender)
    )


def keys(session: Session, operations: Iterable[Operation]) -> Mapping[str, str]:
    """What each computer's files are proven by, of those too of which some operations tell first.

    Of whom these tell in two ways nothing is known.
    """
    there = {one: key for one, key in session.execute(select(ComputerRow.id, ComputerRow.verifying_key)) if key}
    told: dict[str, set[str]] = {}
    for one in operations:
        if one["table_name"] == _COMPUTERS and one["verb"] == Verb.INSERT:
            told.setdefault(one["record"], set()).add(str(_after(one).get("verifying_key") or ""))
    return {**{one: found.pop() for one, found in told.items() if len(found) == 1}, **there}


def is_of_itself(one: Operation, known: Mapping[str, str]) -> bool:
    """Whether an operation is about the computer on which it was done, be it by another id of before or after."""
    key = known.get(one["record"])
    return bool(one["device"] == one["record"] or (key is not None and known.get(one["device"]) == key))


def _has_psy(session: Session, sender: Computer) -> bool:
    """Whether psychologists work there: where their records are sent, or where everything began."""
    return any(one["psy_address"] or not one["series"] for one in _known(session, sender.verifying_key))


def lets_others_in(session: Session, computer: Computer) -> bool:
    """Whether others than its person may work at a computer that gets a part: who keeps users gives them passwords."""
    return rights.reach(roles(session).get(computer.person or "", ()), Right.USERS_WRITE) is not None


def roles(session: Session) -> Mapping[str, frozenset[Role]]:
    """Every role that each user ever had, by what waits because of a clock too: it was looked at when it came."""
    query = select(OperationRow.record, OperationRow.fields).where(OperationRow.table_name == UserRow.__tablename__)
    waiting = map(json.loads, session.scalars(select(QuarantinedRow.operation)))
    users = ((one["record"], one["fields"]) for one in waiting if one["table_name"] == UserRow.__tablename__)
    found: dict[str, frozenset[Role]] = {}
    for record, fields in (*session.execute(query), *users):
        found[record] = found.get(record, frozenset()) | (given_roles(json.loads(fields)) or frozenset())
    return found


def given_roles(fields: Mapping[str, Sequence[str]]) -> frozenset[Role] | None:
    """What an operation on a user gives; a role that this program does not know gives nothing."""
    _, told = fields.get("roles", (None, None))
    return frozenset(Role(one) for one in (told or "").split(",") if one in set(Role)) or None


class _Identities:
    """Whether what comes of computers can be so: by what is known of each, or by what is told of it first."""

    def __init__(self, session: Session, said: Sequence[Operation], sender: Computer) -> None:
        self._session = session
        self._sender = sender
        self._keys = keys(session, said)
        self._come: dict[str, Mapping[str, Any]] = {}
        self._of_others: list[Mapping[str, Any]] = []
        for one in said:
            if one["verb"] == Verb.INSERT:
                told = {**dict.fromkeys(_LOOKED_AT), **_after(one)}
                self._come.setdefault(one["record"], told)
                self._of_others += [] if is_of_itself(one, self._keys) else [told]

    def of_key(self, key: str) -> frozenset[str]:
        """The ids of the computer whose files a key proves."""
        return frozenset(one for one, theirs in self._keys.items() if theirs == key)

    def can_be(self, one: Operation) -> bool:
        """Whether one of these can have been done where and as it says."""
        told, record = _after(one), one["record"]
        if one["verb"] == Verb.INSERT and is_of_itself(one, self._keys):
            if _is_known(self._session, one):
                return True
            if self._keys.get(record, "") != told.get("verifying_key") or not self._is_renewed(told):
                return False
        row = self._session.get(ComputerRow, record)
        was = self._come.get(record) if row is None else {name: getattr(row, name) for name in _LOOKED_AT}
        if was is None:
            return "replaced_by" not in told
        settled = {*_SETTLED}
        if not self._sender.whole:
            is_own = one["device"] in self.of_key(was["verifying_key"])
            settled |= {*_KEYS} if not is_own else {*_KEYS} - {"psy_address"} if row is None else set()
        if any(name in told and told[name] != was[name] for name in settled):
            return False
        if told.get("psy_address") is not None and was["psy_address"] is None and was["series"]:
            return False
        return "replaced_by" not in told or self._can_be_replaced(one, was, told["replaced_by"])

    def _can_be_replaced(self, one: Operation, was: Mapping[str, Any], by: str | None) -> bool:
        same = self.of_key(was["verifying_key"])
        if by is None:
            return one["verb"] == Verb.INSERT or was["replaced_by"] is None
        return by != one["record"] and by in same and (one["verb"] == Verb.INSERT or one["device"] in same)

    def _is_renewed(self, told: Mapping[str, Any]) -> bool:
        """Whether a computer that says of itself who it is was known before under another id, and is given no more now.

        An older copy may have had no address for psychologists' records yet.
        """
        key = told["verifying_key"]
        known = [*_known(self._session, key), *(one for one in self._of_others if one["verifying_key"] == key)]
        addresses = {None, *(one["psy_address"] for one in known)}
        return told.get("psy_address") in addresses and any(
            all(one[name] == told.get(name) for name in _AS_BEFORE)
            and computers.is_series_of(one["series"], str(told.get("series") or ""))
            for one in known
        )


def _known(session: Session, key: str) -> Sequence[Mapping[str, Any]]:
    """The computers of a key."""
    query = select(table_of(ComputerRow)).where(ComputerRow.verifying_key == key)
    return [dict(one) for one in session.execute(query).mappings()]


def _is_known(session: Session, one: Operation) -> bool:
    query = select(OperationRow.seq).where(OperationRow.device == one["device"], OperationRow.number == one["number"])
    return session.scalar(query) is not None


def _are_of_person(session: Session, operations: Iterable[Operation], sender: Computer) -> bool:
    """Whether nobody but its person has written."""
    erasers = {row.id: row.actor for row in session.execute(select(ErasureRow.id, ErasureRow.actor))}
    return all(
        one["actor"] == sender.person
        or one["table_name"] in exchange_rights.FREE
        or (one["actor"] == erasers.get(one["batch"]) and _is_of_erasure(session, one))
        for one in operations
    )


def _is_of_erasure(session: Session, one: Operation) -> bool:
    """Whether a computer that carries out an erasure writes that in the name of whoever erased.

    It tells anew what stays, and of whom somebody erased turned out to be: nobody who is here by a row of the own.
    """
    if one["table_name"] != ErasedPupilRow.__tablename__:
        return one["table_name"] not in exchange_plan.EVERYBODY
    pupil = session.get(PupilRow, str(_after(one).get("pupil_id")))
    return pupil is None or pupil.merged_into is not None


def _after(one: Operation) -> Mapping[str, Any]:
    return {name: after for name, (_, after) in json.loads(one["fields"]).items()}

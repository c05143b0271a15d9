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

from profdesk.domain import exchange_rights, rights
from profdesk.domain.access import Role
from profdesk.domain.computers import Computer
from profdesk.domain.operations import Verb
from profdesk.domain.rights import Right
from profdesk.storage import exchange_plan
from profdesk.storage.exchange_models import ComputerRow
from profdesk.storage.models import OperationRow, PupilRow, table_of
from profdesk.storage.people_models import ErasedPupilRow, ErasureRow, UserRow

Operation = Mapping[str, Any]
_COMPUTERS = ComputerRow.__tablename__
_AS_BEFORE = ("person", "whole", "address")
"""What stays with a computer that takes another id."""
_SETTLED = ("person", "whole", "series")
"""What stays of a computer for ever."""
_KEYS = ("verifying_key", "address", "psy_address")


def can_send(session: Session, schema: str, operations: Sequence[Operation], sender: Computer) -> bool:
    """Whether all of these can be of that computer."""
    if schema == "psy" and operations and not _has_psy(session, sender):
        return False
    said = [one for one in operations if one["table_name"] == _COMPUTERS and one["verb"] != Verb.DELETE]
    own = keys(session, said)
    if not all(_is_itself(session, one, said, own, sender) for one in said):
        return False
    if sender.whole:
        return True
    own_chains = _chains(session, operations, sender)
    return all(one["device"] in own_chains for one in operations) and (
        lets_others_in(session, sender) or _are_of_person(session, operations, sender)
    )


def keys(session: Session, operations: Iterable[Operation]) -> Mapping[str, str]:
    """What each computer's files are proven by, of those too of which some operations tell first."""
    found = {one: key for one, key in session.execute(select(ComputerRow.id, ComputerRow.verifying_key)) if key}
    for one in operations:
        if one["table_name"] == _COMPUTERS and one["verb"] == Verb.INSERT:
            key = _after(one).get("verifying_key")
            if key and isinstance(key, str):
                found.setdefault(one["record"], key)
    return found


def is_of_itself(one: Operation, known: Mapping[str, str]) -> bool:
    """Whether an operation is about the computer on which it was done, be it by another id of before or after."""
    key = known.get(one["record"])
    return bool(one["device"] == one["record"] or (key is not None and known.get(one["device"]) == key))


def _has_psy(session: Session, sender: Computer) -> bool:
    """Whether psychologists work there: where their records are sent, or where everything began."""
    return any(one["psy_address"] or not one["series"] for one in _known(session, sender.verifying_key, ()))


def lets_others_in(session: Session, computer: Computer) -> bool:
    """Whether others than its person may work at a computer that gets a part: who keeps users gives them passwords."""
    return rights.reach(roles(session).get(computer.person or "", ()), Right.USERS_WRITE) is not None


def roles(session: Session) -> Mapping[str, frozenset[Role]]:
    """Every role that each user ever had."""
    query = select(OperationRow.record, OperationRow.fields).where(OperationRow.table_name == UserRow.__tablename__)
    found: dict[str, frozenset[Role]] = {}
    for record, fields in session.execute(query):
        found[record] = found.get(record, frozenset()) | (given_roles(json.loads(fields)) or frozenset())
    return found


def given_roles(fields: Mapping[str, Sequence[str]]) -> frozenset[Role] | None:
    """What an operation on a user gives; a role that this program does not know gives nothing."""
    _, told = fields.get("roles", (None, None))
    return frozenset(Role(one) for one in (told or "").split(",") if one in set(Role)) or None


def _is_itself(
    session: Session, one: Operation, said: Sequence[Operation], own: Mapping[str, str], sender: Computer
) -> bool:
    """Whether what an operation says of a computer's identity can be so; ``said`` is all that came of computers."""
    told = _after(one)
    if one["verb"] == Verb.INSERT and is_of_itself(one, own):
        if _is_known(session, one):
            return True
        others = [each for each in said if not is_of_itself(each, own)]
        if not _is_renewed(told, _known(session, told.get("verifying_key"), others)):
            return False
    row = session.get(ComputerRow, one["record"])
    if row is None:
        return True
    same = {each["id"] for each in _known(session, row.verifying_key, said)}
    settled = _SETTLED if sender.whole or one["device"] in same else (*_SETTLED, *_KEYS)
    if any(name in told and told[name] != getattr(row, name) for name in settled):
        return False
    if told.get("psy_address") is not None and row.psy_address is None and row.series:
        return False
    fresh = told.get("replaced_by")
    return fresh is None or (fresh != row.id and {fresh, one["device"]} <= same)


def _is_known(session: Session, one: Operation) -> bool:
    query = select(OperationRow.seq).where(OperationRow.device == one["device"], OperationRow.number == one["number"])
    return session.scalar(query) is not None


def _is_renewed(told: Mapping[str, Any], known: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a computer that says of itself who it is was known before under another id, and is given no more now.

    An older copy may have had no address for psychologists' records yet.
    """
    addresses = {None, *(one["psy_address"] for one in known)}
    return told.get("psy_address") in addresses and any(
        all(one[name] == told.get(name) for name in _AS_BEFORE) for one in known
    )


def _known(session: Session, key: str | None, come: Iterable[Operation]) -> Sequence[Mapping[str, Any]]:
    """The computers of a key, those that come now among them."""
    there = session.execute(select(table_of(ComputerRow)).where(ComputerRow.verifying_key == key)).mappings()
    fresh = (
        {"id": one["record"], **_after(one)}
        for one in come
        if one["table_name"] == _COMPUTERS and one["verb"] == Verb.INSERT
    )
    return [*map(dict, there), *(one for one in fresh if one.get("verifying_key") == key)]


def _chains(session: Session, operations: Iterable[Operation], sender: Computer) -> frozenset[str]:
    """The ids under which that computer has written, those that it tells of only now among them."""
    return frozenset(one["id"] for one in _known(session, sender.verifying_key, operations))


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

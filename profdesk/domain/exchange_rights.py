"""Whether those who did what another computer sends had the right to do it there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from profdesk.domain import register_rights, rights
from profdesk.domain.access import Role
from profdesk.domain.operations import Verb
from profdesk.domain.professions import is_of_programme
from profdesk.domain.registers import ALL
from profdesk.domain.rights import Right
from profdesk.domain.undo_rights import GIVEN_ON, RIGHTS

FREE = frozenset({"deed", "batch", "signing_key", "erasure_tally"})
"""Tables that anybody's work writes; the seal key of another computer stands nowhere but there."""

_MORE: Mapping[str, frozenset[Right]] = {
    "app_user": frozenset({Right.USERS_WRITE}),
    "computer": frozenset({Right.COMPUTERS}),
    "clock_correction": frozenset({Right.EXCHANGE}),
    "erasure": frozenset({Right.PUPILS_ERASE}),
    "erased_pupil": frozenset({Right.PUPILS_ERASE}),
    "settled": frozenset({Right.EXCHANGE}),
    "psy_settled": frozenset({Right.DIAGNOSTICS}),
    "issued_summary": frozenset({Right.SUMMARY_SIGN, Right.CONSOLIDATION_SIGN}),
    "roster_layout": frozenset({Right.PUPILS_WRITE}),
    "attachment": frozenset(register_rights.writing(register) for register in ALL.values()),
    **dict.fromkeys(
        (
            "instrument_file", "wording", "diagnostic_session", "answer_sheet", "answer", "conclusion", "consultation",
            "external_result",
        ),
        frozenset({Right.DIAGNOSTICS}),
    ),
}  # fmt: skip


_FOR_EVER = frozenset(
    {"organisation", "app_user", "computer", "clock_correction", "erasure", "erased_pupil", "erasure_tally"}
)
"""Tables from which no program takes a record away."""
_REPLACED = frozenset({"replaced_by"})
"""What a computer writes of itself, whoever opens it, once older records were put in the place of its own."""
_IDENTITY = frozenset({"verifying_key", "address", "psy_address"})
"""What a computer writes of itself when it exchanges for the first time, or a psychologist does there."""
_PEOPLE = frozenset({"app_user", "computer"})
"""Whoever erases changes and tells anew what stays, in whatever table but these: who may do what is none of it."""
_LINKING = frozenset({Right.ACTIVITIES_WRITE, Right.CHOICES_WRITE, Right.LESSONS_WRITE})
"""What links to a profession; the first link to one that the programme names gives it a row."""
_ERASURES = frozenset({"erasure", "erased_pupil"})
"""A psychologist says of an erasure what it took that only psychologists can read."""


class Told(NamedTuple):
    """What an operation says of who did what."""

    actor: str
    table: str
    verb: Verb
    record: str
    fields: frozenset[str]
    is_own: bool
    """Whether its record is the computer on which it was done, by whatever id."""
    roles: frozenset[Role] | None
    """Those that it gives a user."""


class Refused(NamedTuple):
    """Who was not entitled to write into which table."""

    actor: str
    table: str


def rights_for(table: str, register: str = "") -> frozenset[Right]:
    """The rights any of which writes a table; ``register`` is the code of the register that it belongs to."""
    if register:
        return frozenset({register_rights.writing(ALL[register])})
    return _MORE.get(table) or frozenset({RIGHTS[table]})


def refused(done: Iterable[Told], known: Mapping[str, frozenset[Role]], registers: Mapping[str, str]) -> Refused | None:
    """The first of some operations, in their order, that its actor had no right to; None if there is none.

    ``known`` are all roles that each user ever had, as known before. What an operation of somebody who may keep users
    gives a user counts from there on. ``registers`` are codes by table.
    """
    roles = dict(known)
    for one in done:
        if not _may(one, roles.get(one.actor, frozenset()), registers):
            return Refused(one.actor, one.table)
        if one.roles is not None:
            roles[one.record] = roles.get(one.record, frozenset()) | one.roles
    return None


def _may(one: Told, roles: frozenset[Role], registers: Mapping[str, str]) -> bool:
    if one.verb is Verb.DELETE and one.table in _FOR_EVER:
        return False
    if one.table in FREE or (one.table == "computer" and _is_renewal(one)):
        return True
    needed = rights_for(one.table, registers.get(one.table, ""))
    if one.table == "computer" and one.is_own and one.fields <= _IDENTITY:
        needed |= {Right.EXCHANGE}
    if one.table not in _PEOPLE:
        needed |= {Right.PUPILS_ERASE}
    if one.verb is Verb.UPDATE and one.table in _ERASURES:
        needed |= {Right.DIAGNOSTICS}
    if one.table == "profession" and one.verb is Verb.INSERT and is_of_programme(one.record):
        needed |= _LINKING
    if one.fields and one.fields <= GIVEN_ON:
        needed |= {Right.PUPILS_WRITE}
    return any(rights.reach(roles, right) is not None for right in needed)


def _is_renewal(one: Told) -> bool:
    """Whose key that computer has is looked at where its row is known."""
    return one.fields == _REPLACED or (one.is_own and one.verb is Verb.INSERT)

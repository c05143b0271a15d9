"""Who did what other computers send, and whether they had the right to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.domain import exchange_rights
from profdesk.domain.computers import Computer
from profdesk.domain.exchange_rights import Refused, Told
from profdesk.domain.operations import Verb
from profdesk.domain.progress import Progress, counted
from profdesk.errors import WrongInputError
from profdesk.storage import exchange_checks, exchange_led, exchange_plan, exchange_senders
from profdesk.storage.exchange_checks import SPOILED
from profdesk.storage.models import OrganisationRow
from profdesk.storage.people_models import UserRow

_USERS = UserRow.__tablename__


def refused(
    session: Session, schema: str, operations: Iterable[Mapping[str, Any]], progress: Progress
) -> Refused | None:
    """The first of operations that its actor had no right to, by every role known and those that they give.

    WrongInputError for one before it that no program has written.
    """
    ordered = sorted(operations, key=itemgetter("clock", "device", "number"))
    house = session.scalar(select(OrganisationRow.id))
    if any(one["table_name"] == OrganisationRow.__tablename__ and one["record"] != house for one in ordered):
        raise WrongInputError(SPOILED)
    own = exchange_senders.keys(session, ordered)
    done = (told(one, exchange_checks.fields_of(schema, one), own) for one in counted(ordered, progress))
    return exchange_rights.refused(done, exchange_senders.roles(session), exchange_plan.REGISTERS)


def beyond_reach(session: Session, operations: Sequence[Mapping[str, Any]], sender: Computer) -> Refused | None:
    """The first of operations about a pupil of no class that its actor, who may write of no others, ever led.

    Whatever was done at a computer where its person alone works counts as done by that one.
    """
    if not exchange_senders.lets_others_in(session, sender):
        of_all = exchange_plan.EVERYBODY
        operations = [one if one["table_name"] in of_all else {**one, "actor": sender.person} for one in operations]
    return exchange_led.refused(session, operations, exchange_senders.roles(session))


def told(one: Mapping[str, Any], fields: Mapping[str, Sequence[Any]], own: Mapping[str, str]) -> Told:
    """What an operation with these fields says of who did what; ``own`` are the keys of computers."""
    return Told(
        actor=one["actor"],
        table=one["table_name"],
        verb=Verb(one["verb"]),
        record=one["record"],
        fields=frozenset(fields),
        is_own=exchange_senders.is_of_itself(one, own),
        roles=exchange_senders.given_roles(fields) if one["table_name"] == _USERS else None,
    )

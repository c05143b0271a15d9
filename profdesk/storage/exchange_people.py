"""The pupils of whom a file of changes speaks, for whoever may see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.domain import rights
from profdesk.domain.access import Actor, Reach
from profdesk.domain.exchange_state import Row
from profdesk.domain.people import PersonName, fold
from profdesk.domain.rights import Right
from profdesk.storage import reach
from profdesk.storage.exchange_merge import Merged
from profdesk.storage.exchange_rows import parts, pupils_of
from profdesk.storage.models import PupilRow


def names(session: Session, merged: Iterable[Merged], actor: Actor) -> Sequence[str]:
    """Full names, those of pupils that are gone among them."""
    far = rights.reach(actor.roles, Right.PUPILS_READ)
    if far is None:
        return []
    ids: set[str] = set()
    gone: dict[str, Row] = {}
    for one in merged:
        ids |= pupils_of(one.touched.values()) | {record for table, record in one.touched if table == "pupil"}
        gone.update((record, row) for (table, record), row in one.gone.items() if table == "pupil")
    if far is Reach.OWN:
        ids &= reach.own_pupils(session, actor)
    found = [_name(gone[one]) for one in ids & gone.keys()]
    for part in parts(sorted(ids - gone.keys())):
        columns = select(PupilRow.surname, PupilRow.given, PupilRow.patronymic)
        found += [PersonName(*row).full for row in session.execute(columns.where(PupilRow.id.in_(part)))]
    return sorted(found, key=fold)


def _name(row: Row) -> str:
    patronymic = row["patronymic"]
    return PersonName(str(row["surname"]), str(row["given"]), None if patronymic is None else str(patronymic)).full

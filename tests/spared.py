"""What people recorded of a pupil knowing of each erasure of that pupil: no erasure may take it, ever."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select

from profdesk.domain.erasure import ErasureKind
from profdesk.domain.operations import Verb
from profdesk.storage.erasure_plan import OF_PUPIL
from profdesk.storage.models import OperationRow
from profdesk.storage.people_models import ErasedPupilRow, ErasureRow
from profdesk.storage.workspace import Session, Workspace

_KINDS = {table.__tablename__: kind.value for kind, tables in OF_PUPIL.items() for table in tables}
_WATCHED = ("assessment", "route_line")


class _Made(NamedTuple):
    table: str
    pupil: str
    knowing: frozenset[str]
    by: str


class Spared:
    """The records of a life, each with the erasures that were known where it was made."""

    def __init__(self) -> None:
        self._made: dict[str, _Made] = {}

    def note(self, workspace: Workspace, computer: str) -> None:
        """Look at what a computer has recorded since it was looked at last."""
        with Session(workspace._engine) as session:
            knowing = frozenset(session.scalars(select(ErasureRow.id)))
            query = select(OperationRow).where(
                OperationRow.device == computer,
                OperationRow.verb == Verb.INSERT,
                OperationRow.table_name.in_(_WATCHED),
                OperationRow.erased.is_(None),
                OperationRow.batch.not_in(knowing),
                OperationRow.record.not_in(self._made),
            )
            for one in session.scalars(query):
                pupil = json.loads(one.fields).get("pupil_id", (None, None))[1]
                if pupil:
                    self._made[one.record] = _Made(one.table_name, pupil, knowing, computer)

    def taken_unduly(self, workspace: Workspace, rows: Mapping[tuple[str, str], object]) -> Sequence[str]:
        """What of it is gone, emptied though every erasure of that pupil had been known where it was recorded."""
        with Session(workspace._engine) as session:
            emptied = set(
                session.scalars(
                    select(OperationRow.record).where(
                        OperationRow.erased.is_not(None), OperationRow.table_name.in_(_WATCHED)
                    )
                )
            )
            decided = select(ErasedPupilRow.pupil_id, ErasedPupilRow.kinds, ErasureRow.id).join(
                ErasureRow, ErasureRow.id == ErasedPupilRow.erasure_id
            )
            acts = list(session.execute(decided.where(ErasureRow.kind != ErasureKind.RESTORED)))
        found = []
        for record, made in self._made.items():
            if record not in emptied or (made.table, record) in rows:
                continue
            over = {act for pupil, kinds, act in acts if pupil == made.pupil and _KINDS[made.table] in kinds.split(",")}
            if over and over <= made.knowing:
                found.append(f"{made.table} {record} of {made.by}")
        return found

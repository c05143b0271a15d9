"""Erasures of other computers carried out here, and what comes here of pupils who were erased.

It is done in the very transaction that takes operations in, once they stand: nothing of such a pupil is ever shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from profdesk.domain.access import Actor
from profdesk.domain.erasure import ErasureKind, Target
from profdesk.domain.exchange_state import Place
from profdesk.domain.people import PersonName
from profdesk.domain.retention import RecordKind
from profdesk.storage import erasure_traces, erasure_waiting, exchange_merge, journal
from profdesk.storage.erasure import ErasureStore, Person
from profdesk.storage.exchange_merge import Merged
from profdesk.storage.exchange_rows import Rows
from profdesk.storage.models import OperationRow, new_id
from profdesk.storage.people_models import ErasedPupilRow, ErasureRow

Forms = Callable[[Sequence[Person], Sequence[Target]], Sequence[PersonName]]
"""The names, in every case, of those of whom nothing stays."""
_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


def plain_names(people: Sequence[Person], targets: Sequence[Target]) -> Sequence[PersonName]:
    """The names as they stand in the lists."""
    whole = {target.pupil for target in targets if target.whole}
    return [one.name for one in people if one.id in whole or one.merged_into in whole]


class Elsewhere:
    """Of one unit of work; ``acts`` were carried out, ``files`` are those that nobody needs any more, by schema."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._store = ErasureStore(session, Actor("", "", "", frozenset()), psy=False)
        self._named: dict[str, Collection[PersonName]] = {}
        self.files: dict[str, set[str]] = {"main": set(), "psy": set()}
        self.forms: Forms = plain_names
        self.acts: set[str] = set()

    def carry_out(self, erasure: str, author: str, lines: Mapping[str, Target], now: datetime) -> None:
        """Destroy anew what an older copy brought back; ``lines`` by the ids that they had.

        No operation tells of the erasure itself here: what tells of it comes back with a file of another computer.
        """
        if self._session.get(ErasureRow, erasure) is None:
            told = {"id": erasure, "number": "", "made_on": now.astimezone().date(), "kind": ErasureKind.RESTORED.value}
            none = {"basis": "", "counts": "{}", "operations": 0, "actor": author, "recorded_at": now.isoformat()}
            self._session.execute(insert(ErasureRow), [{**told, **none}])
        rows = [
            {
                "id": line,
                "pupil_id": one.pupil,
                "erasure_id": erasure,
                "kinds": ",".join(sorted(one.kinds)),
                "psy_erased_at": now.isoformat(),
                "psy_operations": 0,
            }
            for line, one in lines.items()
        ]
        self._session.execute(insert(ErasedPupilRow), rows)
        carried = self._store.carry(erasure, author, [*lines.values()], (), psy=False)
        exchange_merge.settle(self._session, "main", carried.places, {})
        self._store.tally(erasure, carried.found.operations, psy=False)
        self.files["main"] |= carried.found.files | erasure_waiting.files(self._session, "main")

    def follow(self, schema: str, fresh: Sequence[Mapping[str, Any]], merged: Merged) -> Merged:
        """Carry out what came and what has to be carried out on what came; gives what became of rows then."""
        targets = self._targets()
        if not targets:
            return merged
        come = Counter(one["erased"] for one in fresh if one["erased"])
        begun = {one["record"] for one in fresh if one["table_name"] == ErasureRow.__tablename__}
        gone = erasure_traces.gone(self._session, psy=schema == "psy")
        active = [one for one in targets if one in begun or self._touches(one, targets[one], gone, fresh)]
        if schema == "psy":
            active += [one for one in targets if one in self._named and one not in active]
        told = journal.told_emptied(self._session, OperationRow)
        for erasure in sorted({*active, *come} & targets.keys()):
            already = {place for place, by in gone.items() if by == erasure}
            merged, emptied = self._carry(schema, erasure, targets[erasure], already, merged)
            count = told.get(erasure) or 0
            if schema == "main":
                count = self._all_emptied(erasure) if erasure in begun else count + come[erasure] + emptied
            self._store.tally(erasure, count, psy=schema == "psy")
        waited = erasure_waiting.empty(self._session, schema)
        self.acts |= waited.keys()
        self.files[schema] |= frozenset[str]().union(*waited.values())
        return merged

    def _all_emptied(self, erasure: str) -> int:
        query = select(func.count()).select_from(OperationRow).where(OperationRow.erased == erasure)
        return self._session.scalar(query) or 0

    def _targets(self) -> Mapping[str, Sequence[Target]]:
        found: dict[str, list[Target]] = {}
        for row in self._session.scalars(select(ErasedPupilRow).order_by(ErasedPupilRow.id)):
            kinds = frozenset(RecordKind(one) for one in row.kinds.split(","))
            found.setdefault(row.erasure_id, []).append(Target(row.pupil_id, kinds))
        return found

    def _touches(
        self,
        erasure: str,
        targets: Sequence[Target],
        gone: erasure_traces.Gone,
        fresh: Sequence[Mapping[str, Any]],
    ) -> bool:
        """Whether some of what came is about somebody erased, or about records of which nothing may be left."""
        ids = {target.pupil for target in targets} | {record for (_, record), by in gone.items() if by == erasure}
        return any(one["record"] in ids or not ids.isdisjoint(_ID.findall(one["fields"])) for one in fresh)

    def _carry(
        self, schema: str, erasure: str, targets: Sequence[Target], already: Collection[Place], merged: Merged
    ) -> tuple[Merged, int]:
        psy, author = schema == "psy", self._store.author(erasure)
        if not psy:
            self._remember_merged(erasure, author, targets)
            self._named[erasure] = self._store.only_theirs(
                self.forms(self._store.people([one.pupil for one in targets]), targets), targets
            )
        forms = self._named.get(erasure, ())
        carried = self._store.carry(erasure, author, targets, forms, psy=psy, already=already)
        self.acts.add(erasure)
        self.files[schema] |= carried.found.files
        self._session.expire_all()
        settled = exchange_merge.settle(self._session, schema, carried.places, {})
        there = Rows(self._session, schema).there({*merged.touched, *settled.touched, *carried.lost})
        lost = {place: row for place, row in carried.lost.items() if place not in merged.made}
        left = Merged(
            {place: row for place, row in merged.made.items() if place in there},
            {place: row for place, row in merged.changed.items() if place in there},
            {**merged.gone, **{place: row for place, row in lost.items() if place not in there}},
        )
        return left, carried.found.operations

    def _remember_merged(self, erasure: str, author: str, targets: Sequence[Target]) -> None:
        """Whoever turned out here to be somebody erased is told of as erased too."""
        known = {target.pupil for target in targets}
        for target in targets:
            for pupil in sorted(self._store.family([target.pupil]) - known):
                line = {
                    "pupil_id": pupil,
                    "erasure_id": erasure,
                    "kinds": ",".join(sorted(target.kinds)),
                    "psy_erased_at": None,
                    "psy_operations": 0,
                }
                record = new_id()
                self._session.execute(insert(ErasedPupilRow), {"id": record, **line})
                told = {name: [None, value] for name, value in line.items()}
                place = (ErasedPupilRow.__tablename__, record)
                journal.tell(self._session, OperationRow, "insert", place, told, (author, erasure))

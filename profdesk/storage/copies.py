"""What the journals have got since a copy was made."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from profdesk.domain.backups import Copy, Difference
from profdesk.domain.mark import Head
from profdesk.storage.clock import moment_of
from profdesk.storage.journal import Operation
from profdesk.storage.models import OperationRow, PsyOperationRow
from profdesk.storage.people_models import DeedRow


class CopyStore:
    """Compares the journals with where a copy's end."""

    def __init__(self, session: Session, *, psy: bool) -> None:
        self._session = session
        self._psy = psy

    def worked_since(self, copy: Copy | None) -> bool:
        """Whether any record was changed since the copy; that somebody came and went is no such change."""
        if copy is None or copy.heads is None:
            return True
        return any(
            self._session.scalar(
                select(journal.seq)
                .where(journal.seq > _seq(head), journal.table_name != DeedRow.__tablename__)
                .limit(1)
            )
            for journal, head in self._journals(copy)
        )

    def difference(self, copy: Copy) -> Difference:
        """Count what restoring the copy would leave behind."""
        if copy.heads is None or not all(self._holds(journal, head) for journal, head in self._journals(copy)):
            return Difference(known=False, count=0, since=None, until=None, by_table={})
        counts: Counter[str] = Counter()
        clocks = []
        for journal, head in self._journals(copy):
            later = journal.seq > _seq(head)
            query = select(journal.table_name, func.count(), func.max(journal.clock)).where(later)
            for table, count, clock in self._session.execute(query.group_by(journal.table_name)):
                counts[table] += count
                clocks.append(clock)
        until = moment_of(max(clocks)) if clocks else None
        since = copy.last.at if copy.last else None
        return Difference(known=True, count=counts.total(), since=since, until=until, by_table=counts)

    def _journals(self, copy: Copy) -> list[tuple[Operation, Head | None]]:
        if copy.heads is None:
            return []
        found: list[tuple[Operation, Head | None]] = [(OperationRow, copy.heads.desk)]
        if self._psy and copy.holds is not None and copy.holds.sessions is not None:
            found.append((PsyOperationRow, copy.heads.psy))
        return found

    def _holds(self, journal: Operation, head: Head | None) -> bool:
        return head is None or self._session.scalar(select(journal.hash).where(journal.seq == head.seq)) == head.hash


def _seq(head: Head | None) -> int:
    return 0 if head is None else head.seq

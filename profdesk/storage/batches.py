"""The register of acts that can be taken back as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.domain.access import Actor
from profdesk.domain.batch import Batch, BatchKind
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.undo_rights import Touched
from profdesk.errors import NotFoundError
from profdesk.storage import undo
from profdesk.storage.models import BatchRow, EnrolmentRow, OperationRow, PsyOperationRow, PupilRow
from profdesk.storage.register_models import ROWS
from profdesk.storage.undo import Obstacle

_PUPILS_OF = {"enrolment": EnrolmentRow.pupil_id}


class BatchStore:
    """Notes the unit's own batch as an act; takes former acts back."""

    def __init__(self, session: Session, actor: Actor, batch: str, *, psy: bool = False) -> None:
        self._session = session
        self._actor = actor
        self._batch = batch
        self._psy = psy

    def note(self, kind: BatchKind, title: str, year: SchoolYear) -> None:
        """Register what this unit of work does as an act that can be taken back."""
        self._session.add(
            BatchRow(
                id=self._batch,
                kind=kind.value,
                title=title,
                school_year=year.start,
                actor=self._actor.id,
                made_at=datetime.now(UTC).isoformat(),
            )
        )

    def all(self) -> Sequence[Batch]:
        """Every act, the latest first."""
        query = select(BatchRow).order_by(BatchRow.made_at.desc(), BatchRow.id.desc())
        return [_batch(row) for row in self._session.scalars(query)]

    def get(self, batch: str) -> Batch:
        """Read one act; NotFoundError if there is none."""
        return _batch(self._row(batch))

    def touched(self, batch: str) -> frozenset[Touched]:
        """What the act wrote, as far as it takes a right to take it back."""
        return frozenset().union(*(undo.touched(self._session, batch, one) for one in self._journals))

    def authors(self, batch: str) -> frozenset[str]:
        """The ids of the users who did it."""
        return frozenset().union(*(undo.authors(self._session, batch, one) for one in self._journals))

    def obstacles(self, batch: str) -> Sequence[Obstacle]:
        """What was built on the act since; empty if it can be taken back."""
        return [found for one in self._journals for found in undo.obstacles(self._session, batch, one)]

    def pupils(self, found: Sequence[Obstacle]) -> Sequence[str]:
        """Surname and given name of the pupils that obstacles concern, in their order."""
        ids: set[str] = {one.record for one in found if one.table == "pupil"}
        for table, column in _PUPILS_OF.items():
            records = [one.record for one in found if one.table == table]
            if records:
                ids |= set(self._session.scalars(select(column).where(EnrolmentRow.id.in_(records))))
        query = select(PupilRow.surname, PupilRow.given).where(PupilRow.id.in_(ids)).order_by(PupilRow.folded)
        return [f"{surname} {given}" for surname, given in self._session.execute(query)]

    def take_back(self, batch: str) -> frozenset[str]:
        """Turn any batch round; gives the names of the tables that changed.

        A registered act is noted as undone, and stands again when what undid it is taken back itself.
        """
        touched = frozenset[str]().union(*(undo.reverse(self._session, batch, one) for one in self._journals))
        act = self._session.get(BatchRow, batch)
        undone = self._session.scalars(select(BatchRow).where(BatchRow.undone_by == batch)).one_or_none()
        if act is not None:
            act.undone_at, act.undone_by = datetime.now(UTC).isoformat(), self._batch
        if undone is not None:
            undone.undone_at = undone.undone_by = None
        return touched

    def concerned(self, batch: str) -> frozenset[str]:
        """The ids of the pupils that the act is about."""
        return frozenset().union(*(undo.pupils(self._session, batch, one) for one in self._journals))

    def newcomers(self, batch: str) -> frozenset[str]:
        """The ids of those of them whom the act made."""
        return undo.newcomers(self._session, batch)

    def entries(self, batch: str) -> tuple[frozenset[str], frozenset[str]]:
        """The ids of the entries of registers that the act made, and of those that it changed."""
        return undo.records(self._session, batch, [table.__tablename__ for table in ROWS.values()])

    @property
    def _journals(self) -> Sequence[undo.Journal]:
        """Those that may tell of a batch: an act of a psychologist may have written into both."""
        return (OperationRow, PsyOperationRow) if self._psy else (OperationRow,)

    def _row(self, batch: str) -> BatchRow:
        row = self._session.get(BatchRow, batch)
        if row is None:
            raise NotFoundError("Такой записи больше нет. Обновите страницу.")
        return row


def _batch(row: BatchRow) -> Batch:
    return Batch(
        id=row.id,
        kind=BatchKind(row.kind),
        title=row.title,
        year=SchoolYear(row.school_year),
        actor=row.actor,
        made_at=datetime.fromisoformat(row.made_at),
        undone_at=datetime.fromisoformat(row.undone_at) if row.undone_at else None,
    )

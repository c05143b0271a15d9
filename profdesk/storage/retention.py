"""Rules of retention as the school took them in, and what is kept of every pupil."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from profdesk.domain.access import Actor
from profdesk.domain.consents import ConsentKind
from profdesk.domain.people import PersonName
from profdesk.domain.retention import Kept, RecordKind
from profdesk.domain.school_year import SchoolYear
from profdesk.storage.consents import ConsentStore
from profdesk.storage.erasure_plan import OF_PUPIL, is_psy
from profdesk.storage.models import CertificateRow, ConsentRow, EnrolmentRow, GroupRow, PupilRow
from profdesk.storage.people_models import RetentionRow


class RetentionStore:
    """``psy`` tells whether records under the psychologists' key can be counted."""

    def __init__(self, session: Session, actor: Actor, *, psy: bool) -> None:
        self._session = session
        self._actor = actor
        self._psy = psy

    def rules(self) -> str | None:
        """The text in force, None while the program's own is."""
        newest = select(RetentionRow.source).order_by(RetentionRow.taken_at.desc(), RetentionRow.id.desc())
        return self._session.scalars(newest.limit(1)).one_or_none()

    def choose(self, text: str) -> None:
        """Put a checked text into force."""
        self._session.add(RetentionRow(source=text, actor=self._actor.id, taken_at=datetime.now(UTC).isoformat()))

    def kept(self, year: SchoolYear) -> Sequence[Kept]:
        """Everybody by name with what is kept of them; who is in no class of ``year`` or a later one has left."""
        rows = self._session.scalars(select(PupilRow).order_by(PupilRow.folded, PupilRow.birth_date)).all()
        root = {row.id: row.merged_into or row.id for row in rows}
        last, counts = self._last(), self._counts(root)
        left = {pupil: _left_on(enrolment, year) for pupil, (enrolment, _) in last.items()}
        consents, issues, withdrawn = self._consent_ends(left), self._issues(), self._withdrawn()
        return [
            Kept(
                pupil=row.id,
                name=PersonName(row.surname, row.given, row.patronymic),
                group=last[row.id][1] if row.id in last else "",
                left_on=left.get(row.id),
                counts=counts[row.id],
                consent_end=consents.get(row.id),
                last_issue=issues.get(row.id),
                withdrawn_on=withdrawn.get(row.id),
            )
            for row in rows
            if row.merged_into is None
        ]

    def _last(self) -> Mapping[str, tuple[EnrolmentRow, str]]:
        query = select(EnrolmentRow, GroupRow.title).join(GroupRow, GroupRow.id == EnrolmentRow.group_id)
        found = self._session.execute(query.order_by(EnrolmentRow.school_year))
        return {row.pupil_id: (row, title) for row, title in found}

    def _counts(self, root: Mapping[str, str]) -> Mapping[str, Mapping[RecordKind, int]]:
        counts: defaultdict[str, dict[RecordKind, int]] = defaultdict(dict)
        for kind, tables in OF_PUPIL.items():
            for table in tables:
                if table is PupilRow or (is_psy(table) and not self._psy):
                    continue
                column = table.__table__.c.pupil_id
                query = select(column, func.count()).where(column.is_not(None)).group_by(column)
                for pupil, count in self._session.execute(query):
                    mine = counts[root.get(pupil, pupil)]
                    mine[kind] = mine.get(kind, 0) + count
        return counts

    def _consent_ends(self, left: Mapping[str, date | None]) -> Mapping[str, date]:
        ends: dict[str, date] = {}
        query = select(ConsentRow.pupil_id, ConsentRow.withdrawn_on, ConsentRow.valid_until)
        for pupil, withdrawn_on, valid_until in self._session.execute(query):
            end = withdrawn_on or valid_until or left.get(pupil)
            if end is not None:
                ends[pupil] = max(end, ends.get(pupil, end))
        return ends

    def _withdrawn(self) -> Mapping[str, date]:
        """When the consent to personal data was withdrawn, of those of whom none stands today."""
        kind, today = ConsentKind.PERSONAL, datetime.now(UTC).astimezone().date()
        last = select(ConsentRow.pupil_id, func.max(ConsentRow.withdrawn_on)).where(ConsentRow.kind == kind)
        whose = ConsentStore(self._session, self._actor).withdrawn(kind, today)
        found = self._session.execute(last.group_by(ConsentRow.pupil_id))
        return {pupil: day for pupil, day in found if day is not None and pupil in whose}

    def _issues(self) -> Mapping[str, date]:
        query = select(CertificateRow.pupil_id, func.max(CertificateRow.issued_on)).group_by(CertificateRow.pupil_id)
        return {pupil: day for pupil, day in self._session.execute(query) if pupil is not None}


def _left_on(row: EnrolmentRow, year: SchoolYear) -> date | None:
    if row.left_on is not None:
        return row.left_on
    return None if row.school_year >= year.start else SchoolYear(row.school_year).last_day

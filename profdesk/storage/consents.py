"""The register of consents, and the one condition that hides what a withdrawn one covered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, Select, case, func, or_, select, true
from sqlalchemy.orm import Session

from profdesk.domain.access import Actor
from profdesk.domain.consent_gates import GATES, Deed, Need
from profdesk.domain.consents import Consent, ConsentKind, NewConsent
from profdesk.storage import merging
from profdesk.storage.models import ConsentRow, PupilRow

_AT_ONCE = 500


class ConsentStore:
    """A consent is a fact: it is withdrawn, never deleted."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def of_pupils(self, pupils: Collection[str], kind: ConsentKind) -> dict[str, tuple[Consent, ...]]:
        """The consents of a kind by pupil id, the latest first; those who have none are left out."""
        found: dict[str, list[Consent]] = {}
        ordered = sorted(pupils)
        for start in range(0, len(ordered), _AT_ONCE):
            query = (
                select(ConsentRow)
                .where(ConsentRow.kind == kind.value, ConsentRow.pupil_id.in_(ordered[start : start + _AT_ONCE]))
                .order_by(ConsentRow.given_on.desc(), ConsentRow.id.desc())
            )
            for row in self._session.scalars(query):
                found.setdefault(row.pupil_id, []).append(_consent(row))
        return {pupil: tuple(consents) for pupil, consents in found.items()}

    def all(self) -> Sequence[Consent]:
        """Every consent there is, the latest first."""
        query = select(ConsentRow).order_by(ConsentRow.given_on.desc(), ConsentRow.id.desc())
        return [_consent(row) for row in self._session.scalars(query)]

    def valid(self, kind: ConsentKind, day: date) -> frozenset[str]:
        """The pupils with a consent of a kind that is valid on a day: ``Consent.is_valid``."""
        return frozenset(self._session.scalars(_valid(kind, day)))

    def withdrawn(self, kind: ConsentKind, day: date) -> frozenset[str]:
        """The pupils of whom a kind of consent stands withdrawn on a day: ``consents.standing``."""
        return frozenset(self._session.scalars(_withdrawn(kind, day)))

    def hidden(self) -> frozenset[str]:
        """The pupils whose diagnostics nobody may read today, by every id that records know."""
        return frozenset(self._session.scalars(hidden()))

    def barred(self, deed: Deed, pupils: Iterable[str], day: date, today: date) -> tuple[set[str], set[str]]:
        """Those of some pupils with whom a deed of a day may not be done: a consent was withdrawn, or is missing.

        The ids may be of pupils who were merged into others since.
        """
        gate, now = GATES[deed], merging.standing(self._session, set(pupils))
        among = set(now.values()) if len(now) <= _AT_ONCE else None
        withdrawn = frozenset(self._session.scalars(_withdrawn(gate.kind, _reached(gate.kind, today), among)))
        ended = {pupil for pupil, stands in now.items() if stands in withdrawn}
        if gate.need is Need.NOT_WITHDRAWN:
            return ended, set()
        valid = frozenset(self._session.scalars(_valid(gate.kind, day, among)))
        return ended, {pupil for pupil, stands in now.items() if stands not in valid} - ended

    def of_pupil(self, pupil: str) -> Sequence[Consent]:
        """Every consent given for a pupil, the latest first."""
        query = select(ConsentRow).where(ConsentRow.pupil_id == pupil)
        return [_consent(row) for row in self._session.scalars(query.order_by(ConsentRow.given_on.desc()))]

    def give(self, papers: Iterable[NewConsent], given_on: date, valid_until: date | None, now: datetime) -> None:
        """Register papers given on one day, for one term."""
        for one in papers:
            self._session.add(
                ConsentRow(
                    pupil_id=one.pupil,
                    kind=one.kind.value,
                    given_by=one.given_by.strip(),
                    number=one.number.strip(),
                    given_on=given_on,
                    valid_until=valid_until,
                    actor=self._actor.id,
                    recorded_at=now.isoformat(),
                )
            )

    def withdraw(self, pupil: str, kind: ConsentKind, day: date, by: str) -> int:
        """End every paper of a kind given by that day that was not ended before, whoever gave it; gives how many."""
        rows = self._rows(pupil, kind).where(ConsentRow.given_on <= day, ConsentRow.withdrawn_on.is_(None))
        ended = self._session.scalars(rows).all()
        for row in ended:
            row.withdrawn_on, row.withdrawn_by = day, by or None
        return len(ended)

    def keep(self, pupil: str, kind: ConsentKind) -> int:
        """Take the latest withdrawal of a kind back; gives how many papers stand again."""
        last = select(func.max(ConsentRow.withdrawn_on)).where(
            ConsentRow.pupil_id == pupil, ConsentRow.kind == kind.value
        )
        rows = self._rows(pupil, kind).where(ConsentRow.withdrawn_on == last.scalar_subquery())
        standing = self._session.scalars(rows).all()
        for row in standing:
            row.withdrawn_on = row.withdrawn_by = None
        return len(standing)

    def _rows(self, pupil: str, kind: ConsentKind) -> Select[ConsentRow]:
        return select(ConsentRow).where(ConsentRow.pupil_id == pupil, ConsentRow.kind == kind.value)


def hidden() -> Select[str]:
    """The ids of pupils whose diagnostics nobody may read today, those merged into them included.

    Every store that reads what is diagnosed leaves these out: ``DiagnosticStore``, ``ConclusionStore``,
    ``ReleasedStore``, ``TalkStore`` and ``HistoryStore``.
    """
    kind = GATES[Deed.DIAGNOSE].kind
    withdrawn = _withdrawn(kind, _reached(kind, today()))
    return select(PupilRow.id).where(or_(PupilRow.id.in_(withdrawn), PupilRow.merged_into.in_(withdrawn)))


def is_shown(pupil: ColumnElement[str]) -> ColumnElement[bool]:
    """True of a record of diagnostics about nobody, or about a pupil who is not ``hidden``."""
    return or_(pupil.is_(None), pupil.not_in(hidden()))


def today() -> date:
    """The day by the computer's clock and time zone."""
    return datetime.now(UTC).astimezone().date()


def _reached(kind: ConsentKind, day: date) -> ColumnElement[date]:
    """The day, or that of the latest withdrawal, which a clock that was put back has still to come to."""
    last = select(func.max(ConsentRow.withdrawn_on)).where(ConsentRow.kind == kind.value).scalar_subquery()
    return case((last > day, last), else_=day)


def _valid(kind: ConsentKind, day: date | ColumnElement[date], among: Collection[str] | None = None) -> Select[str]:
    """The pupils, of all or of some alone, with a valid paper."""
    return select(ConsentRow.pupil_id).where(
        ConsentRow.kind == kind.value,
        ConsentRow.given_on <= day,
        or_(ConsentRow.valid_until.is_(None), ConsentRow.valid_until >= day),
        or_(ConsentRow.withdrawn_on.is_(None), ConsentRow.withdrawn_on > day),
        true() if among is None else ConsentRow.pupil_id.in_(among),
    )


def _withdrawn(kind: ConsentKind, day: date | ColumnElement[date], among: Collection[str] | None = None) -> Select[str]:
    """The same whose latest paper was withdrawn, and who have none that is valid."""
    order = (ConsentRow.given_on.desc(), ConsentRow.id.desc())
    last = func.row_number().over(partition_by=ConsentRow.pupil_id, order_by=order)
    ranked = (
        select(ConsentRow.pupil_id, ConsentRow.withdrawn_on, last.label("rank"))
        .where(ConsentRow.kind == kind.value, ConsentRow.given_on <= day)
        .where(true() if among is None else ConsentRow.pupil_id.in_(among))
        .subquery()
    )
    return select(ranked.c.pupil_id).where(
        ranked.c.rank == 1, ranked.c.withdrawn_on <= day, ranked.c.pupil_id.not_in(_valid(kind, day, among))
    )


def _consent(row: ConsentRow) -> Consent:
    return Consent(
        id=row.id,
        pupil=row.pupil_id,
        kind=ConsentKind(row.kind),
        given_by=row.given_by,
        number=row.number,
        given_on=row.given_on,
        valid_until=row.valid_until,
        withdrawn_on=row.withdrawn_on,
        withdrawn_by=row.withdrawn_by or "",
    )

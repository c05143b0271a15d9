"""The register of parents' consents."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from profdesk.domain.access import Actor
from profdesk.domain.consents import Consent, ConsentKind
from profdesk.errors import NotFoundError
from profdesk.storage.models import ConsentRow

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

    def valid(self, kind: ConsentKind, day: date) -> frozenset[str]:
        """The pupils with a consent of a kind that is valid on a day: ``Consent.is_valid``."""
        query = select(ConsentRow.pupil_id).where(
            ConsentRow.kind == kind.value,
            ConsentRow.given_on <= day,
            or_(ConsentRow.valid_until.is_(None), ConsentRow.valid_until >= day),
            or_(ConsentRow.withdrawn_on.is_(None), ConsentRow.withdrawn_on > day),
        )
        return frozenset(self._session.scalars(query))

    def of_pupil(self, pupil: str) -> Sequence[Consent]:
        """Every consent given for a pupil, the latest first."""
        query = select(ConsentRow).where(ConsentRow.pupil_id == pupil)
        return [_consent(row) for row in self._session.scalars(query.order_by(ConsentRow.given_on.desc()))]

    def give(
        self,
        pupils: Collection[str],
        kind: ConsentKind,
        given_by: str,
        number: str,
        given_on: date,
        valid_until: date | None,
        now: datetime,
    ) -> None:
        """Register one consent for each pupil."""
        for pupil in sorted(pupils):
            self._session.add(
                ConsentRow(
                    pupil_id=pupil,
                    kind=kind.value,
                    given_by=given_by,
                    number=number,
                    given_on=given_on,
                    valid_until=valid_until,
                    actor=self._actor.id,
                    recorded_at=now.isoformat(),
                )
            )

    def withdraw(self, consent: str, day: date | None) -> None:
        """End a consent on a day, or (None) take the withdrawal back."""
        row = self._session.get(ConsentRow, consent)
        if row is None:
            raise NotFoundError("Такого согласия больше нет. Обновите список.")
        row.withdrawn_on = day


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
    )

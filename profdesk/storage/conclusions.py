"""Conclusions in the psychologists' schema, and what of them was released into ``desk``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from profdesk.domain.access import Actor
from profdesk.domain.diagnostics import Conclusion, Released
from profdesk.errors import NotFoundError
from profdesk.storage.consents import is_shown
from profdesk.storage.models import DiagnosedRow, ReleasedRow, new_id
from profdesk.storage.psy_models import ConclusionRow, SheetRow


class ConclusionStore:
    """A conclusion is appended; the latest of a sheet stands."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def of_sheets(self, sheets: Collection[str]) -> Mapping[str, Conclusion]:
        """The conclusions that stand, by sheet."""
        query = (
            select(ConclusionRow)
            .join(SheetRow, SheetRow.id == ConclusionRow.sheet_id)
            .where(ConclusionRow.sheet_id.in_(sheets), ConclusionRow.superseded_by.is_(None))
            .where(is_shown(SheetRow.__table__.c.pupil_id))
        )
        return {row.sheet_id: _conclusion(row) for row in self._session.scalars(query)}

    def write(self, sheet: str, words: str, draft: str, now: datetime) -> bool:
        """Append a conclusion with the part meant to be released; False if nothing changes."""
        query = select(ConclusionRow).where(ConclusionRow.sheet_id == sheet, ConclusionRow.superseded_by.is_(None))
        former = self._session.scalars(query).one_or_none()
        if (former.words, former.draft) == (words, draft) if former else not (words or draft):
            return False
        row = ConclusionRow(
            id=new_id(), sheet_id=sheet, words=words, draft=draft, actor=self._actor.id, recorded_at=now.isoformat()
        )
        self._session.add(row)
        if former is not None:
            former.superseded_by = row.id
        return True


class ReleasedStore:
    """Released conclusions, in ``desk``: whoever may read a pupil's card reads them."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def of_pupils(self, pupils: Collection[str]) -> Sequence[Released]:
        """What stands released for some pupils, the latest first."""
        query = standing_released().where(ReleasedRow.pupil_id.in_(pupils))
        return [released_of(row) for row in self._session.scalars(query.order_by(ReleasedRow.released_at.desc()))]

    def held(self, pupil: str) -> Sequence[date]:
        """The days on which a session took place with a pupil, the latest first."""
        query = select(DiagnosedRow.held_on).where(DiagnosedRow.pupil_id == pupil).distinct()
        return self._session.scalars(query.order_by(DiagnosedRow.held_on.desc())).all()

    def release(self, pupil: str, sheet: str, held_on: date, words: str, now: datetime) -> Released:
        """Release words of a conclusion; what was released of the same sheet before is withdrawn."""
        standing = select(ReleasedRow).where(ReleasedRow.sheet == sheet, ReleasedRow.withdrawn_at.is_(None))
        for former in self._session.scalars(standing):
            former.withdrawn_at = now.isoformat()
        row = ReleasedRow(
            id=new_id(),
            pupil_id=pupil,
            sheet=sheet,
            held_on=held_on,
            words=words,
            actor=self._actor.id,
            released_at=now.isoformat(),
        )
        self._session.add(row)
        self._session.flush()
        return released_of(row)

    def withdraw(self, released: str, now: datetime | None) -> None:
        """Take a released conclusion back, or (None) release it again."""
        row = self._session.get(ReleasedRow, released)
        if row is None:
            raise NotFoundError("Такого вывода больше нет. Обновите карточку.")
        row.withdrawn_at = now.isoformat() if now else None


def _conclusion(row: ConclusionRow) -> Conclusion:
    return Conclusion(row.sheet_id, row.words, row.draft, row.actor, datetime.fromisoformat(row.recorded_at))


def standing_released() -> Select[ReleasedRow]:
    """What is released, was not taken back, and may be read today."""
    return select(ReleasedRow).where(ReleasedRow.withdrawn_at.is_(None), is_shown(ReleasedRow.__table__.c.pupil_id))


def released_of(row: ReleasedRow) -> Released:
    """What a row says."""
    return Released(
        id=row.id,
        pupil=row.pupil_id,
        sheet=row.sheet,
        held_on=row.held_on,
        words=row.words,
        actor=row.actor,
        at=datetime.fromisoformat(row.released_at),
        withdrawn_at=datetime.fromisoformat(row.withdrawn_at) if row.withdrawn_at else None,
    )

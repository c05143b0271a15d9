"""The entries of every register, over the table of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from profdesk.domain import registers, registers_of_pupils
from profdesk.domain.access import Actor
from profdesk.domain.register import Entry, Register, Values
from profdesk.errors import NotFoundError
from profdesk.storage.models import new_id
from profdesk.storage.register_models import ROWS, RegisterRow


class RegisterStore:
    """Gives and takes entries; one that is withdrawn is in no list, and can be put back."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def entries(self, register: Register) -> Sequence[Entry]:
        """Every entry that stands, in the order in which they were written; columns, since there may be thousands."""
        table, codes = ROWS[register.code], [field.code for field in register.fields]
        columns = (getattr(table, code) for code in codes)
        query = select(table.id, *columns).where(table.withdrawn_at.is_(None)).order_by(table.id)
        return [Entry(key, dict(zip(codes, values, strict=True))) for key, *values in self._session.execute(query)]

    def of_pupil(self, register: Register, pupil: str) -> Sequence[Entry]:
        """The standing entries that speak of a pupil, in the order in which they were written."""
        table = ROWS[register.code]
        column = table.__table__.c[registers_of_pupils.PUPIL]
        query = select(table).where(column == pupil, table.withdrawn_at.is_(None)).order_by(table.id)
        return [entry_of(register, row) for row in self._session.scalars(query)]

    def counts(self, some: Iterable[Register]) -> Mapping[str, int]:
        """How many entries stand in some registers, by their codes."""
        found = {}
        for register in some:
            table = ROWS[register.code]
            query = select(func.count()).select_from(table).where(table.withdrawn_at.is_(None))
            found[register.code] = self._session.scalar(query) or 0
        return found

    def get(self, register: Register, entry: str) -> Entry:
        """Read an entry, withdrawn or not; NotFoundError if there is none."""
        return entry_of(register, self._row(register, entry))

    def add(self, register: Register, values: Values, now: datetime, entry: str | None = None) -> str:
        """Write a new entry; gives its id."""
        row = self._new(register, values, now, entry)
        self._session.add(row)
        self._session.flush()
        return row.id

    def add_all(self, register: Register, entries: Iterable[Values], now: datetime) -> None:
        """Write many new entries at once."""
        self._session.add_all([self._new(register, values, now) for values in entries])
        self._session.flush()

    def change(self, register: Register, entry: str, values: Values) -> None:
        """Write those of an entry's fields that are given."""
        row = self._row(register, entry)
        for field in register.fields:
            if field.code in values:
                setattr(row, field.code, values[field.code])

    def withdraw(self, register: Register, entry: str, now: datetime | None) -> None:
        """Take an entry out of the register, or (None) put it back."""
        self._row(register, entry).withdrawn_at = now.isoformat() if now else None

    def uses(self, register: Register, entry: str) -> Sequence[tuple[Register, int]]:
        """Which registers have standing entries that link to this one, and how many."""
        found: dict[str, int] = {}
        for other, field in registers.pointing_at(register.code):
            table = ROWS[other.code]
            column = table.__table__.c[field.code]
            query = select(func.count()).select_from(table).where(column == entry, table.withdrawn_at.is_(None))
            found[other.code] = found.get(other.code, 0) + (self._session.scalar(query) or 0)
        return [(registers.ALL[code], number) for code, number in found.items() if number]

    def _new(self, register: Register, values: Values, now: datetime, entry: str | None = None) -> RegisterRow:
        made = {**register.blank(), **values}
        return ROWS[register.code](
            id=entry or new_id(), actor=self._actor.id, recorded_at=now.isoformat(), withdrawn_at=None, **made
        )

    def _row(self, register: Register, entry: str) -> RegisterRow:
        row = self._session.get(ROWS[register.code], entry)
        if row is None:
            raise NotFoundError("Такой записи больше нет. Обновите страницу.")
        return row


def entry_of(register: Register, row: RegisterRow) -> Entry:
    """A row as the rest of the program reads it."""
    return Entry(row.id, {field.code: getattr(row, field.code) for field in register.fields})

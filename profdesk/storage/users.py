"""Who works here, as the journal knows them: the vault's users of now, and those of before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.domain.access import PSYCHOLOGISTS, Actor, Role
from profdesk.domain.users import Draft, User
from profdesk.errors import NotFoundError
from profdesk.storage import pupil_files
from profdesk.storage.computers import ComputerStore
from profdesk.storage.exchange_models import SeatRow
from profdesk.storage.models import new_id
from profdesk.storage.people_models import UserRow
from profdesk.storage.vault import names_of_keys

_NOBODY: Mapping[str, str] = {"name": "", "post": "", "roles": ""}


class UserStore:
    """Rows follow the vault where it has changed (``match``); users of other computers come and go by exchange."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> tuple[User, ...]:
        """Everyone who works or worked here, by name."""
        rows = self._session.scalars(select(UserRow).order_by(UserRow.name, UserRow.added_at))
        return tuple(_user(row) for row in rows)

    def names(self) -> Mapping[str, str]:
        """Full names by the ids that facts carry, those that came from other organisations included."""
        own = {row.id: row.name for row in self._session.execute(select(UserRow.id, UserRow.name))}
        return {**pupil_files.people(self._session), **own}

    def get(self, user: str) -> User:
        """One of them; NotFoundError if nobody is known by that id."""
        return _user(self._row(user))

    def add(self, draft: Draft, now: datetime) -> str:
        """Add somebody who will have a password on another computer alone; gives the id."""
        row = UserRow(id=new_id(), added_at=now.isoformat(), removed_at=None)
        row.name, row.post, row.roles = draft.name, draft.post, _text(draft.roles)
        self._session.add(row)
        return row.id

    def change(self, user: str, draft: Draft) -> None:
        """Say otherwise of somebody who has no password here; NotFoundError as in ``get``."""
        row = self._row(user)
        row.name, row.post, row.roles = draft.name, draft.post, _text(draft.roles)

    def remove(self, user: str, now: datetime) -> None:
        """Remove somebody who has no password here; NotFoundError as in ``get``."""
        self._row(user).removed_at = now.isoformat()

    def seat(self, user: Actor) -> None:
        """Take down that somebody who came by exchange has a password here from now on, and what the vault says."""
        self._put(user.id, _said(user))

    def match(self, users: Iterable[Actor], now: datetime) -> None:
        """Let the rows say what the vault says now and did not say before; what came by exchange since stays.

        Who has no password any more is removed; who never had one here works on another computer. Where the vault has
        followed what came by exchange, the rows say it already.
        """
        rows = {row.id: row for row in self._session.scalars(select(UserRow))}
        seats = {seat.user_id: seat for seat in self._seats() if seat.roles}
        for user in users:
            seat, row, said = seats.pop(user.id, None), rows.get(user.id), _said(user)
            if row is None:
                row = UserRow(id=user.id, added_at=now.isoformat(), removed_at=None, **said)
                self._session.add(row)
            elif seat is not None and {name: getattr(seat, name) for name in said} == said:
                continue
            elif _said(self._word(row)) != said:
                row.name, row.post, row.roles = user.name, user.post, said["roles"]
            if seat is None:
                row.removed_at = None
            self.seat(user)
        for user_id in seats:
            row = rows.get(user_id)
            if row is not None and row.removed_at is None:
                row.removed_at = now.isoformat()
            self._put(user_id, _NOBODY)

    def words(self) -> Mapping[str, Actor | None]:
        """What the journal says by now of everybody who has a password here; None for who was removed."""
        rows = {row.id: row for row in self._session.scalars(select(UserRow))}
        seated = (rows[seat.user_id] for seat in self._seats() if seat.roles and seat.user_id in rows)
        return {row.id: None if row.removed_at is not None else self._word(row) for row in seated}

    def unseated(self) -> Mapping[str, str]:
        """Full names of those who have lost the password here and work all the same, by id."""
        gone = {seat.user_id for seat in self._seats() if not seat.roles}
        return {one.id: one.name for one in self.all() if one.id in gone and one.removed_at is None}

    def owed(self) -> Mapping[str, frozenset[str]]:
        """Keys of this computer that somebody has known and may know no more, by that user's id."""
        return {seat.user_id: _names(seat.owed) for seat in self._seats() if seat.owed}

    def renewed(self, keys: Iterable[str]) -> None:
        """Take down that some keys are other ones now: nobody has known them."""
        for seat in self._seats():
            seat.owed = ",".join(sorted(_names(seat.owed) - set(keys)))

    def _row(self, user: str) -> UserRow:
        row = self._session.get(UserRow, user)
        if row is None:
            raise NotFoundError("Такого пользователя нет в списке. Обновите его и выберите снова.")
        return row

    def _seats(self) -> Sequence[SeatRow]:
        return self._session.scalars(select(SeatRow)).all()

    def _put(self, user: str, said: Mapping[str, str]) -> None:
        seat = self._session.get(SeatRow, user)
        if seat is None:
            seat = SeatRow(user_id=user, owed="", **said)
            self._session.add(seat)
            return
        seat.owed = ",".join(sorted((_names(seat.owed) | _keys(seat.roles)) - _keys(said["roles"])))
        seat.name, seat.post, seat.roles = said["name"], said["post"], said["roles"]

    def _word(self, row: UserRow) -> Actor:
        """What a row says of a user of this computer: no psychologist where psychologists' records do not come."""
        user = _user(row).actor
        without_psy = ComputerStore(self._session, psy=False).is_without_psy
        return replace(user, roles=user.roles - PSYCHOLOGISTS) if without_psy else user


def _user(row: UserRow) -> User:
    return User(
        id=row.id,
        name=row.name,
        post=row.post,
        roles=frozenset(Role(role) for role in row.roles.split(",")),
        added_at=datetime.fromisoformat(row.added_at),
        removed_at=None if row.removed_at is None else datetime.fromisoformat(row.removed_at),
    )


def _said(user: Actor) -> Mapping[str, str]:
    return {"name": user.name, "post": user.post, "roles": _text(user.roles)}


def _text(roles: Iterable[Role]) -> str:
    return ",".join(sorted(role.value for role in roles))


def _names(text: str) -> frozenset[str]:
    return frozenset(filter(None, text.split(",")))


def _keys(roles: str) -> frozenset[str]:
    """Names of the keys that roles as they are written may hold; none without a role."""
    return names_of_keys(map(Role, roles.split(","))) if roles else frozenset()

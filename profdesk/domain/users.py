"""Who works here: users and what may be said of them, whoever keeps users, and first passwords to be read aloud."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from profdesk.domain import rights, roster_text
from profdesk.domain.access import Actor, Role
from profdesk.domain.people import fold
from profdesk.domain.rights import Right
from profdesk.errors import AccessError, WrongInputError

_CONSONANTS, _VOWELS = "бвдзклмнрт", "аио"
"""Few enough that no word comes out which a school would not say."""
_GROUPS = 4
_LONGEST = 200


@dataclass(frozen=True)
class User:
    """Somebody who works here, or did: ``removed_at`` is None for who has a password."""

    id: str
    name: str
    post: str
    roles: frozenset[Role]
    added_at: datetime
    removed_at: datetime | None = None
    must_change: bool = False
    """Whether the first password, given by somebody else, is still in use."""
    here: frozenset[Role] | None = None
    """The roles in which the user can come in at this computer; None for who has no password there."""

    @property
    def actor(self) -> Actor:
        """The user as one who acts."""
        return Actor(self.id, self.name, self.post, self.roles)


@dataclass(frozen=True)
class Draft:
    """What is said of a user; ``classes`` are the ids of all the groups led in the organisation's school year."""

    name: str
    post: str
    roles: frozenset[Role]
    classes: frozenset[str] = frozenset()


DUTIES: Mapping[Role, str] = {
    Role.OWNER: "всё, что может программа",
    Role.ADMINISTRATOR: "ведёт пользователей и копии, учеников не видит",
    Role.COORDINATOR: "списки, портфолио, мероприятия, сертификаты и сводка; диагностику не видит",
    Role.PSYCHOLOGIST: "диагностика и заключения, портфолио",
    Role.TEACHER: "портфолио, маршруты и мероприятия своих классов",
    Role.HEAD: "видит портфолио и сводки, подписывает сводку",
    Role.READER: "видит портфолио, мероприятия и сводки, ничего не меняет",
}
"""What each role may do, in the words of the dialog where roles are chosen."""


def checked(draft: Draft, others: Iterable[User]) -> Draft:
    """The draft in its one form; WrongInputError if a name or role is missing, or two would look alike."""
    clean = replace(draft, name=roster_text.text(draft.name), post=roster_text.text(draft.post))
    if not clean.name:
        raise WrongInputError("Укажите фамилию, имя и отчество.")
    if not clean.roles:
        raise WrongInputError("Отметьте хотя бы одну роль.")
    if max(len(clean.name), len(clean.post)) > _LONGEST:
        raise WrongInputError(f"Имя и должность — не длиннее {_LONGEST} знаков. Сократите.")
    if any((fold(one.name), fold(one.post)) == (fold(clean.name), fold(clean.post)) for one in others):
        raise WrongInputError("Такой пользователь уже есть. Чтобы различать их при входе, уточните должность.")
    return clean


def check_kept(remaining: Iterable[Actor]) -> None:
    """AccessError if nobody would be left who keeps users."""
    if not any(rights.may(one, Right.USERS_WRITE) for one in remaining):
        raise AccessError("Кто-то должен вести пользователей. Сначала дайте другому роль владельца или администратора.")


_GOES_ON = (Right.HOUSE_READ, Right.USERS_WRITE, Right.EXCHANGE, Right.DIAGNOSTICS)
"""What at any computer somebody has to go on being able to do: else what was done there and not sent would be lost."""


def goes_on(before: Collection[Actor], after: Collection[Actor]) -> bool:
    """Whether users of a computer may become others: each has a role, and what must be done somebody still can do.

    That is asked of what nobody decides at that computer; what nobody could do there before is not asked for.
    """
    return all(one.roles for one in after) and all(
        any(rights.may(one, right) for one in after)
        for right in _GOES_ON
        if any(rights.may(one, right) for one in before)
    )


def in_order(roles: Collection[Role]) -> list[Role]:
    """Roles as screens name them, the widest first."""
    return [role for role in Role if role in roles]


def first_password() -> str:
    """A password that can be read aloud and typed after one hearing: some 45 random bits, to be changed at once."""
    groups = ("".join(_syllable() for _ in range(2)) for _ in range(_GROUPS))
    return "-".join((*groups, f"{secrets.randbelow(90) + 10}"))


def _syllable() -> str:
    return secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS)

"""A computer joins the others: what its workspace package says of it, and who may make such a package."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from profdesk.domain import plural, rights
from profdesk.domain.access import PSYCHOLOGISTS, SIGNERS, Actor, Role
from profdesk.domain.computers import Computer
from profdesk.domain.rights import Right
from profdesk.errors import WrongInputError

_LONGEST = 60
_SERIES = "К"
_NO_NAME = "Назовите компьютер: «Кабинет психолога», «Ноутбук завуча»."
_NO_PSY = "Этому человеку нужны данные психологов, а вам они не видны."
_NO_SEAL = "Этот человек подписывает документы, а у вас ключа подписи нет."


@dataclass(frozen=True)
class Invitation:
    """What the code of a workspace package opens, without the new computer's secrets."""

    computer: Computer
    user: Actor
    organisation: str
    maker: str
    """What the computer is called that made it."""
    pupils: int
    """How many pupils come with it."""

    @property
    def told(self) -> str:
        """What is inside, in a sentence or two."""
        counted = plural.counted(self.pupils, "ученик", "ученика", "учеников")
        scope = "вся организация" if self.computer.whole else "только нужное для работы"
        psy = "Данные психологов есть." if self.computer.gets_psy else "Данных психологов нет."
        return f"{self.organisation}: {scope}, {counted}. {psy}"


def checked_name(name: str, others: Iterable[Computer]) -> str:
    """A computer's name in its one form; WrongInputError if it is missing, too long or taken.

    One with which there is no exchange any more leaves its name to whatever stands in its place.
    """
    clean = " ".join(name.split())
    if not clean:
        raise WrongInputError(_NO_NAME)
    if len(clean) > _LONGEST:
        raise WrongInputError(f"Название компьютера — не длиннее {_LONGEST} знаков. Сократите.")
    if any(one.name.casefold() == clean.casefold() for one in others if one.stopped_at is None):
        raise WrongInputError(f"Компьютер «{clean}» уже есть. Назовите этот иначе.")
    return clean


def next_series(own: Computer, others: Iterable[Computer]) -> str:
    """What the numbers of papers end in on the next computer that ``own`` lets join.

    The first computer gives К2, К3 and so on, К2 gives К2-2: two of them without a network never give the same.
    """
    stem = f"{own.series}-" if own.series else _SERIES
    taken = (re.fullmatch(f"{re.escape(stem)}([0-9]+)", one.series) for one in others)
    return f"{stem}{1 + max((int(one[1]) for one in taken if one), default=1)}"


def check_keys(own: Computer, roles: frozenset[Role], *, psy: bool, seal: bool) -> None:
    """WrongInputError, saying who can, if the maker lacks what the person's roles need; ``psy``, ``seal``: is held."""
    if not own.whole:
        raise WrongInputError(
            "На этом компьютере не все записи организации. Сделайте пакет на том, где есть вся организация."
        )
    if roles & PSYCHOLOGISTS and not psy:
        raise WrongInputError(f"{_NO_PSY} {_who_can(PSYCHOLOGISTS)}")
    if roles & SIGNERS and not seal:
        raise WrongInputError(f"{_NO_SEAL} {_who_can(SIGNERS)}")


def _who_can(holders: frozenset[Role]) -> str:
    able = [role.label for role in Role if role in holders and Right.COMPUTERS in rights.TABLE[role]]
    return f"Такой пакет делает {' или '.join(able)}."

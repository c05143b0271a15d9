"""Whose a pupil's file may be of those who are here: proposed by what is alike, decided by a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from profdesk.domain.duplicates import DuplicateIndex
from profdesk.domain.people import Pupil, fold
from profdesk.domain.pupil_file import SentPupil


class Likeness(StrEnum):
    """Why somebody may be meant, as it is told to who decides; the surest first."""

    HELD = "записи из этого файла уже здесь"
    SAME = "имя и дата рождения те же"
    ALIKE = "имя и дата рождения похожи"
    RENAMED = "другая фамилия, остальное то же"


@dataclass(frozen=True)
class Match:
    """Somebody who may be meant, and why."""

    pupil: Pupil
    why: Likeness


@dataclass(frozen=True)
class Whose:
    """Everybody who may be meant, the likeliest first."""

    matches: Sequence[Match] = ()

    @property
    def proposed(self) -> Pupil | None:
        """Who is meant unless somebody says otherwise: who alone has the records, else who alone has name and date."""
        for why in (Likeness.HELD, Likeness.SAME):
            found = [one.pupil for one in self.matches if one.why is why]
            if found:
                return found[0] if len(found) == 1 else None
        return None


def whose(told: SentPupil, everyone: Sequence[Pupil], holders: Collection[str]) -> Whose:
    """Compare a file's pupil with those who are here; ``holders`` are the ids of whom its records are kept already."""
    wanted = fold(told.name.full)
    born = [one for one in everyone if one.birth_date == told.birth_date]
    found = {
        Likeness.HELD: [one for one in everyone if one.id in holders],
        Likeness.SAME: [one for one in born if fold(one.name.full) == wanted],
        Likeness.ALIKE: DuplicateIndex(everyone).like(told.name, told.birth_date, told.sex),
        Likeness.RENAMED: [one for one in born if _is_called_so(one, told)],
    }
    first: dict[str, Match] = {}
    for why, pupils in found.items():
        for one in pupils:
            first.setdefault(one.id, Match(one, why))
    return Whose(tuple(first.values()))


def _is_called_so(one: Pupil, told: SentPupil) -> bool:
    """By given name and patronymic, whatever the surname: a child that is adopted, or whose mother marries."""
    mine, others = one.name, told.name
    if not (mine.patronymic and others.patronymic):
        return False
    return (fold(mine.given), fold(mine.patronymic)) == (fold(others.given), fold(others.patronymic))

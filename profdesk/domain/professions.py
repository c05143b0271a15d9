"""Which child met which profession, when and at what; class by class, with what is still to be planned."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from profdesk.domain.people import Group, Pupil
from profdesk.domain.school_year import SchoolYear


def is_of_programme(profession: str) -> bool:
    """Whether a profession's id is the code under which the programme names it: the school's own ones have UUIDs.

    Such a one gets a row when something links to it first. Whoever writes the link keeps no register by that, and
    taking the link back takes nothing from others who linked to it since.
    """
    try:
        uuid.UUID(profession)
    except ValueError:
        return True
    return False


@dataclass(frozen=True, order=True)
class Occasion:
    """What a profession was met at."""

    day: date
    title: str


Met = Mapping[str, Mapping[str, Sequence[Occasion]]]
"""The occasions, in the order of the calendar, by the id of the profession and before that by that of the pupil."""


@dataclass(frozen=True)
class ClassProfessions:
    """A class against the professions that its children met over the years; ``met`` may tell of others too.

    ``wanted`` is how many professions each is to meet, None where the programme names no number.
    """

    group: Group
    wanted: int | None
    pupils: tuple[Pupil, ...]
    met: Met

    def occasions(self, pupil: str, profession: str) -> Sequence[Occasion]:
        """When and at what a child met a profession; nothing where that is still to come."""
        return self.met.get(pupil, {}).get(profession, ())

    def number(self, pupil: str) -> int:
        """How many professions a child met."""
        return len(self.met.get(pupil, {}))

    @property
    def done(self) -> int:
        """How many children met as many as the programme wants."""
        return 0 if self.wanted is None else sum(self.number(one.id) >= self.wanted for one in self.pupils)

    def lacking(self, profession: str) -> int:
        """How many children still do not know a profession."""
        return sum(not self.occasions(one.id, profession) for one in self.pupils)


@dataclass(frozen=True)
class YearProfessions:
    """The classes of a school year; ``titles`` of professions by their ids, ``named`` are those of the programme."""

    year: SchoolYear
    classes: tuple[ClassProfessions, ...]
    titles: Mapping[str, str]
    named: tuple[str, ...]

    def columns(self, one: ClassProfessions) -> Sequence[str]:
        """What a class is held against: what its children met, and where a number is wanted what the programme names.

        Those that most children know come first, so that what is to be planned stands together at the end.
        """
        met = {profession for pupil in one.pupils for profession in one.met.get(pupil.id, {})}
        asked = met.union(self.named) if one.wanted is not None else met
        known = [key for key in asked if key in self.titles]
        return sorted(known, key=lambda key: (one.lacking(key), self.titles[key]))

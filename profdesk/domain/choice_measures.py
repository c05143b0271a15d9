"""What the registers of pupils say of the programme's indicators: choices made, kept to, and where graduates went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from profdesk.domain.register import Entry
from profdesk.domain.register_measures import Share
from profdesk.domain.registers_of_pupils import PUPIL
from profdesk.domain.school_year import SchoolYear

IN_DEMAND = "destinations_in_demand"
OF_GRADUATES = frozenset({IN_DEMAND})
"""Measures that ask of those who have left."""
CONTINUED = "profile_continued"
NEEDED = {"profile_choice": ("profile", "basis"), "conscious_choice": ("goal", "basis", "reserve")}
"""What must stand in a choice that is called conscious, by measure."""


@dataclass(frozen=True)
class Choices:
    """The entries of the registers that speak of what pupils chose and became, and of what is in demand."""

    profiles: Iterable[Entry]
    studies: Iterable[Entry]
    professions: Iterable[Entry]
    destinations: Iterable[Entry]
    demand: Iterable[Entry]


def latest(entries: Iterable[Entry], field: str, day: date) -> Mapping[str, Entry]:
    """The entry of each pupil (id) with the latest day in ``field`` up to ``day``; of two the one written later."""
    found: dict[str, Entry] = {}
    for entry in entries:
        pupil, there = str(entry.values[PUPIL]), _day(entry, field)
        if there <= day and (pupil not in found or there >= _day(found[pupil], field)):
            found[pupil] = entry
    return found


@dataclass(frozen=True)
class Standing:
    """The choices that hold on a day, by the pupil's id; ``chosen`` are all profiles ever chosen, as written."""

    profiles: Mapping[str, Entry]
    professions: Mapping[str, Entry]
    studies: Mapping[str, Entry]
    chosen: Mapping[str, Sequence[Entry]]

    def of(self, measure: str) -> Mapping[str, Entry]:
        """The choices that a measure asks for."""
        named = {"profile_choice": self.profiles, "conscious_choice": self.professions}
        return named.get(measure, self.studies)

    def before(self, study: Entry) -> Entry | None:
        """The profile that a pupil chose last before studying by one."""
        pupil = str(study.values[PUPIL])
        return latest(self.chosen.get(pupil, ()), "decided_on", _day(study, "since")).get(pupil)


def standing(choices: Choices, day: date) -> Standing:
    """What holds on a day."""
    profiles = [one for one in choices.profiles if one.values["profile"]]
    chosen: dict[str, list[Entry]] = defaultdict(list)
    for one in profiles:
        chosen[str(one.values[PUPIL])].append(one)
    return Standing(
        latest(profiles, "decided_on", day),
        latest(choices.professions, "decided_on", day),
        latest(choices.studies, "since", day),
        chosen,
    )


def reached(choices: Choices, day: date) -> Mapping[str, frozenset[str]]:
    """The pupils (ids) of each measure as it stood on a day."""
    made = standing(choices, day)
    conscious = {
        measure: frozenset(
            pupil for pupil, one in made.of(measure).items() if is_conscious(one) and not lacking(measure, one)
        )
        for measure in NEEDED
    }
    kept = frozenset(pupil for pupil, one in made.studies.items() if continues(one, made.chosen.get(pupil, ())))
    return {**conscious, CONTINUED: kept}


def is_conscious(choice: Entry) -> bool:
    """Whether a choice is called conscious."""
    return choice.values["conscious"] == "yes"


def lacking(measure: str, choice: Entry) -> tuple[str, ...]:
    """The fields that a measure asks for and that a choice does not have."""
    return tuple(field for field in NEEDED[measure] if not choice.values[field])


def continues(study: Entry, chosen: Iterable[Entry]) -> bool:
    """Whether a pupil of grades 10-11 studies by the profile that this pupil chose last before it began."""
    last = latest(chosen, "decided_on", _day(study, "since")).get(str(study.values[PUPIL]))
    return last is not None and study.values["profile"] == last.values["profile"]


def shares(choices: Choices, year: SchoolYear) -> Mapping[str, Share]:
    """Of those who went to a college in the summer before the school year, how many learn what is in demand.

    Nothing but the summer is recorded of them, so it is the same for any days of the year.
    """
    wanted = in_demand(choices.demand)
    learn = [
        one for one in choices.destinations if one.values["kind"] == "college" and one.values["year"] == year.start
    ]
    counted = frozenset(one.id for one in learn if (one.values["profession"], one.values["year"]) in wanted)
    return {IN_DEMAND: Share(counted, frozenset(one.id for one in learn))}


def in_demand(demand: Iterable[Entry]) -> frozenset[tuple[object, object]]:
    """Professions (ids) with the years in which they are in demand in the municipality."""
    return frozenset((one.values["profession"], one.values["year"]) for one in demand)


def _day(entry: Entry, field: str) -> date:
    day = entry.values[field]
    return day if isinstance(day, date) else date.min

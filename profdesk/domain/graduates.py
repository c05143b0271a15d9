"""Graduates of grades 9 and 11: where each went, beside what was intended and what is in demand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from profdesk.domain import choice_measures
from profdesk.domain.register import Entry, Value, Values
from profdesk.domain.registers_of_pupils import DESTINATIONS, PUPIL
from profdesk.domain.school_year import SchoolYear

GRADES: Mapping[int, str] = {9: "nine", 11: "eleven"}
"""After which grades one graduates, with the codes that the register gives them."""
SCHOOL, UNKNOWN = "school", "unknown"
"""Went on to grade 10 of a school; nothing is known yet."""
KINDS = DESTINATIONS.field("kind").choices
_JUNE = 6
_NO_PROFESSION_YET = frozenset({SCHOOL, "army", UNKNOWN})


class Met(StrEnum):
    """How the destination stands to the intention; ``label`` as screens and papers say it."""

    INTENDED = "intended"
    RESERVE = "reserve"
    OTHERWISE = "otherwise"
    EARLY = "early"
    NO_PROFESSION = "no_profession"
    NO_INTENTION = "no_intention"

    @property
    def label(self) -> str:
        """As screens and papers say it."""
        return _MET[self]


_MET = {
    Met.INTENDED: "по намерению",
    Met.RESERVE: "запасной вариант",
    Met.OTHERWISE: "иначе",
    Met.EARLY: "сравнивать рано",
    Met.NO_PROFESSION: "профессия не записана",
    Met.NO_INTENTION: "намерение не записано",
}
COMPARED = (Met.INTENDED, Met.RESERVE, Met.OTHERWISE)
"""Where both a profession intended and one learnt are known."""


class Demand(StrEnum):
    """Whether a profession is in demand in the municipality in the year of graduation."""

    WANTED = "wanted"
    UNLISTED = "unlisted"
    NO_LIST = "no_list"

    def label(self, year: int) -> str:
        """As screens and papers say it of a year."""
        return {
            Demand.WANTED: f"востребована в {year}",
            Demand.UNLISTED: "нет в списке",
            Demand.NO_LIST: f"список за {year} год не внесён",
        }[self]


@dataclass(frozen=True)
class Leaver:
    """Who finished a grade: the class then (empty: not known), and the one attended a year later, if any."""

    pupil: str
    name: str
    grade: str
    group: str
    now: str = ""
    now_grade: int | None = None


@dataclass(frozen=True)
class Graduate:
    """A graduate of a year with the destination (None: not written yet) and the intention, as registers hold them."""

    leaver: Leaver
    year: int
    entry: Entry | None
    choice: Entry | None
    met: Met | None
    demand: Demand | None

    @property
    def key(self) -> tuple[str, str]:
        """The pupil (id) and the grade finished: an entry is told from others by these."""
        return self.leaver.pupil, self.leaver.grade

    @property
    def kind(self) -> str:
        """Where to, as the register's code; empty while nothing is written."""
        return str(self.entry.values["kind"]) if self.entry else ""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be learnt where the graduate went."""
        return self.kind in ("", UNKNOWN)

    @property
    def stayed(self) -> bool:
        """Whether nothing is written of a graduate who goes to grade 10 in this school."""
        return self.entry is None and self.leaver.grade == GRADES[9] and (self.leaver.now_grade or 0) > 9

    def known(self) -> dict[str, Value]:
        """What is known of a new entry before anybody says where the graduate went."""
        return {PUPIL: self.leaver.pupil, "grade": self.leaver.grade, "year": self.year}


@dataclass(frozen=True)
class Totals:
    """The graduates of a grade in figures; those ``written`` fall into kinds, and again into ``met``.

    ``demand`` parts those with a profession.
    """

    grade: str
    people: int
    written: int
    kinds: Mapping[str, int]
    met: Mapping[Met, int]
    demand: Mapping[Demand, int]

    @property
    def missing(self) -> int:
        """Of how many nothing is written."""
        return self.people - self.written

    @property
    def compared(self) -> int:
        """With both an intended and a learnt profession."""
        return sum(self.met[one] for one in COMPARED)

    @property
    def professions(self) -> int:
        """With a profession written."""
        return sum(self.demand.values())

    @property
    def listed(self) -> int:
        """With a profession, where the year has a list of those in demand."""
        return self.professions - self.demand[Demand.NO_LIST]


def last_day(year: int) -> date:
    """The day up to which an intention counts for those who graduate in a calendar year."""
    return SchoolYear(year - 1).last_day


def current(year: SchoolYear, today: date) -> int:
    """The graduation that is in hand in a school year: that of the summer before it, in June its own."""
    own = year.start + 1
    return own if today >= date(own, _JUNE, 1) else year.start


def years(entries: Iterable[Entry], finished: Iterable[SchoolYear], now: int) -> tuple[int, ...]:
    """The years of graduation to choose from, the latest first: those written of, past ones with classes, ``now``."""
    written = {year for one in entries if isinstance(year := one.values["year"], int)}
    return tuple(sorted(written | {now} | {one.start + 1 for one in finished if one.start < now}, reverse=True))


def graduates(
    year: int,
    leavers: Iterable[Leaver],
    entries: Iterable[Entry],
    choices: Iterable[Entry],
    demand: Iterable[Entry],
) -> tuple[Graduate, ...]:
    """Everybody who graduated in a year by what is written, and ``leavers`` of whom nothing is written yet.

    Of those written of whom no leaver tells more, the caller is to name a leaver too. Intentions count as they
    stood at the end of the school year.
    """
    wanted = choice_measures.in_demand(demand)
    has_list = any(listed == year for _, listed in wanted)
    intended = choice_measures.latest(choices, "decided_on", last_day(year))
    written = {(str(one.values[PUPIL]), str(one.values["grade"])): one for one in entries}
    found = []
    for leaver in leavers:
        entry, choice = written.get((leaver.pupil, leaver.grade)), intended.get(leaver.pupil)
        if entry is not None and entry.values["year"] != year:
            continue
        is_wanted = entry is not None and (entry.values["profession"], year) in wanted
        found.append(
            Graduate(leaver, year, entry, choice, _met(entry, choice), _demand(entry, is_wanted, has_list=has_list))
        )
    return tuple(found)


def totals(found: Iterable[Graduate], grade: str) -> Totals:
    """Count the graduates of a grade."""
    there = [one for one in found if one.leaver.grade == grade]
    kinds = Counter(one.kind for one in there if one.entry)
    met = Counter(one.met for one in there if one.met)
    demand = Counter(one.demand for one in there if one.demand)
    return Totals(
        grade,
        len(there),
        sum(one.entry is not None for one in there),
        {one.code: kinds[one.code] for one in KINDS},
        {one: met[one] for one in Met},
        {one: demand[one] for one in Demand},
    )


def marked(some: Sequence[Graduate], kind: str) -> tuple[list[Values], list[tuple[str, Values]]]:
    """What to write so that those of ``some`` still open went to ``kind``: new entries, and changes by entry.

    Who cannot have gone there after the grade finished is left open.
    """
    never = next(one.never_with for one in KINDS if one.code == kind)
    wanted = [one for one in some if one.is_open and one.kind != kind and one.leaver.grade != never]
    new: list[Values] = [{**one.known(), "kind": kind} for one in wanted if one.entry is None]
    return new, [(one.entry.id, {"kind": kind}) for one in wanted if one.entry is not None]


def _met(entry: Entry | None, choice: Entry | None) -> Met | None:
    if entry is None:
        return None
    if choice is None:
        return Met.NO_INTENTION
    learnt = entry.values["profession"]
    if not learnt:
        return Met.EARLY if entry.values["kind"] in _NO_PROFESSION_YET else Met.NO_PROFESSION
    if learnt == choice.values["profession"]:
        return Met.INTENDED
    return Met.RESERVE if learnt == choice.values["reserve"] else Met.OTHERWISE


def _demand(entry: Entry | None, is_wanted: bool, *, has_list: bool) -> Demand | None:
    if entry is None or not entry.values["profession"]:
        return None
    if not has_list:
        return Demand.NO_LIST
    return Demand.WANTED if is_wanted else Demand.UNLISTED

"""Graduates in words: a line of each, and sentences of their totals, the same on screen, on paper and in a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from profdesk.domain.graduates import COMPARED, KINDS, Demand, Graduate, Met, Totals
from profdesk.domain.people import fold
from profdesk.domain.register import Entry, Titles, shown
from profdesk.domain.registers_of_pupils import DESTINATIONS, PROFESSION_CHOICES

NOT_WRITTEN = "не записано"
_SHORT = {"college": "колледж", "army": "армия", "unknown": "неизвестно"}


@dataclass(frozen=True)
class Line:
    """A graduate in words; what is not known is empty. ``place`` tells where exactly."""

    graduate: Graduate
    intended: str
    reserve: str
    goal: str
    where: str
    place: str
    profession: str
    demand: str
    met: str

    @property
    def name(self) -> str:
        """The graduate's full name."""
        return self.graduate.leaver.name

    @property
    def beside(self) -> str:
        """The reserve variant and the goal of the intention."""
        reserve = f"запас: {self.reserve}" if self.reserve else ""
        return ", ".join(filter(None, (reserve, self.goal)))

    @property
    def now(self) -> str:
        """The class attended here a school year later."""
        return f"затем {self.graduate.leaver.now}" if self.graduate.leaver.now else ""

    def matches(self, words: str) -> bool:
        """Whether the line holds every searched word."""
        told = (
            self.name, self.graduate.leaver.group, self.now, self.intended, self.beside, self.where, self.place,
            self.profession, self.demand, self.met,
        )  # fmt: skip
        folded = fold(" ".join(told))
        return all(word in folded for word in fold(words).split())


def line(one: Graduate, titles: Titles) -> Line:
    """Tell a graduate."""
    place = (_told(one.entry, "institution", titles), _told(one.entry, "speciality", titles))
    return Line(
        graduate=one,
        intended=_chosen(one.choice, "profession", titles),
        reserve=_chosen(one.choice, "reserve", titles),
        goal=_chosen(one.choice, "goal", titles).replace("\n", " "),
        where=_told(one.entry, "kind", titles) or NOT_WRITTEN,
        place=", ".join(filter(None, place)),
        profession=_told(one.entry, "profession", titles),
        demand=one.demand.label(one.year) if one.demand else "",
        met=one.met.label if one.met else "",
    )


def after(grade: str) -> str:
    """«После 9 класса»."""
    return DESTINATIONS.field("grade").choice(grade).capitalize()


def kinds(found: Totals, *, short: bool = False) -> Sequence[tuple[str, str, int]]:
    """How many went where, as code, words and number, in the register's order; those not written last, without code."""
    titles = {one.code: _SHORT.get(one.code, one.title) if short else one.title for one in KINDS}
    there = [(code, title, found.kinds[code]) for code, title in titles.items() if found.kinds[code]]
    return [*there, ("", NOT_WRITTEN, found.missing)] if found.missing else there


def demand(found: Totals, year: int) -> str:
    """«профессия востребована: 12 из 20»."""
    if not found.professions:
        return "профессий не записано"
    if not found.listed:
        return Demand.NO_LIST.label(year)
    return f"востребована: {found.demand[Demand.WANTED]} из {found.listed}"


def met(found: Totals) -> str:
    """«по намерению: 9 из 15»."""
    if not found.compared:
        return "сравнить не с чем"
    return f"по намерению: {found.met[Met.INTENDED]} из {found.compared}"


def sentence(found: Totals, year: int) -> str:
    """The totals of a grade as a screen reader tells them."""
    where = ", ".join(f"{words} {number}" for _, words, number in kinds(found))
    compared = ", ".join(f"{one.label} {found.met[one]}" for one in COMPARED if found.met[one])
    told = f"{after(found.grade)}: записано {found.written} из {found.people}; {where}; {demand(found, year)}"
    return f"{told}; {compared or met(found)}."


def _told(entry: Entry | None, code: str, titles: Titles) -> str:
    return shown(DESTINATIONS.field(code), entry.values[code], titles) if entry else ""


def _chosen(choice: Entry | None, code: str, titles: Titles) -> str:
    return shown(PROFESSION_CHOICES.field(code), choice.values[code], titles) if choice else ""

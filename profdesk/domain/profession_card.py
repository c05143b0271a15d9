"""What a school knows of a profession, told in one place: to be read on the screen and hung on a classroom's wall."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from profdesk.domain import wording
from profdesk.domain.people import fold
from profdesk.domain.plural import counted
from profdesk.domain.register import Entry, Titles, shown
from profdesk.domain.registers_of_work import DEMAND, LESSONS, PROFESSIONS, SPECIALITIES, TRIALS

_FACTS = ("industry", "subject", "area", "pay")
_TEXTS = ("history", "education", "conditions", "study")
_LINKED = (SPECIALITIES, DEMAND, TRIALS, LESSONS)


@dataclass(frozen=True)
class Demand:
    """That the profession is wanted in a year; ``vacancies`` None: not said how many."""

    year: int
    vacancies: int | None
    source: str

    @property
    def words(self) -> str:
        """«2026 год: 18 вакансий», «2026 год»."""
        number = "" if self.vacancies is None else f": {counted(self.vacancies, 'вакансия', 'вакансии', 'вакансий')}"
        return f"{self.year} год{number}"


@dataclass(frozen=True)
class Met:
    """That a pupil was at an activity where the profession was met; ``what`` names it, ``kind`` its type."""

    pupil: str
    name: str
    what: str
    kind: str
    day: date


@dataclass(frozen=True)
class ProfessionCard:
    """A profession; ``facts`` and ``texts`` are titles and words of those fields that are filled.

    ``taught`` says in a line each what is taught and where, ``demand`` the latest year first, ``trials`` and
    ``lessons`` what the school has on it. ``met`` is who met it and when, the latest first: no paper tells that.
    """

    entry: Entry
    title: str
    facts: Sequence[tuple[str, str]] = ()
    texts: Sequence[tuple[str, str]] = ()
    taught: Sequence[str] = ()
    demand: Sequence[Demand] = ()
    trials: Sequence[str] = ()
    lessons: Sequence[str] = ()
    met: Sequence[Met] = field(default=(), repr=False)

    @property
    def is_bare(self) -> bool:
        """Whether hardly more than its name is known."""
        return not self.texts and not self.taught

    @property
    def who_met(self) -> str:
        """«57 учеников, 83 встречи»; empty where nobody has met it."""
        pupils = len({one.pupil for one in self.met})
        if not pupils:
            return ""
        meetings = counted(len(self.met), "встреча", "встречи", "встреч")
        return f"{counted(pupils, 'ученик', 'ученика', 'учеников')}, {meetings}"


def card(entry: Entry, books: Mapping[str, Sequence[Entry]], titles: Titles, met: Iterable[Met] = ()) -> ProfessionCard:
    """Put together what the entries of registers (by their codes) say of a profession."""
    of = {one.code: [line for line in books[one.code] if line.values["profession"] == entry.id] for one in _LINKED}
    return ProfessionCard(
        entry,
        str(entry.values["title"]),
        _told(entry, _FACTS),
        _told(entry, _TEXTS),
        sorted(_taught(line, titles) for line in of[SPECIALITIES.code]),
        sorted(map(_demand, of[DEMAND.code]), key=lambda one: -one.year),
        sorted(_named(line, "grades") for line in of[TRIALS.code]),
        sorted(_named(line, "subject", "grades") for line in of[LESSONS.code]),
        sorted(met, key=lambda one: (-one.day.toordinal(), one.what, one.kind, fold(one.name))),
    )


def _told(entry: Entry, codes: Iterable[str]) -> Sequence[tuple[str, str]]:
    fields = [PROFESSIONS.field(code) for code in codes]
    return tuple((one.title, words) for one in fields if (words := shown(one, entry.values[one.code], {})))


def _demand(line: Entry) -> Demand:
    year, vacancies = line.values["year"], line.values["vacancies"]
    return Demand(
        year if isinstance(year, int) else 0,
        vacancies if isinstance(vacancies, int) else None,
        str(line.values["source"]),
    )


def _taught(line: Entry, titles: Titles) -> str:
    """«Обработка металлов: ГАПОУ СО АКТП, после 9 класса, 25 мест»; the number does not part from its word."""
    told = [shown(SPECIALITIES.field(code), line.values[code], titles) for code in ("institution", "basis")]
    places = line.values["places"]
    if isinstance(places, int):
        told.append(counted(places, "место", "места", "мест").replace(" ", wording.NBSP))
    return f"{line.values['title']}: {', '.join(filter(None, told))}"


def _named(line: Entry, *codes: str) -> str:
    """«Химия в теплице», химия, 9 класс."""
    told = (str(line.values[code]) for code in codes)
    return ", ".join(filter(None, (wording.quoted(str(line.values["title"])), *told)))

"""What pupils of the demonstration school achieved in two years, and where its graduates went; all of it is made up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from profdesk.domain.demo_chance import chance, seed
from profdesk.domain.graduates import GRADES, SCHOOL, UNKNOWN
from profdesk.domain.people import Pupil
from profdesk.domain.register import Entry, Register, Value, Values
from profdesk.domain.registers_of_pupils import ACHIEVEMENTS, DESTINATIONS, PROFESSION_CHOICES, PUPIL
from profdesk.domain.registers_of_work import INSTITUTIONS, PROFESSIONS, SPECIALITIES
from profdesk.domain.school_year import SchoolYear
from profdesk.services import programmes, registers

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace

T = TypeVar("T")
_ACHIEVES = 0.09
"""How likely a pupil has an achievement in a school year."""
_PLACES = ("participant", "participant", "prize", "laureate", "winner")
_NINE, _ELEVEN = GRADES[9], GRADES[11]
_KINDS = {
    _NINE: ("college",) * 17 + (SCHOOL, "work", UNKNOWN),
    _ELEVEN: ("university",) * 9 + ("college",) * 6 + ("work", "work", "army", UNKNOWN, "other"),
}
"""Where those went who are in the school no longer, as often as they did."""
_WRITTEN, _INTENDS, _AS_INTENDED, _AS_RESERVED = 0.88, 0.85, 0.55, 0.75
_TENTH, _PROFILED, _SEPTEMBER = 10, 8, 9
_GOAL = "поступить на бюджет"
_HEARD = ("список зачисленных от колледжа", "со слов родителей", "со слов классного руководителя", "")


@dataclass(frozen=True)
class _Event:
    """What one can achieve: from which grade, in which month."""

    title: str
    kind: str
    level: str
    grade: int
    month: int
    subject: str = ""
    on_profile: bool = False


_EVENTS = (
    _Event("Всероссийская олимпиада школьников", "olympiad", "municipal", 7, 11, "технология", on_profile=True),
    _Event("Всероссийская олимпиада школьников", "olympiad", "municipal", 7, 11, "биология", on_profile=True),
    _Event("Всероссийская олимпиада школьников, школьный этап", "olympiad", "organisation", 5, 10, "математика"),
    _Event("Чемпионат «Юные мастера»", "championship", "regional", 8, 2, "электромонтаж", on_profile=True),
    _Event("Чемпионат «Юные мастера»", "championship", "municipal", 8, 12, "поварское дело", on_profile=True),
    _Event("Конференция «Первые шаги в науку»", "conference", "municipal", 5, 3, "вода нашего округа"),
    _Event("Конференция «Первые шаги в науку»", "conference", "organisation", 3, 2, "профессии моей семьи"),
    _Event("Конкурс рисунков «Кем работают мои родители»", "contest", "municipal", 1, 10),
    _Event("Конкурс чтецов", "contest", "organisation", 2, 4),
    _Event("Конкурс сочинений «Моя будущая профессия»", "contest", "regional", 6, 10, on_profile=True),
    _Event("Лыжные гонки «Северный старт»", "sport", "municipal", 4, 2),
    _Event("Кросс", "sport", "organisation", 2, 9),
    _Event("Соревнования по робототехнике", "other", "regional", 6, 12, "манипуляторы", on_profile=True),
)


def write(workspace: Workspace, today: date, known: str = "") -> None:
    """Write achievements of both school years and the graduates of the last two summers, as one unit of work.

    The pupil ``known`` (id) achieves something in any case.
    """
    programme, now = programmes.current(workspace, workspace.actor), datetime.now(UTC)
    with workspace.unit(workspace.actor) as unit:
        year = unit.organisation.get().period.year
        former, there = unit.pupils.all(year.previous), unit.pupils.all(year)
        here = {one.id for one in there if one.attends}
        offers = _Offers(
            {one.id: str(one.values["kind"]) for one in unit.registers.entries(INSTITUTIONS)},
            unit.registers.entries(SPECIALITIES),
            [one.id for one in registers.entries(unit, PROFESSIONS, programme)],
        )
        made: dict[Register, list[Values]] = {ACHIEVEMENTS: [], PROFESSION_CHOICES: [], DESTINATIONS: []}
        for when, pupils in ((year.previous, former), (year, there)):
            sure = [one for one in pupils if one.attends and (one.id == known or _achieves(one, when))]
            made[ACHIEVEMENTS] += [won for one in sure for won in _achieved(one, when, today)]
        for pupil in former:
            if pupil.attends and pupil.group is not None:
                for register, values in _graduated(
                    pupil, pupil.group.name.grade or 0, year.start, pupil.id in here, offers
                ):
                    made[register].append({PUPIL: pupil.id, **values})
        jobs = {str(one[link]) for one in made[PROFESSION_CHOICES] for link in ("profession", "reserve")}
        for job in sorted(jobs | {str(one["profession"]) for one in made[DESTINATIONS] if one.get("profession")}):
            registers.ensure(unit, PROFESSIONS, job, programme, now)
        for register, entries in made.items():
            unit.registers.add_all(register, entries, now)


@dataclass(frozen=True)
class _Offers:
    """What the registers offer: kinds of institutions by id, specialities, ids of professions."""

    institutions: Mapping[str, str]
    specialities: Sequence[Entry]
    professions: Sequence[str]

    def taught(self, kind: str, grade: str) -> Sequence[Entry]:
        """The specialities that lead to a profession, of institutions of a kind, after a grade."""
        return [
            one
            for one in self.specialities
            if one.values["basis"] == grade
            and one.values["profession"]
            and self.institutions.get(str(one.values["institution"])) == kind
        ]


def _achieves(pupil: Pupil, year: SchoolYear) -> bool:
    """Whether a pupil achieves anything that is written down; most do not."""
    return chance("achieves", seed(pupil), year.start) < _ACHIEVES


def _achieved(pupil: Pupil, year: SchoolYear, today: date) -> Iterator[Values]:
    """What a pupil who achieves anything achieved in a school year up to a day."""
    grade = (pupil.group.name.grade if pupil.group else None) or 0
    told = (seed(pupil), year.start)
    events = [one for one in _EVENTS if one.grade <= grade]
    if not events:
        return
    event = _one(events, "event", *told)
    begun = date(year.start + (event.month < _SEPTEMBER), event.month, 1)
    held = begun + timedelta(days=int(26 * chance("day", *told)))
    if held <= today:
        yield {
            PUPIL: pupil.id,
            "title": event.title,
            "kind": event.kind,
            "level": event.level,
            "place": _one(_PLACES, "place", *told),
            "held_on": held,
            "subject": event.subject,
            "on_profile": event.on_profile and grade >= _PROFILED,
        }


def _graduated(
    pupil: Pupil, grade: int, year: int, is_here: bool, offers: _Offers
) -> Iterator[tuple[Register, dict[str, Value]]]:
    """Where a pupil went who was in a grade before the summer of a year, and what was intended."""
    told = seed(pupil)
    if grade == _TENTH:
        yield DESTINATIONS, {"grade": _NINE, "year": year - 1, "kind": SCHOOL}
    elif grade in GRADES and is_here:
        if chance("goes on", told) < _WRITTEN:
            yield DESTINATIONS, {"grade": GRADES[grade], "year": year, "kind": SCHOOL}
    elif grade in GRADES:
        kind = _one(_KINDS[GRADES[grade]], "kind", told)
        taught = offers.taught(kind, GRADES[grade])
        where = _one(taught, "taught", told).values if taught else {}
        if chance("intends", told) < _INTENDS:
            yield PROFESSION_CHOICES, _intended(told, year, where.get("profession"), offers)
        if chance("written", told) < _WRITTEN:
            yield (
                DESTINATIONS,
                {
                    "grade": GRADES[grade],
                    "year": year,
                    "kind": kind,
                    "institution": where.get("institution"),
                    "profession": where.get("profession"),
                    "speciality": where.get("title", ""),
                    "note": _one(_HEARD, "heard", told),
                },
            )


def _intended(told: str, year: int, learnt: Value, offers: _Offers) -> dict[str, Value]:
    """The choice of the spring before; it came true for most, in one way or the other."""
    others = [one for one in offers.professions if one != learnt]
    job, reserve = _one(others, "job", told), _one(others[::-1], "reserve", told)
    how = chance("how", told)
    if learnt and how < _AS_RESERVED:
        job, reserve = (str(learnt), reserve) if how < _AS_INTENDED else (job, str(learnt))
    day = date(year, 2, 1) + timedelta(days=int(80 * chance("day", told)))
    return {"decided_on": day, "profession": job, "reserve": reserve if reserve != job else None, "goal": _GOAL}


def _one(some: Sequence[T], *told: object) -> T:
    return some[int(chance(*told) * len(some))]

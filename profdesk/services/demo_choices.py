"""What pupils of the demonstration school chose in two years: profiles, studies by them, professions; all made up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from profdesk.domain.choices import DAYS, GRADES, STUDY_GRADES
from profdesk.domain.demo_chance import chance, seed
from profdesk.domain.people import Pupil
from profdesk.domain.progress import Progress
from profdesk.domain.register import Register, Value, Values
from profdesk.domain.registers_of_pupils import PROFESSION_CHOICES, PROFILE_CHOICES, PROFILE_STUDIES, PUPIL
from profdesk.domain.registers_of_work import PROFESSIONS
from profdesk.domain.school_year import SchoolYear
from profdesk.services import programmes, registers

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace

T = TypeVar("T")
_Written = tuple[Register, dict[str, Value]]
_LINKS = ("profession", "reserve")


@dataclass(frozen=True)
class _Bent:
    """What a made-up pupil is drawn to; ``jobs`` are titles of professions."""

    profile: str
    subjects: str
    wish: str
    basis: str
    jobs: tuple[str, ...]


_BENTS = (
    _Bent(
        "technological",
        "физика, математика",
        "Хочет работать с техникой: интересно, как устроены станки.",
        "Проба на заводе пройдена с оценкой 5, по физике и информатике твёрдые пятёрки.",
        ("оператор станков с программным управлением", "машинист локомотива", "электромонтёр"),
    ),
    _Bent(
        "natural",
        "химия, биология",
        "Хочет лечить: летом помогает в ветеринарной клинике.",
        "Работа по биологии на конференции, собеседование с психологом.",
        ("медицинская сестра", "сетевой врач", "агроном"),
    ),
    _Bent(
        "humanitarian",
        "история, иностранный язык",
        "Нравится объяснять и писать, ведёт школьную газету.",
        "Портфолио: сильнее всего общение и инициативность; победы на конкурсах сочинений.",
        ("учитель начальных классов", "воспитатель", "сценарист семейного туризма"),
    ),
    _Bent(
        "economic",
        "математика, обществознание",
        "Хочет своё дело, как в семье.",
        "Проект по обществознанию о местных предприятиях, собеседование вместе с родителями.",
        ("повар", "швея", "дизайнер умной рекламы"),
    ),
    _Bent(
        "universal",
        "",
        "Пока нравится многое, решит ближе к экзаменам.",
        "Собеседование: ровные оценки, ярких склонностей пока нет.",
        ("архитектор территорий", "повар", "воспитатель"),
    ),
)
_TALKS = (
    "Рассказывает, чем занимаются люди этой профессии, знает, где учат.",
    "Выбирает вслед за друзьями, о самой работе знает мало.",
    "Родители согласны, решили вместе сходить на день открытых дверей.",
)
_GOALS = ("поступить в колледж после 9 класса", "поступить в вуз на бюджет", "получить целевое направление")
_JUDGES = ("классный руководитель", "педагог-психолог")
_CHOOSES = {8: (0.0, 0.45), 9: (0.7, 0.5), 10: (0.9, 0.0), 11: (0.85, 0.0)}
"""How likely a profile is chosen at the end of the year before the present grade (of 11: two years before), and now."""
_PROFESSION = {8: 0.15, 9: 0.4, 10: 0.55, 11: 0.7}
_LEFT_OUT = "Б"
"""The letter of the class of grade 10 whose studies nobody has recorded yet."""


def choose(workspace: Workspace, today: date, progress: Progress) -> None:
    """Write what those chose this year and before who are in grades 8-11 now, as one unit of work."""
    programme, now = programmes.current(workspace, workspace.actor), datetime.now(UTC)
    known = (PROFILE_CHOICES, PROFILE_STUDIES, PROFESSION_CHOICES)
    with workspace.unit(workspace.actor) as unit:
        year = unit.organisation.get().period.year
        jobs = {str(one.values["title"]): one.id for one in registers.entries(unit, PROFESSIONS, programme)}
        made: dict[str, list[Values]] = {one.code: [] for one in known}
        for pupil in unit.pupils.all(year):
            if pupil.attends and pupil.group is not None and pupil.group.name.grade in GRADES:
                for register, values in _Chooser(pupil, pupil.group.name.grade, year, jobs).told():
                    day = values[DAYS[register.code]]
                    if isinstance(day, date) and day <= today:
                        made[register.code].append({PUPIL: pupil.id, **values})
        for job in {str(one[link]) for one in made[PROFESSION_CHOICES.code] for link in _LINKS if one.get(link)}:
            registers.ensure(unit, PROFESSIONS, job, programme, now)
        for done, register in enumerate(known):
            progress(done, len(known))
            unit.registers.add_all(register, made[register.code], now)
    progress(len(known), len(known))


class _Chooser:
    """What one pupil comes to, step by step; the same in every workspace."""

    def __init__(self, pupil: Pupil, grade: int, year: SchoolYear, jobs: Mapping[str, str]) -> None:
        self._seed = seed(pupil)
        self._pupil = pupil
        self._grade = grade
        self._year = year
        self._jobs = jobs

    def told(self) -> Iterator[_Written]:
        """Everything in the order in which it came."""
        first, second = _CHOOSES[self._grade]
        began = self._year.previous if self._grade == max(STUDY_GRADES) else self._year
        bent, chosen = self._one("bent", _BENTS), None
        if self._happens("first", first):
            spring = date(began.start, 4, 6) + timedelta(days=int(40 * chance(self._seed, "spring")))
            chosen, entry = self._profile("first", spring, bent)
            yield entry
        if self._happens("second", second):
            other = bent if self._happens("keeps", 0.7) else self._one("other", _BENTS)
            chosen, entry = self._profile("second", self._autumn("second"), other)
            yield entry
        if self._grade in STUDY_GRADES and not self._left_out and self._happens("studies", 0.95):
            studies = chosen if chosen and self._happens("goes on", 0.85) else self._one("instead", _BENTS)
            yield PROFILE_STUDIES, {"since": began.first_day, "profile": studies.profile, "subjects": studies.subjects}
        if self._happens("profession", _PROFESSION[self._grade]):
            if self._happens("earlier", 0.4) and self._grade > min(GRADES):
                yield self._profession("earlier", date(self._year.start, 5, 12), self._one("dreams", _BENTS))
            yield self._profession("now", self._autumn("profession"), bent)

    def _profile(self, step: str, day: date, bent: _Bent) -> tuple[_Bent | None, _Written]:
        """A choice; now and then a talk that ended without one."""
        talk: dict[str, Value] = {"decided_on": day, "wish": bent.wish, "interview": self._one(f"{step} talk", _TALKS)}
        if self._happens(f"{step} undecided", 0.12):
            return None, (PROFILE_CHOICES, talk)
        reserve = self._one(f"{step} reserve", [one for one in _BENTS if one is not bent])
        made: dict[str, Value] = {
            **talk,
            "profile": bent.profile,
            "basis": bent.basis,
            "subjects": bent.subjects,
            "reserve": reserve.profile if self._happens(f"{step} has reserve", 0.7) else "",
            **self._judged(step),
        }
        return bent, (PROFILE_CHOICES, made)

    def _profession(self, step: str, day: date, bent: _Bent) -> _Written:
        there = [self._jobs[job] for job in bent.jobs if job in self._jobs]
        job = self._one(f"{step} job", there)
        others = [one for one in there if one != job]
        made: dict[str, Value] = {"decided_on": day, "profession": job, **self._judged(step)}
        made["reserve"] = self._one(f"{step} other job", others) if self._happens(f"{step} spare", 0.7) else None
        made["goal"] = self._one(f"{step} goal", _GOALS) if self._happens(f"{step} aims", 0.8) else ""
        made["basis"] = bent.basis if self._happens(f"{step} rests", 0.85) else ""
        return PROFESSION_CHOICES, made

    def _judged(self, step: str) -> dict[str, Value]:
        """Whether it is conscious and who says so; about some nobody has said anything yet."""
        if self._happens(f"{step} unjudged", 0.15):
            return {}
        conscious = "yes" if self._happens(f"{step} conscious", 0.7) else "no"
        return {"conscious": conscious, "judged_by": self._one(f"{step} judge", _JUDGES)}

    @property
    def _left_out(self) -> bool:
        group = self._pupil.group
        return group is not None and (group.name.grade, group.name.letter) == (min(STUDY_GRADES), _LEFT_OUT)

    def _autumn(self, step: str) -> date:
        return date(self._year.start, 10, 1) + timedelta(days=int(50 * chance(self._seed, step, "day")))

    def _happens(self, step: str, often: float) -> bool:
        return chance(self._seed, step) < often

    def _one(self, step: str, some: Sequence[T]) -> T:
        return some[int(chance(self._seed, step, "which") * len(some))]

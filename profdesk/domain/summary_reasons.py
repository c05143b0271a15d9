"""Why somebody is counted by a figure of the summary or is missing from it, in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from profdesk.domain import choice_measures, register_measures
from profdesk.domain.activities import Presence, Visit
from profdesk.domain.choice_measures import Standing
from profdesk.domain.programme import Competency
from profdesk.domain.register import Entry, Titles, shown
from profdesk.domain.register_measures import Registers
from profdesk.domain.registers import PARTNERS
from profdesk.domain.registers_of_pupils import DESTINATIONS, PROFESSION_CHOICES, PROFILE_CHOICES, PROFILE_STUDIES
from profdesk.domain.span import Span
from profdesk.domain.wording import quoted

_FEW = 5
_NO_VISIT = {
    "events_any": "Не было ни одного мероприятия",
    "trials_any": "Не было ни одной пробы или практики",
    "labour_market_informed": "Не было ни одного занятия о рынке труда",
    "parents_reached": "Родителей не было ни на одной встрече",
}
_NO_CHOICE = {
    "profile_choice": "Профиль не выбран",
    "conscious_choice": "Выбор профессии не записан",
    choice_measures.CONTINUED: "Не записано, по какому профилю учится",
}
_WHAT = {"profile_choice": (PROFILE_CHOICES, "profile"), "conscious_choice": (PROFESSION_CHOICES, "profession")}
_LACKING = {"profile": "профиля", "goal": "цели", "basis": "основания", "reserve": "запасного варианта"}


@dataclass(frozen=True)
class Attended:
    """A pupil at an activity that was held, or asked to one and not there; ``type`` and ``audience`` are codes."""

    pupil: str
    title: str
    day: date
    type: str
    audience: str
    labour_market: bool
    presence: Presence

    @property
    def visit(self) -> Visit:
        """As the rules see it."""
        return self.pupil, self.type, self.audience, self.labour_market


def portfolio(assessed: Collection[str], competencies: Sequence[Competency]) -> str:
    """«Оценено 12 из 15, нет: планирование, гибкость, упорство»."""
    missing = [one.plain_short for one in competencies if one.code not in assessed]
    there = len(competencies) - len(missing)
    if not there:
        return "Не оценена ни одна компетенция"
    told = f"Оценено {there} из {len(competencies)}"
    return f"{told}, нет: {', '.join(one[:1].lower() + one[1:] for one in missing)}" if missing else told


def attendance(measure: str, some: Sequence[Attended]) -> str:
    """What counts for a pupil, the latest first; or that nothing does, and what the pupil missed."""
    there = [one for one in some if one.presence is Presence.PRESENT]
    if there:
        return _visits(there)
    return f"{_NO_VISIT[measure]}. Приглашали: {_visits(some)}" if some else _NO_VISIT[measure]


def choice(measure: str, made: Standing, pupil: str, titles: Titles) -> str:
    """What a pupil chose, and what of it a measure asks for is not there."""
    found = made.of(measure).get(pupil)
    if found is None:
        return _NO_CHOICE[measure]
    if measure == choice_measures.CONTINUED:
        return _study(found, made.before(found), titles)
    register, field = _WHAT[measure]
    told = [_capital(shown(register.field(field), found.values[field], titles))]
    if not choice_measures.is_conscious(found):
        judged = found.values["conscious"] == "no"
        told.append("выбор назван неосознанным" if judged else "не отмечено, осознан ли выбор")
    lacking = [_LACKING[one] for one in choice_measures.lacking(measure, found)]
    return ", ".join((*told, *([f"нет {' и '.join(lacking)}"] if lacking else [])))


def destination(entry: Entry, wanted: Collection[tuple[object, object]], titles: Titles) -> str:
    """Which profession a graduate learns, and whether it is on the list of the year."""
    profession, year = entry.values["profession"], entry.values["year"]
    if not profession:
        return "Профессия не записана"
    name = _capital(shown(DESTINATIONS.field("profession"), profession, titles))
    there = "есть в списке востребованных" if (profession, year) in wanted else "нет в списке востребованных"
    return f"{name}: {there} {year} года"


def training(registers: Registers, person: str, day: date) -> str:
    """The last course that counts for somebody, or why none does."""
    courses = [one for one in registers.trainings if one.values["person"] == person]
    named = _parted(courses, lambda one: register_measures.course_flaw(one, day), _course)
    return named or "Нет ни одного курса"


def agreements(registers: Registers, day: date) -> str:
    """The agreements that count, or why none does."""
    names = {one.id: str(one.values["name"]) for one in registers.partners}
    named = _parted(
        registers.agreements,
        lambda one: register_measures.agreement_flaw(one, registers, day),
        lambda one: f"№ {one.values['number']}, {names.get(str(one.values['partner']), PARTNERS.one)}",
    )
    return named or "Ни одного договора не записано"


def web_pages(registers: Registers, span: Span) -> str:
    """The pages that count, or why none does."""
    named = _parted(
        registers.web_pages,
        lambda one: register_measures.page_flaw(one, span),
        lambda one: f"{quoted(str(one.values['title']))}, {one.values['address']}",
    )
    return named or "Ни одной страницы не записано"


def _parted(entries: Collection[Entry], flaw: Callable[[Entry], str], name: Callable[[Entry], str]) -> str:
    """Those that count, by name; if none does, all with what is the matter with each."""
    flaws = {one.id: flaw(one) for one in entries}
    counted = [name(one) for one in entries if not flaws[one.id]]
    told = counted or [f"{name(one)}: {flaws[one.id]}" for one in entries]
    more = f" и ещё {len(told) - _FEW}" if len(told) > _FEW else ""
    return "; ".join(told[:_FEW]) + more


def _course(entry: Entry) -> str:
    finished = entry.values["finished_on"]
    return f"{quoted(str(entry.values['title']))}{f', {finished:%d.%m.%Y}' if isinstance(finished, date) else ''}"


def _study(study: Entry, before: Entry | None, titles: Titles) -> str:
    now = shown(PROFILE_STUDIES.field("profile"), study.values["profile"], titles)
    if before is None:
        return f"Учится по профилю {quoted(now)}, прежний выбор не записан"
    chosen = shown(PROFILE_CHOICES.field("profile"), before.values["profile"], titles)
    return f"Учится по профилю {quoted(now)}" + ("" if chosen == now else f", выбран был {quoted(chosen)}")


def _visits(some: Sequence[Attended]) -> str:
    last = max(some, key=lambda one: one.day)
    more = len({(one.title, one.day) for one in some}) - 1
    return f"{quoted(last.title)}, {last.day:%d.%m.%Y}{f' и ещё {more}' if more else ''}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

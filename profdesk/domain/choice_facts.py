"""Every fact for the choice of one pupil, side by side, in the words of screen and paper; no verdict is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from profdesk.domain import choices, growth, pupil_card, wording
from profdesk.domain.activities import Activity, ActivityType, Participation, Presence, Sort, State
from profdesk.domain.choices import PupilChoices
from profdesk.domain.plural import counted
from profdesk.domain.pupil_card import PupilCard
from profdesk.domain.register import Entry, Register, Titles, shown
from profdesk.domain.registers_of_pupils import ACHIEVEMENTS, PROFESSION_CHOICES, PROFILE_CHOICES, PROFILE_STUDIES
from profdesk.domain.talks import Talk

_BRIEF = 120
"""How much of a talk is told: the whole of it stands among the consultations."""
_HOURS = {Sort.TRIAL: "на пробах", Sort.PRACTICE: "на практиках", Sort.EVENT: "на событиях"}


@dataclass(frozen=True)
class Facts:
    """What is known of a pupil; ``visits`` the latest first, ``met`` titles of professions.

    ``talks`` are what psychologists wrote of talks, None for whoever does not hold their key.
    """

    card: PupilCard
    choices: PupilChoices
    titles: Titles
    visits: tuple[tuple[Activity, Participation], ...]
    types: Mapping[str, ActivityType]
    hours: Mapping[Sort, int]
    met: tuple[str, ...]
    achievements: tuple[Entry, ...]
    talks: tuple[Talk, ...] | None = None


@dataclass(frozen=True)
class Line:
    """A line of a fact and what stands under it in small type."""

    words: str
    second: str = ""


@dataclass(frozen=True)
class Fact:
    """What is known of one thing; ``missing`` says how to get to know it where nothing is."""

    code: str
    title: str
    lines: tuple[Line, ...]
    missing: str


def about(facts: Facts, today: date) -> str:
    """Class, age and since when here, in a line."""
    return ", ".join(pupil_card.facts(facts.card, today))


def told(facts: Facts) -> tuple[Fact, ...]:
    """What everybody who may read the card sees, the same on paper."""
    made = (
        ("portfolio", "Портфолио", _portfolio, "Ещё не оценено. Стадии отмечают на странице «Портфолио»."),
        (
            "released",
            "Выводы психолога",
            _released,
            "Пока не переданы. Их передаёт психолог после диагностики.",
        ),
        ("trials", "Пробы", _trials, "Проб ещё не было. Их вносят на странице «Пробы и события»."),
        (
            "wish",
            "Собеседование и желание",
            _wish,
            "Не записаны. Спросите и запишите вместе с выбором: Ctrl+N.",
        ),
        (
            "achievements",
            "Достижения",
            _achievements,
            "Не записаны. Их вносят в карточке, «Достижения»: Ctrl+K.",
        ),
        ("practice", "Часы и профессии", _practice, "Пока ничего. Часы и профессии дают пробы, практики и встречи."),
        ("before", "Прежние намерения", _before, "Других записей нет. Новый выбор прежнего не стирает."),
    )
    return tuple(Fact(code, title, tuple(tell(facts)), missing) for code, title, tell, missing in made)


def private(facts: Facts) -> Fact | None:
    """What psychologists alone see and what no paper prints; None for whoever does not hold their key."""
    if facts.talks is None:
        return None
    lines = (
        Line(
            shorten(one.entry.outcome or one.entry.words or one.entry.reason, _BRIEF, placeholder="…"),
            f"{one.entry.kind.label}, {wording.day(one.entry.held_on)}",
        )
        for one in facts.talks
    )
    missing = "Записей нет. Их вносят на странице «Диагностика», «Консультации»."
    return Fact("talks", "Записи психолога", tuple(lines), missing)


def choice_lines(facts: Facts, register: Register) -> tuple[Line, ...]:
    """What is recorded of the choice that holds: on what it rests, the reserve, who judges it."""
    now = facts.choices.now(register)
    if register is PROFILE_STUDIES:
        return tuple(_studied(facts, now))
    return tuple(_chosen(facts, register, now)) if now else ()


def headline(facts: Facts, register: Register) -> str:
    """«Профиль: технологический», «Профессия пока не выбрана»."""
    now = facts.choices.now(register)
    nothing = {
        PROFILE_CHOICES.code: "Профиль пока не выбран",
        PROFILE_STUDIES.code: "Профиль обучения не записан",
        PROFESSION_CHOICES.code: "Профессия пока не выбрана",
    }
    return (
        f"{choices.SHORT[register.code]}: {choices.what(register, now, facts.titles)}"
        if now
        else nothing[register.code]
    )


def _chosen(facts: Facts, register: Register, now: Entry) -> Iterable[Line]:
    parts = [f"Выбрано {wording.day(choices.day_of(register, now))}"]
    if now.values["judged_by"]:
        parts.append(f"об осознанности судит {now.values['judged_by']}")
    yield Line(f"Основание: {_one_line(now, 'basis')}" if now.values["basis"] else "Основание не записано")
    reserve = shown(register.field("reserve"), now.values["reserve"], facts.titles)
    more = (
        ("Цель", _one_line(now, "goal") if "goal" in now.values else ""),
        ("В запасе", reserve or "ничего не записано"),
        ("Углублённо", str(now.values.get("subjects") or "")),
    )
    yield Line(". ".join(f"{name}: {words.rstrip('.')}" for name, words in more if words), ", ".join(parts))


def _studied(facts: Facts, now: Entry | None) -> Iterable[Line]:
    before, parts = facts.choices.chosen_before, []
    if before is not None:
        chosen = choices.what(PROFILE_CHOICES, before, facts.titles)
        words = f"Выбран раньше: {chosen}, {wording.day(choices.day_of(PROFILE_CHOICES, before))}"
    elif now is not None:
        words = "Что выбрано до этого дня, не записано: внесите на вкладке «Профиль»"
    else:
        return
    if now is not None:
        parts.append(f"Учится с {wording.day(choices.day_of(PROFILE_STUDIES, now))}")
        parts += [f"углублённо: {now.values['subjects']}"] if now.values["subjects"] else []
    yield Line(words, ", ".join(parts))


def _portfolio(facts: Facts) -> Iterable[Line]:
    card = facts.card
    compared, done = card.compared(None), card.completeness
    if compared.now is None:
        return
    known = f"Оценено {done.assessed} из {done.total}" if done else "Оценено раньше"
    when = wording.month(card.last_day(compared.now))
    yield Line(f"{known}, сформировано {compared.formed}", f"последняя оценка: {when}")
    for words, named in (("Сильнее", compared.strengths), ("Слабее", compared.to_help)):
        if named:
            yield Line(f"{words}: {growth.named(named).replace('ещё ', f'ещё{wording.NBSP}')}")


def _released(facts: Facts) -> Iterable[Line]:
    for one in sorted(facts.card.history.released, key=lambda one: one.held_on, reverse=True):
        yield Line(one.words, wording.day(one.held_on))


def _trials(facts: Facts) -> Iterable[Line]:
    for activity, one in facts.visits:
        kind = facts.types.get(activity.entry.type)
        was = activity.state is State.HELD and one.presence is Presence.PRESENT
        if was and kind is not None and kind.sort is Sort.TRIAL:
            said = (one.result, f"оценка {one.mark}" if one.mark else "", f"«{one.feedback}»" if one.feedback else "")
            day = wording.day(activity.entry.last_day)
            yield Line(activity.entry.title, ", ".join(filter(None, (*said, day))))


def _wish(facts: Facts) -> Iterable[Line]:
    for field, name in (("wish", "Желание"), ("interview", "Собеседование")):
        found = facts.choices.latest_words(field)
        if found:
            yield Line(f"{name}: {' '.join(found[0].split())}", wording.day(found[1]))


def _achievements(facts: Facts) -> Iterable[Line]:
    latest = sorted(facts.achievements, key=lambda one: str(one.values["held_on"]), reverse=True)
    for one in latest:
        told = [ACHIEVEMENTS.field(code).choice(one.values[code]) for code in ("place", "level")]
        held = one.values["held_on"]
        day = wording.day(held) if isinstance(held, date) else ""
        yield Line(str(one.values["title"]), ", ".join((*told, day)))


def _practice(facts: Facts) -> Iterable[Line]:
    hours = [f"{_HOURS[sort]} {number}" for sort, number in facts.hours.items() if number]
    if hours:
        yield Line(f"Часы: {', '.join(hours)}")
    if facts.met:
        met = counted(len(facts.met), "профессия", "профессии", "профессий")
        yield Line(f"Знакомо: {met}", ", ".join(facts.met))


def _before(facts: Facts) -> Iterable[Line]:
    """Former choices of all kinds, the latest first: a change of mind is itself a fact."""
    found = [
        (choices.day_of(register, one), register, one)
        for register in (PROFILE_CHOICES, PROFESSION_CHOICES)
        for one in facts.choices.before(register)
    ]
    for day, register, one in sorted(found, key=lambda part: part[0], reverse=True):
        judged = register.field("conscious").choice(one.values["conscious"])
        words = f"{choices.SHORT[register.code]}: {choices.what(register, one, facts.titles)}"
        yield Line(words, ", ".join(filter(None, (wording.day(day), judged))))


def _one_line(entry: Entry, field: str) -> str:
    return " ".join(str(entry.values[field]).split())


def few(lines: Sequence[Line], most: int) -> tuple[Line, ...]:
    """The first lines, and how many more there are."""
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], Line(f"и ещё {len(lines) - most + 1}"))

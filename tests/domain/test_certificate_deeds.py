"""What a pupil has done and achieved, as a certificate prints it."""

from __future__ import annotations

from datetime import date

from profdesk.domain import certificate_deeds as deeds
from profdesk.domain.activities import Activity, ActivityEntry, Participation, Presence, State
from profdesk.domain.register import Entry
from profdesk.services.activities import shipped_types

TYPES = {one.code: one for one in shipped_types()}
YEAR = (date(2026, 9, 1), date(2027, 8, 31))


def visit(
    kind: str,
    day: date = date(2026, 10, 2),
    *,
    state: State = State.HELD,
    presence: Presence = Presence.PRESENT,
    hours: int | None = None,
    own: int | None = None,
) -> tuple[Activity, Participation]:
    return Activity("a", ActivityEntry(kind, "Что-то", day, hours=hours), state), Participation("p", presence, own)


def test_what_was_done_is_counted_by_kind() -> None:
    done = [
        visit("trial"),
        visit("trial", date(2026, 9, 1)),
        visit("practice", hours=10),
        visit("volunteering", hours=3),
        visit("volunteering", hours=3, own=35),
        visit("lesson"),
    ]
    assert deeds.deeds(done, TYPES, YEAR) == (
        "Профессиональные пробы: 2 · социальные практики: 1 · волонтёрство: 38 часов",
    )


def test_what_was_missed_cancelled_or_of_another_year_is_not() -> None:
    missed = [
        visit("trial", presence=Presence.ABSENT),
        visit("trial", state=State.CANCELLED),
        visit("trial", date(2026, 8, 31)),
        visit("trial", date(2027, 9, 1)),
        visit("unheard-of"),
    ]
    assert deeds.deeds(missed, TYPES, YEAR) == ()
    assert deeds.deeds([visit("volunteering", hours=1)], TYPES, YEAR) == ("Волонтёрство: 1 час",)


def study(since: date, profile: str) -> Entry:
    return Entry("e", {"since": since, "profile": profile})


def test_the_profile_is_the_latest_begun() -> None:
    known = [study(date(2026, 9, 1), "natural"), study(date(2027, 2, 1), "technological")]
    assert deeds.studies(known, date(2027, 8, 31)) == ("Профиль обучения: технологический",)
    assert deeds.studies(known, date(2026, 12, 31)) == ("Профиль обучения: естественно-научный",)
    assert deeds.studies([*known, study(date(2027, 3, 1), "other")], date(2027, 8, 31)) == ()
    assert deeds.studies([], date(2027, 8, 31)) == ()


def achieved(title: str, level: str, place: str, day: date = date(2026, 11, 20)) -> Entry:
    return Entry("e", {"title": title, "level": level, "place": place, "held_on": day, "kind": "olympiad"})


def test_achievements_stand_from_the_highest_down() -> None:
    known = [
        achieved("Конкурс чтецов", "organisation", "winner"),
        achieved("Олимпиада по технологии", "regional", "prize"),
        achieved("Большая перемена", "national", "participant", date(2027, 3, 1)),
        achieved("Олимпиада по химии", "regional", "winner"),
        achieved("Прошлогодний", "national", "winner", date(2026, 5, 1)),
    ]
    assert deeds.achievements(known, YEAR) == (
        "Большая перемена: участник, всероссийский уровень, 2027",
        "Олимпиада по химии: победитель, региональный уровень, 2026",
        "Олимпиада по технологии: призёр, региональный уровень, 2026",
        "Конкурс чтецов: победитель, 2026",
    )

"""For whom an activity is, in words: pupils of classes, children of a kindergarten, their parents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from support import YEAR

from profdesk.domain import activity_words
from profdesk.domain.activities import Activity, ActivityEntry, Audience, State
from profdesk.domain.people import Group, GroupName

GROUPS = {
    "а": Group("а", GroupName("9 «А»", 9, "А"), "secondary", YEAR.start, 22),
    "с": Group("с", GroupName("Подготовительная «Солнышко»"), "preschool", YEAR.start, 17),
    "м": Group("м", GroupName("Старшая «Ромашка»"), "preschool", YEAR.start, 4),
}


@pytest.mark.parametrize(
    ("groups", "pupils", "audience", "said"),
    [
        ("а", 2, Audience.PUPILS, ("9 «А», 2 ученика", "24 ученика")),
        ("с", 0, Audience.PUPILS, ("Подготовительная «Солнышко»", "17 детей")),
        ("с", 1, Audience.PARENTS, ("Подготовительная «Солнышко», 1 ребёнок", "родители 18 детей")),
        ("см", 0, Audience.PARENTS, ("Подготовительная «Солнышко», Старшая «Ромашка»", "родители 21 ребёнка")),
        ("ас", 0, Audience.PUPILS, ("Подготовительная «Солнышко», 9 «А»", "39 учеников")),
        ("", 1, Audience.PARENTS, ("1 ученик", "родители 1 ученика")),
    ],
)
def test_children_of_a_kindergarten_are_no_pupils(
    groups: str, pupils: int, audience: Audience, said: tuple[str, str]
) -> None:
    entry = ActivityEntry("game", "Игра", date(2026, 10, 5), groups=tuple(groups), pupils=("x",) * pupils)
    asked = Activity("", replace(entry, audience=audience), State.PLANNED)
    assert (activity_words.whom(asked.entry, GROUPS), activity_words.how_many(asked, GROUPS)) == said

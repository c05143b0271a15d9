"""Choices made and kept to, and where graduates went, as the programme's rules OV-1 to OV-3 and SV-1 count them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from support import YEAR

from profdesk.domain import choice_measures
from profdesk.domain.choice_measures import Choices
from profdesk.domain.register import Entry, Register, Value
from profdesk.domain.register_measures import Share
from profdesk.domain.registers_of_pupils import DESTINATIONS, PROFESSION_CHOICES, PROFILE_CHOICES, PROFILE_STUDIES
from profdesk.domain.registers_of_work import DEMAND

MAY, OCTOBER = date(2026, 5, 12), date(2026, 10, 12)
TODAY = date(2026, 11, 26)


def entry(register: Register, **values: Value) -> Entry:
    return Entry("1", {**register.blank(), **values})


def profile(pupil: str, day: date = OCTOBER, profile: str = "natural", conscious: str = "yes") -> Entry:
    return entry(
        PROFILE_CHOICES,
        pupil_id=pupil,
        decided_on=day,
        profile=profile,
        basis="беседа" * bool(profile),
        conscious=conscious,
    )


def choices(**more: Sequence[Entry]) -> Choices:
    return Choices(**{name: more.get(name, ()) for name in Choices.__dataclass_fields__})


def test_the_latest_choice_of_a_profile_counts_if_it_is_conscious() -> None:
    made = choices(
        profiles=(
            profile("kept"),
            profile("changed", MAY),
            profile("changed", OCTOBER, conscious="no"),
            profile("unjudged", conscious=""),
            profile("later", date(2026, 12, 1)),
            profile("wished", MAY),
            profile("wished", OCTOBER, profile="", conscious=""),
        )
    )
    assert choice_measures.reached(made, TODAY)["profile_choice"] == {"kept", "wished"}


@pytest.mark.parametrize("missing", [None, "goal", "basis", "reserve"])
def test_a_choice_of_profession_counts_with_goal_basis_and_reserve(missing: str | None) -> None:
    values = {"goal": "колледж", "basis": "проба", "reserve": "p2"} | ({missing: ""} if missing else {})
    one = entry(
        PROFESSION_CHOICES,
        pupil_id="a",
        decided_on=MAY,
        profession="p1",
        conscious="yes",
        judged_by="Петрова",
        **values,
    )
    found = choice_measures.reached(choices(professions=(one,)), TODAY)["conscious_choice"]
    assert found == (set() if missing else {"a"})


def test_who_studies_by_the_profile_chosen_last_before_continues_by_it() -> None:
    def study(pupil: str, profile: str, since: date = date(2026, 9, 1)) -> Entry:
        return entry(PROFILE_STUDIES, pupil_id=pupil, since=since, profile=profile)

    made = choices(
        profiles=(
            profile("kept", MAY, conscious="no"),
            profile("other", MAY, "humanitarian"),
            profile("other", OCTOBER, "natural"),
            profile("moved", MAY),
        ),
        studies=(
            study("kept", "natural"),
            study("other", "natural"),
            study("unchosen", "natural"),
            study("moved", "natural"),
            study("moved", "universal", OCTOBER),
        ),
    )
    assert choice_measures.reached(made, TODAY)["profile_continued"] == {"kept"}


def test_graduates_of_the_summer_before_are_held_against_the_list_of_their_year() -> None:
    def went(profession: str | None, year: int = 2026, kind: str = "college") -> Entry:
        values = {"pupil_id": "a", "grade": "nine", "year": year, "kind": kind, "profession": profession}
        return Entry(f"{profession} {year} {kind}", {**DESTINATIONS.blank(), **values})

    demand = (entry(DEMAND, profession="welder", year=2026), entry(DEMAND, profession="cook", year=2025))
    graduates = (went("welder"), went("cook"), went(None), went("welder", kind="work"), went("welder", year=2025))
    made = choices(destinations=graduates, demand=demand)
    asked = frozenset({"welder 2026 college", "cook 2026 college", "None 2026 college"})
    assert choice_measures.shares(made, YEAR) == {
        "destinations_in_demand": Share(frozenset({"welder 2026 college"}), asked)
    }

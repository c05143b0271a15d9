"""Random lives of three computers, restored at times, whose files come twice, late, or never: all agree at the end."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

import people_moves
import pytest
from exchange_lives import VERBS, Step, tick_by
from file_lives import MOVES, Life
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from life_desks import KIT, PART, SCHOOL, WHOLE, Desk, School, founded
from support import CHEAP, FIRST, YEAR

from profdesk import paths
from profdesk.domain.exchange import AHEAD_MS
from profdesk.services import clocks, pupils
from profdesk.storage.vault import Cost

DEEDS = (
    *VERBS,
    *MOVES,
    *people_moves.MOVES,
    *("send", "take", "hurry") * 4,
    *("undo", "lend", "keep", "erase", "copy", "put_back"),
)
STEP = st.builds(Step, st.integers(0, 2), st.sampled_from(DEEDS), st.tuples(*(st.integers(0, 5) for _ in range(4))))
STEPS = st.lists(STEP, min_size=10, max_size=30)
SKEWS = st.tuples(*(st.sampled_from((0, 0, 40, 3_600_000)) for _ in range(3)))
WRONG = st.tuples(*(st.sampled_from((0, 0, 40, 40 * AHEAD_MS)) for _ in range(3)))
"""By how much clocks are ahead: more than a day is not taken for true."""
PSYCHOLOGISTS = st.sampled_from((WHOLE, KIT))
PLACES = count()


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> School:
    place = tmp_path_factory.mktemp("файлы")
    with paths.moved_to(place / "home"), pytest.MonkeyPatch.context() as patch:
        patch.setattr(Cost.__init__, "__defaults__", (CHEAP.memory, CHEAP.passes, CHEAP.lanes))
        return founded(place)


def live(school: School, psychologist: str, steps: list[Step], skew: tuple[int, ...]) -> None:
    place = school.folders[SCHOOL].parent / f"жизнь {next(PLACES)}"
    life = Life(school, place, (SCHOOL, psychologist, PART), skew)
    try:
        for moment, step in enumerate(steps):
            life.wall += moment % 2
            life.step(step)
        life.meet()
    finally:
        life.close()


KNOWN: Mapping[str, tuple[str, list[Step]]] = {
    "a pupil leaves the teacher's class before the teacher has said a word": (WHOLE, [Step(0, "merge", (2, 3, 5, 5))]),
    "somebody takes back what the teacher planned": (
        WHOLE,
        [Step(2, "plan", (3, 5, 2, 0)), Step(2, "hurry", (0, 0, 0, 0)), Step(0, "turn_back", (1, 0, 0, 0))],
    ),
    "a psychologist with a part takes back what came to the teacher by the school": (
        KIT,
        [Step(1, "achieve", (5, 3, 1, 4)), Step(1, "hurry", (0, 0, 0, 0)), Step(1, "turn_back", (1, 0, 0, 0))],
    ),
    "a teacher writes of a pupil who was erased meanwhile": (
        WHOLE,
        [Step(2, "route", (0, 0, 0, 0)), Step(0, "erase", (0, 0, 0, 0)), Step(2, "hurry", (0, 0, 0, 0))],
    ),
    "two psychologists destroy what a coordinator could not": (
        KIT,
        [
            Step(0, "hands", (0, 0, 0, 0)),
            Step(0, "erase", (0, 0, 0, 0)),
            Step(0, "hurry", (0, 0, 0, 0)),
            Step(1, "hurry", (0, 0, 0, 0)),
        ],
    ),
}
"""Short lives that once went wrong."""


@pytest.mark.slow
@pytest.mark.parametrize("what", KNOWN)
def test_what_once_went_wrong(school: School, what: str) -> None:
    psychologist, steps = KNOWN[what]
    live(school, psychologist, steps, (0, 0, 0))


def test_what_a_user_did_is_taken_while_the_word_of_that_user_waits_for_a_clock(school: School) -> None:
    """The school's clock is ahead, and whoever it let in corrects that at another computer."""
    steps = [
        Step(0, "keep", (0, 0, 0, 0)),
        Step(0, "employ", (1, 0, 0, 0)),
        Step(0, "promote", (0, 0, 0, 0)),
        Step(0, "enter", (0, 0, 0, 0)),
        Step(0, "hurry", (0, 0, 1, 5)),
        Step(2, "lend", (3, 1, 2, 4)),
        Step(0, "hurry", (1, 0, 1, 5)),
        Step(2, "hands", (1, 5, 3, 0)),
        Step(0, "hands", (1, 1, 0, 1)),
        Step(0, "dismiss", (5, 1, 2, 4)),
        Step(1, "hurry", (1, 2, 0, 0)),
        Step(2, "copy", (5, 4, 0, 2)),
        Step(2, "put_back", (4, 5, 1, 2)),
        Step(0, "hurry", (2, 5, 5, 0)),
    ]
    live(school, WHOLE, steps, (40 * AHEAD_MS, 40, 40))


def standing(desk: Desk) -> list[int]:
    """The stages that stand in the first class."""
    group = pupils.groups(desk.workspace, desk.workspace.actor, YEAR)[0].id
    with desk.workspace.unit(desk.workspace.actor) as unit:
        return list(unit.portfolio.stages(group, FIRST).values())


def test_a_teachers_clock_was_ahead_and_all_agree_once_it_is_brought_forward(school: School) -> None:
    place = school.folders[SCHOOL].parent / f"жизнь {next(PLACES)}"
    life = Life(school, place, (SCHOOL, WHOLE, PART), (0, 0, 40 * AHEAD_MS))
    first, _, teacher = life.desks
    try:
        life.step(Step(2, "stage", (0, 0, 1, 0)))
        life.step(Step(2, "hurry", (0, 0, 0, 0)))
        waits = clocks.postponed(first.workspace, first.workspace.actor)
        assert [told.device for told in waits] == [teacher.id]
        clocks.bring_forward(first.workspace, first.workspace.actor, teacher.id)
        assert not clocks.postponed(first.workspace, first.workspace.actor)
        life.wall += 1
        life.step(Step(0, "stage", (0, 0, 2, 0)))
        tick_by(teacher.workspace, lambda: life.wall)
        life.step(Step(0, "hurry", (1, 0, 0, 0)))
        clocks.bring_forward(teacher.workspace, teacher.workspace.actor, teacher.id)
        assert standing(teacher) == [2], "the teacher's counts as of when it was brought forward"
        life.step(Step(2, "stage", (0, 0, 0, 0)))
        life.meet()
        assert standing(first) == standing(teacher) == [0], "what was done last stands"
    finally:
        life.close()


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(psychologist=PSYCHOLOGISTS, steps=STEPS, skew=SKEWS)
def test_three_computers_meet_over_files(
    school: School, psychologist: str, steps: list[Step], skew: tuple[int, ...]
) -> None:
    live(school, psychologist, steps, skew)


@pytest.mark.slow
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(psychologist=PSYCHOLOGISTS, steps=STEPS, skew=SKEWS)
def test_many_lives_over_files(school: School, psychologist: str, steps: list[Step], skew: tuple[int, ...]) -> None:
    live(school, psychologist, steps, skew)


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(psychologist=PSYCHOLOGISTS, steps=STEPS, skew=WRONG)
def test_many_lives_with_wrong_clocks(
    school: School, psychologist: str, steps: list[Step], skew: tuple[int, ...]
) -> None:
    live(school, psychologist, steps, skew)

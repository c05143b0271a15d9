"""Random lives of three real computers: rows are always the domain's rule over all that is known, and all meet."""

from __future__ import annotations

from contextlib import ExitStack, closing
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from exchange_lives import DAY, INSTRUMENT, VERBS, Step, bring_some, check, do, journals, opened, tick_by
from exchange_rooms import exchange, shown
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kept_workspaces import create
from support import LINES, PASSWORD, YEAR, listed

from profdesk.domain.access import NewUser
from profdesk.domain.consents import ConsentKind
from profdesk.services import consents, diagnostics, instruments, pupils, roster
from profdesk.storage.workspace import Workspace

TAKE = "take"
STEP = st.builds(
    Step,
    st.integers(0, 2),
    st.sampled_from((*VERBS, *VERBS, *(TAKE for _ in range(8)))),
    st.tuples(*(st.integers(0, 5) for _ in range(4))),
)
STEPS = st.lists(STEP, min_size=12, max_size=30)
SKEWS = st.tuples(*(st.sampled_from((0, 0, 40, 3_600_000)) for _ in range(3)))
FOLDERS = count()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed workspace with a class of three pupils."""
    place = tmp_path_factory.mktemp("жизни")
    made = create(place / "школа", NewUser("Климова Татьяна Аркадьевна", "координатор", PASSWORD)).workspace
    roster.apply(made, made.actor, roster.preview(made, made.actor, listed(place, *LINES), YEAR))
    (group,) = pupils.groups(made, made.actor, YEAR)
    with made.unit(made.actor) as unit:
        there = unit.pupils.in_group(group.id)
    ids = [one.id for one in there]
    consents.give(made, made.actor, ids, ConsentKind.PSYCHOLOGICAL, date(2026, 9, 1))
    diagnostics.plan(made, made.actor, instruments.called(INSTRUMENT), there[:2], DAY)
    made.close()
    return made.path


def live(template: Path, steps: list[Step], skew: tuple[int, ...]) -> None:
    place = template.parent / str(next(FOLDERS))
    with ExitStack() as stack:
        desks = [stack.enter_context(closing(opened(template, place / str(number)))) for number in range(3)]
        wall = start = int(str(desks[0]._last)[:13])
        for desk, ahead in zip(desks, skew, strict=True):
            tick_by(desk, lambda ahead=ahead: wall + ahead)
        for moment, step in enumerate(steps):
            wall = start + moment // 4
            desk = desks[step.who]
            if step.verb != TAKE:
                do(desk, step)
                continue
            known = journals(desk)
            bring_some(desks[step.pick[3] % 3], desk, step.pick)
            assert all(known[schema] <= now for schema, now in journals(desk).items()), "nothing accepted is lost"
            check(desk)
        meet(desks)


def meet(desks: list[Workspace]) -> None:
    """Once everybody has what all the others did, all show the same, and more of it changes nothing."""
    exchange(*desks)
    for desk in desks:
        check(desk)
        assert journals(desk) == journals(desks[0])
        for schema in ("main", "psy"):
            assert shown(desk, schema) == shown(desks[0], schema)
    with desks[0].unit(desks[0].actor) as unit:
        for name in ("desk", "psy"):
            everything = list(unit.exchange.unseen(name, {}))
            assert not unit.exchange.take(name, everything, {}).merged.touched, "what is repeated changes nothing"


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS, skew=SKEWS)
def test_three_computers_meet(template: Path, steps: list[Step], skew: tuple[int, ...]) -> None:
    live(template, steps, skew)


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS, skew=SKEWS)
def test_many_lives_of_three_computers(template: Path, steps: list[Step], skew: tuple[int, ...]) -> None:
    live(template, steps, skew)

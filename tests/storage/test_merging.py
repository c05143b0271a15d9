"""Whatever two pupils have, merging loses none of it, and taking it back restores every table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kept_workspaces import create
from sqlalchemy import select
from support import CODES, PASSWORD, YEAR
from test_undo_batch import state

from profdesk.domain.access import NewUser
from profdesk.domain.merging import Merge
from profdesk.domain.people import GroupName, Leave, LeaveReason, PersonName, Sex
from profdesk.domain.portfolio import Basis, Cell, Mark
from profdesk.domain.route import LineKind, LineState, RouteEntry
from profdesk.domain.school_year import Period, SchoolYear, Term
from profdesk.services import batches, pupils
from profdesk.storage import opening as storage
from profdesk.storage.models import AssessmentRow, EnrolmentRow, EvidenceRow, NoteRow
from profdesk.storage.route_models import RouteLineRow
from profdesk.storage.workspace import Session, Workspace

BORN = date(2013, 5, 6)
YEARS = (YEAR.previous, YEAR)
PERIODS = tuple(Period(year, term) for year in YEARS for term in Term)

who = st.integers(0, 1)
facts = st.lists(
    st.one_of(
        st.tuples(
            st.just("stage"), who, st.sampled_from(PERIODS), st.sampled_from(CODES), st.sampled_from([None, 0, 3])
        ),
        st.tuples(st.just("self"), who, st.sampled_from(PERIODS), st.sampled_from(CODES), st.sampled_from([1, 2])),
        st.tuples(
            st.just("note"), who, st.sampled_from(PERIODS), st.sampled_from(CODES), st.sampled_from(["", "а", "б"])
        ),
        st.tuples(st.just("file"), who, st.sampled_from(PERIODS), st.sampled_from(CODES), st.just(0)),
        st.tuples(st.just("route"), who, st.just(PERIODS[0]), st.sampled_from(["x", "y"]), st.booleans()),
        st.tuples(st.just("class"), who, st.sampled_from(PERIODS), st.sampled_from(["7 «А»", "7 «Б»"]), st.booleans()),
    ),
    max_size=14,
)


def made(folder: Path) -> Workspace:
    return create(folder / "школа", NewUser("Климова Т. А.", "", PASSWORD)).workspace


def record(workspace: Workspace, ids: list[str], number: int, fact: tuple) -> None:
    kind, one, period, what, value = fact
    now = datetime.now(UTC) + timedelta(seconds=number)
    with workspace.unit(workspace.actor) as unit:
        cell = Cell(ids[one], what)
        if kind in ("stage", "self"):
            basis = Basis.SELF if kind == "self" else Basis.OBSERVATION
            unit.portfolio.append([Mark(cell, value)], period, basis, BORN, now)
        elif kind == "note":
            unit.notes.write(cell, period, "staff", value, now)
        elif kind == "file":
            unit.evidence.add(ids[one], what, period, "Работа", "работа.txt", b"1", now)
        elif kind == "route":
            former = [line for line in unit.routes.of_pupil(ids[one]) if line.stands]
            if value and former:
                unit.routes.follow(former[-1], replace(former[-1].entry, words=what), LineState.DONE, now)
            else:
                unit.routes.begin(ids[one], RouteEntry(LineKind.STEP, what), now)
        else:
            group = unit.pupils.ensure_group(GroupName(what, 7, what[3]), "basic", period.year)
            unit.pupils.enrol(ids[one], group.id, period.year)
            if value:
                unit.pupils.leave([ids[one]], period.year, Leave(period.year.first_day, LeaveReason.LEFT))


def facts_of(workspace: Workspace, ids: list[str]) -> Counter[tuple[str, str]]:
    """Every fact of some pupils, without what follows from the others."""
    found: Counter[tuple[str, str]] = Counter()
    with Session(workspace._engine) as session:
        for kind in (AssessmentRow, NoteRow, EvidenceRow, RouteLineRow):
            columns = [c for c in kind.__table__.columns if c.name not in ("pupil_id", "superseded_by")]
            for row in session.execute(select(*columns).where(kind.pupil_id.in_(ids))):
                found[kind.__tablename__, repr(row)] += 1
    return found


def school_years(workspace: Workspace, ids: list[str]) -> set[int]:
    with Session(workspace._engine) as session:
        return set(session.scalars(select(EnrolmentRow.school_year).where(EnrolmentRow.pupil_id.in_(ids))))


def standing(workspace: Workspace, pupil: str) -> Counter[tuple]:
    """How many facts stand at each place: one at most, whoever recorded them."""
    found: Counter[tuple] = Counter()
    with Session(workspace._engine) as session:
        for kind in (AssessmentRow, NoteRow):
            query = select(kind.strand, kind.competency, kind.school_year, kind.term)
            for place in session.execute(query.where(kind.pupil_id == pupil, kind.superseded_by.is_(None))):
                found[kind.__tablename__, *place] += 1
        line = select(RouteLineRow.line).where(RouteLineRow.pupil_id == pupil, RouteLineRow.superseded_by.is_(None))
        found.update((RouteLineRow.__tablename__, one) for one in session.scalars(line))
    return found


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Workspace]]:
    """One workspace for all examples, in a list, since each example opens it anew."""
    held = [made(tmp_path_factory.mktemp("desk"))]
    yield held
    held[0].close()


@given(facts, st.booleans(), st.booleans())
@settings(max_examples=15)
def test_merging_loses_nothing_and_is_undone_exactly(
    opened: list[Workspace], recorded: list[tuple], second_stays: bool, other_class: bool
) -> None:
    workspace = opened[0]
    with workspace.unit(workspace.actor) as unit:
        ids = [unit.pupils.add(PersonName("Ильин", given), BORN, Sex.MALE) for given in ("Даниил", "Данил")]
    for number, fact in enumerate(recorded):
        record(workspace, ids, number, fact)
    before, had, years = state(workspace), facts_of(workspace, ids), school_years(workspace, ids)
    stays, goes = reversed(ids) if second_stays else ids
    wanted = Merge(stays, goes, PersonName("Ильин", "Даниил"), BORN, None, goes if other_class else stays)
    step, _ = pupils.merge(workspace, workspace.actor, wanted, YEAR)

    assert facts_of(workspace, [stays]) == had
    assert facts_of(workspace, [goes]) == Counter()
    assert (school_years(workspace, [stays]), school_years(workspace, [goes])) == (years, set())
    assert set(standing(workspace, stays).values()) <= {1}
    listed = {pupil.id for pupil in pupils.pupils(workspace, workspace.actor, YEAR)}
    assert listed & set(ids) == {stays}

    assert step.batch is not None
    workspace.close()
    again = opened[0] = storage.open_workspace(workspace.path, None, PASSWORD)
    batches.take_back(again, again.actor, step.batch)
    assert state(again) == before


def test_whoever_was_merged_before_follows(tmp_path: Path) -> None:
    workspace = made(tmp_path)
    with workspace.unit(workspace.actor) as unit:
        ids = [unit.pupils.add(PersonName("Ильин", given), BORN, None) for given in ("Даниил", "Данил", "Данила")]
    for stays, goes in ((ids[1], ids[2]), (ids[0], ids[1])):
        wanted = Merge(stays, goes, PersonName("Ильин", "Даниил"), BORN, None, stays)
        pupils.merge(workspace, workspace.actor, wanted, SchoolYear(2026))
    assert state(workspace)["pupil"][1:] != []
    assert sum(ids[0] in row for row in state(workspace)["pupil"]) == 3
    workspace.close()

"""The psychologist's year in the demonstration school shows every kind of answer and every state of a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from kept_workspaces import create
from support import PASSWORD, YEAR

from profdesk.domain import answers as sheets
from profdesk.domain import demo_answers
from profdesk.domain.access import NewUser
from profdesk.domain.diagnostics import SessionView, SheetState
from profdesk.domain.instrument import Instrument, Kind
from profdesk.domain.people import PersonName, Pupil
from profdesk.domain.talks import TalkKind
from profdesk.services import (
    conclusions,
    demo,
    demo_diagnostics,
    diagnostics,
    instruments,
    programmes,
    pupils,
    roster,
    talks,
)
from profdesk.storage.workspace import Workspace


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    owner = NewUser("Климова Татьяна Аркадьевна", "координатор", PASSWORD)
    made = create(tmp_path_factory.mktemp("demo") / "desk", owner).workspace
    for year in (YEAR.previous, YEAR):
        for source in demo.lists(year):
            roster.apply(made, made.actor, roster.preview(made, made.actor, source, year))
    group = pupils.group_called(made, made.actor, YEAR, "7 «А»")
    known = diagnostics.candidates(made, made.actor, group.id, date(2026, 9, 1))[0].pupil
    demo_diagnostics.hold(made, known.id, lambda _done, _total: None)
    yield made
    made.close()


def sessions(school: Workspace) -> Sequence[SessionView]:
    return [view for year in (YEAR, YEAR.previous) for view in diagnostics.journal(school, school.actor, year)]


@pytest.mark.slow
def test_every_kind_of_answer_and_every_state_is_there(school: Workspace) -> None:
    there = sessions(school)
    assert {view.instrument.kind for view in there} == set(Kind)
    assert {state for view in there for state in view.states()} == set(SheetState) - {SheetState.HIDDEN}
    assert any(view.session.closed_at is None and view.entered and view.entered < view.awaited for view in there)
    (doubtful,) = [one.sheet for view in there for one in view.sheets if one.sheet.doubtful]
    assert set(doubtful.answers.values()) == {"a"}


def test_some_parents_have_not_agreed(school: Workspace) -> None:
    group = pupils.group_called(school, school.actor, YEAR, "9 «А»")
    agreed = [one.consented for one in diagnostics.candidates(school, school.actor, group.id, date(2026, 11, 20))]
    assert 0 < agreed.count(False) < len(agreed) / 3


def test_an_earlier_session_compares_and_a_part_is_released(school: Workspace) -> None:
    view = next(one for one in sessions(school) if one.session.group_title == "9 «А»" and one.session.held_on.day == 20)
    answered = [one.sheet.id for one in view.sheets if one.sheet.answers]
    found = [conclusions.of_sheet(school, school.actor, sheet) for sheet in answered]
    written = [one for one in found if one.conclusion]
    assert all(one.earlier for one in written)
    released = [one for one in written if one.shown.sheet.id in one.released]
    assert 0 < len(released) < len(written)
    for one in released:
        assert one.conclusion is not None
        assert one.released[one.shown.sheet.id].words == one.conclusion.draft != one.conclusion.words


def test_talks_have_reasons_of_the_programme(school: Workspace) -> None:
    written = [one.entry for one in talks.book(school, school.actor, YEAR).talks]
    assert {one.kind for one in written} == set(TalkKind)
    known = {one.title for one in programmes.current(school, school.actor).concerns if one.personal}
    assert {one.reason for one in written if one.kind is TalkKind.CONSULTATION} <= known
    assert all(one.source and one.words for one in written if one.kind is TalkKind.EXTERNAL)


@pytest.mark.parametrize("instrument", instruments.shipped(), ids=lambda one: one.code)
def test_made_up_answers_are_whole_and_always_the_same(instrument: Instrument) -> None:
    pupil = Pupil("1", PersonName("Ильин", "Лев", "Павлович"), date(2012, 1, 1), None, None)
    made = demo_answers.answers(instrument, pupil, YEAR)
    assert not sheets.missing(instrument, made)
    assert made == {item: sheets.check(instrument, item, words) for item, words in made.items()}
    assert made == demo_answers.answers(instrument, pupil, YEAR)

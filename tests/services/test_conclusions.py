"""Conclusions through their verbs: drafts stay with psychologists, released words reach others, and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from diagnostic_school import (
    BEFORE,
    DAY,
    INCLINATIONS,
    TEACHER,
    TEACHERS_PASSWORD,
    add_class,
    add_teacher,
    held,
    new_workspace,
    session_of,
    some_answers,
)
from support import YEAR

from profdesk.domain.diagnostics import SheetState
from profdesk.domain.people import Pupil
from profdesk.errors import AccessError, NotFoundError, WrongInputError
from profdesk.services import batches, conclusions, diagnostics, instruments
from profdesk.storage import opening as storage
from profdesk.storage.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return new_workspace(tmp_path / "desk")


@pytest.fixture
def pupils(workspace: Workspace) -> list[Pupil]:
    return add_class(workspace)


@pytest.fixture
def sheets(workspace: Workspace, pupils: list[Pupil]) -> list[str]:
    instrument = instruments.called(INCLINATIONS)
    held(workspace, INCLINATIONS, pupils, [some_answers(instrument, seed) for seed in range(4)], BEFORE)
    return held(workspace, INCLINATIONS, pupils, [some_answers(instrument, seed) for seed in (3, 2, 1, 5)])


def test_result_stands_beside_all_others_of_the_child(workspace: Workspace, pupils: list[Pupil], sheets) -> None:
    instrument = instruments.called("ddo_klimov_20")
    (other,) = held(workspace, "ddo_klimov_20", pupils[:1], [some_answers(instrument)])
    found = conclusions.of_sheet(workspace, workspace.actor, sheets[0])
    assert found.shown.pupil.name == pupils[0].name
    assert {one.sheet.id for one in found.others} >= {other}
    assert [one.held_on for one in found.earlier] == [BEFORE]
    assert found.earlier[0].group_title == "7 «Б»"
    assert found.shown.group_title == "8 «Б»"
    assert found.conclusion is None
    assert len(conclusions.of_pupil(workspace, workspace.actor, pupils[0].id)) == 3


def test_sheet_without_answers_has_no_result(workspace: Workspace, pupils: list[Pupil]) -> None:
    (empty,) = held(workspace, INCLINATIONS, pupils[:1], [])
    with pytest.raises(NotFoundError, match="ответов нет"):
        conclusions.of_sheet(workspace, workspace.actor, empty)


def test_results_follow_a_child_merged_into_another(workspace: Workspace, pupils: list[Pupil], sheets) -> None:
    conclusions.release(workspace, workspace.actor, sheets[0], "Любит людей")
    with workspace.unit(workspace.actor) as unit:
        unit.pupils.merge(pupils[1].id, pupils[0].id, YEAR, pupils[1].id)
    found = conclusions.of_sheet(workspace, workspace.actor, sheets[0])
    assert found.shown.pupil.id == pupils[1].id
    assert len(found.others) == 3
    assert found.released[sheets[0]].words == "Любит людей"
    assert [one.words for one in conclusions.told(workspace, workspace.actor, pupils[1].id).released] == ["Любит людей"]


def test_conclusion_is_appended_and_the_same_words_write_nothing(workspace: Workspace, sheets) -> None:
    actor = workspace.actor
    assert conclusions.write(workspace, actor, sheets[0], " Первое ", "Для всех")[0]
    assert not conclusions.write(workspace, actor, sheets[0], "Первое", "Для всех")[0]
    assert conclusions.write(workspace, actor, sheets[0], "Второе", "Для всех")[0]
    found = conclusions.of_sheet(workspace, actor, sheets[0])
    assert found.conclusion is not None
    assert (found.conclusion.words, found.conclusion.draft) == ("Второе", "Для всех")
    assert found.released == {}


def test_release_replaces_withdraws_and_is_undone(workspace: Workspace, pupils: list[Pupil], sheets) -> None:
    actor, one = workspace.actor, pupils[0].id

    def standing() -> list[str]:
        return [released.words for released in conclusions.told(workspace, actor, one).released]

    with pytest.raises(WrongInputError, match="Передавать нечего"):
        conclusions.release(workspace, actor, sheets[0], "  ")
    conclusions.release(workspace, actor, sheets[0], "Первый вывод")
    step, _ = conclusions.release(workspace, actor, sheets[0], "Второй вывод")
    assert standing() == ["Второй вывод"]
    assert step.batch is not None
    redo, _ = batches.turn_back(workspace, actor, step.batch)
    assert standing() == ["Первый вывод"]
    batches.turn_back(workspace, actor, redo)
    assert standing() == ["Второй вывод"]
    (released,) = conclusions.told(workspace, actor, one).released
    gone, _ = conclusions.withdraw(workspace, actor, released)
    assert standing() == []
    assert gone.words == f"вывод отозван, {pupils[0].name.short}"
    assert gone.batch is not None
    batches.turn_back(workspace, actor, gone.batch)
    assert standing() == ["Второй вывод"]


def test_class_result_leaves_out_what_does_not_count_and_keeps_ties(workspace: Workspace, sheets) -> None:
    actor, instrument = workspace.actor, instruments.called(INCLINATIONS)
    diagnostics.mark_doubtful(workspace, actor, sheets[1], "спешил")
    diagnostics.put_answers(workspace, actor, instrument, sheets[2], {1: None})
    found = conclusions.of_session(workspace, actor, session_of(workspace, sheets[0]))
    assert [one.sheet.id for one in found.counted] == [sheets[0], sheets[3]]
    assert [one.state for one in found.results[1:3]] == [SheetState.DOUBTFUL, SheetState.INCOMPLETE]
    for scale, spread in zip(instrument.scales, found.spreads(), strict=True):
        assert spread.title == scale.title
        assert len(spread.values) == 2
        assert spread.middle == sum(spread.values) / 2
    listed = [(those.title, one.result.sheet.id) for those in found.leading_lists() for one in those.leaders]
    told = {(score.scale.title, one.sheet.id) for one in found.counted for score in one.outcome.leading}
    assert len(listed) == len(told)
    assert set(listed) == told


@pytest.mark.parametrize(("code", "rows", "first"), [("rokeach_18_18", 36, 2), ("matrix_rezapkina", 0, 3)])
def test_class_result_of_lists_and_cells(workspace: Workspace, pupils: list[Pupil], code: str, rows, first) -> None:
    instrument = instruments.called(code)
    made = held(workspace, code, pupils, [some_answers(instrument, 0)] * 4)
    found = conclusions.of_session(workspace, workspace.actor, session_of(workspace, made[0]))
    assert len(found.spreads()) == rows
    assert [len(one.leaders) for one in found.leading_lists()] == [4] * first


def test_teacher_sees_released_words_and_days_and_nothing_else(
    workspace: Workspace, pupils: list[Pupil], sheets
) -> None:
    conclusions.write(workspace, workspace.actor, sheets[0], "МАРКЕР-ВЫВОД", "МАРКЕР-ЧЕРНОВИК")
    conclusions.release(workspace, workspace.actor, sheets[0], "Любит людей")
    add_teacher(workspace)
    opened = storage.open_workspace(workspace.path, TEACHER.id, TEACHERS_PASSWORD)
    told = conclusions.told(opened, opened.actor, pupils[0].id)
    assert [one.words for one in told.released] == ["Любит людей"]
    assert told.held == (DAY, BEFORE)
    assert conclusions.told(opened, opened.actor, pupils[1].id).released == ()
    for verb in (conclusions.of_sheet, conclusions.of_pupil, conclusions.of_session):
        with pytest.raises(AccessError, match="права вести диагностику"):
            verb(opened, opened.actor, sheets[0])
    with pytest.raises(AccessError):
        conclusions.release(opened, opened.actor, sheets[0], "чужие слова")
    opened.close()
    assert isinstance(told.held[0], date)

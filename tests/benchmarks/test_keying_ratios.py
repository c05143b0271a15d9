"""What keying an answer in costs beside the least that could keep it. ./test tests/benchmarks --benchmark-enable"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import cycle
from pathlib import Path

import pytest
from kept_workspaces import create
from PySide6.QtTest import QTest
from sqlalchemy import text
from support import PASSWORD, YEAR

from profdesk import app
from profdesk.domain.access import NewUser
from profdesk.domain.consents import ConsentKind
from profdesk.domain.people import GroupName, PersonName
from profdesk.gui.diagnostics.keying_page import KeyingPage
from profdesk.gui.start import opened
from profdesk.services import consents, diagnostics, instruments
from profdesk.storage.workspace import Workspace

pytestmark = [pytest.mark.slow, pytest.mark.benchmark(group="ratios")]

Ratio = Callable[[str, Callable[[], object], Callable[[], object], int], float]
_DAY = date(2026, 11, 20)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    owner = NewUser("Лаптева Ирина", "психолог", PASSWORD)
    made = create(tmp_path / "desk", owner).workspace
    with made._engine.begin() as connection:
        connection.execute(text("CREATE TABLE psy.bare (value INTEGER)"))
    yield made
    made.close()


@pytest.fixture
def session(workspace: Workspace) -> str:
    """Twenty-five sheets of twenty-four questions."""
    with workspace.unit(workspace.actor) as unit:
        group = unit.pupils.ensure_group(GroupName("8 «Б»", 8, "Б"), "basic", YEAR)
        for number in range(25):
            pupil = unit.pupils.add(PersonName(f"Ученик{number:02d}", "Пётр"), date(2012, 5, 6), None)
            unit.pupils.enrol(pupil, group.id, YEAR)
        there = unit.pupils.in_group(group.id)
    ids = [pupil.id for pupil in there]
    consents.give(workspace, workspace.actor, ids, ConsentKind.PSYCHOLOGICAL, date(2026, 9, 1))
    instrument = instruments.called("yovaysha_rezapkina_24")
    made, _ = diagnostics.plan(workspace, workspace.actor, instrument, there, _DAY, group_title="8 «Б»")
    return made.id


def bare_commit(workspace: Workspace) -> Callable[[], None]:
    def bare() -> None:
        with workspace._engine.begin() as connection:
            connection.execute(text("INSERT INTO psy.bare VALUES (1)"))

    return bare


def test_writing_an_answer(ratio: Ratio, workspace: Workspace, session: str) -> None:
    view = diagnostics.session(workspace, workspace.actor, session)
    answers = cycle("abc")

    def ours() -> None:
        sheet = view.sheets[0].sheet.id
        diagnostics.put_answers(workspace, workspace.actor, view.instrument, sheet, {1: next(answers)})

    ratio("Writing an answer / one bare commit", ours, bare_commit(workspace), 100)


def test_keying_an_answer(ratio: Ratio, workspace: Workspace, session: str) -> None:
    """From the key to the answer committed, drawn and told in the status bar."""
    app.application()
    windows = app.Windows()
    window = windows.show_main(opened.read(workspace))
    page = window.pages[KeyingPage]
    page.open_session(session)
    window.show_page("keying")
    windows.desk.settle()
    keys = cycle("123")

    def ours() -> None:
        page.keying.go_to_item(1)
        QTest.keyClicks(page.key_desk, next(keys))
        windows.desk.settle()

    ratio("Keying an answer in, to the status bar / one bare commit", ours, bare_commit(workspace), 50)
    assert page.status().text == "Ответ 1 записан"
    windows.desk.release()
    windows.close()

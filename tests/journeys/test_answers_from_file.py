"""Answers of a class come from a table: seen before they are written, nobody matched by guess, then its result."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from journey_user import ROSTERS, User, make_workspace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from profdesk.domain.answers import to_json
from profdesk.domain.consents import ConsentKind
from profdesk.domain.diagnostics import SessionView
from profdesk.gui.diagnostic_results.class_page import ClassResultPage
from profdesk.gui.diagnostics.answers_dialog import AnswersDialog
from profdesk.gui.diagnostics.keying_page import KeyingPage
from profdesk.gui.diagnostics.page import DiagnosticsPage
from profdesk.services import consents, diagnostics, instruments, pupils, roster

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
FILE = ROSTERS.parent / "answers" / "form_yovaysha.csv"
EXPECTED = json.loads((FILE.parent / "expected.json").read_text(encoding="utf-8"))[FILE.name]


def planned(user: User) -> str:
    """A session for the whole class of the list that the answers are of."""
    desk = user.windows.desk
    workspace, year = desk.workspace, desk.organisation.period.year
    actor = workspace.actor
    roster.apply(workspace, actor, roster.preview(workspace, actor, ROSTERS / "old_excel_9a.xls", year))
    there = pupils.pupils(workspace, actor, year)
    consents.give(workspace, actor, [one.id for one in there], ConsentKind.PSYCHOLOGICAL, date(year.start, 9, 1))
    instrument = instruments.called(EXPECTED["instrument"])
    made, _ = diagnostics.plan(workspace, actor, instrument, there, date(year.start, 11, 20), "", "9 «А»")
    return made.id


def kept(user: User, session: str) -> SessionView:
    workspace = user.windows.desk.workspace
    return diagnostics.session(workspace, workspace.actor, session)


def test_answers_come_from_a_file_and_the_class_result_stands(user: User, tmp_path: Path) -> None:
    make_workspace(user, tmp_path / "школа")
    session = planned(user)
    page = user.page("diagnostics")
    assert isinstance(page, DiagnosticsPage)
    user.press(page.journal.table, Key.Key_Return)
    keying = user.main.page
    assert isinstance(keying, KeyingPage)
    user.given = FILE
    QTest.keyClick(keying.key_desk, Key.Key_O, CTRL)
    user.wait()
    dialog = keying.findChild(AnswersDialog)
    assert dialog is not None
    shown = {row.name for row in dialog.table.rows() if hasattr(row, "name")}
    assert set(EXPECTED["unmatched"]) <= shown
    assert not any(one.sheet.answers for one in kept(user, session).sheets)
    user.press(dialog.save_button, Key.Key_Space)
    view = kept(user, session)
    there = {
        one.pupil.name.full: to_json(view.instrument, one.sheet.answers) for one in view.sheets if one.sheet.answers
    }
    wanted = {name: answers for name, answers in EXPECTED["sheets"].items() if any(answers.values())}
    assert there == wanted
    user.main.activateWindow()
    user.wait()
    user.press(keying.key_desk, Key.Key_Escape)
    user.press(page.journal.results_button, Key.Key_Space)
    whole = user.main.page
    assert isinstance(whole, ClassResultPage)
    count = sum(all(answers.values()) for answers in wanted.values())
    assert count > 1
    assert whole.counted_chip.words == f"учтено {count} из {len(view.sheets)}"

"""The owner looks up who touched a pupil, checks that the journal is whole and takes it along as a workbook."""

from __future__ import annotations

from pathlib import Path

from journey_user import User, make_workspace
from PySide6.QtCore import Qt
from support import FIRST, LINES, YEAR, listed, mark

from profdesk.gui.audit.page import AuditPage
from profdesk.gui.common.columns import Heading
from profdesk.gui.settings.page import SettingsPage
from profdesk.services import pupils, roster


def test_owner_reads_the_journal_by_keyboard(user: User, tmp_path: Path) -> None:
    make_workspace(user, tmp_path / "desk")
    desk = user.windows.desk
    workspace, actor = desk.workspace, desk.actor
    roster.apply(workspace, actor, roster.preview(workspace, actor, listed(tmp_path, *LINES), YEAR))
    (first, second, _) = [one.id for one in pupils.pupils(workspace, actor, YEAR)]
    mark(workspace, FIRST, (first, "planning", 2))
    mark(workspace, FIRST, (second, "planning", 3))

    settings = user.page("settings")
    assert isinstance(settings, SettingsPage)
    user.click(settings.audit_button)
    page = user.main.page
    assert isinstance(page, AuditPage)
    user.wait()
    assert page.table.hasFocus()
    assert isinstance(page.table.rows()[0], Heading)
    user.qtbot.keyClick(page.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.pupil.hasFocus()
    page.pupil.setText("Абрамова Полина Игоревна, 7 «А»")
    user.press(page.pupil, Qt.Key.Key_Return)
    user.wait()
    acts = [row for row in page.table.rows() if not isinstance(row, Heading)]
    assert [first in act.pupils for act in acts] == [True] * len(acts)
    assert page.act_title.text() == "Оценка компетенции: добавлено 1"
    assert ("стадия", "2") in page.changes.rows()
    user.press(page.table, Qt.Key.Key_F5)
    user.wait()
    assert "Журнал цел" in page.message.words

    user.given = tmp_path / "журнал.xlsx"
    user.qtbot.keyClick(page.table, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    user.wait()
    assert (tmp_path / "журнал.xlsx").is_file()
    assert "выгружено" in page.message.words
    page.pupil.clear()
    user.wait()
    assert page.act_title.text() == "Выгрузка в файл: журнал действий"
    user.press(page.table, Qt.Key.Key_Escape)
    assert user.windows.window.page is settings  # type: ignore[union-attr]

"""A department adds up by keyboard: nothing yet, what came by indicator and organisation, its tables saved, signed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from journey_user import User, make_workspace
from keyboard import CTRL, back, dialog, press, tab_to
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from sent_summaries import come
from support import YEAR

from profdesk.domain.changes import Changes, Kind
from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.span import Span
from profdesk.domain.verification import Verdict
from profdesk.gui.common.columns import Heading
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.department.consolidation_page import ConsolidationPage
from profdesk.gui.department.issued_page import IssuedPage
from profdesk.gui.department.matrix_rows import MatrixRow
from profdesk.services import verification


@pytest.fixture
def page(user: User, tmp_path: Path) -> ConsolidationPage:
    """The page of a department to which nobody has sent anything."""
    make_workspace(user, tmp_path / "desk", OrganisationKind.DEPARTMENT)
    user.main.activateWindow()
    press(user, Qt.Key.Key_3, CTRL)
    found = user.main.page
    assert isinstance(found, ConsolidationPage)
    return found


def arrive(user: User, folder: Path) -> None:
    """Two schools send of last year, two of this one; the page is told as by any verb."""
    desk, year = user.windows.desk, Span.of_year(YEAR)

    def work() -> tuple[None, Changes]:
        come(desk.workspace, folder / "прошлый", 1, 2, span=year.previous)
        come(desk.workspace, folder / "этот", 2, 3)
        return None, Changes.of(None, Kind.RECEIVED)

    desk.write(work, owner=desk, done=lambda _: None)
    user.wait()


def organisations(page: ConsolidationPage) -> list[str]:
    return [row.short_name for row in page.matrix.table.rows() if isinstance(row, MatrixRow)]


def look_at_an_indicator(user: User, page: ConsolidationPage) -> None:
    """It is found, its organisations gone through, the summary of one opened."""
    press(user, Qt.Key.Key_F, CTRL)
    user.type(page.lines.search_field, "рынке труда")
    user.qtbot.waitUntil(lambda: len(page.lines.table.rows()) == 2)
    press(user, Qt.Key.Key_Return)
    assert page.lines.table.hasFocus()
    assert "рынке труда" in page.lines.detail_title.text()
    press(user, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().startswith("Знают о рынке труда")
    press(user, Qt.Key.Key_Return)
    assert page.lines.parts.hasFocus()
    press(user, Qt.Key.Key_Return)
    paper = dialog(user, PaperDialog)
    assert paper.pages.pages >= 2
    press(user, Qt.Key.Key_Escape)
    back(user)


def look_at_the_other_sides(user: User, page: ConsolidationPage) -> None:
    """Organisations stand by indicators, who has not sent at the end; levels and trends are a key away."""
    page.view.setFocus()
    press(user, Qt.Key.Key_Right)
    assert page.front is page.matrix
    assert organisations(page) == ["Вместе", "Своя № 2", "Своя № 3", "Своя № 1"]
    headings = [row.text for row in page.matrix.table.rows() if isinstance(row, Heading)]
    assert headings == ["Прислали, 2", "Не прислали, 1"]
    press(user, Qt.Key.Key_F, CTRL)
    user.type(page.matrix.search_field, "№ 3")
    user.qtbot.waitUntil(lambda: organisations(page) == ["Своя № 3"])
    page.view.setFocus()
    press(user, Qt.Key.Key_Right)
    assert page.levels.pages.pages >= 1
    press(user, Qt.Key.Key_Right)
    assert page.trends.pages.pages >= 1
    assert len(page.trends.table.rows()) > 10


def look_at_what_was_signed(user: User, copy: Path) -> None:
    """Both stand in the register, the later in force; a copy is the same to the last byte, and can be signed second."""
    press(user, Qt.Key.Key_4, CTRL)
    found = user.main.page
    assert isinstance(found, IssuedPage)
    user.wait()
    view = found.issued
    assert [(row.number, row.stands) for row in view.table.rows()] == [("2026/02", True), ("2026/01", False)]
    assert view.count.text() == "2 свода, действует 1"
    user.qtbot.waitUntil(lambda: view.details.pages.pages >= 5)
    assert view.details.title.text() == "Свод № 2026/02"
    assert view.details.correct_button.isHidden()
    assert view.details.second_button.isVisible()
    user.given = copy
    press(user, Qt.Key.Key_S, CTRL)
    user.qtbot.waitUntil(lambda: "Сохранено" in view.message.words)
    assert hashlib.sha256(copy.read_bytes()).hexdigest() == view.table.row().sha256


def test_what_came_is_looked_at_saved_and_signed(user: User, page: ConsolidationPage, tmp_path: Path) -> None:
    assert not page.empty.isHidden()
    assert page.sign_button.isHidden()
    tab_to(user, page.empty.primary)
    press(user, Qt.Key.Key_Space)
    assert user.main.page.name == "summaries"
    arrive(user, tmp_path)
    press(user, Qt.Key.Key_3, CTRL)
    assert page.empty.isHidden(), user.complaint()
    assert page.span.currentText() == "за 2026/27 учебный год"
    assert page.lines.count.text() == "Прислали 2 из 3 организаций"

    look_at_an_indicator(user, page)
    look_at_the_other_sides(user, page)
    press(user, Qt.Key.Key_P, CTRL)
    user.qtbot.waitUntil(lambda: bool(user.main.findChildren(PaperDialog)))
    assert dialog(user, PaperDialog).pages.pages >= 5
    press(user, Qt.Key.Key_Escape)
    back(user)
    user.given = tmp_path / "свод.xlsx"
    press(user, Qt.Key.Key_E, CTRL)
    user.qtbot.waitUntil(lambda: "Таблицы сохранены" in page.message.words)
    assert "Свод" in load_workbook(user.given).sheetnames, page.message.words
    user.given = tmp_path / "свод.pdf"
    press(user, Qt.Key.Key_S, CTRL)
    user.qtbot.waitUntil(lambda: "подписан" in page.message.words)
    user.wait()
    desk = user.windows.desk
    assert verification.verify_here(desk.workspace, desk.actor, user.given).verdict is Verdict.TRUSTED
    assert "подписан № " in page.status().text
    press(user, Qt.Key.Key_O, CTRL)
    assert dialog(user, PaperDialog).pages.pages >= 5
    press(user, Qt.Key.Key_Escape)
    back(user)
    press(user, Qt.Key.Key_S, CTRL)
    user.qtbot.waitUntil(lambda: " вместо № " in page.message.words)
    assert page.minimumSizeHint().width() <= 1366 - 188
    look_at_what_was_signed(user, tmp_path / "копия.pdf")

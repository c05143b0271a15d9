"""A design by keyboard: copied, changed, mended where it will not do, issued by, taken away and put back."""

from __future__ import annotations

from pathlib import Path

import pytest
from journey_user import User, make_class
from keyboard import CTRL, back, dialog, press, tab_to
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from profdesk.gui.certificates.design_editor import DesignEditor
from profdesk.gui.certificates.page import CertificatesPage


@pytest.fixture
def page(user: User, tmp_path: Path) -> CertificatesPage:
    """A class of three, the designs in front."""
    make_class(user, tmp_path)
    shown = user.page("certificates")
    assert isinstance(shown, CertificatesPage)
    turn(user, shown, 2)
    return shown


def turn(user: User, page: CertificatesPage, steps: int) -> None:
    """Go to another view, to the right or (negative) to the left."""
    page.view.setFocus()
    for _ in range(abs(steps)):
        press(user, Qt.Key.Key_Right if steps > 0 else Qt.Key.Key_Left)


def retype(user: User, line: QLineEdit, words: str) -> None:
    tab_to(user, line)
    press(user, Qt.Key.Key_A, CTRL)
    user.type(line, words)


def insert_field(user: User, editor: DesignEditor, name: str) -> None:
    """Take a field from the list behind the line where the cursor is."""
    line = editor.words.headline
    press(user, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    menu = line.fields
    assert menu.isVisible()
    while not (action := menu.activeAction()) or not action.text().startswith(f"{{{name}}}"):
        user.qtbot.keyClick(menu, Qt.Key.Key_Down)
    user.qtbot.keyClick(menu, Qt.Key.Key_Return)
    editor.activateWindow()
    line.setFocus()
    user.wait()


def make_design(user: User, page: CertificatesPage) -> None:
    """Copy the design of grades 5-8, offer it to the eldest too, and give the paper another title."""
    view = page.designs
    view.table.setFocus()
    press(user, Qt.Key.Key_Down)
    press(user, Qt.Key.Key_Down)
    assert view.table.row().title == "Альбомный с колесом"
    assert not page.withdraw_design_button.isEnabled()
    press(user, Qt.Key.Key_N, CTRL)
    editor = dialog(user, DesignEditor)
    assert editor.content.name.text() == "Альбомный с колесом, свой"
    retype(user, editor.content.name, "Паспорт профильный")
    tab_to(user, editor.content.ticks["secondary"])
    press(user, Qt.Key.Key_Space)
    press(user, Qt.Key.Key_PageDown, CTRL)
    retype(user, editor.words.headline, "Паспорт {имю}")
    user.qtbot.waitUntil(lambda: "Поля {имю} нет" in editor.preview.remark.words)
    press(user, Qt.Key.Key_PageUp, CTRL)
    press(user, Qt.Key.Key_Return, CTRL)
    assert editor.isVisible()
    assert editor.words.headline.hasFocus(), "the way leads to what has to be mended"
    assert "Поля {имю} нет" in editor.words.headline.accessibleDescription()
    for _ in "{имю}":
        press(user, Qt.Key.Key_Backspace)
    insert_field(user, editor, "имя")
    assert editor.words.headline.text() == "Паспорт {имя}"
    user.qtbot.waitUntil(lambda: not editor.preview.remark.isVisible())
    press(user, Qt.Key.Key_Return, CTRL)
    back(user)


def test_a_design_of_ones_own_is_made_and_issued_by(user: User, page: CertificatesPage, tmp_path: Path) -> None:
    make_design(user, page)
    view = page.designs
    assert view.table.hasFocus()
    assert view.table.row().title == "Паспорт профильный"
    assert view.message.words == "Записано оформление «Паспорт профильный»."
    assert page.status().undo == "новое оформление «Паспорт профильный»"
    turn(user, page, -2)
    assert page.issuing.design.currentText() == "Паспорт профильный", "it is the first for 7 «А»"
    page.issuing.table.setFocus()
    press(user, Qt.Key.Key_Space)
    user.given = tmp_path / "Сертификат.pdf"
    press(user, Qt.Key.Key_S, CTRL)
    assert page.issuing.message.words.startswith("Выдано"), user.complaint()
    with PdfDocument(user.given) as pdf:
        assert "Паспорт Полина" in pdf[0].get_textpage().get_text_bounded()


def test_a_design_is_changed_taken_away_and_put_back(user: User, page: CertificatesPage) -> None:
    make_design(user, page)
    view = page.designs
    press(user, Qt.Key.Key_Return)
    editor = dialog(user, DesignEditor)
    retype(user, editor.content.name, "Паспорт 9 класса")
    press(user, Qt.Key.Key_Return, CTRL)
    back(user)
    assert view.table.row().title == "Паспорт 9 класса"
    press(user, Qt.Key.Key_Z, CTRL)
    assert view.table.row().title == "Паспорт профильный"
    press(user, Qt.Key.Key_Y, CTRL)
    press(user, Qt.Key.Key_Delete)
    assert "Убрано оформление «Паспорт 9 класса»" in view.message.words
    assert view.table.row().title == "Цветок в зелёной рамке"
    assert page.issuing.design.findText("Паспорт 9 класса") < 0
    press(user, Qt.Key.Key_Z, CTRL)
    assert page.issuing.design.findText("Паспорт 9 класса") == 0
    assert [one.title for one in view.table.rows()[1:2]] == ["Паспорт 9 класса"]
    assert QApplication.focusWidget() is view.table

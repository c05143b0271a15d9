"""The switch between a few views: what is chosen is bold, in every theme."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from profdesk.gui.common import theme
from profdesk.gui.common.segmented import Segmented


@pytest.fixture
def switch(qapp: QApplication) -> Iterator[Segmented]:
    theme.apply(qapp, False)
    made = Segmented()
    made.set_choices((("year", "За год"), ("term", "За полугодие"), ("all", "Всё")))
    made.show()
    yield made
    made.close()
    made.deleteLater()
    theme.apply(qapp, False)


def bold(switch: Segmented) -> list[str]:
    return [button.text() for button in switch.findChildren(QPushButton) if button.font().bold()]


def test_a_change_of_theme_leaves_bold_what_is_chosen(switch: Segmented, qapp: QApplication) -> None:
    QTest.keyClick(switch.focusProxy(), Qt.Key.Key_Right)
    assert (switch.key, bold(switch)) == ("term", ["За полугодие"])
    theme.apply(qapp, True)
    assert bold(switch) == ["За полугодие"]
    QTest.keyClick(switch.focusProxy(), Qt.Key.Key_Right)
    assert (switch.key, bold(switch)) == ("all", ["Всё"])


def test_tab_enters_it_at_its_place_and_leads_on(qapp: QApplication) -> None:
    form = QWidget()
    before, switch, after = QLineEdit(), Segmented(), QLineEdit()
    column = QVBoxLayout(form)
    for field in (after, before, switch):
        column.addWidget(field)
    QWidget.setTabOrder(before, switch)
    QWidget.setTabOrder(switch, after)
    switch.set_choices((("year", "За год"), ("term", "За полугодие")))
    form.show()
    form.activateWindow()
    QApplication.processEvents()
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert switch.focusProxy().hasFocus()
    QTest.keyClick(switch.focusProxy(), Qt.Key.Key_Right)
    QTest.keyClick(switch.focusProxy(), Qt.Key.Key_Tab)
    assert after.hasFocus()
    form.close()
    form.deleteLater()

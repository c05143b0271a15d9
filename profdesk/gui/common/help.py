"""F1: the keys of a page and of the window, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from profdesk.gui.common import text
from profdesk.gui.common.page import Keys

_CONTEXT = "HelpDialog"


def window_keys() -> Keys:
    """The keys that work on every page."""
    said = (
        ("Ctrl+1 … Ctrl+9", QCoreApplication.translate(_CONTEXT, "перейти на страницу")),
        ("Ctrl+F", QCoreApplication.translate(_CONTEXT, "найти в списке")),
        ("Ctrl+Z, Ctrl+Y", QCoreApplication.translate(_CONTEXT, "отменить, вернуть")),
        ("Tab, Shift+Tab", QCoreApplication.translate(_CONTEXT, "к следующему полю, к прежнему")),
    )
    return tuple((keys, words) for keys, words in said)


class HelpDialog(QDialog):
    """Two lists of keys, a line each; Escape closes it."""

    def __init__(self, parent: QWidget, title: str, page_keys: Keys) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Клавиши: {title}").format(title=title))
        self.setBackgroundRole(QPalette.ColorRole.Base)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(text.label(title, "card"))
        column.addLayout(_keys_grid(page_keys))
        column.addSpacing(8)
        column.addWidget(text.label(self.tr("На любой странице"), "card"))
        column.addLayout(_keys_grid(window_keys()))
        column.addSpacing(8)
        close = QPushButton(self.tr("Закрыть справку"))
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        column.addLayout(row)
        close.setFocus(Qt.FocusReason.OtherFocusReason)


def _keys_grid(keys: Keys) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(4)
    grid.setColumnMinimumWidth(0, 130)
    grid.setColumnStretch(1, 1)
    for number, (key, words) in enumerate(keys):
        grid.addWidget(text.label(key, "strong"), number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(text.label(words), number, 1)
    return grid

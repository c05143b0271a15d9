"""The status bar: what is committed and when, what can be undone, the keys of the page."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from profdesk.gui.common import fonts, icons, text, theme
from profdesk.gui.common.page import Keys, Status

HEIGHT = 27
_ICON = 14


class StatusBar(QFrame):
    """One line under every page; ``undo_pressed`` when the named undo is clicked."""

    undo_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status = Status("")
        self._icon = QLabel()
        self._text = text.label("", "caption")
        self._undo = QPushButton(icons.icon("arrow-counter-clockwise", "text2", _ICON), "")
        self._undo.setProperty("kind", "quiet")
        self._undo.setFont(fonts.font(fonts.CAPTION))
        self._undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._undo.clicked.connect(self.undo_pressed)
        self._keys = text.label("", "caption")
        self._keys.setTextFormat(Qt.TextFormat.RichText)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(6)
        row.addWidget(self._icon)
        row.addWidget(self._text)
        row.addSpacing(20)
        row.addWidget(self._undo)
        row.addStretch(1)
        row.addWidget(self._keys)
        self.setFixedHeight(HEIGHT)
        theme.notifier().changed.connect(self._show)
        self._show()

    def show_status(self, status: Status, more: Keys = ()) -> None:
        """Show what the page says; ``more`` keys stand behind its own."""
        self._status = replace(status, keys=(*status.keys, *more))
        self._show()

    def say(self, words: str) -> None:
        """Show a passing word in place of the page's text until the page speaks again."""
        self._text.setText(words)
        self.setAccessibleDescription(words)

    @property
    def words(self) -> str:
        """The text at left."""
        return self._text.text()

    @property
    def undo_words(self) -> str:
        """The named undo, empty when there is none."""
        return self._undo.text() if self._status.undo else ""

    def _show(self) -> None:
        name, colour = ("check-circle-fill", "ok") if self._status.saved else ("info", "text2")
        self._icon.setPixmap(icons.pixmap(name, colour, _ICON, self.devicePixelRatioF()))
        self._icon.setVisible(bool(self._status.text))
        self.say(self._status.text)
        undo = self._status.undo
        self._undo.setText(self.tr("Отменить: {what}   Ctrl+Z").format(what=undo))
        self._undo.setVisible(bool(undo))
        self._keys.setText(_keys(self._status.keys))


def _keys(keys: Keys) -> str:
    space = "&nbsp;"
    shown = (f"{key.replace(' ', space)}{space * 2}{what.replace(' ', space)}" for key, what in keys)
    return (space * 3).join(shown)

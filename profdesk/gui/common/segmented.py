"""A switch between a few views of the same thing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from profdesk.gui.common import fonts, theme

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class Segmented(QWidget):
    """Two to four joined buttons, one of them down; Tab enters it, the arrows move in it."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._keys: list[str] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # a form gives it a place in the order of Tab
        self._group.idToggled.connect(self._toggled)
        theme.notifier().changed.connect(self._dress)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Pairs of a key and its words; the first is chosen."""
        for old in self._group.buttons():
            self._group.removeButton(old)
            old.deleteLater()
        self._keys = [key for key, _ in choices]
        before: QWidget = self
        for number, (_, words) in enumerate(choices):
            button = QPushButton(words)
            button.setCheckable(True)
            button.setProperty("kind", "segment")
            edge = "first" if number == 0 else "last" if number == len(choices) - 1 else ""
            button.setProperty("edge", edge)
            button.installEventFilter(self)
            self._group.addButton(button, number)
            self._row.addWidget(button)
            QWidget.setTabOrder(before, button)
            before = button
        self._group.button(0).setChecked(True)

    @property
    def key(self) -> str:
        """The key of what is chosen."""
        return self._keys[self._group.checkedId()]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of everything offered."""
        return tuple(self._keys)

    def choose(self, key: str) -> None:
        """Choose by key."""
        self._group.button(self._keys.index(key)).setChecked(True)

    def _toggled(self, number: int, on: bool) -> None:
        button = self._group.button(number)
        self._dress()
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)
        if on:
            self.setFocusProxy(button)
            self.chosen.emit(self._keys[number])

    def _dress(self) -> None:
        """Set what is chosen in bold, also after a change of theme, which brings the first fonts back."""
        for button in self._group.buttons():
            button.setFont(fonts.font(fonts.TEXT, bold=button.isChecked()))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                number = min(max(self._group.checkedId() + step, 0), len(self._keys) - 1)
                self._group.button(number).setChecked(True)
                self._group.button(number).setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

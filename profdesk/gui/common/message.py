"""Inline messages: at the bottom of what they speak about; they push, never cover."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from profdesk.gui.common import growing, icons, text, tones
from profdesk.gui.common.tones import Tone

_BAR = 3
_ICON = 18


class InlineMessage(QWidget):
    """One sentence with an icon and at most one quiet action; hidden until it has something to say."""

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = Tone.INFO
        self._icon = ""
        self._label = text.label("", wrap=True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton()
        self._button.setProperty("kind", "quiet")
        self._act: Callable[[], object] = self.acted.emit
        self._button.clicked.connect(self._do)
        row = QHBoxLayout(self)
        row.setContentsMargins(41, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._label, 1)
        row.addWidget(self._button)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def say(
        self,
        words: str,
        tone: Tone = Tone.INFO,
        action: str = "",
        icon: str = "",
        act: Callable[[], object] | None = None,
    ) -> None:
        """Show a sentence; when the action's button is pressed ``act`` is called, or (None) ``acted`` is emitted."""
        self._act = act or self.acted.emit
        self._tone = tone
        self._icon = icon or tones.sign(tone) or "info"
        self._label.setText(words)
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(words)
        self.show()
        growing.make_room(self)
        self.update()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Say nothing and take no room."""
        self._label.clear()
        self.hide()

    def _do(self) -> None:
        self._act()

    @property
    def words(self) -> str:
        """The sentence shown, empty if none is."""
        return self._label.text()

    @property
    def label(self) -> QLabel:
        """The label of the sentence."""
        return self._label

    @property
    def button(self) -> QPushButton:
        """The quiet action."""
        return self._button

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tones.fill(self._tone))
        painter.drawRoundedRect(self.rect(), 3, 3)
        ink = tones.ink(self._tone)
        painter.fillRect(QRect(0, 0, _BAR, self.height()), ink)
        ratio = self.devicePixelRatioF()
        top = (self.height() - _ICON) // 2
        painter.drawPixmap(_BAR + 10, top, icons.pixmap(self._icon, ink, _ICON, ratio))
        painter.end()

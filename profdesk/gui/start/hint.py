"""A small line with an icon under the password: the keyboard's layout, Caps Lock."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from profdesk.gui.common import fonts, icons, tones
from profdesk.gui.common.tones import Tone

_ICON, _GAP, _HEIGHT = 14, 6, 18


class Hint(QWidget):
    """Says nothing until it has words; it keeps its height, so that nothing jumps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = ""
        self._icon, self._tone = "", Tone.MUTED
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def say(self, words: str, icon: str, tone: Tone = Tone.MUTED) -> None:
        """Show words with an icon; nothing for no words."""
        self.words, self._icon, self._tone = words, icon, tone
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        width = QFontMetrics(fonts.font(fonts.CAPTION)).horizontalAdvance(self.words)
        return QSize(_ICON + _GAP + width + 2 if self.words else 0, _HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.words:
            return
        painter = QPainter(self)
        ink = tones.ink(self._tone)
        painter.drawPixmap(0, 2, icons.pixmap(self._icon, ink, _ICON, self.devicePixelRatioF()))
        painter.setFont(fonts.font(fonts.CAPTION))
        painter.setPen(ink)
        left = _ICON + _GAP
        painter.drawText(QRect(left, 0, self.width() - left, _HEIGHT), Qt.AlignmentFlag.AlignVCenter, self.words)
        painter.end()

"""A chip says a state in one to three words; it is never pressed."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from profdesk.gui.common import fonts, icons, theme, tones
from profdesk.gui.common.tones import Tone

HEIGHT = 22
_ICON = 14
_PAD = 8
_GAP = 6
_SHORTEST = 96


def width(words: str, icon: str = "") -> int:
    """How wide a chip with these words is."""
    text = QFontMetrics(fonts.font(fonts.CAPTION)).horizontalAdvance(words)
    return _PAD + (_ICON + _GAP if icon else 0) + text + _PAD + 1


def draw(painter: QPainter, x: int, y: int, words: str, tone: Tone, icon: str = "") -> int:
    """Draw a chip with its left top corner at ``x``, ``y`` and give its width."""
    area = QRect(x, y, width(words, icon), HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tones.fill(tone))
    painter.drawRoundedRect(area, 5, 5)
    left = x + _PAD
    ink = _ink(tone)
    if icon:
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(left, y + (HEIGHT - _ICON) // 2, icons.pixmap(icon, ink, _ICON, ratio))
        left += _ICON + _GAP
    painter.setFont(fonts.font(fonts.CAPTION))
    painter.setPen(ink)
    painter.drawText(QRect(left, y, area.right() - left, HEIGHT), Qt.AlignmentFlag.AlignVCenter, words)
    painter.restore()
    return area.width()


def _ink(tone: Tone) -> QColor:
    return theme.tokens().text2 if tone is Tone.NEUTRAL else tones.ink(tone)


class Chip(QWidget):
    """A chip on its own; without an icon given it takes the tone's."""

    def __init__(
        self,
        parent: QWidget | None = None,
        words: str = "",
        tone: Tone = Tone.NEUTRAL,
        icon: str | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(words, tone, icon)

    def may_shorten(self) -> None:
        """Let it be narrower than its words where there is no room; a tip then tells them whole."""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, words: str, tone: Tone = Tone.NEUTRAL, icon: str | None = None) -> None:
        """Show another state; ``icon=""`` leaves the icon out."""
        self._words = words
        self._tone = tone
        self._icon = tones.sign(tone) if icon is None else icon
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words

    @override
    def sizeHint(self) -> QSize:
        return QSize(width(self._words, self._icon), HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(_SHORTEST, self.sizeHint().width()), HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw(painter, 0, 0, self._fitting(), self._tone, self._icon)
        painter.end()

    def _fitting(self) -> str:
        if self.width() >= self.sizeHint().width():
            return self._words
        room = self.width() - width("", self._icon)
        return QFontMetrics(fonts.font(fonts.CAPTION)).elidedText(self._words, Qt.TextElideMode.ElideRight, room)

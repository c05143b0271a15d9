"""A big answer to press: its key at left, its text in as many lines as it takes, a check when it is chosen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from profdesk.gui.common import fonts, icons, theme

KEYS = "1234567890абвгдежзи"
_LATIN = dict(zip("f,dult;pb", "абвгдежзи", strict=True))
_CHECK, _GAP = 24, 14
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def same_key(typed: str, *names: str) -> bool:
    """Whether a typed character is one of the names, whichever keyboard layout is on."""
    plain = typed.casefold()
    return bool(plain) and any(name.casefold() in (plain, _LATIN.get(plain)) for name in names if name)


@dataclass(frozen=True)
class Size:
    """How tall the text is and how much room is above and below it, in pixels; ``alone``: a number in the middle."""

    px: int
    pad: int
    alone: bool = False

    @property
    def cap(self) -> int:
        """The side of the square with the key."""
        return self.px + 12


BIG, LARGE, MIDDLE, LOW, TILE = Size(26, 20), Size(22, 14), Size(20, 12), Size(18, 7), Size(30, 18, alone=True)


class AnswerButton(QAbstractButton):
    """``cap`` is the key that presses it; a text that stands alone has none to show."""

    def __init__(self, cap: str, words: str, size: Size = LARGE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cap = "" if size.alone else cap
        self.words = words
        self._size = size
        self.setCheckable(True)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @override
    def sizeHint(self) -> QSize:
        width = self._metrics.horizontalAdvance(self.words) + self._around
        return QSize(min(width, 520), self.heightForWidth(min(width, 520)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._around + 40, 2 * self._size.pad + self._size.cap)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(40, width - self._around), 4000)
        lines = self._metrics.boundingRect(room, int(_WRAP), self.words)
        return max(self._size.cap, lines.height()) + 2 * self._size.pad

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_frame(painter)
        if self._size.alone:
            self._draw_alone(painter)
        else:
            self._draw_cap(painter)
            self._draw_words(painter)
        painter.end()

    def _draw_frame(self, painter: QPainter) -> None:
        colours, chosen = theme.tokens(), self.isChecked()
        strong = self.hasFocus() or chosen
        edge = 2 if strong else 1
        lit = strong or (self.underMouse() and self.isEnabled())
        painter.setPen(QPen(colours.accent if lit else colours.control, edge))
        painter.setBrush(colours.accent_soft if chosen or self.isDown() else colours.base)
        half = edge / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 8, 8)

    def _draw_alone(self, painter: QPainter) -> None:
        colours, chosen = theme.tokens(), self.isChecked()
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(5, 5, -5, -5), 5, 5)
        painter.setPen(colours.on_accent if chosen else colours.text)
        painter.setFont(fonts.font(self._size.px, bold=chosen))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.words)

    def _draw_words(self, painter: QPainter) -> None:
        painter.setPen(theme.tokens().text)
        painter.setFont(fonts.font(self._size.px, bold=self.isChecked()))
        room = QRect(self._left, 0, self.width() - self._around, self.height())
        painter.drawText(room, int(_WRAP), self.words)
        if self.isChecked():
            at = QPointF(self.width() - _GAP - _CHECK, (self.height() - _CHECK) / 2)
            painter.drawPixmap(at, icons.pixmap("check-circle-fill", "accent", _CHECK, self.devicePixelRatioF()))

    def _draw_cap(self, painter: QPainter) -> None:
        if not self.cap:
            return
        colours, side = theme.tokens(), self._size.cap
        box = QRectF(_GAP, (self.height() - side) / 2, side, side)
        painter.setPen(QPen(colours.accent if self.isChecked() else colours.control, 1))
        painter.setBrush(colours.accent if self.isChecked() else colours.alt)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(colours.on_accent if self.isChecked() else colours.text2)
        painter.setFont(fonts.font(self._size.px - 4, bold=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.cap.upper())

    @property
    def _metrics(self) -> QFontMetrics:
        """Of the bold letters that a chosen text has, so that it does not need another line then."""
        return QFontMetrics(fonts.font(self._size.px, bold=True))

    @property
    def _left(self) -> int:
        return _GAP + (self._size.cap + _GAP if self.cap else 0)

    @property
    def _around(self) -> int:
        """The width that is not the text's."""
        return 2 * _GAP if self._size.alone else self._left + 2 * _GAP + _CHECK

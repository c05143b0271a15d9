"""Where answers are keyed in: one number, readable from a metre off, and the keys that answer it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from profdesk.gui.common import fonts, theme
from profdesk.gui.diagnostics.pad import Box, Pad, Slot

_NUMBER, _WORD, _FACE, _SMALL_FACE = 72, 28, 40, 28
_CAPTION_ROOM, _NUMBER_ROOM, _WORD_ROOM, _SLOT_ROOM, _TYPED_ROOM = 20, 88, 44, 62, 70
_WIDEST, _TALLEST, _LOW = 127, 92, 64
_FLASH = 350
_CENTRE = Qt.AlignmentFlag.AlignCenter.value
_TOP = Qt.AlignmentFlag.AlignHCenter.value | Qt.AlignmentFlag.AlignTop.value | Qt.TextFlag.TextWordWrap.value
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_COMMANDS = frozenset(
    {
        Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
        Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter,
    }
)  # fmt: skip


class KeyDesk(QWidget):
    """Draws a ``Pad``; ``typed`` gives characters, ``commanded`` (Qt.Key) the keys that go about, Tab among them."""

    typed = Signal(str)
    commanded = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pad = Pad("", "")
        self._boxes: list[tuple[QRect, Box]] = []
        self._flash = QTimer(self, singleShot=True, interval=_FLASH)
        self._flash.timeout.connect(self.update)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_pad(self, pad: Pad) -> None:
        """Draw another question."""
        if pad != self._pad:
            self._pad = pad
            self._flash.stop()
            self.setAccessibleName(pad.words)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
            self.update()

    @property
    def pad(self) -> Pad:
        """What is drawn."""
        return self._pad

    @property
    def flashing(self) -> bool:
        """Whether an impossible key was pressed just now."""
        return self._flash.isActive()

    def flash(self) -> None:
        """Show that a key meant nothing here."""
        self._flash.start()
        self.update()

    # -- keys ------------------------------------------------------------------------------------

    @override
    def event(self, event: QEvent) -> bool:
        """Take the tab key before Qt moves the focus with it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _TABS:
            self.commanded.emit(Qt.Key(event.key()))
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.key() in _COMMANDS and not held:
            self.commanded.emit(Qt.Key(event.key()))
        elif event.text().strip() and event.text().isprintable() and not held:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        for area, box in self._boxes:
            if area.contains(event.position().toPoint()):
                self.typed.emit(box.letter)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # -- drawing ---------------------------------------------------------------------------------

    @override
    def sizeHint(self) -> QSize:
        return QSize(540, 320)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(420, 150)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown, colours, across = self._pad, theme.tokens(), self.width()
        foot = self._height_of(shown.foot, across - 40)
        top = max(0, (self.height() - self._room() - foot) // 2)
        _text(painter, QRect(0, top, across, _CAPTION_ROOM), shown.caption, fonts.TEXT, colours.text2)
        top += _CAPTION_ROOM
        room, px = (_NUMBER_ROOM, _NUMBER) if shown.big.isdecimal() else (_WORD_ROOM, _WORD)
        ink = colours.bad if self.flashing else colours.text
        _text(painter, QRect(0, top, across, room), shown.big, px, ink, bold=True)
        top += room
        for place, slot in enumerate(shown.slots):
            left = (across - len(shown.slots) * 110) // 2 + place * 110
            self._draw_slot(painter, QRect(left, top, 110, _SLOT_ROOM), slot)
        top += _SLOT_ROOM if shown.slots else 0
        if shown.typed is not None:
            self._draw_typed(painter, QRectF(across / 2 - 90, top, 180, _TYPED_ROOM - 14), shown.typed)
            top += _TYPED_ROOM
        self._draw_boxes(painter, top)
        top += self._boxes_room()
        _text(painter, QRect(20, top, across - 40, foot), shown.foot, fonts.CAPTION, colours.text2, flags=_TOP)
        self._draw_focus(painter)
        painter.end()

    def _room(self) -> int:
        """The height of everything but the line at the foot."""
        shown = self._pad
        number = _NUMBER_ROOM if shown.big.isdecimal() else _WORD_ROOM
        slots = _SLOT_ROOM if shown.slots else 0
        typed = _TYPED_ROOM if shown.typed is not None else 0
        return _CAPTION_ROOM + number + slots + typed + self._boxes_room()

    def _box_size(self) -> tuple[int, int, int]:
        """Width and height of a key, and the gap between two."""
        count = max(1, len(self._pad.boxes))
        gap = 17 if count <= 4 else 8
        low = bool(self._pad.slots) or count > 4 or self.height() < 290
        return min(_WIDEST, (self.width() - 24 - gap * (count - 1)) // count), _LOW if low else _TALLEST, gap

    def _boxes_room(self) -> int:
        if not self._pad.boxes:
            return 0
        width, height, gap = self._box_size()
        return height + 12 + max(self._height_of(box.hint, width + gap - 2) for box in self._pad.boxes)

    def _height_of(self, words: str, width: int) -> int:
        metrics = QFontMetrics(fonts.font(fonts.CAPTION))
        return metrics.boundingRect(QRect(0, 0, width, 400), _TOP, words).height() if words else 0

    def _draw_boxes(self, painter: QPainter, top: int) -> None:
        width, height, gap = self._box_size()
        boxes, colours = self._pad.boxes, theme.tokens()
        left = (self.width() - len(boxes) * width - (len(boxes) - 1) * gap) // 2
        self._boxes = [(QRect(left + at * (width + gap), top, width, height), box) for at, box in enumerate(boxes)]
        for area, box in self._boxes:
            edge = colours.accent if box.chosen else colours.bad if self.flashing else colours.control
            _frame(
                painter, QRectF(area), edge, colours.accent_soft if box.chosen else colours.base, 2 if box.chosen else 1
            )
            ink = colours.accent_text if box.chosen else colours.text
            px = _FACE if width > 60 and height == _TALLEST else _SMALL_FACE
            _text(painter, area, box.face, px if width > 50 else fonts.TITLE, ink, bold=True)
            hint = QRect(area.left() - gap // 2 + 1, area.bottom() + 5, width + gap - 2, 100)
            _text(painter, hint, box.hint, fonts.CAPTION, colours.text2, flags=_TOP)

    def _draw_slot(self, painter: QPainter, area: QRect, slot: Slot) -> None:
        colours = theme.tokens()
        ink = colours.accent_text if slot.current else colours.text2
        _text(painter, QRect(area.left(), area.top(), area.width(), 18), slot.title, fonts.CAPTION, ink)
        fill = colours.accent_soft if slot.current else colours.data_soft if slot.face else colours.base
        box = QRectF(area.center().x() - 24, area.top() + 20, 48, 30)
        _frame(painter, box, colours.accent if slot.current else colours.border, fill, 2 if slot.current else 1)
        _text(painter, box.toRect(), slot.face, fonts.TITLE, colours.text, bold=True)

    def _draw_typed(self, painter: QPainter, area: QRectF, words: str) -> None:
        colours = theme.tokens()
        _frame(painter, area, colours.bad if self.flashing else colours.accent, colours.accent_soft, 2)
        _text(painter, area.toRect(), words, 32, colours.accent_text, bold=True)

    def _draw_focus(self, painter: QPainter) -> None:
        """Tell when keys go elsewhere: the desk in focus needs no sign, for it almost always is."""
        if not self.hasFocus() and not self._pad.elsewhere:
            line = QRect(0, 0, self.width(), 18)
            words = self.tr("Чтобы вводить ответы, щёлкните здесь")
            _text(painter, line, words, fonts.CAPTION, theme.tokens().warn)


def _frame(painter: QPainter, area: QRectF, edge: QColor, fill: QColor, width: int) -> None:
    painter.setBrush(fill)
    pen = painter.pen()
    pen.setColor(edge)
    pen.setWidth(width)
    painter.setPen(pen)
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


def _text(
    painter: QPainter, area: QRect, words: str, px: int, ink: QColor, *, bold: bool = False, flags: int = _CENTRE
) -> None:
    painter.setFont(fonts.font(px, bold))
    painter.setPen(ink)
    painter.drawText(area, flags, words)

"""An empty page says what is missing, what to do, and offers it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from profdesk.gui.common import fonts, icons, text, theme

_SHEET, _MARGIN, _FIGURE = 620, 56, 40


class EmptyState(QWidget):
    """A dashed sheet in the middle of the page; files may be dropped on it if it accepts any.

    ``primary`` and ``quiet`` are its buttons, hidden until they have words.
    """

    dropped = Signal(object)
    """Path of a file of an accepted kind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = ""
        self._suffixes: frozenset[str] = frozenset()
        self._over = False
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._fact = _centred("title")
        self._advice = _centred("second")
        self.primary = _button("primary")
        self.primary.setFont(fonts.font(fonts.TEXT, bold=True))
        self.quiet = _button("quiet")
        self._rule = QFrame()
        self._rule.setProperty("rule", "true")
        self._lines = QGridLayout()
        self._sheet = QWidget()
        self._sheet.setFixedWidth(_SHEET)
        self._lay_out()
        theme.notifier().changed.connect(self._recolour)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.primary)
        buttons.addWidget(self.quiet)
        buttons.addStretch(1)
        self._lines.setHorizontalSpacing(22)
        self._lines.setVerticalSpacing(0)
        self._lines.setColumnStretch(1, 1)
        inner = QVBoxLayout(self._sheet)
        inner.setContentsMargins(_MARGIN, 44, _MARGIN, 44)
        inner.setSpacing(0)
        inner.addWidget(self._icon)
        inner.addSpacing(10)
        inner.addWidget(self._fact)
        inner.addSpacing(4)
        inner.addWidget(self._advice)
        inner.addSpacing(16)
        inner.addLayout(buttons)
        inner.addSpacing(22)
        inner.addWidget(self._rule)
        inner.addSpacing(16)
        inner.addLayout(self._lines)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(self._sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(5)

    def set_content(self, icon: str, fact: str, advice: str, lines: Sequence[tuple[str, str]] = ()) -> None:
        """Show what is missing and what to do; ``lines`` are the numbered reassurances (bold, plain)."""
        self._icon_name = icon
        self._recolour()
        self._fact.setText(fact)
        self._advice.setText(advice)
        _keep_whole(self._advice, _SHEET - 2 * _MARGIN)
        self._sheet.setAccessibleName(fact)
        self._rule.setVisible(bool(lines))
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for number, (bold, plain) in enumerate(lines):
            self._add_line(number, bold, plain)

    def set_buttons(self, primary: str, quiet: str = "", icon: str = "") -> None:
        """Name the verbs; an empty one is not shown."""
        self.primary.setText(primary)
        self.primary.setVisible(bool(primary))
        if icon:
            self.primary.setIcon(icons.icon(icon, "on_accent"))
        self.quiet.setText(quiet)
        self.quiet.setVisible(bool(quiet))

    def accept_files(self, *suffixes: str) -> None:
        """Let files with these endings (``.xlsx``) be dropped here."""
        self._suffixes = frozenset(suffix.lower() for suffix in suffixes)
        self.setAcceptDrops(bool(suffixes))

    def _add_line(self, number: int, bold: str, plain: str) -> None:
        figure = text.label(str(number + 1), "title")
        figure.setForegroundRole(QPalette.ColorRole.Link)
        self._lines.addWidget(figure, 2 * number, 0, 2, 1)
        self._lines.addWidget(text.label(bold, "strong"), 2 * number, 1)
        second = text.label(plain, "caption", wrap=True)
        second.setContentsMargins(0, 0, 0, 8)
        _keep_whole(second, _SHEET - 2 * _MARGIN - _FIGURE)
        self._lines.addWidget(second, 2 * number + 1, 1)

    def _recolour(self) -> None:
        if self._icon_name:
            self._icon.setPixmap(icons.pixmap(self._icon_name, "text2", 40, self.devicePixelRatioF()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(colours.accent if self._over else colours.control, 2 if self._over else 1.6)
        pen.setDashPattern([6, 4])
        painter.setPen(pen)
        painter.setBrush(colours.accent_soft if self._over else colours.base)
        painter.drawRoundedRect(QRectF(self._sheet.geometry()).adjusted(1, 1, -1, -1), 10, 10)
        painter.end()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._file(event) is not None:
            event.acceptProposedAction()
            self._set_over(over=True)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_over(over=False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._set_over(over=False)
        path = self._file(event)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def _set_over(self, *, over: bool) -> None:
        self._over = over
        self.update()

    def _file(self, event: QDropEvent) -> Path | None:
        urls = event.mimeData().urls()
        path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
        return path if path is not None and path.suffix.lower() in self._suffixes else None


def _keep_whole(label: QLabel, width: int) -> None:
    """Keep all lines of a wrapped label in sight: a box that is centred does not ask it how high it gets."""
    label.setMinimumHeight(label.heightForWidth(width))


def _centred(role: str) -> QLabel:
    made = text.label("", role, wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return made


def _button(kind: str) -> QPushButton:
    made = QPushButton()
    made.setProperty("kind", kind)
    made.hide()
    return made

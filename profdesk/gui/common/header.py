"""The one line every page begins with: title, selectors, stretch, buttons, the primary at the far right."""

from __future__ import annotations

from PySide6.QtCore import Property, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from profdesk.gui.common import fonts, icons, text

_LINE, _TWO_LINES = 32, 48
_LEAST = 160


class _Line(QLabel):
    """One line of any length: what has no room is left out for «…» and told by the tip."""

    def __init__(self, words: str, role: str) -> None:
        super().__init__()
        text.set_role(self, role)
        self.set_words(words)

    def set_words(self, words: str) -> None:
        """Show other words."""
        self.words = words
        self.setAccessibleName(words)
        self._fit()
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.words) + 1, self.fontMetrics().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(_LEAST, self.sizeHint().width()), self.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self.words, Qt.TextElideMode.ElideRight, self.width())
        self.setText(shown)
        self.setToolTip("" if shown == self.words else self.words)


class PageHeader(QWidget):
    """Title at left, what scopes the page beside it, verbs at right.

    In a form its children are declared without a layout, in the order of the tab key; ``adopt`` lays them
    out: buttons go right, the primary last, anything else goes left.
    """

    back_pressed = Signal()

    def __init__(self, parent: QWidget | None = None, heading: str = "") -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._back = QPushButton(icons.icon("caret-left", "accent_text"), "")
        self._back.setProperty("kind", "quiet")
        self._back.setProperty("shape", "square")
        self._back.setAccessibleName(self.tr("Вернуться к списку"))
        self._back.setToolTip(self.tr("Вернуться к списку"))
        self._back.clicked.connect(self.back_pressed)
        self._back.hide()
        self._title = _Line(heading, "title")
        self._second = _Line("", "caption")
        self._second.hide()
        self._left = QHBoxLayout()
        self._right = QHBoxLayout()
        for side in (self._left, self._right):
            side.setSpacing(8)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._title)
        first.addSpacing(8)
        first.addLayout(self._left)
        first.addStretch(1)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addLayout(first)
        lines.addWidget(self._second)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._back)
        row.addLayout(lines, 1)
        row.addLayout(self._right)
        self.setMinimumHeight(_LINE)

    def _read_title(self) -> str:
        return self._title.words

    def set_title(self, words: str) -> None:
        """Name the page."""
        self._title.set_words(words)

    title = Property(str, _read_title, set_title)

    def set_second(self, words: str) -> None:
        """A line of facts under the title; empty takes it away."""
        self._second.set_words(words)
        self._second.setVisible(bool(words))
        self.setMinimumHeight(_TWO_LINES if words else _LINE)

    def show_back(self, *, shown: bool = True) -> None:
        """Put an arrow before the title of a page reached from a list; ``back_pressed`` tells of it."""
        self._back.setVisible(shown)

    def add_selector(self, widget: QWidget) -> None:
        """Add what scopes the page, left to right."""
        self._left.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_button(self, words: str, kind: str = "", icon: str = "") -> QPushButton:
        """Add a verb, left to right, the primary last."""
        button = QPushButton(words)
        button.setProperty("kind", kind)
        if kind == "primary":
            button.setFont(fonts.font(fonts.TEXT, bold=True))
        if icon:
            button.setIcon(icons.icon(icon, "on_accent" if kind == "primary" else "text"))
        self._right.addWidget(button)
        return button

    def adopt(self) -> None:
        """Lay out the children that a form has given."""
        known = {self._back, self._title, self._second}
        for child in self.children():
            if not isinstance(child, QWidget) or child in known or self._placed(child):
                continue
            if isinstance(child, QPushButton):
                self._right.addWidget(child)
            else:
                self.add_selector(child)
        for button in self.findChildren(QPushButton):
            if button.property("kind") == "primary":
                self._right.addWidget(button)

    def _placed(self, child: QWidget) -> bool:
        return self._left.indexOf(child) >= 0 or self._right.indexOf(child) >= 0

"""Every fact for the choice side by side, each in a quiet card; nothing here judges."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from profdesk.domain import choice_facts
from profdesk.domain.choice_facts import Fact, Line
from profdesk.gui.common import icons, text, theme
from profdesk.gui.common.card import Card

_ICONS = {
    "portfolio": "grid-four",
    "released": "eye",
    "talks": "lock-simple",
    "trials": "wrench",
    "practice": "clock",
    "wish": "chat-circle",
    "achievements": "trophy",
    "before": "clock-counter-clockwise",
}
_COLUMNS = (("portfolio", "trials", "practice", "before"), ("released", "talks", "wish", "achievements"))
_MOST = 4


class FactsBoard(QScrollArea):
    """Two columns of cards, a fact always in the same place; Tab comes here if there is more than is in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().rangeChanged.connect(lambda _, last: self._take_tab(scrolls=last > 0))
        self._take_tab(scrolls=False)
        self._cards = {code: _FactCard(icon) for code, icon in _ICONS.items()}
        ground = QWidget()
        ground.setAutoFillBackground(False)
        row = QHBoxLayout(ground)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for codes in _COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(12)
            for code in codes:
                column.addWidget(self._cards[code])
            column.addStretch(1)
            row.addLayout(column, 1)
        self.setWidget(ground)
        ground.setAutoFillBackground(False)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show what is known; a card that nothing is said of is not there."""
        known = {fact.code: fact for fact in facts}
        for code, card in self._cards.items():
            card.setVisible(code in known)
            if code in known:
                card.show_fact(known[code])

    def _take_tab(self, *, scrolls: bool) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if scrolls else Qt.FocusPolicy.NoFocus)

    def _light(self, *, lit: bool) -> None:
        """Show the focus on the scroll bar, which is what the keys move."""
        bar = self.verticalScrollBar()
        bar.setProperty("lit", lit)
        bar.style().unpolish(bar)
        bar.style().polish(bar)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._light(lit=True)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._light(lit=False)


class _FactCard(Card):
    """A fact: its name with a sign, then its lines; where there are none, how to get to know it."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon_name = icon
        self._icon = QLabel()
        self._title = text.label("", "strong")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self._title, 1)
        column = self.column()
        column.setSpacing(6)
        column.addLayout(head)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        column.addLayout(self._lines)
        self._recolour()
        theme.notifier().changed.connect(self._recolour)

    def show_fact(self, fact: Fact) -> None:
        """Show a fact in place of the one before."""
        self._title.setText(fact.title)
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for line in choice_facts.few(fact.lines, _MOST):
            self._lines.addWidget(_line(line))
        if not fact.lines:
            self._lines.addWidget(text.label(fact.missing, "second", wrap=True))
        said = "; ".join(filter(None, (part for one in fact.lines for part in (one.words, one.second))))
        self.setAccessibleName(fact.title)
        self.setAccessibleDescription(said or fact.missing)

    def _recolour(self) -> None:
        self._icon.setPixmap(icons.pixmap(self._icon_name, "text2", 16, self.devicePixelRatioF()))


def _line(line: Line) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    column.addWidget(text.label(text.breakable(line.words), wrap=True))
    if line.second:
        column.addWidget(text.label(text.breakable(line.second), "caption", wrap=True))
    return made

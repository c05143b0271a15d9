"""What the page shows a part of: the class and the term chosen in its selectors."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from profdesk.domain.organisation import Organisation
from profdesk.domain.school_year import Period
from profdesk.gui.common import class_choice
from profdesk.gui.portfolio.reading import Reading

_LIST_MARGINS = 20


class Scope(QObject):
    """Keeps the selectors of class and term filled; ``changed`` when the user chooses another."""

    changed = Signal()

    def __init__(self, organisation: Organisation, group: QComboBox, period: QComboBox, home: QWidget) -> None:
        super().__init__(home)
        self._group = group
        self._choice = period
        self._home = home
        self.wanted: str | None = None
        self.current = organisation.period
        self._periods = class_choice.periods(organisation)
        group.currentIndexChanged.connect(self._choose_group)
        period.currentIndexChanged.connect(lambda _: self.changed.emit())
        for selector in (group, period):
            selector.view().installEventFilter(self)

    @property
    def period(self) -> Period:
        """The term chosen, the school's own before any was offered."""
        place = self._choice.currentIndex()
        return self.current if place < 0 else self._periods[place]

    @property
    def of_current_year(self) -> bool:
        """Whether the term is one of the school's present year."""
        return self.period.year == self.current.year

    def follow(self, organisation: Organisation) -> None:
        """Stay on the chosen term, but follow the school into the next one."""
        chosen, former = self.period, self.current
        self.current = organisation.period
        self._periods = class_choice.periods(organisation)
        if chosen == former or chosen not in self._periods:
            chosen = self.current
        with QSignalBlocker(self._choice):
            self._choice.clear()
            self._choice.addItems([period.title for period in self._periods])
            self._choice.setCurrentIndex(self._periods.index(chosen))

    def want(self, group_id: str) -> None:
        """Ask for a class in the school's present term; it is shown with the next reading."""
        self.wanted = group_id
        with QSignalBlocker(self._choice):
            self._choice.setCurrentIndex(self._choice.findText(self.current.title))

    def go_to_current(self) -> None:
        """Choose the school's present term."""
        self._choice.setCurrentIndex(self._periods.index(self.current))

    def show(self, found: Reading) -> None:
        """Offer the classes found, the one shown being chosen."""
        offered = [(self._group.itemText(place), self._group.itemData(place)) for place in range(self._group.count())]
        groups = [(group.name.title, group.id) for group in found.groups]
        with QSignalBlocker(self._group):
            if groups != offered:
                self._group.clear()
                for title, group_id in groups:
                    self._group.addItem(title, group_id)
                choices = self._group.view()
                choices.setMinimumWidth(choices.sizeHintForColumn(0) + _LIST_MARGINS)
            if found.grid is not None:
                self.wanted = found.grid.group.id
                self._group.setCurrentIndex(self._group.findData(self.wanted))

    def _choose_group(self, _index: int) -> None:
        self.wanted = self._group.currentData()
        self.changed.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """When a selector's list has closed, keys go to the grid again."""
        if event.type() == QEvent.Type.Hide:
            QTimer.singleShot(0, self._home, self._home.setFocus)
        return super().eventFilter(watched, event)

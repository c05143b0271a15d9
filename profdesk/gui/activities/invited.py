"""For whom an activity is: whole classes, level by level, and pupils by name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from profdesk.domain.activities import Audience
from profdesk.domain.people import Group, Pupil
from profdesk.domain.plural import counted
from profdesk.domain.programme import Level
from profdesk.gui.activities.picks import Picks
from profdesk.gui.common.columns import Column, Heading
from profdesk.gui.common.forms import fill
from profdesk.gui.common.table import DeskTable

_TITLES = {
    Audience.PUPILS: ("Для каких классов", "И ученики по одному"),
    Audience.PARENTS: ("Родители каких классов", "И родители отдельных учеников"),
    Audience.STAFF: ("Для педагогов классы не нужны", ""),
}


class Invited(QWidget):
    """A box for each class; a button of a level ticks all its classes, or takes their ticks away.

    ``changed`` when others are invited.
    """

    changed = Signal()

    groups_label: QLabel
    level_buttons: QWidget
    groups: DeskTable
    pupils: Picks
    count: QLabel

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fill(self, "activity_invited")
        self._groups: Sequence[Group] = ()
        self._homes: Mapping[str, str] = {}
        """The level of each pupil by id."""
        self._audience = Audience.PUPILS
        self.groups.set_columns(
            (
                Column("Класс", lambda one: one.name.title),
                Column("Учеников", lambda one: str(one.size), width=90, right=True),
            ),
            key=lambda one: one.id,
            checkable=lambda _: True,
        )
        self.groups.checks_changed.connect(self._count)
        self.pupils.changed.connect(self._count)

    def offer(self, groups: Iterable[Group], levels: Sequence[Level], everybody: Iterable[Pupil]) -> None:
        """Say which classes there are, of which levels, and who is in them."""
        self._groups = sorted(groups, key=lambda one: one.name.sort_key)
        rows: list[Group | Heading] = []
        for level in levels:
            mine = [one for one in self._groups if one.level == level.code]
            if mine:
                rows += [Heading(level.grades_title), *mine]
                self._add_button(level, mine)
        self.groups.set_rows(rows, "Классов в этом учебном году нет: загрузите списки.")
        self.groups.choose_first()
        by_name = [one for one in everybody if one.group]
        self._homes = {one.id: one.group.level for one in by_name if one.group}
        choices = ((one.id, f"{one.name.full}, {one.group.name.title}") for one in by_name if one.group)
        self.pupils.offer("", choices, "Начните писать фамилию")

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the tab key stops in it."""
        return (*self.level_buttons.findChildren(QPushButton), self.groups, *self.pupils.stops)

    def put(self, groups: Collection[str], pupils: Sequence[str]) -> None:
        """Tick some classes and choose some pupils."""
        self.groups.set_checked(lambda one: one.id in groups)
        if ticked := self.groups.checked():
            self.groups.choose(ticked[0].id)
        self.pupils.put(pupils)

    def show_audience(self, audience: Audience) -> None:
        """Ask for classes, for parents of classes, or for nobody."""
        self._audience = audience
        title, by_name = _TITLES[audience]
        self.groups_label.setText(title)
        self.pupils.title.setText(by_name)
        for part in (self.level_buttons, self.groups, self.pupils):
            part.setVisible(audience is not Audience.STAFF)
        self._count()

    def groups_chosen(self, audience: Audience) -> tuple[str, ...]:
        """The classes ticked, none where an activity is for the staff."""
        return () if audience is Audience.STAFF else tuple(one.id for one in self.groups.checked())

    def pupils_chosen(self, audience: Audience) -> tuple[str, ...]:
        """The pupils chosen by name, none where an activity is for the staff."""
        return () if audience is Audience.STAFF else self.pupils.keys

    @property
    def levels(self) -> frozenset[str]:
        """The levels of everybody invited."""
        by_name = (self._homes[one] for one in self.pupils.keys if one in self._homes)
        return frozenset((*(one.level for one in self.groups.checked()), *by_name))

    # -- inside ----------------------------------------------------------------------------------

    def _add_button(self, level: Level, mine: Sequence[Group]) -> None:
        button = QPushButton(level.grades_title)
        button.setProperty("kind", "quiet")
        button.setProperty("shape", "small")
        button.setToolTip(f"Отметить все: {level.grades_title}")
        button.clicked.connect(partial(self._toggle, {one.id for one in mine}))
        layout = self.level_buttons.layout()
        if layout is not None:
            layout.addWidget(button)

    def _toggle(self, wanted: Collection[str]) -> None:
        ticked = {one.id for one in self.groups.checked()}
        now = ticked - set(wanted) if ticked.issuperset(wanted) else ticked.union(wanted)
        self.groups.set_checked(lambda one: one.id in now)

    def _count(self) -> None:
        ticked = self.groups.checked()
        size = sum(one.size for one in ticked) + len(self.pupils.keys)
        if self._audience is Audience.STAFF:
            self.count.setText("")
        elif not size:
            self.count.setText("Пока никто не отмечен")
        else:
            classes = counted(len(ticked), "класс", "класса", "классов")
            self.count.setText(f"{classes}, {counted(size, 'ученик', 'ученика', 'учеников')}")
        self.changed.emit()

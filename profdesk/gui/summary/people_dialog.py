"""«Кто в числе»: everybody behind a figure, those counted and those missing, and what to do about these."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from profdesk.domain import summary_people as words
from profdesk.domain.people import fold
from profdesk.domain.summary import Figure
from profdesk.domain.summary_people import Behind, Line, Subject
from profdesk.gui.common.columns import Column
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.search import SearchField, SearchKeys
from profdesk.gui.common.segmented import Segmented
from profdesk.gui.common.table import DeskTable
from profdesk.gui.summary import leads
from profdesk.gui.summary.leads import Place, Way
from profdesk.services import pupils

COUNTED, MISSING = "counted", "missing"
_WIDTH, _LEFT, _LOW = 980, 60, 300
_SHORT, _LONG = 110, 230
"""The widths of a column of classes, and of one of groups of a kindergarten or of posts."""


class PeopleDialog(QDialog):
    """Two lists, one at a time; what is done about those missing is done on another page, so it closes the window."""

    wanted = Signal(object)
    """The Way that the user takes."""
    wanted_card = Signal(str)
    """The id of the pupil whose card the user wants to see."""

    heading: QLabel
    about: QLabel
    side: Segmented
    count: QLabel
    search_field: SearchField
    table: DeskTable
    detail_name: QLabel
    detail_why: QLabel
    note: QLabel
    card_button: QPushButton
    leave_button: QPushButton
    do_button: QPushButton

    def __init__(
        self, parent: QWidget, desk: Desk, figure: Figure, behind: Behind, whose: str, led: Collection[Place]
    ) -> None:
        super().__init__(parent)
        self._behind = behind
        self._led = led
        self._way: Way | None = None
        fill(self, "summary_people")
        alone = behind.subject is Subject.ITSELF
        self.resize(_WIDTH, _LOW if alone else parent.window().height() - _LEFT)
        for part in (self.side, self.count, self.search_field):
            part.setVisible(not alone)
        self.heading.setText(behind.indicator.title)
        self.about.setText(words.about(figure, behind.span, whose))
        self._obstacle = leads.obstacle(behind, desk.organisation.period.year)
        self.table.select_several()
        where = words.where_word(behind).lower()
        self.search_field.setPlaceholderText(f"Имя, {where}, причина")
        self.search_field.setAccessibleName(f"Найти: имя, {where}, причина")
        self.side.set_choices(
            [
                (COUNTED, f"Вошли {len(behind.counted)}"),
                (MISSING, f"Не вошли {len(behind.missing)}"),
            ]
        )
        self._connect()

    def _connect(self) -> None:
        self.side.chosen.connect(lambda _: self._turn())
        self.search_field.textChanged.connect(lambda _: self._filter())
        SearchKeys(self.search_field, self.table).entered.connect(self.enter)
        self.table.opened.connect(lambda _: self._open_card())
        self.table.selection_changed.connect(self._offer)
        self.table.chosen.connect(self._explain)
        self.card_button.clicked.connect(self._open_card)
        self.leave_button.clicked.connect(self.reject)
        self.do_button.clicked.connect(self._do)
        for caption, act in (
            ("Карточка ученика\tCtrl+K", self._open_card),
            ("Скопировать\tCtrl+C", self.table.copy_selected),
        ):
            self.table.addAction(caption).triggered.connect(act)
        for key, act in (
            ("Ctrl+K", self._open_card),
            ("Ctrl+F", self.search_field.take_focus),
            ("Ctrl+Return", self._do),
            ("Ctrl+Enter", self._do),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(act)

    def show_side(self, side: str) -> None:
        """Begin with those counted or those missing."""
        self.side.choose(side)
        self._turn()
        self.enter()

    @property
    def meant(self) -> Sequence[Line]:
        """The selected lines where several are, else all that are shown."""
        selected: list[Line] = self.table.selected()
        return selected if len(selected) > 1 else self.table.rows()

    def enter(self) -> None:
        """Go on in the list, from the first line if none is chosen."""
        if self.table.row() is None:
            self.table.choose_first()
        (self.table if self.table.rows() else self.side).setFocus(Qt.FocusReason.OtherFocusReason)

    # -- showing ---------------------------------------------------------------------------------

    @property
    def _missing(self) -> bool:
        return self.side.key == MISSING

    def _turn(self) -> None:
        who, where = words.one_word(self._behind), words.where_word(self._behind)
        columns = [Column[Line](who, lambda one: one.name, width=270, sort=lambda one: fold(one.name))]
        if where:
            grades = self._behind.groups and all(one.name.grade for one in self._behind.groups.values())
            width = _SHORT if grades else _LONG
            columns.append(Column[Line](where, lambda one: one.where, width=width, sort=lambda one: one.order))
        why = "Чего не хватает" if self._missing else "Что учтено"
        columns.append(Column[Line](why, lambda one: one.why, sort=lambda one: fold(one.why)))
        self.table.set_columns(columns, key=lambda one: one.key)
        self._filter()

    def _filter(self) -> None:
        everybody = self._behind.missing if self._missing else self._behind.counted
        wanted = self.search_field.text().strip()
        shown = [one for one in everybody if one.matches(wanted)]
        empty = (
            f"По запросу «{wanted}» здесь никого нет"
            if everybody
            else words.nobody(self._behind, missing=self._missing)
        )
        self.table.set_rows(shown, empty)
        self.count.setText(words.shown_words(self._behind, len(shown), len(everybody)))
        if self.table.row() is None:
            self.table.choose_first()
        self._explain(self.table.row())
        self._offer()

    def _explain(self, line: Line | None) -> None:
        self.detail_name.setText(", ".join(filter(None, (line.name, line.where))) if line else "")
        self.detail_why.setText(f"{line.why}." if line else "")

    def _offer(self) -> None:
        line = self.table.row()
        self.card_button.setVisible(self._behind.subject in (Subject.PUPILS, Subject.GRADUATES))
        self.card_button.setEnabled(line is not None)
        open_to = self._missing and not self._obstacle
        self._way = leads.way(self._behind, self.meant, line, pupils.today()) if open_to else None
        if self._way is not None and self._way.place not in self._led:
            self._way = None
        self.do_button.setVisible(self._way is not None)
        self.do_button.setText(self._way.words if self._way else "")
        note = (self._way.note if self._way else self._obstacle) if self._missing and self._behind.missing else ""
        self.note.setText(note)
        self.note.setVisible(bool(note))

    # -- leading on ------------------------------------------------------------------------------

    def _open_card(self) -> None:
        line = self.table.row()
        if line is not None and line.pupil:
            self.accept()
            self.wanted_card.emit(line.pupil)

    def _do(self) -> None:
        if self._way is not None:
            self.accept()
            self.wanted.emit(self._way)

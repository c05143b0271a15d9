"""The page «Расхождения»: what two computers wrote not knowing of one another, side by side, to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QScrollArea, QWidget
from typing_extensions import override

from profdesk.domain.access import Actor
from profdesk.domain.audit import Area
from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.differences import Difference
from profdesk.domain.plural import counted
from profdesk.domain.rights import Right
from profdesk.gui.common import text
from profdesk.gui.common.card import Card
from profdesk.gui.common.columns import Column, Heading, Look
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.page import Page, Status, saved_at
from profdesk.gui.common.records import Records
from profdesk.gui.common.search import SearchField, SearchKeys
from profdesk.gui.common.steps import Steps
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.services import differences

if TYPE_CHECKING:
    from profdesk.services.workspaces import Workspace

Verb = Callable[["Workspace", Actor, Sequence[Difference]], tuple[Step, Changes]]
_EVERYTHING = "Всё, что разошлось"
_COLUMNS: tuple[Column[Difference], ...] = (
    Column(
        "Что",
        lambda one: one.field,
        width=312,
        second=lambda one: one.record if one.whose else "",
        look=lambda _: Look(bold=True),
    ),
    Column("Стоит сейчас", lambda one: one.stands, second=lambda one: one.standing.briefly),
    Column("Другое значение", lambda one: one.other, second=lambda one: one.overwritten.briefly),
)


class DifferencesPage(Records, Page):
    """Reads anew after every change: whoever writes a record may have decided about it."""

    name = "differences"
    title = "Расхождения"
    icon = "git-diff"
    under = "exchange"
    kinds = tuple(Kind)
    help = (
        ("Ctrl+F", "найти ученика, запись или значение"),
        ("Shift+↑ ↓, Ctrl+A", "выбрать несколько"),
        ("F8", "оставить то, что стоит сейчас"),
        ("F9", "взять другое значение"),
        ("Enter", "перейти к кнопкам под значениями"),
        ("Ctrl+Z, Ctrl+Y", "отменить и вернуть выбор"),
        ("Ctrl+C", "скопировать строки"),
        ("Esc", "вернуться"),
    )
    writes = (Right.EXCHANGE,)

    header: PageHeader
    bar: QWidget
    area: QComboBox
    search_field: SearchField
    sheet: Card
    table: DeskTable
    pair: QWidget
    standing_card: Card
    standing_head: QLabel
    standing_view: QScrollArea
    standing_inside: QWidget
    standing_words: QLabel
    standing_author: QLabel
    leave_button: QPushButton
    other_card: Card
    other_head: QLabel
    other_view: QScrollArea
    other_inside: QWidget
    other_words: QLabel
    other_author: QLabel
    take_button: QPushButton
    empty: EmptyState
    message: InlineMessage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "exchange_differences")
        self._steps = Steps(desk, self)
        self._told: Sequence[Difference] = ()
        self.header.show_back()
        self.table.select_several()
        self.table.set_columns(_COLUMNS, key=lambda one: one.key)
        self.empty.set_content(
            "equals",
            "Расхождений нет",
            "Когда на двух компьютерах одно записано по-разному, здесь видны оба значения.",
        )
        for seen in (
            self.standing_view.viewport(),
            self.other_view.viewport(),
            self.standing_inside,
            self.other_inside,
        ):
            seen.setAutoFillBackground(False)
        for part in (self.bar, self.sheet, self.pair, self.empty):
            part.hide()
        self._connect()

    def _connect(self) -> None:
        self.header.back_pressed.connect(self.left)
        self.area.activated.connect(lambda _: self._fill())
        self.search_field.searched.connect(lambda _: self._fill())
        SearchKeys(self.search_field, self.table).entered.connect(self._enter_table)
        self.table.selection_changed.connect(self._show_chosen)
        self.table.opened.connect(lambda _: self.take_button.setFocus(Qt.FocusReason.OtherFocusReason))
        self.leave_button.clicked.connect(self.leave)
        self.take_button.clicked.connect(self.take)
        for key, act in (("F8", self.leave), ("F9", self.take), ("Esc", self.left.emit)):
            QShortcut(QKeySequence(key), self).activated.connect(act)
        self.steps.failed.connect(self.fail)
        self.watch_steps()

    # -- what the window asks --------------------------------------------------------------------

    @property
    @override
    def steps(self) -> Steps:
        return self._steps

    @override
    def read(self) -> None:
        workspace, actor = self.desk.workspace, self.desk.actor
        self.desk.run(lambda: differences.all_of(workspace, actor), owner=self, done=self.show_told, failed=self.fail)

    @override
    def search(self) -> None:
        self.search_field.take_focus()

    @override
    def status(self) -> Status:
        keys = (("F8", "оставить"), ("F9", "взять другое"))
        return replace(saved_at(self.desk.saved_at), undo=self.steps.next_undo, keys=keys if self._told else ())

    # -- showing ---------------------------------------------------------------------------------

    def show_told(self, told: Sequence[Difference]) -> None:
        """Show what was read."""
        self._told = told
        for part in (self.bar, self.sheet, self.pair):
            part.setVisible(bool(told))
        self.empty.setVisible(not told)
        self._offer_areas()
        self._fill()
        focused = QApplication.focusWidget()
        if focused is None or not self.bar.isAncestorOf(focused):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.status_changed.emit()

    def _offer_areas(self) -> None:
        """Each kind of records of which some differ, with how many; what was chosen stays so."""
        kept = self.area.currentData()
        with QSignalBlocker(self.area):
            self.area.clear()
            self.area.addItem(f"{_EVERYTHING}: {len(self._told)}", None)
            for area in Area:
                count = sum(one.area is area for one in self._told)
                if count:
                    self.area.addItem(f"{area.label}: {count}", area.value)
            self.area.setCurrentIndex(max(0, self.area.findData(kept)))

    def _fill(self) -> None:
        area, words, at = self.area.currentData(), self.search_field.text(), self.table.currentIndex().row()
        shown = [one for one in self._told if area in (None, one.area.value) and one.matches(words)]
        self.table.set_rows(_grouped(shown), "Ничего не нашлось. Снимите отбор или поиск.")
        for number in (at, at + 1) if at >= 0 else ():
            if self.table.row() is None:
                self.table.choose_near(number)
        if self.table.row() is None:
            self.table.choose_first()
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen, row = self._chosen(), self.table.row()
        one = row if isinstance(row, Difference) else None
        self.standing_words.setText(text.breakable(one.stands) if one else "")
        self.standing_author.setText(one.standing.told if one else "")
        self.other_words.setText(text.breakable(one.other) if one else "")
        self.other_author.setText(one.overwritten.told if one else "")
        several = f" {len(chosen)}" if len(chosen) > 1 else ""
        self.leave_button.setText(f"Оставить{several}")
        put_back = all(each.found.deleted for each in chosen) and bool(chosen)
        self.take_button.setText(_taking(len(chosen), put_back=put_back))
        for button in (self.leave_button, self.take_button):
            button.setEnabled(bool(chosen))

    def _chosen(self) -> list[Difference]:
        return [one for one in self.table.selected() if isinstance(one, Difference)]

    def _enter_table(self) -> None:
        if self.table.row() is None:
            self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- verbs -----------------------------------------------------------------------------------

    def leave(self) -> None:
        """Leave what stands of those chosen."""
        self._decide(differences.leave)

    def take(self) -> None:
        """Let the other values of those chosen stand."""
        self._decide(differences.take)

    def _decide(self, verb: Verb) -> None:
        workspace, actor, chosen = self.desk.workspace, self.desk.actor, self._chosen()
        if chosen:
            work = partial(verb, workspace, actor, chosen)
            self.desk.write(work, owner=self, done=self._written, failed=self.fail)

    def _written(self, step: Step) -> None:
        self.steps.add(step)
        self.say(f"{step.words[0].upper()}{step.words[1:]}.", Tone.OK, "Отменить", self.undo)


def _grouped(shown: Iterable[Difference]) -> list[Difference | Heading]:
    """Under whose record each is, or which record it is."""
    rows: list[Difference | Heading] = []
    for about, same in groupby(shown, key=lambda one: one.about):
        rows += [Heading(about), *same]
    return rows


def _taking(count: int, *, put_back: bool) -> str:
    if put_back:
        return "Вернуть запись" if count == 1 else f"Вернуть {counted(count, 'запись', 'записи', 'записей')}"
    if count < 2:
        return "Взять другое значение"
    return f"Взять {counted(count, 'другое значение', 'других значения', 'других значений')}"

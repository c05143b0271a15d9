"""What is done to entries: added, changed, taken out and put back, each step of which can be undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes
from profdesk.domain.register import EntryInUseError
from profdesk.errors import ProfdeskError
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.entry_dialog import EntryDialog, EntryStep
from profdesk.gui.common.steps import Steps
from profdesk.gui.common.tones import Tone
from profdesk.gui.registers.list_view import ListView
from profdesk.gui.registers.rows import EntryRow
from profdesk.services import registers


class EntryActs(QObject):
    """Joins the verbs of the list with its buttons and keys."""

    def __init__(self, desk: Desk, view: ListView) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view
        self.dialog: EntryDialog | None = None
        self.steps = Steps(desk, self)
        self.steps.turned.connect(self._turned)
        self.steps.failed.connect(self._failed)
        self._edit = self._action("Изменить", view, ("F2",), self.edit)
        self._withdraw = self._action("Убрать из реестра", view.table, ("Del",), self.withdraw)
        view.table.addAction("Скопировать\tCtrl+C").triggered.connect(view.table.copy_selected)
        QShortcut(QKeySequence(QKeySequence.StandardKey.New), view, self.add)
        view.add_button.clicked.connect(self.add)
        view.empty.primary.clicked.connect(self.add)
        view.edit_button.clicked.connect(self.edit)
        view.withdraw_button.clicked.connect(self.withdraw)
        view.table.opened.connect(lambda _: self.edit())
        view.table.selection_changed.connect(self._offer)
        self._offer()

    # -- verbs -----------------------------------------------------------------------------------

    def add(self) -> None:
        """Ask for a new entry of the register shown."""
        if self._view.book is not None:
            self._open(EntryDialog(self._view, self._desk, self._view.book))

    def edit(self) -> None:
        """Change the selected entry."""
        row = self._one()
        if row is not None and self._view.book is not None:
            self._open(EntryDialog(self._view, self._desk, self._view.book, row.entry))

    def withdraw(self) -> None:
        """Take the selected entry out; it can be put back at once, and by undo."""
        row, register = self._one(), self._view.register
        if row is None:
            return
        workspace, actor = self._desk.workspace, self._desk.actor

        def write() -> tuple[EntryStep, Changes]:
            entry, changes = registers.withdraw(workspace, actor, register, row.entry.id)
            return EntryStep(f"удаление, {row.title}", changes.batch, (entry.id,), register, row.title), changes

        self._desk.write(write, owner=self, done=self._withdrawn, failed=lambda error: self._not_withdrawn(error, row))

    # -- inside ----------------------------------------------------------------------------------

    def _one(self) -> EntryRow | None:
        selected = self._view.table.selected()
        return selected[0] if len(selected) == 1 else None

    def _action(self, words: str, owner: QWidget, keys: tuple[str, ...], verb: Callable[[], None]) -> QAction:
        action = QAction(words, self._view)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _: verb())
        owner.addAction(action)
        self._view.table.addAction(action)
        return action

    def _offer(self) -> None:
        one = self._one() is not None
        for control in (self._edit, self._withdraw, self._view.edit_button, self._view.withdraw_button):
            control.setEnabled(one)

    def _open(self, dialog: EntryDialog) -> None:
        self.dialog = dialog
        dialog.saved.connect(self._written)
        dialog.finished.connect(lambda _: self._closed(dialog))
        dialog.open()

    def _closed(self, dialog: EntryDialog) -> None:
        self.dialog = None
        dialog.deleteLater()
        self._view.enter_table()

    def _written(self, step: EntryStep) -> None:
        self.steps.add(step)
        self._view.message.clear()
        if step.register is self._view.register:
            self._view.follow(step.records[0])

    def _withdrawn(self, step: EntryStep) -> None:
        self.steps.add(step)
        self._view.say(f"Убрано из реестра: {step.title}.", Tone.OK, "Вернуть", self.steps.undo)

    def _not_withdrawn(self, error: ProfdeskError, row: EntryRow) -> None:
        by = error.by if isinstance(error, EntryInUseError) else None
        if by is not None:
            self._view.say(
                error.message, Tone.WARN, f"Показать {by.many}", lambda: self._view.show_register(by, row.title)
            )
        else:
            self._failed(error)

    def _turned(self, step: Step, undone: bool) -> None:
        if isinstance(step, EntryStep):
            self._view.show_register(step.register)
            for entry in step.records:
                self._view.follow(entry)
        self._view.say(f"{'Отменено' if undone else 'Сделано снова'}: {step.words}.")

    def _failed(self, error: ProfdeskError) -> None:
        self._view.say(error.message, Tone.WARN)

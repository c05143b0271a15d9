"""What is done to entries: added, changed, taken out and put back, each step of which can be undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from profdesk.domain.batch import Step
from profdesk.domain.register import EntryInUseError
from profdesk.domain.registers_of_work import PROFESSIONS
from profdesk.errors import ProfdeskError
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.entry_dialog import EntryStep
from profdesk.gui.common.entry_verbs import EntryVerbs
from profdesk.gui.common.tones import Tone
from profdesk.gui.registers.list_view import ListView
from profdesk.gui.registers.rows import EntryRow


class EntryActs(EntryVerbs):
    """Joins the verbs of the list with its buttons and keys."""

    wanted_profession = Signal(str)
    """The id of a profession whose card is to be read."""

    def __init__(self, desk: Desk, view: ListView) -> None:
        super().__init__(desk, view)
        self._view = view
        self.steps.turned.connect(self._tell_turned)
        self.written.connect(self._tell_written)
        self.withdrawn.connect(self._tell_withdrawn)
        self.kept.connect(self._tell_kept)
        self.failed.connect(self._tell_failed)
        self.closed.connect(view.enter_table)
        self._read = self._action("Открыть карточку", view.table, ("Space",), self.read)
        self._edit = self._action("Изменить", view, ("F2",), self.edit)
        self._take_out = self._action("Убрать из реестра", view.table, ("Del",), self.take_out)
        view.table.addAction("Скопировать\tCtrl+C").triggered.connect(view.table.copy_selected)
        QShortcut(QKeySequence(QKeySequence.StandardKey.New), view, self.add)
        view.add_button.clicked.connect(self.add)
        view.empty.primary.clicked.connect(self.add)
        view.card_button.clicked.connect(self.read)
        view.edit_button.clicked.connect(self.edit)
        view.withdraw_button.clicked.connect(self.take_out)
        view.table.opened.connect(lambda _: self.edit())
        view.table.selection_changed.connect(self._offer)
        self._offer()

    # -- verbs -----------------------------------------------------------------------------------

    def add(self) -> None:
        """Ask for a new entry of the register shown."""
        if self._view.book is not None and self._view.may_write:
            self.open(self._view.book)

    def edit(self) -> None:
        """Change the selected entry, or read it where it may not be changed."""
        row = self._one()
        if row is not None and self._view.book is not None:
            self.open(self._view.book, row.entry)

    def read(self) -> None:
        """Read the card of the selected profession."""
        row = self._one()
        if row is not None and self._view.register is PROFESSIONS:
            self.wanted_profession.emit(row.entry.id)

    def take_out(self) -> None:
        """Take the selected entry out; it can be put back at once, and by undo."""
        row = self._one()
        if row is not None and self._view.may_write:
            self.withdraw(self._view.register, row.entry.id, row.title)

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
        one, may_write = self._one() is not None, self._view.may_write
        for words in (self._edit, self._view.edit_button):
            words.setText("Изменить" if may_write else "Посмотреть")
        for verb in (self._take_out, self._view.withdraw_button):
            verb.setVisible(may_write)
        for control in (self._edit, self._take_out, self._view.edit_button, self._view.withdraw_button):
            control.setEnabled(one)
        self._view.card_button.setEnabled(one)
        self._read.setEnabled(one and self._view.register is PROFESSIONS)
        self._read.setVisible(self._view.register is PROFESSIONS)

    def _tell_written(self, step: EntryStep) -> None:
        self._view.message.clear()
        if step.register is self._view.register:
            self._view.follow(step.records[0])

    def _tell_withdrawn(self, step: EntryStep) -> None:
        self._view.say(f"Убрано из реестра: {step.title}.", Tone.OK, "Вернуть", self.steps.undo)

    def _tell_kept(self, error: ProfdeskError, title: str) -> None:
        by = error.by if isinstance(error, EntryInUseError) else None
        if by is not None:
            self._view.say(error.message, Tone.WARN, f"Показать {by.many}", lambda: self._view.show_register(by, title))
        else:
            self._tell_failed(error)

    def _tell_turned(self, step: Step, undone: bool) -> None:
        if isinstance(step, EntryStep):
            self._view.show_register(step.register)
            for entry in step.records:
                self._view.follow(entry)
        self._view.say(f"{'Отменено' if undone else 'Сделано снова'}: {step.words}.")

    def _tell_failed(self, error: ProfdeskError) -> None:
        self._view.say(error.message, Tone.WARN)

"""What windows do to entries of registers: added, changed, taken out, each step of which can be undone."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from profdesk.domain.changes import Changes
from profdesk.domain.register import Entry, Register, Values
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.entry_dialog import EntryDialog, EntryStep
from profdesk.gui.common.steps import Steps
from profdesk.services import registers
from profdesk.services.registers import Book


class EntryVerbs(QObject):
    """Opens the dialog of an entry over a window and takes entries out; ``steps`` holds what was done."""

    written = Signal(object)
    """EntryStep of an entry added or changed, be it one that the first links to."""
    withdrawn = Signal(object)
    """EntryStep of an entry taken out."""
    kept = Signal(object, str)
    """ProfdeskError and the title of an entry that cannot be taken out."""
    failed = Signal(object)
    """ProfdeskError."""
    closed = Signal()
    """The dialog was left."""

    def __init__(self, desk: Desk, home: QWidget) -> None:
        super().__init__(home)
        self._desk = desk
        self._home = home
        self.dialog: EntryDialog | None = None
        self.steps = Steps(desk, self)
        self.steps.failed.connect(self.failed)

    def open(self, book: Book, entry: Entry | None = None, known: Values | None = None) -> None:
        """Ask for a new entry of a register that was read, of which some is ``known``, or change one."""
        self.dialog = dialog = EntryDialog(self._home, self._desk, book, entry, known)
        dialog.saved.connect(self._note)
        dialog.finished.connect(lambda _: self._close(dialog))
        dialog.open()

    def read_and_open(self, register: Register, entry: Entry | None = None, known: Values | None = None) -> None:
        """Read a register first, since its entries are not in sight here."""
        workspace, actor = self._desk.workspace, self._desk.actor
        self._desk.run(
            lambda: registers.book(workspace, actor, register),
            owner=self,
            done=lambda book: self.open(book, entry, known),
            failed=self.failed.emit,
        )

    def withdraw(self, register: Register, entry: str, title: str) -> None:
        """Take an entry out of its register."""
        workspace, actor = self._desk.workspace, self._desk.actor

        def write() -> tuple[EntryStep, Changes]:
            gone, changes = registers.withdraw(workspace, actor, register, entry)
            return EntryStep(f"удаление, {title}", changes.batch, (gone.id,), register, title), changes

        self._desk.write(
            write, owner=self, done=self._note_withdrawn, failed=lambda error: self.kept.emit(error, title)
        )

    def _close(self, dialog: EntryDialog) -> None:
        self.dialog = None
        dialog.deleteLater()
        self.closed.emit()

    def _note(self, step: EntryStep) -> None:
        self.steps.add(step)
        self.written.emit(step)

    def _note_withdrawn(self, step: EntryStep) -> None:
        self.steps.add(step)
        self.withdrawn.emit(step)

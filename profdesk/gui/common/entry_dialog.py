"""A new entry of any register, or one to be changed: the inputs are made from the register's fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QScrollArea, QWidget
from typing_extensions import override

from profdesk.domain import register
from profdesk.domain.attachments import AS_THEY_ARE, FileEdits
from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes
from profdesk.domain.register import Entry, Field, FieldKind, Register, Value, Values
from profdesk.domain.register_rights import writing
from profdesk.domain.registers import ALL
from profdesk.errors import ProfdeskError
from profdesk.gui.common import entry_fields
from profdesk.gui.common.allowed import show_only, withhold
from profdesk.gui.common.attachment_list import AttachmentList
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.entry_fields import FieldRow, LinkRow
from profdesk.gui.common.file_drop import FileDrop
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tones import Tone
from profdesk.services import registers
from profdesk.services.registers import Book

_WIDTH, _AROUND = 720, 160
_NOTE = "note"
_ASK = "Введённое не записано. Ещё раз Esc — закрыть без записи."


@dataclass(frozen=True)
class EntryStep(Step):
    """What was done to an entry of a register; ``title`` is what it is called."""

    register: Register
    title: str = ""


class EntryDialog(QDialog):
    """Writes a new entry, or the ``entry`` given; what was typed stays until it is written.

    What is ``known`` of a new entry is filled in; the cursor stands in the first field but known links. Files are
    added to entries that have any and are kept with the rest. Esc asks once if anything was typed. Who may not write
    into the register reads the entry. An entry to link
    to that is not there yet is written in a dialog of the same kind on top. ``saved`` gives the EntryStep of each
    entry written.
    """

    saved = Signal(object)

    heading: QLabel
    area: QScrollArea
    canvas: QWidget
    grid: QGridLayout
    message: InlineMessage
    leave_button: QPushButton
    save_button: QPushButton

    def __init__(
        self, parent: QWidget, desk: Desk, book: Book, entry: Entry | None = None, known: Values | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._book = book
        self._entry = entry
        self._asked = False
        fill(self, "register_entry")
        self._may_write = desk.may(writing(book.register))
        self._files = AttachmentList(desk, book.register) if book.register.files else None
        self._rows = self._lay_out()
        self._dress()
        values = {**book.register.blank(), **(entry.values if entry else known or {})}
        for code, row in self._rows.items():
            row.put(values[code])
        self._first = {code: row.typed for code, row in self._rows.items()}
        for row in self._rows.values():
            row.changed.connect(self._look_again)
        if self._files is not None:
            self._join(self._files)
        self.message.acted.connect(super().reject)
        self.leave_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.save_button.click)
        given = {code for code, row in self._rows.items() if isinstance(row, LinkRow) and code in (known or {})}
        begin = next(row for code, row in self._rows.items() if code not in given)
        begin.box.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self._may_write:
            self._leave_to_read()

    # -- building --------------------------------------------------------------------------------

    def _lay_out(self) -> dict[str, FieldRow]:
        """Two rows side by side; what is wide, and what would stand alone, over the whole width."""
        made: dict[str, FieldRow] = {}
        line, side = 0, 0
        last = self.leave_button
        fields = self._book.register.fields
        addable = {code: one for code, one in ALL.items() if self._desk.may(writing(one))}
        for field, following in zip(fields, (*fields[1:], None), strict=True):
            row = made[field.code] = entry_fields.row(field, addable, self._book.titles)
            wide = _is_wide(field) or (not side and (following is None or _is_wide(following)))
            if wide and side:
                line, side = line + 1, 0
            self.grid.addWidget(row, line, side, 1, 2 if wide else 1)
            line, side = (line + 1, 0) if wide or side else (line, 1)
            if isinstance(row, LinkRow):
                row.wanted.connect(lambda words, row=row: self._add_linked(row, words))
        order = [row.box for row in made.values()]
        if self._files is not None:
            self.grid.addWidget(self._files, line + 1, 0, 1, 2)
            order += self._files.stops
        for one, other in zip(order, [*order[1:], last], strict=True):
            QWidget.setTabOrder(one, other)
        QWidget.setTabOrder(self.leave_button, self.save_button)
        self.grid.setColumnStretch(0, 1)
        self.grid.setColumnStretch(1, 1)
        return made

    def _leave_to_read(self) -> None:
        """What stands in the entry is read by one who may not change it."""
        self.leave_button.setText("Закрыть")
        withhold(self.save_button)
        show_only(self.canvas)
        self.leave_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _join(self, files: AttachmentList) -> None:
        """Take files wherever they are dropped: a field would take their paths for words."""
        for part in self.canvas.findChildren(QWidget):
            part.setAcceptDrops(False)
        if self._entry is not None:
            files.show_entry(self._entry.id)
        files.changed.connect(self._look_again)
        files.reading.connect(self.save_button.setDisabled)
        if self._may_write:
            FileDrop(self, (files.files_table, files.files_nothing)).dropped.connect(files.add)
            QShortcut(QKeySequence(QKeySequence.StandardKey.Open), self, files.ask)

    def _dress(self) -> None:
        one = self._book.register
        if self._entry is None:
            heading = f"Добавить {one.whom}"
        else:
            heading = register.title(one, self._entry.values, self._book.titles)
            self.leave_button.setText("Оставить как было")
            self.save_button.setText("Записать")
        self.setWindowTitle(heading)
        self.heading.setText(heading)
        self.heading.setWordWrap(True)
        self.resize(_WIDTH, 0)
        self._fit()
        self.canvas.installEventFilter(self)

    def _fit(self) -> None:
        """Make room for everything, as far as the screen has any."""
        wanted = self.canvas.minimumSizeHint().height() + 2 * self.area.frameWidth()
        self.area.setMinimumHeight(min(wanted, self.screen().availableGeometry().height() - _AROUND))
        self.resize(self.width(), max(self.height(), self.minimumSizeHint().height()))
        if self._files is not None and self._files.isAncestorOf(self.focusWidget()):
            self.area.ensureWidgetVisible(self._files)

    # -- what is typed ---------------------------------------------------------------------------

    @property
    def rows(self) -> Mapping[str, FieldRow]:
        """The inputs by the code of their field."""
        return self._rows

    @property
    def files(self) -> AttachmentList | None:
        """The entry's files, None where entries have none."""
        return self._files

    @property
    def _edits(self) -> FileEdits:
        return self._files.edits if self._files else AS_THEY_ARE

    def _read(self) -> tuple[dict[str, Value], dict[str, str]]:
        """The values, and what is wrong by field."""
        values: dict[str, Value] = {}
        wrong: dict[str, str] = {}
        for code, row in self._rows.items():
            values[code], words = entry_fields.value_of(row)
            if words:
                wrong[code] = words
        own = self._entry.id if self._entry else ""
        book = self._book
        others = [one for one in book.entries if one.id != own]
        for problem in register.check(book.register, values, others, book.titles, book.calendar):
            wrong.setdefault(problem.field, problem.words)
        return values, wrong

    def _look_again(self) -> None:
        """Marks of former mistakes go as soon as they are mended."""
        self._asked = False
        self.message.clear()
        _, wrong = self._read()
        for code, row in self._rows.items():
            if row.box.property("wrong") and code not in wrong:
                row.set_wrong("")

    def _add_linked(self, row: LinkRow, words: str) -> None:
        """Write the entry to link to first, in a dialog of its own."""
        other = ALL[row.field.register]
        workspace, actor = self._desk.workspace, self._desk.actor

        def show(book: Book) -> None:
            name = next((one.code for one in other.fields if one.names and one.kind is FieldKind.LINE), "")
            dialog = EntryDialog(self, self._desk, book, known={name: words} if name and words else None)
            dialog.saved.connect(self.saved)
            dialog.saved.connect(lambda step: self._take_linked(row, step))
            dialog.finished.connect(dialog.deleteLater)
            dialog.finished.connect(lambda _: row.box.setFocus(Qt.FocusReason.OtherFocusReason))
            dialog.open()

        self._desk.run(lambda: registers.book(workspace, actor, other), owner=self, done=show, failed=self._failed)

    def _take_linked(self, row: LinkRow, step: EntryStep) -> None:
        """Link to an entry that was written meanwhile."""
        (made,), code = step.records, step.register.code
        titles = {**self._book.titles.get(code, {}), made: step.title}
        self._book = replace(self._book, titles={**self._book.titles, code: titles})
        row.take(made, step.title)

    # -- writing ---------------------------------------------------------------------------------

    def _save(self) -> None:
        values, wrong = self._read()
        for code, row in self._rows.items():
            row.set_wrong(wrong.get(code, ""))
        if wrong:
            next(row for code, row in self._rows.items() if code in wrong).box.setFocus()
            return
        entry, one, edits = self._entry, self._book.register, self._edits
        if entry is not None and values == dict(entry.values) and not edits:
            self.accept()
            return
        workspace, actor = self._desk.workspace, self._desk.actor

        def write() -> tuple[tuple[Entry, str | None], Changes]:
            if entry is None:
                made, changes = registers.add(workspace, actor, one, values, edits)
            else:
                made, changes = registers.change(workspace, actor, one, entry.id, values, edits)
            return (made, changes.batch), changes

        self.save_button.setEnabled(False)
        self._desk.write(
            write,
            owner=self,
            done=lambda written: self._written(*written),
            failed=self._failed,
            stopped=lambda: self.save_button.setEnabled(True),
        )

    def _written(self, made: Entry, batch: str | None) -> None:
        title = register.title(self._book.register, made.values, self._book.titles)
        words = f"{'добавление' if self._entry is None else 'правка'}, {title}"
        self.saved.emit(EntryStep(words, batch, (made.id,), self._book.register, title))
        self.accept()

    def _failed(self, error: ProfdeskError) -> None:
        self.save_button.setEnabled(True)
        self.message.say(error.message, Tone.BAD)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fields and files that come to need more room get it."""
        if watched is self.canvas and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    @override
    def reject(self) -> None:
        """Ask once before what was typed is lost."""
        if self._may_write and not self.save_button.isEnabled():
            return
        typed = bool(self._edits) or any(row.typed != self._first[code] for code, row in self._rows.items())
        if typed and not self._asked:
            self._asked = True
            self.message.say(_ASK, Tone.WARN, "Закрыть без записи")
            return
        super().reject()


def _is_wide(field: Field) -> bool:
    """Whether a field takes the whole width: what an entry is called by is often long."""
    return field.code == _NOTE or (field.names and field.kind is FieldKind.LINE and not field.hint)

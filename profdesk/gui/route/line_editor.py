"""A line of a route as it is written: its words, its day, and what follows from it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain import register_import
from profdesk.domain import route as domain
from profdesk.domain.register import Field, FieldKind
from profdesk.domain.roster_text import Wrong
from profdesk.domain.route import LineKind, RouteEntry
from profdesk.domain.route_words import KindWords
from profdesk.gui.common.day_line import DAY, DayLine
from profdesk.gui.common.fields import FieldNote, set_wrong
from profdesk.gui.common.forms import fill

_DUE = Field("due", "Срок", FieldKind.DAY)


class LineEditor(QFrame):
    """Enter writes, wherever the cursor is; Esc leaves things as they are. What is wrong is told below."""

    submitted = Signal(object)
    """RouteEntry."""
    left = Signal()

    editor_grid: QGridLayout
    words_label: QLabel
    words: QLineEdit
    due_label: QLabel
    due: DayLine
    way_label: QLabel
    way: QLineEdit
    note: FieldNote
    save_button: QPushButton
    leave_button: QPushButton

    def __init__(self, parent: QWidget, kind: LineKind, said: KindWords, born: date) -> None:
        super().__init__(parent)
        fill(self, "route_line_editor")
        self._kind = kind
        self._born = born
        self._written: tuple[str, ...] = ("", "", "")
        self.words_label.setText(said.one.capitalize())
        self.way_label.setText(said.way)
        self.due_label.setText(said.due)
        self.words.setPlaceholderText(f"Например, {said.example}")
        self.way.setPlaceholderText(f"Например, {said.way_example}")
        for asking in (self.due, self.due_label):
            asking.setVisible(bool(said.due))
        if not said.due:
            self.editor_grid.setHorizontalSpacing(0)
        for part in (*self._fields, self.save_button, self.leave_button):
            part.installEventFilter(self)
        for field in self._fields:
            field.returnPressed.connect(self.submit)
            field.textEdited.connect(lambda _: self._tell({}))
        self.save_button.clicked.connect(self.submit)
        self.leave_button.clicked.connect(self.left)
        self.setFocusProxy(self.words)

    @property
    def _fields(self) -> tuple[QLineEdit, ...]:
        return self.words, self.due, self.way

    def put(self, entry: RouteEntry) -> None:
        """Show what is written so far."""
        self.words.setText(entry.words)
        self.way.setText(entry.way)
        self.due.setText(f"{entry.due:{DAY}}" if entry.due else "")
        self.way.setCursorPosition(0)
        self._written = tuple(field.text() for field in self._fields)

    def typed(self) -> tuple[RouteEntry, str] | None:
        """What was typed, and what is wrong with it (""); None if nothing was."""
        entry, wrong = self._read()
        said = tuple(field.text() for field in self._fields)
        return None if said == self._written else (entry, next(iter(wrong.values()), ""))

    def submit(self) -> None:
        """Hand over what was typed, or tell what is wrong with it."""
        entry, wrong = self._read()
        self._tell(wrong)
        if not wrong:
            self.submitted.emit(entry)

    def tell(self, words: str) -> None:
        """Say that it could not be written."""
        self.note.set_error(words)

    def _read(self) -> tuple[RouteEntry, dict[str, str]]:
        wrong: dict[str, str] = {}
        due = None
        try:
            read = register_import.read(_DUE, self.due.text(), {})
            due = read if isinstance(read, date) else None
        except Wrong as error:
            wrong["due"] = f"{str(error)[:1].upper()}{str(error)[1:]}."
        entry = RouteEntry(self._kind, self.words.text(), self.way.text(), due)
        return entry, {**domain.problems(entry, self._born), **wrong}

    def _tell(self, wrong: dict[str, str]) -> None:
        """Mark the fields and put the cursor into the first that is wrong."""
        marked = [field for field in self._fields if field.objectName() in wrong]
        for field in self._fields:
            set_wrong(field, None, wrong.get(field.objectName(), ""))
        self.note.set_error(wrong[marked[0].objectName()] if marked else "")
        if marked:
            marked[0].setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No key goes on to the list behind; Enter presses the button where the cursor is."""
        for button in (self.save_button, self.leave_button):
            if button.hasFocus() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                button.click()
        event.accept()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        escapes = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escapes and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.left.emit()
            return True
        return super().eventFilter(watched, event)

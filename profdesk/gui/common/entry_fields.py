"""The fields of an entry as inputs: one for each kind of field, with its label above and what is wrong below."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from profdesk.domain import register_import
from profdesk.domain.people import fold
from profdesk.domain.register import Field, FieldKind, Register, Value
from profdesk.domain.roster_text import Wrong
from profdesk.gui.common import text
from profdesk.gui.common.day_line import DAY, DayLine
from profdesk.gui.common.fields import FieldNote, set_wrong

_TEXT_HEIGHT = 62
_SHOWN = 12
_ADD = "add"


class FieldRow(QWidget):
    """A field of an entry: ``put`` shows a value, ``read`` gives it back; Wrong tells what cannot be one."""

    changed = Signal()

    def __init__(self, field: Field, box: QWidget, *, labelled: bool = True) -> None:
        super().__init__()
        self.field = field
        self.box = box
        self.note = FieldNote()
        box.setObjectName(field.code)
        box.setAccessibleName(field.title)
        label = text.label(field.title if labelled else " ")
        if labelled:
            label.setBuddy(box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for part in (label, box, self.note):
            column.addWidget(part)
        column.addStretch(1)

    @property
    def typed(self) -> object:
        """What stands in the input, to tell whether anything was typed."""
        raise NotImplementedError

    def put(self, value: Value) -> None:
        """Show a value."""
        raise NotImplementedError

    def read(self) -> Value:
        """The value of what stands in the input."""
        raise NotImplementedError

    def set_wrong(self, words: str) -> None:
        """Say under the input what is wrong; empty words take it away."""
        set_wrong(self.box, self.note, words)

    def _links(self) -> register_import.Index:
        return {}


class LineRow(FieldRow):
    """A line, a number or a day as it is typed; a day may be taken from a calendar (Alt+Down)."""

    def __init__(self, field: Field) -> None:
        self._line = DayLine() if field.kind is FieldKind.DAY else QLineEdit()
        super().__init__(field, self._line)
        if field.kind is FieldKind.DAY:
            self.note.set_hint(field.hint)
        else:
            self._line.setPlaceholderText(f"Например: {field.hint}" if field.hint else "")
        self._line.textEdited.connect(lambda _: self.changed.emit())

    @property
    @override
    def typed(self) -> object:
        return self._line.text()

    @override
    def put(self, value: Value) -> None:
        self._line.setText(f"{value:{DAY}}" if isinstance(value, date) else "" if value is None else str(value))
        self._line.setCursorPosition(0)

    @override
    def read(self) -> Value:
        return register_import.read(self.field, self._line.text(), {})


class TextRow(FieldRow):
    """Several lines; Tab leads on to the next field."""

    def __init__(self, field: Field) -> None:
        self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(_TEXT_HEIGHT)
        super().__init__(field, self._text)
        self._text.textChanged.connect(self.changed)

    @property
    @override
    def typed(self) -> object:
        return self._text.toPlainText()

    @override
    def put(self, value: Value) -> None:
        self._text.setPlainText(str(value or ""))

    @override
    def read(self) -> Value:
        return register_import.read(self.field, self._text.toPlainText(), {})


class ChoiceRow(FieldRow):
    """One of the field's choices; none of them where the field may be empty."""

    def __init__(self, field: Field) -> None:
        self._combo = QComboBox()
        if not field.required:
            self._combo.addItem("—", "")
        for choice in field.choices:
            self._combo.addItem(choice.title, choice.code)
        self._combo.setPlaceholderText("Выберите")
        super().__init__(field, self._combo)
        self._combo.activated.connect(lambda _: self.changed.emit())

    @property
    @override
    def typed(self) -> object:
        return self._combo.currentIndex()

    @override
    def put(self, value: Value) -> None:
        self._combo.setCurrentIndex(self._combo.findData(value or ""))

    @override
    def read(self) -> Value:
        return str(self._combo.currentData() or "")


class FlagRow(FieldRow):
    """Yes or no."""

    def __init__(self, field: Field) -> None:
        self._check = QCheckBox(field.title)
        self._check.setFixedHeight(32)
        super().__init__(field, self._check, labelled=False)
        self._check.toggled.connect(self.changed)

    @property
    @override
    def typed(self) -> object:
        return self._check.isChecked()

    @override
    def put(self, value: Value) -> None:
        self._check.setChecked(bool(value))

    @override
    def read(self) -> Value:
        return self._check.isChecked()


class LinkRow(FieldRow):
    """An entry of another register, found by any part of what it is called; ``wanted`` asks for a new one.

    ``other`` None: what is linked to is kept elsewhere, and no new one can be asked for.
    """

    wanted = Signal(str)
    """What was typed in search of one that is not there."""

    def __init__(self, field: Field, other: Register | None, titles: Mapping[str, str]) -> None:
        self._combo = QComboBox()
        self._combo.setEditable(True)
        self._combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._combo.setMaxVisibleItems(_SHOWN)
        self._combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._combo.setMinimumContentsLength(16)
        self._line = QLineEdit()
        self._line.setPlaceholderText("Начните вводить или выберите")
        self._combo.setLineEdit(self._line)
        super().__init__(field, self._combo)
        self._other = other
        self._titles = dict(titles)
        self._index: register_import.Index | None = None
        self._model = QStandardItemModel(self)
        self._parts = _Parts(self._model)
        self._words = ""
        self._combo.setModel(self._model)
        self._popup = QListView()
        self._popup.setObjectName("offers")
        self._popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        completer = QCompleter(self._parts, self._combo)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(_SHOWN)
        completer.setPopup(self._popup)
        completer.activated.connect(lambda _: self._complete())
        self._line.setCompleter(completer)
        self._fill()
        self._combo.activated.connect(self._take)
        self._line.textEdited.connect(self._note_words)

    @property
    @override
    def typed(self) -> object:
        return self._combo.currentText()

    @override
    def put(self, value: Value) -> None:
        self._combo.setCurrentIndex(self._combo.findData(value) if value else -1)
        if not value:
            self._combo.setEditText("")
        self._line.setCursorPosition(0)

    @override
    def read(self) -> Value:
        return register_import.read(self.field, self._combo.currentText(), self._links())

    def take(self, entry: str, title: str) -> None:
        """Offer an entry that has just been written, and choose it."""
        self._titles[entry] = title
        self._index = None
        self._fill()
        self.put(entry)
        self.changed.emit()

    @override
    def _links(self) -> register_import.Index:
        chosen = self._combo.currentData()
        if chosen in self._titles and self._combo.currentText() == self._titles[chosen]:
            return register_import.index(self.field, {self.field.register: {chosen: self._titles[chosen]}})
        if self._index is None:
            self._index = register_import.index(self.field, {self.field.register: self._titles})
        return self._index

    def _fill(self) -> None:
        self._model.clear()
        for entry, title in sorted(self._titles.items(), key=lambda one: fold(one[1])):
            self._model.appendRow(_item(title, entry))
        if self._other is not None:
            self._model.appendRow(_item(f"Добавить {self._other.whom}…", _ADD))
        self._combo.setCurrentIndex(-1)

    def _note_words(self, words: str) -> None:
        self._words = words
        self._parts.look_for(words)
        self.changed.emit()

    def _complete(self) -> None:
        """Take what was chosen from the narrowed list, after the line has put the words of it into itself."""
        entry = self._popup.currentIndex().data(Qt.ItemDataRole.UserRole)
        QTimer.singleShot(0, self, lambda: self._take(self._combo.findData(entry)))

    def _take(self, index: int) -> None:
        if self._combo.itemData(index) == _ADD:
            self.put(None)
            self.wanted.emit(self._words)
        else:
            self._combo.setCurrentIndex(index)
        self.changed.emit()


def row(field: Field, registers: Mapping[str, Register], titles: Mapping[str, Mapping[str, str]]) -> FieldRow:
    """The input of a field; ``titles`` are what the entries of each register are called, by id."""
    if field.kind is FieldKind.LINK:
        return LinkRow(field, registers.get(field.register), titles.get(field.register, {}))
    kinds = {FieldKind.TEXT: TextRow, FieldKind.CHOICE: ChoiceRow, FieldKind.FLAG: FlagRow}
    return kinds.get(field.kind, LineRow)(field)


def value_of(made: FieldRow) -> tuple[Value, str]:
    """The value of a field, and what is wrong with what was typed."""
    try:
        return made.read(), ""
    except Wrong as wrong:
        words = str(wrong)
        return made.field.nothing, f"{words[:1].upper()}{words[1:]}."


def _item(words: str, entry: str) -> QStandardItem:
    made = QStandardItem(words)
    made.setData(entry, Qt.ItemDataRole.UserRole)
    return made


class _Parts(QSortFilterProxyModel):
    """The entries with the words looked for in their names (е and ё are one letter), and the way to a new one."""

    def __init__(self, source: QStandardItemModel) -> None:
        super().__init__(source)
        self.setSourceModel(source)
        self._words = ""

    def look_for(self, words: str) -> None:
        """Narrow to the entries with these words."""
        self._words = fold(words)
        self.invalidate()

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: QModelIndex | QPersistentModelIndex) -> bool:
        index = self.sourceModel().index(source_row, 0, source_parent)
        return index.data(Qt.ItemDataRole.UserRole) == _ADD or self._words in fold(str(index.data()))

"""Several of many: found one by one by typing, listed below, taken out with Del."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLabel, QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from profdesk.errors import WrongInputError
from profdesk.gui.activities import choosing
from profdesk.gui.common.fields import set_wrong
from profdesk.gui.common.forms import fill

_ROW, _MOST_ROWS = 26, 2
_KEY = Qt.ItemDataRole.UserRole


class Picks(QWidget):
    """``changed`` when one is added or taken out; the list is there only where somebody is in it."""

    changed = Signal()

    title: QLabel
    choice: QComboBox
    chosen: QListWidget

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fill(self, "activity_picks")
        self.chosen.hide()
        self.chosen.setToolTip("Del — убрать из списка")
        self.choice.activated.connect(lambda _: self._add())
        self.choice.installEventFilter(self)
        self.chosen.installEventFilter(self)
        self.chosen.itemDoubleClicked.connect(lambda _: self._take_out())

    def offer(self, title: str, choices: Iterable[tuple[str, str]], hint: str) -> None:
        """Say what it is of, what there is, by id and name, and what to type."""
        self.title.setText(title)
        choosing.offer(self.choice, choices)
        field = self.choice.lineEdit()
        if field is not None:
            field.setPlaceholderText(hint)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the tab key stops in it."""
        return (self.choice, self.chosen)

    @property
    def keys(self) -> tuple[str, ...]:
        """The ids of those chosen, in the order in which they were."""
        return tuple(self.chosen.item(row).data(_KEY) for row in range(self.chosen.count()))

    def put(self, keys: Sequence[str]) -> None:
        """Choose exactly some of those offered."""
        self.chosen.clear()
        for key in keys:
            self._append(key)
        self._show()

    def add(self, key: str) -> None:
        """Choose one more."""
        self._append(key)
        self._show()

    def _append(self, key: str) -> None:
        number = self.choice.findData(key)
        if number > 0 and key not in self.keys:
            item = QListWidgetItem(self.choice.itemText(number))
            item.setData(_KEY, key)
            self.chosen.addItem(item)

    def _show(self) -> None:
        rows = min(self.chosen.count(), _MOST_ROWS)
        self.chosen.setFixedHeight(rows * _ROW + 8)
        self.chosen.setVisible(bool(rows))
        self.changed.emit()

    def _add(self) -> None:
        try:
            key = choosing.chosen(self.choice)
        except WrongInputError as error:
            set_wrong(self.choice, None, error.message)
            return
        set_wrong(self.choice, None, "")
        self.choice.setCurrentIndex(0)
        if key:
            self.add(key)

    def _take_out(self) -> None:
        self.chosen.takeItem(self.chosen.currentRow())
        self._show()
        if not self.chosen.count():
            self.choice.setFocus()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep Enter from the dialog while something is typed; Del in the list takes one out."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = event.key()
            if watched is self.choice and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.choice.currentText():
                self._add()
                return True
            if watched is self.chosen and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self._take_out()
                return True
        return super().eventFilter(watched, event)

"""Fields in which one of many is found by typing a part of its name; е finds ё."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QCompleter
from typing_extensions import override

from profdesk.domain.people import fold
from profdesk.errors import WrongInputError

_FOLDED = int(Qt.ItemDataRole.UserRole) + 1


class _Completer(QCompleter):
    """Compares what is typed with the folded names."""

    def __init__(self, field: QComboBox) -> None:
        super().__init__(field.model(), field)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompletionRole(_FOLDED)

    @override
    def splitPath(self, path: str) -> list[str]:
        return [fold(path)]

    @override
    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole))


def offer(field: QComboBox, choices: Iterable[tuple[str, str]]) -> None:
    """Fill an editable field with ids and names, nothing being chosen."""
    field.clear()
    field.addItem("", "")
    for key, words in choices:
        field.addItem(words, key)
    for number in range(field.count()):
        field.setItemData(number, fold(field.itemText(number)), _FOLDED)
    field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    field.setCompleter(_Completer(field))
    field.setCurrentIndex(0)


def put(field: QComboBox, key: str | None) -> None:
    """Choose by id; nothing if it is not offered."""
    field.setCurrentIndex(max(0, field.findData(key or "")))


def chosen(field: QComboBox) -> str | None:
    """The id of what stands in the field, None where it is empty; WrongInputError for what nobody offered."""
    typed = fold(field.currentText())
    if not typed:
        return None
    names = [str(field.itemData(number, _FOLDED)) for number in range(field.count())]
    found = [number for number, name in enumerate(names) if name == typed] or [
        number for number, name in enumerate(names) if typed in name
    ]
    if len(found) != 1:
        raise WrongInputError("В списке такого нет. Выберите из списка или очистите поле.")
    return str(field.itemData(found[0]))

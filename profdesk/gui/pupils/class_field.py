"""The field of a class: one of the year's, or a new one by its name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox

from profdesk.domain.people import Group, GroupName
from profdesk.domain.pupil_entry import read_group


def offer(field: QComboBox, groups: Sequence[Group], chosen: str) -> None:
    """Offer the year's classes; anything else may be typed."""
    field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    field.addItems([group.name.title for group in groups])
    field.setCurrentText(chosen)
    field.setMaxVisibleItems(16)


def read(field: QComboBox, groups: Sequence[Group]) -> GroupName | None:
    """The class typed or chosen; None if the text can be none."""
    return read_group(field.currentText(), [group.name for group in groups])


def note(field: QComboBox, groups: Sequence[Group]) -> str:
    """Say that no class is named, or that it does not exist yet."""
    if not field.currentText().strip():
        return "Останется без класса"
    name = read(field, groups)
    if name is None or any(group.name.title == name.title for group in groups):
        return ""
    return f"{name.title}: такого ещё нет, создадим"

"""To which class pupils are moved, one of the year's or a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QWidget
from typing_extensions import override

from profdesk.domain import group_names, plural
from profdesk.domain.people import pupil_words
from profdesk.domain.pupil_list import Listed
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.fields import FieldNote, set_wrong
from profdesk.gui.common.step_dialog import StepDialog
from profdesk.gui.pupils import class_field
from profdesk.gui.pupils.reading import Reading
from profdesk.services import pupils


class MoveDialog(StepDialog):
    """``saved`` gives the Step."""

    heading: QLabel
    group: QComboBox
    note: FieldNote

    def __init__(self, parent: QWidget | None, desk: Desk, reading: Reading, rows: Sequence[Listed]) -> None:
        super().__init__(parent, desk, "pupils_move")
        self._reading = reading
        self._ids = [row.pupil.id for row in rows]
        self.heading.setText(f"Перевести: {named(rows)}")
        class_field.offer(self.group, reading.listing.groups, "")
        self.group.editTextChanged.connect(lambda _: self._look_again())
        self._look_again()
        self.group.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look_again(self) -> None:
        groups = self._reading.listing.groups
        name = class_field.read(self.group, groups)
        set_wrong(self.group, self.note, "")
        self.note.set_hint(class_field.note(self.group, groups) if self.group.currentText().strip() else "")
        self.save_button.setText(f"Перевести в {name.title}" if name and name.grade else "Перевести")

    @override
    def save(self) -> None:
        title = self.group.currentText()
        if class_field.read(self.group, self._reading.listing.groups) is None:
            wrong = group_names.problem(title) if title.strip() else "Выберите класс или впишите новый"
            set_wrong(self.group, self.note, wrong)
            self.group.setFocus()
            return
        workspace, actor, year, ids = self.desk.workspace, self.desk.actor, self._reading.year, self._ids
        self.write(lambda: pupils.move(workspace, actor, ids, title, year))


def named(rows: Sequence[Listed]) -> str:
    """One pupil by name, several by their number."""
    if len(rows) == 1:
        return rows[0].pupil.name.short
    names = [row.pupil.group.name if row.pupil.group else None for row in rows]
    return plural.counted(len(rows), *pupil_words(names))

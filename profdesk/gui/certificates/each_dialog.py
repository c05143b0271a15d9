"""How the files are to be named when every pupil gets one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QLineEdit, QPushButton, QWidget

from profdesk.domain import file_names, open_badge, plural
from profdesk.domain.certificate import Candidate
from profdesk.errors import WrongInputError
from profdesk.gui.certificates import badge_acts
from profdesk.gui.common.fields import FieldNote, set_wrong
from profdesk.gui.common.forms import fill

_NUMBER = "№"


class EachDialog(QDialog):
    """Accepted with a pattern that names files, and whether badges are to lie beside them.

    Under the pattern stands what the first pupil's will be called.
    """

    heading: QLabel
    pattern: QLineEdit
    note: FieldNote
    badges: QCheckBox
    leave_button: QPushButton
    save_button: QPushButton

    def __init__(self, parent: QWidget, chosen: Sequence[Candidate], group: str, pattern: str) -> None:
        super().__init__(parent)
        self._first, self._group = chosen[0].name, group
        fill(self, "certificates_each")
        count = plural.counted(len(chosen), "файл", "файла", "файлов")
        self.heading.setText(f"Выдать по одному файлу на ученика: {count}")
        self.save_button.setText("Выбрать папку и выдать…")
        self.pattern.setText(pattern)
        self.badges.setToolTip(badge_acts.WHAT)
        self.badges.toggled.connect(lambda _: self._look_again())
        self.pattern.textChanged.connect(lambda _: self._look_again())
        self.leave_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.accept)
        self.finished.connect(self.deleteLater)
        self._look_again()
        self.pattern.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def typed(self) -> str:
        """The pattern."""
        return self.pattern.text().strip()

    def _look_again(self) -> None:
        wrong = ""
        try:
            file_names.check(self.typed)
            made = file_names.filled(self.typed, self._first, self._group, _NUMBER)
            badge = file_names.filled(self.typed, self._first, self._group, _NUMBER, open_badge.ENDING)
            self.note.set_hint(f"Первый файл: {made}" + (f" и значок {badge}" if self.badges.isChecked() else ""))
        except WrongInputError as error:
            wrong = error.message
        set_wrong(self.pattern, self.note, wrong)
        self.save_button.setEnabled(not wrong)

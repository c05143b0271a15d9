"""What kind of file every pupil gets, and how the files are to be named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QLineEdit, QPushButton, QWidget

from profdesk.domain import file_names, open_badge, plural
from profdesk.domain.certificate import Candidate
from profdesk.errors import WrongInputError
from profdesk.gui.certificates import badge_acts
from profdesk.gui.certificates.blank_choice import BlankChoice
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.fields import FieldNote, set_wrong
from profdesk.gui.common.forms import fill
from profdesk.gui.common.segmented import Segmented
from profdesk.services import certificate_blanks

_NUMBER = "№"
DRAWN, BLANK = "drawn", "blank"
_KINDS = ((DRAWN, "PDF по оформлению"), (BLANK, "Word на бланке школы"))


class EachDialog(QDialog):
    """Accepted with a pattern that names files, the blank if one is to be filled, and whether badges lie beside them.

    Under the pattern stands what the first pupil's will be called.
    """

    heading: QLabel
    kind: Segmented
    blank: BlankChoice
    pattern: QLineEdit
    note: FieldNote
    badges: QCheckBox
    leave_button: QPushButton
    save_button: QPushButton

    def __init__(
        self, parent: QWidget, desk: Desk, chosen: Sequence[Candidate], group: tuple[str, str], pattern: str
    ) -> None:
        """``group`` is the id of the class and what it is called."""
        super().__init__(parent)
        self._first, (group_id, self._group) = chosen[0].name, group
        fill(self, "certificates_each")
        self.kind.set_choices(_KINDS)
        self.kind.chosen.connect(lambda _: self._look_again())
        self.blank.attach(desk, group_id, chosen[0])
        self.blank.changed.connect(self._look_again)
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

    @property
    def chosen_blank(self) -> Path | None:
        """The blank to be filled; None if the chosen design is to be drawn."""
        return self.blank.path if self._on_blank else None

    @property
    def _on_blank(self) -> bool:
        return self.kind.key == BLANK

    def _look_again(self) -> None:
        self.blank.setVisible(self._on_blank)
        ending = certificate_blanks.ENDING if self._on_blank else ".pdf"
        wrong = ""
        try:
            file_names.check(self.typed)
            made = file_names.filled(self.typed, self._first, self._group, _NUMBER, ending)
            badge = file_names.filled(self.typed, self._first, self._group, _NUMBER, open_badge.ENDING)
            self.note.set_hint(f"Первый файл: {made}" + (f" и значок {badge}" if self.badges.isChecked() else ""))
        except WrongInputError as error:
            wrong = error.message
        set_wrong(self.pattern, self.note, wrong)
        self.save_button.setEnabled(not wrong and not (self._on_blank and self.blank.path is None))

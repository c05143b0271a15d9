"""Sheets for pupils who came late, added to a session that is open."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from profdesk.domain import plural
from profdesk.domain.diagnostics import SessionView
from profdesk.errors import ProfdeskError
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tones import Tone
from profdesk.gui.diagnostics.pupil_choice import PupilChoice
from profdesk.services import diagnostics

_WIDTH, _HEIGHT = 620, 620


class SheetsDialog(QDialog):
    """Offers those of a class who have no sheet yet, none of them ticked; ``saved`` gives how many were added."""

    saved = Signal(int)

    heading: QLabel
    pupils: PupilChoice
    message: InlineMessage
    leave_button: QPushButton
    save_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk, view: SessionView) -> None:
        super().__init__(parent)
        self._desk = desk
        self._session = view.session
        fill(self, "diagnostics_sheets")
        self.resize(_WIDTH, _HEIGHT)
        self.heading.setText(f"Добавить бланки: {view.instrument.short}, {view.session.held_on:%d.%m.%Y}")
        there = {one.pupil.id for one in view.sheets}
        first = next((one.pupil.group.id for one in view.sheets if one.pupil.group), "")
        self.pupils.ticks_all = False
        self.pupils.changed.connect(self._show_verb)
        self.leave_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        self.pupils.show_day(desk, view.session.held_on, there, first)
        self._show_verb()
        self.pupils.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_verb(self) -> None:
        count = len(self.pupils.checked())
        words = plural.counted(count, "бланк", "бланка", "бланков")
        self.save_button.setText(f"Добавить {words}" if count else "Добавить бланки")
        self.save_button.setEnabled(bool(count))

    def _save(self) -> None:
        workspace, actor, session, there = (
            self._desk.workspace,
            self._desk.actor,
            self._session.id,
            self.pupils.checked(),
        )
        self.save_button.setEnabled(False)
        self._desk.write(
            lambda: diagnostics.add_sheets(workspace, actor, session, there),
            owner=self,
            done=self._written,
            failed=self._failed,
            stopped=self._show_verb,
        )

    def _written(self, count: int) -> None:
        self.saved.emit(count)
        self.accept()

    def _failed(self, error: ProfdeskError) -> None:
        self._show_verb()
        self.message.say(error.message, Tone.BAD)

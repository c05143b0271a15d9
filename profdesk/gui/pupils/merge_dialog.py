"""Possible duplicates, pair by pair: compared side by side and made one, or left as two children."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from profdesk.domain.batch import Step
from profdesk.domain.duplicates import Pair
from profdesk.domain.merging import PupilHistory
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import ProfdeskError
from profdesk.gui.common.card import Card
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tones import Tone
from profdesk.gui.pupils.merge_grid import MergeGrid
from profdesk.services import pupils


class MergeDialog(QDialog):
    """``saved`` gives the Step of a merge, ``told_apart`` the pair that are two children."""

    saved = Signal(object)
    told_apart = Signal(object)

    heading: QLabel
    place: QLabel
    former_button: QPushButton
    next_button: QPushButton
    sheet: Card
    grid: MergeGrid
    message: InlineMessage
    leave_button: QPushButton
    apart_button: QPushButton
    merge_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk, year: SchoolYear, pairs: Sequence[Pair]) -> None:
        super().__init__(parent)
        self._desk = desk
        self._year = year
        self._pairs = list(pairs)
        self._at = 0
        fill(self, "pupils_merge")
        self.grid.changed.connect(self._tell)
        self.former_button.clicked.connect(lambda: self._go(-1))
        self.next_button.clicked.connect(lambda: self._go(1))
        self.leave_button.clicked.connect(self.reject)
        self.apart_button.clicked.connect(self._tell_apart)
        self.merge_button.clicked.connect(self._merge)
        self._go(0)

    def _go(self, step: int) -> None:
        """Show another pair: the button waits until both are read."""
        self._at = min(max(self._at + step, 0), len(self._pairs) - 1)
        several = len(self._pairs) > 1
        self.place.setText(f"{self._at + 1} из {len(self._pairs)}" if several else "")
        for button in (self.former_button, self.next_button):
            button.setVisible(several)
        self.former_button.setEnabled(self._at > 0)
        self.next_button.setEnabled(self._at + 1 < len(self._pairs))
        self.merge_button.setEnabled(False)
        workspace, actor, year = self._desk.workspace, self._desk.actor, self._year
        pair = self._pairs[self._at]
        ids = [pupil.id for pupil in pair]
        self._desk.run(
            lambda: pupils.histories(workspace, actor, ids, year),
            owner=self,
            done=lambda found: self._show(pair, found),
            failed=self._failed,
        )

    def _show(self, pair: Pair, found: Sequence[PupilHistory]) -> None:
        if self._pairs[self._at] is pair:
            self.grid.show_pair(*found)
            self.merge_button.setEnabled(True)
            self.merge_button.setFocus(Qt.FocusReason.OtherFocusReason)
            self._tell()

    def _tell(self) -> None:
        given = self.grid.given
        words = (
            f"К тому, кто останется, перейдёт записанное о другом: {given}."
            if given
            else "О другом ничего не записано."
        )
        self.message.say(f"{words} Отменить можно и после перезапуска.", icon="arrow-counter-clockwise")

    def _merge(self) -> None:
        workspace, actor, year, wanted = self._desk.workspace, self._desk.actor, self._year, self.grid.choice
        self.merge_button.setEnabled(False)
        self._desk.write(
            lambda: pupils.merge(workspace, actor, wanted, year),
            owner=self,
            done=lambda step: self._merged(step, wanted.goes),
            failed=self._failed,
            stopped=lambda: self.merge_button.setEnabled(True),
        )

    def _merged(self, step: Step, gone: str) -> None:
        self.saved.emit(step)
        self._drop([pair for pair in self._pairs if gone in (pair[0].id, pair[1].id)])

    def _tell_apart(self) -> None:
        pair = self._pairs[self._at]
        self.told_apart.emit(pair)
        self._drop([pair])

    def _drop(self, settled: Sequence[Pair]) -> None:
        """Go on with what is left; with nothing left the dialog has done its work."""
        self._pairs = [pair for pair in self._pairs if pair not in settled]
        if self._pairs:
            self._go(0)
        else:
            self.accept()

    def _failed(self, error: ProfdeskError) -> None:
        self.message.say(error.message, Tone.BAD)

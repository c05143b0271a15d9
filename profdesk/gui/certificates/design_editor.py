"""The editor of a design: everything about it in tabs at left, the page as it will be at right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from profdesk.domain.batch import Step
from profdesk.domain.certificate_design import CertificateDesign, flaws
from profdesk.domain.changes import Changes
from profdesk.errors import ProfdeskError
from profdesk.gui.certificates.design_part import Part
from profdesk.gui.certificates.design_parts_look import LookPart, SheetPart
from profdesk.gui.certificates.design_parts_shown import ContentPart, SignaturesPart, WordsPart
from profdesk.gui.certificates.design_preview import DesignPreview
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tab_bar import TabBar
from profdesk.gui.common.tones import Tone
from profdesk.services import certificate_designs

_AROUND = 32
_REST_MS = 300
_ASK = "Изменения не записаны. Ещё раз Esc — закрыть без записи."


class DesignEditor(QDialog):
    """Changes a design of the school, or a copy that is not written yet (``of`` names what was copied).

    What will not do is marked as soon as typing rests, and nothing is written while there is any. Esc asks once
    if something was changed. ``saved`` gives the Step and the design.
    """

    saved = Signal(object, object)

    heading: QLabel
    origin: QLabel
    tabs: TabBar
    area: QScrollArea
    room: QVBoxLayout
    preview_room: QVBoxLayout
    message: InlineMessage
    leave_button: QPushButton
    save_button: QPushButton

    def __init__(self, parent: QWidget, desk: Desk, design: CertificateDesign, level: str, of: str = "") -> None:
        super().__init__(parent)
        self._desk = desk
        self._design = design
        self._new = bool(of)
        self._asked = False
        fill(self, "certificates_editor")
        self.content, self.words, self.signatures = ContentPart(desk), WordsPart(), SignaturesPart()
        self.look, self.sheet = LookPart(desk), SheetPart(desk)
        self.parts: Sequence[Part] = (self.content, self.words, self.signatures, self.look, self.sheet)
        self.preview = DesignPreview(desk)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._dress(parent, of)
        self._connect()
        self.preview.offer_levels()
        self.preview.choose_level(level)
        self._first = self.design
        self._look_again()
        self.content.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _dress(self, parent: QWidget, of: str) -> None:
        words = f"Копия оформления «{of}»" if of else f"Оформление «{self._design.title}»"
        self.setWindowTitle(words)
        self.heading.setText(words)
        self.origin.setText(f"«{of}» останется как есть" if of else "")
        window = parent.window()
        self.resize(window.width() - _AROUND, window.height() - _AROUND)
        self.preview_room.addWidget(self.preview)
        for part in self.parts:
            self.tabs.addTab(part.title)
            self.room.addWidget(part)
            part.put(self._design)
        for one, other in pairwise((self.preview.remark.button, self.leave_button, self.save_button, self.tabs)):
            QWidget.setTabOrder(one, other)
        self._turn(0)

    def _connect(self) -> None:
        for part in self.parts:
            part.changed.connect(self._note_change)
        self.tabs.currentChanged.connect(self._turn)
        self._rest.timeout.connect(self._look_again)
        self.message.acted.connect(super().reject)
        self.leave_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.save)
        QShortcut(QKeySequence("Ctrl+PgDown"), self, lambda: self._step(1))
        QShortcut(QKeySequence("Ctrl+PgUp"), self, lambda: self._step(-1))
        self.finished.connect(self.deleteLater)

    # -- what is typed ---------------------------------------------------------------------------

    @property
    def design(self) -> CertificateDesign:
        """The design as it stands in the fields."""
        read = self._design
        for part in self.parts:
            read = part.read(read)
        return read

    def _note_change(self) -> None:
        self._asked = False
        self.message.clear()
        self._rest.start()

    def _look_again(self) -> None:
        """Mark what will not do; draw what will."""
        self._rest.stop()
        design = self.design
        wrong = self._mark(design)
        if wrong:
            place, words = next(iter(wrong.items()))
            self.preview.keep_page(words, partial(self._go_to, place))
        else:
            self.preview.show_design(design)

    def _mark(self, design: CertificateDesign) -> Mapping[str, str]:
        wrong: dict[str, str] = {}
        for flaw in flaws(design):
            wrong.setdefault(flaw.place, flaw.message)
        for part in self.parts:
            part.mark(wrong)
        return wrong

    def _go_to(self, place: str) -> None:
        """Bring the field of a flaw into sight, and the cursor into it."""
        for number, part in enumerate(self.parts):
            if place in part.fields:
                self.tabs.setCurrentIndex(number)
                box, _ = part.fields[place]
                box.setFocus(Qt.FocusReason.OtherFocusReason)
                self.area.ensureWidgetVisible(box)

    # -- tabs ------------------------------------------------------------------------------------

    def _turn(self, number: int) -> None:
        self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)  # the field in focus is about to go out of sight
        for part in self.parts:
            part.setVisible(part is self.parts[number])
        self.area.verticalScrollBar().setValue(0)

    def _step(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % len(self.parts))

    # -- writing ---------------------------------------------------------------------------------

    def save(self) -> None:
        """Write the design, or go to the first field that will not do."""
        design = self.design
        wrong = self._mark(design)
        if wrong:
            self._look_again()
            self._go_to(next(iter(wrong)))
            return
        if design == self._first and not self._new:
            self.accept()
            return
        workspace, actor = self._desk.workspace, self._desk.actor
        words = f"{'новое оформление' if self._new else 'правка оформления'} «{design.title}»"

        def write() -> tuple[Step, Changes]:
            changes = certificate_designs.save(workspace, actor, design)
            return Step(words, changes.batch, (design.code,)), changes

        self.save_button.setEnabled(False)
        self._desk.write(
            write,
            owner=self,
            done=lambda step: self._written(step, design),
            failed=self._failed,
            stopped=lambda: self.save_button.setEnabled(True),
        )

    def _written(self, step: Step, design: CertificateDesign) -> None:
        self.saved.emit(step, design)
        self.accept()

    def _failed(self, error: ProfdeskError) -> None:
        self.save_button.setEnabled(True)
        self.message.say(error.message, Tone.BAD)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field shows at once what was typed; the first button is not what it means."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._look_again()
        else:
            super().keyPressEvent(event)

    @override
    def reject(self) -> None:
        """Ask once before changes are lost."""
        if not self.save_button.isEnabled():
            return
        if self.design != self._first and not self._asked:
            self._asked = True
            self.message.say(_ASK, Tone.WARN, "Закрыть без записи")
            return
        super().reject()

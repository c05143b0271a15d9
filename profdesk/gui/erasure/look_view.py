"""What exactly will be destroyed and why; it begins only when the word is typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from profdesk.domain.erasure import OFFERED, WORD, Act, ErasureKind, Outlook, Target, categories
from profdesk.domain.people import fold
from profdesk.domain.plural import counted
from profdesk.errors import ProfdeskError
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.gui.erasure import rows
from profdesk.services import erasure


class LookView(QWidget):
    """``erased`` gives the act; ``forsaken``: nothing was destroyed."""

    erased = Signal(object)
    forsaken = Signal()

    subjects: QLabel
    kinds: DeskTable
    also: QLabel
    reason: QComboBox
    basis: QLineEdit
    address: QLineEdit
    mentions_title: QLabel
    mentions: DeskTable
    copies: QLabel
    word: QLineEdit
    progress: ProgressStrip
    message: InlineMessage
    back_button: QPushButton
    erase_button: QPushButton

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._targets: Sequence[Target] = ()
        fill(self, "erasure_look")
        self.kinds.set_columns(rows.kind_columns(), key=lambda row: row[0])
        self.mentions.set_columns(rows.MENTIONS, key=lambda row: (row.where, row.words))
        for kind in OFFERED:
            self.reason.addItem(kind.label, kind.value)
        self.word.textChanged.connect(lambda _: self._offer())
        self.word.returnPressed.connect(self._erase)
        self.back_button.clicked.connect(self.forsaken)
        self.erase_button.clicked.connect(self._erase)
        self.erase_button.setAutoDefault(False)

    @property
    def at_work(self) -> bool:
        """Whether it is being done."""
        return not self.back_button.isEnabled()

    def show_targets(self, targets: Sequence[Target], kind: ErasureKind) -> None:
        """Look what would go; the fields are empty again but for the address."""
        self._targets = targets
        self.reason.setCurrentIndex(self.reason.findData(kind.value))
        self.basis.clear()
        self.word.clear()
        self.message.clear()
        self._take(None)
        workspace = self._desk.workspace
        self._desk.run(
            lambda: erasure.look(workspace, workspace.actor, targets),
            owner=self,
            done=self._take,
            failed=self._fail,
        )
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- inside ----------------------------------------------------------------------------------

    def _take(self, outlook: Outlook | None) -> None:
        self._outlook = outlook
        there = outlook is not None
        self.subjects.setText(rows.people(outlook) if outlook else "Смотрим, что есть…")
        kinds = [(kind, outlook.records[kind]) for kind in categories(outlook.records)] if outlook else []
        self.kinds.set_rows(kinds, "Записей нет." if there else "")
        self.also.setText(rows.also(outlook) if outlook else "")
        mentions = outlook.mentions if outlook else ()
        self.mentions.set_rows(mentions)
        for part in (self.mentions, self.mentions_title):
            part.setVisible(bool(mentions))
        self.copies.setText(outlook.copies.told if outlook else "")
        many = counted(len(self._targets), "ученике", "учениках", "учениках")
        self.erase_button.setText(f"Уничтожить сведения о {many}")
        self._offer()

    def _offer(self) -> None:
        self.erase_button.setEnabled(self._outlook is not None and fold(self.word.text()) == WORD)

    def _erase(self) -> None:
        if not self.erase_button.isEnabled() or self.at_work:
            return
        workspace, actor, targets = self._desk.workspace, self._desk.actor, self._targets
        kind, basis, address = ErasureKind(self.reason.currentData()), self.basis.text(), self.address.text()
        self._set_busy(busy=True)
        self._desk.write(
            lambda report: erasure.erase(workspace, actor, targets, kind, basis, address, report),
            owner=self,
            done=self._done,
            failed=self._fail,
            progress=self.progress.report,
            stopped=lambda: self._set_busy(busy=False),
        )

    def _done(self, act: Act) -> None:
        self._set_busy(busy=False)
        self.word.clear()
        self.erased.emit(act)

    def _fail(self, error: ProfdeskError) -> None:
        self._set_busy(busy=False)
        self.message.say(error.message, Tone.BAD)

    def _set_busy(self, *, busy: bool) -> None:
        if busy:
            self.message.clear()
            self.progress.begin("Уничтожаем сведения")
            self.progress.button.hide()
        else:
            self.progress.end()
        for part in (self.reason, self.basis, self.address, self.word, self.back_button):
            part.setEnabled(not busy)
        self.erase_button.setEnabled(False)
        if not busy:
            self._offer()

"""A picture of a design: how it looks, choosing another, taking it away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.fields import FieldNote
from profdesk.gui.common.file_drop import FileDrop
from profdesk.services import certificate_designs

_ROOM = QSize(112, 84)


class PictureField(QWidget):
    """Holds the SHA-256 of a picture that the workspace keeps, or nothing."""

    changed = Signal()
    taken = Signal(QSize)
    """The size of a picture that was just chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk: Desk | None = None
        self._what = ""
        self.digest = ""
        self._fresh = False
        self._look = QLabel()
        self._look.setFixedSize(_ROOM)
        self._look.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._look.setProperty("well", True)
        self.choose_button, self.remove_button = QPushButton("Выбрать картинку…"), QPushButton("Убрать")
        self.remove_button.setProperty("kind", "quiet")
        self.choose_button.setAutoDefault(False)
        self.remove_button.setAutoDefault(False)
        self.note = FieldNote()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.choose_button, self.remove_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        side = QVBoxLayout()
        side.setSpacing(4)
        side.addStretch(1)
        side.addLayout(buttons)
        side.addWidget(self.note)
        side.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._look)
        row.addLayout(side, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.choose_button)
        self.choose_button.clicked.connect(self.ask)
        self.remove_button.clicked.connect(self._remove)
        FileDrop(self, (self._look,)).dropped.connect(lambda files: self.take(files[0]))

    def attach(self, desk: Desk, what: str, hint: str) -> None:
        """Say what the picture is of («герб»), for screen readers and dialogs, and what it should be like."""
        self._desk, self._what = desk, what
        self.note.set_hint(hint)
        self.choose_button.setAccessibleName(f"Выбрать картинку: {what}")
        self.remove_button.setAccessibleName(f"Убрать картинку: {what}")
        self.put("")

    def put(self, digest: str) -> None:
        """Show a kept picture, or none."""
        self.digest = digest
        self.remove_button.setVisible(bool(digest))
        self._look.clear()
        self._look.setText("" if digest else "нет")
        self._look.setAccessibleName(f"{self._what}: {'картинка выбрана' if digest else 'картинки нет'}")
        if digest and self._desk is not None:
            workspace, actor = self._desk.workspace, self._desk.actor
            self._desk.run(
                lambda: certificate_designs.picture(workspace, actor, digest),
                owner=self,
                done=lambda content: self._show(digest, content),
                failed=self._fail,
            )

    def ask(self) -> None:
        """Ask for a file and keep what is in it."""
        path = file_dialogs.file_to_open(self, f"Картинка: {self._what}", file_dialogs.PICTURES)
        if path is not None:
            self.take(path)

    def take(self, path: Path) -> None:
        """Keep what is in a file; what is no picture is told."""
        if self._desk is None:
            return
        workspace, actor = self._desk.workspace, self._desk.actor
        self._desk.run(
            lambda: certificate_designs.add_picture(workspace, actor, path),
            owner=self,
            done=self._change,
            failed=self._fail,
        )

    def _change(self, digest: str) -> None:
        self._fresh = bool(digest)
        self.note.set_error("")
        self.put(digest)
        self.changed.emit()

    def _remove(self) -> None:
        self._change("")
        self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, digest: str, content: bytes) -> None:
        if digest == self.digest:
            picture = QPixmap()
            picture.loadFromData(content)
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._look.setPixmap(picture.scaled(_ROOM - QSize(8, 8), keep, smooth))
            if self._fresh:
                self._fresh = False
                self.taken.emit(picture.size())

    def _fail(self, error: ProfdeskError) -> None:
        self.note.set_error(error.message)

"""What a pupil made at a trial: a file added, looked at, replaced or taken away; kept when the dialog is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from profdesk.domain.evidence import Evidence, size_words
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs, file_opening, icons
from profdesk.gui.common.allowed import withhold
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.fields import FieldNote
from profdesk.gui.common.file_drop import FileDrop
from profdesk.gui.common.forms import fill
from profdesk.services import kept_files


class ProductField(QWidget):
    """The work of one pupil after the other; ``files`` is what to keep, or (None) to take away, of each.

    ``changed`` when one of them is another than it was.
    """

    changed = Signal()

    product_label: QLabel
    product_name: QLabel
    add_button: QPushButton
    open_button: QPushButton
    replace_button: QPushButton
    take_button: QPushButton
    back_button: QPushButton
    product_note: FieldNote

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fill(self, "activity_product")
        self.files: dict[str, Path | None] = {}
        self._desk: Desk | None = None
        self._kept: Mapping[str, Evidence] = {}
        self._pupil = ""
        self.add_button.setIcon(icons.icon("paperclip"))
        self.add_button.clicked.connect(self.ask)
        self.replace_button.clicked.connect(self.ask)
        self.open_button.clicked.connect(self._open)
        self.take_button.clicked.connect(self._take_away)
        self.back_button.clicked.connect(self._put_back)
        FileDrop(self, ()).dropped.connect(self._add)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the tab key stops in it."""
        return (self.add_button, self.open_button, self.replace_button, self.take_button, self.back_button)

    def take(self, desk: Desk, kept: Mapping[str, Evidence]) -> None:
        """Say what is kept by now, by pupil."""
        self._desk, self._kept = desk, kept

    def show_only(self) -> None:
        """Let works be opened, but none be added, replaced or taken away."""
        self.setAcceptDrops(False)
        withhold(self.add_button, self.replace_button, self.take_button, self.back_button)

    def show_pupil(self, pupil: str) -> None:
        """Ask for the work of another pupil."""
        self._pupil = pupil
        self._show()

    def has_work(self, pupil: str) -> bool:
        """Whether there will be a work of a pupil."""
        return (self.files[pupil] is not None) if pupil in self.files else pupil in self._kept

    def ask(self) -> None:
        """Let a file be chosen for the pupil shown."""
        path = file_dialogs.file_to_open(self, "Работа ученика", file_dialogs.WORKS)
        if path is not None:
            self._add([path])

    # -- inside ----------------------------------------------------------------------------------

    def _show(self, error: str = "") -> None:
        path, kept, there = self.files.get(self._pupil), self._kept.get(self._pupil), self.has_work(self._pupil)
        if path is not None:
            words = f"{path.name}, будет добавлен"
        elif there and kept is not None:
            words = f"{kept.name}, {size_words(kept.size)}"
        else:
            nothing = "Фотография, чертёж, текст: любой файл" if self.acceptDrops() else "Работы нет"
            words = f"{kept.name} будет убран" if kept is not None else nothing
        self.product_name.setText(words)
        self.product_note.set_error(error)
        self.product_note.setVisible(bool(error))
        front = self.focusWidget() if self.isAncestorOf(self.focusWidget() or self) else None
        self.add_button.setVisible(not there)
        for button in (self.open_button, self.replace_button, self.take_button):
            button.setVisible(there)
        self.back_button.setVisible(self._pupil in self.files and kept is not None)
        if front is not None and not front.isVisible():
            (self.open_button if there else self.add_button).setFocus()

    def _add(self, files: Sequence[Path]) -> None:
        """Try the file at once, so that one that cannot be kept is told here."""
        desk, pupil, path = self._desk, self._pupil, files[0]
        if desk is not None and pupil:
            desk.run(
                lambda: kept_files.read_new(path),
                owner=self,
                done=lambda _: self._note(pupil, path),
                failed=lambda error: self._show(error.message),
            )

    def _note(self, pupil: str, path: Path | None) -> None:
        self.files[pupil] = path
        self._show()
        self.changed.emit()

    def _take_away(self) -> None:
        if self._pupil in self._kept:
            self._note(self._pupil, None)
        else:
            self._put_back()

    def _put_back(self) -> None:
        """Leave it as it was when the dialog was opened."""
        self.files.pop(self._pupil, None)
        self._show()
        self.changed.emit()

    def _open(self) -> None:
        path, kept = self.files.get(self._pupil), self._kept.get(self._pupil)
        if path is not None:
            file_opening.show_file(path)
        elif kept is not None and self._desk is not None:
            file_opening.open_evidence(self._desk, self, kept.id, self._fail)

    def _fail(self, error: ProfdeskError) -> None:
        self._show(error.message)

"""The files of an entry: read when they are given, kept when the entry is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from profdesk.domain.attachments import Attachment, FileEdits, NewFile
from profdesk.domain.evidence import size_words
from profdesk.domain.register import Register
from profdesk.domain.register_rights import writing
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs, icons
from profdesk.gui.common.allowed import allow
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.table_paint import ROW
from profdesk.gui.common.task import Task
from profdesk.gui.common.tones import Tone
from profdesk.services import attachments
from profdesk.services.attachments import Taken

_SLOW_MS = 300
_SHOWN = 4


_File = Attachment | NewFile
_SIGNS = {Attachment: "paperclip", NewFile: "plus-circle"}
_COLUMNS: tuple[Column[_File], ...] = (
    Column("Файл", lambda file: file.name, look=lambda file: Look(_SIGNS[type(file)])),
    Column("Размер", lambda file: size_words(file.size), width=90, right=True, look=lambda _: Look(tone=Tone.MUTED)),
)


class AttachmentList(QWidget):
    """What became of the files since they were shown is in ``edits``; nothing of it is written here.

    Ctrl+O adds, Ctrl+V adds files copied elsewhere, Enter opens, Del takes away.
    """

    changed = Signal()
    reading = Signal(bool)
    """Whether files are being read just now: their entry is not to be written before."""

    files_heading: QLabel
    files_table: DeskTable
    files_nothing: QLabel
    files_progress: ProgressStrip
    files_message: InlineMessage
    files_add: QPushButton
    files_open: QPushButton
    files_save: QPushButton
    files_remove: QPushButton

    def __init__(self, desk: Desk, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fill(self, "attachment_list")
        self._desk = desk
        self._register = register
        self._files: list[_File] = []
        self._removed: list[Attachment] = []
        self._last: _File | None = None
        self._task: Task | None = None
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self._slow.timeout.connect(lambda: self.files_progress.begin("Читаем файлы"))
        self.files_heading.setText(register.files)
        self.files_table.setAccessibleName(register.files)
        self.files_table.horizontalHeader().hide()
        self.files_table.set_columns(_COLUMNS, key=lambda file: file.sha256)
        self.files_add.setIcon(icons.icon("paperclip"))
        self._connect()
        self._show()

    def _connect(self) -> None:
        self.files_table.chosen.connect(lambda _: self._offer())
        self.files_table.opened.connect(lambda _: self._open())
        self.files_add.clicked.connect(self.ask)
        self.files_open.clicked.connect(self._open)
        self.files_save.clicked.connect(self._save)
        self.files_remove.clicked.connect(self._remove)
        self.files_message.acted.connect(self._put_back)
        self.files_progress.stop_pressed.connect(self._stop)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        remove = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.files_table, self._remove, context=inside)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self._paste, context=inside)
        if not allow(self._desk, writing(self._register), self.files_add, self.files_remove, remove, paste):
            self.files_nothing.setText("Файлов нет")

    @property
    def stops(self) -> Sequence[QWidget]:
        """Where Tab stops, in its order."""
        return self.files_table, self.files_add, self.files_open, self.files_save, self.files_remove

    @property
    def edits(self) -> FileEdits:
        """What is to become of the entry's files."""
        added = tuple(one for one in self._files if isinstance(one, NewFile))
        return FileEdits(added, tuple(one.id for one in self._removed))

    def show_entry(self, entry: str) -> None:
        """Read the files that an entry has."""
        workspace, actor, register = self._desk.workspace, self._desk.actor, self._register

        def show(found: Sequence[Attachment]) -> None:
            self._files = [*found, *self._files]
            self._show()

        self._desk.run(
            lambda: attachments.of_entry(workspace, actor, register, entry), owner=self, done=show, failed=self._fail
        )

    def ask(self) -> None:
        """Ask which files to add."""
        if self._task is None:
            self.add(file_dialogs.files_to_open(self, self._register.files))

    def add(self, paths: Sequence[Path]) -> None:
        """Add files; those that cannot be kept are told."""
        if self._task is not None or not paths:
            return
        there = [one.sha256 for one in self._files]
        self._slow.start()
        self.reading.emit(True)
        self._task = self._desk.run(
            lambda progress: attachments.take(paths, there, progress),
            owner=self,
            done=self._take,
            failed=self._fail,
            progress=self.files_progress.report,
            stopped=self._end_reading,
        )

    # -- showing ---------------------------------------------------------------------------------

    def _show(self) -> None:
        had_focus = self.files_table.hasFocus()
        self.files_table.set_rows(self._files)
        self.files_table.setVisible(bool(self._files))
        self.files_table.setFixedHeight(ROW * max(1, min(len(self._files), _SHOWN)) + 2)
        self.files_nothing.setVisible(not self._files)
        if self.files_table.row() is None:
            self.files_table.choose_first()
        self._offer()
        if had_focus and not self._files:
            self.files_add.setFocus()

    def _offer(self) -> None:
        for button in (self.files_open, self.files_save, self.files_remove):
            button.setVisible(self.files_table.row() is not None)

    # -- adding ----------------------------------------------------------------------------------

    def _take(self, taken: Taken) -> None:
        self._end_reading()
        self._files += taken.files
        self._show()
        if taken.refused:
            self.files_message.say(" ".join(taken.refused), Tone.WARN)
        else:
            self.files_message.clear()
        if taken.files:
            self.files_table.choose(taken.files[-1].sha256)
            self.files_table.setFocus()
            self.changed.emit()

    def _end_reading(self) -> None:
        self._task = None
        self._slow.stop()
        self.files_progress.end()
        self.reading.emit(False)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _paste(self) -> None:
        data = QGuiApplication.clipboard().mimeData()
        if data:  # None where the clipboard is out of reach, whatever Qt's annotations say
            self.add([Path(one.toLocalFile()) for one in data.urls() if one.isLocalFile()])

    # -- acts on one file ------------------------------------------------------------------------

    def _open(self) -> None:
        file: _File | None = self.files_table.row()
        if file is not None:
            workspace, actor = self._desk.workspace, self._desk.actor
            self._desk.run(
                lambda: attachments.open_copy(workspace, actor, file),
                owner=self,
                done=self._show_copy,
                failed=self._fail,
            )

    def _show_copy(self, copy: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))):
            self.files_message.say("На этом компьютере нет программы, которая открывает такие файлы.", Tone.WARN)

    def _save(self) -> None:
        file: _File | None = self.files_table.row()
        if file is None:
            return
        workspace, actor = self._desk.workspace, self._desk.actor
        name = attachments.proposed_name(file)
        target = file_dialogs.file_to_save(self, "Сохранить копию файла", name, file_dialogs.ANY)
        if target is not None:
            self._desk.run(
                lambda: attachments.save_copy(workspace, actor, file, target),
                owner=self,
                done=lambda _: self.files_message.say(f"Сохранено: {target}.", Tone.OK),
                failed=self._fail,
            )

    def _remove(self) -> None:
        file: _File | None = self.files_table.row()
        if file is None:
            return
        at = self.files_table.currentIndex().row()
        self._files.remove(file)
        if isinstance(file, Attachment):
            self._removed.append(file)
        self._show()
        self.files_table.choose_near(at)
        self.files_message.say(f"Файл «{file.name}» убран.", Tone.INFO, "Вернуть")
        self._last = file
        self.changed.emit()

    def _put_back(self) -> None:
        file, self._last = self._last, None
        self.files_message.clear()
        if file is None:
            return
        if isinstance(file, Attachment):
            self._removed.remove(file)
        self._files.append(file)
        self._show()
        self.files_table.choose(file.sha256)
        self.files_table.setFocus()
        self.changed.emit()

    def _fail(self, error: ProfdeskError) -> None:
        if self._task is not None:
            self._end_reading()
        self.files_message.say(error.message, Tone.BAD)

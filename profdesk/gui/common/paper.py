"""A paper before it is printed: its pages, saving it, printing it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QPushButton, QWidget

from profdesk.domain import file_names
from profdesk.domain.deeds import DeedKind
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs, printing, text
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.pdf_pages import Magnifier, PageTurner, PdfPages
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.task import Task
from profdesk.gui.common.tones import Tone
from profdesk.services import deeds

_WIDTH = 980
_MANY = 10
"""Fewer pages are drawn before one could read how many are."""
_LEFT = 32
"""What is left of the window around the dialog: the paper is shown as large as it can be."""


class PaperDialog(QDialog):
    """Shows what ``draw`` gives and lets it be saved or printed; nothing is numbered, recorded or left behind.

    ``option`` is a choice about the paper («С оценками прошлого полугодия»): ``draw`` hears whether it is
    ticked, and runs off the GUI thread. Of a paper of many pages ``counted`` says what they are («Сертификаты»):
    ``draw`` is then given a Progress too, and can be stopped, which closes the dialog. Saving and printing are
    journaled by the title; of a paper about one ``pupil`` (id), whose name follows a comma or colon, without it.
    """

    heading: QLabel
    option: QCheckBox
    turner: PageTurner
    magnifier: Magnifier
    pages: PdfPages
    progress: ProgressStrip
    message: InlineMessage
    leave_button: QPushButton
    save_button: QPushButton
    print_button: QPushButton

    def __init__(
        self,
        parent: QWidget | None,
        desk: Desk,
        title: str,
        draw: Callable[..., bytes],
        option: str = "",
        *,
        ticked: bool = False,
        counted: str = "",
        pupil: str = "",
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._title = title
        self._paint = draw
        self._counted = counted
        self._deed, self._whom = (re.split("[,:]", title)[0], [pupil]) if pupil else (title, [])
        self._task: Task | None = None
        self._data = b""
        self._saved: Path | None = None
        fill(self, "paper_dialog")
        self.setWindowTitle(title)
        self.resize(_WIDTH, (parent.window().height() if parent else _WIDTH) - _LEFT)
        text.set_role(self.heading, "card")
        self.heading.setText(title)
        self.option.setVisible(bool(option))
        self.option.setText(option)
        self.option.setChecked(ticked)
        self.turner.set_words(self.tr("страница {0} из {1}"))
        self.turner.attach(self.pages)
        self.magnifier.attach(self.pages)
        self._connect()
        self.pages.setFocus()
        self._draw()

    def _connect(self) -> None:
        self.option.toggled.connect(lambda _: self._draw())
        self.leave_button.clicked.connect(self.reject)
        self.progress.stop_pressed.connect(self.reject)
        self.finished.connect(self._stop)
        self.finished.connect(self.deleteLater)
        self.save_button.clicked.connect(self._save)
        self.save_button.setShortcut("Ctrl+S")
        self.print_button.clicked.connect(self._print)
        self.print_button.setShortcut("Ctrl+P")
        self.message.acted.connect(self._open_saved)

    def _draw(self) -> None:
        with_option = self.option.isChecked()
        for button in (self.save_button, self.print_button):
            button.setEnabled(False)
        if not self._counted:
            self._desk.run(lambda: self._paint(with_option), owner=self, done=self._show, failed=self._failed)
            return
        self._task = self._desk.run(
            lambda report: self._paint(with_option, report),
            owner=self,
            done=self._show,
            failed=self._failed,
            progress=self._report,
        )

    def _report(self, done: int, total: int) -> None:
        if total > _MANY:
            if self.progress.isHidden():
                self.progress.begin(self._counted)
            self.progress.report(done, total)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _show(self, data: bytes) -> None:
        self.progress.end()
        self._data = data
        self.pages.show_pdf(data)
        for button in (self.save_button, self.print_button):
            button.setEnabled(True)

    def _save(self) -> None:
        path = file_dialogs.file_to_save(self, self._title, f"{file_names.tidy(self._title)}.pdf", file_dialogs.PDF)
        if path is None:
            return
        data, self._saved = self._data, path
        workspace, actor, deed, whom = self._desk.workspace, self._desk.actor, self._deed, self._whom
        self._desk.write(
            lambda: deeds.write_out(workspace, actor, path, data, deed, whom),
            owner=self,
            done=lambda _: self.message.say(f"Сохранено: {path}", Tone.OK, "Открыть файл"),
            failed=self._failed,
        )

    def _print(self) -> None:
        if not printing.print_pdf(self, self._data, self._title):
            return
        workspace, actor, deed, whom = self._desk.workspace, self._desk.actor, self._deed, self._whom
        self._desk.write(
            lambda: deeds.record(workspace, actor, DeedKind.PRINTED, deed, whom),
            owner=self,
            done=lambda _: self.message.say(self.tr("Отправлено на печать"), Tone.OK),
            failed=self._failed,
        )

    def _failed(self, error: ProfdeskError) -> None:
        self.message.say(error.message, Tone.BAD)

    def _open_saved(self) -> None:
        if self._saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._saved)))

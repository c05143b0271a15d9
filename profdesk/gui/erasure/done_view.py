"""What was destroyed: the act with the names, which is nowhere else, to be saved or printed now."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from profdesk.domain.erasure import Act
from profdesk.domain.plural import counted
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.dialog import Dialog
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.tones import Tone
from profdesk.services import deeds, erasure

_KEEP = (
    "Имена есть только в этом акте: программа их больше не знает. "
    "Сохраните или напечатайте его сейчас и храните 3 года (приказ Роскомнадзора от 28.10.2022 № 179)."
)


class DoneView(QWidget):
    """``finished``: the act was taken, or is not wanted."""

    finished = Signal()

    done_title: QLabel
    told: QLabel
    keep: QLabel
    save_button: QPushButton
    print_button: QPushButton
    finish_button: QPushButton
    message: InlineMessage

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._act: Act | None = None
        self._taken = False
        fill(self, "erasure_done")
        self.keep.setText(_KEEP)
        self.save_button.clicked.connect(self._save)
        self.print_button.clicked.connect(self._print)
        self.finish_button.clicked.connect(self.leave)

    def show_act(self, act: Act) -> None:
        """Tell what is done and offer its act."""
        self._act, self._taken = act, False
        done = act.done
        self.message.clear()
        self.done_title.setText(f"Сведения уничтожены: акт № {done.number}")
        many = counted(sum(done.records.values()), "запись", "записи", "записей")
        told = f"{many}, очищено записей журнала: {done.operations}. {act.copies.told}"
        if done.psy_waits:
            told += " Диагностика и консультации ждут входа психолога и будут уничтожены сами."
        self.told.setText(told.strip())
        self.save_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Go on; asks first where the act was neither saved nor looked at."""
        if self._taken or self._act is None:
            self._forget()
            return
        dialog = Dialog(
            self,
            "Закончить без акта?",
            "Имена из него больше взять неоткуда: в списке актов останутся только числа.",
            "Закончить без акта",
            "Вернуться к акту",
        )
        dialog.accepted.connect(self._forget)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # -- inside ----------------------------------------------------------------------------------

    def _forget(self) -> None:
        self._act = None
        self.finished.emit()

    def _save(self) -> None:
        act = self._act
        if act is None:
            return
        name = f"Акт об уничтожении {act.done.number.replace('/', '-')}.pdf"
        path = file_dialogs.file_to_save(self, "Сохранить акт", name, file_dialogs.PDF)
        if path is not None:
            workspace, actor = self._desk.workspace, self._desk.actor
            self._desk.write(
                lambda: deeds.write_out(workspace, actor, path, erasure.paper(act), self._title(act)),
                owner=self,
                done=lambda _: self._saved(path),
                failed=self._fail,
            )

    def _saved(self, path: Path) -> None:
        self._taken = True
        opening = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(path)))
        self.message.say(f"Сохранено: {path}", Tone.OK, "Открыть файл", act=opening)

    def _print(self) -> None:
        act = self._act
        if act is None:
            return
        self._taken = True
        dialog = PaperDialog(self, self._desk, self._title(act), lambda _: erasure.paper(act))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _title(self, act: Act) -> str:
        return f"Акт об уничтожении № {act.done.number}"

    def _fail(self, error: ProfdeskError) -> None:
        self.message.say(error.message, Tone.BAD)

"""A workspace that does not open, or lacks records: what is the matter, and the copies that put it right."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from profdesk.domain.backups import Copy
from profdesk.domain.mark import Missing, MissingRecordsError
from profdesk.domain.plural import counted
from profdesk.domain.recovery import Damage
from profdesk.errors import ProfdeskError
from profdesk.gui.common import copy_words, file_dialogs, icons
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.task import Task
from profdesk.gui.common.tones import Tone
from profdesk.gui.start import opened
from profdesk.gui.start.opened import Opened
from profdesk.services import recovery, workspaces

_VAULT = "vault.json"
_RESTORED = "Восстановлено из копии {}. Войдите с паролем, который был в тот день."
_OF_THAT_DAY = " Пароль подойдёт тот, что был в день копии."
_CONNECT = " Копии складывались ещё и в «{}»: подключите это место и откройте рабочую папку снова."
_ELSEWHERE = (
    " Если копия лежит на флешке или в сетевой папке, скопируйте её на этот компьютер и откройте как рабочую папку."
)
_WITHOUT = " Можно и продолжить без пропавших записей: это останется в журнале."
_HAS_ALL = "пропавшие записи в ней есть"
_NEWER = " То, что записали здесь вместо них (папку могли восстановить на другом компьютере), туда не вошло."


class RecoveryStep(QWidget):
    """``restored`` gives the folder, to be unlocked, and a sentence; ``opened`` what is gone on with without a copy."""

    opened = Signal(object)
    opened_first = Signal(object, str)
    """As ``opened``, where the password that was typed has to be changed first."""
    restored = Signal(object, str)
    left = Signal()

    heading: QLabel
    told: QLabel
    copies_told: QLabel
    table: DeskTable
    who_box: QWidget
    user: QComboBox
    password: QLineEdit
    progress: ProgressStrip
    message: InlineMessage
    folder_button: QPushButton
    save_button: QPushButton
    go_on_button: QPushButton
    restore_button: QPushButton
    back_button: QPushButton

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._path = Path()
        self._user, self._password = "", ""
        self._missing: Missing | None = None
        self._task: Task | None = None
        fill(self, "start_recovery")
        self.back_button.setIcon(icons.icon("caret-left"))
        self.table.chosen.connect(self._offer_people)
        self.restore_button.clicked.connect(self._restore)
        self.password.returnPressed.connect(self._restore)
        self.password.textChanged.connect(self._offer)
        self.go_on_button.clicked.connect(self._go_on)
        self.save_button.clicked.connect(self._save)
        self.folder_button.clicked.connect(self._open_folder)
        self.back_button.clicked.connect(self.left)
        self.progress.stop_pressed.connect(self._stop)

    def show_error(self, path: Path, error: ProfdeskError, user: str = "", password: str = "") -> None:
        """Say what the opening has met; ``user`` and ``password`` are what was typed, where it came so far."""
        self._path, self._user, self._password = path, user, password
        self._missing = error.missing if isinstance(error, MissingRecordsError) else None
        self.heading.setText("Не хватает записей" if self._missing else "Рабочая папка повреждена")
        self.told.setText(self._missing.told() if self._missing else error.message)
        self.copies_told.setText("")
        self.go_on_button.setVisible(self._missing is not None)
        self.save_button.setVisible(self._missing is None)
        self.message.clear()
        self.table.set_columns(self._columns(), key=lambda one: one.folder)
        self.table.set_rows(())
        self._offer_people(None)
        self._begin("Проверяем копии")
        self._task = self._desk.run(
            partial(recovery.examine, path),
            owner=self,
            progress=self.progress.report,
            done=self._show,
            failed=self._fail,
            stopped=self._end,
        )

    # -- inside ----------------------------------------------------------------------------------

    def _columns(self) -> tuple[Column[Copy], ...]:
        return (
            Column("Когда", lambda one: copy_words.moment(one.made_at), width=250, second=self._why),
            Column("Что в ней, последняя запись", copy_words.holds, second=self._last, look=self._look),
        )

    def _why(self, copy: Copy) -> str:
        why = copy_words.why(copy)
        return why if copy.folder.is_relative_to(self._path) else f"Второе место: {why[:1].lower()}{why[1:]}"

    def _last(self, copy: Copy) -> str:
        return _HAS_ALL if self._holds_all(copy) else copy_words.last(copy)

    def _look(self, copy: Copy) -> Look:
        return Look("check-circle-fill", Tone.OK) if self._holds_all(copy) else Look()

    def _holds_all(self, copy: Copy) -> bool:
        return self._missing is not None and self._missing.lies_in(copy.folder, copy.heads)

    def _show(self, found: Damage) -> None:
        self._end()
        if self._missing is None and found.parts:
            self.told.setText(found.told())
        self.copies_told.setText(_copies_told(found, self._missing))
        self.table.set_rows(found.copies, "Целых копий нет")
        whole = next((copy for copy in found.copies if self._holds_all(copy)), None)
        if whole is not None:
            self.table.choose(whole.folder)
        else:
            self.table.choose_first()
        asks = self.who_box.isVisibleTo(self) and not self.password.text()
        (self.password if asks else self.table).setFocus()

    def _offer_people(self, copy: Copy | None) -> None:
        self.user.clear()
        try:
            people = recovery.users(self._path, copy.folder if copy else None)
        except ProfdeskError as error:
            people = ()
            if copy is not None:
                self._fail(error)
        for actor in people:
            self.user.addItem(actor.name, actor.id)
        self.who_box.setVisible(bool(people))
        known = self.user.findData(self._user)
        self.user.setCurrentIndex(max(0, known))
        self.password.setText(self._password if known >= 0 else "")
        self._offer()

    def _offer(self) -> None:
        free = self._task is None
        self.restore_button.setEnabled(free and self.table.row() is not None and self.user.count() > 0)
        self.go_on_button.setEnabled(free)
        self.save_button.setEnabled(free and self.user.count() > 0 and bool(self.password.text()))

    def _restore(self) -> None:
        copy: Copy | None = self.table.row()
        if copy is None or self._task is not None or not self.restore_button.isEnabled():
            return
        user, password = str(self.user.currentData()), self.password.text()
        self._begin("Восстанавливаем, МБ")
        self._task = self._desk.run(
            partial(recovery.restore, self._path, user, password, copy.folder),
            owner=self,
            progress=self.progress.report,
            done=lambda _: self._leave(_RESTORED.format(copy_words.moment(copy.made_at))),
            failed=self._fail,
            stopped=self._end,
        )

    def _leave(self, words: str) -> None:
        self._end()
        self._forget()
        self.restored.emit(self._path, words)

    def _go_on(self) -> None:
        path, user, password = self._path, self._user, self._password
        self._begin("Открываем")
        self._task = self._desk.run(
            lambda: opened.read(workspaces.open_workspace(path, user, password, without_lost=True)),
            owner=self,
            done=self._opened,
            failed=self._fail,
            stopped=self._end,
        )

    def _opened(self, value: Opened) -> None:
        first = self._password
        self._end()
        self._forget()
        if value.workspace.must_change_password:
            self.opened_first.emit(value, first)
        else:
            self.opened.emit(value)

    def _save(self) -> None:
        target = file_dialogs.folder(self, "Куда сохранить то, что читается")
        if target is None:
            return
        copy: Copy | None = self.table.row()
        user, password, lock = str(self.user.currentData()), self.password.text(), copy.folder if copy else None
        self._begin("Читаем таблицы")
        self._task = self._desk.run(
            partial(recovery.save_readable, self._path, user, password, target, copy=lock),
            owner=self,
            progress=self.progress.report,
            done=lambda saved: self._end(saved.told()),
            failed=self._fail,
            stopped=self._end,
        )

    def _begin(self, what: str) -> None:
        self.message.clear()
        self.progress.begin(what)
        for button in (self.restore_button, self.go_on_button, self.save_button):
            button.setEnabled(False)

    def _end(self, words: str = "") -> None:
        self._task = None
        self.progress.end()
        self._offer()
        if words:
            self.message.say(words, Tone.OK)

    def _fail(self, error: ProfdeskError) -> None:
        self._end()
        self.message.say(error.message, Tone.BAD)
        self.password.selectAll()

    def _forget(self) -> None:
        self._password = ""
        self.password.clear()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path)))


def _copies_told(found: Damage, missing: Missing | None) -> str:
    spoiled = counted(found.spoiled, "копия повреждена", "копии повреждены", "копий повреждено")
    aside = f" Ещё {spoiled}." if found.spoiled else ""
    aside += _CONNECT.format(found.away) if found.away else ""
    if not found.copies:
        where = "" if found.away else _ELSEWHERE
        return f"Целых копий не нашлось.{aside}{where}{_WITHOUT if missing else ''}"
    having = [] if missing is None else [one for one in found.copies if missing.lies_in(one.folder, one.heads)]
    if missing is not None and having:
        marked = "Копия с этими записями отмечена" if len(having) == 1 else "Копии с этими записями отмечены"
        newer = "" if all(one.exact for one in missing.lost) else _NEWER
        return f"{marked}.{newer} Можно и продолжить без них: это останется в журнале.{aside}"
    if missing is not None:
        return f"Всех этих записей нет ни в одной копии. Можно продолжить без них: это останется в журнале.{aside}"
    if found.parts == (_VAULT,):
        return f"Записи целы: из копии возьмётся один этот файл, если ключи с тех пор не меняли.{_OF_THAT_DAY}{aside}"
    of_that_day = _OF_THAT_DAY if _VAULT in found.parts else ""
    return (
        f"Эти копии целы.{aside} То, что записано позже выбранной, пропадёт; повреждённое останется рядом с "
        f"копиями.{of_that_day}"
    )

"""The dialog in which another computer is let in: for whom, what it gets, then its code, once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QPushButton, QRadioButton, QWidget
from typing_extensions import override

from profdesk.domain import file_names
from profdesk.domain.access import Role
from profdesk.domain.exchange import SUFFIX
from profdesk.domain.people import Group
from profdesk.domain.rights import Right
from profdesk.domain.users import Draft, User
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs, fonts, growing
from profdesk.gui.common.columns import Column
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.role_choice import RoleChoice
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.task import Task
from profdesk.gui.common.tones import Tone
from profdesk.services import computers, pupils, users

_CLASSES = 122
_INDENT = 24
_NARROW, _WIDE = 560, 920
_NOBODY = "Новый человек…"
_STOPPED = "Остановлено. Пакет не записан, компьютер не добавлен."


class AddComputerDialog(QDialog):
    """``added`` gives the new computer's name; the code stays in front until the user says that it is handed over."""

    added = Signal(str)

    heading: QLabel
    told: QLabel
    ask_box: QWidget
    person: QComboBox
    name: QLineEdit
    whole_box: QRadioButton
    whole_note: QLabel
    part_box: QRadioButton
    part_note: QLabel
    new_box: QWidget
    full_name: QLineEdit
    post: QLineEdit
    roles: RoleChoice
    classes_box: QWidget
    classes: DeskTable
    made_box: QWidget
    made_told: QLabel
    code: QLineEdit
    copy_button: QPushButton
    print_button: QPushButton
    progress: ProgressStrip
    message: InlineMessage
    leave_button: QPushButton
    save_button: QPushButton
    done_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk) -> None:
        super().__init__(parent)
        fill(self, "exchange_add_computer")
        self._desk = desk
        self._task: Task | None = None
        self.code.setFont(fonts.font(fonts.TITLE, bold=True))
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.classes.setFixedHeight(_CLASSES)
        self.classes.horizontalHeader().hide()
        title: Column[Group] = Column("Класс", lambda group: group.name.title)
        self.classes.set_columns([title], key=lambda group: group.id, checkable=lambda _: True)
        for note in (self.whole_note, self.part_note):
            note.setContentsMargins(_INDENT, 0, 0, 4)
        for part in (self.made_box, self.done_button, self.new_box, self.classes_box):
            part.hide()
        self._connect()
        self._read()

    def _connect(self) -> None:
        self.person.currentIndexChanged.connect(self._choose_person)
        self.roles.changed.connect(self._choose_roles)
        for button, act in (
            (self.leave_button, self.reject),
            (self.save_button, self._ask_place),
            (self.copy_button, self._copy),
            (self.print_button, self._print),
            (self.done_button, self.accept),
        ):
            button.clicked.connect(act)
        self.progress.stop_pressed.connect(self._stop)
        self.finished.connect(self._stop)
        self.finished.connect(self.deleteLater)

    @property
    def said(self) -> str | Draft:
        """Who is to work there: the id of a user, or whom to add."""
        user: User | None = self.person.currentData()
        if user is not None:
            return user.id
        roles = self.roles.roles
        led = frozenset(group.id for group in self.classes.checked() if Role.TEACHER in roles)
        return Draft(self.full_name.text(), self.post.text(), roles, led)

    @override
    def reject(self) -> None:
        """Escape must not lose a code that is shown once."""
        if not self.code.text():
            super().reject()

    # -- asking ----------------------------------------------------------------------------------

    def _read(self) -> None:
        workspace, actor, year = self._desk.workspace, self._desk.actor, self._desk.organisation.period.year

        def read() -> tuple[Sequence[User], Sequence[Group]]:
            groups = pupils.groups(workspace, actor, year) if self._desk.may(Right.PUPILS_READ) else ()
            return users.listed(workspace, actor), groups

        self._desk.run(read, owner=self, done=lambda found: self._show(*found), failed=self._failed)

    def _show(self, known: Sequence[User], groups: Sequence[Group]) -> None:
        for user in known:
            if user.removed_at is None:
                self.person.addItem(", ".join(filter(None, (user.name, user.post))), user)
        if self._desk.may(Right.USERS_WRITE):
            self.person.addItem(_NOBODY, None)
        self.classes.set_rows(groups)
        self.person.setFocus()

    def _choose_person(self) -> None:
        new = self.person.currentData() is None
        self.new_box.setVisible(new)
        self.setMinimumWidth(_WIDE if new else _NARROW)
        self._choose_roles()
        growing.fit(self)

    def _choose_roles(self) -> None:
        """Who sees the own classes alone is offered no more than those."""
        user: User | None = self.person.currentData()
        roles = self.roles.roles if user is None else user.roles
        self.classes_box.setVisible(user is None and Role.TEACHER in roles and bool(self.classes.rows()))
        (self.part_box if roles == {Role.TEACHER} else self.whole_box).setChecked(True)
        growing.make_room(self)

    # -- making ----------------------------------------------------------------------------------

    def _ask_place(self) -> None:
        proposed = file_names.tidy(f"{self.name.text()}, пакет") + SUFFIX
        path = file_dialogs.file_to_save(self, "Сохранить пакет", proposed, file_dialogs.KIT)
        if path is not None:
            self._make(path)

    def _make(self, path: Path) -> None:
        workspace, actor, said = self._desk.workspace, self._desk.actor, self.said
        name, whole = self.name.text(), self.whole_box.isChecked()
        self.message.clear()
        self._set_busy(busy=True)
        self.progress.begin("Пишем записи")
        self._task = self._desk.write(
            lambda progress: computers.kit(workspace, actor, said, name, whole, path, progress),
            owner=self,
            progress=self.progress.report,
            done=partial(self.show_code, path),
            failed=self._failed,
            stopped=lambda: self._end(_STOPPED),
        )

    def show_code(self, path: Path, code: str) -> None:
        """Show the code of the package that was made; nothing else is asked from here on."""
        self._end()
        self.heading.setText(f"Пакет для компьютера «{self._named}» готов")
        self.made_told.setText(f"Файл: {path}")
        self.code.setText(code)
        for part in (self.told, self.ask_box, self.leave_button, self.save_button):
            part.hide()
        for note in (self.whole_note, self.part_note):
            note.setContentsMargins(_INDENT, 0, 0, 4)
        for part in (self.made_box, self.done_button):
            part.show()
        self.setMinimumWidth(_NARROW)
        growing.fit(self)
        self.copy_button.setFocus()
        self.added.emit(self._named)

    @property
    def _named(self) -> str:
        return " ".join(self.name.text().split())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text())
        self.message.say("Код в буфере обмена. Не отправляйте его вместе с файлом.", Tone.OK)
        growing.make_room(self)

    def _print(self) -> None:
        workspace, actor, code, name, said = (
            self._desk.workspace,
            self._desk.actor,
            self.code.text(),
            self._named,
            self.said,
        )
        person = said.name if isinstance(said, Draft) else self.person.currentData().name
        draw = partial(computers.code_sheet, workspace, actor, code, name, person)
        PaperDialog(self, self._desk, "Код к пакету рабочей папки", draw).open()

    def _failed(self, error: ProfdeskError) -> None:
        self._end(error.message, Tone.BAD)

    def _end(self, words: str = "", tone: Tone = Tone.INFO) -> None:
        self._task = None
        self.progress.end()
        self._set_busy(busy=False)
        if words:
            self.message.say(words, tone)
            growing.make_room(self)

    def _set_busy(self, *, busy: bool) -> None:
        for part in (self.ask_box, self.save_button):
            part.setEnabled(not busy)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

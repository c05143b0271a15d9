"""The dialog in which a user is added or changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget

from profdesk.domain.access import Role
from profdesk.domain.changes import Changes
from profdesk.domain.people import Group
from profdesk.domain.progress import Progress
from profdesk.domain.rights import Right
from profdesk.domain.users import Draft
from profdesk.errors import CodeNeededError, ProfdeskError
from profdesk.gui.common import growing
from profdesk.gui.common.allowed import show_only
from profdesk.gui.common.columns import Column
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.fields import FieldNote
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.role_choice import RoleChoice
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.task import Task
from profdesk.gui.common.tones import Tone
from profdesk.gui.users import rows
from profdesk.gui.users.code_field import CodeField
from profdesk.gui.users.first_password import FirstPassword
from profdesk.gui.users.rows import Line
from profdesk.services import users

_CLASSES = 122
_OWN = "Свои роли меняет другой, кто ведёт пользователей."
_LACKS = "{}. Остальные роли дали на другом компьютере. Если всё верно, сохраните: они начнут действовать и здесь."
_CLASSES_ALONE = "Имя, должность и роли меняет администратор. Вы назначаете классы."


class UserDialog(QDialog):
    """Writes a new user, or the one given; what was typed stays until it is written."""

    saved = Signal(str, object, object)
    """The id, what is said now (Draft), and a new recovery code where the printed one went."""

    heading: QLabel
    full_name: QLineEdit
    post: QLineEdit
    post_note: FieldNote
    first_box: QWidget
    password: FirstPassword
    classes_box: QWidget
    classes: DeskTable
    roles: RoleChoice
    roles_note: QLabel
    code: CodeField
    progress: ProgressStrip
    message: InlineMessage
    leave_button: QPushButton
    save_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk, groups: Sequence[Group], line: Line | None = None) -> None:
        super().__init__(parent)
        fill(self, "users_user")
        self._desk = desk
        self._line = line
        self._task: Task | None = None
        self.post_note.set_hint("Видна при входе, рядом с именем")
        self._list(groups, line.said.classes if line else frozenset())
        self.first_box.setVisible(line is None)
        if line is not None:
            self._put(line)
        self.roles.changed.connect(self._offer_classes)
        self.leave_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        self.progress.stop_pressed.connect(self._stop)
        self.finished.connect(self._stop)
        self.finished.connect(self.deleteLater)
        self._offer_classes()
        if line is not None and line.lacks and self.roles.isEnabled():
            self.message.say(_LACKS.format(line.entry.capitalize()))
        front = self.classes if self.full_name.isReadOnly() else self.full_name
        front.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def said(self) -> Draft:
        """What stands in the fields."""
        roles = self.roles.roles
        led = frozenset(group.id for group in self.classes.checked() if Role.TEACHER in roles)
        return Draft(self.full_name.text(), self.post.text(), roles, led)

    def _put(self, line: Line) -> None:
        own = line.user.id == self._desk.actor.id
        self.heading.setText(line.user.name)
        self.save_button.setText("Сохранить")
        self.full_name.setText(line.user.name)
        self.post.setText(line.user.post)
        self.roles.set_roles(line.user.roles)
        keeps = self._desk.may(Right.USERS_WRITE)
        if not keeps:
            show_only(self.full_name, self.post, self.roles)
        self.roles.setEnabled(keeps and not own)
        self.roles_note.setText(_OWN if own else "" if keeps else _CLASSES_ALONE)

    def _list(self, groups: Sequence[Group], led: frozenset[str]) -> None:
        title: Column[Group] = Column("Класс", lambda group: group.name.title)
        self.classes.set_columns([title], key=lambda group: group.id, checkable=lambda _: True)
        self.classes.horizontalHeader().hide()
        self.classes.setFixedHeight(_CLASSES)
        self.classes.set_rows(groups)
        self.classes.set_checked(lambda group: group.id in led)
        if not self.classes.choose(next((group.id for group in groups if group.id in led), None)):
            self.classes.choose_first()

    def _offer_classes(self) -> None:
        self.classes_box.setVisible(Role.TEACHER in self.roles.roles and bool(self.classes.rows()))
        growing.make_room(self)

    # -- writing -----------------------------------------------------------------------------------

    def _save(self) -> None:
        workspace, actor, said = self._desk.workspace, self._desk.actor, self.said
        code, password, line = self.code.code, self.password.password, self._line

        def write(progress: Progress) -> tuple[tuple[str, str | None], Changes]:
            if line is None:
                user, changes = users.add(workspace, actor, said, password, code)
                return (user, None), changes
            recovery, changes = rows.change(workspace, actor, line.user.id, said, code, progress)
            return (line.user.id, recovery), changes

        self.save_button.setEnabled(False)
        self.message.clear()
        self._task = self._desk.write(
            write,
            owner=self,
            progress=self._report,
            done=lambda written: self._written(said, *written),
            failed=self._failed,
            stopped=partial(self._end, "Ничего не изменено."),
        )

    def _report(self, done: int, total: int) -> None:
        if self.progress.isHidden():
            self.progress.begin("Меняем ключи, МБ")
            growing.make_room(self)
        self.progress.report(done, total)

    def _written(self, said: Draft, user: str, recovery: str | None) -> None:
        self._task = None
        self.saved.emit(user, said, recovery)
        self.accept()

    def _failed(self, error: ProfdeskError) -> None:
        self._end(error.message, Tone.WARN if isinstance(error, CodeNeededError) else Tone.BAD)
        if isinstance(error, CodeNeededError):
            self.code.ask()

    def _end(self, words: str, tone: Tone = Tone.INFO) -> None:
        self._task = None
        self.progress.end()
        self.save_button.setEnabled(True)
        self.message.say(words, tone)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

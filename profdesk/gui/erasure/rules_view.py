"""How long each kind of records is kept, and by what; the school edits the rules as a file."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton
from typing_extensions import override

from profdesk.domain.changes import Changes, Kind
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.card import Card
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.gui.common.view import View
from profdesk.gui.erasure import rows
from profdesk.services import erasure
from profdesk.services.erasure import Review

_FILE = "Сроки хранения.toml"
_RULES = "Сроки хранения (*.toml)"
_SHIPPED = "Действуют сроки программы. Закон называет не все: правьте их под свою номенклатуру дел и загрузите файл."
_OWN = "Действуют сроки вашей организации."
_NEVER = " Само ничего не уничтожается: решает человек."


class RulesView(View):
    """A file is checked before it is taken."""

    about: QLabel
    sheet: Card
    table: DeskTable
    message: InlineMessage

    def __init__(self, desk: Desk, take_button: QPushButton, save_button: QPushButton) -> None:
        super().__init__(desk)
        fill(self, "erasure_rules")
        self._verbs = (take_button, save_button)
        self._stale = True
        self.table.set_columns(rows.RULES, key=lambda row: row.kind)
        take_button.clicked.connect(self._take)
        save_button.clicked.connect(self._save)

    @override
    def show_tools(self, *, shown: bool) -> None:
        for button in self._verbs:
            button.setVisible(shown)

    @override
    def activate(self) -> None:
        if self._stale:
            self._stale = False
            workspace = self.desk.workspace
            self.desk.run(
                lambda: erasure.review(workspace, workspace.actor), owner=self, done=self._show, failed=self._fail
            )

    @override
    def on_changes(self, changes: Changes) -> None:
        if changes.touches(Kind.ERASURES):
            self._stale = True
            if self.isVisible():
                self.activate()

    # -- inside ----------------------------------------------------------------------------------

    def _show(self, found: Review) -> None:
        self.about.setText((_OWN if found.own_rules else _SHIPPED) + _NEVER)
        self.table.set_rows(found.rules)
        if self.table.row() is None:
            self.table.choose_first()
        self.table.setFocus()

    def _take(self) -> None:
        path = file_dialogs.file_to_open(self, "Сроки хранения", _RULES)
        if path is not None:
            workspace, actor = self.desk.workspace, self.desk.actor
            self.desk.write(
                lambda: erasure.take_rules(workspace, actor, path),
                owner=self,
                done=lambda _: self.message.say(f"Сроки взяты из файла «{path.name}».", Tone.OK),
                failed=self._fail,
            )

    def _save(self) -> None:
        path = file_dialogs.file_to_save(self, "Сроки хранения", _FILE, _RULES)
        if path is not None:
            workspace, actor = self.desk.workspace, self.desk.actor
            self.desk.run(
                lambda: erasure.save_rules(workspace, actor, path),
                owner=self,
                done=lambda _: self.message.say(f"Сохранено: {path}", Tone.OK),
                failed=self._fail,
            )

    def _fail(self, error: ProfdeskError) -> None:
        self.message.say(error.message, Tone.BAD)

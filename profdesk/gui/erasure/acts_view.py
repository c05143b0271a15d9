"""The register of acts of erasure: counts without names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QPushButton
from typing_extensions import override

from profdesk.domain.changes import Changes, Kind
from profdesk.domain.erasure import Done
from profdesk.errors import ProfdeskError
from profdesk.gui.common.card import Card
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.gui.common.view import View
from profdesk.gui.erasure import rows
from profdesk.services import erasure, users


class ActsView(View):
    """An act can be seen again, without the names."""

    sheet: Card
    table: DeskTable
    empty: EmptyState
    message: InlineMessage

    def __init__(self, desk: Desk, paper_button: QPushButton) -> None:
        super().__init__(desk)
        fill(self, "erasure_acts")
        self._paper = paper_button
        self._stale = True
        self.empty.set_content(
            "trash", "Актов ещё нет", "Каждое уничтожение сведений оставляет здесь акт: числа без имён."
        )
        self.empty.hide()
        self.table.chosen.connect(lambda row: self._paper.setEnabled(row is not None))
        self.table.opened.connect(self._open)
        self._paper.clicked.connect(lambda: self._open(self.table.row()))

    @override
    def show_tools(self, *, shown: bool) -> None:
        self._paper.setVisible(shown)

    @override
    def activate(self) -> None:
        if self._stale:
            self._stale = False
            workspace, actor = self.desk.workspace, self.desk.workspace.actor
            self.desk.run(
                lambda: (erasure.acts(workspace, actor), users.names(workspace, actor)),
                owner=self,
                done=self._show,
                failed=self._fail,
            )

    @override
    def on_changes(self, changes: Changes) -> None:
        if changes.touches(Kind.ERASURES):
            self._stale = True
            if self.isVisible():
                self.activate()

    # -- inside ----------------------------------------------------------------------------------

    def _show(self, found: tuple[Sequence[Done], Mapping[str, str]]) -> None:
        acts, names = found
        self.table.set_columns(rows.act_columns(names), key=lambda row: row.id)
        self.table.set_rows(acts)
        self.sheet.setVisible(bool(acts))
        self.empty.setVisible(not acts)
        if self.table.row() is None:
            self.table.choose_first()
        self._paper.setEnabled(self.table.row() is not None)
        self.table.setFocus()

    def _open(self, row: Done | None) -> None:
        if row is None:
            return
        workspace, actor = self.desk.workspace, self.desk.actor
        title = f"Акт об уничтожении № {row.number} без имён"
        dialog = PaperDialog(
            self, self.desk, title, lambda _: erasure.paper(erasure.act_again(workspace, actor, row.id))
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _fail(self, error: ProfdeskError) -> None:
        self.message.say(error.message, Tone.BAD)

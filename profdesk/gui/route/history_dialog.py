"""How a route came to be: who wrote what and when, from what to what; what was removed can be put back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from profdesk.domain import route_words
from profdesk.domain.route import LineState, RouteChange
from profdesk.domain.route_words import Voice
from profdesk.errors import ProfdeskError
from profdesk.gui.common import who
from profdesk.gui.common.columns import Column
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.services import routes

_SIZE = (1080, 600)


class HistoryDialog(QDialog):
    """The latest change first; what has been replaced since is grey."""

    wanted_back = Signal(str)
    """The id of a line to be put back into the route."""

    heading: QLabel
    table: DeskTable
    message: InlineMessage
    back_button: QPushButton
    leave_button: QPushButton

    def __init__(self, parent: QWidget, desk: Desk, pupil: str, spoken: Voice, names: Mapping[str, str]) -> None:
        super().__init__(parent)
        fill(self, "route_history")
        self.resize(*_SIZE)
        self.table.set_columns(
            (
                Column("Когда", _when, width=140),
                Column(
                    "Строка маршрута",
                    lambda one: one.after.entry.words,
                    second=lambda one: spoken.kinds[one.after.entry.kind].one,
                ),
                Column("Что изменилось", lambda one: route_words.told(one, spoken)),
                Column("Кто", lambda one: who.short(names, one.after.actor), width=150),
            ),
            key=lambda one: (one.after.line, one.after.at),
            faded=lambda one: not one.after.is_there,
        )
        self.table.chosen.connect(self._offer)
        self.back_button.clicked.connect(self._put_back)
        self.leave_button.clicked.connect(self.reject)
        self.table.setFocus()
        self._offer(None)
        workspace = desk.workspace
        desk.run(
            partial(routes.history, workspace, workspace.actor, pupil), owner=self, done=self._show, failed=self._failed
        )

    def _show(self, found: Sequence[RouteChange]) -> None:
        self.table.set_rows(found, "Маршрут ещё не меняли")
        self.table.choose_first()

    def _offer(self, one: RouteChange | None) -> None:
        self.back_button.setEnabled(one is not None and _is_gone(one))

    def _put_back(self) -> None:
        one = self.table.row()
        if one is not None and _is_gone(one):
            self.wanted_back.emit(one.after.line)
            self.accept()

    def _failed(self, error: ProfdeskError) -> None:
        self.message.say(error.message, Tone.BAD)


def _is_gone(one: RouteChange) -> bool:
    return one.after.stands and one.after.state is LineState.REMOVED


def _when(one: RouteChange) -> str:
    return f"{one.after.at.astimezone():%d.%m.%Y, %H:%M}"

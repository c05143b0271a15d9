"""The history of acts that change much at once, each of which can be taken back as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from profdesk.domain import plural
from profdesk.domain.batch import Batch, BatchKind, Outlook
from profdesk.errors import ProfdeskError
from profdesk.gui.common.card import Card
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.services import batches, users

_SIZE = (840, 520)
_ICONS = {
    BatchKind.IMPORT: "upload-simple",
    BatchKind.ROLLOVER: "arrow-fat-line-up",
    BatchKind.MERGE: "arrows-in-simple",
    BatchKind.MOVE: "swap",
    BatchKind.PUPIL_FILE: "user-plus",
    BatchKind.LEAVE: "sign-out",
    BatchKind.RECORD: "list-plus",
}


@dataclass(frozen=True)
class _Act:
    batch: Batch
    who: str

    @property
    def undone(self) -> bool:
        return self.batch.undone_at is not None

    @property
    def told(self) -> str:
        """Who did it, and when it was taken back."""
        return f"{self.who}; отменено {_moment(self.batch.undone_at)}" if self.batch.undone_at else self.who


_COLUMNS: tuple[Column[_Act], ...] = (
    Column("Когда", lambda act: _moment(act.batch.made_at), width=140),
    Column(
        "Что сделано",
        lambda act: act.batch.title,
        second=lambda act: act.told,
        look=lambda act: Look("arrow-counter-clockwise" if act.undone else _ICONS[act.batch.kind]),
    ),
)


class ActsDialog(QDialog):
    """Every import, roll-over and merge, the latest first; ``taken_back`` names the act just undone.

    What taking back the chosen one would do is told before its button is pressed.
    """

    taken_back = Signal(object)
    """The Batch."""

    sheet: Card
    table: DeskTable
    empty: EmptyState
    message: InlineMessage
    leave_button: QPushButton
    undo_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        fill(self, "acts_dialog")
        self.resize(*_SIZE)
        self.table.set_columns(_COLUMNS, key=lambda act: act.batch.id, faded=lambda act: act.undone)
        self.empty.set_content(
            "clock-counter-clockwise",
            "Отменять пока нечего",
            "Здесь появятся загрузки списков и другие действия, которые меняют сразу многих.",
        )
        self.empty.hide()
        self.table.chosen.connect(self._ask)
        self.undo_button.clicked.connect(self._take_back)
        self.leave_button.clicked.connect(self.reject)
        self.undo_button.setEnabled(False)
        self.table.setFocus()
        self._reload()

    def _reload(self) -> None:
        workspace = self._desk.workspace

        def read() -> tuple[Sequence[Batch], Mapping[str, str]]:
            return batches.done(workspace, workspace.actor), users.names(workspace, workspace.actor)

        self._desk.run(read, owner=self, done=lambda found: self._show(*found), failed=self._failed)

    def _show(self, done: Sequence[Batch], names: Mapping[str, str]) -> None:
        self.table.set_rows([_Act(batch, " ".join(names.get(batch.actor, "—").split()[:2])) for batch in done])
        self.sheet.setVisible(bool(done))
        self.empty.setVisible(not done)
        self.undo_button.setVisible(bool(done))
        if self.table.row() is None:
            self.table.choose_first()

    def _ask(self, act: _Act | None) -> None:
        """Find out what taking back would do; the button waits for the answer."""
        self.undo_button.setEnabled(False)
        self.message.clear()
        if act is None:
            return
        if act.batch.undone_at is not None:
            self.message.say(f"Отменено {_moment(act.batch.undone_at)}.", Tone.OK)
            return
        workspace, batch = self._desk.workspace, act.batch.id
        self._desk.run(
            lambda: batches.outlook(workspace, workspace.actor, batch),
            owner=self,
            done=lambda outlook: self._tell(batch, outlook),
            failed=self._failed,
        )

    def _tell(self, batch: str, outlook: Outlook) -> None:
        act = self.table.row()
        if act is None or act.batch.id != batch:
            return
        self.undo_button.setEnabled(not outlook.refusal)
        if outlook.refusal:
            self.message.say(outlook.refusal, Tone.WARN)
        else:
            self.message.say(_consequences(outlook), icon="arrow-counter-clockwise")

    def _take_back(self) -> None:
        act = self.table.row()
        if act is None:
            return
        workspace, batch = self._desk.workspace, act.batch.id
        self.undo_button.setEnabled(False)
        self._desk.write(
            lambda: batches.take_back(workspace, workspace.actor, batch),
            owner=self,
            done=self._done,
            failed=self._failed,
        )

    def _done(self, batch: Batch) -> None:
        self.taken_back.emit(batch)
        self._reload()

    def _failed(self, error: ProfdeskError) -> None:
        self.message.say(error.message, Tone.BAD)


def _consequences(outlook: Outlook) -> str:
    parts = []
    if outlook.removed:
        gone = plural.counted(outlook.removed, "ученик исчезнет", "ученика исчезнут", "учеников исчезнут")
        parts.append(f"{gone} из списка")
    if outlook.restored:
        parts.append(f"у {plural.counted(outlook.restored, 'ученика', 'учеников', 'учеников')} вернутся прежние данные")
    if outlook.entries_removed:
        gone = plural.counted(outlook.entries_removed, "запись исчезнет", "записи исчезнут", "записей исчезнут")
        parts.append(f"{gone} из реестра")
    if outlook.entries_restored:
        parts.append(f"у {plural.counted(outlook.entries_restored, 'записи', 'записей', 'записей')} вернётся прежнее")
    return f"Если отменить: {', '.join(parts) or 'всё станет, как было до этого'}."


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone():%d.%m.%Y, %H:%M}"

"""The files of a pupil or of one cell of the class grid: added, opened, renamed, withdrawn and put back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain import plural
from profdesk.domain.access import Actor
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.evidence import Evidence
from profdesk.domain.rights import Right
from profdesk.domain.school_year import Period
from profdesk.errors import ProfdeskError
from profdesk.gui.common import evidence_rows, file_dialogs, file_opening, icons
from profdesk.gui.common.allowed import allow
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.evidence_rows import File, Place
from profdesk.gui.common.file_drop import FileDrop
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.task import Task
from profdesk.gui.common.tones import Tone
from profdesk.services import evidence
from profdesk.services.evidence import Added

if TYPE_CHECKING:
    from profdesk.services.workspaces import Workspace


class _Verb(Protocol):
    """Does something to a file by its id."""

    def __call__(self, workspace: Workspace, actor: Actor, evidence_id: str, /) -> tuple[Evidence, Changes]: ...


_SLOW_MS = 300
_TOLD = 3


class EvidenceList(QWidget):
    """Keeps itself up to date; says below the list what became of each act.

    Ins adds, Enter opens, F2 renames, Del withdraws; files may be dropped anywhere on it.
    """

    files_table: DeskTable
    files_nothing: QLabel
    files_progress: ProgressStrip
    files_message: InlineMessage
    files_naming: QWidget
    files_title: QLineEdit
    files_name_button: QPushButton
    files_add: QPushButton
    files_open: QPushButton
    files_rename: QPushButton
    files_withdraw: QPushButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fill(self, "evidence_list")
        self._desk: Desk | None = None
        self._place: Place | None = None
        self._task: Task | None = None
        self._withdrawn: Evidence | None = None
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self._slow.timeout.connect(lambda: self.files_progress.begin(self.tr("Добавляем файлы")))
        self.files_add.setIcon(icons.icon("paperclip"))
        self.files_table.hide()
        self.files_naming.hide()
        self.files_title.installEventFilter(self)
        self._connect()
        self._show_choice(None)

    def _connect(self) -> None:
        self.files_table.chosen.connect(self._show_choice)
        self.files_table.opened.connect(lambda _: self._open())
        self.files_add.clicked.connect(self._ask)
        self.files_open.clicked.connect(self._open)
        self.files_rename.clicked.connect(self._begin_naming)
        self.files_withdraw.clicked.connect(self._withdraw)
        self.files_name_button.clicked.connect(self._rename)
        self.files_title.returnPressed.connect(self._rename)
        self.files_message.acted.connect(self._put_back)
        self.files_progress.stop_pressed.connect(self._stop)
        for key, button in (("Ins", self.files_add), ("F2", self.files_rename), ("Del", self.files_withdraw)):
            home = self if button is self.files_add else self.files_table
            context = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence(key), home, context=context).activated.connect(button.click)

    def show_files(self, desk: Desk, pupil: str, competency: str | None, period: Period) -> None:
        """Show the files of a pupil's cell of a term, or (``competency`` None) all of the pupil's."""
        if self._desk is None:
            desk.changed.connect(self._take)
            if allow(desk, Right.PORTFOLIO_WRITE, self.files_add, self.files_rename, self.files_withdraw):
                FileDrop(self, (self.files_table, self.files_nothing)).dropped.connect(self.add)
            else:
                self.files_nothing.setText(self.tr("Файлов нет"))
        self._desk = desk
        self._place = Place(pupil, competency, period)
        self._withdrawn = None
        self.files_message.clear()
        self._end_naming()
        self.files_table.set_columns(evidence_rows.columns(self._place), key=lambda file: file.evidence.id)
        self._reload()

    def add(self, files: Sequence[Path]) -> None:
        """Keep files here; those that cannot be are told."""
        desk, place = self._desk, self._place
        if desk is None or place is None or self._task is not None or not files:
            return
        workspace = desk.workspace
        self._slow.start()
        self._task = desk.write(
            lambda progress: evidence.add(
                workspace, workspace.actor, place.pupil, place.competency, place.period, files, progress
            ),
            owner=self,
            done=partial(self._tell_added, place),
            failed=self._fail_to_add,
            progress=self.files_progress.report,
            stopped=self._end_adding,
        )

    # -- reading ---------------------------------------------------------------------------------

    def _take(self, changes: Changes) -> None:
        if changes.touches(Kind.EVIDENCE, Kind.PROGRAMME):
            self._reload()

    def _reload(self, choose: str = "") -> None:
        desk, place = self._desk, self._place
        if desk is None or place is None or not desk.is_open:
            return
        workspace, programme = desk.workspace, desk.programme
        desk.run(
            lambda: evidence_rows.read(workspace, programme, place),
            owner=self,
            done=partial(self._show, place, choose),
            failed=self._fail,
        )

    def _show(self, place: Place, choose: str, rows: Sequence[File]) -> None:
        if place != self._place:
            return
        had_focus = self.files_table.hasFocus()
        self.files_table.set_rows(rows)
        self.files_table.setVisible(bool(rows))
        self.files_nothing.setVisible(not rows)
        if choose:
            self.files_table.choose(choose)
        if self.files_table.row() is None:
            self.files_table.choose_first()
        self._show_choice(self.files_table.row())
        if had_focus and not rows:
            self.files_add.setFocus()

    def _show_choice(self, file: File | None) -> None:
        for button in (self.files_open, self.files_rename, self.files_withdraw):
            button.setVisible(file is not None)
        if file is None:
            self._end_naming()

    def _chosen(self) -> Evidence | None:
        file: File | None = self.files_table.row()
        return None if file is None else file.evidence

    # -- adding ----------------------------------------------------------------------------------

    def _ask(self) -> None:
        if self._task is None:
            self.add(file_dialogs.files_to_open(self, self.tr("Файлы, которые показывают работу ученика")))

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _end_adding(self) -> None:
        self._task = None
        self._slow.stop()
        self.files_progress.end()

    def _tell_added(self, place: Place, added: Added) -> None:
        self._end_adding()
        if place != self._place:
            return
        parts = []
        if added.kept and (added.refused or len(added.kept) > 1):
            parts.append(self.tr("Добавлено: {count}.").format(count=_counted(len(added.kept))))
        parts += added.refused[:_TOLD]
        if len(added.refused) > _TOLD:
            rest = _counted(len(added.refused) - _TOLD)
            parts.append(self.tr("Не добавлено ещё {count}.").format(count=rest))
        self._say(" ".join(parts), Tone.WARN if added.refused else Tone.OK)
        if added.kept:
            self._reload(added.kept[-1].id)
            self.files_table.setFocus()

    def _fail_to_add(self, error: ProfdeskError) -> None:
        self._end_adding()
        self._fail(error)

    # -- acts on one file ------------------------------------------------------------------------

    def _open(self) -> None:
        desk, chosen = self._desk, self._chosen()
        if desk is not None and chosen is not None:
            file_opening.open_evidence(desk, self, chosen.id, self._fail)

    def _begin_naming(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.files_message.clear()
            self.files_naming.show()
            self.files_title.setText(chosen.title)
            self.files_title.selectAll()
            self.files_title.setFocus()

    def _end_naming(self) -> None:
        if self.files_naming.isVisibleTo(self):
            self.files_table.setFocus()
            self.files_naming.hide()

    def _rename(self) -> None:
        chosen, title = self._chosen(), self.files_title.text()
        if chosen is not None and title.strip() != chosen.title:
            self._write(partial(evidence.rename, title=title), chosen, lambda _: self._end_naming())
        else:
            self._end_naming()

    def _withdraw(self) -> None:
        self._write(evidence.withdraw, self._chosen(), self._tell_withdrawn)

    def _tell_withdrawn(self, withdrawn: Evidence) -> None:
        words = self.tr("Файл «{title}» убран.").format(title=withdrawn.title)
        self._say(words, Tone.INFO, self.tr("Вернуть"))
        self._withdrawn = withdrawn

    def _put_back(self) -> None:
        withdrawn = self._withdrawn
        self._say("")
        self._write(evidence.put_back, withdrawn, lambda back: self._reload(back.id))

    def _write(self, verb: _Verb, one: Evidence | None, done: Callable[[Evidence], None]) -> None:
        if self._desk is not None and one is not None:
            workspace, which = self._desk.workspace, one.id
            self._desk.write(lambda: verb(workspace, workspace.actor, which), owner=self, done=done, failed=self._fail)

    # -- telling ---------------------------------------------------------------------------------

    def _fail(self, error: ProfdeskError) -> None:
        self._say(error.message, Tone.BAD)

    def _say(self, words: str, tone: Tone = Tone.INFO, action: str = "") -> None:
        self._withdrawn = None
        if words:
            self.files_message.say(words, tone, action)
        else:
            self.files_message.clear()

    # -- keys ------------------------------------------------------------------------------------

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the field of a title leaves the title as it is."""
        escapes = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escapes and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self._end_naming()
            return True
        return super().eventFilter(watched, event)


def _counted(number: int) -> str:
    return plural.counted(number, "файл", "файла", "файлов")

"""What is done to pupils from the list: the dialogs, the writing, and the steps that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog

from profdesk.domain.batch import Step
from profdesk.domain.duplicates import Pair
from profdesk.domain.pupil_entry import PupilEntry
from profdesk.domain.rights import Right
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.allowed import allow
from profdesk.gui.common.consents_dialog import ask_consents
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.steps import Steps
from profdesk.gui.common.tones import Tone
from profdesk.gui.pupils import reading
from profdesk.gui.pupils.leave_dialog import LeaveDialog
from profdesk.gui.pupils.list_view import ListView
from profdesk.gui.pupils.merge_dialog import MergeDialog
from profdesk.gui.pupils.move_dialog import MoveDialog
from profdesk.gui.pupils.pupil_dialog import PupilDialog
from profdesk.gui.pupils.take_dialog import TakeDialog
from profdesk.services import pupils

_TWO = 2


class PupilActs(QObject):
    """Joins the verbs of the list with its buttons and keys; ``wanted_existing`` gives the id of a pupil."""

    wanted_existing = Signal(str)

    def __init__(self, desk: Desk, view: ListView) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view
        self._unfinished: PupilEntry | None = None
        self.dialog: QDialog | None = None
        self.steps = Steps(desk, self)
        self.steps.turned.connect(self._turned)
        self.steps.failed.connect(self._failed)
        self._edit = self._action("Изменить", "F2", self.edit)
        self._move = self._action("Перевести…", "F6", self.move)
        self._leave = self._action("Отметить выбытие…", "F8", self.leave)
        self._back = self._action("Вернуть в класс", "Shift+F8", self.bring_back)
        self._compare = view.table.addAction("Сравнить и объединить…")
        self._compare.triggered.connect(self._compare_selected)
        view.table.addAction("Скопировать\tCtrl+C").triggered.connect(view.table.copy_selected)
        new = QShortcut(QKeySequence(QKeySequence.StandardKey.New), view, self.add)
        view.add_button.clicked.connect(self.add)
        view.empty.quiet.clicked.connect(self.add)
        view.edit_button.clicked.connect(self.edit)
        view.move_button.clicked.connect(self.move)
        view.leave_button.clicked.connect(lambda: self.bring_back() if self._back.isVisible() else self.leave())
        view.selection_changed.connect(self._offer)
        view.doubles.acted.connect(lambda: self.compare(view.reading.doubles))
        verbs = (new, self._edit, self._move, self._leave, self._back, self._compare)
        buttons = (view.add_button, view.edit_button, view.move_button, view.leave_button)
        allow(desk, Right.PUPILS_WRITE, *verbs, *buttons)
        self._offer()

    # -- verbs -----------------------------------------------------------------------------------

    def add(self) -> None:
        """Ask for a new pupil, in the class chosen in the tree; what was left unwritten is still there."""
        group = self._view.group
        chosen = PupilEntry("", "", "", "", None, group.name.title if group else "")
        dialog = PupilDialog(self._view, self._desk, self._view.reading, self._unfinished or chosen)
        dialog.accepted.connect(lambda: self._keep(None))
        dialog.rejected.connect(lambda: self._keep(dialog.entry))
        self._open_form(dialog)

    def edit(self) -> None:
        """Change what is written of the selected pupil."""
        rows = self._view.selected()
        if len(rows) == 1:
            pupil = rows[0].pupil
            self._open_form(PupilDialog(self._view, self._desk, self._view.reading, PupilEntry.of(pupil), pupil))

    def move(self) -> None:
        """Ask for the class the selected pupils go to."""
        rows = self._view.selected()
        if rows:
            dialog = MoveDialog(self._view, self._desk, self._view.reading, rows)
            dialog.saved.connect(self._written)
            self._open(dialog)

    def take(self) -> None:
        """Ask for the file of a pupil from another organisation, and show what is in it."""
        path = file_dialogs.file_to_open(self._view, "Принять из другой организации", file_dialogs.PUPIL_FILE)
        if path is not None:
            dialog = TakeDialog(self._view, self._desk, self._view.reading, path)
            dialog.saved.connect(self._written)
            self._open(dialog)

    def leave(self) -> None:
        """Ask since when and why those of the selected who attend are gone."""
        rows = [row for row in self._view.selected() if row.pupil.attends]
        if rows:
            dialog = LeaveDialog(self._view, self._desk, self._view.reading.year, rows)
            dialog.saved.connect(self._written)
            self._open(dialog)

    def bring_back(self) -> None:
        """Put those of the selected who left this year back into their classes."""
        ids = [row.pupil.id for row in self._view.selected() if row.pupil.leave]
        if ids:
            workspace, actor, year = self._desk.workspace, self._desk.actor, self._view.reading.year
            self._desk.write(
                lambda: pupils.bring_back(workspace, actor, ids, year),
                owner=self,
                done=self._written,
                failed=self._failed,
            )

    def compare(self, pairs: Sequence[Pair]) -> None:
        """Compare those who may be one child, to make them one or to tell them apart."""
        if pairs:
            dialog = MergeDialog(self._view, self._desk, self._view.reading.year, pairs)
            dialog.saved.connect(self._written)
            dialog.told_apart.connect(self._told_apart)
            self._open(dialog)

    def consents(self) -> None:
        """Ask for the consents of the parents of those selected who are in a class and lack one."""
        ids = [row.pupil.id for row in self._view.selected() if row.pupil.attends]
        if ids:
            ask_consents(self._view, self._desk, ids, self._written, self._tell_nobody)

    # -- inside ----------------------------------------------------------------------------------

    def _tell_nobody(self) -> None:
        self._view.say("Согласия есть у всех выбранных.")

    def _action(self, words: str, key: str, verb: Callable[[], None]) -> QAction:
        """A verb of the selected rows, by its key anywhere in the list and in the table's menu."""
        action = QAction(words, self._view)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _: verb())
        self._view.addAction(action)
        self._view.table.addAction(action)
        return action

    def _offer(self) -> None:
        """Offer what can be done to the selected; the buttons tell how many that is."""
        rows = self._view.selected()
        here = sum(row.pupil.attends for row in rows)
        gone = sum(row.pupil.leave is not None for row in rows)
        self._edit.setEnabled(len(rows) == 1)
        self._compare.setVisible(len(rows) == _TWO)
        self._move.setEnabled(bool(rows))
        self._leave.setVisible(not gone)
        self._leave.setEnabled(bool(here) and not gone)
        self._back.setVisible(bool(gone))
        self._view.edit_button.setEnabled(len(rows) == 1)
        self._view.move_button.setEnabled(bool(rows))
        self._view.move_button.setText(f"Перевести {len(rows)}…" if len(rows) > 1 else "Перевести…")
        self._view.leave_button.setEnabled(bool(here or gone))
        some = gone or here
        several = f" {some}" if some > 1 else ""
        self._view.leave_button.setText(f"Вернуть в класс{several}" if gone else f"Отметить выбытие{several}…")

    def _compare_selected(self) -> None:
        rows = self._view.selected()
        if len(rows) == _TWO:
            self.compare([(rows[0].pupil, rows[1].pupil)])

    def _told_apart(self, pair: Pair) -> None:
        reading.tell_apart(pair)
        self._view.reload()

    def _keep(self, entry: PupilEntry | None) -> None:
        """What was typed of a new pupil and not written is kept for the next time."""
        typed = entry and (entry.surname, entry.given, entry.patronymic, entry.birth_date)
        self._unfinished = entry if typed and any(typed) else None

    def _open_form(self, dialog: PupilDialog) -> None:
        dialog.saved.connect(self._written)
        dialog.wanted_existing.connect(partial(self._open_existing, dialog))
        self._view.shown.connect(dialog.renew)
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(lambda _: self._closed(dialog))
        dialog.open()

    def _closed(self, dialog: QDialog) -> None:
        self.dialog = None
        dialog.deleteLater()
        self._view.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_existing(self, dialog: QDialog, pupil_id: str) -> None:
        dialog.reject()
        self.wanted_existing.emit(pupil_id)

    def _written(self, step: Step) -> None:
        self.steps.add(step)
        self._view.message.clear()
        self._view.follow(step, f"{step.words[:1].upper()}{step.words[1:]}.")

    def _turned(self, step: Step, undone: bool) -> None:
        self._view.follow(step, f"{'Отменено' if undone else 'Сделано снова'}: {step.words}.")

    def _failed(self, error: ProfdeskError) -> None:
        self._view.say(error.message, Tone.WARN)

"""The page «Журнал действий»: who did what to whom, what it changed, whether the journal is whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain import audit_words
from profdesk.domain.audit import Act, Area, Chain, Wanted
from profdesk.domain.changes import Changes
from profdesk.domain.plural import counted
from profdesk.domain.rights import Right
from profdesk.errors import ProfdeskError
from profdesk.gui.audit.choices import PERIODS, PupilChoice, period
from profdesk.gui.audit.rows import CHANGES, by_day, columns, rows
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.allowed import allow
from profdesk.gui.common.card import Card
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.page import Page, Status, saved_at
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.task import Task
from profdesk.gui.common.tones import Tone
from profdesk.services import audit, pupils
from profdesk.services.audit import Detail, Reading


class AuditPage(Page):
    """Reads the journal anew whenever it is shown or another choice is made; nothing here can be changed."""

    name = "audit"
    title = "Журнал действий"
    icon = "clipboard-text"
    under = "settings"
    help = (
        ("Ctrl+F", "найти ученика"),
        ("F5", "проверить, цел ли журнал"),
        ("Ctrl+S", "выгрузить показанное"),
        ("Ctrl+C", "скопировать строку"),
        ("Esc", "вернуться"),
    )

    header: PageHeader
    check_button: QPushButton
    export_button: QPushButton
    filters: QWidget
    period: QComboBox
    who: QComboBox
    area: QComboBox
    pupil: QLineEdit
    body: QWidget
    sheet: Card
    table: DeskTable
    card: Card
    act_title: QLabel
    act_about: QLabel
    changes: DeskTable
    foot: QWidget
    count: QLabel
    more_button: QPushButton
    progress: ProgressStrip
    message: InlineMessage
    empty: EmptyState

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "audit_page")
        self._reading: Reading | None = None
        self._task: Task | None = None
        self.header.show_back()
        for title, code in PERIODS:
            self.period.addItem(title, code)
        self.period.setCurrentIndex(1)
        self.who.addItem("Все, кто работает", None)
        self.area.addItem("Всё, что делали", None)
        for one in Area:
            self.area.addItem(one.label, one.value)
        self._pupil = PupilChoice(self.pupil)
        self.changes.set_columns(CHANGES)
        self.empty.set_content(
            "clipboard-text", "За это время ничего не делали", "Выберите другое время, человека или ученика."
        )
        for part in (self.body, self.foot, self.empty):
            part.hide()
        self._connect()

    def _connect(self) -> None:
        self.header.back_pressed.connect(self.left)
        for box in (self.period, self.who, self.area):
            box.activated.connect(lambda _: self._read())
        self._pupil.changed.connect(self._read)
        allow(self.desk, Right.PUPILS_READ, self.pupil)
        self.table.chosen.connect(self._show_act)
        self.more_button.clicked.connect(self._read_more)
        self.check_button.clicked.connect(self._check)
        self.export_button.clicked.connect(self._export)
        self.progress.stop_pressed.connect(self._stop)
        for key, act in (("F5", self._check), ("Ctrl+S", self._export), ("Esc", self.left.emit)):
            QShortcut(QKeySequence(key), self).activated.connect(act)

    @override
    def activate(self) -> None:
        workspace, year = self.desk.workspace, self.desk.organisation.period.year
        if self.desk.may(Right.PUPILS_READ):
            self._pupil.offer(lambda: pupils.pupils(workspace, workspace.actor, year), self.desk)
        self._read()

    @override
    def on_changes(self, changes: Changes) -> None:
        if self.isVisible() and changes.batch is not None:
            self._read()

    @override
    def search(self) -> None:
        self.pupil.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.pupil.selectAll()

    @override
    def status(self) -> Status:
        return replace(saved_at(self.desk.saved_at), keys=(("F5", "проверить журнал"), ("Ctrl+S", "выгрузить")))

    # -- reading ---------------------------------------------------------------------------------

    def _wanted(self) -> Wanted:
        since, until = period(self.period.currentData(), pupils.today(), self.desk.organisation.period.year)
        area = self.area.currentData()
        return Wanted(self.who.currentData(), self._pupil.chosen, Area(area) if area else None, since, until)

    def _read(self) -> None:
        workspace, wanted = self.desk.workspace, self._wanted()
        self.desk.run(
            lambda: audit.acts(workspace, workspace.actor, wanted),
            owner=self,
            done=lambda found: self._show(found, []),
            failed=self._fail,
        )

    def _read_more(self) -> None:
        if self._reading is None:
            return
        workspace, wanted, there = self.desk.workspace, self._wanted(), list(self._reading.acts)
        self.more_button.setEnabled(False)
        self.desk.run(
            lambda: audit.acts(workspace, workspace.actor, wanted, there[-1].reading),
            owner=self,
            done=lambda found: self._show(found, there),
            failed=self._fail,
        )

    def _show(self, found: Reading, there: Sequence[Act]) -> None:
        former = self._reading.pupils if self._reading and there else {}
        self._reading = replace(found, acts=[*there, *found.acts], pupils={**former, **found.pupils})
        self._offer_people(found)
        self.table.set_columns(columns(self._reading), key=lambda act: (act.batch, act.psy))
        self.table.set_rows(by_day(self._reading.acts))
        some = bool(self._reading.acts)
        for part in (self.body, self.foot):
            part.setVisible(some)
        self.export_button.setEnabled(some)
        self.empty.setVisible(not some)
        self.more_button.setVisible(found.more)
        self.more_button.setEnabled(True)
        shown = counted(len(self._reading.acts), "действие", "действия", "действий")
        self.count.setText(f"Показано {shown}, есть более ранние" if found.more else shown)
        if self.table.row() is None:
            self.table.choose_first()
            self.table.scrollToTop()
        focused = QApplication.focusWidget()
        if focused is None or not self.filters.isAncestorOf(focused):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_people(self, found: Reading) -> None:
        """Everybody who works or worked here, the chosen one staying so."""
        chosen = self.who.currentData()
        with QSignalBlocker(self.who):
            while self.who.count() > 1:
                self.who.removeItem(1)
            for user, name in sorted(found.users.items(), key=lambda pair: pair[1]):
                self.who.addItem(name, user)
            self.who.setCurrentIndex(max(0, self.who.findData(chosen)))

    def _show_act(self, act: Act | None) -> None:
        self.changes.set_rows([])
        if act is None or self._reading is None:
            return
        self.act_title.setText(audit_words.what(act).partition(";")[0])
        self.act_about.setText(f"{self._reading.who(act)}, {act.at.astimezone():%d.%m.%Y, %H:%M:%S}")
        workspace = self.desk.workspace
        self.desk.run(
            lambda: audit.details(workspace, workspace.actor, act),
            owner=self,
            done=partial(self._show_details, act),
            failed=self._fail,
        )

    def _show_details(self, act: Act, found: Sequence[Detail]) -> None:
        if self.table.row() is act:
            shown = rows(found, act.operations)
            self.changes.set_rows(shown)
            self.changes.setVisible(bool(shown))

    # -- checking and writing out ----------------------------------------------------------------

    def _check(self) -> None:
        workspace = self.desk.workspace
        self.check_button.setEnabled(False)
        self.message.clear()
        self.progress.begin("Записи журнала")
        self._task = self.desk.run(
            lambda report: audit.check(workspace, workspace.actor, report),
            owner=self,
            done=self._tell_check,
            failed=self._fail,
            progress=self.progress.report,
            stopped=self._end,
        )

    def _tell_check(self, chains: Sequence[Chain]) -> None:
        self._end()
        broken = any(chain.broken_at is not None for chain in chains)
        words = " ".join(chain.told for chain in chains)
        advice = " Найдите копию, где он цел: «Настройки», «Копии»." if broken else ""
        self.message.say(words + advice, Tone.BAD if broken else Tone.OK, "Скрыть")

    def _export(self) -> None:
        if not self.export_button.isEnabled():
            return
        target = file_dialogs.file_to_save(self, "Выгрузить журнал", "Журнал действий.xlsx", file_dialogs.XLSX)
        if target is None:
            return
        workspace, wanted = self.desk.workspace, self._wanted()
        self.progress.begin("Действия")
        self._task = self.desk.write(
            lambda report: audit.export(workspace, workspace.actor, wanted, target, report),
            owner=self,
            done=lambda number: self._tell_export(number, target.name),
            failed=self._fail,
            progress=self.progress.report,
            stopped=self._end,
        )

    def _tell_export(self, number: int, name: str) -> None:
        self._end()
        written = counted(number, "действие", "действия", "действий")
        self.message.say(f"В файл «{name}» выгружено {written}.", Tone.OK, "Скрыть")

    def _end(self) -> None:
        self.progress.end()
        self.check_button.setEnabled(True)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _fail(self, error: ProfdeskError) -> None:
        self._end()
        self.message.say(error.message, Tone.BAD, "Скрыть")

"""The page «Перевод на новый год»: the plan of the roll-over, changed until it is right, then written at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain import group_names, pupil_entry
from profdesk.domain.batch import Batch
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.people import GroupName
from profdesk.domain.rollover import Line, RolloverPlan, Step
from profdesk.domain.rollover_plan import unfit
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.card import Card
from profdesk.gui.common.count_filter import CountFilter
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.page import Page, Status, saved_at
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.search import SearchField
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.task import Task
from profdesk.gui.common.tones import Tone
from profdesk.gui.rollover import rows, words
from profdesk.gui.rollover.choice import ChoiceCard
from profdesk.gui.rollover.draft import Draft
from profdesk.gui.rollover.lines import RolloverLines
from profdesk.gui.rollover.words import Offer, Said
from profdesk.services import batches, rollover
from profdesk.services.rollover import Preview, Rolled


class RolloverPage(Page):
    """Nothing is written before the primary is pressed; until then Ctrl+Z takes marks back, after it the whole act."""

    name = "rollover"
    title = "Перевод на новый год"
    icon = "arrow-fat-line-up"
    under = "pupils"
    help = (
        ("П, В, О, Б", "переходит, выпускается, остаётся на второй год, выбывает"),
        ("Р", "решить позже: сейчас ничего не записывать"),
        ("Пробел", "следующий вариант"),
        ("Shift+буква", "то же для всего класса"),
        ("Shift+↓, Ctrl+A", "выбрать нескольких, всех"),
        ("Enter, F6", "выбрать класс ученика"),
        ("Shift+F6", "выбрать класс для всего класса: переименовать, объединить"),
        ("Ctrl+Enter", "перевести"),
        ("Ctrl+Z", "отменить отметку, а после перевода весь перевод"),
        ("Ctrl+F", "найти ученика или класс"),
        ("Esc", "вернуться"),
    )

    header: PageHeader
    year: QComboBox
    leavers_button: QPushButton
    move_button: QPushButton
    bar: QWidget
    all_filter: CountFilter
    move_filter: CountFilter
    graduate_filter: CountFilter
    stay_filter: CountFilter
    leave_filter: CountFilter
    undecided_filter: CountFilter
    done_filter: CountFilter
    search_field: SearchField
    content: QWidget
    sheet: Card
    table: DeskTable
    choice: ChoiceCard
    outcomes: DeskTable
    empty: EmptyState
    progress: ProgressStrip
    message: InlineMessage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._draft: Draft | None = None
        self._wanted: SchoolYear | None = None
        self._told: Said | None = None
        self._said = Said("")
        self._fresh_act = ""
        self._file = Path()
        self._task: Task | None = None
        self._stale = True
        fill(self, "rollover_page")
        filters = {
            "": self.all_filter,
            Step.MOVE: self.move_filter,
            Step.GRADUATE: self.graduate_filter,
            Step.STAY: self.stay_filter,
            Step.LEAVE: self.leave_filter,
            Step.UNDECIDED: self.undecided_filter,
            rows.DONE: self.done_filter,
        }
        self.lines = RolloverLines(self.table, filters, self.search_field)
        self.header.show_back()
        self.empty.set_buttons("К обучающимся")
        self.empty.hide()
        for before, after in pairwise((self.table, *self.choice.stops, self.outcomes)):
            self.setTabOrder(before, after)
        self._connect()

    def _connect(self) -> None:
        self.header.back_pressed.connect(self._leave)
        self.empty.primary.clicked.connect(self.left)
        self.year.activated.connect(self._choose_year)
        self.lines.chosen.connect(self._show_choice)
        self.lines.marked.connect(self._mark)
        self.choice.marked.connect(lambda step: self._mark(step, False))
        self.choice.sent.connect(lambda typed: self._send(typed, of_class=False))
        self.choice.class_sent.connect(lambda typed: self._send(typed, of_class=True))
        self.choice.forsaken.connect(self._show_choice)
        self.table.opened.connect(lambda _: self.choice.edit(of_class=False))
        self.leavers_button.clicked.connect(self._save_leavers)
        self.move_button.clicked.connect(self._move)
        self.progress.stop_pressed.connect(self._stop)
        self.message.acted.connect(self._do_offered)
        keys: dict[str, Callable[[], object]] = {
            "Esc": self._leave,
            "F6": lambda: self.choice.edit(of_class=False),
            "Shift+F6": lambda: self.choice.edit(of_class=True),
            "Ctrl+Return": lambda: None if self.choice.is_typing else self.move_button.click(),
        }
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self, act)

    # -- what the window asks --------------------------------------------------------------------

    @override
    def activate(self) -> None:
        if self._stale:
            self._stale = False
            self._read()

    @override
    def on_changes(self, changes: Changes) -> None:
        if changes.touches(Kind.PUPILS, Kind.GROUPS, Kind.ORGANISATION, Kind.PROGRAMME, Kind.BATCHES):
            self._stale = True
            if self.isVisible():
                self.activate()

    @override
    def search(self) -> None:
        self.search_field.take_focus()

    @override
    def undo(self) -> None:
        """Take back the last mark, or the roll-over itself if it was done just now."""
        if self._task is not None or self._draft is None:
            return
        if self._draft.undo():
            self._show_plan()
        elif self._undoable:
            self._take_back()

    @override
    def status(self) -> Status:
        keys = (("Пробел", "следующий вариант"), ("Enter", "класс"), ("Ctrl+Enter", "перевести"))
        if self._draft is not None and self._undoable and not self._draft.next_undo:
            undo = f"перевод на {self._draft.plan.year.next.title} учебный год"
            return replace(saved_at(self.desk.saved_at), undo=undo, keys=keys)
        return Status("Ничего ещё не записано", undo=self._draft.next_undo if self._draft else "", keys=keys)

    @property
    def _undoable(self) -> bool:
        act = self._draft.preview.act if self._draft else None
        return act is not None and act.id == self._fresh_act

    # -- reading ---------------------------------------------------------------------------------

    def _read(self) -> None:
        workspace, year = self.desk.workspace, self._wanted
        self.move_button.setEnabled(False)
        self.desk.run(
            lambda: rollover.preview(workspace, workspace.actor, year),
            owner=self,
            done=self._show,
            failed=self._failed,
        )

    def _show(self, preview: Preview) -> None:
        afresh = self._draft is None or self._draft.plan.year != preview.plan.year
        if self._draft is None or afresh:
            self._draft = Draft(preview)
            self._told = None
            self.outcomes.set_columns(rows.outcome_columns(preview.plan), key=lambda one: one.name)
        else:
            self._draft.renew(preview)
        self._show_years(preview.plan.year.next)
        self._show_emptiness(preview.plan)
        self._show_plan(afresh=afresh)
        if afresh and self.isVisible():
            self.table.setFocus()

    def _show_years(self, chosen: SchoolYear) -> None:
        current = self.desk.organisation.period.year
        offered = list(dict.fromkeys((current.next, current, chosen)))
        with QSignalBlocker(self.year):
            self.year.clear()
            for year in offered:
                self.year.addItem(f"на {year.title} учебный год", year.previous)
            self.year.setCurrentIndex(offered.index(chosen))

    def _show_emptiness(self, plan: RolloverPlan) -> None:
        there = bool(plan.lines)
        for part in (self.bar, self.content, self.move_button):
            part.setVisible(there)
        self.empty.setVisible(not there)
        self.empty.set_content(
            "arrow-fat-line-up",
            f"В {plan.year.title} учебном году переводить некого",
            "Загрузите список классов этого года или выберите другой год.",
        )

    def _choose_year(self, _index: int) -> None:
        self._wanted = self.year.currentData()
        self._read()

    # -- the plan --------------------------------------------------------------------------------

    def _show_plan(self, *, afresh: bool = False) -> None:
        if self._draft is None:
            return
        plan = self._draft.plan
        self.header.set_second(rows.facts(plan) if plan.lines else "")
        self.outcomes.set_rows(rows.outcomes(plan))
        self.lines.show_plan(plan, self.desk.programme, afresh=afresh)
        self.leavers_button.setVisible(any(line.leaves_kindergarten for line in plan.lines))
        self._show_choice()
        verb = words.verb(self._draft)
        self.move_button.setText(verb or "Переводить некого")
        self.move_button.setEnabled(bool(verb) and not self._draft.asks)
        self._say(self._told or words.of_draft(self._draft))
        self.status_changed.emit()

    def _show_choice(self) -> None:
        if self._draft is not None:
            self.choice.show_lines(self.lines.selected(), self._draft.plan)

    def _say(self, said: Said) -> None:
        self._said = said
        if self._draft is not None and self._draft.plan.lines:
            self.message.say(said.sentence, said.tone, said.offer)
        else:
            self.message.clear()

    def _mark(self, step: Step | None, whole_class: bool) -> None:
        lines, draft = self.lines.selected(), self._draft
        if draft is None or not lines:
            return
        self._changed(draft.mark(draft.whole(lines) if whole_class else lines, step or lines[0].following))

    def _send(self, typed: str, *, of_class: bool) -> None:
        lines, draft = [line for line in self.lines.selected() if not line.done], self._draft
        if draft is None or not lines or not typed.strip():
            return
        target = pupil_entry.read_group(typed, [outcome.name for outcome in draft.plan.outcomes()])
        wrong = self._wrong(lines, target, typed)
        if target is None or wrong:
            self.choice.complain(wrong, of_class=of_class)
            return
        self._changed(draft.send_class(lines[0].group.id, target) if of_class else draft.send(lines, target))
        self.table.setFocus()

    def _changed(self, changed: bool) -> None:
        if changed:
            self._told = None
            self._show_plan()
        else:
            self._show_choice()

    def _wrong(self, lines: Sequence[Line], target: GroupName | None, typed: str) -> str:
        """Why pupils cannot be in the class that was typed."""
        if target is None:
            return group_names.problem(typed)
        programme, kind = self.desk.programme, self.desk.organisation.kind
        return next((said for line in lines if (said := unfit(programme, kind, line.group.name, target))), "")

    # -- writing ---------------------------------------------------------------------------------

    def _move(self) -> None:
        if self._draft is None or self._task is not None:
            return
        workspace, actor, plan = self.desk.workspace, self.desk.actor, self._draft.plan
        self._wanted = plan.year
        self._set_busy(busy=True)
        self._task = self.desk.write(
            lambda report: rollover.apply(workspace, actor, plan, report),
            owner=self,
            done=lambda rolled: self._moved(rolled, plan),
            failed=self._failed,
            progress=self.progress.report,
            stopped=lambda: self._ended(Said("Остановлено. Ничего не записано.", Tone.WARN)),
        )

    def _moved(self, rolled: Rolled, plan: RolloverPlan) -> None:
        self._fresh_act = rolled.batch or ""
        self._ended(words.done(rolled, plan))

    def _take_back(self) -> None:
        act = self._draft.preview.act if self._draft else None
        if act is None or self._task is not None:
            return
        workspace, actor = self.desk.workspace, self.desk.actor
        self._wanted = act.year.previous
        self._set_busy(busy=True)
        self._task = self.desk.write(
            lambda: batches.take_back(workspace, actor, act.id),
            owner=self,
            done=self._taken_back,
            failed=self._failed,
        )

    def _taken_back(self, act: Batch) -> None:
        self._ended(Said(f"Отменено: {act.title}. Ваши отметки остались в плане.", Tone.OK))

    def _ended(self, said: Said) -> None:
        self._set_busy(busy=False)
        self._told = said
        self._show_plan()
        self.table.setFocus()

    def _failed(self, error: ProfdeskError) -> None:
        self._ended(Said(error.message, Tone.BAD))

    def _set_busy(self, *, busy: bool) -> None:
        if busy:
            self.message.clear()
            self.progress.begin("Переводим учеников")
            self.progress.button.setFocus()
        else:
            self._task = None
            self.progress.end()
        for part in (self.header, self.bar, self.content):
            part.setEnabled(not busy)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    # -- going on --------------------------------------------------------------------------------

    def _do_offered(self) -> None:
        if self._said.offer is Offer.BEGIN and self._draft is not None:
            self._draft.sure = True
            self._show_plan()
            self.move_button.setFocus()
        elif self._said.offer is Offer.TAKE_BACK:
            self._take_back()
        elif self._said.offer is Offer.OPEN:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file)))

    def _save_leavers(self) -> None:
        if self._draft is None:
            return
        workspace, plan = self.desk.workspace, self._draft.plan
        name = f"Выпускники {plan.year.title.replace('/', '-')}.xlsx"
        path = file_dialogs.file_to_save(self, "Список выпускников", name, file_dialogs.TABLES)
        if path is not None:
            self.desk.run(
                lambda: rollover.save_leavers(workspace, workspace.actor, plan, path),
                owner=self,
                done=lambda _: self._saved(path),
                failed=lambda error: self._say(Said(error.message, Tone.BAD)),
            )

    def _saved(self, path: Path) -> None:
        self._file = path
        self._say(Said(f"Сохранено: {path}. Школа загрузит этот файл как список класса.", Tone.OK, Offer.OPEN))

    def _leave(self) -> None:
        """Go back; from a field first to the pupils, and not while anything is written."""
        if self.choice.is_typing:
            self.table.setFocus()
        elif self._task is None:
            self.left.emit()

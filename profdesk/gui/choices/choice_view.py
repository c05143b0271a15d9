"""The view «Выбор»: the pupils of a class at left, every fact for the choice of the one among them at right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain import choice_facts, choices
from profdesk.domain.batch import Step
from profdesk.domain.changes import Kind
from profdesk.domain.choice_facts import Facts
from profdesk.domain.people import Group, fold
from profdesk.domain.register import Register, Values
from profdesk.domain.registers_of_pupils import PROFILE_CHOICES, PROFILE_STUDIES, PUPIL
from profdesk.domain.rights import Right
from profdesk.gui.choices import rows
from profdesk.gui.choices.choice_card import ChoiceCard
from profdesk.gui.choices.facts_board import FactsBoard
from profdesk.gui.choices.rows import PupilRow
from profdesk.gui.common import class_choice
from profdesk.gui.common.allowed import allow
from profdesk.gui.common.card import Card
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.entry_dialog import EntryStep
from profdesk.gui.common.entry_verbs import EntryVerbs
from profdesk.gui.common.forms import fill
from profdesk.gui.common.nobody import say_nobody
from profdesk.gui.common.page import Status, saved_at
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.search import SearchField, SearchKeys
from profdesk.gui.common.segmented import Segmented
from profdesk.gui.common.steps import Steps
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.task import Task
from profdesk.gui.common.tones import Tone
from profdesk.gui.common.view import RecordsView
from profdesk.services import choices as verbs
from profdesk.services import pupils
from profdesk.services.choices import ClassChoices

_NOBODY = "Профиль выбирают в 8–9 классах, профессию в 8–11."
_REASSURANCE = (
    ("Все факты рядом", "Портфолио, выводы психолога, пробы, достижения и желание на одном экране и на одном листе."),
    ("Решают люди", "Программа ничего не советует, она хранит, что выбрано, почему и кто так считает."),
    ("Передумать можно", "Новый выбор прежнего не стирает: видно, как он менялся."),
)


@dataclass(frozen=True)
class ChoiceTools:
    """What the view has in the header of the page."""

    group: QComboBox
    subject: Segmented
    print_button: QPushButton
    add_button: QPushButton


class ChoiceView(RecordsView):
    """Reads a class at once and the facts of the chosen pupil; what is written is an entry of a register."""

    kinds = set(Kind) - {Kind.SUMMARIES, Kind.KEYS, Kind.CERTIFICATES, Kind.DESIGNS, Kind.EVIDENCE}

    wanted_card = Signal(str)
    """The id of a pupil."""
    wanted_pupils = Signal()

    content: QWidget
    list_card: Card
    search_field: SearchField
    table: DeskTable
    count: QLabel
    all_button: QPushButton
    side: QWidget
    name: QLabel
    about: QLabel
    card_button: QPushButton
    choice: ChoiceCard
    board: FactsBoard
    empty: EmptyState

    def __init__(self, desk: Desk, tools: ChoiceTools) -> None:
        super().__init__(desk)
        fill(self, "choices_choice")
        self.tools = tools
        self.facts: Facts | None = None
        self.acts = EntryVerbs(desk, self)
        self._found: ClassChoices | None = None
        self._front = True
        self._reading: Task | None = None
        self._group: str | None = None
        self._asked: Register | None = None
        self.table.set_columns(rows.COLUMNS, key=lambda row: row.pupil.id)
        self.tools.subject.set_choices([(one.code, choices.SHORT[one.code]) for one in choices.asked(None)])
        say_nobody(desk, self.empty, "path", "Выбирать пока некому", _NOBODY, "Загрузить список класса", _REASSURANCE)
        self.empty.hide()
        self.content.hide()
        self.side.hide()
        self._connect()

    def _connect(self) -> None:
        self.tools.group.activated.connect(lambda _: self._choose_group())
        self.tools.subject.chosen.connect(lambda _: self._show_subject())
        self.tools.add_button.clicked.connect(self.add)
        self.all_button.clicked.connect(self.study_as_chosen)
        self.tools.print_button.clicked.connect(self.print)
        self.tools.print_button.setShortcut("Ctrl+P")
        self.search_field.searched.connect(lambda _: self._filter())
        SearchKeys(self.search_field, self.table).entered.connect(self.table.setFocus)
        self.table.chosen.connect(self._show_pupil)
        self.table.opened.connect(lambda _: self.edit())
        self.choice.edit_button.clicked.connect(self.edit)
        self.choice.withdraw_button.clicked.connect(self.withdraw)
        self.card_button.clicked.connect(self._open_card)
        self.empty.primary.clicked.connect(self.wanted_pupils)
        self.acts.written.connect(lambda _: self.message.clear())
        self.acts.withdrawn.connect(self._tell_withdrawn)
        self.acts.kept.connect(lambda error, _: self.fail(error))
        self.acts.failed.connect(self.fail)
        self.acts.closed.connect(self.table.setFocus)
        self.watch_steps()
        for key, act in (
            ("Ctrl+N", self.tools.add_button.click),
            ("F2", self.edit),
            ("Ctrl+K", self._open_card),
            ("Alt+Down", partial(self._step, 1)),
            ("Alt+Up", partial(self._step, -1)),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(act)
        here = Qt.ShortcutContext.WidgetShortcut
        QShortcut(QKeySequence("Del"), self.table, context=here).activated.connect(self.choice.withdraw_button.click)
        writing = (self.tools.add_button, self.all_button, self.choice.edit_button, self.choice.withdraw_button)
        allow(self.desk, Right.CHOICES_WRITE, *writing)

    # -- what the page asks ----------------------------------------------------------------------

    @property
    @override
    def steps(self) -> Steps:
        return self.acts.steps

    @override
    def show_tools(self, *, shown: bool) -> None:
        self._front = shown
        self._offer()

    def show_missing(self, measure: str, group: str) -> None:
        """Show a class by what a measure asks of it, when the view is next in front."""
        self._asked, self._group = choices.MEASURES[measure], group
        self.search_field.clear()
        self.is_stale = True

    @override
    def search(self) -> None:
        self.search_field.take_focus()

    @override
    def status(self) -> Status:
        keys = (("Ctrl+N", "записать выбор"), ("Enter", "изменить"), ("Alt+↓", "следующий"))
        told = saved_at(self.desk.saved_at)
        return replace(told, undo=self.acts.steps.next_undo, keys=keys if self._found else ())

    # -- reading ---------------------------------------------------------------------------------

    @property
    def subject(self) -> Register:
        """The register that the view writes into."""
        grade = self._found.group.name.grade if self._found else None
        return next(one for one in choices.asked(grade) if one.code == self.tools.subject.key)

    @property
    def _row(self) -> PupilRow | None:
        row: PupilRow | None = self.table.row()
        return row

    @override
    def read(self) -> None:
        workspace, year, wanted = self.desk.workspace, self.desk.organisation.period.year, self._group
        former = self._found.group if self._found else None

        def read() -> tuple[Sequence[Group], ClassChoices | None]:
            offered = verbs.groups(workspace, workspace.actor, year)
            group = class_choice.choose(offered, wanted, former)
            return offered, verbs.of_group(workspace, workspace.actor, group.id) if group else None

        self.desk.run(read, owner=self, done=lambda read: self._show(*read))

    def _choose_group(self) -> None:
        self._group = str(self.tools.group.currentData())
        self.read()

    def _show(self, offered: Sequence[Group], found: ClassChoices | None) -> None:
        former, self._found = self._found, found
        self.content.setVisible(found is not None)
        self.empty.setVisible(found is None)
        with QSignalBlocker(self.tools.group):
            self.tools.group.clear()
            for one in offered:
                self.tools.group.addItem(one.name.title, one.id)
            self.tools.group.setCurrentIndex(self.tools.group.findData(found.group.id) if found else -1)
        if found is not None:
            if former is None or former.group.name.grade != found.group.name.grade:
                self._offer_subjects(found)
            if former is not None and former.group.id != found.group.id:
                self.message.clear()
                self.search_field.clear()
        self._filter()
        self._begin_with_the_first_to_talk_to()
        self._show_pupil(self._row)
        self._offer()
        self.status_changed.emit()
        focused = QApplication.focusWidget()
        if focused not in (self.tools.group, *self.findChildren(QWidget)):
            (self.empty.primary if found is None else self.table).setFocus()

    def _begin_with_the_first_to_talk_to(self) -> None:
        """Where the user came for what is missing, show it and whom it is missing of."""
        asked, self._asked = self._asked, None
        if asked is not None and asked.code in self.tools.subject.keys:
            self.tools.subject.choose(asked.code)
            left = [row.pupil.id for row in self.table.rows() if not row.standing.settled]
            if left:
                self.table.choose(left[0])

    def _offer_subjects(self, found: ClassChoices) -> None:
        asked = choices.asked(found.group.name.grade)
        kept = self.tools.subject.key
        with QSignalBlocker(self.tools.subject):
            self.tools.subject.set_choices([(one.code, choices.SHORT[one.code]) for one in asked])
            if kept in {one.code for one in asked} and kept != PROFILE_CHOICES.code:
                self.tools.subject.choose(kept)

    def _show_pupil(self, row: PupilRow | None) -> None:
        """Read the facts of a pupil; one who was chosen meanwhile goes first."""
        if self._reading is not None:
            self._reading.cancel()
        if row is None:
            self.facts = None
            self.side.hide()
            self._offer()
            return
        workspace, pupil, year = self.desk.workspace, row.pupil.id, self.desk.organisation.period.year
        self._reading = self.desk.run(
            lambda: verbs.facts(workspace, workspace.actor, pupil, year),
            owner=self,
            done=self._show_facts,
            failed=self.fail,
        )

    # -- showing ---------------------------------------------------------------------------------

    def _show_facts(self, facts: Facts) -> None:
        row = self._row
        if row is None or row.pupil.id != facts.card.pupil.id:
            return
        former, self.facts = self.facts, facts
        self.name.setText(facts.card.pupil.name.full)
        self.about.setText(choice_facts.about(facts, pupils.today()))
        self._show_choice(facts)
        private = choice_facts.private(facts)
        self.board.show_facts((*choice_facts.told(facts), *([private] if private else [])))
        if former is None or former.card.pupil.id != facts.card.pupil.id:
            self.board.verticalScrollBar().setValue(0)
        self.side.show()
        self._offer()

    def _show_choice(self, facts: Facts) -> None:
        self.choice.show_choice(facts, self.subject, written=self.desk.may(Right.CHOICES_WRITE))

    def _show_subject(self) -> None:
        self._filter()
        if self.facts is not None:
            self._show_choice(self.facts)
        self._offer()

    def _filter(self) -> None:
        if self._found is None:
            self.table.set_rows(())
            return
        words = fold(self.search_field.text()).split()
        made = rows.rows(self._found, self.subject)
        shown = [row for row in made if all(word in fold(row.pupil.name.full) for word in words)]
        self.table.set_rows(shown, "Таких учеников нет" if made else "В этом классе никого нет")
        if self._row is None:
            self.table.choose_first()
        self.count.setText(choices.counts_words(self.subject, [row.own for row in made]))

    def _offer(self) -> None:
        found, tools = self._found, self.tools
        for tool in (tools.group, tools.subject, tools.print_button, tools.add_button):
            tool.setVisible(self._front and found is not None)
        left = len(choices.studies_as_chosen(found.choices, found.year.first_day)) if found else 0
        self.all_button.setVisible(bool(left) and self.subject is PROFILE_STUDIES)
        self.all_button.setText(f"Записать {left} по выбранному профилю")
        for button in (tools.print_button, tools.add_button):
            button.setEnabled(self.facts is not None)
        tools.add_button.setText("Записать профиль…" if self.subject is PROFILE_STUDIES else "Записать выбор…")

    def _step(self, step: int) -> None:
        shown = [row.pupil.id for row in self.table.rows()]
        if (row := self._row) is not None:
            place = shown.index(row.pupil.id) + step
            if 0 <= place < len(shown):
                self.table.choose(shown[place])

    # -- acting ----------------------------------------------------------------------------------

    def add(self) -> None:
        """Ask for a new choice of the pupil: a change of mind is a new entry, the former one stays."""
        if self.facts is not None and self._found is not None:
            register, found = self.subject, self._found
            day = found.year.first_day if register is PROFILE_STUDIES else pupils.today()
            known: Values = {PUPIL: self.facts.card.pupil.id, choices.DAYS[register.code]: day}
            self.acts.read_and_open(register, known=known)

    def edit(self) -> None:
        """Change the choice that holds; where there is none, ask for one."""
        if self.choice.entry is None:
            self.tools.add_button.click()
        elif self.facts is not None:
            self.acts.read_and_open(self.subject, self.choice.entry)

    def withdraw(self) -> None:
        """Take the choice that holds out; the one before it holds then."""
        entry, facts = self.choice.entry, self.facts
        if entry is not None and facts is not None:
            chosen = choices.what(self.subject, entry, facts.titles) or self.subject.one
            self.acts.withdraw(self.subject, entry.id, f"{facts.card.pupil.name.short}, {chosen}")

    def study_as_chosen(self) -> None:
        """Record of the whole class that those who chose a profile study by it."""
        if self._found is not None:
            workspace, group = self.desk.workspace, self._found.group.id
            self.desk.write(
                lambda: verbs.study_as_chosen(workspace, workspace.actor, group),
                owner=self,
                done=self._tell_recorded,
                failed=self.fail,
            )

    def print(self) -> None:
        """Show the paper for the talk with the child and the parents."""
        if (facts := self.facts) is not None:
            workspace, actor = self.desk.workspace, self.desk.actor
            title = f"Факты для выбора, {facts.card.pupil.name.short}"
            PaperDialog(
                self, self.desk, title, lambda _: verbs.sheet(workspace, actor, facts), pupil=facts.card.pupil.id
            ).open()

    def _open_card(self) -> None:
        if self.facts is not None:
            self.wanted_card.emit(self.facts.card.pupil.id)

    # -- telling ---------------------------------------------------------------------------------

    def _tell_withdrawn(self, step: EntryStep) -> None:
        self.say(f"Запись убрана: {step.title}.", Tone.OK, "Вернуть", self.acts.steps.undo)

    def _tell_recorded(self, step: Step) -> None:
        self.acts.steps.add(step)
        self.say(f"Записано: {step.words}.", Tone.OK, "Отменить запись", self.acts.steps.undo)

"""The page of one result: what a sheet gave, and what the psychologist makes of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.diagnostics import Released, SheetState
from profdesk.domain.plural import counted
from profdesk.domain.results import PupilResult, Result
from profdesk.domain.wording import day
from profdesk.errors import ProfdeskError
from profdesk.gui.common.chip import Chip
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.page import Page, Status, saved_at
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.steps import Steps
from profdesk.gui.common.tones import Tone
from profdesk.gui.diagnostic_results.conclusion_card import ConclusionCard
from profdesk.gui.diagnostic_results.facts_card import FactsCard
from profdesk.services import conclusions, diagnostic_papers

_LOOKS = {
    SheetState.COMPLETE: (Tone.OK, "check-circle"),
    SheetState.INCOMPLETE: (Tone.WARN, "circle-half"),
    SheetState.DOUBTFUL: (Tone.WARN, "warning"),
}


class ResultPage(Page):
    """Shows the sheet given by ``show_sheet``; what is written saves itself, and only the panel is released."""

    name = "result"
    title = "Результат"
    icon = "clipboard-text"
    under = "diagnostics"
    help = (
        ("Ctrl+D", "черновик по баллам"),
        ("Ctrl+Enter", "передать вывод"),
        ("Ctrl+P", "напечатать памятку ученику"),
        ("Ctrl+K", "открыть карточку ученика"),
        ("Ctrl+Z", "отменить передачу или отзыв, в тексте — последнюю правку"),
        ("Esc", "вернуться"),
    )

    wanted_card = Signal(str)
    """The id of the pupil whose card the user wants to see."""

    header: PageHeader
    group_chip: Chip
    day_chip: Chip
    state_chip: Chip
    card_button: QPushButton
    leaflet_button: QPushButton
    release_button: QPushButton
    content: QWidget
    facts: FactsCard
    conclusion: ConclusionCard
    message: InlineMessage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "result_page")
        self._sheet = ""
        self._found: PupilResult | None = None
        self._steps = Steps(desk, self)
        self.header.show_back()
        self.content.hide()
        self._connect()

    def _connect(self) -> None:
        card = self.conclusion
        self.header.back_pressed.connect(self.left)
        self.card_button.clicked.connect(self._open_card)
        self.leaflet_button.clicked.connect(self._print_leaflet)
        self.release_button.clicked.connect(self._release)
        card.draft_button.clicked.connect(self._draft)
        card.opened.connect(self.show_sheet)
        card.withdrawn.connect(self._withdraw)
        card.edited.connect(self._show_verb)
        card.failed.connect(self._fail)
        self._steps.changed.connect(self.status_changed)
        self._steps.failed.connect(self._fail)
        keys = (
            ("Ctrl+D", self._draft),
            ("Ctrl+Return", self.release_button.click),
            ("Ctrl+P", self.leaflet_button.click),
            ("Ctrl+K", self.card_button.click),
            ("Esc", self.left.emit),
        )
        for key, act in keys:
            QShortcut(QKeySequence(key), self).activated.connect(act)

    def show_sheet(self, sheet_id: str) -> None:
        """Show the result of a sheet; what was typed on another one is written first."""
        self.conclusion.save()
        if sheet_id != self._sheet:
            self._sheet, self._found = sheet_id, None
            self.content.hide()
        self._read()

    @override
    def activate(self) -> None:
        self._read()

    @override
    def on_changes(self, changes: Changes) -> None:
        if changes.touches(Kind.CONSENTS):
            self.content.hide()  # it may be hidden from now on: nothing is shown until that is known
        if self.isVisible() and changes.touches(Kind.DIAGNOSTICS, Kind.CONSENTS, Kind.PUPILS, Kind.GROUPS):
            self._read()

    @override
    def undo(self) -> None:
        self._steps.undo()

    @override
    def redo(self) -> None:
        self._steps.redo()

    @override
    def status(self) -> Status:
        seen = (("", self.tr("Видят только психологи")),)
        return Status(saved_at(self.desk.saved_at).text, bool(self.desk.saved_at), self._steps.next_undo, seen)

    # -- reading ---------------------------------------------------------------------------------

    def _read(self) -> None:
        if self._sheet:
            workspace, sheet = self.desk.workspace, self._sheet
            self.desk.run(
                lambda: conclusions.of_sheet(workspace, workspace.actor, sheet),
                owner=self,
                done=partial(self._show, sheet),
                failed=self._fail,
            )

    def _show(self, sheet: str, found: PupilResult) -> None:
        if sheet != self._sheet:
            return
        first, self._found = self._found is None, found
        if first:
            self.message.clear()
        self._show_head(found.shown)
        self.facts.show_result(found)
        self.conclusion.show_result(self.desk, found)
        self.content.show()
        self._show_verb()
        if first:
            self.conclusion.words.setFocus()

    def _show_head(self, shown: Result) -> None:
        instrument = shown.instrument
        self.header.set_title(shown.pupil.name.short)
        count = counted(instrument.items, "вопрос", "вопроса", "вопросов")
        told = "" if str(instrument.items) in instrument.title else f", {count}"
        self.header.set_second(f"{instrument.title}{told}, версия {instrument.version}")
        self.group_chip.say(shown.group_title)
        self.group_chip.setVisible(bool(shown.group_title))
        self.day_chip.say(day(shown.held_on))
        self.state_chip.say(f"Бланк {shown.state.label}", *_LOOKS.get(shown.state, (Tone.NEUTRAL, "")))
        self.state_chip.setToolTip(shown.sheet.doubtful)
        self.leaflet_button.setEnabled(shown.state.counts)
        self.leaflet_button.setToolTip("" if shown.state.counts else self.tr("Памятку печатают по полному бланку"))

    def _show_verb(self) -> None:
        again = self.conclusion.released is not None and self.conclusion.can_release
        self.release_button.setText(self.tr("Передать новый вывод") if again else self.tr("Передать вывод"))
        self.release_button.setEnabled(self.conclusion.can_release)

    # -- acting ----------------------------------------------------------------------------------

    def _draft(self) -> None:
        self.conclusion.put_draft(self.facts.compared)

    def _release(self) -> None:
        self.conclusion.save()
        workspace, sheet, words = self.desk.workspace, self._sheet, self.conclusion.words_for_others
        self.desk.write(
            lambda: conclusions.release(workspace, workspace.actor, sheet, words),
            owner=self,
            done=self._done,
            failed=self._fail,
        )

    def _open_card(self) -> None:
        if self._found is not None:
            self.wanted_card.emit(self._found.shown.pupil.id)

    def _print_leaflet(self) -> None:
        """Show the leaflet of this pupil before it is printed."""
        if self._found is None:
            return
        shown, workspace, actor = self._found.shown, self.desk.workspace, self.desk.actor
        title = f"Памятка, {shown.pupil.name.short}, {shown.instrument.short}"

        def draw(_option: bool) -> bytes:
            return diagnostic_papers.leaflets(workspace, actor, shown.session.id, [shown.sheet.id])

        PaperDialog(self, self.desk, title, draw, pupil=shown.pupil.id).open()

    def _withdraw(self, released: Released) -> None:
        workspace = self.desk.workspace
        self.desk.write(
            lambda: conclusions.withdraw(workspace, workspace.actor, released),
            owner=self,
            done=self._done,
            failed=self._fail,
        )

    def _done(self, step: Step) -> None:
        self.message.clear()
        self._steps.add(step)

    def _fail(self, error: ProfdeskError) -> None:
        self.message.say(error.message, Tone.BAD)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.conclusion.save()
        super().hideEvent(event)

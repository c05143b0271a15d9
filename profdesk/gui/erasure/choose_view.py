"""Whose records are to go: those whose term has come, those who left, or anybody whose consent was withdrawn."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton
from typing_extensions import override

from profdesk.domain.changes import Changes, Kind
from profdesk.domain.erasure import ErasureKind, Target
from profdesk.domain.plural import counted
from profdesk.errors import ProfdeskError
from profdesk.gui.common.card import Card
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.page import Status
from profdesk.gui.common.search import SearchField
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.gui.common.view import View
from profdesk.gui.erasure import rows
from profdesk.services import erasure
from profdesk.services.erasure import Leaver, Review

DUE, WITHDRAWN, LEFT, ALL = "due", "withdrawn", "left", "all"
_SCOPES = (
    ("Срок вышел", DUE),
    ("Отозвано согласие", WITHDRAWN),
    ("Все, кто выбыл", LEFT),
    ("Все ученики", ALL),
)
_ABOUT = {
    DUE: "Уничтожим только то, чему вышел срок",
    WITHDRAWN: "Уничтожим всё об отмеченных",
    LEFT: "Уничтожим всё об отмеченных, не дожидаясь срока",
    ALL: "Уничтожим всё об отмеченных",
}
_EMPTY = {
    DUE: ("Ничему ещё не вышел срок", "Здесь появятся те, кто выбыл, когда срок хранения их сведений кончится."),
    WITHDRAWN: ("Согласий никто не отозвал", "Отзыв согласия отмечают на странице «Согласия»."),
    LEFT: ("Никто не выбыл", "Выбытие отмечают на странице «Обучающиеся»."),
    ALL: ("Учеников нет", "Загрузите список класса на странице «Обучающиеся»."),
}


class ChooseView(View):
    """Nobody is ticked at first; ``chosen`` gives the targets and why they are likely to go."""

    chosen = Signal(object, object)

    scope: QComboBox
    search_field: SearchField
    about: QLabel
    sheet: Card
    table: DeskTable
    empty: EmptyState
    message: InlineMessage

    def __init__(self, desk: Desk, next_button: QPushButton) -> None:
        super().__init__(desk)
        fill(self, "erasure_choose")
        self._next = next_button
        self._review: Review | None = None
        self._wanted: frozenset[str] = frozenset()
        self._ticked: set[str] = set()
        self._stale = True
        self.table.set_columns(rows.choice_columns(), key=lambda row: row.kept.pupil, checkable=lambda _: True)
        for words, code in _SCOPES:
            self.scope.addItem(words, code)
        self.scope.activated.connect(lambda _: self._turn_scope())
        self.search_field.searched.connect(lambda _: self._show())
        self.table.checks_changed.connect(self._tick)
        self.table.opened.connect(self._open)
        self._next.clicked.connect(self._go_on)

    def choose_pupils(self, ids: Collection[str]) -> None:
        """Show some pupils ticked, whoever they are; nobody: what is due."""
        self._wanted = frozenset(ids)
        self._ticked = set(ids)
        self.search_field.clear()
        self.scope.setCurrentIndex(self.scope.findData(ALL if ids else DUE))
        self._stale = True
        if self.isVisible():
            self.activate()

    @override
    def show_tools(self, *, shown: bool) -> None:
        self._next.setVisible(shown)

    @override
    def activate(self) -> None:
        if self._stale:
            self._stale = False
            workspace = self.desk.workspace
            self.desk.run(
                lambda: erasure.review(workspace, workspace.actor),
                owner=self,
                done=self._take,
                failed=self._fail,
            )

    @override
    def on_changes(self, changes: Changes) -> None:
        if changes.touches(Kind.PUPILS, Kind.ERASURES, Kind.CONSENTS, Kind.ORGANISATION):
            self._stale = True
            if self.isVisible():
                self.activate()

    @override
    def search(self) -> None:
        self.search_field.take_focus()

    @override
    def status(self) -> Status:
        return Status("Ничего ещё не уничтожено", keys=(("Пробел", "отметить"), ("Ctrl+Enter", "дальше")))

    def go_on(self) -> None:
        """As the button does."""
        if self._next.isEnabled():
            self._go_on()

    # -- inside ----------------------------------------------------------------------------------

    def _take(self, found: Review) -> None:
        self._review = found
        self._ticked &= {one.pupil for one in found.everyone}
        self._show()
        if self.table.row() is None:
            self.table.choose_first()
        self.table.setFocus()

    def _turn_scope(self) -> None:
        self._ticked.clear()
        self._wanted = frozenset()
        self._show()

    @property
    def _scope(self) -> str:
        return str(self.scope.currentData())

    def _rows(self, found: Review) -> Sequence[Leaver]:
        if self._scope in (DUE, LEFT):
            return [one for one in found.leavers if one.due or self._scope == LEFT]
        known = {one.kept.pupil: one for one in found.leavers}
        whole = [known.get(one.kept.pupil, one) for one in rows.as_leavers(found.everyone)]
        if self._scope == WITHDRAWN:
            return [one for one in whole if one.kept.withdrawn_on is not None]
        return sorted(whole, key=lambda one: one.kept.pupil not in self._wanted)

    def _show(self) -> None:
        if self._review is None:
            return
        there = self._rows(self._review)
        shown = [one for one in there if rows.matches(one, self.search_field.text())]
        ticked = set(self._ticked)
        self.table.set_rows(shown, "Никого не нашли: измените слова поиска.")
        self.table.set_checked(lambda row: row.kept.pupil in ticked)
        self.sheet.setVisible(bool(there))
        self.empty.setVisible(not there)
        self.empty.set_content("trash", *_EMPTY[self._scope])
        self.about.setText(_ABOUT[self._scope] if there else "")
        self._offer()

    def _tick(self) -> None:
        visible = {row.kept.pupil for row in self.table.rows()}
        self._ticked = (self._ticked - visible) | {row.kept.pupil for row in self.table.checked()}
        self._offer()

    def _open(self, row: Leaver) -> None:
        self._ticked.add(row.kept.pupil)
        self._go_on()

    def _offer(self) -> None:
        count = len(self._ticked)
        self._next.setText(f"Дальше: {counted(count, 'ученик', 'ученика', 'учеников')}" if count else "Дальше")
        self._next.setEnabled(bool(count))

    def _go_on(self) -> None:
        if self._review is None:
            return
        chosen = [one for one in self._rows(self._review) if one.kept.pupil in self._ticked]
        if self._scope == DUE:
            self.chosen.emit(erasure.due_targets(chosen), ErasureKind.TERM)
        elif chosen:
            kind = ErasureKind.TERM if self._scope == LEFT else ErasureKind.WITHDRAWN
            self.chosen.emit([Target(one.kept.pupil) for one in chosen], kind)

    def _fail(self, error: ProfdeskError) -> None:
        self.message.say(error.message, Tone.BAD)

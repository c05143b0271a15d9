"""The card's tab «Диагностика»: results for psychologists; for everybody the days and the words released."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QWidget
from typing_extensions import override

from profdesk.domain.consents import ConsentKind, ConsentState
from profdesk.domain.diagnostics import Released
from profdesk.domain.pupil_card import PupilCard
from profdesk.domain.results import Result
from profdesk.domain.rights import Right
from profdesk.domain.wording import day, listed
from profdesk.gui.common import who
from profdesk.gui.common.card import Card
from profdesk.gui.common.card_tab import Tab
from profdesk.gui.common.columns import Column
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.table import DeskTable
from profdesk.services import conclusions
from profdesk.services.conclusions import Told

if TYPE_CHECKING:
    from profdesk.services.workspaces import Workspace


_NONE = "Введённых бланков этого ученика ещё нет. Сеанс планируют на странице «Диагностика»."
_HIDDEN = "Скрыто: согласие на работу психолога отозвано."


@dataclass(frozen=True)
class _Reading:
    told: Told
    results: Sequence[Result]


class DiagnosticsTab(Tab):
    """Reads the pupil of the card shown; nothing is written here."""

    title = "Диагностика"

    wanted_result = Signal(str)
    """The id of a sheet whose result the user wants to see."""

    results_card: Card
    results: DeskTable
    no_results: QLabel
    open_button: QPushButton
    held: QLabel
    told_view: QScrollArea
    told: QLabel

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "result_card_tab")
        self.told.setTextFormat(Qt.TextFormat.RichText)
        self._pupil = ""
        self._is_hidden = False
        self._names: dict[str, str] = {}
        self._psychologist = desk.may(Right.DIAGNOSTICS)
        self.results_card.setVisible(self._psychologist)
        for ground in (self.told_view.viewport(), self.told):
            ground.setAutoFillBackground(False)
        self.results.opened.connect(lambda result: self.wanted_result.emit(result.sheet.id))
        self.open_button.clicked.connect(self._open)

    @override
    def show_card(self, card: PupilCard) -> None:
        if card.pupil.id != self._pupil:
            self._pupil = card.pupil.id
            self._show(self._pupil, _Reading(Told((), ()), ()))
        self._names = dict(card.names)
        standing = card.consents.get(ConsentKind.PSYCHOLOGICAL)
        self._is_hidden = standing is not None and standing.state is ConsentState.WITHDRAWN
        self.no_results.setText(_HIDDEN if self._is_hidden else _NONE)
        work = partial(_read, self.desk.workspace, self._pupil, psychologist=self._psychologist)
        self.desk.run(work, owner=self, done=partial(self._show, self._pupil))

    def _show(self, pupil: str, found: _Reading) -> None:
        if pupil != self._pupil:
            return
        released = {one.sheet for one in found.told.released}
        self.results.set_columns(
            (
                Column("Когда", lambda one: day(one.held_on), width=136, sort=lambda one: one.held_on),
                Column("Методика", lambda one: one.instrument.short, sort=lambda one: one.instrument.short),
                Column("Класс", lambda one: one.group_title, width=70),
                Column("Бланк", lambda one: one.state.label, width=112),
                Column("Вывод", lambda one: "передан" if one.sheet.id in released else "", width=76),
            ),
            key=lambda one: one.sheet.id,
        )
        self.results.set_rows(found.results)
        self.results.choose_first()
        self.results.setVisible(bool(found.results))
        self.open_button.setVisible(bool(found.results))
        self.no_results.setVisible(not found.results)
        self.held.setText(_held(found.told))
        self.told.setText(self._words(found.told))

    def _words(self, told: Told) -> str:
        """The released words under the day of their session and who released them."""
        if self._is_hidden:
            return _HIDDEN
        if not told.released:
            return "Психолог пока ничего не передал." if told.held else ""
        return "".join(map(self._paragraph, told.released))

    def _paragraph(self, one: Released) -> str:
        head = escape(f"{day(one.held_on)}, {who.short(self._names, one.actor)}")
        return f"<p><b>{head}</b><br>{escape(one.words).replace(chr(10), '<br>')}</p>"

    def _open(self) -> None:
        result: Result | None = self.results.row()
        if result is not None:
            self.wanted_result.emit(result.sheet.id)


def _read(workspace: Workspace, pupil: str, *, psychologist: bool) -> _Reading:
    actor = workspace.actor
    results = conclusions.of_pupil(workspace, actor, pupil) if psychologist else ()
    return _Reading(conclusions.told(workspace, actor, pupil), results)


def _held(told: Told) -> str:
    if not told.held:
        return "Сеансов диагностики с этим учеником ещё не было."
    return f"Сеансы диагностики прошли {listed([day(one) for one in told.held])}"

"""The card of a profession: what is known of it at left, which pupils met it and when at right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from profdesk.domain.people import fold
from profdesk.domain.profession_card import Demand, Met, ProfessionCard
from profdesk.domain.register_rights import writing
from profdesk.domain.registers_of_work import PROFESSIONS
from profdesk.errors import ProfdeskError
from profdesk.gui.common import text
from profdesk.gui.common.allowed import allow
from profdesk.gui.common.columns import Column, Heading
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.search import SearchField, SearchKeys
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.services import profession_card

_NOBODY = "Пока никто: называйте профессию в пробах и событиях."
_BARE = "Карточка почти пуста: в ней нет ни истории, ни условий труда, ни того, где учиться."
_COLUMNS: tuple[Column[Met], ...] = (
    Column("Ученик", lambda met: met.name.partition(", ")[0]),
    Column("Класс", lambda met: met.name.partition(", ")[2], width=130),
)


class ProfessionView(QWidget):
    """``finished`` when the user leaves."""

    finished = Signal()
    wanted_edit = Signal(str)
    """The id of the profession, whose fields the user wants to change."""
    wanted_pupil = Signal(str)
    """The id of a pupil who met it."""

    header: PageHeader
    edit_button: QPushButton
    print_button: QPushButton
    area: QScrollArea
    met_count: QLabel
    search_field: SearchField
    table: DeskTable
    message: InlineMessage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._profession = ""
        self.card: ProfessionCard | None = None
        fill(self, "registers_profession")
        self.header.show_back()
        self.table.set_columns(_COLUMNS, key=lambda met: (met.pupil, met.day, met.what))
        self.area.viewport().setAutoFillBackground(False)
        self.header.back_pressed.connect(self.finished)
        self.edit_button.clicked.connect(lambda: self.wanted_edit.emit(self._profession))
        self.print_button.clicked.connect(self._print)
        self.message.acted.connect(self.edit_button.click)
        self.search_field.searched.connect(lambda _: self._show_met())
        self.table.opened.connect(lambda met: self.wanted_pupil.emit(met.pupil))
        SearchKeys(self.search_field, self.table).entered.connect(self._enter_table)
        self._may_write = allow(desk, writing(PROFESSIONS), self.edit_button)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for key, verb in (("Esc", self.finished.emit), ("Ctrl+P", self._print), ("F2", self.edit_button.click)):
            QShortcut(QKeySequence(key), self, verb, context=inside)

    def show_profession(self, profession: str) -> None:
        """Read a card and show it from its beginning."""
        self._profession = profession
        self.search_field.clear()
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reload()

    def reload(self) -> None:
        """Read the card shown again."""
        workspace, actor, wanted = self._desk.workspace, self._desk.actor, self._profession
        self._desk.run(
            lambda: profession_card.card(workspace, actor, wanted),
            owner=self,
            done=lambda card: self._show(wanted, card),
            failed=self._fail,
        )

    # -- showing ---------------------------------------------------------------------------------

    def _show(self, wanted: str, card: ProfessionCard) -> None:
        if wanted != self._profession:
            return
        self.card = card
        self.header.set_title(f"{card.title[:1].upper()}{card.title[1:]}")
        self.header.set_second("Карточка профессии")
        told = _told(card)
        self.area.setWidget(told)
        told.setAutoFillBackground(False)
        self.message.clear()
        if card.is_bare:
            self.message.say(_BARE, action="Заполнить карточку" if self._may_write else "")
        self._show_met()

    def _show_met(self) -> None:
        if self.card is None:
            return
        words = fold(self.search_field.text()).split()
        found = [met for met in self.card.met if _matches(met, words)]
        shown: list[Met | Heading] = []
        for (what, kind, day), there in groupby(found, key=lambda met: (met.what, met.kind, met.day)):
            shown += [Heading(f"{day:%d.%m.%Y} · {what}{_kind(kind, what)}"), *there]
        self.table.set_rows(shown, f"По запросу «{self.search_field.text()}» здесь никого нет" if words else _NOBODY)
        self.met_count.setText(self.card.who_met)
        self.search_field.setVisible(bool(self.card.met))

    def _enter_table(self) -> None:
        if self.table.row() is None:
            self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _print(self) -> None:
        card, workspace, actor = self.card, self._desk.workspace, self._desk.actor
        if card is not None:
            title = f"Карточка профессии: {card.title}"
            PaperDialog(self, self._desk, title, lambda _: profession_card.paper(workspace, actor, card)).open()

    def _fail(self, error: ProfdeskError) -> None:
        self.message.say(error.message, Tone.BAD)


def _matches(met: Met, words: Sequence[str]) -> bool:
    hay = fold(f"{met.name} {met.what} {met.kind}")
    return all(word in hay for word in words)


def _kind(kind: str, what: str) -> str:
    """A type that the title does not begin with."""
    return "" if not kind or fold(what).startswith(fold(kind)) else f" ({kind.lower()})"


def _told(card: ProfessionCard) -> QWidget:
    """What is known of a profession, part by part."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(16, 12, 16, 12)
    column.setSpacing(12)
    if card.facts:
        column.addLayout(_facts(card.facts))
    parts = (
        *((title, words.splitlines()) for title, words in card.texts),
        ("Чему и где учат", _points(card.taught)),
        ("Востребована в округе", _points(_wanted(one) for one in card.demand)),
        ("Пробы", _points(card.trials)),
        ("Уроки", _points(card.lessons)),
        ("Заметка", str(card.entry.values["note"]).splitlines()),
    )
    for title, lines in parts:
        if lines:
            part = QVBoxLayout()
            part.setSpacing(2)
            part.addWidget(text.label(title, "strong"))
            for line in lines:
                part.addWidget(text.label(text.breakable(line), wrap=True))
            column.addLayout(part)
    column.addStretch(1)
    return made


def _facts(facts: Sequence[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    for number, (title, words) in enumerate(facts):
        cell = QVBoxLayout()
        cell.setSpacing(0)
        cell.addWidget(text.label(title, "caption"))
        cell.addWidget(text.label(text.breakable(words), wrap=True))
        grid.addLayout(cell, number // 2, number % 2)
    for side in range(2):
        grid.setColumnStretch(side, 1)
    return grid


def _points(lines: Iterable[str]) -> list[str]:
    return [f"• {line}" for line in lines]


def _wanted(one: Demand) -> str:
    return f"{one.words} ({one.source})" if one.source else one.words

"""The card's tab «Все записи»: everything recorded of the child, to be filtered, searched and copied."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from PySide6.QtWidgets import QComboBox, QLabel, QWidget
from typing_extensions import override

from profdesk.domain import plural, records
from profdesk.domain.people import fold
from profdesk.domain.pupil_card import PupilCard
from profdesk.domain.records import Entry, RecordKind, Standing
from profdesk.domain.rights import Right
from profdesk.gui.common import who
from profdesk.gui.common.card_tab import Tab
from profdesk.gui.common.columns import Column, Heading, Look
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.search import SearchField
from profdesk.gui.common.table import DeskTable
from profdesk.gui.pupil_card import kind_icons
from profdesk.services import conclusions

_WORDS, _PAD = 2, 10


class RecordsTab(Tab):
    """Newest first, by school years; what was replaced or taken back stays, in grey and said so.

    Psychologists read their own records among the others; to nobody else are they given.
    """

    title = "Все записи"

    kinds: QComboBox
    search_field: SearchField
    count: QLabel
    table: DeskTable
    whole: QLabel

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "pupil_card_records")
        self._card: PupilCard | None = None
        self._entries: tuple[Entry, ...] = ()
        self.kinds.addItem("Все записи", None)
        for kind in RecordKind:
            self.kinds.addItem(kind.label, kind)
        self.table.set_columns(
            (
                Column("Дата", lambda one: f"{one.day:%d.%m.%Y}" if one.day else "", width=96),
                Column("Что", lambda one: one.title, width=240, look=lambda one: Look(kind_icons.ICONS[one.kind])),
                Column("Запись", _words),
                Column("Основание", lambda one: one.basis, width=140),
                Column("Кто записал", self._who, width=170),
            ),
            key=lambda one: one,
            faded=lambda one: one.standing is not Standing.STANDS,
        )
        self.table.select_several()
        self.table.chosen.connect(self._show_whole)
        self.whole.hide()
        self.kinds.currentIndexChanged.connect(lambda _: self._filter())
        self.search_field.searched.connect(lambda _: self._filter())

    @override
    def show_card(self, card: PupilCard) -> None:
        self._card = card
        self._show(card, ())
        if self.desk.may(Right.DIAGNOSTICS):
            workspace, pupil = self.desk.workspace, card.pupil.id
            self.desk.run(
                lambda: conclusions.records(workspace, workspace.actor, pupil),
                owner=self,
                done=partial(self._show, card),
            )

    def _show(self, card: PupilCard, private: Sequence[Entry]) -> None:
        if card is self._card:
            self._entries = records.entries(card.history, card.programme, private)
            self._filter()

    def _who(self, entry: Entry) -> str:
        return who.short(self._card.names, entry.actor) if entry.actor and self._card is not None else ""

    def _show_whole(self, entry: Entry | None) -> None:
        """The words of the chosen record under the table, where its column is too narrow for them."""
        words = _words(entry) if entry is not None else ""
        room = self.table.columnWidth(_WORDS) - 2 * _PAD
        self.whole.setText(words)
        self.whole.setVisible(self.table.fontMetrics().horizontalAdvance(words) > room)

    def _filter(self) -> None:
        kind = self.kinds.currentData()
        words = fold(self.search_field.text()).split()
        shown = [
            one
            for one in records.of_kind(self._entries, RecordKind(kind) if kind else None)
            if all(word in fold(f"{one.title} {_words(one)} {one.basis} {self._who(one)}") for word in words)
        ]
        rows: list[Entry | Heading] = []
        for year, entries in groupby(shown, key=lambda one: one.year):
            rows += [Heading(f"{year.title} учебный год"), *entries]
        self.table.set_rows(rows, "Таких записей нет" if self._entries else "Пока ничего не записано")
        self.count.setText(plural.counted(len(shown), "запись", "записи", "записей"))


def _words(entry: Entry) -> str:
    return f"{entry.words} ({entry.standing.label})" if entry.standing.label else entry.words

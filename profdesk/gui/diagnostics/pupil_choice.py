"""Whom a session is for: the pupils of a class or of several, those without a consent of the parents apart."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QMenu, QPushButton, QWidget

from profdesk.domain.batch import Step
from profdesk.domain.diagnostics import titles
from profdesk.domain.people import Group, Pupil
from profdesk.domain.school_year import SchoolYear
from profdesk.gui.common.columns import Column, Heading, Look
from profdesk.gui.common.consents_dialog import ConsentsDialog
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.services import diagnostics, pupils
from profdesk.services.diagnostics import Candidate

if TYPE_CHECKING:
    from profdesk.services.workspaces import Workspace

_MISSING = Look("prohibit", Tone.WARN)
_RULE = "Кого нет среди отмеченных, того в сеансе не будет. Опоздавшему бланк можно добавить и позже."


@dataclass(frozen=True)
class _Reading:
    groups: Sequence[Group]
    chosen: Sequence[Group]
    candidates: Sequence[Candidate]


class PupilChoice(QWidget):
    """Everybody with a valid consent is ticked at first unless ``ticks_all`` is off; ``changed`` when others are."""

    changed = Signal()

    group: QComboBox
    more_button: QPushButton
    count: QLabel
    consents_button: QPushButton
    table: DeskTable
    rule: QLabel

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fill(self, "diagnostics_pupils")
        self.ticks_all = True
        self._desk: Desk | None = None
        self._day = date.min
        self._without: Collection[str] = ()
        self._wanted = ""
        self._also: frozenset[str] = frozenset()
        self._found = _Reading((), (), ())
        self._seen: Mapping[str, bool] = {}
        self._request = 0
        self.rule.setText(_RULE)
        self.more = QMenu(self)
        self.more_button.setMenu(self.more)
        self.group.activated.connect(self._choose)
        self.table.checks_changed.connect(self._show_count)
        self.consents_button.clicked.connect(self._ask_consents)

    def show_day(self, desk: Desk, day: date, without: Collection[str] = (), group: str = "") -> None:
        """Offer the classes of that day's school year; ``without`` are pupils who have a sheet already."""
        self._desk, self._day, self._without = desk, day, without
        self._wanted = group or self._wanted
        self._read()

    @property
    def title(self) -> str:
        """The classes of the pupils ticked: «8 «А», 8 «Б»»."""
        return titles(self.checked())

    def checked(self) -> list[Pupil]:
        """The pupils ticked."""
        return [row.pupil for row in self.table.checked()]

    # -- reading ---------------------------------------------------------------------------------

    def _choose(self, _index: int) -> None:
        self._wanted, self._also = self.group.currentData(), frozenset()
        self._read()

    def _read(self) -> None:
        if self._desk is not None:
            self._request += 1
            work = partial(
                _read, self._desk.workspace, self._day, self._also | {self._wanted}, frozenset(self._without)
            )
            self._desk.run(work, owner=self, done=partial(self._show, self._request))

    def _show(self, request: int, found: _Reading) -> None:
        if request != self._request:
            return
        ticked = {pupil.id for pupil in self.checked()}
        ticked |= {one.pupil.id for one in found.candidates if one.consented and self._is_ticked_first(one)}
        self._seen = {one.pupil.id: one.consented for one in found.candidates}
        self._found = found
        self._show_groups()
        self.table.set_columns(
            _columns(several=len(found.chosen) > 1),
            key=lambda row: row.pupil.id,
            checkable=lambda row: row.consented,
            faded=lambda row: not row.consented,
        )
        self.table.set_rows(self._rows())
        self.table.set_checked(lambda row: row.pupil.id in ticked)
        self.consents_button.setVisible(bool(self._barred))

    def _is_ticked_first(self, one: Candidate) -> bool:
        """Whoever has just got a consent is ticked; a class that has just been chosen if all are to be."""
        return not self._seen.get(one.pupil.id, not self.ticks_all)

    def _show_groups(self) -> None:
        """The class in the selector; in the menu the others, with a tick at those whose pupils are listed too."""
        groups, chosen = self._found.groups, [one.id for one in self._found.chosen]
        if self._wanted not in chosen:
            self._wanted = chosen[0] if chosen else ""
        with QSignalBlocker(self.group):
            self.group.clear()
            for group in groups:
                self.group.addItem(group.name.title, group.id)
            self.group.setCurrentIndex(self.group.findData(self._wanted))
        self.more.clear()
        for group in groups:
            if group.id != self._wanted:
                action = self.more.addAction(group.name.title)
                action.setCheckable(True)
                action.setChecked(group.id in chosen)
                action.toggled.connect(partial(self._add, group.id))
        others = len(chosen) - 1
        self.more_button.setText(f"и ещё {others}" if others > 0 else "Ещё класс")
        self.more_button.setVisible(len(groups) > 1)

    def _add(self, group: str, wanted: bool) -> None:
        self._also = self._also | {group} if wanted else self._also - {group}
        self._read()

    def _rows(self) -> Sequence[Candidate | Heading]:
        """Those without a consent first: there is something to be done about them."""
        barred, able = self._barred, [one for one in self._found.candidates if one.consented]
        if not barred:
            return able
        heads = Heading(f"Нет согласия родителей: {len(barred)}"), Heading(f"Согласие есть: {len(able)}")
        return [heads[0], *barred, *([heads[1]] if able else []), *able]

    @property
    def _barred(self) -> list[Candidate]:
        return [one for one in self._found.candidates if not one.consented]

    def _show_count(self) -> None:
        total = len(self._found.candidates)
        self.count.setText(f"отмечено {len(self.table.checked())} из {total}" if total else "")
        self.changed.emit()

    # -- consents --------------------------------------------------------------------------------

    def _ask_consents(self) -> None:
        there = [one.pupil for one in self._barred]
        if self._desk is None or not there:
            return
        dialog = ConsentsDialog(self, self._desk, there, self._day)
        dialog.saved.connect(self._tell_given)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _tell_given(self, step: Step) -> None:
        if self._desk is not None:
            self._desk.said.emit(f"{step.words[:1].upper()}{step.words[1:]}, ученики отмечены")
        self._read()


def _columns(*, several: bool) -> tuple[Column[Candidate], ...]:
    name: Column[Candidate] = Column("Ученик", lambda row: row.pupil.name.short)
    group: Column[Candidate] = Column("Класс", lambda row: titles([row.pupil]), width=120)
    consent: Column[Candidate] = Column(
        "Согласие",
        lambda row: "" if row.consented else "нет согласия родителей",
        width=200,
        look=lambda row: Look() if row.consented else _MISSING,
    )
    return (name, group, consent) if several else (name, consent)


def _read(workspace: Workspace, day: date, wanted: Collection[str], without: Collection[str]) -> _Reading:
    actor = workspace.actor
    groups = [one for one in pupils.groups(workspace, actor, SchoolYear.containing(day)) if one.size]
    chosen = [one for one in groups if one.id in wanted] or groups[:1]
    found = [one for group in chosen for one in diagnostics.candidates(workspace, actor, group.id, day)]
    return _Reading(groups, chosen, [one for one in found if one.pupil.id not in without])

"""Whom a session is for: the pupils of a class, those without a consent of the parents apart."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from profdesk.domain import plural
from profdesk.domain.people import Group, Pupil
from profdesk.domain.school_year import SchoolYear
from profdesk.gui.common.columns import Column, Heading, Look
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.gui.diagnostics.consents_dialog import ConsentsDialog
from profdesk.services import diagnostics, pupils
from profdesk.services.diagnostics import Candidate

if TYPE_CHECKING:
    from profdesk.services.workspaces import Workspace

_MISSING = Look("prohibit", Tone.WARN)
_RULE = "Кого нет среди отмеченных, того в сеансе не будет. Опоздавшему бланк можно добавить и позже."


@dataclass(frozen=True)
class _Reading:
    groups: Sequence[Group]
    group: Group | None
    candidates: Sequence[Candidate]


class PupilChoice(QWidget):
    """Everybody with a valid consent is ticked at first unless ``ticks_all`` is off; ``changed`` when others are."""

    changed = Signal()

    group: QComboBox
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
        self._found = _Reading((), None, ())
        self._offered: set[str] = set()
        self._request = 0
        self.rule.setText(_RULE)
        self.table.set_columns(
            (
                Column("Ученик", lambda row: row.pupil.name.short),
                Column(
                    "Согласие",
                    lambda row: "" if row.consented else "нет согласия родителей",
                    width=200,
                    look=lambda row: Look() if row.consented else _MISSING,
                ),
            ),
            key=lambda row: row.pupil.id,
            checkable=lambda row: row.consented,
            faded=lambda row: not row.consented,
        )
        self.group.activated.connect(self._choose)
        self.table.checks_changed.connect(self._show_count)
        self.consents_button.clicked.connect(self._ask_consents)

    def show_day(self, desk: Desk, day: date, without: Collection[str] = (), group: str = "") -> None:
        """Offer the classes of that day's school year; ``without`` are pupils who have a sheet already."""
        self._desk, self._day, self._without = desk, day, without
        self._wanted = group or self._wanted
        self._read()

    @property
    def chosen_group(self) -> Group | None:
        """The class shown, None where there is none."""
        return self._found.group

    def checked(self) -> list[Pupil]:
        """The pupils ticked."""
        return [row.pupil for row in self.table.checked()]

    # -- reading ---------------------------------------------------------------------------------

    def _choose(self, _index: int) -> None:
        self._wanted = self.group.currentData()
        self._read()

    def _read(self) -> None:
        if self._desk is not None:
            self._request += 1
            work = partial(_read, self._desk.workspace, self._day, self._wanted, frozenset(self._without))
            self._desk.run(work, owner=self, done=partial(self._show, self._request))

    def _show(self, request: int, found: _Reading) -> None:
        if request != self._request:
            return
        if found.group != self._found.group:
            self._offered = set()
        ticked = {pupil.id for pupil in self.checked()}
        if self.ticks_all or self._offered:
            ticked |= {one.pupil.id for one in found.candidates if one.consented and one.pupil.id not in self._offered}
        self._found = found
        self._offered |= {one.pupil.id for one in found.candidates if one.consented}
        with QSignalBlocker(self.group):
            self.group.clear()
            for group in found.groups:
                self.group.addItem(group.name.title, group.id)
            if found.group is not None:
                self._wanted = found.group.id
                self.group.setCurrentIndex(self.group.findData(self._wanted))
        self.table.set_rows(self._rows())
        self.table.set_checked(lambda row: row.pupil.id in ticked)
        self.consents_button.setVisible(bool(self._barred))

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
        group = self._found.group
        if self._desk is None or group is None:
            return
        there = [one.pupil for one in self._barred]
        dialog = ConsentsDialog(self, self._desk, group.name.title, there, self._day)
        dialog.saved.connect(self._tell_given)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _tell_given(self, count: int) -> None:
        if self._desk is not None:
            self._desk.said.emit(
                f"Записано: {plural.counted(count, 'согласие', 'согласия', 'согласий')}, ученики отмечены"
            )
        self._read()


def _read(workspace: Workspace, day: date, wanted: str, without: Collection[str]) -> _Reading:
    actor = workspace.actor
    groups = [one for one in pupils.groups(workspace, actor, SchoolYear.containing(day)) if one.size]
    group = next((one for one in groups if one.id == wanted), groups[0] if groups else None)
    found = diagnostics.candidates(workspace, actor, group.id, day) if group else ()
    return _Reading(groups, group, [one for one in found if one.pupil.id not in without])

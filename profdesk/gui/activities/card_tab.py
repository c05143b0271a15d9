"""The card's tab «Пробы и события»: what the child was at, the hours that add up, the professions met."""

from __future__ import annotations

from functools import partial
from itertools import groupby

from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain import activity_words as words
from profdesk.domain.activities import Activity, Participation, Presence, Sort, State
from profdesk.domain.evidence import Evidence
from profdesk.domain.plural import counted
from profdesk.domain.pupil_card import PupilCard
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_opening
from profdesk.gui.common.card_tab import Tab
from profdesk.gui.common.columns import Column, Heading, Look
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.services import activities
from profdesk.services.activities import PupilActivities

_Visit = tuple[Activity, Participation]
_SORTS = {Sort.TRIAL: "Пробы", Sort.PRACTICE: "Практики и волонтёрство", Sort.EVENT: "События"}
_NOBODY = "Ученика ещё никуда не приглашали. Пробы и события вносят на странице «Пробы и события»."
_NONE_MET = "Пока ни с одной: профессии называют, когда планируют пробу, урок или встречу."


class ActivitiesTab(Tab):
    """Reads the pupil of the card shown; nothing is written here. Enter opens what the pupil made."""

    title = "Пробы и события"

    table: DeskTable
    message: InlineMessage
    work_button: QPushButton
    hours: QLabel
    met_label: QLabel
    met: DeskTable

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "activities_card_tab")
        self._pupil = ""
        self._wanted: int | None = None
        """How many professions the programme wants the pupil to meet."""
        self._found = PupilActivities((), {}, {}, {}, {})
        self.table.set_columns(self._columns(), key=lambda visit: visit[0].id, faded=_is_missed)
        self.met.set_columns(
            (Column[str]("Профессия", lambda title: title, second=self._when),), key=lambda title: title
        )
        self.table.chosen.connect(lambda _: self._offer_work())
        self.table.opened.connect(lambda _: self._open_work())
        self.work_button.clicked.connect(self._open_work)
        self._offer_work()

    @override
    def show_card(self, card: PupilCard) -> None:
        group = card.pupil.group
        self._wanted = self.desk.programme.professions_to_meet(group.level) if group else None
        if card.pupil.id != self._pupil:
            self._pupil = card.pupil.id
            self._show(self._pupil, PupilActivities((), {}, {}, {}, {}))
        workspace, pupil = self.desk.workspace, self._pupil
        self.desk.run(
            lambda: activities.pupil_card(workspace, workspace.actor, pupil),
            owner=self,
            done=partial(self._show, pupil),
        )

    def _columns(self) -> tuple[Column[_Visit], ...]:
        return (
            Column("Когда", lambda visit: words.when(visit[0].entry), width=136),
            Column("Что", lambda visit: visit[0].entry.title, second=self._kind),
            Column("Участие", _presence, width=140, look=_look),
            Column("Часов", self._hours, width=62, right=True),
            Column("Результат", lambda visit: visit[1].result, second=_second),
            Column("Работа", lambda visit: "файл" if self._work(visit) else "", width=84, look=self._work_look),
        )

    def _when(self, profession: str) -> str:
        """The first time, and how often after it."""
        first, *more = self._found.occasions[profession]
        again = f", и ещё {counted(len(more), 'раз', 'раза', 'раз')}" if more else ""
        return f"{first.day:%d.%m.%Y}, {first.title}{again}"

    def _work(self, visit: _Visit) -> Evidence | None:
        return self._found.products.get(visit[1].product or "")

    def _work_look(self, visit: _Visit) -> Look:
        return Look("paperclip") if self._work(visit) else Look()

    def _offer_work(self) -> None:
        visit: _Visit | None = self.table.row()
        self.work_button.setVisible(bool(self._found.products))
        self.work_button.setEnabled(visit is not None and self._work(visit) is not None)

    def _open_work(self) -> None:
        visit: _Visit | None = self.table.row()
        work = self._work(visit) if visit is not None else None
        if work is not None:
            self.message.clear()
            file_opening.open_evidence(self.desk, self, work.id, self._fail)

    def _fail(self, error: ProfdeskError) -> None:
        self.message.say(error.message, Tone.BAD)

    def _kind(self, visit: _Visit) -> str:
        kind = self._found.types.get(visit[0].entry.type)
        return kind.title if kind else "мероприятие"

    def _hours(self, visit: _Visit) -> str:
        one, said = visit
        number = one.entry.hours if said.hours is None else said.hours
        return str(number) if number and not _is_missed(visit) else ""

    def _show(self, pupil: str, found: PupilActivities) -> None:
        if pupil != self._pupil:
            return
        self._found = found
        rows: list[_Visit | Heading] = []
        for year, some in groupby(found.visits, key=lambda visit: SchoolYear.containing(visit[0].entry.begins_on)):
            rows += [Heading(f"{year.title} учебный год"), *some]
        self.table.set_rows(rows, _NOBODY)
        self.table.choose_first()
        self._offer_work()
        told = [f"{name}: {counted(number, 'час', 'часа', 'часов')}" for name, number in self._told(found)]
        self.hours.setText("\n".join(told) or "Часов пока нет.")
        of = f" из {self._wanted}" if self._wanted else ""
        self.met_label.setText(f"Знакомые профессии: {len(found.met)}{of}")
        self.met.set_rows(found.met, _NONE_MET)
        self.met.choose_first()

    def _told(self, found: PupilActivities) -> list[tuple[str, int]]:
        return [(name, found.hours[sort]) for sort, name in _SORTS.items() if found.hours.get(sort)]


def _is_missed(visit: _Visit) -> bool:
    return visit[0].state is not State.HELD or visit[1].presence is not Presence.PRESENT


def _presence(visit: _Visit) -> str:
    return words.presence(visit[1].presence, visit[0].state, visit[0].entry.audience)


def _look(visit: _Visit) -> Look:
    return Look() if _is_missed(visit) else Look("check-circle", Tone.OK)


def _second(visit: _Visit) -> str:
    said = visit[1]
    mark = f"оценка {said.mark}" if said.mark else ""
    return ", ".join(filter(None, (mark, f"«{said.feedback}»" if said.feedback else "")))

"""Opening the names behind a figure, and leading on from them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from profdesk.domain.summary import Figure, Summary
from profdesk.domain.summary_people import Behind
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.task import Task
from profdesk.gui.summary.leads import Place, Way
from profdesk.gui.summary.people_dialog import PeopleDialog
from profdesk.services import summary_people


class PeopleActs(QObject):
    """Reads who is behind a figure off the GUI thread; of several asked for in a row the last one is shown."""

    wanted_card = Signal(str)
    """The id of the pupil whose card the user wants to see."""
    wanted_portfolio = Signal(str)
    """The id of a group to be assessed."""
    wanted_activity = Signal(object)
    """What is to be planned: the measure it is for, and the ids of the groups and pupils it is missing for."""
    wanted_choices = Signal(object)
    """The measure by which choices are missing, and the id of a group."""
    wanted_graduates = Signal(int)
    """The year they left in."""
    wanted_register = Signal(object)
    """The Register."""
    failed = Signal(object)
    """ProfdeskError."""
    closed = Signal()
    """Nobody is led anywhere."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.leading: Callable[[Place], bool] = lambda _: True
        """Whether the window leads on to a place."""
        self._window = parent
        self._task: Task | None = None
        self._ways = {
            Place.PORTFOLIO: self.wanted_portfolio,
            Place.ACTIVITY: self.wanted_activity,
            Place.CHOICES: self.wanted_choices,
            Place.GRADUATES: self.wanted_graduates,
            Place.REGISTER: self.wanted_register,
        }

    def open(self, summary: Summary, figure: Figure, side: str, whose: str) -> None:
        """Show who is counted or who is missing (the side of the dialog)."""
        workspace, indicator = self._desk.workspace, figure.indicator
        if self._task is not None:
            self._task.cancel()
        self._task = self._desk.run(
            lambda: summary_people.behind(workspace, workspace.actor, summary.span, indicator, summary.scope),
            owner=self,
            done=lambda found: self._show(figure, found, side, whose),
            failed=self.failed.emit,
        )

    def _show(self, figure: Figure, found: Behind, side: str, whose: str) -> None:
        led = frozenset(place for place in Place if self.leading(place))
        dialog = PeopleDialog(self._window, self._desk, figure, found, whose, led)
        dialog.wanted.connect(self._lead)
        dialog.wanted_card.connect(self.wanted_card)
        dialog.rejected.connect(self.closed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.show_side(side)

    def _lead(self, way: Way) -> None:
        self._ways[way.place].emit(way.whom)

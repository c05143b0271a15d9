"""What is done to a route: lines written, done, removed and put back, each a step that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from profdesk.domain import wording
from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes
from profdesk.domain.people import Pupil
from profdesk.domain.route import LineState, RouteEntry, RouteLine
from profdesk.domain.route_words import Voice
from profdesk.errors import ProfdeskError
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.steps import Steps
from profdesk.gui.common.tones import Tone
from profdesk.services import routes

_LONGEST = 30


class RouteActs(QObject):
    """The verbs of the tab; ``wrote`` gives the step done, whose first record is the line to stand on.

    ``said`` has words, a Tone and what one may press (or ""); ``refused`` why a typed line could not be written.
    """

    wrote = Signal(object)
    said = Signal(str, object, str)
    refused = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._removed = ""
        self.steps = Steps(desk, self)
        self.steps.turned.connect(self._turned)
        self.steps.failed.connect(self._failed)

    def write(self, pupil: Pupil, entry: RouteEntry, line: RouteLine | None) -> None:
        """Write a new line, or what has become of one."""
        workspace, which = self._desk.workspace, line.line if line else None
        self._write(
            _step(pupil, "изменено" if line else "добавлено", entry),
            lambda: _one(routes.write(workspace, workspace.actor, pupil.id, entry, which)),
            failed=lambda error: self.refused.emit(error.message),
        )

    def take(self, pupil: Pupil, entries: Sequence[RouteEntry]) -> None:
        """Write the lines offered."""
        workspace = self._desk.workspace
        self._write(
            f"маршрут, {pupil.name.short}: взято из выбора",
            lambda: routes.take(workspace, workspace.actor, pupil.id, entries),
        )

    def toggle(self, pupil: Pupil, line: RouteLine, said: Voice) -> None:
        """Note that a line is done, or open again."""
        if not line.entry.kind.can_be_done:
            words = f"Это не отмечают сделанным: {said.kinds[line.entry.kind].one} просто остаётся в маршруте."
            self.said.emit(words, Tone.INFO, "")
            return
        workspace = self._desk.workspace
        open_again = line.state is LineState.DONE
        state = LineState.OPEN if open_again else LineState.DONE
        verb = "снова не сделано" if open_again else said.kinds[line.entry.kind].done
        self._write(
            _step(pupil, verb, line.entry),
            lambda: _one(routes.set_state(workspace, workspace.actor, line.line, state)),
        )

    def remove(self, pupil: Pupil, line: RouteLine, said: Voice) -> None:
        """Take a line out of the route."""
        workspace, which = self._desk.workspace, line.line
        self._removed = which
        self._write(
            _step(pupil, "убрано", line.entry),
            lambda: _one(routes.remove(workspace, workspace.actor, which)),
            f"Убрано: {said.kinds[line.entry.kind].one} {_short(line.entry)}. В истории маршрута строка остаётся.",
            "Вернуть",
        )

    def put_back(self, line: str = "") -> None:
        """Put a line back into the route: the one of the id, or that removed last."""
        workspace, which = self._desk.workspace, line or self._removed
        if which:
            self._removed = ""
            self._write("возвращено в маршрут", lambda: _one(routes.put_back(workspace, workspace.actor, which)))

    def _write(
        self,
        words: str,
        verb: Callable[[], tuple[Sequence[RouteLine], Changes]],
        told: str = "",
        action: str = "",
        failed: Callable[[ProfdeskError], None] | None = None,
    ) -> None:
        def work() -> tuple[Step, Changes]:
            lines, changes = verb()
            return Step(words, changes.batch, tuple(line.line for line in lines)), changes

        def done(step: Step) -> None:
            self.steps.add(step)
            self.said.emit(told, Tone.INFO, action)
            self.wrote.emit(step)

        self._desk.write(work, owner=self, done=done, failed=failed or self._failed)

    def _turned(self, step: Step, undone: bool) -> None:
        self.said.emit(f"{'Отменено' if undone else 'Сделано снова'}: {step.words}.", Tone.INFO, "")

    def _failed(self, error: ProfdeskError) -> None:
        self.said.emit(error.message, Tone.BAD, "")


def _one(written: tuple[RouteLine, Changes]) -> tuple[Sequence[RouteLine], Changes]:
    line, changes = written
    return (line,), changes


def _step(pupil: Pupil, verb: str, entry: RouteEntry) -> str:
    """«маршрут, Ильин Даниил: добавлено «побывать на пробе»»."""
    return f"маршрут, {pupil.name.short}: {verb} {_short(entry)}"


def _short(entry: RouteEntry) -> str:
    """The words of an entry, not too long for the line that names what can be undone."""
    words = entry.tidy.words
    return wording.quoted(words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}…")

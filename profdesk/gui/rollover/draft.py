"""The plan while it is being changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from profdesk.domain.people import GroupName
from profdesk.domain.rollover import Line, RolloverPlan, Step
from profdesk.gui.rollover.rows import WORDS, counted
from profdesk.services.rollover import Preview


class Draft:
    """Marks go back one by one, and outlive a new reading of the same year.

    ``sure``: the user has said that the year may end before its lessons do.
    """

    def __init__(self, preview: Preview) -> None:
        self.preview = preview
        self.plan = preview.plan
        self.sure = False
        self._former: list[tuple[str, RolloverPlan]] = []
        self._marks: dict[str, Line] = {}
        self._keep_marks()

    def renew(self, preview: Preview) -> None:
        """Take the same year as it stands now."""
        self.preview = preview
        self.plan = preview.plan.carried(self._marks)
        self._former.clear()

    @property
    def asks(self) -> bool:
        """Whether the user must say first that the year may end before its lessons do."""
        return self.preview.early and self.preview.begins and not self.sure

    @property
    def next_undo(self) -> str:
        """What going back would undo, empty if nothing was marked."""
        return self._former[-1][0] if self._former else ""

    def undo(self) -> bool:
        """Take the last mark back, if there is one."""
        if not self._former:
            return False
        _, self.plan = self._former.pop()
        self._keep_marks()
        return True

    def whole(self, lines: Sequence[Line]) -> list[Line]:
        """Everybody in the classes of some lines."""
        groups = {line.group.id for line in lines}
        return [line for line in self.plan.lines if line.group.id in groups]

    def mark(self, lines: Sequence[Line], step: Step) -> bool:
        """Give lines another step where it is possible; False if that changes nothing."""
        possible = [line for line in lines if step in line.steps]
        ids = {line.pupil.id for line in possible}
        return self._change(self.plan.marked(ids, step), f"{_named(possible)}, {WORDS[step][0]}")

    def send(self, lines: Sequence[Line], target: GroupName) -> bool:
        """Let lines be in another class of the next year; False if that changes nothing."""
        ids = {line.pupil.id for line in lines}
        return self._change(self.plan.sent(ids, target), f"{_named(lines)} в {target.title}")

    def send_class(self, group: str, target: GroupName) -> bool:
        """Let those of a class who go on go elsewhere; False if that changes nothing."""
        ids = self.plan.movers(group, target)
        return self.send([line for line in self.plan.lines if line.pupil.id in ids], target)

    def _change(self, plan: RolloverPlan, words: str) -> bool:
        if plan == self.plan:
            return False
        self._former.append((words, self.plan))
        self.plan = plan
        self._keep_marks()
        return True

    def _keep_marks(self) -> None:
        self._marks |= {line.pupil.id: line for line in self.plan.lines if not line.done}


def _named(lines: Collection[Line]) -> str:
    """One pupil by name, several by their number."""
    names = [line.pupil.name.short for line in lines]
    return names[0] if len(names) == 1 else counted(lines)

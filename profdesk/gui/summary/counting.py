"""Counting the summary off the GUI thread, with everything that is shown beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from profdesk.domain.issued_summaries import IssuedSummary
from profdesk.domain.people import Group
from profdesk.domain.scope import Scope
from profdesk.domain.span import Span
from profdesk.domain.summary import Summary
from profdesk.domain.verification import KeyInfo
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.task import Task
from profdesk.services import keys, pupils
from profdesk.services import summary as verbs

if TYPE_CHECKING:
    from profdesk.services.workspaces import Workspace

Within = Callable[[Sequence[Group]], Scope]
"""The scope wanted among the groups of the span's year."""


@dataclass(frozen=True)
class Counted:
    """A summary with its paper, the key that would sign it, and those of the same span that were signed.

    ``withheld`` are the indicators (codes) whose numbers the department would not get, ``groups`` those of the year.
    """

    summary: Summary
    withheld: frozenset[str]
    paper: bytes
    key: KeyInfo
    issued: Sequence[IssuedSummary]
    groups: Sequence[Group]


class Counting(QObject):
    """Of several questions in a row only the last is answered: an old answer never stands under a newer choice."""

    counted = Signal(object)
    """Counted."""
    failed = Signal(object)
    """ProfdeskError."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._task: Task | None = None
        self._last = 0

    def ask(self, span: Span, within: Within) -> None:
        """Count a span; whatever was asked before is stopped."""
        if self._task is not None:
            self._task.cancel()
        self._last += 1
        number, workspace = self._last, self._desk.workspace

        def tell(found: Counted) -> None:
            if number == self._last:
                self.counted.emit(found)

        self._task = self._desk.run(
            lambda: _count(workspace, span, within), owner=self, done=tell, failed=self.failed.emit
        )


def _count(workspace: Workspace, span: Span, within: Within) -> Counted:
    actor = workspace.actor
    groups = pupils.groups(workspace, actor, span.year)
    summary = verbs.compute(workspace, actor, span, within(groups))
    return Counted(
        summary=summary,
        withheld=verbs.withheld(summary) if summary.scope.whole else frozenset(),
        paper=verbs.preview(workspace, actor, summary),
        key=keys.current(workspace, actor),
        issued=[one for one in verbs.issued(workspace, actor, span.year) if one.span == span],
        groups=groups,
    )

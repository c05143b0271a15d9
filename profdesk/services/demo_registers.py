"""The registers of the demonstration school: shipped tables taken in as a school would; all of it is made up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from profdesk import assets
from profdesk.domain.progress import Progress
from profdesk.domain.register_import import Fate
from profdesk.domain.registers import AGREEMENTS, ALL
from profdesk.errors import WrongInputError
from profdesk.services import registers

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace

_SOON = timedelta(days=19)
_ENDING = "15"
"""The number of the agreement that is about to end, whenever the school is built."""


def fill(workspace: Workspace, today: date, progress: Progress) -> None:
    """Take every shipped table in, those that others link to first; one agreement ends soon after ``today``."""
    shipped = [one for one in ALL.values() if not one.is_of_pupils]
    for done, register in enumerate(shipped):
        progress(done, len(shipped))
        source = assets.resource("demo-registers", f"{register.title}.csv")
        plan = registers.preview(workspace, workspace.actor, register, source)
        if refused := plan.of(Fate.REFUSED):
            raise WrongInputError(f"Таблица «{source.name}», строка {refused[0].number}: {refused[0].reason}")
        registers.apply(workspace, workspace.actor, plan)
    found = registers.book(workspace, workspace.actor, AGREEMENTS)
    ending = next(one.id for one in found.entries if one.values["number"] == _ENDING)
    registers.change(workspace, workspace.actor, AGREEMENTS, ending, {"valid_until": today + _SOON})
    progress(len(shipped), len(shipped))

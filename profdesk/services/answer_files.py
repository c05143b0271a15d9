"""Answers from a file: exported by an online form, or typed into a table by a teacher."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain import answer_table
from profdesk.domain.access import Actor
from profdesk.domain.answer_table import AnswerTable
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.diagnostics import SheetMode
from profdesk.domain.instrument import Instrument
from profdesk.domain.people import Pupil
from profdesk.domain.questions import Wording
from profdesk.domain.rights import Right
from profdesk.errors import WrongInputError
from profdesk.services import consent_gates
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace


def preview(instrument: Instrument, path: Path, pupils: Sequence[Pupil], wording: Wording | None = None) -> AnswerTable:
    """Say what the file holds of some pupils; nothing is written.

    WrongInputError for a file that cannot be read, or in which the questions are not found.
    """
    from profdesk.intake import roster_file

    tables = [[(row.line, row.cells) for row in sheet.rows] for sheet in roster_file.read(path)]
    return answer_table.read(instrument, tables, pupils, path.name, wording)


@needs(Right.DIAGNOSTICS)
def apply(workspace: Workspace, actor: Actor, session_id: str, found: AnswerTable) -> tuple[int, Changes]:
    """Write the answers into the sheets of a session, all or none; gives how many sheets were filled.

    A sheet's other answers stay. WrongInputError names those who have no sheet in the session.
    """
    now = datetime.now(UTC)
    with workspace.unit(actor) as unit:
        there = {sheet.pupil: sheet.id for sheet in unit.diagnostics.sheets(session_id)}
        strangers = [one.pupil.name.short for one in found.sheets if one.pupil.id not in there]
        if strangers:
            raise WrongInputError(f"В этом сеансе нет бланка: {', '.join(strangers)}.")
        filled = {there[one.pupil.id]: one.answers for one in found.sheets if one.answers}
        consent_gates.ensure_sheets(unit, filled)
        unit.diagnostics.put_answers(filled, SheetMode.FILE, now)
        return len(filled), Changes.of(unit.batch, Kind.DIAGNOSTICS)

"""The psychologist's papers: answer sheets, protocol, class report, leaflets, journal, workbook.

They are made from the psychologists' database and kept nowhere: who prints or saves one, holds it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from profdesk.domain.access import Actor
from profdesk.domain.diagnostic_papers import SessionFacts
from profdesk.services import diagnostics, organisation, workspaces

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace


def answer_sheets(workspace: Workspace, actor: Actor, session_id: str) -> bytes:
    """Draw the answer sheets of a session, the questions behind each where the school loaded them."""
    from profdesk.documents import answer_sheet

    return answer_sheet.answer_sheets(_facts(workspace, actor, session_id), _today())


def _facts(workspace: Workspace, actor: Actor, session_id: str) -> SessionFacts:
    view = diagnostics.session(workspace, actor, session_id)
    return SessionFacts(
        organisation=organisation.get(workspace, actor),
        view=view,
        wording=diagnostics.wording(workspace, actor, view.instrument),
        held_by=workspaces.user_names(workspace).get(view.session.actor, ""),
    )


def _today() -> date:
    return datetime.now(UTC).astimezone().date()

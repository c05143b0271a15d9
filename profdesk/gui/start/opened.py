"""What the start window hands over: an open workspace with what every page asks for first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from profdesk.domain.organisation import Organisation
from profdesk.domain.programme import Programme
from profdesk.services import organisation, programmes

if TYPE_CHECKING:
    from profdesk.services.workspaces import Workspace


@dataclass(frozen=True)
class Opened:
    """An open workspace, its programme and its organisation."""

    workspace: Workspace
    programme: Programme
    organisation: Organisation


def read(workspace: Workspace) -> Opened:
    """Read the programme and the organisation; the workspace is closed again if they cannot be read."""
    try:
        return Opened(
            workspace, programmes.current(workspace, workspace.actor), organisation.get(workspace, workspace.actor)
        )
    except BaseException:
        workspace.close()
        raise

"""Workspaces: made, opened, and given back to someone who forgot the password."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from profdesk import assets
from profdesk.domain import programme_file
from profdesk.domain.access import Actor, NewUser
from profdesk.domain.organisation import Organisation
from profdesk.services import files

if TYPE_CHECKING:
    from profdesk.storage import workspace as _storage

    Workspace: TypeAlias = _storage.Workspace

DEFAULT_PROGRAMME = "artemovsky-2022-2025"


@dataclass(frozen=True)
class NewWorkspace:
    """An opened new workspace and the recovery code, which is shown once and kept on paper."""

    workspace: Workspace
    recovery_code: str


def create(path: Path, organisation: Organisation, owner: NewUser, programme: Path | None = None) -> NewWorkspace:
    """Make a workspace in an empty or absent folder, with a signing key known on this computer.

    ``programme`` is an edited programme file; without it the shipped one is taken. Nothing is left
    behind when it fails.
    """
    from profdesk.storage import workspace as storage

    source = programme or assets.resource("programmes", f"{DEFAULT_PROGRAMME}.toml")
    text = files.read_text(source)
    programme_file.parse(text, source.name)
    created = storage.create(path, organisation, owner, text)
    try:
        _make_key(created.workspace, organisation)
    except BaseException:
        created.workspace.close()
        raise
    return NewWorkspace(created.workspace, created.recovery_code)


def users(path: Path) -> Sequence[Actor]:
    """Who can open the workspace, without opening it."""
    from profdesk.storage import workspace as storage

    return storage.users(path)


def user_names(workspace: Workspace) -> Mapping[str, str]:
    """Full names by the ids that facts carry; who is not among them has no password here (any more)."""
    return {user.id: user.name for user in users(workspace.path)}


def open_workspace(path: Path, user: str | None, password: str) -> Workspace:
    """Open a workspace as a user (None: its only one); AccessError for a wrong password."""
    from profdesk.storage import workspace as storage

    return storage.open_workspace(path, user, password)


def check_password(workspace: Workspace, actor: Actor, password: str) -> None:
    """Make sure that it is the actor who sits there; AccessError for a wrong password, and it takes its time."""
    from profdesk.storage import workspace as storage

    storage.check_password(workspace.path, actor.id, password)


def restore_password(path: Path, user: str, recovery_code: str, password: str) -> None:
    """Give a user a new password by the printed recovery code."""
    from profdesk.storage import workspace as storage

    storage.restore_password(path, user, recovery_code, password)


def save_recovery_sheet(made: NewWorkspace, target: Path) -> None:
    """Write the sheet with the recovery code as PDF, to be printed and locked away."""
    from profdesk.documents import recovery_sheet

    actor = made.workspace.actor
    files.write(target, recovery_sheet.recovery_sheet(made.recovery_code, actor.name, str(made.workspace.path)))


def _make_key(workspace: Workspace, organisation: Organisation) -> None:
    from profdesk.signing import keys, known_keys

    key = keys.make_key(organisation.full_name, organisation.short_name, datetime.now(UTC))
    with workspace.unit(workspace.actor) as unit:
        unit.keys.add(key.certificate_pem, key.private_pem)
    known_keys.remember(key.certificate_pem)

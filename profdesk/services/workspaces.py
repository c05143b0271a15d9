"""Workspaces: made, opened, and given back to someone who forgot the password."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from profdesk import assets
from profdesk.domain import programme_file
from profdesk.domain.access import Actor, NewUser
from profdesk.domain.deeds import DeedKind
from profdesk.domain.organisation import Organisation
from profdesk.domain.rights import Right
from profdesk.errors import WorkspaceError, WrongInputError
from profdesk.services import backups, erasure, files
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace as _Workspace

    Workspace: TypeAlias = _Workspace

_Deed: TypeAlias = tuple[DeedKind, str, int]
DEFAULT_PROGRAMME = "artemovsky-2022-2025"


@dataclass(frozen=True)
class NewWorkspace:
    """An opened new workspace and the recovery code, which is shown once and kept on paper."""

    workspace: Workspace
    recovery_code: str


def is_on_network(folder: Path) -> bool:
    """Whether a folder, or where it would be, lies on a disk of another computer."""
    from profdesk.storage import shared_disk

    return shared_disk.is_remote(folder)


def create(path: Path, organisation: Organisation, owner: NewUser, programme: Path | None = None) -> NewWorkspace:
    """Make a workspace in an empty or absent folder, with a signing key known on this computer.

    ``programme`` is an edited programme file; without it the shipped one is taken. Nothing is left
    behind when it fails.
    """
    from profdesk.storage import opening as storage

    source = programme or assets.resource("programmes", f"{DEFAULT_PROGRAMME}.toml")
    text = files.read_text(source)
    programme_file.parse(text, source.name)
    created = storage.create(path, organisation, owner, text)
    try:
        _make_key(created.workspace, organisation)
    except BaseException:
        created.workspace.close()
        shutil.rmtree(created.workspace.path, ignore_errors=True)
        raise
    return NewWorkspace(created.workspace, created.recovery_code)


def users(path: Path) -> Sequence[Actor]:
    """Who can open the workspace, without opening it."""
    from profdesk.storage import backup
    from profdesk.storage import opening as storage

    backup.refuse_copy(path)
    return storage.users(path)


def open_workspace(path: Path, user: str | None, password: str, *, without_lost: bool = False) -> Workspace:
    """Open a workspace as a user (None: its only one) and journal it; AccessError for a wrong password.

    Wrong ones before it are journaled too and counted in the workspace's ``refused_before``. MissingRecordsError where
    records are missing, unless ``without_lost`` says to go on with what is there.
    """
    from profdesk.storage import backup
    from profdesk.storage import opening as storage

    backup.refuse_copy(path)
    workspace = storage.open_workspace(path, user, password, without_lost=without_lost)
    try:
        _write_down(workspace, _refused(workspace.refused_before), (DeedKind.LOGGED_IN, "Вход в рабочую папку", 0))
        _finish_erasures(workspace)
    except BaseException:
        workspace.close()
        raise
    return workspace


def wait(path: Path, user: str) -> int:
    """Seconds before the next password of the user is looked at, after wrong ones."""
    from profdesk.storage import opening as storage

    return storage.wait(path, user)


def leave(workspace: Workspace, why: str) -> None:
    """Journal that the user is going, and why, then drop the keys; what cannot be written keeps nobody."""
    try:
        _write_down(workspace, (DeedKind.LOCKED, why, 0))
        backups.make_in_passing(workspace, workspace.actor)
    finally:
        workspace.close()


@needs(Right.HOUSE_READ)
def check_password(workspace: Workspace, actor: Actor, password: str) -> None:
    """Make sure that it is the actor who sits there; AccessError for a wrong password, and it takes its time."""
    from profdesk.storage import opening as storage

    _write_down(workspace, _refused(storage.check_password(workspace.path, actor.id, password)))


def restore_password(path: Path, user: str, recovery_code: str, password: str) -> None:
    """Give a user a new password by the printed recovery code."""
    from profdesk.storage import opening as storage

    storage.restore_password(path, user, recovery_code, password)


def save_recovery_sheet(made: NewWorkspace, target: Path) -> None:
    """Write the sheet with the recovery code as PDF, to be printed and locked away."""
    from profdesk.documents import recovery_sheet

    actor = made.workspace.actor
    files.write(target, recovery_sheet.recovery_sheet(made.recovery_code, actor.name, str(made.workspace.path)))


def _refused(wrong: int) -> _Deed | None:
    return (DeedKind.LOGIN_REFUSED, "Неверные пароли перед верным", wrong) if wrong else None


def _write_down(workspace: Workspace, *deeds: _Deed | None) -> None:
    with suppress(WorkspaceError), workspace.unit(workspace.actor) as unit:
        for kind, title, count in filter(None, deeds):
            unit.deeds.add(kind, title, datetime.now(UTC), count=count)


def _finish_erasures(workspace: Workspace) -> None:
    """Go on with what erasures have left; what hinders it hinders no opening, and is told."""
    try:
        told, _ = erasure.apply_again(workspace, workspace.actor)
    except WorkspaceError as error:
        told = error.message
    workspace.notice = " ".join(filter(None, (workspace.notice, told)))


def _make_key(workspace: Workspace, organisation: Organisation) -> None:
    from profdesk.signing import keys, known_keys

    key = keys.make_key(organisation.full_name, organisation.short_name, datetime.now(UTC))
    with workspace.unit(workspace.actor) as unit:
        unit.keys.add(key.certificate_pem, key.private_pem)
    with suppress(WrongInputError):  # an open workspace knows its own key without that
        known_keys.remember(key.certificate_pem)

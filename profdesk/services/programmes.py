"""The programme the workspace works by."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk import assets
from profdesk.domain import programme_file
from profdesk.domain.access import Actor
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.programme import Programme
from profdesk.domain.rights import Right
from profdesk.services import files
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace

LARGEST = 4 * 1024 * 1024
"""Bytes of a programme file."""


@needs(Right.HOUSE_READ)
def current(workspace: Workspace, actor: Actor) -> Programme:
    """Read the programme copied into the workspace."""
    with workspace.unit(actor) as unit:
        return _parsed(unit.programme.text())


def shipped() -> Sequence[Programme]:
    """The programmes that the program brings."""
    folder = assets.resource("programmes")
    files_there = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    return [_parsed(path.read_text(encoding="utf-8")) for path in files_there]


@needs(Right.HOUSE_WRITE)
def choose(workspace: Workspace, actor: Actor, path: Path) -> tuple[Programme, Changes]:
    """Take an edited programme file into the workspace; the old text stays with what it was used for."""
    return take(workspace, actor, files.read(path, LARGEST), path.name)


@needs(Right.HOUSE_WRITE)
def take(workspace: Workspace, actor: Actor, data: bytes, name: str) -> tuple[Programme, Changes]:
    """The same for the bytes of a file of that name."""
    text = files.text_of(data, name)
    programme = programme_file.parse(text, name)
    with workspace.unit(actor) as unit:
        unit.programme.choose(text)
        return programme, Changes.of(unit.batch, Kind.PROGRAMME)


@lru_cache(maxsize=4)
def _parsed(text: str) -> Programme:
    """Parse once a text: every verb asks for the programme, and it changes once a year."""
    return programme_file.parse(text, "программа рабочей папки")

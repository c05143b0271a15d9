"""New workspaces for tests: tables take long to make, so each kind is made once and copied from then on."""

from __future__ import annotations

import shutil
from pathlib import Path

from support import CHEAP, organisation

from profdesk import assets, paths
from profdesk.domain.access import NewUser
from profdesk.domain.organisation import Organisation
from profdesk.storage import opening as storage
from profdesk.storage.opening import Created

PROGRAMME = assets.resource("programmes", "artemovsky-2022-2025.toml").read_text(encoding="utf-8")
_MADE: dict[tuple[str, Organisation, NewUser, str], tuple[Path, str]] = {}


class Shelf:
    """Where the first of each kind are kept; the session's fixture says where."""

    place: Path


def create(folder: Path, owner: NewUser, whose: Organisation | None = None, programme: str = PROGRAMME) -> Created:
    """As ``storage.create`` makes it, at a cheap cost; of two in one test, only those of one name are twins."""
    whose = whose or organisation()
    kind = (folder.name, whose, owner, programme)
    if kind not in _MADE:
        first = Shelf.place / str(len(_MADE))
        with paths.moved_to(Shelf.place / "home"):
            made = storage.create(first, whose, owner, programme, CHEAP)
            made.workspace.close()
        _MADE[kind] = first, made.recovery_code
    first, code = _MADE[kind]
    shutil.copytree(first, folder, dirs_exist_ok=True)
    return Created(storage.open_workspace(folder, None, owner.password), code)

"""Verification of a signed document, with or without an open workspace."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain.access import Actor
from profdesk.domain.verification import Verification
from profdesk.services import files, keys

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace

_LARGEST = 50 * 1024 * 1024
_LARGEST_KEY = 64 * 1024


def verify(path: Path, also_known: Sequence[Path] = ()) -> Verification:
    """Check a file against the keys known on this computer and those in the files ``also_known``.

    WrongInputError only when the file cannot be read or is over 50 MB; every other file gets a verdict.
    """
    from profdesk.signing.keys import describe

    extra = [files.read(key, largest=_LARGEST_KEY) for key in also_known]
    for pem in extra:
        describe(pem)
    return _verify(path, extra)


def verify_here(workspace: Workspace, actor: Actor, path: Path) -> Verification:
    """The same; the workspace's own key is known on whatever computer the workspace is opened."""
    return _verify(path, [keys.certificate(workspace, actor)])


def _verify(path: Path, extra: Sequence[bytes]) -> Verification:
    from profdesk.signing import known_keys
    from profdesk.signing import verify as signing

    return signing.verify(files.read(path, largest=_LARGEST), [*known_keys.known(), *extra])

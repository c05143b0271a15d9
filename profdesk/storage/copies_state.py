"""What is known of a workspace's copies as a whole: the last trial restore, and copies not made or not put."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from profdesk import atomic
from profdesk.domain.backups import Failure, Trial
from profdesk.storage.backup import FOLDER
from profdesk.storage.clock import kept_moment

_FILE = "state.json"
_FAILED, _FAILED_THERE = "failure", "failure_there"


def trial(folder: Path) -> Trial | None:
    """The last trial restore; None if there was none, or nothing is known of it."""
    try:
        raw = _read(folder)["trial"]
        return Trial(str(raw["copy"]), kept_moment(raw["at"]), bool(raw["whole"]), str(raw["told"]))
    except (KeyError, TypeError, ValueError):
        return None


def failure(folder: Path) -> Failure | None:
    """The copy that was due and could not be made since the last good one."""
    return _failure(folder, _FAILED)


def failure_there(folder: Path, place: Path) -> Failure | None:
    """Why the last copy did not get into a second place, unless one did since."""
    try:
        return _failure(folder, _FAILED_THERE) if _read(folder)[_FAILED_THERE]["place"] == str(place) else None
    except (KeyError, TypeError):
        return None


def remember_trial(folder: Path, found: Trial) -> None:
    """Put the last trial restore in place of the former one."""
    _change(folder, "trial", {**vars(found), "at": found.at.isoformat()})


def remember_failure(folder: Path, found: Failure | None) -> None:
    """Keep why a copy could not be made until one is; None when one is."""
    if found is not None or failure(folder) is not None:
        _change(folder, _FAILED, found and {"at": found.at.isoformat(), "told": found.told})


def remember_failure_there(folder: Path, place: Path, found: Failure | None) -> None:
    """The same for a second place; one of another computer is another one, and what is known of it gives way."""
    if found is not None:
        fields = {"at": found.at.isoformat(), "told": found.told, "place": str(place)}
        _change(folder, _FAILED_THERE, fields)
    elif failure_there(folder, place) is not None:
        _change(folder, _FAILED_THERE, None)


def _failure(folder: Path, name: str) -> Failure | None:
    try:
        raw = _read(folder)[name]
        return Failure(kept_moment(raw["at"]), str(raw["told"]))
    except (KeyError, TypeError, ValueError):
        return None


def _change(folder: Path, name: str, value: object) -> None:
    """A state that cannot be written is not worth failing for."""
    with suppress(OSError):
        (folder / FOLDER).mkdir(exist_ok=True)
        atomic.write(folder / FOLDER / _FILE, json.dumps({**_read(folder), name: value}, ensure_ascii=False).encode())


def _read(folder: Path) -> dict[str, dict[str, str]]:
    try:
        raw = atomic.read_json(folder / FOLDER / _FILE)
    except (OSError, ValueError):
        return {}
    return raw if isinstance(raw, dict) else {}

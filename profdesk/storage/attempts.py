"""``attempts.json``: wrong passwords since the last right one, kept beside the vault so that a restart forgets none.

It lies in the folder, not in the settings of one login of the computer: whoever guesses through another login, the
command line or a shared disk meets the same wait. It holds no secret, and it stops nobody who copies the
folder and guesses elsewhere: argon2id does. Where the folder cannot be written nothing is remembered.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from profdesk import atomic
from profdesk.domain import attempts
from profdesk.domain.attempts import Attempts
from profdesk.errors import AccessError, RefusedError
from profdesk.storage.clock import kept_moment

FILE = "attempts.json"
RECOVERY = "recovery"


@contextmanager
def counted(folder: Path, user: str) -> Iterator[None]:
    """Try one password inside the block: RefusedError if it comes too early, and AccessError makes one more wrong."""
    if left := wait(folder, user):
        raise _refusal("Было несколько неверных попыток подряд.", left)
    try:
        yield
    except AccessError as error:
        there = _read(folder)  # another program may have guessed meanwhile
        refused = there.get(user, Attempts()).refused(_now())
        _write(folder, {**there, user: refused})
        if not (left := refused.wait(_now())):
            raise
        raise _refusal(error.message, left) from error


def forget(folder: Path, user: str) -> int:
    """Begin anew after a right password; gives how many were wrong before it."""
    there = dict(_read(folder))
    former = there.pop(user, None)
    if former is None:
        return 0
    _write(folder, there)
    return former.wrong


def wait(folder: Path, user: str) -> int:
    """Seconds before the next password of the user is looked at."""
    return _read(folder).get(user, Attempts()).wait(_now())


def _refusal(reason: str, seconds: int) -> RefusedError:
    return RefusedError(f"{reason} {attempts.next_words(seconds)}", reason, seconds)


def _now() -> datetime:
    return datetime.now(UTC)


def _read(folder: Path) -> Mapping[str, Attempts]:
    """What is remembered; a spoiled file is as good as none."""
    try:
        raw = atomic.read_json(folder / FILE)
        return {user: Attempts(int(one["wrong"]), kept_moment(one["last"])) for user, one in raw.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return {}


def _write(folder: Path, there: Mapping[str, Attempts]) -> None:
    told = {user: {"wrong": one.wrong, "last": one.last and one.last.isoformat()} for user, one in there.items()}
    with suppress(OSError):
        if told:
            atomic.write(folder / FILE, json.dumps(told).encode())
        else:
            (folder / FILE).unlink(missing_ok=True)

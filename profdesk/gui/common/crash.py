"""Bugs go to crash.log; the user is told at once where it is, never by silence."""

from __future__ import annotations

import faulthandler
import sys
import traceback
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from profdesk import atomic, paths

_OF_CODE = (AttributeError, ImportError, NameError)
_MOST_CHAINED = 20


def log_file() -> Path:
    """Where bugs of this user's windows are written."""
    return paths.user_data() / "crash.log"


def untold() -> Path | None:
    """The log if something was written that no window has told of: the program died of it."""
    log = log_file()
    size = log.stat().st_size if log.exists() else 0
    try:
        known = int(log.with_suffix(".told").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        known = 0
    return log if size > known else None


def tell() -> None:
    """Remember that the user has been told of all that the log holds."""
    log = log_file()
    with suppress(OSError):
        atomic.write(log.with_suffix(".told"), str(log.stat().st_size).encode())


def catch() -> IO[str]:
    """Write every error that nothing else caught, and a crash of the interpreter itself, into the log.

    Gives the open log, which the caller keeps as long as the program runs.
    """
    log_file().parent.mkdir(parents=True, exist_ok=True)
    log = log_file().open("a", encoding="utf-8")
    faulthandler.enable(log)
    sys.excepthook = _record_uncaught
    return log


def _record_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    record(error)
    sys.__excepthook__(kind, error, trace)


def record(error: BaseException) -> Path:
    """Append the error with its traceback to the log and give the log's path.

    What the error says is left out unless it can only name code: it may quote a child's name or a psychologist's words.
    """
    log = log_file()
    trace = "\nand then\n".join(_frames(one) for one in reversed(_chain(error)))
    with suppress(OSError):
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')}\n{trace}\n")
    return log


def _chain(error: BaseException) -> list[BaseException]:
    """The error and those it came of, the last first."""
    chain: list[BaseException] = []
    came_of: BaseException | None = error
    while came_of is not None and len(chain) < _MOST_CHAINED:
        chain.append(came_of)
        came_of = came_of.__cause__ or (None if came_of.__suppress_context__ else came_of.__context__)
    return chain


def _frames(error: BaseException) -> str:
    kind = type(error)
    said = f": {error}" if isinstance(error, _OF_CODE) else ""
    return f"{''.join(traceback.format_tb(error.__traceback__))}{kind.__module__}.{kind.__qualname__}{said}\n"

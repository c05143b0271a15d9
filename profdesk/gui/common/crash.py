"""Bugs go to crash.log; the user is told at once where it is, never by silence."""

from __future__ import annotations

import faulthandler
import sys
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from profdesk import paths


def log_file() -> Path:
    """Where bugs of this user's windows are written."""
    return paths.user_data() / "crash.log"


def untold() -> Path | None:
    """The log if something was written that no window has told of: the program died of it."""
    told = log_file().with_suffix(".told")
    log = log_file()
    size = log.stat().st_size if log.exists() else 0
    known = int(told.read_text(encoding="utf-8")) if told.exists() else 0
    return log if size > known else None


def tell() -> None:
    """Remember that the user has been told of all that the log holds."""
    log = log_file()
    if log.exists():
        log.with_suffix(".told").write_text(str(log.stat().st_size), encoding="utf-8")


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
    """Append the error with its traceback to the log and give the log's path."""
    log = log_file()
    log.parent.mkdir(parents=True, exist_ok=True)
    trace = "".join(traceback.format_exception(error))
    with log.open("a", encoding="utf-8") as file:
        file.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')}\n{trace}\n")
    return log

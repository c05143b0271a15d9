"""Bugs go to crash.log; the user is told at once where it is, never by silence."""

from __future__ import annotations

import traceback
from datetime import datetime
from pathlib import Path

from profdesk import paths


def log_file() -> Path:
    """Where bugs of this user's windows are written."""
    return paths.user_data() / "crash.log"


def record(error: BaseException) -> Path:
    """Append the error with its traceback to the log and give the log's path."""
    log = log_file()
    log.parent.mkdir(parents=True, exist_ok=True)
    trace = "".join(traceback.format_exception(error))
    with log.open("a", encoding="utf-8") as file:
        file.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')}\n{trace}\n")
    return log

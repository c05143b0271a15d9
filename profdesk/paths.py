"""Where the program's own files of this computer's user live (never pupils' data)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

_APP = "profdesk"


def user_data() -> Path:
    """Known keys, crash.log and the demonstration school; ``PROFDESK_HOME`` moves it."""
    moved = os.environ.get("PROFDESK_HOME")
    return Path(moved) if moved else Path(platformdirs.user_data_dir(_APP, appauthor=False))


@contextmanager
def moved_to(folder: Path) -> Iterator[None]:
    """Keep the program's own files in ``folder`` for a while: nothing made meanwhile is remembered or trusted after."""
    before = os.environ.get("PROFDESK_HOME")
    os.environ["PROFDESK_HOME"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["PROFDESK_HOME"]
        else:
            os.environ["PROFDESK_HOME"] = before


def settings_file() -> Path:
    """The settings of this user on this computer."""
    moved = os.environ.get("PROFDESK_HOME")
    folder = Path(moved) if moved else Path(platformdirs.user_config_dir(_APP, appauthor=False))
    return folder / "settings.json"

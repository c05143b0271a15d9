"""Where the program's own files of this computer's user live (never pupils' data)."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_APP = "profdesk"


def user_data() -> Path:
    """Known keys, crash.log and the demonstration school; ``PROFDESK_HOME`` moves it."""
    moved = os.environ.get("PROFDESK_HOME")
    return Path(moved) if moved else Path(platformdirs.user_data_dir(_APP, appauthor=False))


def settings_file() -> Path:
    """The settings of this user on this computer."""
    moved = os.environ.get("PROFDESK_HOME")
    folder = Path(moved) if moved else Path(platformdirs.user_config_dir(_APP, appauthor=False))
    return folder / "settings.json"

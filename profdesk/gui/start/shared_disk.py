"""Telling that a workspace lies, or would lie, on a network disk; nothing is blocked by it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from profdesk.domain import shared_disk
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tones import Tone
from profdesk.services import workspaces

_told: set[Path] = set()
"""The folders of which it was told since the program was started."""


def watch(folder: QLineEdit, message: InlineMessage) -> None:
    """Say so under a field of a folder as soon as one there is named."""

    def look() -> None:
        words = folder.text().strip()
        if words and workspaces.is_on_network(Path(words)):
            message.say(shared_disk.AT_CHOOSING, Tone.WARN)
        else:
            message.clear()

    folder.textChanged.connect(look)
    look()


def tell_once(folder: Path, message: InlineMessage) -> None:
    """Say so at opening, once a session."""
    if folder in _told or not workspaces.is_on_network(folder):
        message.clear()
        return
    _told.add(folder)
    message.say(shared_disk.AT_OPENING, Tone.WARN)

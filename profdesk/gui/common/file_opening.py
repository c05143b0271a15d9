"""Looking at a kept file in the program that the system has for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from profdesk.errors import ProfdeskError, WrongInputError
from profdesk.gui.common.desk import Desk
from profdesk.services import evidence

_NO_PROGRAM = "На этом компьютере нет программы, которая открывает такие файлы."


def open_evidence(desk: Desk, owner: QObject, kept: str, failed: Callable[[ProfdeskError], None]) -> None:
    """Show a private copy of a file kept for a pupil; ``failed`` hears why it cannot be."""
    workspace = desk.workspace

    def show(copy: Path) -> None:
        if not show_file(copy):
            failed(WrongInputError(_NO_PROGRAM))

    desk.run(
        lambda: evidence.open_copy(workspace, workspace.actor, kept),
        owner=owner,
        done=show,
        failed=failed,
    )


def show_file(path: Path) -> bool:
    """Show a file of this computer; False where there is no program for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

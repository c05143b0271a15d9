"""Pictures of the copies: a year of them, what restoring would change, and the recovery page of a damaged folder."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from profdesk.domain.mark import Head, Lost, Missing, MissingRecordsError
from profdesk.errors import DamagedError
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.page import Page
from profdesk.gui.copies.page import CopiesPage
from profdesk.gui.start.window import StartWindow
from profdesk.services import backups, workspaces

_SIZE = (1366, 768)
_AGES = (1, 2, 8, 33)


def shots(page: Page) -> Iterator[tuple[str, QWidget | None]]:
    """The page with copies of several days and a second place, one checked, and the question before a restore."""
    if not isinstance(page, CopiesPage):
        return
    _make_some(page)
    page.table.choose_first()
    page.check_button.click()
    yield "copies-checked", None
    page.message.clear()
    page.restore_button.click()
    page.desk.settle()
    for dialog in page.findChildren(QDialog):
        if dialog.isVisible():
            yield "copies-restore", dialog
            dialog.reject()


def start_shots(desk: Desk, path: Path, drawn: Callable[[Desk, QWidget], QWidget]) -> Iterator[tuple[str, QWidget]]:
    """The recovery page of a damaged workspace and of one that lacks records."""
    start = StartWindow(desk, [path])
    start.resize(*_SIZE)
    start.show()
    user = workspaces.users(path)[0].id
    copies = sorted((path / "backups").glob("[0-9]*"), reverse=True)
    now = datetime.now(UTC)
    start.steps.setCurrentWidget(start.recovery)
    start.recovery.show_error(path, DamagedError("База данных в рабочей папке повреждена или заменена."), user, "x" * 9)
    yield "08-recovery", drawn(desk, start)
    lost = Lost(False, 12, True, Head(5309, "", now - timedelta(hours=3)), Head(5321, "", now))
    start.recovery.show_error(path, MissingRecordsError(Missing(path, (lost,), tuple(copies[:1]))), user, "x" * 9)
    yield "09-missing-records", drawn(desk, start)
    start.close()


def _make_some(page: CopiesPage) -> None:
    """Copies of several days, unless they are there already, and one in a second place."""
    workspace, actor = page.desk.workspace, page.desk.actor
    if len(backups.copies(workspace, actor)) < len(_AGES):
        made, _ = backups.make(workspace, actor)
        for days in _AGES:
            day = datetime.now(UTC) - timedelta(days=days)
            shutil.copytree(made, made.with_name(f"{day:%Y-%m-%d-%H%M%S}-{days}"))
        place = workspace.path.with_name("Флешка")
        place.mkdir(exist_ok=True)
        backups.choose_second_place(workspace, actor, place)
        backups.bring_to_second_place(workspace, actor)
        backups.try_out_due(workspace, actor)
    page.activate()
    page.desk.settle()

"""``profdesk demo``: the demonstration school with its progress on the screen."""

from __future__ import annotations

import shutil
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from profdesk import paths, settings
from profdesk.cli import display, text
from profdesk.domain.access import Role
from profdesk.errors import WrongInputError
from profdesk.services import demo, demo_department, demo_users


def run(out: Path | None) -> int:
    """Build, do the main job, list what was written; 0 if the summary verifies."""
    console = Console(highlight=False, soft_wrap=True)
    folder = _prepared(out)
    shown = _Steps(console)
    with shown.progress:
        workspace = demo.build(folder / demo.FOLDER, shown.report)
        try:
            job = demo.main_job(workspace, folder, shown.report)
        finally:
            workspace.close()
        department = demo_department.build(folder, demo.password(), shown.report)
        department.workspace.close()
    settings.remember(settings.load().with_recent(folder / demo.FOLDER))
    console.print("\nГотово. Записано:")
    owner = demo_users.of_role(folder / demo.FOLDER, Role.OWNER)
    console.print(f"  {folder / demo.FOLDER}: рабочая папка; входят по имени:")
    console.print(f"    {owner.name}, владелец, пароль {demo.password()}")
    for person in demo_users.PEOPLE:
        console.print(f"    {person.name}, {person.role.label}, первый пароль {person.password}")
    console.print(f"  {folder / demo_department.FOLDER}: рабочая папка управления, пароль тот же")
    console.print(f"  {folder / demo_department.MAIL}: сводки школ; пять последних управление ещё не приняло")
    console.print(f"  {department.signed}: их свод, подписан управлением")
    for file in job.written:
        console.print(f"  {file.path}: {file.what}")
    console.print(f"\nПроверка сводки\n{text.verification_text(job.verdict)}")
    if display.is_watched():
        from profdesk import app

        return app.run(folder / demo.FOLDER, demo.password(), owner.id)
    return int(job.verdict.verdict)


class _Steps:
    """One progress bar per step, in the order the steps come."""

    def __init__(self, console: Console) -> None:
        self.progress = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=console)
        self._tasks: dict[str, TaskID] = {}

    def report(self, what: str, done: int, total: int) -> None:
        """Show a step's state; a new step gets a line of its own."""
        if what not in self._tasks:
            for task in self._tasks.values():
                self.progress.update(task, completed=self.progress.tasks[task].total)
            self._tasks[what] = self.progress.add_task(what, total=total)
        self.progress.update(self._tasks[what], completed=done, total=total)


def _prepared(out: Path | None) -> Path:
    """Find an empty folder; only the program's own former demonstration is ever replaced."""
    if out is None:
        own = paths.user_data() / "demo"
        shutil.rmtree(own, ignore_errors=True)
        own.mkdir(parents=True)
        return own
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise WrongInputError(f"«{out}» уже занята. Укажите новую или пустую папку.")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongInputError(f"Папку «{out}» создать не удалось. Укажите другую.") from error
    return out

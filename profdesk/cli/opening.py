"""How commands find, open and make a workspace, and write what they make."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from profdesk import settings
from profdesk.domain.access import NewUser
from profdesk.domain.organisation import Organisation, OrganisationKind
from profdesk.domain.people import GroupName, fold
from profdesk.domain.school_year import Period, SchoolYear, Term
from profdesk.domain.span import Span
from profdesk.errors import AccessError, WorkspaceError, WrongInputError
from profdesk.services import files, organisation, pupils, workspaces
from profdesk.services.workspaces import NewWorkspace

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace

WorkspaceFolder = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        metavar="ПАПКА",
        envvar="PROFDESK_WORKSPACE",
        show_envvar=False,
        help="Рабочая папка; иначе PROFDESK_WORKSPACE или последняя открытая.",
    ),
]
PasswordFile = Annotated[
    Path | None,
    typer.Option(
        "--password-file",
        metavar="ФАЙЛ",
        help="Файл с паролем; иначе PROFDESK_PASSWORD или вопрос на экране.",
    ),
]
UserName = Annotated[
    str,
    typer.Option(
        "--user",
        metavar="ИМЯ",
        envvar="PROFDESK_USER",
        show_envvar=False,
        help="Кто работает: начало имени; нужно, если пользователей несколько. Иначе PROFDESK_USER.",
    ),
]
_KINDS = ", ".join(kind.value for kind in OrganisationKind)


@contextmanager
def opened(folder: Path | None, password_file: Path | None, user: str) -> Iterator[Workspace]:
    """Open the given or the last workspace as the only or the named user, and close it again."""
    path = folder or _last()
    workspace = workspaces.open_workspace(path, _user(path, user), password(password_file))
    try:
        if workspace.must_change_password:
            raise AccessError("Первый пароль нужно сменить: войдите один раз в окне программы.")
        settings.remember(settings.load().with_recent(path))
        yield workspace
    finally:
        workspace.close()


def create(
    folder: Path,
    name: str,
    short_name: str,
    legal_form: str,
    kind: str,
    owner: str,
    password_file: Path | None,
) -> NewWorkspace:
    """Make a workspace, asking for the names and the password that were not given."""
    if kind not in tuple(OrganisationKind):
        raise WrongInputError(f"Нет вида организации «{kind}». Есть: {_KINDS}.")
    full = name or _ask("Полное название организации, без кавычек", "Образовательная организация")
    made = workspaces.create(
        folder,
        Organisation(
            id="",
            kind=OrganisationKind(kind),
            legal_form=legal_form,
            name=full,
            short_name=short_name or full,
            municipality="",
            head_post="Заведующий" if kind == OrganisationKind.KINDERGARTEN else "Директор",
            head_name="",
            period=Period.containing(datetime.now(UTC).astimezone().date()),
        ),
        NewUser(
            owner or _ask("Фамилия, имя, отчество владельца", "Владелец"),
            "владелец",
            password(password_file),
        ),
    )
    settings.remember(settings.load().with_recent(folder))
    return made


def year_of(workspace: Workspace) -> SchoolYear:
    """The school year the workspace works in now."""
    return organisation.get(workspace, workspace.actor).period.year


def span_of(year: SchoolYear, term: str, first: str, last: str) -> Span:
    """What the options of a summary mean: any days, else a term of a year, or all of it."""
    if first or last:
        if term or not first:
            raise WrongInputError("Назовите либо полугодие (--term), либо дни: --from ДЕНЬ и, если нужно, --to ДЕНЬ.")
        return Span.of_days(_day(first), _day(last) if last else datetime.now(UTC).astimezone().date())
    if term not in ("", *(str(int(one)) for one in Term)):
        raise WrongInputError(f"Полугодия «{term}» нет: --term 1 или --term 2.")
    return Span.of_term(year, Term(int(term))) if term else Span.of_year(year)


def _day(words: str) -> date:
    for form in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(words, form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    raise WrongInputError(f"Дня «{words}» нет. Пишите так: 01.10.2026.")


def group_name(workspace: Workspace, title: str) -> GroupName | None:
    """Read a class as people type it; an empty title is none."""
    return pupils.group_meant(workspace, workspace.actor, year_of(workspace), title) if title else None


def saving(path: Path) -> Callable[[bytes], None]:
    """Write whole what a verb makes, before the verb commits."""
    return lambda data: files.write(path, data)


def ending(path: Path, *allowed: str) -> str:
    """Give the ending that says what kind of file is wanted; WrongInputError before any number is taken."""
    found = path.suffix.lower()
    if found not in allowed:
        raise WrongInputError(f"Имя «{path.name}» должно кончаться на {' или '.join(allowed)}.")
    return found


def _user(path: Path, name: str) -> str | None:
    """The id of the user whose name begins so; None for the only one."""
    there = workspaces.users(path)
    meant = [one for one in there if fold(one.name).startswith(fold(name))]
    if len(meant) == 1:
        return meant[0].id
    names = "; ".join(one.name for one in meant or there)
    raise WrongInputError(f"Назовите, кто работает: --user ИМЯ. Есть: {names}.")


def _last() -> Path:
    recent = settings.load().recent
    if not recent:
        raise WorkspaceError("Укажите рабочую папку: --workspace ПАПКА. Создать новую: profdesk init ПАПКА.")
    return Path(recent[0])


def password(file: Path | None) -> str:
    """The password from a file, from the environment, or asked for."""
    if file is not None:
        try:
            return file.read_text(encoding="utf-8-sig").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise AccessError(f"Файл с паролем «{file}» не читается.") from error
    if "PROFDESK_PASSWORD" in os.environ:
        return os.environ["PROFDESK_PASSWORD"]
    if not sys.stdin.isatty():
        raise AccessError("Нужен пароль: задайте PROFDESK_PASSWORD или --password-file ФАЙЛ.")
    answer: str = typer.prompt("Пароль", hide_input=True)
    return answer


def _ask(question: str, silent_answer: str) -> str:
    if not sys.stdin.isatty():
        return silent_answer
    answer: str = typer.prompt(question)
    return answer

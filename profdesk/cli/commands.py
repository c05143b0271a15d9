"""The commands, one function each; errors go to stderr in Russian with exit code 2."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from profdesk.cli import (
    consolidating,
    countersigning,
    display,
    instruments,
    opening,
    summarising,
    text,
    usage,
    verifying,
)
from profdesk.cli.opening import PasswordFile, UserName, WorkspaceFolder
from profdesk.cli.usage import Command, Group, UsageError
from profdesk.errors import ProfdeskError, WrongInputError

app = typer.Typer(
    cls=Group,
    help="profdesk: портфолио, сертификаты и сводки программы профессионального самоопределения.",
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
roster_app = typer.Typer(cls=Group, help="Списки классов.")
app.add_typer(roster_app, name="roster")
app.add_typer(instruments.app, name="instruments")
app.add_typer(instruments.answers_app, name="answers")
app.command("verify", cls=Command, help=verifying.HELP)(verifying.verify)
app.command("countersign", cls=Command, help=countersigning.HELP)(countersigning.countersign)
app.command("consolidate", cls=Command, help=consolidating.HELP)(consolidating.consolidate)
app.command("summary", cls=Command, help=summarising.HELP)(summarising.summary)
app.command("score", cls=Command, help="Посчитать ответы по ключу методики.")(instruments.score)

AsJson = Annotated[bool, typer.Option("--json", help="Напечатать JSON.")]
GivenFile = Annotated[Path, typer.Argument(metavar="ФАЙЛ", show_default=False)]
Out = Annotated[Path, typer.Option("--out", metavar="ФАЙЛ", help="Куда сохранить.")]


@app.callback(invoke_without_command=True)
def window(context: typer.Context) -> None:
    """Open the window when no command is given."""
    if context.invoked_subcommand is None:
        if not display.is_there():
            raise WrongInputError("Окно открыть негде: графического экрана нет. Команды: profdesk --help.")
        from profdesk import app as windows

        raise typer.Exit(windows.run())


@app.command(cls=Command, help="Создать рабочую папку.")
def init(
    folder: Annotated[Path, typer.Argument(metavar="ПАПКА", show_default=False)],
    name: Annotated[str, typer.Option(help="Полное название организации без кавычек.")] = "",
    short_name: Annotated[str, typer.Option(help="Краткое название для экранов и заголовков.")] = "",
    legal_form: Annotated[str, typer.Option(help="Организационно-правовая форма.")] = "",
    kind: Annotated[
        str, typer.Option(help="school (если не указать), kindergarten или department.", show_default=False)
    ] = "school",
    owner: Annotated[str, typer.Option(help="Фамилия, имя, отчество владельца.")] = "",
    password_file: PasswordFile = None,
) -> None:
    """Make a workspace; what is not given is asked for."""
    made = opening.create(folder, name, short_name, legal_form, kind, owner, password_file)
    made.workspace.close()
    typer.echo(f"Рабочая папка создана: {folder}")
    typer.echo("Код восстановления пароля (запишите и храните отдельно, больше его не увидеть):")
    typer.echo(f"  {made.recovery_code}")


@roster_app.command("preview", cls=Command, help="Показать, что прочитано из списка класса.")
def roster_preview(file: GivenFile, as_json: AsJson = False) -> None:
    """Read a class list without writing anything."""
    from profdesk.services import roster

    read = roster.read(file)
    _print(text.roster_json(read)) if as_json else typer.echo(text.roster_text(read))


@roster_app.command("import", cls=Command, help="Загрузить список класса в рабочую папку.")
def roster_import(
    file: GivenFile,
    group: Annotated[str, typer.Option(help="Класс для строк, где он не указан.")] = "",
    workspace: WorkspaceFolder = None,
    password_file: PasswordFile = None,
    user: UserName = "",
) -> None:
    """Take a class list in; refused lines are listed and the good ones written."""
    from profdesk.domain.roster import Fate
    from profdesk.services import roster

    with opening.opened(workspace, password_file, user) as desk:
        plan = roster.preview(desk, desk.actor, file, opening.year_of(desk), opening.group_name(desk, group))
        applied, _ = roster.apply(desk, desk.actor, plan)
    typer.echo(f"Новых: {applied.new}, изменено: {applied.changed}, без изменений: {applied.same}")
    for line in plan.refused:
        typer.echo(f"Отказано, строка {line.line}: {line.told}", err=True)
    for gone in plan.with_fate(Fate.GONE):
        typer.echo(f"Не взят, строка {gone.pupil.line}: {gone.name.full}, «{gone.pupil.gone}»", err=True)
    for notice in plan.notices:
        typer.echo(notice, err=True)


@app.command(cls=Command, help="Выдать сертификаты портфолио классу.")
def certificates(
    group: Annotated[str, typer.Argument(metavar="КЛАСС", show_default=False)],
    out: Out,
    everyone: Annotated[
        bool, typer.Option("--all", help="Выдать и тем, у кого портфолио не заполнено или сертификат уже есть.")
    ] = False,
    workspace: WorkspaceFolder = None,
    password_file: PasswordFile = None,
    user: UserName = "",
) -> None:
    """Issue certificates to the pupils of a class whose portfolios are complete."""
    from profdesk.services import certificates as verbs
    from profdesk.services import pupils

    opening.ending(out, ".pdf")
    with opening.opened(workspace, password_file, user) as desk:
        found = pupils.group_called(desk, desk.actor, opening.year_of(desk), group)
        there = verbs.candidates(desk, desk.actor, found.id)
        chosen = [one.pupil for one in there if everyone or one.ready]
        if not chosen:
            raise ProfdeskError(
                f"В классе {found.name.title} нет заполненных портфолио, по которым сертификат не выдан. "
                "Добавьте --all, чтобы выдать всем."
            )
        numbers, _ = verbs.issue(desk, desk.actor, found.id, chosen, out)
    typer.echo(f"{out}: {len(numbers)} из {len(there)}, № {numbers[0]} – {numbers[-1]}")


@app.command(cls=Command, help="Построить показательную школу. На ней проходится вся главная работа.")
def demo(
    out: Annotated[Path | None, typer.Option("--out", metavar="ПАПКА", help="Куда всё сложить.")] = None,
) -> None:
    """Build the demonstration school, do the main job, then open the window where there is a display."""
    from profdesk.cli import demonstration

    raise typer.Exit(demonstration.run(out))


@app.command(cls=Command, help="Нарисовать все окна и страницы в PNG.")
def gallery(folder: Annotated[Path, typer.Argument(metavar="ПАПКА", show_default=False)]) -> None:
    """Draw every window and page, light and dark, at 1366x768."""
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "default.warning=false"}
    from profdesk import app as windows

    for path in windows.draw_gallery(folder):
        typer.echo(str(path))


def main() -> None:
    """Run the command line; a known error becomes one Russian sentence on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        sys.exit(app(prog_name="profdesk", standalone_mode=False) or 0)
    except ProfdeskError as error:
        typer.echo(error.message, err=True)
    except UsageError as error:
        typer.echo(usage.in_words(error), err=True)
    except typer.Abort:
        typer.echo("Остановлено.", err=True)
    sys.exit(2)


def _print(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))

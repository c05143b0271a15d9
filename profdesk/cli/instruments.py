"""The commands about diagnostic instruments: list, check, template, score."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from profdesk.cli import opening, results
from profdesk.cli.opening import PasswordFile, UserName, WorkspaceFolder
from profdesk.cli.usage import Command, Group
from profdesk.errors import WrongInputError

app = typer.Typer(cls=Group, help="Методики диагностики.", invoke_without_command=True, no_args_is_help=False)

AsJson = Annotated[bool, typer.Option("--json", help="Напечатать JSON.")]
Code = Annotated[str, typer.Argument(metavar="МЕТОДИКА", show_default=False)]
GivenFile = Annotated[Path, typer.Argument(metavar="ФАЙЛ", show_default=False)]


@app.callback()
def listed(context: typer.Context) -> None:
    """List the instruments when no command is given."""
    if context.invoked_subcommand is None:
        from profdesk.services import instruments

        typer.echo(results.listed(instruments.shipped()))


@app.command("check", cls=Command, help="Проверить файл методики: что в нём не так и в какой строке.")
def check(file: GivenFile) -> None:
    """Tell everything that is wrong in an instrument file; exit code 2 if anything is."""
    from profdesk.services import instruments

    problems = instruments.check(file)
    for problem in problems:
        typer.echo(f"Файл «{file.name}», строка {problem.line}: {problem.message}.", err=True)
    if problems:
        raise typer.Exit(2)
    typer.echo(f"Файл «{file.name}» в порядке.")


@app.command("template", cls=Command, help="Записать пустую таблицу для формулировок вопросов (.xlsx или .csv).")
def template(
    code: Code,
    out: Annotated[Path, typer.Option("--out", metavar="ФАЙЛ", help="Куда сохранить.")],
) -> None:
    """Write the table that a school fills with the wording of the questions."""
    from profdesk.services import instruments

    instrument = instruments.called(code)
    opening.saving(out)(instruments.template(instrument, as_workbook=opening.ending(out, ".xlsx", ".csv") == ".xlsx"))
    typer.echo(f"{out}: шаблон для методики «{instrument.short}»")


answers_app = typer.Typer(cls=Group, help="Ответы диагностики из файлов.")


@answers_app.command("preview", cls=Command, help="Показать, чьи ответы и какие прочитаны из файла.")
def answers_preview(
    code: Code,
    file: GivenFile,
    group: Annotated[str, typer.Option(help="Класс, чьи это ответы.")],
    as_json: AsJson = False,
    workspace: WorkspaceFolder = None,
    password_file: PasswordFile = None,
    user: UserName = "",
) -> None:
    """Read an answer file against the pupils of a class; nothing is written."""
    from profdesk.services import answer_files, instruments, pupils

    instrument = instruments.called(code)
    with opening.opened(workspace, password_file, user) as desk:
        year = opening.year_of(desk)
        found = pupils.group_called(desk, desk.actor, year, group)
        there = [
            one
            for one in pupils.pupils(desk, desk.actor, year)
            if one.group is not None and one.group.id == found.id and one.leave is None
        ]
    read = answer_files.preview(instrument, file, there)
    typer.echo(results.table_json(read) if as_json else results.table_text(read))


def score(code: Code, answers: GivenFile, as_json: AsJson = False) -> None:
    """Score the answers of one sheet."""
    from profdesk.services import files, instruments

    instrument = instruments.called(code)
    try:
        raw = json.loads(files.read_text(answers))
    except (ValueError, RecursionError) as error:
        raise WrongInputError(f"Файл «{answers.name}» — не JSON. Нужна таблица: номер вопроса и ответ.") from error
    found = instruments.score(instrument, raw.get("answers", raw) if isinstance(raw, dict) else raw)
    if as_json:
        typer.echo(json.dumps(results.as_json(found), ensure_ascii=False, indent=2))
    else:
        typer.echo(results.as_text(found))

"""The command that counts and signs a summary."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from profdesk.cli import opening
from profdesk.cli.opening import PasswordFile, UserName, WorkspaceFolder
from profdesk.errors import WrongInputError

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace

HELP = "Подписать сводку за учебный год, полугодие или дни. С окончанием .xlsx — таблицы без подписи."


def summary(
    out: Annotated[Path, typer.Option("--out", metavar="ФАЙЛ", help="Куда сохранить.")],
    term: Annotated[str, typer.Option("--term", metavar="1|2", help="Полугодие этого учебного года.")] = "",
    first: Annotated[str, typer.Option("--from", metavar="ДЕНЬ", help="Первый день, 01.10.2026.")] = "",
    last: Annotated[str, typer.Option("--to", metavar="ДЕНЬ", help="Последний день; без него — сегодня.")] = "",
    replaces: Annotated[
        str,
        typer.Option(metavar="НОМЕР", help="Исправить подписанную сводку: посчитать тот же период заново."),
    ] = "",
    reason: Annotated[str, typer.Option(metavar="ТЕКСТ", help="Что исправлено: стоит на обложке.")] = "",
    workspace: WorkspaceFolder = None,
    password_file: PasswordFile = None,
    user: UserName = "",
) -> None:
    """Count a span; a PDF is signed and registered, an XLSX holds the same tables."""
    ending = opening.ending(out, ".pdf") if replaces else opening.ending(out, ".pdf", ".xlsx")
    if reason and not replaces:
        raise WrongInputError("К --reason нужен --replaces НОМЕР: какую сводку исправить.")
    if replaces and (term or first or last):
        raise WrongInputError("Исправление считается за тот же период: уберите --term, --from и --to.")
    with opening.opened(workspace, password_file, user) as desk:
        told = _corrected(desk, out, replaces, reason) if replaces else _counted(desk, out, ending, (term, first, last))
    typer.echo(f"{out}: {told}")


def _corrected(desk: Workspace, out: Path, replaces: str, reason: str) -> str:
    from profdesk.services import issued_summaries

    signed, _ = issued_summaries.correct(desk, desk.actor, replaces, reason, opening.saving(out))
    return f"сводка № {signed.summary.number}, подписана вместо № {replaces}"


def _counted(desk: Workspace, out: Path, ending: str, days: tuple[str, str, str]) -> str:
    from profdesk.services import pupils
    from profdesk.services import summary as verbs

    span = opening.span_of(opening.year_of(desk), *days)
    if not span.has_begun(pupils.today()):
        raise WrongInputError(f"Период ещё не начался, считать пока нечего: {span.title}.")
    counted = verbs.compute(desk, desk.actor, span)
    if ending == ".xlsx":
        opening.saving(out)(verbs.workbook(counted))
        return f"таблицы сводки за {counted.span.title}"
    signed, _ = verbs.sign(desk, desk.actor, counted, opening.saving(out))
    return f"сводка № {signed.summary.number} за {counted.span.title}, подписана"

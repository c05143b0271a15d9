"""The command that adds up the summaries of organisations."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from profdesk.cli import opening
from profdesk.cli.opening import PasswordFile, UserName, WorkspaceFolder
from profdesk.domain.span import Span
from profdesk.errors import WrongInputError

if TYPE_CHECKING:
    from profdesk.services.consolidation import Taken

HELP = (
    "Сложить подписанные сводки организаций в документ .pdf или таблицы .xlsx. "
    "Код 0 — учтены все, 1 — у кого-то неизвестен ключ, 2 — какой-то файл не принят."
)

_SIGN = "Подписать PDF ключом рабочей папки и внести в реестр; ключи, сверенные в ней, известны."


def consolidate(
    files: Annotated[list[Path], typer.Argument(metavar="ФАЙЛ…", show_default=False)],
    out: Annotated[Path, typer.Option("--out", metavar="ФАЙЛ", help="Куда сохранить, с окончанием .pdf или .xlsx.")],
    key: Annotated[
        list[Path] | None,
        typer.Option("--key", metavar="ФАЙЛ", help="Считать известными ключи из этого файла."),
    ] = None,
    span: Annotated[
        str,
        typer.Option(
            "--span",
            metavar="ПЕРИОД",
            help="2026/27, полугодие 2026/27-1 или 01.10.2026-15.11.2026; иначе тот, за который больше сводок.",
        ),
    ] = "",
    sign: Annotated[bool, typer.Option("--sign", help=_SIGN)] = False,
    workspace: WorkspaceFolder = None,
    password_file: PasswordFile = None,
    user: UserName = "",
) -> None:
    """Add up what is whole and signed by known keys, and tell of every file that does not count."""
    from profdesk.services import consolidation, senders

    ending = opening.ending(out, ".pdf", ".xlsx")
    if sign and ending != ".pdf":
        raise WrongInputError("Подписать можно документ: имя файла должно кончаться на .pdf.")
    wanted = (files, key or (), Span.written(span) if span else None)
    number = ""
    if sign:
        with opening.opened(workspace, password_file, user) as desk:
            paper, taken = consolidation.consolidate(*wanted, senders.trusted(desk, desk.actor))
            signed, _ = consolidation.sign(desk, desk.actor, paper, opening.saving(out))
        number = f", свод № {signed.paper.number}, подписан"
    else:
        paper, taken = consolidation.consolidate(*wanted)
        make = consolidation.document if ending == ".pdf" else consolidation.workbook
        opening.saving(out)(make(paper))
    _tell(taken, f"{out}: {len(paper.made.summaries)} из {len(taken)}, за {paper.made.span.title}{number}")


def _tell(taken: Sequence[Taken], words: str) -> NoReturn:
    """Say which files do not count and what was made; ends with the exit code of the worst of them."""
    for one in taken:
        if one.reason:
            typer.echo(f"Не учтён {one.path.name}: {one.reason}", err=True)
    typer.echo(words)
    raise typer.Exit(max(int(one.verdict) for one in taken))

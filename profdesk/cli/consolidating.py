"""The command that adds up the summaries of organisations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from profdesk.cli import opening

HELP = (
    "Сложить подписанные сводки организаций в таблицы .xlsx. "
    "Код 0 — учтены все, 1 — у кого-то неизвестен ключ, 2 — какой-то файл не принят."
)


def consolidate(
    files: Annotated[list[Path], typer.Argument(metavar="ФАЙЛ…", show_default=False)],
    out: Annotated[Path, typer.Option("--out", metavar="ФАЙЛ", help="Куда сохранить, с окончанием .xlsx.")],
    key: Annotated[
        list[Path] | None, typer.Option("--key", metavar="ФАЙЛ", help="Считать этот сертификат известным.")
    ] = None,
) -> None:
    """Add up what is whole and signed by known keys, and tell of every file that does not count."""
    from profdesk.services import consolidation

    opening.ending(out, ".xlsx")
    made, taken = consolidation.consolidate(files, key or ())
    consolidation.save(made, taken, out)
    for one in taken:
        if one.reason:
            typer.echo(f"Не учтён {one.path.name}: {one.reason}", err=True)
    typer.echo(f"{out}: {len(made.summaries)} из {len(taken)}, за {made.span.title}")
    raise typer.Exit(max(int(one.verdict) for one in taken))

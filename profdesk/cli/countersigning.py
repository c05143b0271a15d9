"""The command that adds a second person's signature to a signed document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from profdesk.cli import opening
from profdesk.cli.opening import PasswordFile

HELP = (
    "Подписать документ второй подписью: ключом из файла .p12, который делают в «Настройках». "
    "Пароль к ключу — из --password-file, PROFDESK_PASSWORD или с экрана."
)


def countersign(
    file: Annotated[Path, typer.Argument(metavar="ФАЙЛ", show_default=False)],
    key: Annotated[Path, typer.Option("--key", metavar="ФАЙЛ", help="Файл личного ключа (.p12).")],
    out: Annotated[Path, typer.Option("--out", metavar="ФАЙЛ", help="Куда сохранить, с окончанием .pdf.")],
    password_file: PasswordFile = None,
) -> None:
    """Sign a whole document once more, into a new file."""
    from profdesk.services import countersigning

    opening.ending(out, ".pdf")
    made = countersigning.countersign_file(file, key, opening.password(password_file), out)
    typer.echo(f"{out}: подписано также: {made.owner}")

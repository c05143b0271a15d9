"""The command that verifies: signed documents, codes of certificates and digital badges."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from profdesk.cli import opening, text
from profdesk.cli.opening import PasswordFile, UserName, WorkspaceFolder
from profdesk.domain.certificate_claim import CodeAnswer
from profdesk.domain.verification import Verdict, Verification
from profdesk.errors import WrongInputError

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace

HELP = (
    "Проверить подписанный PDF, картинку или документ Word с кодом сертификата, сам код или цифровой значок (.json). "
    "Код 0 — всё цело и ключ известен, 1 — ключ неизвестен, 2 — отказ или сертификат отозван."
)


def verify(
    file: Annotated[Path | None, typer.Argument(metavar="[ФАЙЛ]", show_default=False)] = None,
    code: Annotated[str, typer.Option("--code", metavar="ТЕКСТ", help="Текст кода с сертификата.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Напечатать JSON.")] = False,
    key: Annotated[
        list[Path] | None,
        typer.Option("--key", metavar="ФАЙЛ", help="Считать известными ключи из этого файла."),
    ] = None,
    signature: Annotated[
        Path | None, typer.Option("--signature", metavar="ФАЙЛ", help="Проверить и подпись, сделанную не здесь (.sig).")
    ] = None,
    register: Annotated[
        bool, typer.Option("--register", help="Спросить реестр рабочей папки, не отозван ли сертификат.")
    ] = False,
    workspace: WorkspaceFolder = None,
    password_file: PasswordFile = None,
    user: UserName = "",
) -> None:
    """Check a document, a code, a picture of codes or a badge against the keys known here and those given."""
    from profdesk.services import verification

    if (file is None) == (not code):
        raise WrongInputError("Назовите файл или напишите текст кода: profdesk verify --code ТЕКСТ.")
    if file is not None and signature is not None:
        _tell_outside(file, signature, key or (), as_json)
    if file is not None and file.suffix.lower() not in (*verification.PICTURES, verification.BADGE):
        _tell_document(verification.verify(file, key or ()), as_json)
    if register:
        with opening.opened(workspace, password_file, user) as desk:
            answers = _looked_up(desk, file, code, key or ())
    else:
        answers = _proven(file, code, key or ())
    _tell_codes(answers, text.badge_text if file and _is_badge(file) else text.code_text, as_json)


def _proven(file: Path | None, code: str, key: Sequence[Path]) -> Sequence[CodeAnswer]:
    from profdesk.services import verification

    if file is None:
        return [verification.verify_code(code, key)]
    return [verification.verify_badge(file, key)] if _is_badge(file) else verification.verify_picture(file, key)


def _looked_up(desk: Workspace, file: Path | None, code: str, key: Sequence[Path]) -> Sequence[CodeAnswer]:
    """As ``_proven``, with what the register of a workspace says."""
    from profdesk.services import verification

    actor = desk.actor
    if file is None:
        return [verification.verify_code_here(desk, actor, code, key)]
    if _is_badge(file):
        return [verification.verify_badge_here(desk, actor, file, key)]
    return verification.verify_picture_here(desk, actor, file, key)


def _is_badge(file: Path) -> bool:
    from profdesk.services import verification

    return file.suffix.lower() == verification.BADGE


def _tell_document(answer: Verification, as_json: bool) -> NoReturn:
    _tell(text.verification_json(answer) if as_json else text.verification_text(answer))
    raise typer.Exit(int(answer.verdict))


def _tell_outside(file: Path, signature: Path, key: Sequence[Path], as_json: bool) -> NoReturn:
    """Tell of a signature file, after the seal of a PDF of this program; what has no seal is whole, its key unknown."""
    from profdesk.services import verification

    outside = verification.verify_outside(signature, file)
    sealed = verification.verify(file, key) if file.suffix.lower() == ".pdf" else None
    if as_json:
        own = text.verification_json(sealed) if sealed else {}
        _tell({**own, "signature": text.outside_json(outside)})
    else:
        _tell("\n\n".join([*([text.verification_text(sealed)] if sealed else []), text.outside_text(outside)]))
    verdict = sealed.verdict if sealed else Verdict.UNKNOWN_KEY
    raise typer.Exit(int(verdict if outside.holds else Verdict.REFUSED))


def _tell_codes(answers: Sequence[CodeAnswer], told: Callable[[CodeAnswer], str], as_json: bool) -> NoReturn:
    _tell([text.code_json(one) for one in answers] if as_json else "\n\n".join(map(told, answers)))
    raise typer.Exit(max(int(Verdict.REFUSED if one.withdrawn else one.verdict) for one in answers))


def _tell(answer: object) -> None:
    typer.echo(answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False, indent=2))

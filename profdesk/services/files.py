"""Files that users name: read with a limit, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from profdesk.errors import WrongInputError

_LARGEST_TEXT = 4 * 1024 * 1024


def read(path: Path, largest: int) -> bytes:
    """Read a file of at most ``largest`` bytes; WrongInputError says what is wrong with it."""
    try:
        if path.is_file() and path.stat().st_size > largest:
            raise WrongInputError(f"Файл «{path.name}» больше {largest // 1024} КБ. Проверьте, тот ли это файл.")
        return path.read_bytes()
    except OSError as error:
        raise WrongInputError(
            f"Файл «{path.name}» не открывается. Проверьте, что он есть и что это файл, а не папка."
        ) from error


def read_text(path: Path) -> str:
    """Read a text file in UTF-8."""
    try:
        return read(path, _LARGEST_TEXT).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongInputError(f"Файл «{path.name}» не читается как текст. Сохраните его в кодировке UTF-8.") from error


def write(path: Path, data: bytes) -> None:
    """Write by atomic replace: after a failure the old file is whole and no leftovers stay."""
    fresh: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".profdesk-", delete=False) as file:
            fresh = Path(file.name)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        raise WrongInputError(
            f"Не удалось сохранить «{path}». Проверьте, что папка есть, место не кончилось и файл не открыт."
        ) from error
    finally:
        if fresh is not None:
            fresh.unlink(missing_ok=True)

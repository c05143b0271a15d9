"""Files that users name: read with a limit, written whole or not at all."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from io import BufferedRandom
from pathlib import Path

from profdesk import atomic
from profdesk.domain import file_names
from profdesk.errors import WrongInputError, place_told

_LARGEST_TEXT = 4 * 1024 * 1024
_HALF = ".profdesk-"
_HALF_NAME = re.compile(rf"{re.escape(_HALF)}[a-z0-9_]{{8}}")
_STALE = 24 * 3600
"""Seconds: nothing is written for so long, so a half file of that age is what a kill has left."""


class UnnamedError(WrongInputError):
    """Everything is committed, but a file has kept the name it was prepared under."""


class NewFiles:
    """Places for new files in a folder: no file is there yet, and none is given twice."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with place_told(f"Папка «{folder}» не открывается."):
            self._taken = {there.name.casefold() for there in folder.iterdir()}

    def place(self, name: str) -> Path:
        """Where a file of that name is to be written; a name that is taken gets a count."""
        free = file_names.free(name, self._taken)
        self._taken.add(free.casefold())
        return self._folder / free


def read(path: Path, largest: int) -> bytes:
    """Read a file of at most ``largest`` bytes; WrongInputError says what is wrong with it."""
    try:
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except OSError as error:
        raise WrongInputError(
            f"Файл «{path}» не открывается. Проверьте, что он есть и что это файл, а не папка."
        ) from error
    if len(data) > largest:
        raise WrongInputError(f"Файл «{path.name}» больше {largest // 1024} КБ. Проверьте, тот ли это файл.")
    return data


def read_text(path: Path) -> str:
    """Read a text file in UTF-8."""
    return text_of(read(path, _LARGEST_TEXT), path.name)


def text_of(data: bytes, name: str) -> str:
    """The text in the bytes of a file of that name."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongInputError(f"Файл «{name}» не читается как текст. Сохраните его в кодировке UTF-8.") from error


def write(path: Path, data: bytes) -> None:
    """Write by atomic replace: after a failure the old file is whole and no leftovers stay.

    Inside ``with_commit`` the file gets its name only when the block has ended well.
    """
    with writing(path) as file:
        file.write(data)


@contextmanager
def writing(path: Path) -> Iterator[BufferedRandom]:
    """As ``write``, in parts: gives an empty file to write and read, which counts when the block has ended well.

    An OSError inside the block is told as one of saving.
    """
    fresh: Path | None = None
    try:
        with _saving(path):
            _check_replaceable(path)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=_HALF)
            fresh = Path(name)
            _clear_stale(fresh)
            with os.fdopen(handle, "w+b") as file:
                yield file
                file.flush()
                os.fsync(handle)
    except BaseException:
        if fresh is not None:
            fresh.unlink(missing_ok=True)
        raise
    prepared, held = _Prepared(fresh, path), _held.get()
    if held is None:
        _place(prepared)
    else:
        held.append(prepared)


@contextmanager
def with_commit() -> Iterator[None]:
    """Put around a unit of work whose files are to stand or fall with it.

    Whatever is written inside goes out at once beside its place, so that a full or closed disk fails before
    the commit, and is renamed after it. When the block fails nothing is left of it.
    """
    held: list[_Prepared] = []
    before = _held.set(held)
    try:
        yield
    except BaseException:
        for prepared in held:
            prepared.fresh.unlink(missing_ok=True)
        raise
    finally:
        _held.reset(before)
    _keep(held)


@dataclass(frozen=True)
class _Prepared:
    """Whole bytes on the disk under a name of their own, and the name they are to get."""

    fresh: Path
    path: Path


_held: ContextVar[list[_Prepared] | None] = ContextVar("held", default=None)


def _check_replaceable(path: Path) -> None:
    """Meet early what would make the rename fail: a folder, a device, a file that another program holds."""
    if path.is_file():
        with path.open("r+b"):
            return
    if path.exists():
        raise WrongInputError(f"«{path}» не файл. Укажите имя файла, под которым сохранить.")


def _clear_stale(fresh: Path) -> None:
    """Remove half files that a killed program has left beside a new one, whose time is that of the disk's own clock."""
    with suppress(OSError):
        now = fresh.stat().st_mtime
        for half in fresh.parent.glob(f"{_HALF}*"):
            there = half.lstat()
            is_ours = _HALF_NAME.fullmatch(half.name) is not None and stat.S_ISREG(there.st_mode)
            if is_ours and now - there.st_mtime > _STALE:
                half.unlink()


def _place(prepared: _Prepared) -> None:
    try:
        with _saving(prepared.path):
            prepared.fresh.replace(prepared.path)
            atomic.sync(prepared.path.parent)
    finally:
        prepared.fresh.unlink(missing_ok=True)


def _keep(held: Sequence[_Prepared]) -> None:
    """Rename after the commit, all that can be; what is numbered by now is never thrown away."""
    failed: UnnamedError | None = None
    for prepared in held:
        try:
            prepared.fresh.replace(prepared.path)
            atomic.sync(prepared.path.parent)
        except OSError as error:
            failed = UnnamedError(
                f"Документ выпущен и занесён в журнал, но назвать его «{prepared.path.name}» не удалось. "
                f"Он лежит рядом под именем «{_lasting(prepared).name}»: переименуйте его сами."
            )
            failed.__cause__ = error
    if failed is not None:
        raise failed


def _lasting(prepared: _Prepared) -> Path:
    """Where the file lies from now on: under a name that shows what it is and is never cleared away."""
    path = prepared.path
    named = path.with_name(f"{path.stem} {prepared.fresh.name.removeprefix(_HALF)}{path.suffix}")
    with suppress(OSError):
        return prepared.fresh.rename(named)
    return prepared.fresh


def _saving(path: Path) -> AbstractContextManager[None]:
    return place_told(f"Не удалось сохранить «{path}».")

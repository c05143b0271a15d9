"""Files on their way into the workspace and out of it: read with a limit, looked at through a private copy."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from profdesk import paths
from profdesk.domain.attachments import NewFile
from profdesk.domain.evidence import LIMIT, is_program, size_words
from profdesk.domain.progress import Progress, silent
from profdesk.errors import WrongInputError, place_told

_COPIES = "opened"
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def take(files: Sequence[Path], there: Collection[str], progress: Progress = silent) -> Iterator[NewFile | str]:
    """Read files one by one for a place where files with the SHA-256 ``there`` are kept already.

    Gives for each the file, or a sentence that says why it cannot be kept there.
    """
    known = set(there)
    for number, path in enumerate(files):
        progress(number, len(files))
        try:
            read = read_new(path, known)
        except WrongInputError as error:
            yield error.message
            continue
        known.add(read.sha256)
        yield read


def read_new(path: Path, there: Collection[str] = ()) -> NewFile:
    """Read a file to be kept; WrongInputError says why it cannot be, or cannot be kept there."""
    read = new_file(path.name, read_file(path))
    check(read, there)
    return read


def new_file(name: str, content: bytes) -> NewFile:
    """Make a file to be kept of its name and bytes."""
    return NewFile(name, content, hashlib.sha256(content).hexdigest())


def read_file(path: Path) -> bytes:
    """Read a file to be kept; WrongInputError for a folder, a program, or one that is too large or unreadable."""
    name = path.name
    if path.is_dir():
        raise WrongInputError(f"«{name}» — папка: добавляйте сами файлы.")
    refuse_program(name)
    try:
        if not path.is_file():
            raise WrongInputError(f"Файла «{name}» на этом месте нет.")
        with path.open("rb") as file:
            content = file.read(LIMIT + 1)
    except OSError as error:
        raise WrongInputError(f"Файл «{name}» не читается: проверьте, открывается ли он у вас.") from error
    if len(content) > LIMIT:
        raise WrongInputError(f"Файл «{name}» больше {size_words(LIMIT)}: сожмите его или добавьте по частям.")
    return content


def check(file: NewFile, there: Collection[str]) -> None:
    """Refuse a file that is empty, or whose bytes are kept there already."""
    if not file.content:
        raise WrongInputError(f"Файл «{file.name}» пустой: в нём нет ни одного байта.")
    if file.sha256 in there:
        raise WrongInputError(f"Файл «{file.name}» здесь уже есть.")


def refuse_program(name: str) -> None:
    """Refuse a file that the system would run rather than show."""
    if is_program(name):
        raise WrongInputError(f"«{name}» — программа, запускать её опасно: добавьте её в архиве.")


def private_copy(name: str, content: bytes) -> Path:
    """Write bytes as a read-only file that only this user can read and that ``forget_copies`` removes.

    It is read-only so that nobody edits it and takes that for kept.
    """
    refuse_program(name)
    with place_told(f"Файл «{name}» открыть не удалось."):
        _copies().mkdir(mode=0o700, parents=True, exist_ok=True)
        copy = Path(tempfile.mkdtemp(dir=_copies())) / file_name(name)
        copy.write_bytes(content)
        copy.chmod(0o400)
    return copy


def forget_copies() -> None:
    """Remove every copy that was made to be looked at; those still held by a program go the next time."""
    for copy in _copies().glob("*/*"):
        with suppress(OSError):
            copy.chmod(0o600)
    shutil.rmtree(_copies(), ignore_errors=True)


def file_name(name: str) -> str:
    """A name that every system takes, whichever system it came from."""
    return _NOT_IN_NAMES.sub("_", name).strip(" .") or "файл"


def _copies() -> Path:
    return paths.user_data() / _COPIES

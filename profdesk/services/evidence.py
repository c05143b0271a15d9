"""Evidence: files kept for a pupil, looked at through a private copy, withdrawn and put back."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk import paths
from profdesk.domain.access import Actor
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.evidence import LIMIT, Evidence, is_program, size_words
from profdesk.domain.progress import Progress, silent
from profdesk.domain.school_year import Period
from profdesk.errors import WrongInputError, place_told

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace

_COPIES = "opened"
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True)
class Added:
    """What was kept, and a sentence for each file that could not be."""

    kept: tuple[Evidence, ...]
    refused: tuple[str, ...]


def of_pupil(workspace: Workspace, actor: Actor, pupil_id: str) -> Sequence[Evidence]:
    """All files that stand for a pupil, the latest first."""
    with workspace.unit(actor) as unit:
        return unit.evidence.of_pupil(pupil_id)


def of_cell(workspace: Workspace, actor: Actor, pupil_id: str, competency: str, period: Period) -> Sequence[Evidence]:
    """The files at a cell of the class grid, the latest first."""
    there = of_pupil(workspace, actor, pupil_id)
    return [one for one in there if one.competency == competency and one.period == period]


def add(
    workspace: Workspace,
    actor: Actor,
    pupil_id: str,
    competency: str | None,
    period: Period,
    files: Sequence[Path],
    progress: Progress = silent,
) -> tuple[Added, Changes]:
    """Keep files of a pupil (``competency`` None: about the pupil as a whole) under their names without the ending.

    What cannot be kept is told and left out; the others are kept.
    """
    kept: list[Evidence] = []
    refused: list[str] = []
    with workspace.unit(actor) as unit:
        there = {
            one.sha256
            for one in unit.evidence.of_pupil(pupil_id)
            if (one.competency, one.period) == (competency, period)
        }
        for number, path in enumerate(files):
            progress(number, len(files))
            try:
                content = read_file(path)
                _check_new(path, content, there)
            except WrongInputError as error:
                refused.append(error.message)
                continue
            now = datetime.now(UTC)
            added = unit.evidence.add(pupil_id, competency, period, path.stem, path.name, content, now)
            there.add(added.sha256)
            kept.append(added)
        batch = unit.batch if kept else None
    return Added(tuple(kept), tuple(refused)), Changes.of(batch, *((Kind.EVIDENCE,) if kept else ()))


def rename(workspace: Workspace, actor: Actor, evidence_id: str, title: str) -> tuple[Evidence, Changes]:
    """Call a file otherwise in lists; its own name stays."""
    if not title.strip():
        raise WrongInputError("Название пустое. Напишите, что это за работа.")
    with workspace.unit(actor) as unit:
        return unit.evidence.rename(evidence_id, title.strip()), Changes.of(unit.batch, Kind.EVIDENCE)


def withdraw(workspace: Workspace, actor: Actor, evidence_id: str) -> tuple[Evidence, Changes]:
    """Take a file out of sight; it can be put back."""
    with workspace.unit(actor) as unit:
        return unit.evidence.withdraw(evidence_id, datetime.now(UTC)), Changes.of(unit.batch, Kind.EVIDENCE)


def put_back(workspace: Workspace, actor: Actor, evidence_id: str) -> tuple[Evidence, Changes]:
    """Show a withdrawn file again."""
    with workspace.unit(actor) as unit:
        return unit.evidence.withdraw(evidence_id, None), Changes.of(unit.batch, Kind.EVIDENCE)


def open_copy(workspace: Workspace, actor: Actor, evidence_id: str) -> Path:
    """Write a file's bytes where only this user can read them, for the system's program to show.

    The copy is read-only, so that nobody edits it and takes that for kept, and is gone with ``forget_copies``.
    """
    with workspace.unit(actor) as unit:
        found, content = unit.evidence.content(evidence_id)
    return private_copy(found.name, content)


def private_copy(name: str, content: bytes) -> Path:
    """Write bytes as a read-only file that only this user can read and that ``forget_copies`` removes."""
    _refuse_program(name)
    with place_told(f"Файл «{name}» открыть не удалось."):
        _copies().mkdir(mode=0o700, parents=True, exist_ok=True)
        copy = Path(tempfile.mkdtemp(dir=_copies())) / _file_name(name)
        copy.write_bytes(content)
        copy.chmod(0o400)
    return copy


def forget_copies() -> None:
    """Remove every copy that was made to be looked at; those still held by a program go the next time."""
    for copy in _copies().glob("*/*"):
        with suppress(OSError):
            copy.chmod(0o600)
    shutil.rmtree(_copies(), ignore_errors=True)


def _copies() -> Path:
    return paths.user_data() / _COPIES


def _file_name(name: str) -> str:
    """A name that every system takes, whichever system it came from."""
    return _NOT_IN_NAMES.sub("_", name).strip(" .") or "файл"


def read_file(path: Path) -> bytes:
    """Read a file to be kept; WrongInputError for a folder, a program, or one that is too large or unreadable."""
    name = path.name
    if path.is_dir():
        raise WrongInputError(f"«{name}» — папка: добавляйте сами файлы.")
    _refuse_program(name)
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


def _check_new(path: Path, content: bytes, there: set[str]) -> None:
    if not content:
        raise WrongInputError(f"Файл «{path.name}» пустой: в нём нет ни одного байта.")
    if hashlib.sha256(content).hexdigest() in there:
        raise WrongInputError(f"Файл «{path.name}» здесь уже есть.")


def _refuse_program(name: str) -> None:
    if is_program(name):
        raise WrongInputError(f"«{name}» — программа, запускать её опасно: добавьте её в архиве.")

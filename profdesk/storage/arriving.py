"""Kept files that are put inside a unit of work: gone again where it comes to nothing, though the program was killed.

``arriving.txt`` beside the databases names each file before it is put, and is gone once its unit has ended. What it
still names at an opening is looked for in the journals; that of which nobody speaks is dropped.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk import atomic
from profdesk.errors import WorkspaceError, place_told
from profdesk.storage import blobs
from profdesk.storage.exchange_rows import JOURNALS
from profdesk.storage.quarantine import Quarantine

FILE = "arriving.txt"
Files = Mapping[str, Collection[str]]
"""The SHA-256 of kept files by their folder."""
_LINE = re.compile(f"({blobs.FOLDER}|{blobs.PSY_FOLDER}) ([0-9a-f]{{64}})")
_AT_ONCE = 1_000
_LONGEST = 128


class Arriving:
    """The files of one unit of work."""

    def __init__(self, workspace: Path) -> None:
        self.workspace = workspace
        self._noted: dict[str, set[str]] = {}

    def note(self, folder: str, digest: str) -> None:
        """Remember that a file is about to be put where there was none; OSError as the system says it."""
        self._write(folder, [digest])
        self._noted.setdefault(folder, set()).add(digest)

    def leave(self, folder: str, digests: Iterable[str]) -> None:
        """Have it looked into, once the unit has ended, whether anybody still speaks of some files."""
        with place_told("Рабочая папка не принимает запись.", WorkspaceError):
            self._write(folder, digests)

    def stay(self) -> None:
        """Their unit is committed. A note that cannot be taken back is looked into at the next opening."""
        if self._noted:
            with suppress(OSError):
                _forget(self.workspace, self._noted)

    def drop(self) -> None:
        """Their unit was rolled back: nobody speaks of them. What the disk does not let go goes at the next opening."""
        with suppress(OSError):
            for folder, digests in self._noted.items():
                blobs.drop(self.workspace / folder, digests)
            self.stay()

    def _write(self, folder: str, digests: Iterable[str]) -> None:
        with (self.workspace / FILE).open("a", encoding="ascii") as file:
            file.writelines(f"{folder} {digest}\n" for digest in digests)
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def unit(workspace: Path) -> Iterator[Arriving]:
    """Put around a unit of work: files stay if it is committed, and go if it is not."""
    arriving = Arriving(workspace)
    try:
        yield arriving
    except BaseException:
        arriving.drop()
        raise
    arriving.stay()


def noted(workspace: Path) -> Files:
    """What units of work have left that did not end; the last line may have been cut short.

    A note that cannot be read tells of nothing: the files stay.
    """
    found: dict[str, set[str]] = {}
    with suppress(OSError), (workspace / FILE).open(encoding="ascii", errors="replace") as file:
        for line in iter(partial(file.readline, _LONGEST), ""):
            if told := _LINE.fullmatch(line.rstrip("\n")):
                found.setdefault(told[1], set()).add(told[2])
    return found


def sweep(workspace: Path, left: Files, spoken: Files) -> None:
    """Drop what was left and nobody speaks of, in the folders of which that is known, and forget these."""
    judged = {folder: digests for folder, digests in left.items() if folder in spoken}
    with suppress(OSError):
        for folder, digests in judged.items():
            blobs.drop(workspace / folder, {*digests}.difference(spoken[folder]))
            blobs.drop_halves(workspace / folder, digests)
        _forget(workspace, judged)


def spoken_of(session: Session, schema: str, files: Collection[str]) -> frozenset[str]:
    """Those of some files, by their SHA-256, of which operations of a schema's journal speak, or those that wait."""
    waiting, _ = Quarantine(session, schema).all()
    found = {digest for one in waiting for digest in blobs.named_in(one["fields"])}
    for fields in session.scalars(select(JOURNALS[schema].fields)).yield_per(_AT_ONCE):
        found.update(blobs.named_in(fields))
    return frozenset(found.intersection(files))


def _forget(workspace: Path, done: Files) -> None:
    left = [
        f"{folder} {digest}\n"
        for folder, digests in noted(workspace).items()
        for digest in sorted({*digests}.difference(done.get(folder, ())))
    ]
    if left:
        atomic.write(workspace / FILE, "".join(left).encode())
    else:
        (workspace / FILE).unlink(missing_ok=True)

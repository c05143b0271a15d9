"""``manifest.json`` of a copy: why it was made, what it holds and what each part must be, readable without a key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from profdesk import atomic
from profdesk.domain.backups import Copy, CopyKind, Holdings
from profdesk.domain.mark import Heads
from profdesk.domain.progress import Progress, silent
from profdesk.storage import blobs
from profdesk.storage.clock import kept_moment
from profdesk.storage.heads import as_json, from_json

FILE = "manifest.json"
_FORMAT = 1
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """``parts`` are size and SHA-256 of each file but the kept ones, of which ``files`` are told as a whole."""

    workspace: str
    number: int
    """How many copies there were before it, of those that lie there; 0 where that was not written yet."""
    made_at: datetime
    kind: CopyKind
    why: str
    holds: Holdings
    heads: Heads
    parts: Mapping[str, tuple[int, str]]
    files: tuple[int, int, str]

    @property
    def size(self) -> int:
        """Bytes of the whole copy, the manifest apart."""
        return sum(size for size, _ in self.parts.values()) + self.files[1]

    def copy(self, folder: Path) -> Copy:
        """The copy that it tells of."""
        return Copy(
            folder, self.made_at, self.size, self.why, self.kind, self.workspace, self.holds, self.heads, self.number
        )


def write(copy: Path, manifest: Manifest) -> None:
    """Write it into its copy."""
    fields = {
        "format": _FORMAT,
        "workspace": manifest.workspace,
        "number": manifest.number,
        "made_at": manifest.made_at.isoformat(),
        "kind": manifest.kind.value,
        "why": manifest.why,
        "holds": vars(manifest.holds),
        "heads": {name: as_json(head) for name, head in vars(manifest.heads).items()},
        "parts": {name: list(part) for name, part in manifest.parts.items()},
        "files": list(manifest.files),
    }
    atomic.write(copy / FILE, json.dumps(fields, ensure_ascii=False, indent=1).encode())


def read(copy: Path) -> Manifest | None:
    """Read a copy's manifest; None if there is none, or none that can be read."""
    try:
        raw = atomic.read_json(copy / FILE)
        if raw["format"] != _FORMAT:
            return None
        count, size, digest = raw["files"]
        return Manifest(
            workspace=str(raw["workspace"]),
            number=int(raw.get("number", 0)),
            made_at=kept_moment(raw["made_at"]),
            kind=CopyKind(raw["kind"]),
            why=str(raw["why"]),
            holds=_holdings(raw["holds"]),
            heads=Heads(from_json(raw["heads"]["desk"]), from_json(raw["heads"]["psy"])),
            parts={str(name): (int(part[0]), str(part[1])) for name, part in raw["parts"].items()},
            files=(int(count), int(size), str(digest)),
        )
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError):
        return None


def _holdings(raw: Mapping[str, Any]) -> Holdings:
    sessions = raw["sessions"]
    return Holdings(int(raw["pupils"]), int(raw["assessments"]), None if sessions is None else int(sessions))


def parts(copy: Path) -> dict[str, tuple[int, str]]:
    """Size and SHA-256 of every file of a copy that lies at its top, as they are read back."""
    found = (path for path in sorted(copy.iterdir()) if path.is_file() and path.name != FILE)
    return {path.name: (path.stat().st_size, digest(path)) for path in found}


def kept_files(copy: Path) -> tuple[int, int, str]:
    """How many kept files there are, of how many bytes, and a hash of their names and sizes."""
    count, size, named = 0, 0, hashlib.sha256()
    for path in sorted(each_file(copy)):
        length = path.stat().st_size
        named.update(f"{path.relative_to(copy).as_posix()} {length}\n".encode())
        count, size = count + 1, size + length
    return count, size, named.hexdigest()


def each_file(folder: Path) -> Iterator[Path]:
    """Every kept file of a workspace or a copy; those only begun begin with a dot."""
    for name in (blobs.FOLDER, blobs.PSY_FOLDER):
        yield from (path for path in (folder / name).rglob("*") if path.is_file() and not path.name.startswith("."))


def faults(copy: Path, manifest: Manifest, progress: Progress = silent) -> tuple[str, ...]:
    """Name the parts that are lost or are not as they were written; no key is needed. ``progress`` counts parts."""
    wrong = []
    for done, (name, (size, wanted)) in enumerate(manifest.parts.items()):
        progress(done, len(manifest.parts) + 1)
        path = copy / name
        if not path.is_file() or path.stat().st_size != size or digest(path) != wanted:
            wrong.append(name)
    if kept_files(copy) != manifest.files:
        wrong.append(blobs.FOLDER)
    progress(len(manifest.parts) + 1, len(manifest.parts) + 1)
    return tuple(wrong)


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(_CHUNK):
            found.update(part)
    return found.hexdigest()

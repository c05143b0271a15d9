"""Every way by which bytes from outside come into the program, and a program that tries files by them.

Run as a program it gets a folder of files and tells of each file and way: the words of the refusal (empty where it was
taken), processor seconds, the most memory over what there was before, and whether the workspace has changed.
"""

from __future__ import annotations

import json
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from support import PASSWORD, YEAR

from profdesk import settings
from profdesk.domain.people import Pupil
from profdesk.domain.registers import PARTNERS
from profdesk.domain.verification import Verdict
from profdesk.errors import ProfdeskError
from profdesk.services import (
    answer_files,
    certificate_blanks,
    certificate_designs,
    consolidation,
    countersigning,
    diagnostics,
    erasure,
    instruments,
    key_files,
    lesson_exchange,
    programmes,
    pupil_files,
    received,
    references,
    registers,
    roster,
    senders,
    verification,
    workspaces,
)
from profdesk.storage import opening as storage
from profdesk.storage.models import OperationRow, PsyOperationRow
from profdesk.storage.workspace import Session, Workspace

CODE = "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG"
INSTRUMENT = "yovaysha_rezapkina_24"


@dataclass(frozen=True)
class Desk:
    """An open workspace and what of it the ways need."""

    workspace: Workspace
    pupils: tuple[Pupil, ...]

    @property
    def both(self) -> tuple[Workspace, Any]:
        return self.workspace, self.workspace.actor


def _countersign(desk: Desk, path: Path) -> object:
    """The file as the key, and a sound paper that it would sign."""
    warm = path.parent if path.parent.name == "warm" else path.parent / "warm"
    return countersigning.countersign_file(warm / "paper.pdf", path, PASSWORD, path.with_suffix(".signed"))


def _settings(_desk: Desk, path: Path) -> object:
    was = settings.paths.settings_file
    settings.paths.settings_file = lambda: path
    try:
        return settings.load()
    finally:
        settings.paths.settings_file = was


def _foreign_workspace(_desk: Desk, path: Path) -> object:
    """The file as the vault of somebody else's folder; what else would be there is asked for only then."""
    folder = path.with_name(f"{path.name}-folder")
    folder.mkdir(exist_ok=True)
    (folder / "vault.json").write_bytes(path.read_bytes())
    return workspaces.open_workspace(folder, None, PASSWORD)


def _sealed_programme(desk: Desk, path: Path) -> object:
    named = path.with_name(f"{path.name}.profprogramme")
    named.hardlink_to(path)
    try:
        return key_files.take_programme_file(*desk.both, named)
    finally:
        named.unlink()


def _summary(desk: Desk, path: Path) -> object:
    (answer, *_), _ = received.take(*desk.both, [path])
    if not answer.state.is_kept:
        raise ProfdeskError(answer.words)
    return answer


def _badge(desk: Desk, path: Path) -> object:
    return _not_refused(verification.verify_badge_here(*desk.both, path))


def _not_refused(answer: Any) -> object:
    if answer.verdict is Verdict.REFUSED:
        raise ProfdeskError(answer.reason)
    return answer


def _signed_paper(desk: Desk, path: Path) -> object:
    return _not_refused(verification.verify_here(*desk.both, path))


def _reference(desk: Desk, path: Path) -> object:
    draft = references.draft(*desk.both, desk.pupils[0].id)
    return references.filled(references.as_left(draft), path.read_bytes())


WAYS: Mapping[str, Callable[[Desk, Path], object]] = {
    "class list": lambda desk, path: roster.preview(*desk.both, path, YEAR),
    "answers": lambda desk, path: answer_files.preview(instruments.called(INSTRUMENT), path, desk.pupils),
    "register": lambda desk, path: registers.preview(*desk.both, PARTNERS, path),
    "organisations": lambda desk, path: senders.take_table(*desk.both, path),
    "lessons": lambda desk, path: lesson_exchange.preview(*desk.both, path),
    "programme": lambda desk, path: programmes.choose(*desk.both, path),
    "sealed programme": _sealed_programme,
    "instrument": lambda desk, path: diagnostics.add_instrument(*desk.both, path),
    "wording": lambda desk, path: diagnostics.add_wording(*desk.both, instruments.called(INSTRUMENT), path),
    "retention": lambda desk, path: erasure.take_rules(*desk.both, path),
    "picture": lambda desk, path: certificate_designs.add_picture(*desk.both, path),
    "blank": lambda _, path: certificate_blanks.read(path),
    "reference": _reference,
    "key file": lambda _, path: key_files.read_key_file(path),
    "key": lambda desk, path: senders.take_key_file(*desk.both, path, None),
    "signed paper": _signed_paper,
    "signature": lambda _, path: verification.verify_outside(path, path),
    "badge": _badge,
    "code": lambda desk, path: verification.verify_picture_here(*desk.both, path),
    "personal key": _countersign,
    "pupil's file": lambda _, path: pupil_files.read(path, CODE),
    "consolidation": lambda _, path: consolidation.consolidate([path]),
    "summary": _summary,
    "settings": _settings,
    "vault": _foreign_workspace,
}
KEPT_AS_IT_IS = ("evidence", "attachment")
"""Files of any kind, kept as they are and never read: only how large they may be is looked at."""


def main(folder: Path) -> None:
    """Try every file of ``tried.json`` in the folder by its ways, and tell of each on a line."""
    workspace = storage.open_workspace(folder / "school", None, PASSWORD)
    with workspace.unit(workspace.actor) as unit:
        desk = Desk(workspace, tuple(unit.pupils.all(YEAR)))
    tried = json.loads((folder / "tried.json").read_text(encoding="utf-8"))
    for path in sorted((folder / "warm").iterdir()):
        for way in WAYS:
            _try(desk, way, path)
    for name, ways in tried.items():
        for way in ways:
            print(json.dumps([name, way, *_try(desk, way, folder / name)]), flush=True)


def _try(desk: Desk, way: str, path: Path) -> tuple[str, str, float, int, bool]:
    before, there = _marked(desk.workspace), _memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    started = time.process_time()
    kind, told = "taken", ""
    try:
        WAYS[way](desk, path)
    except ProfdeskError as error:
        kind, told = "refused", error.message
    except Exception:  # noqa: BLE001 - whatever it is, it is told
        kind, told = "crash", traceback.format_exc()
    seconds = time.process_time() - started
    return kind, told, seconds, max(0, _memory("VmHWM") - there), before != _marked(desk.workspace)


def _memory(what: str) -> int:
    """In MB."""
    return int(Path("/proc/self/status").read_text(encoding="ascii").split(f"{what}:")[1].split()[0]) // 1024


def _marked(workspace: Workspace) -> tuple[object, ...]:
    """The ends of both journals, and every kept file."""
    with Session(workspace._engine) as session:
        ends = [session.scalar(select(func.max(kind.seq))) for kind in (OperationRow, PsyOperationRow)]
    kept = sum(1 for name in ("files", "files-psy") for path in (workspace.path / name).rglob("*") if path.is_file())
    return (*ends, kept)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

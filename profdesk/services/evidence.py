"""Evidence: files kept for a pupil, looked at through a private copy, withdrawn and put back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain.access import Actor
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.consent_gates import Deed
from profdesk.domain.deeds import DeedKind
from profdesk.domain.evidence import Evidence
from profdesk.domain.progress import Progress, silent
from profdesk.domain.rights import Right
from profdesk.domain.school_year import Period
from profdesk.errors import WrongInputError
from profdesk.services import consent_gates, deeds, kept_files
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace


@dataclass(frozen=True)
class Added:
    """What was kept, and a sentence for each file that could not be."""

    kept: tuple[Evidence, ...]
    refused: tuple[str, ...]


@needs(Right.PORTFOLIO_READ)
def of_pupil(workspace: Workspace, actor: Actor, pupil_id: str) -> Sequence[Evidence]:
    """All files that stand for a pupil, the latest first."""
    with workspace.unit(actor) as unit:
        return unit.evidence.of_pupil(pupil_id)


@needs(Right.PORTFOLIO_READ)
def of_cell(workspace: Workspace, actor: Actor, pupil_id: str, competency: str, period: Period) -> Sequence[Evidence]:
    """The files at a cell of the class grid, the latest first."""
    there = of_pupil(workspace, actor, pupil_id)
    return [one for one in there if one.competency == competency and one.period == period]


@needs(Right.PORTFOLIO_WRITE)
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
        consent_gates.ensure(unit, Deed.KEEP_PORTFOLIO, [pupil_id])
        there = {
            one.sha256
            for one in unit.evidence.of_pupil(pupil_id)
            if (one.competency, one.period) == (competency, period)
        }
        for one in kept_files.take(files, there, progress):
            if isinstance(one, str):
                refused.append(one)
            else:
                title, now = Path(one.name).stem, datetime.now(UTC)
                kept.append(unit.evidence.add(pupil_id, competency, period, title, one.name, one.content, now))
        batch = unit.batch if kept else None
    return Added(tuple(kept), tuple(refused)), Changes.of(batch, *((Kind.EVIDENCE,) if kept else ()))


@needs(Right.PORTFOLIO_WRITE)
def rename(workspace: Workspace, actor: Actor, evidence_id: str, title: str) -> tuple[Evidence, Changes]:
    """Call a file otherwise in lists; its own name stays."""
    if not title.strip():
        raise WrongInputError("Название пустое. Напишите, что это за работа.")
    with workspace.unit(actor) as unit:
        return unit.evidence.rename(evidence_id, title.strip()), Changes.of(unit.batch, Kind.EVIDENCE)


@needs(Right.PORTFOLIO_WRITE)
def withdraw(workspace: Workspace, actor: Actor, evidence_id: str) -> tuple[Evidence, Changes]:
    """Take a file out of sight; it can be put back."""
    with workspace.unit(actor) as unit:
        return unit.evidence.withdraw(evidence_id, datetime.now(UTC)), Changes.of(unit.batch, Kind.EVIDENCE)


@needs(Right.PORTFOLIO_WRITE)
def put_back(workspace: Workspace, actor: Actor, evidence_id: str) -> tuple[Evidence, Changes]:
    """Show a withdrawn file again."""
    with workspace.unit(actor) as unit:
        return unit.evidence.withdraw(evidence_id, None), Changes.of(unit.batch, Kind.EVIDENCE)


@needs(Right.PORTFOLIO_READ)
def open_copy(workspace: Workspace, actor: Actor, evidence_id: str) -> Path:
    """Write a file's bytes where only this user can read them, for the system's program to show."""
    with workspace.unit(actor) as unit:
        found, content = unit.evidence.content(evidence_id)
        deeds.note(unit, DeedKind.OPENED_FILE, "подтверждение", [found.pupil])
    return kept_files.private_copy(found.name, content)

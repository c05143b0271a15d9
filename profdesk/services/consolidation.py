"""Summaries that organisations sent: verified, read and added up; what is not proven is never counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from profdesk.domain import consolidation as domain
from profdesk.domain.consolidation import Consolidation
from profdesk.domain.received import ReceivedSummary
from profdesk.domain.verification import Verdict
from profdesk.errors import WrongInputError
from profdesk.services import files, summary_files, verification


@dataclass(frozen=True)
class Taken:
    """A file that was sent: what it proves, and the summary in it; ``reason`` says why it does not count."""

    path: Path
    verdict: Verdict
    reason: str = ""
    summary: ReceivedSummary | None = None


def consolidate(paths: Sequence[Path], also_known: Sequence[Path] = ()) -> tuple[Consolidation, Sequence[Taken]]:
    """Add up the files that are whole and signed by known keys; all of them are told of, in their order.

    WrongInputError if none of them counts.
    """
    taken = [take(path, also_known) for path in paths]
    made, out = domain.consolidate(one.summary for one in taken if one.summary)
    reasons = {id(one.summary): one.reason for one in out}
    told = [
        Taken(one.path, one.verdict, reasons.get(id(one.summary), one.reason), one.summary) if one.summary else one
        for one in taken
    ]
    return made, told


def take(path: Path, also_known: Sequence[Path] = ()) -> Taken:
    """Verify and read one file; what cannot be counted is told and not raised."""
    try:
        checked = summary_files.check(files.read(path, summary_files.LARGEST), verification.trusted(also_known))
    except WrongInputError as error:
        return Taken(path, Verdict.REFUSED, error.message)
    answer = checked.answer
    if answer.verdict is not Verdict.TRUSTED:
        return Taken(path, answer.verdict, answer.reason)
    return Taken(path, answer.verdict, summary=checked.summary)


def save(made: Consolidation, taken: Sequence[Taken], target: Path) -> None:
    """Write the sums, the organisations and what was left out as XLSX."""
    from profdesk.documents import consolidation_xlsx

    out = [(one.path.name, one.reason) for one in taken if one.reason]
    files.write(target, consolidation_xlsx.workbook(made, out))

"""What pupils made at a trial or a practice: a file each, kept as evidence and linked to the pupil's part in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain.activities import Participation
from profdesk.domain.school_year import Period
from profdesk.services import kept_files

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork


def keep(
    unit: UnitOfWork,
    title: str,
    day: date,
    known: Mapping[str, Participation],
    files: Mapping[str, Path | None],
) -> Mapping[str, str | None]:
    """Keep works of pupils in place of those that stand, or (None) take those away; gives all ids by pupil.

    A work in whose place another one stands is withdrawn, as any file of a pupil is.
    """
    now = datetime.now(UTC)
    kept = {one.pupil: one.product for one in known.values()}
    for pupil, path in files.items():
        former = kept.get(pupil)
        if former is not None:
            unit.evidence.withdraw(former, now)
        kept[pupil] = None
        if path is not None:
            file = kept_files.read_new(path)
            added = unit.evidence.add(pupil, None, Period.containing(day), title, file.name, file.content, now)
            kept[pupil] = added.id
    return kept

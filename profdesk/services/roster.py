"""Class lists: what a file holds, what taking it in would change, and taking it in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain import plural
from profdesk.domain.access import Actor
from profdesk.domain.batch import BatchKind
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.people import GroupName
from profdesk.domain.programme import Programme
from profdesk.domain.progress import Progress, silent
from profdesk.domain.rights import Right
from profdesk.domain.roster import Choice, ColumnsError, Fate, Field, LineKey, PlanLine, RefusedLine, Roster, RosterPlan
from profdesk.domain.roster_plan import plan
from profdesk.domain.roster_reading import recognise
from profdesk.domain.school_year import SchoolYear
from profdesk.services import files, programmes
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

_REPORT_EVERY = 20
NO_GROUP = "Не указан класс"


@dataclass(frozen=True)
class Applied:
    """How many lines were written or passed over; ``batch`` takes the whole of it back, None if nothing was written."""

    new: int
    changed: int
    same: int
    refused: int
    batch: str | None = None

    @property
    def words(self) -> str:
        """«31 новый, 4 изменены»."""
        new = plural.counted(self.new, "новый", "новых", "новых")
        changed = plural.counted(self.changed, "изменён", "изменены", "изменены")
        return f"{new}, {changed}" if self.new and self.changed else changed if self.changed else new


def read(path: Path) -> Roster:
    """Read a class list without a workspace; WrongInputError for a file that cannot be read at all."""
    from profdesk.intake import roster_file

    return recognise(roster_file.read(path))


@needs(Right.PUPILS_WRITE)
def preview(
    workspace: Workspace,
    actor: Actor,
    path: Path,
    year: SchoolYear,
    group: GroupName | None = None,
    chosen: Mapping[str, Choice] | None = None,
    progress: Progress = silent,
) -> RosterPlan:
    """Say what taking the file into a school year would change; nothing is written.

    ``group`` is for the lines for which the file names none; without it they are refused. ``chosen`` says by
    the shape of a header what its columns are; else it is what was chosen for an earlier file of that shape,
    where that makes a list, and an empty choice leaves it to the program. ColumnsError: there is no list as the
    columns stand.
    """
    from profdesk.intake import roster_file

    sheets, given = roster_file.read(path), chosen or {}
    with workspace.unit(actor) as unit:
        known = unit.roster_layouts.all()
    try:
        found = recognise(sheets, None, {**known, **given}, progress)
    except ColumnsError:
        if given:
            raise
        found, known = recognise(sheets, None, None, progress), {}
    with workspace.unit(actor) as unit:
        made = plan(_with_groups(found, group), unit.pupils.all(year), path.name, year)
    shapes = {header.shape for header in found.headers}
    return replace(made, chosen=given, remembered=frozenset((known.keys() & shapes) - given.keys()))


@needs(Right.PUPILS_WRITE)
def apply(
    workspace: Workspace,
    actor: Actor,
    chosen: RosterPlan,
    lines: Collection[LineKey] | None = None,
    progress: Progress = silent,
) -> tuple[Applied, Changes]:
    """Write the new and changed lines, or those of ``lines``, by their keys, if not None.

    What was chosen for the columns is remembered for the next file with such a header. One unit of work
    and one batch of the journal: all of it or, on an error or a stop, nothing.
    """
    programme = programmes.current(workspace, actor)
    wanted = [
        line
        for line in chosen.lines
        if line.writes and (line.fate is not Fate.GONE if lines is None else line.pupil.key in lines)
    ]
    applied = Applied(
        new=sum(line.existing is None for line in wanted),
        changed=sum(line.existing is not None for line in wanted),
        same=len(chosen.with_fate(Fate.SAME)),
        refused=len(chosen.refused),
    )
    if not wanted:
        return applied, Changes()
    year = SchoolYear(chosen.year)
    with workspace.unit(actor) as unit:
        for done, line in enumerate(wanted):
            if done % _REPORT_EVERY == 0:
                progress(done, len(wanted))
            _write(unit, programme, line, year)
        progress(len(wanted), len(wanted))
        for header in chosen.headers:
            if header.known and header.shape in chosen.chosen:
                unit.roster_layouts.remember(header.shape, chosen.chosen[header.shape])
        unit.batches.note(BatchKind.IMPORT, f"Список «{chosen.source}»: {applied.words}", year)
        batch = unit.batch
    return replace(applied, batch=batch), Changes.of(batch, Kind.PUPILS, Kind.GROUPS, Kind.BATCHES)


def save_refused(plan: RosterPlan, target: Path) -> None:
    """Write the refused lines as XLSX, with columns in which they can be put right and loaded."""
    from profdesk.documents import refused_lines

    files.write(target, refused_lines.workbook(plan))


def _with_groups(roster: Roster, group: GroupName | None) -> Roster:
    if group is not None:
        return replace(roster, pupils=tuple(replace(p, group=p.group or group) for p in roster.pupils))
    homeless = tuple(RefusedLine.of(p, NO_GROUP, Field.GROUP) for p in roster.pupils if p.group is None)
    refused = tuple(sorted((*roster.refused, *homeless), key=lambda line: (line.sheet, line.line)))
    return replace(roster, pupils=tuple(p for p in roster.pupils if p.group), refused=refused)


def _write(unit: UnitOfWork, programme: Programme, line: PlanLine, year: SchoolYear) -> None:
    pupil = line.pupil
    if line.existing is None:
        pupil_id = unit.pupils.add(line.name, pupil.birth_date, line.sex)
    else:
        pupil_id = line.existing.id
        unit.pupils.update(pupil_id, line.name, pupil.birth_date, line.sex)
    if pupil.group is not None:
        level = _level(programme, pupil.group)
        group = unit.pupils.ensure_group(pupil.group, level, year)
        unit.pupils.enrol(pupil_id, group.id, year)


def _level(programme: Programme, group: GroupName) -> str:
    level = programme.level_of_grade(group.grade)
    return level.code if level else programme.levels[0].code

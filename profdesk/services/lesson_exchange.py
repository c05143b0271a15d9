"""Lessons exchanged with other schools: written as one file with their files, and taken in after a preview."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain import lesson_pack, plural
from profdesk.domain.access import Actor
from profdesk.domain.attachments import FileEdits
from profdesk.domain.batch import BatchKind
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.evidence import size_words
from profdesk.domain.lesson_pack import LARGEST, LARGEST_LIST, SUFFIX, LessonPack, LessonPlan
from profdesk.domain.progress import Progress, silent
from profdesk.domain.register_import import Fate
from profdesk.domain.registers_of_work import LESSONS
from profdesk.domain.rights import Right
from profdesk.errors import WrongInputError
from profdesk.services import attachments, deeds, kept_files, organisation, programmes, registers
from profdesk.services.guard import needs
from profdesk.services.registers import Applied

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace


_FILES = LARGEST - LARGEST_LIST


@dataclass(frozen=True)
class Exported:
    """How many lessons went into a file, and how many files with them."""

    lessons: int
    files: int

    @property
    def words(self) -> str:
        """«9 уроков, 4 файла»."""
        with_files = f", {plural.counted(self.files, 'файл', 'файла', 'файлов')}" if self.files else ""
        return f"{LESSONS.counted(self.lessons)}{with_files}"


def is_pack(path: Path) -> bool:
    """Whether a file is named as one of lessons."""
    return path.suffix.lower() == SUFFIX


def proposed_name(school: str) -> str:
    """«Банк уроков, Школа № 12.pdlessons»."""
    return f"{kept_files.file_name(f'{LESSONS.title}, {school}')}{SUFFIX}"


@needs(Right.HOUSE_READ)
def export(
    workspace: Workspace, actor: Actor, lessons: Collection[str], target: Path, progress: Progress = silent
) -> Exported:
    """Write lessons, by their ids, with their files as one file for another school; no note of the school's goes along.

    WrongInputError if they are too large for one file; WorkspaceError if a file is lost. Nothing is written then.
    """
    from profdesk.documents import lesson_pack as paper

    school = organisation.get(workspace, actor).short_name
    found = registers.book(workspace, actor, LESSONS)
    wanted = [one for one in found.entries if one.id in lessons]
    kept = {file.sha256: file for one in wanted for file in found.files.get(one.id, ())}
    if sum(file.size for file in kept.values()) > _FILES:
        raise WrongInputError(
            f"Файлы этих уроков вместе больше {size_words(_FILES)}: выберите часть уроков и выгрузите по частям."
        )
    contents: dict[str, bytes] = {}
    with workspace.unit(actor) as unit:
        for number, file in enumerate(kept.values()):
            progress(number, len(kept))
            contents[file.sha256] = unit.attachments.content(file.id)
    packed = [
        lesson_pack.packed(
            one,
            found.titles,
            [replace(file, name=kept_files.file_name(file.name)) for file in found.files.get(one.id, ())],
        )
        for one in wanted
    ]
    data = paper.pack(LessonPack(school, tuple(packed)), contents)
    deeds.write_out(workspace, actor, target, data, "уроки для другой школы")
    return Exported(len(packed), sum(len(one.files) for one in packed))


@needs(Right.LESSONS_WRITE)
def preview(workspace: Workspace, actor: Actor, path: Path, progress: Progress = silent) -> LessonPlan:
    """Say what taking a file of lessons in would change; WrongInputError for a file that is none, or a damaged one."""
    from profdesk.intake import lesson_pack as intake

    pack = intake.read(path, progress)
    found = registers.book(workspace, actor, LESSONS)
    return lesson_pack.plan(pack, path, found.entries, found.titles, found.files, found.calendar)


@needs(Right.LESSONS_WRITE)
def apply(
    workspace: Workspace,
    actor: Actor,
    plan: LessonPlan,
    lines: Collection[tuple[str, int]] | None = None,
    progress: Progress = silent,
) -> tuple[Applied, Changes]:
    """Write the new and changed lessons (only ``lines``, as sheet and number, if given) with their files, all or none.

    WrongInputError if the file is not there any more, or is no longer the one that was shown.
    """
    from profdesk.intake import lesson_pack as intake

    programme = programmes.current(workspace, actor)
    now = datetime.now(UTC)
    wanted = [one for one in plan.of(Fate.NEW, Fate.CHANGED) if lines is None or (one.sheet, one.number) in lines]
    if not wanted:
        return Applied(0, 0, None), Changes()
    contents = intake.contents(plan.path, {file.sha256 for line in wanted for file in plan.files.get(line.number, ())})
    found = registers.book(workspace, actor, LESSONS)
    with workspace.unit(actor) as unit:
        registers.ensure_as_shown(found, wanted)
        for done, line in enumerate(wanted):
            progress(done, len(wanted))
            entry = registers.put(unit, LESSONS, line.entry, line.values, programme, now)
            added = [kept_files.new_file(one.name, contents[one.sha256]) for one in plan.files.get(line.number, ())]
            attachments.write(unit, LESSONS, entry, FileEdits(tuple(added)), now)
        new = sum(line.entry is None for line in wanted)
        applied = Applied(new, len(wanted) - new, unit.batch)
        year = unit.organisation.get().period.year
        unit.batches.note(BatchKind.IMPORT, f"{LESSONS.title}, «{plan.source}»: {applied.words}", year)
        return applied, Changes.of(unit.batch, Kind.REGISTERS, Kind.BATCHES)

"""Results, what psychologists conclude of them, and the words that others are let to see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from profdesk.domain import diagnostic_records, scoring
from profdesk.domain.access import Actor
from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.diagnostics import Released, Session, Sheet
from profdesk.domain.records import Entry
from profdesk.domain.results import PupilResult, Result, SessionResult
from profdesk.domain.rights import Right
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import NotFoundError, WrongInputError
from profdesk.services import consent_gates, diagnostics
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace


@dataclass(frozen=True)
class Told:
    """What others than psychologists see: the days of sessions and the words released, each the latest first."""

    held: tuple[date, ...]
    released: tuple[Released, ...]


@needs(Right.DIAGNOSTICS)
def of_sheet(workspace: Workspace, actor: Actor, sheet_id: str) -> PupilResult:
    """The result of a sheet with every other result of the same child and what was concluded."""
    with workspace.unit(actor) as unit:
        pupil = unit.diagnostics.sheet(sheet_id).pupil
        now = unit.diagnostics.standing([pupil])[pupil]
        found = _results(unit, now)
        if unit.diagnostics.sheet(sheet_id).is_hidden:
            raise NotFoundError("Согласие на работу психолога отозвано: результат скрыт. Его покажет новое согласие.")
        shown = next((one for one in found if one.sheet.id == sheet_id), None)
        if shown is None:
            raise NotFoundError("На этом бланке ответов нет: показывать нечего.")
        return PupilResult(
            shown=shown,
            others=tuple(one for one in found if one is not shown),
            conclusion=unit.conclusions.of_sheets([sheet_id]).get(sheet_id),
            released={one.sheet: one for one in unit.released.of_pupils([now])},
            wording=diagnostics.kept_wording(unit, shown.instrument.code, shown.session),
        )


@needs(Right.DIAGNOSTICS)
def of_pupil(workspace: Workspace, actor: Actor, pupil_id: str) -> Sequence[Result]:
    """Every result of a child, the latest first."""
    with workspace.unit(actor) as unit:
        return _results(unit, pupil_id)


@needs(Right.DIAGNOSTICS)
def of_session(workspace: Workspace, actor: Actor, session_id: str) -> SessionResult:
    """The sheets of a session with what is released of them."""
    view = diagnostics.session(workspace, actor, session_id)
    with workspace.unit(actor) as unit:
        released = unit.released.of_pupils([one.pupil.id for one in view.sheets])
        wording = diagnostics.kept_wording(unit, view.instrument.code, view.session)
    return SessionResult(view, {one.sheet: one for one in released}, wording)


@needs(Right.DIAGNOSTICS)
def write(workspace: Workspace, actor: Actor, sheet_id: str, words: str, draft: str) -> tuple[bool, Changes]:
    """Write the conclusion of a sheet and the words meant for others; False if nothing changes.

    Nobody but psychologists sees either: the words go to others by ``release`` alone.
    """
    with workspace.unit(actor) as unit:
        consent_gates.ensure_sheets(unit, [sheet_id])
        changed = unit.conclusions.write(sheet_id, words.strip(), draft.strip(), datetime.now(UTC))
        batch = unit.batch if changed else None
    return changed, Changes.of(batch, *((Kind.DIAGNOSTICS,) if changed else ()))


@needs(Right.DIAGNOSTICS)
def release(workspace: Workspace, actor: Actor, sheet_id: str, words: str) -> tuple[Step, Changes]:
    """Let others see these words in place of those released of the sheet before; nothing else leaves."""
    if not words.strip():
        raise WrongInputError("Передавать нечего: напишите, что увидит классный руководитель.")
    with workspace.unit(actor) as unit:
        consent_gates.ensure_sheets(unit, [sheet_id])
        sheet = unit.diagnostics.sheet(sheet_id)
        session = unit.diagnostics.session(sheet.session)
        now = unit.diagnostics.standing([sheet.pupil])[sheet.pupil]
        (pupil,) = unit.pupils.some([now], session.year)
        unit.released.release(now, sheet_id, session.held_on, words.strip(), datetime.now(UTC))
        step = Step(f"вывод передан, {pupil.name.short}", unit.batch, (now,))
        return step, Changes.of(unit.batch, Kind.DIAGNOSTICS)


@needs(Right.DIAGNOSTICS)
def withdraw(workspace: Workspace, actor: Actor, released: Released) -> tuple[Step, Changes]:
    """Take released words out of everybody's sight, for psychologists alone."""
    with workspace.unit(actor) as unit:
        now = unit.diagnostics.standing([released.pupil])[released.pupil]
        unit.released.withdraw(released.id, datetime.now(UTC))
        (pupil,) = unit.pupils.some([now], SchoolYear.containing(released.held_on))
        step = Step(f"вывод отозван, {pupil.name.short}", unit.batch, (now,))
        return step, Changes.of(unit.batch, Kind.DIAGNOSTICS)


@needs(Right.CONCLUSIONS_READ)
def told(workspace: Workspace, actor: Actor, pupil_id: str) -> Told:
    """What whoever may read a pupil's card sees of diagnostics."""
    with workspace.unit(actor) as unit:
        return Told(tuple(unit.released.held(pupil_id)), tuple(unit.released.of_pupils([pupil_id])))


@needs(Right.DIAGNOSTICS)
def records(workspace: Workspace, actor: Actor, pupil_id: str) -> tuple[Entry, ...]:
    """What psychologists read in the timeline of a pupil besides what everybody does."""
    with workspace.unit(actor) as unit:
        found = _results(unit, pupil_id)
        wordings = {one.session.id: diagnostics.kept_wording(unit, one.instrument.code, one.session) for one in found}
        concluded = unit.conclusions.of_sheets([one.sheet.id for one in found]).values()
        ids = unit.diagnostics.ids_of(pupil_id)
        talks = [one for one in unit.talks.all() if one.entry.pupil in ids]
        return diagnostic_records.private(found, wordings, concluded, talks)


def _results(unit: UnitOfWork, pupil: str) -> Sequence[Result]:
    """Every answered sheet of a child scored, the latest first."""
    there = [
        (session, sheet)
        for session, sheet in unit.diagnostics.sheets_of_pupils(unit.diagnostics.ids_of(pupil))
        if sheet.answers and sheet.attendance is None
    ]
    return [_result(unit, pupil, session, sheet) for session, sheet in there]


def _result(unit: UnitOfWork, pupil: str, session: Session, sheet: Sheet) -> Result:
    instrument = diagnostics.parsed(unit.diagnostics.instrument_source(session.digest))
    (named,) = unit.pupils.some([pupil], session.year)
    return Result(session, sheet, named, scoring.score(instrument, sheet.answers))

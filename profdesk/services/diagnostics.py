"""Diagnostic sessions: instruments, planning, answers, states of sheets, results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain import answers as sheets
from profdesk.domain import instrument_file, questions, scoring
from profdesk.domain.access import Actor
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.consent_gates import Deed
from profdesk.domain.diagnostics import Attendance, PupilSheet, Session, SessionView, Sheet, SheetMode
from profdesk.domain.instrument import Instrument
from profdesk.domain.people import Pupil
from profdesk.domain.questions import Wording
from profdesk.domain.rights import Right
from profdesk.domain.roster_text import text
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.scoring import Outcome
from profdesk.errors import WrongInputError
from profdesk.services import consent_gates, files, instruments
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace


@dataclass(frozen=True)
class Candidate:
    """A pupil who may be planned into a session; without a valid consent of the parents it is not possible."""

    pupil: Pupil
    consented: bool


@needs(Right.DIAGNOSTICS)
def known_instruments(workspace: Workspace, actor: Actor) -> tuple[Instrument, ...]:
    """The instruments one may plan: those that ship, and the school's own, which take their place by code."""
    with workspace.unit(actor) as unit:
        own = {one.code: one for one in map(parsed, unit.diagnostics.own_instruments())}
    listed = [own.pop(one.code, one) for one in instruments.shipped()]
    return (*listed, *own.values())


@needs(Right.DIAGNOSTICS)
def add_instrument(workspace: Workspace, actor: Actor, path: Path) -> tuple[Instrument, Changes]:
    """Take a whole instrument file of the school's own; WrongInputError names what is wrong and its line."""
    source = files.read_text(path)
    instrument = instrument_file.parse(source, path.name)
    with workspace.unit(actor) as unit:
        _keep(unit, instrument, source, own=True)
        return instrument, Changes.of(unit.batch, Kind.DIAGNOSTICS)


@needs(Right.DIAGNOSTICS)
def add_wording(workspace: Workspace, actor: Actor, instrument: Instrument, path: Path) -> tuple[Wording, Changes]:
    """Take the texts of an instrument's questions from a filled template; they replace those there were."""
    from profdesk.intake import roster_file

    table = [(row.line, [text(cell) for cell in row.cells]) for sheet in roster_file.read(path) for row in sheet.rows]
    wording = questions.read(instrument, table, path.name)
    with workspace.unit(actor) as unit:
        unit.diagnostics.keep_wording(instrument.code, questions.to_json(wording), datetime.now(UTC))
        return wording, Changes.of(unit.batch, Kind.DIAGNOSTICS)


@needs(Right.DIAGNOSTICS)
def wording(workspace: Workspace, actor: Actor, instrument: Instrument) -> Wording:
    """The texts of an instrument's questions that the school loaded; without any text where it did not."""
    with workspace.unit(actor) as unit:
        return kept_wording(unit, instrument.code)


@needs(Right.DIAGNOSTICS)
def worded(workspace: Workspace, actor: Actor) -> frozenset[str]:
    """The codes of the instruments whose questions the school loaded."""
    with workspace.unit(actor) as unit:
        return unit.diagnostics.worded()


@needs(Right.DIAGNOSTICS)
def candidates(workspace: Workspace, actor: Actor, group_id: str, day: date) -> tuple[Candidate, ...]:
    """The pupils of a group, each with whether the parents consented to psychological work on that day."""
    with workspace.unit(actor) as unit:
        there = unit.pupils.in_group(group_id)
        today = datetime.now(UTC).astimezone().date()
        withdrawn, missing = unit.consents.barred(Deed.DIAGNOSE, [one.id for one in there], day, today)
    return tuple(Candidate(pupil, pupil.id not in withdrawn | missing) for pupil in there)


@needs(Right.DIAGNOSTICS)
def plan(
    workspace: Workspace,
    actor: Actor,
    instrument: Instrument,
    pupils: Sequence[Pupil],
    held_on: date,
    place: str = "",
    group_title: str = "",
) -> tuple[Session, Changes]:
    """Plan a session with a sheet for each pupil; WrongInputError names those without a consent valid on its day."""
    if not pupils:
        raise WrongInputError("Отметьте хотя бы одного ученика.")
    now = datetime.now(UTC)
    with workspace.unit(actor) as unit:
        consent_gates.ensure(unit, Deed.DIAGNOSE, [one.id for one in pupils], held_on)
        if source := instruments.source(instrument):
            _keep(unit, instrument, source, own=False)
        year = SchoolYear.containing(held_on)
        session = unit.diagnostics.plan(instrument.digest, year, held_on, place.strip(), group_title, now)
        unit.diagnostics.add_sheets(session.id, [one.id for one in pupils])
        return session, Changes.of(unit.batch, Kind.DIAGNOSTICS)


@needs(Right.DIAGNOSTICS)
def add_sheets(workspace: Workspace, actor: Actor, session_id: str, pupils: Sequence[Pupil]) -> tuple[int, Changes]:
    """Give sheets to pupils who came late, on the same terms as ``plan``; gives how many asked for one."""
    with workspace.unit(actor) as unit:
        held_on = unit.diagnostics.session(session_id).held_on
        consent_gates.ensure(unit, Deed.DIAGNOSE, [one.id for one in pupils], held_on)
        unit.diagnostics.add_sheets(session_id, [one.id for one in pupils])
        return len(pupils), Changes.of(unit.batch, Kind.DIAGNOSTICS)


@needs(Right.DIAGNOSTICS)
def years(workspace: Workspace, actor: Actor) -> Sequence[SchoolYear]:
    """The school years in which there were sessions, the latest first."""
    with workspace.unit(actor) as unit:
        return unit.diagnostics.years()


@needs(Right.DIAGNOSTICS)
def journal(workspace: Workspace, actor: Actor, year: SchoolYear) -> Sequence[SessionView]:
    """Every session of a school year with its sheets, the latest first."""
    with workspace.unit(actor) as unit:
        sessions = unit.diagnostics.sessions(year)
        found = unit.diagnostics.sheets_of([one.id for one in sessions])
        return [_view(unit, session, found[session.id]) for session in sessions]


@needs(Right.DIAGNOSTICS)
def session(workspace: Workspace, actor: Actor, session_id: str) -> SessionView:
    """One session with its sheets and all answers, by the names of the pupils."""
    with workspace.unit(actor) as unit:
        return _view(unit, unit.diagnostics.session(session_id), unit.diagnostics.sheets(session_id))


@needs(Right.DIAGNOSTICS)
def put_answers(
    workspace: Workspace,
    actor: Actor,
    instrument: Instrument,
    sheet_id: str,
    answers: Mapping[int, str | None],
    mode: SheetMode = SheetMode.PAPER,
    *,
    second: bool = False,
) -> tuple[Mapping[int, str | None], Changes]:
    """Write answers (None clears one) in their canonical form; one commit, on disk when this returns.

    WrongAnswerError for what the question cannot have: then nothing is written.
    """
    checked = {
        item: None if words is None else sheets.check(instrument, item, words) for item, words in answers.items()
    }
    with workspace.unit(actor) as unit:
        consent_gates.ensure_sheets(unit, [sheet_id])
        unit.diagnostics.put_answers({sheet_id: checked}, mode, datetime.now(UTC), second=second)
        return checked, Changes.of(unit.batch, Kind.DIAGNOSTICS)


@needs(Right.DIAGNOSTICS)
def mark_attendance(
    workspace: Workspace, actor: Actor, sheet_id: str, attendance: Attendance | None
) -> tuple[None, Changes]:
    """Note that a pupil was absent or refused, or (None) is there after all; answers given are kept."""
    with workspace.unit(actor) as unit:
        consent_gates.ensure_sheets(unit, [sheet_id])
        unit.diagnostics.mark_attendance(sheet_id, attendance)
        return None, Changes.of(unit.batch, Kind.DIAGNOSTICS)


@needs(Right.DIAGNOSTICS)
def mark_doubtful(workspace: Workspace, actor: Actor, sheet_id: str, reason: str) -> tuple[None, Changes]:
    """Take a sheet out of its group's figures for a reason; an empty one puts it back."""
    with workspace.unit(actor) as unit:
        consent_gates.ensure_sheets(unit, [sheet_id])
        unit.diagnostics.mark_doubtful(sheet_id, reason)
        return None, Changes.of(unit.batch, Kind.DIAGNOSTICS)


@needs(Right.DIAGNOSTICS)
def close(workspace: Workspace, actor: Actor, session_id: str) -> tuple[None, Changes]:
    """Finish a session: that it took place with those who answered is told to ``desk``, and nothing else."""
    with workspace.unit(actor) as unit:
        found = unit.diagnostics.session(session_id)
        answered = [one.pupil for one in unit.diagnostics.sheets(session_id) if one.answers and not one.attendance]
        unit.diagnostics.close(session_id, datetime.now(UTC))
        unit.diagnostics.note_held(answered, found.year, found.held_on)
        return None, Changes.of(unit.batch, Kind.DIAGNOSTICS, Kind.PUPILS)


@needs(Right.DIAGNOSTICS)
def reopen(workspace: Workspace, actor: Actor, session_id: str) -> tuple[None, Changes]:
    """Go on with a finished session."""
    with workspace.unit(actor) as unit:
        unit.diagnostics.close(session_id, None)
        return None, Changes.of(unit.batch, Kind.DIAGNOSTICS)


def result(instrument: Instrument, sheet: Sheet) -> Outcome:
    """Score a sheet by the instrument it was answered with."""
    return scoring.score(instrument, sheet.answers)


def kept_wording(unit: UnitOfWork, code: str, session: Session | None = None) -> Wording:
    """The texts of an instrument, for verbs with a unit of work open; a finished session keeps those it had."""
    kept = unit.diagnostics.wording(code, session.closed_at if session else None)
    return questions.from_json(kept) if kept else Wording()


def _view(unit: UnitOfWork, session: Session, found: Sequence[Sheet]) -> SessionView:
    now = unit.diagnostics.standing({one.pupil for one in found})
    people = {pupil.id: pupil for pupil in unit.pupils.some(set(now.values()), session.year)}
    shown = [PupilSheet(one, people[now[one.pupil]]) for one in found if now[one.pupil] in people]
    return SessionView(session, parsed(unit.diagnostics.instrument_source(session.digest)), tuple(shown))


def _keep(unit: UnitOfWork, instrument: Instrument, source: str, *, own: bool) -> None:
    unit.diagnostics.keep_instrument(
        instrument.code, instrument.version, instrument.digest, source, datetime.now(UTC), own=own
    )


@lru_cache(maxsize=64)
def parsed(source: str) -> Instrument:
    """Parse once a file: sessions of a year use a handful of instruments."""
    return instrument_file.parse(source, "методика рабочей папки")

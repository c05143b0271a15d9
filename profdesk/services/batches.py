"""Acts that can be taken back as a whole: the list of them, taking one back, and undoing any other batch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from profdesk.domain.access import Actor
from profdesk.domain.batch import Batch, Outlook
from profdesk.domain.changes import Changes, Kind
from profdesk.errors import WrongInputError
from profdesk.services import programmes

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

_NAMED = 3
_REGISTERS = (
    "partner", "agreement", "staff", "training", "working_group", "document", "web_page",
    "profession", "demand", "institution", "speciality", "trial", "lesson", "own_type",
    "achievement", "profile_choice", "profile_study", "profession_choice", "destination",
)  # fmt: skip
_ACTIVITIES = ("activity", "activity_group", "activity_profession", "participation", "satisfaction")
_KINDS = {
    **dict.fromkeys(_ACTIVITIES, Kind.ACTIVITIES),
    **dict.fromkeys(_REGISTERS, Kind.REGISTERS),
    "attachment": Kind.REGISTERS,
    "organisation": Kind.ORGANISATION,
    "study_group": Kind.GROUPS,
    "pupil": Kind.PUPILS,
    "enrolment": Kind.PUPILS,
    "assessment": Kind.ASSESSMENTS,
    "note": Kind.ASSESSMENTS,
    "evidence": Kind.EVIDENCE,
    "route_line": Kind.ROUTES,
    "certificate": Kind.CERTIFICATES,
    "certificate_design": Kind.DESIGNS,
    "consent": Kind.CONSENTS,
    "told_figure": Kind.FIGURES,
    "summary_signature": Kind.SUMMARIES,
    "sender": Kind.SENDERS,
    "sender_key": Kind.SENDERS,
    "received_summary": Kind.RECEIVED,
    "released_conclusion": Kind.DIAGNOSTICS,
}


def done(workspace: Workspace, actor: Actor) -> Sequence[Batch]:
    """Every act that was ever done as a whole, the latest first, those taken back included."""
    with workspace.unit(actor) as unit:
        return unit.batches.all()


def outlook(workspace: Workspace, actor: Actor, batch: str) -> Outlook:
    """Say what taking an act back would do, or why it cannot be done; nothing is written.

    Professions that the programme names stay in their register in any case.
    """
    named = {one.code for one in programmes.current(workspace, actor).professions}
    with workspace.unit(actor) as unit:
        refusal = _refusal(unit, batch)
        removed, concerned = unit.batches.newcomers(batch), unit.batches.concerned(batch)
        made, changed = unit.batches.entries(batch)
        return Outlook(len(removed), len(concerned - removed), refusal, len(made - named), len(changed - named))


def take_back(workspace: Workspace, actor: Actor, batch: str) -> tuple[Batch, Changes]:
    """Undo an act as a whole, all of it or nothing.

    WrongInputError names the pupils of whom something was recorded since, so that nothing of it is lost.
    """
    with workspace.unit(actor) as unit:
        refusal = _refusal(unit, batch)
        if refusal:
            raise WrongInputError(refusal)
        changes = _turn_round(unit, batch)
        return unit.batches.get(batch), changes


def turn_back(workspace: Workspace, actor: Actor, batch: str) -> tuple[str, Changes]:
    """Undo what any verb wrote as one batch, registered as an act or not; gives the batch that redoes it.

    WrongInputError as for ``take_back``.
    """
    with workspace.unit(actor) as unit:
        refusal = _obstruction(unit, batch)
        if refusal:
            raise WrongInputError(refusal)
        return unit.batch, _turn_round(unit, batch)


def _turn_round(unit: UnitOfWork, batch: str) -> Changes:
    concerned = unit.batches.concerned(batch)
    touched = unit.batches.take_back(batch)
    for table, store in (("assessment", unit.portfolio), ("note", unit.notes), ("route_line", unit.routes)):
        if table in touched:
            store.relink(concerned)
    kinds = {_KINDS[table] for table in touched if table in _KINDS}
    return Changes.of(unit.batch, *kinds, Kind.BATCHES)


def _refusal(unit: UnitOfWork, batch: str) -> str:
    act = unit.batches.get(batch)
    if act.undone_at is not None:
        return f"Уже отменено: {act.title}."
    return _obstruction(unit, batch)


def _obstruction(unit: UnitOfWork, batch: str) -> str:
    found = unit.batches.obstacles(batch)
    if not found:
        return ""
    if any(one.table == "attachment" for one in found):
        return "Отменить целиком нельзя: с тех пор к записям добавили файлы. Сначала уберите эти файлы."
    names = unit.batches.pupils(found)
    listed = ", ".join(names[:_NAMED])
    more = f" и ещё {len(names) - _NAMED}" if len(names) > _NAMED else ""
    whom = f": {listed}{more}" if names else ""
    return f"Отменить целиком нельзя: с тех пор это изменили или дополнили{whom}."

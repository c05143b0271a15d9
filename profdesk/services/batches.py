"""Acts that can be taken back as a whole: the list of them, taking one back, and undoing any other batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from profdesk.domain import undo_rights
from profdesk.domain.access import Actor, Reach
from profdesk.domain.batch import Batch, Outlook
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.rights import Right
from profdesk.errors import AccessError, WrongInputError
from profdesk.services import programmes
from profdesk.services.guard import needs
from profdesk.services.kinds import kinds_of

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

_GONE = "Отменить нельзя: это об учениках, которых в ваших классах больше нет. Исправить может координатор."
_NAMED = 3


@needs(Right.UNDO)
def done(workspace: Workspace, actor: Actor) -> Sequence[Batch]:
    """Every act that was ever done as a whole (of the user's own, where the right goes no further), the latest first.

    Those taken back are included.
    """
    with workspace.unit(actor) as unit:
        return unit.batches.all()


@needs(Right.UNDO)
def outlook(workspace: Workspace, actor: Actor, batch: str) -> Outlook:
    """Say what taking an act back would do, or why it cannot be done; nothing is written.

    Professions that the programme names stay in their register in any case.
    """
    named = {one.code for one in programmes.current(workspace, actor).professions}
    with workspace.unit(_entitled(workspace, actor, batch)) as unit:
        refusal = _refusal(unit, batch)
        removed, concerned = unit.batches.newcomers(batch), unit.batches.concerned(batch)
        made, changed = unit.batches.entries(batch)
        return Outlook(len(removed), len(concerned - removed), refusal, len(made - named), len(changed - named))


@needs(Right.UNDO)
def take_back(workspace: Workspace, actor: Actor, batch: str) -> tuple[Batch, Changes]:
    """Undo an act as a whole, all of it or nothing.

    WrongInputError names the pupils of whom something was recorded since, so that nothing of it is lost;
    AccessError where the user may not do what would have to be done.
    """
    with workspace.unit(_entitled(workspace, actor, batch)) as unit:
        refusal = _refusal(unit, batch)
        if refusal:
            raise WrongInputError(refusal)
        changes = _turn_round(unit, batch)
        return unit.batches.get(batch), changes


@needs(Right.UNDO)
def turn_back(workspace: Workspace, actor: Actor, batch: str) -> tuple[str, Changes]:
    """Undo what any verb wrote as one batch, registered as an act or not; gives the batch that redoes it.

    WrongInputError and AccessError as for ``take_back``.
    """
    with workspace.unit(_entitled(workspace, actor, batch)) as unit:
        refusal = _obstruction(unit, batch)
        if refusal:
            raise WrongInputError(refusal)
        return unit.batch, _turn_round(unit, batch)


def _entitled(workspace: Workspace, actor: Actor, batch: str) -> Actor:
    """The user as the act may be taken back; AccessError where it is of what left the own classes since."""
    with workspace.unit(replace(actor, reach=Reach.ALL)) as unit:
        found = undo_rights.entitled(actor, unit.batches.touched(batch), unit.batches.authors(batch))
        stands = found.sees_own_only and not unit.batches.obstacles(batch)
    if stands:
        with workspace.unit(found) as unit:
            if unit.batches.obstacles(batch):
                raise AccessError(_GONE)
    return found


def _turn_round(unit: UnitOfWork, batch: str) -> Changes:
    concerned = unit.batches.concerned(batch)
    touched = unit.batches.take_back(batch)
    for table, store in (("assessment", unit.portfolio), ("note", unit.notes), ("route_line", unit.routes)):
        if table in touched:
            store.relink(concerned)
    return Changes.of(unit.batch, *kinds_of(touched), Kind.BATCHES)


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

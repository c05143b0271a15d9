"""The organisation that owns the workspace, and the period its pages open with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from profdesk.domain import certificate_numbers
from profdesk.domain.access import Actor
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.organisation import Organisation
from profdesk.domain.rights import Right
from profdesk.domain.school_year import Period
from profdesk.errors import WrongInputError
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace


@needs(Right.HOUSE_READ)
def get(workspace: Workspace, actor: Actor) -> Organisation:
    """Read the organisation."""
    with workspace.unit(actor) as unit:
        return unit.organisation.get()


@needs(Right.HOUSE_WRITE)
def save(workspace: Workspace, actor: Actor, organisation: Organisation) -> tuple[Organisation, Changes]:
    """Write the organisation's names, head and current period."""
    if not organisation.name.strip() or not organisation.short_name.strip():
        raise WrongInputError("Укажите название организации, полное и краткое: они печатаются на документах.")
    certificate_numbers.check(organisation.certificate_numbers)
    with workspace.unit(actor) as unit:
        unit.organisation.save(organisation)
        return organisation, Changes.of(unit.batch, Kind.ORGANISATION)


@needs(Right.HOUSE_WRITE)
def choose_period(workspace: Workspace, actor: Actor, period: Period) -> tuple[Organisation, Changes]:
    """Change the current school year and term alone."""
    return save(workspace, actor, replace(get(workspace, actor), period=period))

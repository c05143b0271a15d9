"""The card of a pupil: everything recorded of one child, read at once, and its paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from profdesk.domain import pupil_card as domain
from profdesk.domain.access import Actor
from profdesk.domain.activities import Presence, State
from profdesk.domain.consents import standings
from profdesk.domain.growth import Moment
from profdesk.domain.history import Visited
from profdesk.domain.pupil_card import PupilCard
from profdesk.domain.rights import Right
from profdesk.domain.school_year import SchoolYear
from profdesk.services import activities, organisation, programmes, users
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace


@needs(Right.PUPILS_READ)
def card(workspace: Workspace, actor: Actor, pupil_id: str, year: SchoolYear) -> PupilCard:
    """Read the card as of a school year; NotFoundError if the pupil is no longer there."""
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        visited, brought = tuple(_visited(unit, pupil_id)), tuple(unit.pupil_files.records(pupil_id))
        found = unit.histories.of(pupil_id, year)
        elsewhere = domain.elsewhere(programme, unit.pupil_files.classes(pupil_id), found.attended)
        history = replace(found, visited=visited, brought=brought, elsewhere=elsewhere)
        last = history.last_attended(year)
        among = [pupil.id for pupil in unit.pupils.in_group(last.group.id)] if last else []
        papers = unit.consents.of_pupil(pupil_id)
    if pupil_id not in among:
        among = [pupil_id]
    made = domain.card(history, programme, year, among, users.names(workspace, actor))
    return replace(made, consents=standings(papers, datetime.now(UTC).astimezone().date()))


@needs(Right.PUPILS_READ)
def paper(workspace: Workspace, actor: Actor, found: PupilCard, earlier: Moment | None) -> bytes:
    """Draw a card as one A4 sheet, compared with an earlier moment."""
    from profdesk.documents import pupil_card as document

    today = datetime.now(UTC).astimezone().date()
    return document.pupil_card_paper(found, earlier, organisation.get(workspace, actor), today)


def _visited(unit: UnitOfWork, pupil_id: str) -> Iterable[Visited]:
    types = activities.known_types(unit)
    for activity, part in unit.activities.of_pupil(pupil_id):
        if activity.state is State.HELD and part.presence is Presence.PRESENT:
            kind = types.get(activity.entry.type)
            yield Visited(activity.entry, part, kind.title if kind else "Мероприятие")

"""The card of a pupil: everything recorded of one child, read at once, and its paper."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from profdesk.domain import pupil_card as domain
from profdesk.domain.access import Actor
from profdesk.domain.growth import Moment
from profdesk.domain.pupil_card import PupilCard
from profdesk.domain.school_year import SchoolYear
from profdesk.services import organisation, programmes, workspaces

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace


def card(workspace: Workspace, actor: Actor, pupil_id: str, year: SchoolYear) -> PupilCard:
    """Read the card as of a school year; NotFoundError if the pupil is no longer there."""
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        history = unit.histories.of(pupil_id, year)
        last = history.last_attended(year)
        among = [pupil.id for pupil in unit.pupils.in_group(last.group.id)] if last else []
    if pupil_id not in among:
        among = [pupil_id]
    return domain.card(history, programme, year, among, workspaces.user_names(workspace))


def paper(workspace: Workspace, actor: Actor, found: PupilCard, earlier: Moment | None) -> bytes:
    """Draw a card as one A4 sheet, compared with an earlier moment."""
    from profdesk.documents import pupil_card as document

    today = datetime.now(UTC).astimezone().date()
    return document.pupil_card_paper(found, earlier, organisation.get(workspace, actor), today)

"""The card of a profession: what registers and activities say of it, to be read and to be printed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from profdesk.domain import profession_card as domain
from profdesk.domain.access import Actor
from profdesk.domain.profession_card import Met, ProfessionCard
from profdesk.domain.register import title
from profdesk.domain.registers_of_work import DEMAND, INSTITUTIONS, LESSONS, PROFESSIONS, SPECIALITIES, TRIALS
from profdesk.domain.rights import Right
from profdesk.errors import NotFoundError
from profdesk.services import activities, organisation, programmes, registers
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace


@needs(Right.CHOICES_READ)
def card(workspace: Workspace, actor: Actor, profession: str) -> ProfessionCard:
    """Read all that is known of a profession, and who met it; NotFoundError if it is in the register no more."""
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        there = {one.id: one for one in registers.entries(unit, PROFESSIONS, programme)}
        if profession not in there:
            raise NotFoundError("Такой профессии в реестре больше нет. Обновите страницу.")
        books = {one.code: unit.registers.entries(one) for one in (DEMAND, SPECIALITIES, TRIALS, LESSONS)}
        places = {one.id: title(INSTITUTIONS, one.values, {}) for one in unit.registers.entries(INSTITUTIONS)}
        meetings = unit.activities.meetings(profession)
        names = registers.pupil_titles(unit, {pupil for pupil, *_ in meetings})
        types = activities.known_types(unit)
    met = [
        Met(pupil, names[pupil], what, types[kind].title if kind in types else "", day)
        for pupil, what, kind, day in meetings
    ]
    return domain.card(there[profession], books, {INSTITUTIONS.code: places}, met)


@needs(Right.CHOICES_READ)
def paper(workspace: Workspace, actor: Actor, found: ProfessionCard) -> bytes:
    """Draw a card as PDF for a classroom's wall, without anybody's name."""
    from profdesk.documents import profession_card

    today = datetime.now(UTC).astimezone().date()
    return profession_card.profession_card(organisation.get(workspace, actor), found, today)

"""Individual routes: read with what they may begin with, written line by line, with their history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from profdesk.domain import route as domain
from profdesk.domain import route_offers, route_words
from profdesk.domain.access import Actor
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.consent_gates import Deed
from profdesk.domain.pupil_card import PupilCard
from profdesk.domain.registers_of_pupils import PROFESSION_CHOICES, PROFILE_CHOICES
from profdesk.domain.registers_of_work import PROFESSIONS
from profdesk.domain.rights import Right
from profdesk.domain.route import LineState, Route, RouteChange, RouteEntry, RouteLine
from profdesk.domain.route_paper import RoutePaper
from profdesk.services import consent_gates, programmes, pupils, registers
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace


@dataclass(frozen=True)
class PupilRoute:
    """A pupil's route, and the lines that the pupil's recorded choices offer for it."""

    route: Route
    offers: tuple[RouteEntry, ...]
    has_history: bool


@needs(Right.ROUTES_READ)
def read(workspace: Workspace, actor: Actor, pupil: str) -> PupilRoute:
    """Read the route of a pupil as it is now."""
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        versions = unit.routes.of_pupil(pupil)
        chosen, profiles = (unit.registers.of_pupil(one, pupil) for one in (PROFESSION_CHOICES, PROFILE_CHOICES))
        professions = registers.entries(unit, PROFESSIONS, programme) if chosen else ()
    titles = {one.id: str(one.values["title"]) for one in professions}
    return PupilRoute(domain.route(versions), route_offers.offered(chosen, profiles, titles, versions), bool(versions))


@needs(Right.ROUTES_READ)
def history(workspace: Workspace, actor: Actor, pupil: str) -> Sequence[RouteChange]:
    """How the route came to be what it is, the latest first; what was removed is there too."""
    with workspace.unit(actor) as unit:
        return domain.changes(unit.routes.of_pupil(pupil))


@needs(Right.ROUTES_READ)
def paper(workspace: Workspace, actor: Actor, card: PupilCard) -> bytes:
    """Draw the route of the card's pupil for the child and the parents."""
    from profdesk.documents import route_sheet

    with workspace.unit(actor) as unit:
        found = domain.route(unit.routes.of_pupil(card.pupil.id))
        organisation = unit.organisation.get()
    last = card.last
    spoken = route_words.voice(last.group.level if last else "")
    return route_sheet.route_sheet(RoutePaper(organisation, card.pupil, last, spoken, found, pupils.today()))


@needs(Right.ROUTES_WRITE)
def write(
    workspace: Workspace, actor: Actor, pupil: str, entry: RouteEntry, line: str | None = None
) -> tuple[RouteLine, Changes]:
    """Write a new line, or another version of a line; WrongInputError says what is wrong with the entry."""
    with workspace.unit(actor) as unit:
        consent_gates.ensure(unit, Deed.KEEP_PORTFOLIO, [pupil])
        wanted = domain.checked(entry, unit.pupils.some([pupil], unit.organisation.get().period.year)[0].birth_date)
        if line is None:
            return _changed(unit, unit.routes.begin(pupil, wanted, datetime.now(UTC)))
        former = unit.routes.of_line(line)[-1]
        return _follow(unit, former, replace(wanted, kind=former.entry.kind), former.state)


@needs(Right.ROUTES_WRITE)
def take(
    workspace: Workspace, actor: Actor, pupil: str, entries: Sequence[RouteEntry]
) -> tuple[Sequence[RouteLine], Changes]:
    """Write what was offered as new lines, all at once."""
    with workspace.unit(actor) as unit:
        consent_gates.ensure(unit, Deed.KEEP_PORTFOLIO, [pupil])
        taken = [unit.routes.begin(pupil, entry, datetime.now(UTC)) for entry in entries]
        return taken, Changes.of(unit.batch, Kind.ROUTES)


@needs(Right.ROUTES_WRITE)
def set_state(workspace: Workspace, actor: Actor, line: str, state: LineState) -> tuple[RouteLine, Changes]:
    """Note that a line is done, or open again."""
    with workspace.unit(actor) as unit:
        former = unit.routes.of_line(line)[-1]
        return _follow(unit, former, former.entry, state)


@needs(Right.ROUTES_WRITE)
def remove(workspace: Workspace, actor: Actor, line: str) -> tuple[RouteLine, Changes]:
    """Take a line out of the route; its history stays."""
    return set_state(workspace, actor, line, LineState.REMOVED)


@needs(Right.ROUTES_WRITE)
def put_back(workspace: Workspace, actor: Actor, line: str) -> tuple[RouteLine, Changes]:
    """Put a line that was removed back as it was before."""
    with workspace.unit(actor) as unit:
        versions = unit.routes.of_line(line)
        there = [one.state for one in versions if one.state is not LineState.REMOVED]
        return _follow(unit, versions[-1], versions[-1].entry, there[-1])


def _follow(unit: UnitOfWork, former: RouteLine, entry: RouteEntry, state: LineState) -> tuple[RouteLine, Changes]:
    if (former.entry, former.state) == (entry, state):
        return former, Changes()
    return _changed(unit, unit.routes.follow(former, entry, state, datetime.now(UTC)))


def _changed(unit: UnitOfWork, line: RouteLine) -> tuple[RouteLine, Changes]:
    return line, Changes.of(unit.batch, Kind.ROUTES)

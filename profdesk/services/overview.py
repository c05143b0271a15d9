"""The overview: one reading of the whole organisation, as many queries however many pupils there are."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from profdesk.domain.access import Actor
from profdesk.domain.consents import ConsentKind
from profdesk.domain.overview import BEGUN, COMPLETE, Agreement, Attendance, Reading, overview
from profdesk.domain.programme import Programme
from profdesk.domain.registers import AGREEMENTS, PARTNERS
from profdesk.domain.rights import Right
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.scope import Scope
from profdesk.domain.span import Span
from profdesk.services import backups, measures, organisation, programmes
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace


@needs(Right.SUMMARY_READ)
def read(workspace: Workspace, actor: Actor, today: date | None = None) -> Reading:
    """Read what says what is left to do on a day (None: today) in the term that the organisation works in."""
    day = today or datetime.now(UTC).astimezone().date()
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        period = unit.organisation.get().period
        year = period.year
        counted = unit.portfolio.assessed_by_pupil(year, programme.codes)
        now = _attendance(unit, programme, year)
        totals = {level: len(codes) for level, codes in programme.codes.items()}
        complete = {
            pupil
            for pupil, count in counted.items()
            if count >= totals.get(now.groups[now.pupils[pupil]].level, count + 1)
        }
        return Reading(
            today=day,
            period=period,
            programme=programme,
            now=now,
            before=_attendance(unit, programme, year.previous),
            reached={
                BEGUN: counted.keys(),
                COMPLETE: complete,
                **measures.reached(unit, Span.of_year(year), day),
            },
            assessed=unit.portfolio.assessed_in(period),
            consented=unit.consents.valid(ConsentKind.PSYCHOLOGICAL, day),
            certified=unit.certificates.of_year(year),
            homeless=unit.pupils.homeless(year),
            overdue=tuple(unit.activities.overdue(year, day)),
            agreements=_agreements(unit),
            copied_on=backups.last_day(workspace, actor),
        )


@needs(Right.SUMMARY_READ)
def paper(workspace: Workspace, actor: Actor, reading: Reading, scope: Scope, whose: str) -> bytes:
    """Draw as PDF what is left to do in a scope, without anybody's name; ``whose`` says what scope it is."""
    from profdesk.documents import overview_paper

    return overview_paper.overview_paper(organisation.get(workspace, actor), whose, reading, overview(reading, scope))


def _attendance(unit: UnitOfWork, programme: Programme, year: SchoolYear) -> Attendance:
    groups = {group.id: group for group in unit.pupils.groups(year)}
    pupils = unit.pupils.attending(year)
    return Attendance(year, groups, pupils, unit.portfolio.begun_on(year, programme.codes))


def _agreements(unit: UnitOfWork) -> tuple[Agreement, ...]:
    partners = {one.id: str(one.values["name"]) for one in unit.registers.entries(PARTNERS)}
    found = []
    for one in unit.registers.entries(AGREEMENTS):
        until = one.values["valid_until"]
        partner = partners.get(str(one.values["partner"]), "")
        found.append(Agreement(str(one.values["number"]), partner, until if isinstance(until, date) else None))
    return tuple(found)

"""The papers that parents of the demonstration school brought: most of them, some with a term, two withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from profdesk.domain.consents import GIVERS, ConsentKind, NewConsent
from profdesk.domain.demo_chance import chance, seed
from profdesk.domain.people import Pupil
from profdesk.domain.progress import Progress
from profdesk.domain.school_year import SchoolYear
from profdesk.services import consents, pupils

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace

_BROUGHT = {ConsentKind.PERSONAL: 0.93, ConsentKind.PUBLICATION: 0.7}
_EVERYBODY = "7 «А»"
"""Whose parents all agreed to publication: their badges are shown."""
_ENDS_SOON = "6 «А»"
_WITHDREW = {"8 «Б»": ConsentKind.PSYCHOLOGICAL, "9 «Б»": ConsentKind.PUBLICATION}


def collect(workspace: Workspace, year: SchoolYear, today: date, progress: Progress) -> None:
    """Enter the papers of every class in an act each; those to psychological work came with the sessions."""
    actor, day = workspace.actor, min(date(year.start, 9, 8), today)
    groups = pupils.groups(workspace, actor, year)
    number = 0
    for done, group in enumerate(groups):
        progress(done, len(groups))
        with workspace.unit(actor) as unit:
            there = unit.pupils.in_group(group.id)
        title = group.name.title
        papers = list(_papers(there, title, number))
        number += len(papers)
        until = today + timedelta(days=18) if title == _ENDS_SOON else year.last_day
        consents.enter(workspace, actor, papers, day, until)
        if (kind := _WITHDREW.get(title)) is not None:
            given = consents.valid(workspace, actor, [one.id for one in there], kind, today)
            whom = next((one for one in there if one.id in given), None)
            if whom is not None:
                consents.withdraw(workspace, actor, whom.id, kind, today, GIVERS[0])
    progress(len(groups), len(groups))


def _papers(there: tuple[Pupil, ...], title: str, number: int) -> Iterator[NewConsent]:
    for pupil in there:
        for kind, share in _BROUGHT.items():
            agreed = kind is ConsentKind.PUBLICATION and title == _EVERYBODY
            if agreed or chance(seed(pupil), kind.value) < share:
                number += 1
                giver = GIVERS[0] if chance(seed(pupil), "giver") < 0.8 else GIVERS[1]
                yield NewConsent(pupil.id, kind, giver, str(number))

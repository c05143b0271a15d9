"""Parents' consents: who has one, entering those of a class in one act, withdrawing one.

That a paper is there is a fact for everybody who works here: whoever is handed the papers enters them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from profdesk.domain import plural
from profdesk.domain.access import Actor
from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.consents import Consent, ConsentKind
from profdesk.domain.people import Pupil
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import WrongInputError

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace


def of_pupil(workspace: Workspace, actor: Actor, pupil: str) -> Sequence[Consent]:
    """Every consent given for a pupil, the latest first."""
    with workspace.unit(actor) as unit:
        return unit.consents.of_pupil(pupil)


def valid(
    workspace: Workspace, actor: Actor, pupils: Collection[str], kind: ConsentKind, day: date
) -> Mapping[str, Consent]:
    """The consents of a kind that are valid on a day, by pupil id."""
    with workspace.unit(actor) as unit:
        found = unit.consents.of_pupils(pupils, kind)
    standing = {pupil: [one for one in consents if one.is_valid(day)] for pupil, consents in found.items()}
    return {pupil: consents[0] for pupil, consents in standing.items() if consents}


def missing(
    workspace: Workspace, actor: Actor, pupils: Collection[str], kind: ConsentKind, day: date
) -> Sequence[Pupil]:
    """Those of some pupils who are in a class that day and have no valid consent, by class and name."""
    with workspace.unit(actor) as unit:
        there = unit.consents.valid(kind, day)
        everybody = unit.pupils.all(SchoolYear.containing(day))
    found = [one for one in everybody if one.group and one.id in pupils and one.id not in there]
    return sorted(found, key=lambda one: one.group.name.sort_key if one.group else ())


def give(
    workspace: Workspace,
    actor: Actor,
    pupils: Collection[str],
    kind: ConsentKind,
    given_on: date,
    *,
    given_by: str = "",
    number: str = "",
    valid_until: date | None = None,
) -> tuple[Step, Changes]:
    """Register a consent for each of some pupils.

    ``given_by`` and ``number`` may be empty where the papers of a class are entered in one act.
    """
    now = datetime.now(UTC)
    if given_on > now.astimezone().date():
        raise WrongInputError("Согласие не может быть дано завтра: проверьте дату.")
    if valid_until is not None and valid_until < given_on:
        raise WrongInputError("Согласие кончается раньше, чем дано: проверьте даты.")
    with workspace.unit(actor) as unit:
        unit.consents.give(pupils, kind, given_by.strip(), number.strip(), given_on, valid_until, now)
        words = f"записано {plural.counted(len(pupils), 'согласие', 'согласия', 'согласий')}"
        return Step(words, unit.batch, tuple(pupils)), Changes.of(unit.batch, Kind.CONSENTS)


def withdraw(workspace: Workspace, actor: Actor, consent: str, day: date | None) -> tuple[None, Changes]:
    """End a consent on a day, or (None) take the withdrawal back."""
    with workspace.unit(actor) as unit:
        unit.consents.withdraw(consent, day)
        return None, Changes.of(unit.batch, Kind.CONSENTS)

"""Consents: who has which, entering those of a class in one act, withdrawing one.

That a paper is there is a fact for everybody who works here: whoever is handed the papers enters them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from profdesk.domain import consents as domain
from profdesk.domain import plural
from profdesk.domain.access import Actor
from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.consent_forms import ConsentForms, Form
from profdesk.domain.consents import SELF, Consent, ConsentBook, ConsentKind, NewConsent, PupilConsents
from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.people import Group, Pupil
from profdesk.domain.progress import Progress, silent
from profdesk.domain.rights import Right
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import NotFoundError, WrongInputError
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace


@needs(Right.CONSENTS_READ)
def book(workspace: Workspace, actor: Actor, year: SchoolYear, day: date | None = None) -> ConsentBook:
    """Everybody in the classes of a year with what stands on a day (None: today); three queries for any school."""
    shown = day or _today()
    with workspace.unit(actor) as unit:
        papers, there, groups = unit.consents.all(), unit.pupils.all(year), unit.pupils.groups(year)
    by_pupil: dict[str, list[Consent]] = {}
    for one in papers:
        by_pupil.setdefault(one.pupil, []).append(one)
    made = [
        PupilConsents(pupil, pupil.group, domain.standings(found := by_pupil.get(pupil.id, []), shown), tuple(found))
        for pupil in there
        if pupil.group is not None and pupil.attends
    ]
    made.sort(key=lambda one: one.group.name.sort_key)
    return ConsentBook(year, shown, groups, tuple(made), domain.next_number([one.number for one in papers]))


@needs(Right.CONSENTS_READ)
def of_pupil(workspace: Workspace, actor: Actor, pupil: str) -> Sequence[Consent]:
    """Every consent given for a pupil, the latest first."""
    with workspace.unit(actor) as unit:
        return unit.consents.of_pupil(pupil)


@needs(Right.CONSENTS_READ)
def valid(
    workspace: Workspace, actor: Actor, pupils: Collection[str], kind: ConsentKind, day: date
) -> Mapping[str, Consent]:
    """The consents of a kind that are valid on a day, by pupil id."""
    with workspace.unit(actor) as unit:
        found = unit.consents.of_pupils(pupils, kind)
    standing = {pupil: [one for one in consents if one.is_valid(day)] for pupil, consents in found.items()}
    return {pupil: consents[0] for pupil, consents in standing.items() if consents}


@needs(Right.CONSENTS_READ)
def missing(
    workspace: Workspace, actor: Actor, pupils: Collection[str], kind: ConsentKind, day: date
) -> Sequence[Pupil]:
    """Those of some pupils who are in a class that day and have no valid consent, by class and name."""
    with workspace.unit(actor) as unit:
        there = unit.consents.valid(kind, day)
        everybody = unit.pupils.all(SchoolYear.containing(day))
    found = [one for one in everybody if one.group and one.id in pupils and one.id not in there]
    return sorted(found, key=lambda one: one.group.name.sort_key if one.group else ())


@needs(Right.CONSENTS_WRITE)
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
    """``enter`` the same of each of some pupils."""
    papers = [NewConsent(pupil, kind, given_by, number) for pupil in sorted(pupils)]
    return enter(workspace, actor, papers, given_on, valid_until)


@needs(Right.CONSENTS_WRITE)
def enter(
    workspace: Workspace,
    actor: Actor,
    papers: Sequence[NewConsent],
    given_on: date,
    valid_until: date | None = None,
) -> tuple[Step, Changes]:
    """Register papers given on one day for one term, as one step; all of them or none.

    WrongInputError names who is too young to have given one alone.
    """
    if given_on > _today():
        raise WrongInputError("Согласие не может быть дано завтра: проверьте дату.")
    if valid_until is not None and valid_until < given_on:
        raise WrongInputError("Согласие кончается раньше, чем дано: проверьте даты.")
    whom = tuple(dict.fromkeys(one.pupil for one in papers))
    with workspace.unit(actor) as unit:
        found = unit.pupils.some(whom, SchoolYear.containing(given_on))
        _check_ages(papers, found, given_on)
        unit.consents.give(papers, given_on, valid_until, datetime.now(UTC))
        words = f"записано {plural.counted(len(papers), 'согласие', 'согласия', 'согласий')}"
        return _done(unit, words, whom)


@needs(Right.CONSENTS_WRITE)
def withdraw(
    workspace: Workspace, actor: Actor, pupil: str, kind: ConsentKind, day: date, by: str = ""
) -> tuple[Step, Changes]:
    """End every paper of a kind for a pupil on a day: what depends on it is hidden and stops (``consent_gates``).

    One parent's withdrawal ends what the other one gave too: the stricter will counts until a new paper comes.
    """
    if day > _today():
        raise WrongInputError("Этот день ещё не наступил: проверьте дату отзыва.")
    with workspace.unit(actor) as unit:
        name = _name(unit, pupil, day)
        if not unit.consents.withdraw(pupil, kind, day, by.strip()):
            raise NotFoundError(f"{name}: на {day:%d.%m.%Y} отзывать нечего. Проверьте дату отзыва.")
        return _done(unit, f"согласие на {kind.label} отозвано, {name}", (pupil,))


@needs(Right.CONSENTS_WRITE)
def keep(workspace: Workspace, actor: Actor, pupil: str, kind: ConsentKind) -> tuple[Step, Changes]:
    """Take the latest withdrawal of a kind back: what it hid is shown again."""
    with workspace.unit(actor) as unit:
        name = _name(unit, pupil, _today())
        if not unit.consents.keep(pupil, kind):
            raise NotFoundError(f"{name}: это согласие не отозвано. Обновите список.")
        return _done(unit, f"отзыв согласия на {kind.label} снят, {name}", (pupil,))


@needs(Right.CONSENTS_READ)
def forms(
    workspace: Workspace,
    actor: Actor,
    kinds: Sequence[ConsentKind],
    pupils: Collection[str] = (),
    valid_until: date | None = None,
    progress: Progress = silent,
    *,
    kindergarten: bool | None = None,
) -> bytes:
    """Draw forms of some kinds for pupils (ids), by class and name, or an empty blank of each where there is nobody.

    A blank is worded for a kindergarten if it is asked for, or (None) if the workspace is of one.
    """
    from profdesk.documents import consent_form

    with workspace.unit(actor) as unit:
        owner = unit.organisation.get()
        found = list(unit.pupils.some(pupils, owner.period.year)) if pupils else []
    found.sort(key=lambda one: one.group.name.sort_key if one.group else ())
    if kindergarten is None:
        kindergarten = owner.kind is OrganisationKind.KINDERGARTEN
    made = [
        Form(kind, one, one.group is not None and one.group.name.grade is None, valid_until)
        for one in found
        for kind in kinds
    ] or [Form(kind, None, kindergarten, valid_until) for kind in kinds]
    return consent_form.consent_forms(ConsentForms(owner, tuple(made)), _today(), progress)


@needs(Right.CONSENTS_READ)
def list_paper(workspace: Workspace, actor: Actor, found: ConsentBook, groups: Sequence[Group]) -> bytes:
    """Draw the list of consents of some classes, a page or more each."""
    from profdesk.documents import consent_list

    with workspace.unit(actor) as unit:
        owner = unit.organisation.get()
    return consent_list.consent_list(owner, found, groups, _today())


def _check_ages(papers: Iterable[NewConsent], pupils: Iterable[Pupil], day: date) -> None:
    born = {one.id: one for one in pupils}
    young = [
        born[one.pupil].name.short
        for one in papers
        if one.given_by.startswith(SELF) and SELF not in domain.givers(born[one.pupil].birth_date, day)
    ]
    if young:
        raise WrongInputError(
            f"{young[0]}: до {domain.OWN_HAND} лет согласие даёт родитель или законный представитель."
        )


def _name(unit: UnitOfWork, pupil: str, day: date) -> str:
    return unit.pupils.some([pupil], SchoolYear.containing(day))[0].name.short


def _done(unit: UnitOfWork, words: str, whom: tuple[str, ...]) -> tuple[Step, Changes]:
    return Step(words, unit.batch, whom), Changes.of(unit.batch, Kind.CONSENTS)


def _today() -> date:
    return datetime.now(UTC).astimezone().date()

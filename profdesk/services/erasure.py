"""Destroying what is kept of pupils: what is due by the rules, what it would take, the act, and its register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk import assets
from profdesk.domain import audit_words, plural, pupil_entry, retention
from profdesk.domain import erasure as rules_of
from profdesk.domain.access import Actor
from profdesk.domain.backups import KEPT
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.erasure import Act, CopiesLeft, Done, ErasureKind, Mention, Outlook, Subject, Target
from profdesk.domain.people import PersonName
from profdesk.domain.progress import Progress, silent
from profdesk.domain.retention import IN_PSY, Due, Kept, Rule
from profdesk.domain.rights import Right
from profdesk.errors import NotFoundError, WrongInputError
from profdesk.services import files, kept_files
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.erasure import Person
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

_FILE = "retention.toml"
_TOUCHED = (
    Kind.PUPILS, Kind.GROUPS, Kind.ASSESSMENTS, Kind.EVIDENCE, Kind.CERTIFICATES, Kind.ROUTES, Kind.ACTIVITIES,
    Kind.REGISTERS, Kind.CONSENTS, Kind.DIAGNOSTICS, Kind.BATCHES, Kind.DEEDS, Kind.ERASURES,
)  # fmt: skip


@dataclass(frozen=True)
class Leaver:
    """Somebody who left, with the day on which each kind of records is due; ``due`` is what is due by now."""

    kept: Kept
    terms: Sequence[Due]
    due: Sequence[Due]


@dataclass(frozen=True)
class Review:
    """Everybody by name, those who left with their terms, by the rules in force; ``psy`` if all can be counted."""

    everyone: Sequence[Kept]
    leavers: Sequence[Leaver]
    rules: Sequence[Rule]
    own_rules: bool
    psy: bool


@needs(Right.PUPILS_ERASE)
def review(workspace: Workspace, actor: Actor, day: date | None = None) -> Review:
    """What is kept of whom, and what is due on a day (None: today); nothing is destroyed by itself."""
    on = day or _today()
    with workspace.unit(actor) as unit:
        rules, own = _rules(unit)
        everyone = unit.retention.kept(unit.organisation.get().period.year)
        psy = unit.erasure.psy
    left = [one for one in everyone if one.left_on is not None]
    leavers = [Leaver(one, retention.due(rules, one), retention.due_by(rules, one, on)) for one in left]
    return Review(everyone, leavers, rules, own, psy)


@needs(Right.PUPILS_ERASE)
def look(workspace: Workspace, actor: Actor, targets: Sequence[Target]) -> Outlook:
    """What destroying would take, name by name and kind by kind; nothing is written."""
    with workspace.unit(actor) as unit:
        people = _people(unit, targets)
        found = unit.erasure.look(targets, forms(people, targets))
        psy_waits = not unit.erasure.psy and any(target.kinds & IN_PSY for target in targets)
        return Outlook(
            targets=targets,
            subjects=_subjects(unit, people, targets),
            records=found.records,
            files=len(found.files),
            operations=found.operations,
            masked=found.masked,
            mentions=[Mention(audit_words.subject(one.where).title, one.words) for one in found.mentions],
            psy_waits=psy_waits,
            copies=_copies(workspace),
        )


@needs(Right.PUPILS_ERASE)
def erase(
    workspace: Workspace,
    actor: Actor,
    targets: Sequence[Target],
    kind: ErasureKind,
    basis: str,
    address: str = "",
    progress: Progress = silent,
) -> tuple[Act, Changes]:
    """Destroy for good; gives the act, the only place where the names still stand.

    ``basis`` is the paper it is done by and names nobody, ``address`` the organisation's. It cannot be undone.
    """
    from profdesk.storage import erased

    with workspace.unit(actor) as unit:
        people = _people(unit, targets)
        subjects = _subjects(unit, people, targets)
        names = forms(people, targets)
    tidy = rules_of.check_basis(basis, [one.name for one in people])
    copies = _copies(workspace)
    made = erased.carry_out(workspace, actor, targets, kind, tidy, names, datetime.now(UTC), progress)
    kept_files.forget_copies()
    return _act(workspace, actor, made, subjects, address, copies), Changes.of(made, *_TOUCHED)


@needs(Right.PUPILS_ERASE)
def acts(workspace: Workspace, actor: Actor) -> Sequence[Done]:
    """The register of acts, the latest first: counts and no names."""
    with workspace.unit(actor) as unit:
        return unit.erasure.all()


@needs(Right.PUPILS_ERASE)
def act_again(workspace: Workspace, actor: Actor, erasure: str, address: str = "") -> Act:
    """An act of the register without the names, which are kept nowhere."""
    return _act(workspace, actor, erasure, (), address, CopiesLeft(None))


@needs(Right.HOUSE_READ)
def apply_again(workspace: Workspace, actor: Actor) -> tuple[str, Changes]:
    """Finish at an opening or after a restore what erasures have left: told in a sentence, empty for nothing.

    Pupils that a copy brought back go again, whoever opens it: that was decided before.
    """
    from profdesk.storage import erased

    done = erased.finish(workspace, actor, datetime.now(UTC))
    told = []
    if done.restored:
        whose = plural.counted(done.restored, "ученике", "учениках", "учениках")
        told.append(f"Сведения о {whose}, уничтоженные раньше, вернулись с копией и уничтожены снова")
    if done.waited:
        whose = plural.counted(done.waited, "ученика", "учеников", "учеников")
        told.append(f"Уничтожена диагностика {whose}: остальные сведения о них уничтожены раньше")
    if not told:
        return "", Changes()
    return ". ".join(told) + ".", Changes(frozenset(_TOUCHED))


@needs(Right.EXCHANGE)
def finish(workspace: Workspace, actor: Actor) -> None:
    """Clean up after what was erased on another computer and here too by now, and go on in ``psy``."""
    from profdesk.storage import erased

    erased.finish(workspace, actor, datetime.now(UTC))
    kept_files.forget_copies()


def paper(act: Act) -> bytes:
    """The act as a PDF, with the journal's extract."""
    from profdesk.documents import erasure_act

    return erasure_act.erasure_act(act)


@needs(Right.PUPILS_ERASE)
def save_rules(workspace: Workspace, actor: Actor, target: Path) -> None:
    """Write the rules in force as a file to be edited."""
    with workspace.unit(actor) as unit:
        text = unit.retention.rules() or _shipped()
    files.write(target, text.encode())


@needs(Right.PUPILS_ERASE)
def take_rules(workspace: Workspace, actor: Actor, source: Path) -> tuple[tuple[Rule, ...], Changes]:
    """Put the rules of a file into force; WrongInputError says what is wrong in it."""
    text = files.read_text(source)
    rules = retention.parse(text, source.name)
    with workspace.unit(actor) as unit:
        unit.retention.choose(text)
        return rules, Changes.of(unit.batch, Kind.ERASURES)


def due_targets(leavers: Sequence[Leaver]) -> Sequence[Target]:
    """What of some who left is due by now."""
    return [Target(one.kept.pupil, frozenset(due.kind for due in one.due)) for one in leavers if one.due]


def _rules(unit: UnitOfWork) -> tuple[tuple[Rule, ...], bool]:
    own = unit.retention.rules()
    return retention.parse(own or _shipped(), _FILE), own is not None


def _shipped() -> str:
    return assets.resource(_FILE).read_text(encoding="utf-8")


def _people(unit: UnitOfWork, targets: Sequence[Target]) -> Sequence[Person]:
    if not targets or not all(target.kinds for target in targets):
        raise WrongInputError("Отметьте, чьи и какие сведения уничтожить.")
    people = unit.erasure.people([target.pupil for target in targets])
    if {target.pupil for target in targets} - {one.id for one in people}:
        raise NotFoundError("Сведений об этом ученике больше нет. Обновите список.")
    return people


def forms(people: Sequence[Person], targets: Sequence[Target]) -> Sequence[PersonName]:
    """The names of those of whom nothing stays, in every case, to be blotted out elsewhere."""
    from profdesk.documents import declension

    whole = {target.pupil for target in targets if target.whole}
    names: list[PersonName] = []
    for one in people:
        if (one.merged_into or one.id) in whole:
            sex = one.sex or pupil_entry.likely_sex(one.name.patronymic or "")
            found = declension.decline(one.name, sex)
            names += [one.name, *(vars(found).values() if found else ())]
    return list(dict.fromkeys(names))


def _subjects(unit: UnitOfWork, people: Sequence[Person], targets: Sequence[Target]) -> Sequence[Subject]:
    kinds = {target.pupil: target.kinds for target in targets}
    year = unit.organisation.get().period.year
    groups: Mapping[str, str] = {one.pupil: one.group for one in unit.retention.kept(year)}
    return [
        Subject(one.name, one.birth_date, groups.get(one.id, ""), kinds.get(one.merged_into or one.id, frozenset()))
        for one in people
    ]


def _act(
    workspace: Workspace, actor: Actor, erasure: str, subjects: Sequence[Subject], address: str, copies: CopiesLeft
) -> Act:
    with workspace.unit(actor) as unit:
        done = next((one for one in unit.erasure.all() if one.id == erasure), None)
        if done is None:
            raise NotFoundError("Такого акта нет. Обновите список.")
        who = next((one for one in unit.users.all() if one.id == done.actor), None)
        return Act(
            done=done,
            organisation=unit.organisation.get(),
            address=address.strip(),
            subjects=subjects,
            who=who.name if who else actor.name,
            post=who.post if who else actor.post,
            place=unit.erasure.place(erasure),
            copies=copies,
        )


def _copies(workspace: Workspace) -> CopiesLeft:
    """Copies that are there now, and so hold what is about to go."""
    from profdesk.storage import backup

    return CopiesLeft(_today() + KEPT if backup.all_of(workspace.path) else None)


def _today() -> date:
    return datetime.now(UTC).astimezone().date()

"""A pupil goes to another organisation: the portfolio as one sealed file, and taking such a file in after a look."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain import pupil_file_json, pupil_file_plan, rights
from profdesk.domain.access import Actor, Role
from profdesk.domain.batch import BatchKind
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.consent_gates import Deed
from profdesk.domain.deeds import DeedKind
from profdesk.domain.diagnostics import Released
from profdesk.domain.evidence import Evidence, size_words
from profdesk.domain.people import PersonName
from profdesk.domain.progress import Progress, silent
from profdesk.domain.pupil_file import (
    LARGEST,
    LARGEST_TOLD,
    LARGEST_WORKS,
    SUFFIX,
    Chosen,
    PupilFile,
    SentFrom,
    SentRecord,
)
from profdesk.domain.pupil_file_making import Facts, Head, composed, own_records
from profdesk.domain.pupil_file_plan import Here, Plan
from profdesk.domain.pupil_file_whose import Whose, whose
from profdesk.domain.rights import Right
from profdesk.domain.verification import KeyInfo
from profdesk.errors import NotFoundError, WrongInputError
from profdesk.services import consent_gates, deeds, files, kept_files, keys, programmes, pupil_card, pupils, users
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.domain.pupil_card import PupilCard
    from profdesk.signing.keys import SigningKey
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

_STEPS = 4
_NO_KEY = (
    "На этом компьютере нет ключа подписи организации, а без него получатель не узнает, от кого файл. "
    "Передайте файл с компьютера, на котором подписывают сводки."
)


@dataclass(frozen=True)
class Offer:
    """What can go into a pupil's file; ``conclusions`` are empty where the user may not send them."""

    name: PersonName
    assessments: int
    records: int
    notes: int
    works: Sequence[Evidence]
    conclusions: Sequence[Released]
    withheld: bool
    """Whether there are conclusions that only a psychologist may send."""
    entitled: Sequence[str]
    """Full names of those who may send them: they keep diagnostics, and may give a pupil's file too."""


@dataclass(frozen=True)
class Written:
    """The code that opens the file, to be carried apart from it, and what is inside in counts."""

    code: str
    counts: Sequence[str]


@dataclass(frozen=True)
class Opened:
    """A file that its code opened: what it tells, the bytes of its works by their SHA-256, and who sealed it."""

    file: PupilFile
    contents: Mapping[str, bytes] = field(repr=False)
    key: KeyInfo


@dataclass(frozen=True)
class Looked:
    """A file beside those who are here; ``known``: its key was compared before on this computer."""

    opened: Opened
    known: bool
    whose: Whose

    @property
    def file(self) -> PupilFile:
        """What it tells."""
        return self.opened.file


@dataclass(frozen=True)
class Preview:
    """What would be written, and what should be known before."""

    plan: Plan
    notices: Sequence[str]


@dataclass(frozen=True)
class Taken:
    """To whom a file was taken, and what was written; ``batch`` is None if all of it was there already."""

    pupil: str
    name: PersonName
    words: str
    batch: str | None


# -- giving ------------------------------------------------------------------------------------------


@needs(Right.PUPILS_EXPORT)
def offer(workspace: Workspace, actor: Actor, pupil: str) -> Offer:
    """Say what can go into the file of a pupil."""
    card = _card(workspace, actor, pupil)
    may = rights.may(actor, Right.DIAGNOSTICS)
    with workspace.unit(actor) as unit:
        released = unit.released.of_pupils([pupil])
        return Offer(
            card.pupil.name,
            len(unit.pupil_files.assessments(pupil)),
            len(_records(unit, card)),
            len(unit.pupil_files.notes(pupil)),
            unit.evidence.of_pupil(pupil),
            released if may else (),
            bool(released) and not may,
            [one.name for one in unit.users.all() if one.removed_at is None and _sends_conclusions(one.roles)],
        )


@needs(Right.PUPILS_EXPORT)
def write(
    workspace: Workspace, actor: Actor, pupil: str, chosen: Chosen, target: Path, progress: Progress = silent
) -> tuple[Written, Changes]:
    """Write the file of a pupil for another organisation, encrypted by a new code and sealed by the own key.

    WrongInputError where a consent is missing, or the works are too large; AccessError where the user may not sign,
    or chose conclusions without being a psychologist.
    """
    from profdesk.signing import pupil_file as signing
    from profdesk.storage import vault

    if chosen.conclusions:
        rights.granted(actor, Right.DIAGNOSTICS)
    card, names = _card(workspace, actor, pupil), users.names(workspace, actor)
    code, now = vault.recovery_code(), datetime.now(UTC).replace(microsecond=0)
    with files.with_commit(), workspace.unit(actor) as unit:
        consent_gates.ensure(unit, Deed.HAND_OVER, [pupil])
        if chosen.conclusions:
            consent_gates.ensure(unit, Deed.DIAGNOSE, [pupil])
        key, sender = _sender(unit)
        file = _composed(unit, card, chosen, Head(sender, names, actor.name, now))
        progress(1, _STEPS)
        told = pupil_file_json.to_json(file)
        if len(told) > LARGEST_TOLD:
            raise WrongInputError("Записей об ученике слишком много для одного файла. Передайте его без заметок.")
        works = {one.sha256: unit.pupil_files.content(one.sha256) for one in file.works if one.inside}
        progress(2, _STEPS)
        files.write(target, signing.seal(told, list(works.values()), vault.plain_code(code), key, now))
        progress(3, _STEPS)
        deeds.note(unit, DeedKind.EXPORTED, "файл ученика для другой организации", [pupil])
        return Written(code, file.counts), Changes.of(unit.batch, Kind.DEEDS)


def file_name(name: PersonName) -> str:
    """How the file is called."""
    return f"{kept_files.file_name(f'Файл ученика, {name.short}')}{SUFFIX}"


def code_paper(code: str, name: str, organisation: str) -> bytes:
    """Draw the sheet with the code of a file of that name."""
    from profdesk.documents.pupil_file_code import code_sheet

    return code_sheet(code, name, organisation)


def _card(workspace: Workspace, actor: Actor, pupil: str) -> PupilCard:
    with workspace.unit(actor) as unit:
        year = unit.organisation.get().period.year
    return pupil_card.card(workspace, actor, pupil, year)


def _sender(unit: UnitOfWork) -> tuple[SigningKey, SentFrom]:
    from profdesk.signing import keys as signing

    try:
        key = signing.SigningKey(unit.keys.private(), unit.keys.certificate())
    except NotFoundError as error:
        raise WrongInputError(_NO_KEY) from error
    own, info = unit.organisation.get(), signing.describe(key.certificate_pem)
    if not signing.belongs(info, own.full_name, own.short_name):
        raise WrongInputError(f"Ключ сделан для организации, названной иначе: {info.organisation}. Проверьте название.")
    return key, SentFrom(own.legal_form, own.name, own.short_name, own.municipality, info.fingerprint)


def _composed(unit: UnitOfWork, card: PupilCard, chosen: Chosen, head: Head) -> PupilFile:
    pupil, store = card.pupil.id, unit.pupil_files
    works = store.works(pupil, chosen.works)
    if sum({one.sha256: one.size for one in works if one.inside}.values()) > LARGEST_WORKS:
        raise WrongInputError(f"Выбранные файлы вместе больше {size_words(LARGEST_WORKS)}. Снимите часть отметок.")
    facts = Facts(
        assessments=store.assessments(pupil),
        notes=store.notes(pupil) if chosen.notes else (),
        works=works,
        records=_records(unit, card),
        conclusions=store.conclusions(pupil, chosen.conclusions),
    )
    return composed(card, facts, head)


def _records(unit: UnitOfWork, card: PupilCard) -> Sequence[SentRecord]:
    """What stands of a pupil in registers, in words, and what came in words from elsewhere."""
    return (*own_records(card), *unit.pupil_files.records(card.pupil.id))


# -- taking in ---------------------------------------------------------------------------------------


def read(path: Path, code: str) -> Opened:
    """Open a file by its code; WrongInputError if it is none, not whole, or the code is wrong."""
    from profdesk.signing import keys as signing
    from profdesk.signing import pupil_file
    from profdesk.storage import vault

    sealed = pupil_file.opened(files.read(path, LARGEST))
    told, works = pupil_file.unlocked(sealed, vault.plain_code(code))
    file = pupil_file_json.read(told)
    contents = pupil_file.parted(works, {one.sha256: one.size for one in file.works if one.inside})
    sender = file.sender
    if sender.key != sealed.key.fingerprint or not signing.belongs(sealed.key, sender.full_name, sender.short_name):
        raise WrongInputError("Файл ученика подписан не той организацией, что в нём названа. Попросите его ещё раз.")
    return Opened(file, contents, sealed.key)


@needs(Right.PUPILS_WRITE)
def look(workspace: Workspace, actor: Actor, opened: Opened) -> Looked:
    """Say who sent a file, and whose it may be of those who are here; nothing is written."""
    known = {key.fingerprint for key in (*keys.known(), keys.current(workspace, actor))}
    with workspace.unit(actor) as unit:
        everyone = unit.pupils.all(unit.organisation.get().period.year)
        found = whose(opened.file.pupil, everyone, unit.pupil_files.holders(opened.file.facts))
    return Looked(opened, opened.key.fingerprint in known, found)


@needs(Right.PUPILS_WRITE)
def preview(workspace: Workspace, actor: Actor, looked: Looked, pupil: str | None) -> Preview:
    """Say what taking a file in to a pupil, or (None) as a new one, would write; nothing is written."""
    programme = programmes.current(workspace, actor)
    card = None if pupil is None else _card(workspace, actor, pupil)
    with workspace.unit(actor) as unit:
        may = rights.may(actor, Right.DIAGNOSTICS)
        consent = pupil is not None and _may_diagnose(unit, pupil)
        here = Here() if card is None else unit.pupil_files.here(card.pupil.id, [one.id for one in own_records(card)])
        found = pupil_file_plan.plan(looked.file, programme, here, psychologist=may and consent)
        absent = card is not None and not card.pupil.attends
        return Preview(found, tuple(pupil_file_plan.notices(found, consent=may, absent=absent)))


@needs(Right.PUPILS_WRITE)
def take(
    workspace: Workspace, actor: Actor, looked: Looked, pupil: str | None, group: str = ""
) -> tuple[Taken, Changes]:
    """Take a file in to a pupil, or (None) as a new one into a class of the year by its title: one act.

    What is known already is passed over. WrongInputError where facts of the file are kept of somebody else, or the
    consent to keep a portfolio was withdrawn.
    """
    rights.granted(actor, Right.PORTFOLIO_WRITE)
    found = preview(workspace, actor, looked, pupil).plan
    programme, now = programmes.current(workspace, actor), datetime.now(UTC)
    file, name = looked.file, looked.file.pupil.name
    with workspace.unit(actor) as unit:
        _ensure_nobody_elses(unit, found, pupil)
        if pupil is not None and not found.facts:
            return Taken(pupil, name, "", None), Changes()
        year = unit.organisation.get().period.year
        if pupil is None:
            pupil = unit.pupils.add(name, file.pupil.birth_date, file.pupil.sex)
            if group.strip():
                pupils.put_into(unit, programme, [pupil], group, year)
        consent_gates.ensure(unit, Deed.KEEP_PORTFOLIO, [pupil])
        unit.pupil_files.take(file, found, pupil, looked.opened.contents, now)
        title = f"Файл ученика, {name.short}, {file.sender.short_name}"
        unit.batches.note(BatchKind.PUPIL_FILE, title, year)
        kinds = (Kind.PUPILS, Kind.GROUPS, Kind.ASSESSMENTS, Kind.EVIDENCE, Kind.BATCHES)
        released = (Kind.DIAGNOSTICS,) if found.conclusions else ()
        return Taken(pupil, name, found.words, unit.batch), Changes.of(unit.batch, *kinds, *released)


def _sends_conclusions(roles: Collection[Role]) -> bool:
    return None not in (rights.reach(roles, right) for right in (Right.PUPILS_EXPORT, Right.DIAGNOSTICS))


def _may_diagnose(unit: UnitOfWork, pupil: str) -> bool:
    today = datetime.now(UTC).astimezone().date()
    return not any(unit.consents.barred(Deed.DIAGNOSE, [pupil], today, today))


def _ensure_nobody_elses(unit: UnitOfWork, found: Plan, pupil: str | None) -> None:
    others = unit.pupil_files.holders(found.facts) - {pupil}
    if others:
        year = unit.organisation.get().period.year
        names = ", ".join(one.name.short for one in unit.pupils.some(unit.pupils.known(others), year))
        raise WrongInputError(
            f"Записи из этого файла есть у другого ученика: {names}. Выберите его. Если у одного ребёнка две карточки, "
            "объедините их; если файл приняли не к тому, отмените тот приём в «Истории действий»."
        )

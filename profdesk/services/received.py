"""Summaries that organisations send to a department: taken in many at once, listed by span, taken away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain import received as reading
from profdesk.domain import received_register as register
from profdesk.domain import senders as listing
from profdesk.domain.access import Actor
from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.progress import Progress, silent
from profdesk.domain.received import ReceivedSummary
from profdesk.domain.received_answers import State, of_key, of_receipt, of_signature
from profdesk.domain.received_register import Counted, NotCounted, Receipt, Received, Standing
from profdesk.domain.rights import Right
from profdesk.domain.senders import KeyState, Sender, SenderDraft, SenderKey
from profdesk.domain.span import Span
from profdesk.domain.verification import KeyInfo, Verdict
from profdesk.errors import WrongInputError
from profdesk.services import files, senders, summary_files, verification
from profdesk.services.guard import needs
from profdesk.services.senders import Offer
from profdesk.services.summary_files import Checked

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

SUMMARY = ".pdf"
"""How summaries end."""
_MOST = 2_000
_UNREADABLE = "данные внутри не читаются: попросите прислать её снова"


@dataclass(frozen=True)
class Answer:
    """What became of a file, in words; ``receipt`` is the summary kept, ``offer`` what would let it be taken."""

    path: Path
    state: State
    words: str
    sender: Sender | None = None
    receipt: Receipt | None = None
    offer: Offer | None = None

    @property
    def who(self) -> str:
        """The organisation as lists call it, empty if none could be told."""
        if self.sender is not None:
            return self.sender.name
        return self.offer.draft.short_name if self.offer else ""


@dataclass(frozen=True)
class _Known:
    """The list of organisations at a moment."""

    at: datetime
    senders: Mapping[str, Sender]
    keys: Mapping[str, SenderKey]

    @property
    def trusted(self) -> Sequence[bytes]:
        return [key.record.certificate for key in self.keys.values() if key.state(self.at) is KeyState.GOOD]

    def is_of(self, sender: str, info: KeyInfo) -> bool:
        """Whether a key stands on the list under an organisation (its id)."""
        key = self.keys.get(info.fingerprint)
        return key is not None and key.record.sender_id == sender


@dataclass(frozen=True)
class _Good:
    """A file that proves to be a summary of an organisation of the list."""

    path: Path
    pdf: bytes
    checked: Checked
    summary: ReceivedSummary
    key: SenderKey


@needs(Right.SENDERS_WRITE)
def take(
    workspace: Workspace,
    actor: Actor,
    paths: Sequence[Path],
    progress: Progress = silent,
    expected: Span | None = None,
) -> tuple[Sequence[Answer], Changes]:
    """Take in files, and the PDFs and signatures in folders; each is answered for, in their order.

    A summary of another span than ``expected``, or than most of them are of, is told so and kept under its own.
    The good ones are written in one transaction after all are checked, so that stopping leaves nothing.
    """
    found = list(_files(paths))
    with workspace.unit(actor) as unit:
        known = _known(unit)
    checked: list[Answer | _Good] = []
    for number, path in enumerate(found):
        progress(number, len(found))
        checked.append(_checked(path, known, found))
    if not any(isinstance(one, _Good) for one in checked):
        return [one for one in checked if isinstance(one, Answer)], Changes()
    with workspace.unit(actor) as unit:
        answers = _keep(unit, checked, expected)
        kept = any(answer.receipt for answer in answers)
        return answers, Changes.of(unit.batch, Kind.RECEIVED) if kept else Changes()


@needs(Right.SENDERS_READ)
def of_span(workspace: Workspace, actor: Actor, span: Span) -> Received:
    """What came of a span: what counts, what does not and why, and who has sent nothing that counts."""
    with workspace.unit(actor) as unit:
        known = _known(unit)
        settled = register.standings(unit.received.of_year(span.year), known.senders, known.keys)
        own = [one for one in settled if one.receipt.span == span]
        data = unit.received.data([one.receipt.id for one in own if not one.reason])
    summaries = {receipt: _read(found) for receipt, found in data.items()}
    own = [one if one.reason or summaries[one.receipt.id] else replace(one, reason=_UNREADABLE) for one in own]
    of = {one.receipt.id: known.senders[one.receipt.sender_id] for one in own}
    own = sorted(own, key=lambda one: (of[one.receipt.id].order, one.receipt.order))
    counted = tuple(
        Counted(of[one.receipt.id], one.receipt, summary, one.note)
        for one in own
        if not one.reason and (summary := summaries[one.receipt.id])
    )
    there = {one.sender.id for one in counted}
    missing = [one for one in known.senders.values() if one.id not in there and not one.is_withdrawn]
    return Received(
        span=span,
        counted=counted,
        not_counted=tuple(NotCounted(of[one.receipt.id], one.receipt, one.reason) for one in own if one.reason),
        missing=tuple(sorted(missing, key=lambda one: one.order)),
    )


@needs(Right.SENDERS_READ)
def spans(workspace: Workspace, actor: Actor) -> Sequence[Span]:
    """Every span of which something came, the latest first, a longer one before those within it."""
    with workspace.unit(actor) as unit:
        found = unit.received.spans()
    return sorted(found, key=lambda span: (span.year.start, span.last_day, -span.first_day.toordinal()), reverse=True)


@needs(Right.SENDERS_READ)
def document(workspace: Workspace, actor: Actor, receipt: str) -> bytes:
    """The exact bytes as they came."""
    with workspace.unit(actor) as unit:
        return unit.received.document(receipt)


@needs(Right.SENDERS_WRITE)
def withdraw(workspace: Workspace, actor: Actor, receipt: str) -> tuple[Step, Changes]:
    """Take a summary away, as if it had not come; it can be put back or sent again."""
    with workspace.unit(actor) as unit:
        gone = unit.received.withdraw(receipt, datetime.now(UTC))
        sender = unit.senders.get(gone.sender_id)
        step = Step(f"убрана сводка № {gone.number}, «{sender.name}»", unit.batch, (gone.id,))
        return step, Changes.of(unit.batch, Kind.RECEIVED)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files named, and those in the folders named that may be summaries or signatures."""
    wanted = (SUMMARY, *verification.SIGNATURES)
    count = 0
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for one in inside:
            if one is path or (one.suffix.lower() in wanted and one.is_file()):
                count += 1
                if count > _MOST:
                    raise WrongInputError(f"Файлов больше {_MOST}. Выберите папку, где лежат одни сводки.")
                yield one


def _read(data: bytes) -> ReceivedSummary | None:
    """What an earlier program took in and this one cannot read any more is None."""
    try:
        return reading.read(data)
    except WrongInputError:
        return None


def _known(unit: UnitOfWork) -> _Known:
    return _Known(
        datetime.now(UTC),
        {one.id: one for one in unit.senders.all()},
        {key.info.fingerprint: key for key in senders.described(unit)},
    )


def _checked(path: Path, known: _Known, all_files: Sequence[Path]) -> Answer | _Good:
    if path.suffix.lower() in verification.SIGNATURES:
        return _signature(path, all_files)
    try:
        return _judged(path, files.read(path, summary_files.LARGEST), known)
    except WrongInputError as error:
        return Answer(path, State.REFUSED, error.message)


def _judged(path: Path, pdf: bytes, known: _Known) -> Answer | _Good:
    checked = summary_files.check(pdf, known.trusted)
    answer, summary = checked.answer, checked.summary
    if checked.foreign:
        return Answer(path, State.FOREIGN, f"Не принята: {checked.foreign}.")
    if answer.verdict is Verdict.REFUSED or answer.key is None or summary is None:
        return Answer(path, State.REFUSED, answer.reason)
    own, *others = (one.key for one in answer.signatures)
    if strangers := [one for one in others if one.organisation != own.organisation]:
        return _foreign(path, strangers)
    key = known.keys.get(answer.key.fingerprint)
    if key is None or answer.verdict is not Verdict.TRUSTED or known.senders[key.record.sender_id].is_withdrawn:
        return _unknown(path, pdf, checked, summary, known)
    strangers = [one.key for one in answer.signatures if not known.is_of(key.record.sender_id, one.key)]
    return _foreign(path, strangers) if strangers else _Good(path, pdf, checked, summary, key)


def _foreign(path: Path, strangers: Sequence[KeyInfo]) -> Answer:
    owners = ", ".join(key.owner for key in strangers)
    return Answer(path, State.FOREIGN, f"Не принята: подписана и ключом другой организации, {owners}.")


def _unknown(path: Path, pdf: bytes, checked: Checked, summary: ReceivedSummary, known: _Known) -> Answer:
    """The answer for a whole summary of somebody whose key does not count here."""
    from profdesk.signing import verify

    info = checked.answer.key
    if info is None:
        return Answer(path, State.REFUSED, checked.answer.reason)
    key = known.keys.get(info.fingerprint)
    there = [one for one in known.senders.values() if not one.is_withdrawn]
    sender = listing.named(there, summary.organisation, summary.short_name)
    if key is not None and (owner := known.senders[key.record.sender_id]) in there:
        state, words = of_key(key, known.at)
        return Answer(path, state, words, owner)
    draft = SenderDraft(summary.kind, summary.legal_form, summary.name, summary.short_name)
    offer = Offer(draft, verify.certificate(pdf, info.fingerprint))
    if sender is None:
        words = f"Организации «{summary.short_name}» нет в списке. Добавьте её и сверьте ключ по телефону."
        return Answer(path, State.UNLISTED, words, offer=offer)
    whose = f"Подписал также {info.person}, чьего ключа здесь нет." if info.post else "Подписана ключом, которого нет."
    words = f"{whose} Возьмите ключ из файла и сверьте отпечаток по телефону."
    return Answer(path, State.UNKNOWN_KEY, words, sender, offer=offer)


def _signature(path: Path, all_files: Sequence[Path]) -> Answer:
    called = path.with_suffix("").name.casefold()
    beside = verification.document_of(path) or next((one for one in all_files if one.name.casefold() == called), None)
    try:
        holds, words = of_signature(verification.verify_outside(path, beside), beside.name if beside else "")
    except WrongInputError as error:
        return Answer(path, State.BAD_SIGNATURE, error.message)
    return Answer(path, State.SIGNATURE if holds else State.BAD_SIGNATURE, words)


def _keep(unit: UnitOfWork, checked: Sequence[Answer | _Good], expected: Span | None) -> Sequence[Answer]:
    """Write the good ones and say what each is among all that lies there."""
    known = _known(unit)
    came = [one if isinstance(one, Answer) else _write(unit, one, known) for one in checked]
    years = {answer.receipt.span.year for answer in came if answer.receipt}
    there = [receipt for year in years for receipt in unit.received.of_year(year)]
    settled = {one.receipt.id: one for one in register.standings(there, known.senders, known.keys)}
    spans = [answer.receipt.span for answer in came if answer.receipt]
    usual = expected if expected in spans else max(spans, key=spans.count, default=None)
    return [_settled(answer, settled, there, usual) for answer in came]


def _settled(answer: Answer, settled: Mapping[str, Standing], there: Sequence[Receipt], usual: Span | None) -> Answer:
    """The answer for a summary just kept; ``words`` so far are what is to be told besides."""
    if answer.receipt is None:
        return answer
    state, words = of_receipt(settled[answer.receipt.id], there)
    other = "" if answer.receipt.span == usual else "Период другой, чем у остальных: отнесена к своему."
    return replace(answer, state=state, words=" ".join(part for part in (words, other, answer.words) if part))


def _write(unit: UnitOfWork, good: _Good, known: _Known) -> Answer:
    sender = known.senders[good.key.record.sender_id]
    there = unit.received.of_bytes(hashlib.sha256(good.pdf).hexdigest())
    if there is not None and not there.is_withdrawn:
        words = f"Эта сводка уже есть: принята {there.received_at.astimezone():%d.%m.%Y в %H:%M}."
        return Answer(good.path, State.SAME, words, sender)
    if there is not None:
        receipt = unit.received.receive_again(there.id, known.at)
    else:
        receipt = unit.received.add(
            sender.id, good.summary, good.pdf, good.checked.data, good.path.name, good.key.info.fingerprint, known.at
        )
    also = ", ".join(one.key.person for one in good.checked.answer.signatures[1:])
    notes = [f"Подписана также: {also}."] if also else []
    if not listing.is_called(sender.draft, good.summary.organisation):
        notes.append(f"В ней организация названа иначе: {good.summary.organisation}.")
    return Answer(good.path, State.TAKEN, " ".join(notes), sender, receipt)

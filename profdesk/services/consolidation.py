"""The department's consolidation: what organisations sent, added up, shown, signed and put into the register.

What is not proven is never counted: files are verified here, and what lies in a workspace was verified as it came.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain import consolidation as domain
from profdesk.domain import consolidation_data, trends
from profdesk.domain.access import Actor
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.consolidation import Consolidation, LeftOut
from profdesk.domain.consolidation_paper import ConsolidationPaper
from profdesk.domain.issued_summaries import IssuedSummary
from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.programme import Programme
from profdesk.domain.received import ReceivedSummary, rule_named
from profdesk.domain.received_register import Counted, Receipt, Received
from profdesk.domain.rights import Right
from profdesk.domain.span import Span
from profdesk.domain.summary import Replaced
from profdesk.domain.verification import KeyInfo, Verdict
from profdesk.errors import WrongInputError
from profdesk.services import files, programmes, received, summary_files, verification
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace

_MOST_REASONS = 5
_AGAIN = "сложено заново"
_POSING = "подписана ключом другой организации: он назван так: {}"


@dataclass(frozen=True)
class Taken:
    """A file that was sent: what it proves, and the summary in it; ``reason`` says why it does not count."""

    path: Path
    verdict: Verdict
    reason: str = ""
    summary: ReceivedSummary | None = None
    key: KeyInfo | None = None
    """The organisation's, where the summary is taken."""


@dataclass(frozen=True)
class Gathered:
    """What came added up; ``receipts`` are the summaries that it is made of, by the organisation's full name.

    ``apart`` are the summaries in force that cannot be added to the others, and why.
    """

    paper: ConsolidationPaper
    receipts: Mapping[str, Receipt]
    apart: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class SignedConsolidation:
    """The signed PDF, byte for byte as the register keeps it, and the numbered paper it is of."""

    pdf: bytes
    paper: ConsolidationPaper


def consolidate(
    paths: Sequence[Path],
    also_known: Sequence[Path] = (),
    span: Span | None = None,
    compared: Collection[bytes] = (),
) -> tuple[ConsolidationPaper, Sequence[Taken]]:
    """Add up the files that are whole and signed by known keys; all of them are told of, in their order.

    Known are the keys of this computer, those in files and the certificates that a department ``compared``. Without a
    span that of most files is taken; those of earlier ones show how the sums went. WrongInputError if none counts.
    """
    known = [*verification.trusted(also_known), *compared]
    taken = _without_namesakes([_take(path, known) for path in paths])
    there = [one.summary for one in taken if one.summary]
    if not there:
        raise WrongInputError(_nothing(taken))
    made, out = domain.consolidate(there, span)
    spans = trends.chain(made.span, {one.span for one in there})
    reasons = {id(one.summary): _reason(one, made.span, spans) for one in out}
    told = [replace(one, reason=reasons.get(id(one.summary), one.reason)) for one in taken]
    gone = trends.trends([*(domain.consolidate(there, one)[0] for one in spans if one != made.span), made])
    names = tuple((one.path.name, one.reason) for one in told if one.reason)
    return ConsolidationPaper(None, made, datetime.now().astimezone(), gone, names), told


def _nothing(taken: Sequence[Taken]) -> str:
    """Why nothing counts, each reason once."""
    reasons = {one.reason: f"«{one.path.name}»: {one.reason}" for one in reversed(taken)}
    told = [*reversed(reasons.values())][:_MOST_REASONS]
    return " ".join(["Складывать нечего: ни одна сводка не принята.", *told])


def _reason(out: LeftOut, span: Span, spans: Collection[Span]) -> str:
    is_shown = out.summary.span != span and out.summary.span in spans
    return f"{out.reason}; с ним показана динамика" if is_shown else out.reason


def _take(path: Path, known: Collection[bytes]) -> Taken:
    try:
        checked = summary_files.check(files.read(path, summary_files.LARGEST), known)
    except WrongInputError as error:
        return Taken(path, Verdict.REFUSED, error.message)
    answer = checked.answer
    if answer.verdict is not Verdict.TRUSTED:
        return Taken(path, answer.verdict, answer.reason)
    return Taken(path, answer.verdict, summary=checked.summary, key=answer.signatures[0].key)


def _without_namesakes(taken: Sequence[Taken]) -> Sequence[Taken]:
    """Where one name is told by keys of several organisations, the one whose full name it is speaks for it."""
    from profdesk.signing import keys

    def is_own(one: Taken) -> bool:
        return bool(one.key and one.summary and keys.belongs(one.key, one.summary.organisation, ""))

    named = {one.summary.organisation for one in taken if one.summary and is_own(one)}
    return [
        replace(one, verdict=Verdict.REFUSED, reason=_POSING.format(one.key.owner), summary=None)
        if one.key and one.summary and one.summary.organisation in named and not is_own(one)
        else one
        for one in taken
    ]


@needs(Right.SENDERS_READ)
def of_span(workspace: Workspace, actor: Actor, span: Span) -> Gathered | None:
    """Add up what came of a span, with the spans it is compared with; None while nothing of it counts.

    Organisations are named as the department's list names them, indicators as its programme does.
    """
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        own = unit.organisation.get()
    there = trends.chain(span, received.spans(workspace, actor))
    came = {one: received.of_span(workspace, actor, one) for one in {*there, span}}
    if not came[span].counted:
        return None
    asked = (*came[span].missing, *(one.sender for one in came[span].counted))
    expected = {one.draft.full_name: one.name for one in asked}
    made, out = domain.consolidate(_named(came[span].counted), span, expected)
    made = _by_own_programme(made, programme)
    former = [domain.consolidate(_named(came[one].counted), one)[0] for one in there[:-1] if came[one].counted]
    left_out = [(f"{one.summary.short_name}, № {one.summary.number}", one.reason) for one in out]
    paper = ConsolidationPaper(
        organisation=own,
        made=made,
        made_at=datetime.now().astimezone(),
        trends=trends.trends([*former, made]),
        left_out=(*_not_counted(came[span]), *left_out),
    )
    return Gathered(paper, {one.sender.draft.full_name: one.receipt for one in came[span].counted}, left_out)


def _by_own_programme(made: Consolidation, programme: Programme) -> Consolidation:
    """No organisation may set the target of all: the department's own words and target stand where the rule is one."""
    if made.programme != programme.code:
        return made
    own = {(one.code, rule_named(one.rule.code, one.rule.edition)): one for one in programme.indicators}
    lines = (
        replace(line, title=one.title, text=one.rule.text, target=one.target)
        if (one := own.get((line.code, line.rule)))
        else line
        for line in made.lines
    )
    return replace(made, lines=tuple(lines))


def _named(counted: Iterable[Counted]) -> Sequence[ReceivedSummary]:
    drafts = [(one.summary, one.sender.draft) for one in counted]
    return [replace(of, legal_form=by.legal_form, name=by.name, short_name=by.short_name) for of, by in drafts]


def _not_counted(came: Received) -> Sequence[tuple[str, str]]:
    return [(f"{one.sender.name}, № {one.receipt.number}", one.reason) for one in came.not_counted]


@needs(Right.SENDERS_READ)
def preview(workspace: Workspace, actor: Actor, paper: ConsolidationPaper) -> bytes:
    """Draw the PDF as it is going to be signed, but unsigned and without a number."""
    from profdesk.documents import consolidation_pdf
    from profdesk.signing import keys

    with workspace.unit(actor) as unit:
        stamp = keys.describe(unit.keys.certificate())
    return consolidation_pdf.consolidation_pdf(paper, consolidation_data.to_json(paper), stamp)


def level_pages(paper: ConsolidationPaper) -> bytes:
    """Draw levels and stages, to look at."""
    from profdesk.documents import consolidation_pdf

    return consolidation_pdf.levels_pdf(paper)


def trend_pages(paper: ConsolidationPaper) -> bytes:
    """Draw how the sums went, to look at; empty while there is one span alone."""
    from profdesk.documents import consolidation_pdf

    return consolidation_pdf.trends_pdf(paper) if paper.has_trends else b""


@needs(Right.SENDERS_READ)
def former(workspace: Workspace, actor: Actor, span: Span) -> IssuedSummary | None:
    """The consolidation of a span that is in force: a new one takes its place."""
    with workspace.unit(actor) as unit:
        there = unit.summaries.issued(span.year)
    return next((one for one in there if one.span == span and one.replaced_by is None), None)


@needs(Right.CONSOLIDATION_SIGN)
def sign(
    workspace: Workspace, actor: Actor, paper: ConsolidationPaper, save: Callable[[bytes], None]
) -> tuple[SignedConsolidation, Changes]:
    """Number, draw, sign and register a consolidation; the register keeps the exact bytes.

    It takes the place of the one of the same span that is in force, and says so. ``save`` gets the bytes before the
    register is committed and calls ``files.write``: when saving fails no number has been taken, and when the commit
    fails no file stands under its name. WrongInputError in a workspace that is no department's.
    """
    from profdesk.documents import consolidation_pdf
    from profdesk.signing import keys
    from profdesk.signing import pdf as signing

    now, before = datetime.now(UTC), former(workspace, actor, paper.span)
    with files.with_commit(), workspace.unit(actor) as unit:
        own = unit.organisation.get()
        if own.kind is not OrganisationKind.DEPARTMENT:
            raise WrongInputError(
                f"Свод подписывает управление образования, а это папка организации «{own.short_name}»."
            )
        numbered = replace(
            paper,
            organisation=own,
            number=unit.summaries.next_number(now),
            replaces=Replaced(before.number, _AGAIN) if before else None,
        )
        stamp = keys.describe(unit.keys.certificate())
        drawn = consolidation_pdf.consolidation_pdf(numbered, consolidation_data.to_json(numbered), stamp, now)
        key = keys.SigningKey(unit.keys.private(), unit.keys.certificate())
        signed = signing.sign(drawn, key, reason="Свод управления", at=now)
        unit.summaries.register(numbered, signed, now)
        save(signed)
        batch = unit.batch
    return SignedConsolidation(signed, numbered), Changes.of(batch, Kind.SUMMARIES)


def workbook(paper: ConsolidationPaper) -> bytes:
    """Write the same tables as XLSX."""
    from profdesk.documents import consolidation_xlsx

    return consolidation_xlsx.workbook(paper)


def document(paper: ConsolidationPaper) -> bytes:
    """Draw the paper without anybody's key: it says that it is not signed."""
    from profdesk.documents import consolidation_pdf

    return consolidation_pdf.consolidation_pdf(paper, consolidation_data.to_json(paper))

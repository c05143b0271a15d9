"""The summary for the department: counted, shown, signed and put into the register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from profdesk.domain import issued_summaries, summary_data
from profdesk.domain.access import Actor
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.issued_summaries import IssuedSummary
from profdesk.domain.programme import Programme
from profdesk.domain.published import openly, publish
from profdesk.domain.rights import Right
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.scope import WHOLE, Scope
from profdesk.domain.span import Span
from profdesk.domain.summary import Replaced, State, Summary, Tables
from profdesk.errors import WrongInputError
from profdesk.services import files, programmes, summary_facts
from profdesk.services.guard import needs
from profdesk.services.summary_facts import Facts

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace


@dataclass(frozen=True)
class SignedSummary:
    """The signed PDF, byte for byte as the register keeps it, and the numbered summary it shows."""

    pdf: bytes
    summary: Summary


@needs(Right.SUMMARY_READ)
def compute(workspace: Workspace, actor: Actor, span: Span, scope: Scope = WHOLE) -> Summary:
    """Count a span from what is recorded now, and the span before it by the same rules.

    NotFoundError if the span's year has no such group as the scope names.
    """
    programme = programmes.current(workspace, actor)
    counted_at = datetime.now(UTC).astimezone()
    with workspace.unit(actor) as unit:
        organisation = unit.organisation.get()
        chosen = summary_facts.group_of(unit, span, scope)
        facts = summary_facts.read(unit, span, scope, chosen, counted_at.date())
        former = summary_facts.read(unit, span.previous, scope, chosen, counted_at.date())
    tables = _tables(programme, facts, scope)
    summary = Summary(
        organisation=organisation,
        programme_code=programme.code,
        programme_title=programme.title,
        programme_edition=programme.edition,
        programme_digest=programme.digest,
        span=span,
        counted_at=counted_at,
        scale=programme.stages,
        scope=scope,
        scope_title=scope.title(programme, chosen),
        **vars(tables),
    )
    return replace(summary, before=_before(summary, programme, former)) if former.recorded else summary


def _before(summary: Summary, programme: Programme, facts: Facts) -> Summary:
    return replace(summary, span=summary.span.previous, **vars(_tables(programme, facts, summary.scope)))


def _tables(programme: Programme, facts: Facts, scope: Scope) -> Tables:
    """Of less than the whole organisation without indicators that ask nobody there."""
    from profdesk.analysis import summary as analysis

    tables = analysis.tables(programme, facts.pupils, facts.stages, facts.reached, facts.shares, facts.told)
    if scope.whole:
        return tables
    return replace(tables, figures=tuple(one for one in tables.figures if one.denominator))


@needs(Right.SUMMARY_READ)
def preview(workspace: Workspace, actor: Actor, summary: Summary) -> bytes:
    """Draw the PDF as the department will get it, but unsigned and without a number.

    That of less than the whole organisation hides nothing: it is for use inside.
    """
    from profdesk.documents import summary_pdf
    from profdesk.signing import keys

    with workspace.unit(actor) as unit:
        stamp = keys.describe(unit.keys.certificate())
    told = publish(summary) if summary.scope.whole else openly(summary)
    return summary_pdf.summary_pdf(told, summary_data.to_json(told), stamp)


@needs(Right.SUMMARY_SIGN)
def sign(
    workspace: Workspace,
    actor: Actor,
    summary: Summary,
    save: Callable[[bytes], None],
    replaces: Replaced | None = None,
) -> tuple[SignedSummary, Changes]:
    """Number, draw, sign and register a summary; the register keeps the exact bytes.

    ``replaces``: it corrects the summary of that number; WrongInputError if that one is of another span or was
    corrected already, and for less than the whole organisation, since parts could be subtracted from each other.

    ``save`` gets them before the register is committed and calls ``files.write``: when saving fails no
    number has been taken, and when the commit fails no file stands under its name.
    """
    from profdesk.documents import summary_pdf
    from profdesk.signing import keys
    from profdesk.signing import pdf as signing

    _check_whole(summary)
    now = datetime.now(UTC)
    with files.with_commit(), workspace.unit(actor) as unit:
        if replaces is not None:
            former = unit.summaries.get(replaces.number)
            replaces = issued_summaries.replaced(former, summary.span, replaces.reason)
        numbered = replace(summary, number=unit.summaries.next_number(now), replaces=replaces)
        stamp = keys.describe(unit.keys.certificate())
        told = publish(numbered)
        drawn = summary_pdf.summary_pdf(told, summary_data.to_json(told), stamp, now)
        key = keys.SigningKey(unit.keys.private(), unit.keys.certificate())
        signed = signing.sign(drawn, key, reason="Сводка для управления", at=now)
        unit.summaries.register(numbered, signed, now)
        save(signed)
        batch = unit.batch
    return SignedSummary(signed, numbered), Changes.of(batch, Kind.SUMMARIES)


def withheld(summary: Summary) -> frozenset[str]:
    """The indicators (codes) whose numbers do not leave the school, since they would tell of too few pupils."""
    return frozenset(one.indicator.code for one in publish(summary).figures if one.state is State.HIDDEN)


def workbook(summary: Summary) -> bytes:
    """Write the same tables as XLSX; WrongInputError for less than the whole organisation."""
    from profdesk.documents import summary_xlsx

    _check_whole(summary)
    return summary_xlsx.workbook(publish(summary))


@needs(Right.SUMMARY_READ)
def issued(workspace: Workspace, actor: Actor, year: SchoolYear) -> Sequence[IssuedSummary]:
    """Summaries of a school year that were signed, the newest first."""
    with workspace.unit(actor) as unit:
        return unit.summaries.issued(year)


def _check_whole(summary: Summary) -> None:
    if not summary.scope.whole:
        raise WrongInputError(
            f"Сводка по части организации ({summary.scope_title}) остаётся в школе. "
            "Выберите всю организацию, чтобы подписать сводку или сохранить таблицы."
        )

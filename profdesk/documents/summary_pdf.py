"""The summary as a paper: cover, figures with rules, coverage, stages, what cannot be answered, signatures.

Its data is attached inside as JSON, so that both are signed together. ``docs/summary-data.md`` describes it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from profdesk.documents import attachment, cover, stamps, summary_cover, summary_parts
from profdesk.documents.report import Report
from profdesk.documents.typography import NBSP, bind, day, quoted
from profdesk.domain.published import PublishedSummary
from profdesk.domain.verification import KeyInfo

DATA_NAME = "summary.json"

_FOOT = "Данные вложены в этот же файл и подписаны вместе с ним."
_INSIDE_FOOT = "Для внутреннего пользования."
_SIGNATURE = "на последней странице; файл проверяет profdesk, страница «Проверка»"

Part = Callable[[Report, PublishedSummary], None]

_PARTS: tuple[Part, ...] = (
    summary_parts.figures,
    summary_parts.wordings,
    summary_parts.coverage,
    summary_parts.law_levels,
    summary_parts.groups,
    summary_parts.stages,
    summary_parts.unanswered,
)


def summary_pdf(
    summary: PublishedSummary, data: bytes, stamp: KeyInfo | None = None, signed_at: datetime | None = None
) -> bytes:
    """Draw the whole paper, unsigned; ``stamp`` names the key it is going to be signed with, at ``signed_at``.

    That of less than the whole organisation is for use inside: nobody signs it, and it carries no data.
    Drawn twice: the first time to learn how many pages there are.
    """
    pages = _draw(summary, data, stamp, signed_at, 0).page
    report = _draw(summary, data, stamp, signed_at, pages)
    return report.finish()


def _draw(
    summary: PublishedSummary, data: bytes, stamp: KeyInfo | None, signed_at: datetime | None, total: int
) -> Report:
    dated = summary.counted_at.date()
    named = bind(f"{_named(summary)} {_of(summary)}" if summary.scope.whole else _of(summary))
    report = Report(
        f"{named}, {summary.organisation.short_name}",
        summary.organisation.full_name,
        (summary.organisation.short_name, named),
        f"Составлено программой profdesk {day(dated)} {_FOOT if summary.scope.whole else _INSIDE_FOOT}",
        dated,
        total,
    )
    if summary.scope.whole:
        attachment.attach(report.sheet.canvas, DATA_NAME, data, "application/json", "The summary's data")
    _cover(report, summary)
    for part in _PARTS:
        part(report, summary)
    if summary.scope.whole:
        stamps.signatures(report, stamp, signed_at, numbered=bool(summary.number))
    return report


def _named(summary: PublishedSummary) -> str:
    if not summary.scope.whole:
        return "Для внутреннего пользования"
    return f"Сводка №{NBSP}{summary.number}" if summary.number else "Сводка без номера"


def _of(summary: PublishedSummary) -> str:
    return f"{summary.scope_title} за {summary.span.title}".lstrip()


def _cover(report: Report, summary: PublishedSummary) -> None:
    report.sheet.bookmark("Обложка")
    organisation = summary.organisation
    addressee = ["В управление образования", *([organisation.municipality] if organisation.municipality else [])]
    cover.title(
        report,
        (organisation.legal_form, quoted(organisation.name)),
        addressee if summary.scope.whole else [],
        _named(summary).upper(),
        ["Сопровождение профессионального", "самоопределения обучающихся"],
        _of(summary),
    )
    cover.verdicts(report, [figure.state for figure in summary.figures])
    for label, words in summary_cover.facts(summary):
        cover.fact(report, label, words)
    if summary.scope.whole:
        cover.fact(report, "Подпись", _SIGNATURE)

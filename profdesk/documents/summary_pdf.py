"""The summary as a paper: cover, figures with rules, coverage, stages, what cannot be answered, signatures.

Its data is attached inside as JSON, so that both are signed together. ``docs/summary-data.md`` describes it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from profdesk.documents import attachment, cover, stamps, summary_parts
from profdesk.documents.report import Report
from profdesk.documents.typography import HIDDEN, NBSP, bind, day, quoted, told
from profdesk.domain.published import PublishedSummary
from profdesk.domain.verification import KeyInfo

DATA_NAME = "summary.json"

_PROTECTED = "имён, дат рождения и номеров обучающихся в файле нет, только суммы."
_HIDES = f"Знак {HIDDEN} стоит вместо чисел от одного до четырёх и тех, по которым их можно было бы вычислить."

Part = Callable[[Report, PublishedSummary], None]

_PARTS: tuple[Part, ...] = (
    summary_parts.figures,
    summary_parts.wordings,
    summary_parts.coverage,
    summary_parts.groups,
    summary_parts.stages,
    summary_parts.unanswered,
)


def summary_pdf(
    summary: PublishedSummary, data: bytes, stamp: KeyInfo | None = None, signed_at: datetime | None = None
) -> bytes:
    """Draw the whole paper, unsigned; ``stamp`` names the key it is going to be signed with, at ``signed_at``.

    Drawn twice: the first time to learn how many pages there are.
    """
    pages = _draw(summary, data, stamp, signed_at, 0).page
    report = _draw(summary, data, stamp, signed_at, pages)
    return report.finish()


def _draw(
    summary: PublishedSummary, data: bytes, stamp: KeyInfo | None, signed_at: datetime | None, total: int
) -> Report:
    dated = summary.counted_at.date()
    named = _named(summary)
    report = Report(
        f"{named} за {summary.span.title}, {summary.organisation.short_name}",
        summary.organisation.full_name,
        (summary.organisation.short_name, bind(f"{named} за {summary.span.title}")),
        f"Составлено программой profdesk {day(dated)} Данные вложены в этот же файл и подписаны вместе с ним.",
        dated,
        total,
    )
    attachment.attach(report.sheet.canvas, DATA_NAME, data, "application/json", "The summary's data")
    _cover(report, summary)
    for part in _PARTS:
        part(report, summary)
    stamps.signatures(report, stamp, signed_at, numbered=bool(summary.number))
    return report


def _named(summary: PublishedSummary) -> str:
    return f"Сводка №{NBSP}{summary.number}" if summary.number else "Сводка без номера"


def _cover(report: Report, summary: PublishedSummary) -> None:
    report.sheet.bookmark("Обложка")
    organisation = summary.organisation
    addressee = ["В управление образования", *([organisation.municipality] if organisation.municipality else [])]
    cover.title(
        report,
        (organisation.legal_form, quoted(organisation.name)),
        addressee,
        _named(summary).upper(),
        ["Сопровождение профессионального", "самоопределения обучающихся"],
        f"за {summary.span.title}",
    )
    cover.verdicts(report, [figure.state for figure in summary.figures])
    for label, words in _facts(summary):
        cover.fact(report, label, words)


def _facts(summary: PublishedSummary) -> list[tuple[str, str]]:
    people = ", ".join(f"{level.title.lower()} — {told(level.pupils)}" for level in summary.levels)
    total = told(summary.total.pupils)
    return [
        ("Организация", summary.organisation.short_name),
        ("Период", f"{day(summary.span.first_day)} — {day(summary.span.last_day)}"),
        ("Контингент", f"{total} чел.: {people}" if people else "обучающихся нет"),
        (
            "Программа",
            f"«{summary.programme_title}», редакция файла {summary.programme_edition}",
        ),
        (
            "Показатели",
            f"посчитано {len(summary.figures)}, ещё {len(summary.unanswered)} ждут данных и названы в конце",
        ),
        ("Защита данных", _PROTECTED + (f" {_HIDES}" if summary.hides else "")),
        ("Посчитано", f"{day(summary.counted_at.date())}, {summary.counted_at:%H:%M}"),
        ("Подпись", "на последней странице; файл проверяет profdesk, страница «Проверка»"),
    ]

"""The department's consolidation as a paper: cover, indicators, levels, stages, trends, organisations, signatures.

Its data is attached inside as JSON, so that both are signed together. ``docs/consolidation-data.md`` describes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from profdesk.documents import attachment, consolidation_parts, cover, stamps
from profdesk.documents.consolidation_parts import Part
from profdesk.documents.report import Report
from profdesk.documents.typography import HIDDEN, NBSP, bind, day, number, quoted
from profdesk.domain import plural
from profdesk.domain.consolidation import Consolidation
from profdesk.domain.consolidation_paper import ConsolidationPaper, left_out_of
from profdesk.domain.sums import Count
from profdesk.domain.verification import KeyInfo

DATA_NAME = "consolidation.json"
_TITLE = ("Сопровождение профессионального", "самоопределения обучающихся")
_NAMED = 320
"""Letters of names on the cover; all of them stand at the end."""
_ADDED = "числители и знаменатели организаций сложены, проценты не усредняются; у каждой суммы сказано, кого в ней нет."
_HIDES = f"скрытые организациями числа ({HIDDEN}) управлению неизвестны и ни в одну сумму не входят."


def consolidation_pdf(
    paper: ConsolidationPaper, data: bytes, stamp: KeyInfo | None = None, signed_at: datetime | None = None
) -> bytes:
    """Draw the whole paper, unsigned; ``stamp`` names the key it is going to be signed with, at ``signed_at``.

    Drawn twice: the first time to learn how many pages there are.
    """
    pages = _draw(paper, data, stamp, signed_at, 0).page
    return _draw(paper, data, stamp, signed_at, pages).finish()


def levels_pdf(paper: ConsolidationPaper) -> bytes:
    """Draw levels and stages alone: pages to look at on the screen."""
    return _parts(paper, consolidation_parts.levels, consolidation_parts.stages)


def trends_pdf(paper: ConsolidationPaper) -> bytes:
    """Draw the trends alone: pages to look at on the screen."""
    return _parts(paper, consolidation_parts.trends)


def _parts(paper: ConsolidationPaper, *parts: Part, total: int = 0) -> bytes:
    report = _report(paper, total)
    report.header()
    for part in parts:
        part(report, paper)
    return report.finish() if total else _parts(paper, *parts, total=report.page)


def _draw(
    paper: ConsolidationPaper, data: bytes, stamp: KeyInfo | None, signed_at: datetime | None, total: int
) -> Report:
    report = _report(paper, total)
    attachment.attach(report.sheet.canvas, DATA_NAME, data, "application/json", "The consolidation's data")
    _cover(report, paper)
    for part in consolidation_parts.PARTS:
        part(report, paper)
    stamps.signatures(report, stamp, signed_at, numbered=bool(paper.number))
    return report


def _report(paper: ConsolidationPaper, total: int) -> Report:
    whose = paper.organisation
    short = whose.short_name if whose else "Управление образования"
    named, dated = _named(paper), paper.made_at.date()
    return Report(
        f"{named} за {paper.span.title}, {short}",
        whose.full_name if whose else short,
        (short, bind(f"{named} за {paper.span.title}")),
        f"Составлено программой profdesk {day(dated)} Данные вложены в этот же файл"
        + (" и подписаны вместе с ним." if paper.number else "."),
        dated,
        total,
    )


def _named(paper: ConsolidationPaper) -> str:
    return f"Свод №{NBSP}{paper.number}" if paper.number else "Свод без номера"


def _cover(report: Report, paper: ConsolidationPaper) -> None:
    report.sheet.bookmark("Обложка")
    whose = paper.organisation
    cover.title(
        report,
        (whose.legal_form, quoted(whose.name)) if whose else ("Управление образования",),
        [whose.municipality] if whose and whose.municipality else [],
        _named(paper).upper(),
        _TITLE,
        f"за {paper.span.title}: {_sent(paper.made)}",
    )
    cover.verdicts(report, [line.state for line in paper.made.lines])
    for label, words in _facts(paper):
        cover.fact(report, label, words)


def _sent(made: Consolidation) -> str:
    count = len(made.summaries)
    if made.absent:
        return f"{count} из {plural.counted(count + len(made.absent), 'организации', 'организаций', 'организаций')}"
    return plural.counted(count, "организация", "организации", "организаций")


def _facts(paper: ConsolidationPaper) -> list[tuple[str, str]]:
    made, span = paper.made, paper.span
    pupils = made.total.pupils
    people = ", ".join(f"{level.title.lower()} — {_pupils(level.pupils)}" for level in made.levels)
    without = left_out_of(pupils)
    facts = [
        ("Период", f"{day(span.first_day)} — {day(span.last_day)}"),
        ("Прислали", _list([one.short_name for one in made.summaries])),
        ("Не прислали", _list([one.short_name for one in made.absent])),
        ("Контингент", f"{_pupils(pupils)} чел.: {people}{'; всего ' if without else ''}{without}"),
        ("Программа", f"«{made.programme_title}»"),
        ("Как сложено", _ADDED),
        ("Защита данных", f"имён, дат рождения и номеров обучающихся в файле нет; {_HIDES}"),
        ("Составлено", f"{day(paper.made_at.date())}, {paper.made_at:%H:%M}"),
        ("Подпись", "на последней странице; файл проверяет profdesk, страница «Проверка»"),
    ]
    if paper.replaces:
        facts.insert(1, ("Заменяет", f"свод № {paper.replaces.number}. Причина: {paper.replaces.reason.rstrip('.')}"))
    return [(label, words) for label, words in facts if words]


def _pupils(added: Count) -> str:
    return number(added.value) if added.told or not added.hidden else HIDDEN


def _list(names: Sequence[str]) -> str:
    """As many names as the cover has room for; how many more there are."""
    kept: list[str] = []
    for name in names:
        if kept and sum(map(len, kept)) + len(name) > _NAMED:
            more = plural.counted(len(names) - len(kept), "организация", "организации", "организаций")
            return f"{', '.join(kept)} и ещё {more}; все названы в конце"
        kept.append(name)
    return ", ".join(kept)

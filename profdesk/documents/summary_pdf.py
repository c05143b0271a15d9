"""The summary as a paper: cover, figures with rules, coverage, stages, what cannot be answered, signatures.

Its data is attached inside as JSON, so that both are signed together. ``docs/summary-data.md`` describes it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from profdesk.documents import attachment, fonts, marks, palette, summary_parts
from profdesk.documents.report import LEFT, RIGHT, ROOM, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import HIDDEN, NBSP, balanced, bind, day, fitted, quoted, told
from profdesk.domain import plural
from profdesk.domain.published import PublishedSummary
from profdesk.domain.summary import State
from profdesk.domain.verification import KeyInfo

DATA_NAME = "summary.json"
_STAMP = 54.0

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
    _signatures(report, summary, _stamp_rows(stamp, signed_at) if stamp else [])
    return report


def _named(summary: PublishedSummary) -> str:
    return f"Сводка №{NBSP}{summary.number}" if summary.number else "Сводка без номера"


def _cover(report: Report, summary: PublishedSummary) -> None:
    sheet = report.sheet
    sheet.bookmark("Обложка")
    form = balanced(summary.organisation.legal_form, fonts.TEXT, 9.6, 100 * MM)
    name = balanced(quoted(summary.organisation.name), fonts.TEXT, 9.6, 100 * MM)
    below = sheet.lines(LEFT, 22, [*form, *name], size=9.6, colour=palette.SECOND)
    right = ["В управление образования"]
    if summary.organisation.municipality:
        right += balanced(summary.organisation.municipality, fonts.TEXT, 9.6, 60 * MM)
    sheet.lines(RIGHT, 22, right, size=9.6, colour=palette.SECOND, align="right")
    top = max(below + 10, 52)
    sheet.box(LEFT, top, 3, 37, fill=palette.INK)
    kicker = _named(summary).upper()
    sheet.text(LEFT + 9, top + 5, kicker, face=fonts.BOLD, size=11, colour=palette.KICKER, tracking=1.2)
    sheet.lines(
        LEFT + 9,
        top + 15,
        ["Сопровождение профессионального", "самоопределения обучающихся"],
        face=fonts.SERIF,
        size=20,
        colour=palette.INK,
        leading=1.3,
    )
    sheet.text(LEFT + 9, top + 35, bind(f"за {summary.span.title}"), size=12)
    _totals(report, summary, top + 46)
    report.y = top + 84
    for label, words in _facts(summary):
        _fact(report, label, words)


def _totals(report: Report, summary: PublishedSummary, y: float) -> None:
    states = [figure.state for figure in summary.figures]
    wide = (ROOM - 6) / 3
    rest = sum(state in (State.NO_TARGET, State.NOBODY, State.HIDDEN) for state in states)
    for column, (state, count, words) in enumerate(
        (
            (State.REACHED, states.count(State.REACHED), ("достиг цели", "достигли цели")),
            (State.BELOW, states.count(State.BELOW), ("не достиг цели", "не достигли цели")),
            (
                State.NO_TARGET,
                rest,
                ("без цели", "без цели") if State.HIDDEN not in states else ("без итога", "без итога"),
            ),
        )
    ):
        x = LEFT + column * (wide + 3)
        report.sheet.box(x, y, wide, 27, stroke=palette.RULE, radius=2)
        marks.state(report.sheet, x + 10, y + 12, state, 6.6)
        report.sheet.text(x + 18, y + 15, str(count), face=fonts.BOLD, size=24)
        one, many = words
        told = plural.word(count, f"показатель {one}", f"показателя {many}", f"показателей {many}")
        report.sheet.text(x + 6, y + 22.5, told, size=8.8, colour=palette.SECOND)


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


def _fact(report: Report, label: str, words: str) -> None:
    sheet = report.sheet
    sheet.rule(LEFT, report.y, RIGHT, report.y, width=0.35)
    sheet.text(LEFT, report.y + 5.2, label, face=fonts.BOLD, size=9.5, colour=palette.INK)
    end = sheet.paragraph(LEFT + 42, report.y + 5.2, words, ROOM - 42, size=9.5)
    report.y = end - 1.2


def _signatures(report: Report, summary: PublishedSummary, stamp: list[tuple[str, str]]) -> None:
    report.need(_STAMP + 39)
    report.y += 4
    report.heading("Подписи")
    y, wide = report.y, 86.5
    for x in (LEFT, LEFT + wide + 5):
        report.sheet.box(x, y, wide, _STAMP, stroke=palette.INK, line=0.55, radius=2)
    _stamp(report, summary, stamp, LEFT + 5, y)
    report.sheet.text(LEFT + wide + 10, y + 8, "Вторая подпись", face=fonts.BOLD, size=9, colour=palette.INK)
    report.sheet.paragraph(
        LEFT + wide + 10,
        y + 14,
        "Место для подписи руководителя. Её можно добавить к этому файлу: первая подпись останется верной.",
        wide - 10,
        size=8.5,
        colour=palette.SECOND,
    )
    note = (
        "Подлинность доказывает не бумага, а файл: откройте его в profdesk на странице «Проверка». "
        "Подпись не является квалифицированной."
    )
    report.y = report.sheet.paragraph(LEFT, y + _STAMP + 7, note, ROOM, size=8, colour=palette.SECOND)


def _stamp_rows(stamp: KeyInfo, signed_at: datetime | None) -> list[tuple[str, str]]:
    rows = [
        ("Сертификат", f"{stamp.short_fingerprint} …"),
        ("Владелец", stamp.organisation),
        ("Ключ", stamp.holder),
        ("Действителен", f"с {stamp.valid_from:%d.%m.%Y} по {stamp.valid_until:%d.%m.%Y}"),
    ]
    if signed_at is not None:
        rows.append(("Подписано", f"{signed_at.astimezone():%d.%m.%Y %H:%M}"))
    return [*rows, ("Вид подписи", "усиленная неквалифицированная")]


def _stamp(report: Report, summary: PublishedSummary, rows: list[tuple[str, str]], x: float, y: float) -> None:
    title = ["ДОКУМЕНТ ПОДПИСАН", "ЭЛЕКТРОННОЙ ПОДПИСЬЮ"] if summary.number else ["НЕ ПОДПИСАН", "ПРЕДВАРИТЕЛЬНЫЙ ВИД"]
    below = report.sheet.lines(x, y + 8, title, face=fonts.BOLD, size=9, colour=palette.INK)
    for label, words in rows:
        report.sheet.text(x, below + 1.5, label, size=7.5, colour=palette.SECOND)
        _, lines = fitted(words, fonts.TEXT, (7.8,), 56 * MM, 2)
        below = report.sheet.lines(x + 22, below + 1.5, lines, size=7.8, leading=1.2)

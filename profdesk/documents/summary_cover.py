"""What a summary says of itself on the cover of the paper and on the first sheet of the workbook."""

from __future__ import annotations

from profdesk.documents.typography import HIDDEN, NBSP, day, told
from profdesk.domain.published import PublishedSummary
from profdesk.domain.summary import Replaced, rules_note

_PROTECTED = "имён, дат рождения и номеров обучающихся в файле нет, только суммы."
_OPEN = "в этом файле названы и числа меньше пяти: он только для школы, без подписи и без вложенных данных."
_HIDES = f"Знак {HIDDEN} стоит вместо чисел от одного до четырёх и тех, по которым их можно было бы вычислить."


def facts(summary: PublishedSummary) -> list[tuple[str, str]]:
    """Labels and words, in their order; of a correction first which summary it takes the place of."""
    people = ", ".join(f"{level.title.lower()} — {told(level.pupils)}" for level in summary.levels)
    total = told(summary.total.pupils)
    protected = _PROTECTED + (f" {_HIDES}" if summary.hides else "")
    return [
        *_correction(summary.replaces),
        ("Организация", summary.organisation.short_name),
        ("Период", _days(summary)),
        *([("Сравнение", _compared(summary, summary.before))] if summary.before else []),
        ("Контингент", f"{total} чел.: {people}" if people else "обучающихся нет"),
        (
            "Программа",
            f"«{summary.programme_title}», редакция файла {summary.programme_edition}",
        ),
        *([("Правила", rules_note(summary.span))] if rules_note(summary.span) else []),
        (
            "Показатели",
            f"посчитано {len(summary.figures)}, ещё {len(summary.unanswered)} без ответа и названы в конце",
        ),
        ("Защита данных", protected if summary.scope.whole else _OPEN),
        ("Посчитано", f"{day(summary.counted_at.date())}, {summary.counted_at:%H:%M}"),
    ]


def _days(summary: PublishedSummary) -> str:
    _, last = summary.span.days_until(summary.counted_at.date())
    whole = f"{day(summary.span.first_day)} — {day(summary.span.last_day)}"
    stood = "выбор, кадры и договоры" if summary.scope.whole else "выбор"
    return f"{whole}; {stood} — на {day(last)}"


def _correction(replaces: Replaced | None) -> list[tuple[str, str]]:
    if replaces is None:
        return []
    reason = f" Причина: {replaces.reason.rstrip('.')}." if replaces.reason else ""
    return [("Исправление", f"Заменяет сводку №{NBSP}{replaces.number}.{reason}")]


def _compared(summary: PublishedSummary, before: PublishedSummary) -> str:
    words = f"с показателями за {before.span.title}, по тем же правилам"
    goes_on = summary.counted_at.date() < summary.span.last_day
    return f"{words}; этот период ещё не кончился" if goes_on else words

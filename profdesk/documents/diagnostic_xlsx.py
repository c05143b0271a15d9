"""A session as a workbook for the psychologist: answers, raw scores, states; no text ever becomes a formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO

from openpyxl import Workbook

from profdesk.documents import xlsx
from profdesk.documents.xlsx import Value
from profdesk.domain.diagnostic_papers import SessionFacts
from profdesk.domain.instrument import Kind
from profdesk.domain.results import Result, leading_words

_PUPIL = ("№", "Обучающийся", "Класс")
_WIDTHS = (5, 40, 12)


def workbook(facts: SessionFacts, dated: date) -> bytes:
    """Write four sheets; equal facts give equal tables."""
    instrument = facts.result.instrument
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = f"{instrument.short}, {facts.result.view.session.held_on:%d.%m.%Y}"
    book.properties.creator = facts.organisation.short_name
    book.properties.created = book.properties.modified = datetime.combine(dated, datetime.min.time())
    _answers(book, facts)
    _scores(book, facts)
    _states(book, facts)
    _about(book, facts)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _answers(book: Workbook, facts: SessionFacts) -> None:
    """As they were given: letters as the sheet prints them, an empty cell for no answer."""
    instrument = facts.result.instrument
    items = range(1, instrument.items + 1)
    labels = {option.code: option.label for option in instrument.answering.options}
    lettered = instrument.kind is Kind.CHOICE

    def given(result: Result, item: int) -> Value:
        words = result.sheet.answers.get(item)
        return labels[words] if lettered and words is not None else words

    rows = [(*_pupil(facts, result), *(given(result, item) for item in items)) for result in facts.result.results]
    wide = 40 if instrument.kind is Kind.RECORD else 7
    xlsx.add_table(book, "Ответы", (*_PUPIL, *map(str, items)), rows, (*_WIDTHS, *(wide for _ in items)))


def _scores(book: Workbook, facts: SessionFacts) -> None:
    """Raw scores, empty where too little is answered; of a ranking the ranks, of a matrix the choices."""
    instrument = facts.result.instrument
    if instrument.kind in (Kind.MATRIX, Kind.RECORD, Kind.RANKING):
        head: tuple[str, ...] = ("Результат",)
        rows = [(*_pupil(facts, one), _leading(facts, one)) for one in facts.result.results]
        widths: tuple[int, ...] = (80,)
    else:
        head = tuple(scale.title for scale in instrument.scales)
        rows = [(*_pupil(facts, result), *_raw(result)) for result in facts.result.results]
        widths = tuple(16 for _ in head)
    xlsx.add_table(book, "Сырые баллы", (*_PUPIL, *head), rows, (*_WIDTHS, *widths))


def _raw(result: Result) -> Sequence[Value]:
    return [_number(score.raw) if result.answered else None for score in result.outcome.scores]


def _number(raw: Fraction | None) -> Value:
    if raw is None:
        return None
    return int(raw) if raw.denominator == 1 else round(float(raw), 2)


def _states(book: Workbook, facts: SessionFacts) -> None:
    head = (*_PUPIL, "Бланк", "Без ответа", "Прочерков", "Почему сомнительный", "Как введён", "Ведущее")
    rows = [
        (
            *_pupil(facts, result),
            result.state.label,
            len(result.outcome.missing) if result.answered else None,
            result.outcome.dashes if result.answered else None,
            result.sheet.doubtful or None,
            result.sheet.mode.label if result.sheet.mode else None,
            _leading(facts, result),
        )
        for result in facts.result.results
    ]
    xlsx.add_table(book, "Состояния", head, rows, (*_WIDTHS, 16, 12, 12, 40, 16, 60))


def _leading(facts: SessionFacts, result: Result) -> Value:
    return leading_words(result.outcome, facts.result.wording) if result.answered else None


def _about(book: Workbook, facts: SessionFacts) -> None:
    instrument, session = facts.result.instrument, facts.result.view.session
    rows: list[tuple[Value, ...]] = [
        ("Методика", instrument.title),
        ("Версия файла методики", instrument.version),
        ("Ключ", instrument.key_title),
        ("Достоверность", instrument.caution or instrument.confidence.label),
        ("Как читать", instrument.reading),
        ("О границах", instrument.bands_note),
        ("Класс", session.group_title),
        ("Дата", f"{session.held_on:%d.%m.%Y}"),
        ("Место", session.place),
        ("Кто проводит", facts.held_by),
    ]
    xlsx.add_table(book, "Сеанс", ("Что", "Сведения"), [row for row in rows if row[1]], (26, 90))


def _pupil(facts: SessionFacts, result: Result) -> tuple[Value, ...]:
    return (result.sheet.number, result.pupil.name.full, facts.group_words(result.pupil))

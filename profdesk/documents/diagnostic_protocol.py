"""The protocol of a diagnostic session: by what, when, where, who was there and what came of each sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from profdesk.documents import fonts, marks, palette, psychologist
from profdesk.documents.report import LEFT, RIGHT, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import day, fitted, wrap
from profdesk.domain.diagnostic_papers import SessionFacts
from profdesk.domain.diagnostics import SheetMode, SheetState
from profdesk.domain.questions import Wording
from profdesk.domain.results import Result, leading_words

_VALUE = LEFT + 34
_NAME, _MARK, _STATE, _COUNT, _NOTE = LEFT + 9, LEFT + 76, LEFT + 79, LEFT + 111, LEFT + 115
_NAME_ROOM, _NOTE_ROOM = 63.0, RIGHT - _NOTE
_SIZE, _SMALL = 9.5, 8.5
_ROW, _STEP = 5.9, 3.9
_FIVE = 5
_ITEMS = 8


def protocol(facts: SessionFacts, dated: date) -> bytes:
    """Draw two passes, the first to know how many pages there are."""
    pages = _draw(facts, dated, 0).page
    return _draw(facts, dated, pages).finish()


def _draw(facts: SessionFacts, dated: date, total: int) -> Report:
    report = psychologist.paper(facts, "Протокол сеанса диагностики", dated, total)
    for label, words in _about(facts):
        _fact(report, label, words)
    report.y += 2
    psychologist.counts(report, facts)
    if not facts.result.results:
        report.paragraph("В сеансе нет ни одного бланка.")
    else:
        _table(report, facts)
    _signature(report, facts)
    return report


def _about(facts: SessionFacts) -> Sequence[tuple[str, str]]:
    instrument, session = facts.result.instrument, facts.result.view.session
    key = f", {instrument.key_title}" if instrument.key_title else ""
    when = ", ".join(filter(None, (session.group_title, day(session.held_on), session.place)))
    rows = [
        ("Методика", f"{instrument.title}, версия {instrument.version}{key}"),
        ("Авторы", instrument.authors),
        ("Надёжность ключа", instrument.caution or f"{instrument.confidence.label.capitalize()}."),
        ("Класс, дата, место", when),
        ("Кто проводит", facts.held_by),
        ("Способ", "; ".join(filter(None, (_ways(facts), _second(facts))))),
    ]
    return [(label, words) for label, words in rows if words]


def _ways(facts: SessionFacts) -> str:
    """«на бумаге — 23, на компьютере — 2»."""
    modes = [result.sheet.mode for result in facts.result.results if result.answered]
    return ", ".join(f"{mode.label} — {modes.count(mode)}" for mode in SheetMode if mode in modes)


def _second(facts: SessionFacts) -> str:
    sheets = [result.sheet for result in facts.result.results if result.sheet.second]
    if not sheets:
        return ""
    differing = sum(len(sheet.differences()) for sheet in sheets)
    return f"второй ввод: бланков — {len(sheets)}, расхождений с первым — {differing}"


def _fact(report: Report, label: str, words: str) -> None:
    lines = wrap(words, fonts.TEXT, _SIZE, (RIGHT - _VALUE) * MM)
    report.need(len(lines) * 4.4 + 2)
    report.sheet.text(LEFT, report.y + 3.4, label, face=fonts.BOLD, size=_SIZE, colour=palette.INK)
    end = report.sheet.lines(_VALUE, report.y + 3.4, lines, size=_SIZE)
    report.y = end - 3.4 + 0.8


def _table(report: Report, facts: SessionFacts) -> None:
    _head(report)
    for number, result in enumerate(facts.result.results, 1):
        group = f", {result.group_title}" if facts.result.has_several_groups and result.group_title else ""
        name = fitted(result.pupil.name.full + group, fonts.TEXT, (_SIZE, 9, 8.5, 8), _NAME_ROOM * MM, 2)
        note = wrap(_note(result, facts.result.wording), fonts.TEXT, _SMALL, _NOTE_ROOM * MM)
        high = _ROW + _STEP * (max(len(name[1]), len(note), 1) - 1)
        if report.need(high):
            _head(report)
        _row(report, number, result, name, note)
        report.y += high
        if number % _FIVE:
            report.row_rule()
        else:
            report.sheet.rule(LEFT, report.y, RIGHT, report.y, colour=palette.INK, width=0.6)


def _head(report: Report) -> None:
    report.table_head(
        [
            (_NAME - 3, "№", "right"),
            (_NAME, "Обучающийся", "left"),
            (_MARK - 1.6, "Бланк", "left"),
            (_COUNT, "Пропуски", "right"),
            (_NOTE, "Ведущее; примечание", "left"),
        ]
    )


def _row(report: Report, number: int, result: Result, name: tuple[float, Sequence[str]], note: Sequence[str]) -> None:
    sheet, base = report.sheet, report.y + 4.2
    sheet.text(_NAME - 3, base, str(number), size=_SMALL, colour=palette.SECOND, align="right")
    sheet.lines(_NAME, base, name[1], size=name[0], leading=_STEP * MM / name[0])
    marks.sheet_state(sheet, _MARK, base - 1.2, result.state)
    odd = result.state in (SheetState.INCOMPLETE, SheetState.DOUBTFUL)
    sheet.text(_STATE, base, result.state.label, face=fonts.BOLD if odd else fonts.TEXT, size=_SIZE)
    count = str(len(result.outcome.missing)) if result.answered else "—"
    sheet.text(_COUNT, base, count, size=_SIZE, align="right")
    sheet.lines(_NOTE, base, note, size=_SMALL, leading=_STEP * MM / _SMALL)


def _note(result: Result, wording: Wording) -> str:
    """Why a sheet does not count, then what leads on it."""
    if not result.answered:
        return ""
    parts = [result.sheet.doubtful]
    missing = result.outcome.missing
    if missing and result.state is SheetState.INCOMPLETE:
        more = f" и ещё {len(missing) - _ITEMS}" if len(missing) > _ITEMS else ""
        word = "вопрос" if len(missing) == 1 else "вопросы"
        parts.append(f"без ответа {word} {', '.join(map(str, missing[:_ITEMS]))}{more}")
    parts.append(leading_words(result.outcome, wording))
    return "; ".join(filter(None, parts))


def _signature(report: Report, facts: SessionFacts) -> None:
    report.need(14)
    y = report.y + 11
    sheet = report.sheet
    sheet.text(LEFT, y, "Педагог-психолог", size=10)
    sheet.rule(LEFT + 36, y + 0.6, LEFT + 84, y + 0.6, colour=palette.TEXT, width=0.6)
    if facts.held_by:
        size, (line, *_) = fitted(facts.held_by, fonts.TEXT, (10, 9, 8), 56 * MM, 1)
        sheet.text(LEFT + 87, y, line, size=size)
    sheet.text(RIGHT, y, day(facts.result.view.session.held_on), size=10, align="right")
    report.y = y + 6

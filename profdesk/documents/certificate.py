"""The portfolio certificate: a landscape sheet with the owner at left, the drawing and the list.

Counts come from the facts: ten values get the flower, fifteen the steps, other numbers the wheel with
the list; a level above the wheel's own (graduates) gets the list alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from profdesk.documents import drawing, fonts, palette
from profdesk.documents.sheet import LANDSCAPE, MM, Sheet
from profdesk.documents.typography import NBSP, SOFT, balanced, bind, day, fitted, wrap
from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.programme import Competency
from profdesk.domain.progress import Progress, silent

_PANEL = (10.0, 10.0, 103.0, 190.0)
_LEFT, _ROOM = 21.0, 85.0
_BODY, _BODY_ROOM = 122.0, 165.0
_NOT_ASSESSED = "не оценено"
_NAME_SIZES = (25, 22, 20, 18, 16, 15, 14, 13, 12, 11, 10)
_FLOWER, _STEPS = 10, 15
_LIST_SIZE = 9.4
_LIST_LINE = _LIST_SIZE * 1.24 / MM
_STRICT = "secondary"

Body = Callable[[Sheet, CertificateFacts], None]


def certificates(facts: Sequence[CertificateFacts], progress: Progress = silent) -> bytes:
    """Draw a page for each pupil into one PDF, with a bookmark for each."""
    first = facts[0]
    title = f"Сертификаты портфолио, {first.group}" if len(facts) > 1 else "Сертификат портфолио"
    sheet = Sheet(LANDSCAPE, title, first.organisation.full_name, first.issued_on)
    for number, one in enumerate(facts):
        progress(number, len(facts))
        sheet.bookmark(one.pupil.full, f"pupil-{number}")
        _page(sheet, one)
        sheet.next_page()
    progress(len(facts), len(facts))
    return sheet.finish()


def _page(sheet: Sheet, facts: CertificateFacts) -> None:
    _owner(sheet, facts)
    _foot(sheet, facts)
    _body(facts)(sheet, facts)


def _body(facts: CertificateFacts) -> Body:
    count = len(facts.competencies.items)
    if count == _FLOWER:
        return _flower
    if count == _STEPS:
        return _step_grid
    return _list_alone if facts.level.code == _STRICT else _wheel_and_list


def _owner(sheet: Sheet, facts: CertificateFacts) -> None:
    x, y, width, height = _PANEL
    sheet.box(x, y, width, height, fill=palette.PANEL)
    sheet.box(x, y, 3, height, fill=palette.INK)
    at = _organisation(sheet, facts)
    at = max(at + 8, 45)
    sheet.text(_LEFT, at, "СЕРТИФИКАТ", face=fonts.BOLD, size=11.5, colour=palette.KICKER, tracking=1.6)
    at = sheet.lines(
        _LEFT,
        at + 11.5,
        ["Профессиональное", "портфолио"],
        face=fonts.SERIF,
        size=25,
        colour=palette.INK,
        leading=1.18,
    )
    sheet.text(_LEFT, at + 1, "Владелец портфолио", size=10, colour=palette.SECOND)
    size, lines = fitted(_breakable(facts.pupil.full), fonts.SERIF, _NAME_SIZES, _ROOM * MM, 3)
    at = sheet.lines(_LEFT, at + 10.5, lines, face=fonts.SERIF, size=size, leading=1.2)
    at += 0.5
    at = sheet.paragraph(_LEFT, at + 0.8, _group(facts.group), _ROOM, size=11.5)
    sheet.text(_LEFT, at + 0.6, bind(f"{facts.year.title} учебный год"), size=11.5)


def _organisation(sheet: Sheet, facts: CertificateFacts) -> float:
    form = balanced(facts.organisation.legal_form, fonts.TEXT, 9.2, _ROOM * MM)
    name = balanced(f"«{facts.organisation.name}»", fonts.TEXT, 9.2, _ROOM * MM)
    return sheet.lines(_LEFT, 20.5, [*form, *name], size=9.2, colour=palette.SECOND)


def _foot(sheet: Sheet, facts: CertificateFacts) -> None:
    right = _LEFT + _ROOM
    y = 138.0
    for signatory in facts.signatories:
        sheet.text(_LEFT, y, signatory.post, size=9.4, colour=palette.SECOND)
        name = _initials(signatory.name)
        used = fonts.width(name, fonts.TEXT, 9.8) / MM
        sheet.rule(_LEFT, y + 7, right - (used + 3 if name else 0), y + 7, colour=palette.TEXT, width=0.5)
        if name:
            sheet.text(right, y + 6.6, name, size=9.8, align="right")
        y += 14.5
    sheet.circle(right - 15, 181, 14.5, stroke=palette.RULE, line=0.5, dash=(2, 2))
    sheet.text(right - 15, 182.2, f"М.{NBSP}П.", size=9, colour=palette.SECOND, align="centre")
    number = f"Сертификат №{NBSP}{facts.number}" if facts.number else "Образец без номера"
    sheet.text(_LEFT, 174, number, face=fonts.BOLD, size=10)
    sheet.text(_LEFT, 179.4, f"Выдан {day(facts.issued_on)}", size=9.4)
    sheet.paragraph(
        _LEFT,
        187,
        "Файл сертификата заверен ключом организации: profdesk, «Проверка».",
        50,
        size=7.5,
        colour=palette.SECOND,
    )


def _flower(sheet: Sheet, facts: CertificateFacts) -> None:
    top = facts.scale[-1].value
    entries = [
        (item.title, stage, _word(facts, stage))
        for item, stage in zip(facts.competencies.items, facts.stages, strict=True)
    ]
    middle = _BODY + _BODY_ROOM / 2
    drawing.petals(sheet, middle, 98, 46, entries, top)
    note = "Чем длиннее лепесток и чем больше на нём зёрнышек, тем увереннее проявляется качество."
    sheet.text(middle, 186, bind(note), face=fonts.ITALIC, size=9, colour=palette.SECOND, align="centre")


def _step_grid(sheet: Sheet, facts: CertificateFacts) -> None:
    stages = dict(zip((item.code for item in facts.competencies.items), facts.stages, strict=True))
    columns: list[tuple[str, list[tuple[str, int | None]]]] = []
    for part in facts.competencies.parts:
        for start in range(0, len(part.items), 5):
            chunk = part.items[start : start + 5]
            columns.append((part.title, [(item.title, stages[item.code]) for item in chunk]))
    sheet.text(_BODY, 26, f"{len(stages)} компетенций", face=fonts.BOLD, size=13, colour=palette.INK)
    drawing.step_grid(sheet, _BODY, 48, _BODY_ROOM, columns, facts.scale[-1].value, 24)
    _step_legend(sheet, facts, 184)


def _step_legend(sheet: Sheet, facts: CertificateFacts, y: float) -> None:
    top = facts.scale[-1].value
    entries: list[tuple[int | None, str]] = [(stage.value, stage.print_title) for stage in facts.scale]
    if None in facts.stages:
        entries.append((None, _NOT_ASSESSED))
    widths = [10.2 + fonts.width(word, fonts.TEXT, 7.8) / MM for _, word in entries]
    gap = min(9.0, (_BODY_ROOM - sum(widths)) / (len(entries) - 1))
    left = _BODY
    for (stage, word), wide in zip(entries, widths, strict=True):
        drawing.cells(sheet, left, y - 2.4, stage, top, width=8.6)
        sheet.text(left + 10.2, y, word, size=7.8, colour=palette.SECOND)
        left += wide + gap


def _wheel_and_list(sheet: Sheet, facts: CertificateFacts) -> None:
    middle = _BODY + 36
    top = facts.scale[-1].value
    count = len(facts.stages)
    words = f"{count} компетенций"
    sheet.text(middle, 29, words, face=fonts.BOLD, size=11.5, colour=palette.INK, align="centre")
    drawing.wheel(sheet, middle, 79, 37, facts.stages, top)
    _count_table(sheet, facts, _BODY + 5.5, 143)
    items = facts.competencies.items
    _list(sheet, facts, items, (_BODY + 83, 18.0), 82.0, _padding(items, 82.0, 174.0))


def _count_table(sheet: Sheet, facts: CertificateFacts, x: float, y: float) -> None:
    top = facts.scale[-1].value
    rows: list[tuple[int | None, str]] = [(stage.value, stage.print_title) for stage in reversed(facts.scale)]
    if None in facts.stages:
        rows.append((None, _NOT_ASSESSED))
    for stage, word in rows:
        drawing.cells(sheet, x, y - 2.5, stage, top)
        sheet.text(x + 17.5, y, word, size=9.4, colour=palette.SECOND)
        count = sum(one == stage for one in facts.stages)
        sheet.text(x + 61, y, str(count), face=fonts.BOLD, size=9.8, align="right")
        y += 7.2


def _list_alone(sheet: Sheet, facts: CertificateFacts) -> None:
    items = facts.competencies.items
    sheet.text(_BODY, 25, f"{len(items)} компетенций", face=fonts.BOLD, size=13, colour=palette.INK)
    half = (len(items) + 1) // 2
    wide = (_BODY_ROOM - 9) / 2
    pad = min(_padding(items[:half], wide, 142), _padding(items[half:], wide, 142))
    _list(sheet, facts, items[:half], (_BODY, 31.0), wide, pad)
    _list(sheet, facts, items[half:], (_BODY + wide + 9, 31.0), wide, pad)
    _step_legend(sheet, facts, 184)


def _broken(item: Competency, width: float) -> list[str]:
    return wrap(item.title, fonts.TEXT, _LIST_SIZE, (width - 24) * MM)


def _padding(items: Sequence[Competency], width: float, height: float) -> float:
    """Air above and below each row of a list that is to fill the height."""
    text = sum(len(_broken(item, width)) * _LIST_LINE for item in items)
    return min(4.6, max(1.0, (height - text) / len(items) / 2))


def _list(
    sheet: Sheet,
    facts: CertificateFacts,
    items: Sequence[Competency],
    at: tuple[float, float],
    width: float,
    pad: float,
) -> None:
    """Rows of number, name and cells, with a rule between them."""
    x, y = at
    numbers = {item.code: number for number, item in enumerate(facts.competencies.items)}
    for item in items:
        number, lines = numbers[item.code], _broken(item, width)
        base = y + pad + 3.1
        sheet.text(x + 5, base, str(number + 1), face=fonts.BOLD, size=9.4, colour=palette.INK, align="right")
        sheet.lines(x + 8, base, lines, size=_LIST_SIZE, leading=1.24)
        drawing.cells(sheet, x + width - 13.4, base - 2.6, facts.stages[number], facts.scale[-1].value)
        y += len(lines) * _LIST_LINE + 2 * pad
        if item is not items[-1]:
            sheet.rule(x, y, x + width, y, width=0.35)


def _breakable(name: str) -> str:
    """A double surname may part after its own hyphen, where a line ends."""
    return name.replace("-", f"-{SOFT}")


def _group(title: str) -> str:
    """«7 «А» класс»; a kindergarten group has its own title."""
    return title if title.endswith("класс") or not title[:1].isdigit() else f"{title} класс"


def _word(facts: CertificateFacts, stage: int | None) -> str:
    for one in facts.scale:
        if one.value == stage:
            return one.print_title
    return _NOT_ASSESSED


def _initials(name: str) -> str:
    """«Е. В. Соколова» from «Соколова Елена Владимировна»; a name in another form stays as it is."""
    parts = name.split()
    if len(parts) < 2 or "." in name:
        return name
    return NBSP.join([*(f"{part[0]}." for part in parts[1:3]), parts[0]])

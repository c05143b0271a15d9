"""The facts for a pupil's choice side by side on one A4 sheet, with room for what the talk comes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product

from profdesk.documents import fonts, palette
from profdesk.documents.report import LEFT, RIGHT, ROOM, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import bind, cut, day, fitted, wrap
from profdesk.domain import choice_facts
from profdesk.domain.choice_facts import Fact, Facts, Line
from profdesk.domain.choices import Standing
from profdesk.domain.organisation import Organisation
from profdesk.domain.registers_of_pupils import PROFESSION_CHOICES, PROFILE_CHOICES, PROFILE_STUDIES

_GAP = 8.0
_COLUMN = (ROOM - _GAP) / 2
_SIZES = (9.2, 8.7, 8.2, 7.8, 7.5)
_MOST = ((6, 14), (4, 9), (3, 6), (2, 4), (2, 2))
"""How many lines of a fact are told, and over how many lines of paper each may go: a conclusion may be long."""
_FOOT = 222.0
_LEADING = 1.3
_COLUMNS = (("portfolio", "trials", "practice", "before"), ("released", "wish", "achievements"))
_UNKNOWN = "?"

_Printed = tuple[str, str, float, bool]
"""A line of a column: its words, its face, its size and whether it is said in a quieter colour; no words: a gap."""


def choice_sheet(found: Facts, told: Sequence[Fact], organisation: Organisation, dated: date) -> bytes:
    """Draw the sheet; long texts are set smaller, then shortened, so that it stays one page."""
    name = found.card.pupil.name.full
    foot = f"Составлено программой profdesk {day(dated)} Лист содержит сведения о ребёнке: храните его как журнал."
    report = Report(
        f"Факты для выбора: {name}", organisation.full_name, (name, organisation.short_name), foot, dated, 1
    )
    report.y = 16
    sheet = report.sheet
    sheet.text(LEFT, report.y + 1, "Выбор: факты рядом", size=10, colour=palette.SECOND)
    size, lines = fitted(name, fonts.BOLD, (18, 16, 14, 12), ROOM * MM, 2)
    report.y = sheet.lines(LEFT, report.y + 9, lines, face=fonts.BOLD, size=size, colour=palette.INK)
    about = f"{choice_facts.about(found, dated)}. {organisation.full_name}"
    report.y = sheet.paragraph(LEFT, report.y - 1, bind(about), ROOM, size=9.5, colour=palette.SECOND) + 2
    _now(report, found)
    _columns(report, told)
    _talk(report)
    return report.finish()


def _now(report: Report, found: Facts) -> None:
    """What stands by now, in a line for each kind of choice that was made."""
    made = [one for one in (PROFILE_CHOICES, PROFILE_STUDIES, PROFESSION_CHOICES) if found.choices.now(one)]
    for register in made:
        standing = found.choices.standing(register)
        about = "выбор " if standing in (Standing.OPEN, Standing.CONSCIOUS) else ""
        words = f"{choice_facts.headline(found, register)} ({about}{standing.label})"
        report.paragraph(_clean(words), face=fonts.BOLD, size=10.5)
        for line in choice_facts.choice_lines(found, register):
            for words, size in ((line.words, 9.5), (line.second, 8.2)):
                for part in _cut(words, size, ROOM, 2):
                    report.paragraph(part, size=size)
                    report.y -= 1.4
        report.y += 2.4


def _columns(report: Report, told: Sequence[Fact]) -> None:
    """Both columns at the largest size at which they fit; where none is small enough, with fewer lines."""
    known = {fact.code: fact for fact in told}
    room = _FOOT - report.y - 4
    facts = [[known[code] for code in codes if code in known] for codes in _COLUMNS]
    for (most, longest), size in product(_MOST, _SIZES):
        columns = [[*_printed(one, size, most, longest)] for one in facts]
        if max(map(_height, columns)) <= room:
            break
    report.sheet.rule(LEFT, report.y + 1, RIGHT, report.y + 1)
    for number, column in enumerate(columns):
        y, x = report.y + 7, LEFT + number * (_COLUMN + _GAP)
        for words, face, points, quiet in column:
            if y > _FOOT - 1:
                break
            if words:
                colour = palette.SECOND if quiet else palette.INK if face == fonts.BOLD else palette.TEXT
                report.sheet.text(x, y, words, face=face, size=points, colour=colour)
            y += points * _LEADING / MM


def _printed(facts: Sequence[Fact], size: float, most: int, longest: int) -> Iterator[_Printed]:
    for fact in facts:
        yield fact.title, fonts.BOLD, size + 1.3, False
        for line in choice_facts.few(fact.lines, most) or (Line("", _on_paper(fact)),):
            for part in _cut(line.words, size, _COLUMN, longest):
                yield part, fonts.TEXT, size, False
            for part in _cut(line.second, size - 0.7, _COLUMN, min(3, longest)):
                yield part, fonts.TEXT, size - 0.7, True
            yield "", fonts.TEXT, size * 0.3, False
        yield "", fonts.TEXT, size * 0.7, False


def _on_paper(fact: Fact) -> str:
    """That there is nothing, without what to press for it."""
    return fact.missing.split(".", maxsplit=1)[0] + "."


def _talk(report: Report) -> None:
    """Ruled room for what is said and decided, and for who was there."""
    sheet, y = report.sheet, _FOOT
    sheet.rule(LEFT, y, RIGHT, y, colour=palette.INK, width=0.8)
    for words, lines in (("Чего хочет ученик", 1), ("Что решили и почему", 2), ("Запасной вариант", 1)):
        y += 7.5
        sheet.text(LEFT, y, words, face=fonts.BOLD, size=9, colour=palette.INK)
        sheet.rule(LEFT + 40, y + 0.8, RIGHT, y + 0.8)
        for _ in range(lines - 1):
            y += 7.5
            sheet.rule(LEFT, y + 0.8, RIGHT, y + 0.8)
    y += 12
    width = (ROOM - 3 * _GAP) / 4
    for number, who in enumerate(("Ученик", "Родитель", "Классный руководитель", "Дата")):
        x = LEFT + number * (width + _GAP)
        sheet.rule(x, y, x + width, y)
        sheet.text(x, y + 3.6, who, size=7.8, colour=palette.SECOND)


def _cut(words: str, size: float, room: float, most: int) -> list[str]:
    """Words in lines, no more than ``most`` of them; what is left out is told by «…»."""
    lines = [part for line in words.splitlines() for part in wrap(_clean(line), fonts.TEXT, size, room * MM)]
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], cut(f"{lines[most - 1]}…", fonts.TEXT, size, room * MM)]


def _clean(words: str) -> str:
    """What people type may hold letters that the fonts lack."""
    known = bind(words)
    return known.translate({ord(letter): _UNKNOWN for letter in fonts.missing(known, fonts.TEXT)})


def _height(column: Sequence[_Printed]) -> float:
    return sum(size * _LEADING / MM for _, _, size, _ in column) + 7

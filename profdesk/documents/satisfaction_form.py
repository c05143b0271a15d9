"""The form that parents fill in after an activity: two or four on a sheet, to be cut apart along dashed lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from profdesk.documents import fonts, palette
from profdesk.documents.sheet import MM, PORTRAIT, Sheet
from profdesk.documents.typography import bind, day, fitted, wrap
from profdesk.domain.activities import ActivityEntry
from profdesk.domain.satisfaction import Form
from profdesk.domain.wording import quoted

_EDGE = 7.0
"""Where the lines to cut along end, so that nothing is printed at the edge."""


@dataclass(frozen=True)
class _Size:
    """Measures of a form by how many stand on a sheet, in millimetres and points."""

    across: int
    margin: float
    top: float
    title: float
    text: float
    small: float
    box: float
    between: float

    @property
    def width(self) -> float:
        return PORTRAIT[0] / self.across

    @property
    def room(self) -> float:
        return self.width - 2 * self.margin


_HALF = _Size(across=1, margin=20, top=15, title=17, text=11.5, small=9, box=5.2, between=4.2)
_QUARTER = _Size(across=2, margin=11, top=12, title=12.5, text=9.5, small=7.5, box=4.2, between=2.6)
_HIGH = PORTRAIT[1] / 2
_NEAR, _WIDEST_GAP = 1.6, 18.0


def satisfaction_form(form: Form, school: str, entry: ActivityEntry, *, four: bool) -> bytes:
    """Draw a sheet; the forms on it are all alike."""
    size = _QUARTER if four else _HALF
    title = f"{form.title}: {entry.title}"
    sheet = Sheet(PORTRAIT, title, school, entry.last_day)
    _cuts(sheet, size)
    for number in range(2 * size.across):
        left, top = number % size.across * size.width, number // size.across * _HIGH
        _one(sheet, size, left + size.margin, top, form, school, entry)
    sheet.next_page()
    return sheet.finish()


def _cuts(sheet: Sheet, size: _Size) -> None:
    dash = (3.0, 2.4)
    middle = PORTRAIT[0] / 2
    sheet.path(((_EDGE, _HIGH), (PORTRAIT[0] - _EDGE, _HIGH)), stroke=palette.SECOND, closed=False, dash=dash)
    if size.across > 1:
        sheet.path(((middle, _EDGE), (middle, PORTRAIT[1] - _EDGE)), stroke=palette.SECOND, closed=False, dash=dash)


def _one(sheet: Sheet, size: _Size, x: float, top: float, form: Form, school: str, entry: ActivityEntry) -> None:
    y = _head(sheet, size, x, top, form, school, entry)
    for question in form.questions:
        y = _question(sheet, size, x, y, question.text, [one.title for one in form.answers])
    sheet.text(x, y + 1, bind(form.words), size=size.small, colour=palette.SECOND)
    y += 1 + 7.5
    while y <= top + _HIGH - 11:
        sheet.rule(x, y, x + size.room, y, colour=palette.RULE, width=0.5)
        y += 7.5


def _head(sheet: Sheet, size: _Size, x: float, top: float, form: Form, school: str, entry: ActivityEntry) -> float:
    """School, title, what it was and when; gives where the questions begin."""
    y, line = top + size.top, size.small * 1.3 / MM
    when = _days(entry.begins_on, entry.last_day)
    small, (name, *_) = fitted(school, fonts.TEXT, (size.small, size.small - 0.5), size.room * MM * 0.55, 1)
    sheet.text(x, y, name, size=small, colour=palette.SECOND)
    sheet.text(x + size.room, y, when, size=size.small, colour=palette.SECOND, align="right")
    sheet.rule(x, y + 1.8, x + size.room, y + 1.8)
    y += 4 + size.title / MM
    what = bind(quoted(entry.title) if "«" not in entry.title else entry.title)
    sheet.text(x, y, form.title, face=fonts.BOLD, size=size.title, colour=palette.INK)
    y += size.title * 1.15 / MM
    big, lines = fitted(what, fonts.BOLD, (size.text, size.text - 0.7, size.text - 1.4), size.room * MM, 3)
    y = sheet.lines(x, y, lines, face=fonts.BOLD, size=big)
    y += line * 0.1
    return sheet.lines(x, y, wrap(bind(form.lead), fonts.TEXT, size.small, size.room * MM), size=size.small,
                       colour=palette.SECOND) + size.between  # fmt: skip


def _question(sheet: Sheet, size: _Size, x: float, y: float, words: str, answers: list[str]) -> float:
    """The question, and below it a box for each answer; gives where the next one begins."""
    lines = wrap(bind(words), fonts.TEXT, size.text, size.room * MM)
    y = sheet.lines(x, y, lines, size=size.text) - size.text * 0.3 / MM
    wide = [size.box + _NEAR + fonts.width(answer, fonts.TEXT, size.text - 0.5) / MM for answer in answers]
    gap = min(_WIDEST_GAP, (size.room - sum(wide)) / (len(answers) - 1))
    middle = y + size.box / 2 + size.text * 0.36 / MM / 2 + 0.35
    for answer, step in zip(answers, wide, strict=True):
        sheet.box(x, y, size.box, size.box, stroke=palette.TEXT, line=0.8, radius=0.7)
        sheet.text(x + size.box + _NEAR, middle, answer, size=size.text - 0.5)
        x += step + gap
    return y + size.box + size.text / MM + size.between


def _days(first: date, last: date) -> str:
    return day(first) if first == last else f"{day(first)} – {day(last)}"

"""A child's route on paper, for the child and the parents: to be read, ticked, written on and signed."""

from __future__ import annotations

import math
from collections.abc import Sequence

from profdesk.documents import fonts, marks, palette
from profdesk.documents.report import LEFT, RIGHT, ROOM, Report
from profdesk.documents.sheet import MM, Sheet
from profdesk.documents.typography import bind, day, fitted, wrap
from profdesk.domain import route_words
from profdesk.domain.route import LineKind, LineState, RouteLine
from profdesk.domain.route_paper import RoutePaper

_SIZE, _SMALL = 10.5, 9.3
_STEP, _BELOW = _SIZE * 1.3 / MM, _SMALL * 1.3 / MM
_DAYS = 33.0
_SIGN = LEFT + 2.4
_WORDS = LEFT + 8
_WAY = (132.0, RIGHT - 6, 52.0, 26.0)
_MOST_STOPS, _BENDS, _POINTS = 9, 1.5, 72
_BETWEEN = LEFT + ROOM * 0.46
_FOOT, _SIGNED = 277.0, 24.0
_LINE, _MOST_THOUGHTS = 9.0, 9


def route_sheet(paper: RoutePaper) -> bytes:
    """Draw two passes, the first to know how many pages there are."""
    return _draw(paper, _draw(paper, 0).page).finish()


def _draw(paper: RoutePaper, total: int) -> Report:
    title = f"{paper.kicker}: {paper.pupil.name.full}"
    head = (title, paper.organisation.short_name)
    report = Report(title, paper.organisation.full_name, head, "", paper.dated, total)
    _top(report.sheet, paper)
    report.y = 68
    for kind in (LineKind.FAR, LineKind.NEAR):
        _section(report, paper, kind)
    _steps(report, paper)
    _section(report, paper, LineKind.RESERVE)
    _difficulties(report, paper)
    _thoughts(report, paper)
    _signatures(report, paper)
    return report


def _top(sheet: Sheet, paper: RoutePaper) -> None:
    sheet.box(12, 14, 3, 44, fill=palette.INK)
    sheet.text(LEFT, 21.8, paper.kicker.upper(), face=fonts.ROUND, size=12, colour=palette.KICKER, tracking=1.2)
    room = (_WAY[0] - 8 - LEFT) * MM
    size, lines = fitted(paper.title, fonts.ROUND, (24, 22, 20, 18, 16, 14), room, 2)
    sheet.lines(LEFT, 31.5, lines, face=fonts.ROUND, size=size, colour=palette.INK, leading=1.15)
    place = paper.last.group.name.title if paper.last else ""
    about = " · ".join(filter(None, (place, paper.organisation.short_name, day(paper.dated))))
    for bottom, words in ((51.5, paper.pupil.name.full), (56.6, about)):
        small, lines = fitted(bind(words), fonts.TEXT, (10, 9, 8.5), room, 2)
        y = bottom - (len(lines) - 1) * small * 1.2 / MM
        sheet.lines(LEFT, y, lines, size=small, colour=palette.SECOND, leading=1.2)
    _way(sheet, *paper.steps)


def _way(sheet: Sheet, done: int, steps: int) -> None:
    """A winding way to a flag, with a stop for each step; what is behind is drawn through."""
    stops = min(steps, _MOST_STOPS)
    gone = done / steps if steps else 0.0
    behind = round(_POINTS * gone)
    points = [_on_way(number / _POINTS) for number in range(_POINTS + 1)]
    if behind < _POINTS:
        sheet.path(points[behind:], stroke=palette.BELOW, line=1.2, closed=False, dash=(3, 2.4))
    if behind:
        sheet.path(points[: behind + 1], stroke=palette.INK, line=1.6, closed=False)
    for number in range(stops):
        share = (number + 0.5) / stops
        x, y = _on_way(share)
        reached = number < round(done * stops / steps)
        sheet.circle(x, y, 2, fill=palette.INK if reached else palette.WHITE, stroke=palette.INK, line=0.9)
    x, y = points[-1]
    sheet.path([(x, y), (x, y - 11)], stroke=palette.INK, line=1.2, closed=False)
    sheet.path([(x, y - 11), (x + 7, y - 8.5), (x, y - 6)], fill=palette.KICKER)
    if steps:
        words = f"Сделано шагов: {done} из {steps}"
        sheet.text(RIGHT, 60.5, bind(words), size=8.5, colour=palette.SECOND, align="right")


def _on_way(share: float) -> tuple[float, float]:
    left, right, low, high = _WAY
    bend = math.sin(2 * math.pi * _BENDS * share) * 6 * (1 - share * 0.5)
    return left + (right - left) * share, low + (high - low) * share + bend


def _heading(report: Report, words: str, first: float) -> None:
    """Head lines of which the ``first`` is so high that it still stands on the page."""
    report.need(8 + first)
    report.sheet.text(LEFT, report.y + 4, words, face=fonts.BOLD, size=12.5, colour=palette.INK)
    report.y += 8


def _section(report: Report, paper: RoutePaper, kind: LineKind) -> None:
    lines = paper.route.of(kind)
    if lines:
        rows = [_Row(paper, line) for line in lines]
        _heading(report, paper.spoken.kinds[kind].title, rows[0].height)
        for line, row in zip(lines, rows, strict=True):
            top = row.draw(report)
            _sign(report.sheet, line, top + 2.6)
        report.y += 3


def _steps(report: Report, paper: RoutePaper) -> None:
    """A box to tick for each step, on a line through time with the days beside it."""
    lines = paper.route.of(LineKind.STEP)
    if not lines:
        return
    rows = [_Row(paper, line) for line in lines]
    _heading(report, paper.spoken.kinds[LineKind.STEP].title, rows[0].height)
    former = 0.0
    for line, row in zip(lines, rows, strict=True):
        page = report.page
        top = row.draw(report)
        if former and page == report.page:
            report.sheet.rule(_SIGN, former + 5, _SIGN, top + 0.2, colour=palette.BELOW, width=1)
        _box(report.sheet, top, is_done=line.state is LineState.DONE)
        former = top
    report.y += 3


def _difficulties(report: Report, paper: RoutePaper) -> None:
    lines = paper.route.of(LineKind.DIFFICULTY)
    if not lines:
        return
    rows = [_Difficulty(paper, line) for line in lines]
    _heading(report, paper.spoken.kinds[LineKind.DIFFICULTY].title, rows[0].height)
    for line, row in zip(lines, rows, strict=True):
        top = row.draw(report)
        _sign(report.sheet, line, top + 2.6)
    report.y += 3


class _Row:
    """The words of a line, what follows from it below, its day at right."""

    def __init__(self, paper: RoutePaper, line: RouteLine) -> None:
        room = RIGHT - _DAYS - _WORDS
        said = (route_words.state(line, paper.spoken), line.entry.way)
        self._words = _broken(line.entry.words, fonts.BOLD, room)
        self._below = _broken(" · ".join(filter(None, said)), fonts.TEXT, room, _SMALL)
        self._due = line.entry.due
        self.height = len(self._words) * _STEP + len(self._below) * _BELOW + 2.4

    def draw(self, report: Report) -> float:
        """Write the row on this page or the next; gives where it begins."""
        report.need(self.height)
        top, sheet = report.y, report.sheet
        end = sheet.lines(_WORDS, top + 3.7, self._words, face=fonts.BOLD, size=_SIZE)
        sheet.lines(_WORDS, end - 0.2, self._below, size=_SMALL, colour=palette.SECOND)
        if self._due is not None:
            sheet.text(RIGHT, top + 3.7, day(self._due), size=_SMALL, colour=palette.SECOND, align="right")
        report.y = top + self.height
        return top


class _Difficulty:
    """What is hard at left, the way round it at right."""

    def __init__(self, paper: RoutePaper, line: RouteLine) -> None:
        self._hard = _broken(line.entry.words, fonts.BOLD, _BETWEEN - _WORDS - 10)
        self._ways = _broken(line.entry.way, fonts.TEXT, RIGHT - _BETWEEN)
        self._mark = route_words.state(line, paper.spoken)
        left = len(self._hard) * _STEP + (_BELOW if self._mark else 0)
        self.height = max(left, len(self._ways) * _STEP) + 2.2

    def draw(self, report: Report) -> float:
        """Write the row on this page or the next; gives where it begins."""
        report.need(self.height)
        top, sheet = report.y, report.sheet
        end = sheet.lines(_WORDS, top + 3.7, self._hard, face=fonts.BOLD, size=_SIZE)
        if self._mark:
            sheet.text(_WORDS, end, self._mark, size=_SMALL, colour=palette.REACHED)
        if self._ways:
            _arrow(sheet, _BETWEEN - 7.5, top + 2.5)
            sheet.lines(_BETWEEN, top + 3.7, self._ways, size=_SIZE)
        report.y = top + self.height
        return top


def _broken(words: str, face: str, room: float, size: float = _SIZE) -> list[str]:
    """What somebody typed in lines; signs that no face has are left out before they count as a line."""
    shown, face = fonts.writable(words, face)
    return wrap(bind(shown), face, size, room * MM) if shown.strip() else []


def _sign(sheet: Sheet, line: RouteLine, y: float) -> None:
    """A flag for a goal, a ring for a variant, a wave for what is hard; a tick for what is done."""
    x = _SIGN
    if line.state is LineState.DONE:
        marks.tick(sheet, x, y, 4.4)
    elif line.entry.kind in (LineKind.FAR, LineKind.NEAR):
        sheet.path([(x - 1.6, y - 2.2), (x - 1.6, y + 2.2)], stroke=palette.INK, line=0.9, closed=False)
        fill = palette.KICKER if line.entry.kind is LineKind.FAR else palette.BELOW
        sheet.path([(x - 1.6, y - 2.2), (x + 2.2, y - 0.9), (x - 1.6, y + 0.4)], fill=fill)
    elif line.entry.kind is LineKind.RESERVE:
        sheet.circle(x, y, 2, stroke=palette.INK, line=0.9, dash=(1.8, 1.3))
    else:
        sheet.path([(x, y - 2.1), (x + 2.3, y + 1.8), (x - 2.3, y + 1.8)], stroke=palette.INK, line=0.9)


def _box(sheet: Sheet, top: float, *, is_done: bool) -> None:
    sheet.box(_SIGN - 2.4, top + 0.2, 4.8, 4.8, fill=palette.WHITE, stroke=palette.INK, line=0.9, radius=0.8)
    if is_done:
        points = [(_SIGN - 1.3, top + 2.6), (_SIGN - 0.3, top + 3.7), (_SIGN + 1.5, top + 1.4)]
        sheet.path(points, stroke=palette.INK, line=1.4, closed=False)


def _arrow(sheet: Sheet, x: float, y: float) -> None:
    sheet.path([(x, y), (x + 4, y)], stroke=palette.SECOND, line=0.8, closed=False)
    sheet.path([(x + 2.8, y - 1.2), (x + 4, y), (x + 2.8, y + 1.2)], stroke=palette.SECOND, line=0.8, closed=False)


def _thoughts(report: Report, paper: RoutePaper) -> None:
    """As many lines to write on as there is room for above the signatures, if there is any."""
    bottom = _FOOT - _SIGNED - 4
    if report.y + 8 + _LINE > bottom:
        return
    words = "Что ещё попробовать вместе" if paper.is_of_child else "Что ещё хочу попробовать"
    report.sheet.text(LEFT, report.y + 4, words, face=fonts.BOLD, size=12.5, colour=palette.INK)
    y = report.y + 4 + _LINE
    for _ in range(_MOST_THOUGHTS):
        if y < bottom:
            report.sheet.rule(LEFT, y, RIGHT, y, width=0.7)
            y += _LINE


def _signatures(report: Report, paper: RoutePaper) -> None:
    """A line to sign on for each, side by side, at the foot of the last page."""
    report.need(_SIGNED)
    report.y = max(report.y, _FOOT - _SIGNED)
    wide = _signed_room(paper.signers)
    for place, who in enumerate(paper.signers):
        x = LEFT + place * (wide + 8)
        report.sheet.rule(x, report.y + 12, x + wide, report.y + 12, colour=palette.SECOND, width=0.7)
        size, lines = fitted(who, fonts.TEXT, (8.5, 8, 7.5), wide * MM, 2)
        report.sheet.lines(x, report.y + 16, lines, size=size, colour=palette.SECOND)
    report.y += _SIGNED


def _signed_room(signers: Sequence[str]) -> float:
    return (ROOM - 8 * (len(signers) - 1)) / len(signers)

"""How indicators go from span to span: small drawings of one size, all on an axis of 0 to 100 %."""

from __future__ import annotations

from collections.abc import Sequence

from profdesk.documents import fonts, palette
from profdesk.documents.report import LEFT, ROOM, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import NBSP, decimal, fitted, wrap
from profdesk.domain import plural
from profdesk.domain.trends import Point, Trend, label

_COLUMNS, _GAP = 3, 9.0
_WIDE = (ROOM - _GAP * (_COLUMNS - 1)) / _COLUMNS
_HEIGHT, _TOP, _TALL = 73.0, 20.0, 32.0
_INSET = 5.0
NOTE = (
    "Ось у всех рисунков одна, от 0 до 100 %; пунктир — цель. Под точкой сказано, сколько организаций за ней стоит. "
    "Ромб и прерывистая линия: организации не те же, что в точке перед ней; под рисунком сравниваются те, что в обеих."
)


def draw(report: Report, trends: Sequence[Trend]) -> None:
    """Draw three beside each other, down the page and on."""
    for start in range(0, len(trends), _COLUMNS):
        report.need(_HEIGHT)
        for place, trend in enumerate(trends[start : start + _COLUMNS]):
            _chart(report, trend, LEFT + place * (_WIDE + _GAP), report.y)
        report.y += _HEIGHT


def _chart(report: Report, trend: Trend, x: float, y: float) -> None:
    sheet = report.sheet
    size, title = fitted(trend.title, fonts.BOLD, (9.2, 8.8, 8.4, 8.0), _WIDE * MM, 3)
    below = sheet.lines(x, y + 4, title, face=fonts.BOLD, size=size, leading=1.2)
    aim = "цель не задана" if trend.target is None else f"цель {decimal(trend.target)}{NBSP}%"
    sheet.text(x, below, aim, size=8, colour=palette.SECOND)
    top = y + _TOP
    for tick in (0, 50, 100):
        at = top + _TALL * (1 - tick / 100)
        sheet.rule(x, at, x + _WIDE, at, width=0.35)
    if trend.target is not None:
        at = top + _TALL * (1 - min(1.0, float(trend.target) / 100))
        sheet.path([(x, at), (x + _WIDE, at)], stroke=palette.TEXT, line=0.8, closed=False, dash=(2.2, 1.8))
    places = _places(trend.points, x, top)
    for before, place, point in zip(places, places[1:], trend.points[1:], strict=False):
        dash = None if point.like else (1.2, 1.6)
        sheet.path([before, place], stroke=palette.INK, line=1.3, closed=False, dash=dash)
    for place, point in zip(places, trend.points, strict=True):
        _point(report, point, place, top, last=point is trend.points[-1])
    lines = [line for words in _notes(trend) for line in wrap(words, fonts.TEXT, 7.5, _WIDE * MM)]
    sheet.lines(x, top + _TALL + 13.2, lines[:3], size=7.5, colour=palette.SECOND, leading=1.2)


def _places(points: Sequence[Point], x: float, top: float) -> list[tuple[float, float]]:
    step = (_WIDE - 2 * _INSET) / max(1, len(points) - 1)
    return [
        (x + _INSET + step * place, top + _TALL * (1 - float(point.sum.percent or 0) / 100))
        for place, point in enumerate(points)
    ]


def _point(report: Report, point: Point, at: tuple[float, float], top: float, *, last: bool) -> None:
    sheet, (x, y) = report.sheet, at
    fill = palette.INK if last else palette.WHITE
    if point.like:
        sheet.circle(x, y, 1.1, fill=fill, stroke=palette.INK, line=1)
    else:
        corners = [(x, y - 1.6), (x + 1.6, y), (x, y + 1.6), (x - 1.6, y)]
        sheet.path(corners, fill=fill, stroke=palette.INK, line=1)
    words, face = decimal(point.sum.percent), fonts.BOLD if last else fonts.TEXT
    wide = fonts.width(words, face, 7.8) / MM
    base = y - 2.6 if y - top > 3 else y + 5
    sheet.box(x - wide / 2 - 0.4, base - 2.5, wide + 0.8, 3.1, fill=palette.WHITE)
    sheet.text(x, base, words, face=face, size=7.8, align="centre")
    first, second = label(point.span)
    under = top + _TALL
    sheet.text(x, under + 3.6, first, size=7.2, colour=palette.SECOND, align="centre")
    sheet.text(x, under + 6.6, second, size=7.2, colour=palette.SECOND, align="centre")
    orgs = f"{point.sum.told}{NBSP}орг."
    sheet.text(x, under + (9.6 if second else 6.6), orgs, size=6.8, colour=palette.SECOND, align="centre")


def _notes(trend: Trend) -> list[str]:
    """What the drawing cannot say: the same organisations compared, another rule before."""
    found = []
    last = trend.points[-1] if trend.points else None
    if last is not None and not last.like:
        if last.before is None or last.now is None:
            found.append("С прошлым периодом общих организаций нет.")
        else:
            same = plural.counted(last.now.told, "организации", "организациях", "организациях")
            shares = f"было {decimal(last.before.percent)}{NBSP}%, стало {decimal(last.now.percent)}{NBSP}%"
            found.append(f"В {same}, что есть в обоих периодах: {shares}.")
    if any(point.retold for point in trend.points):
        found.append("Прошлый период назван в этих же сводках и посчитан по нынешнему правилу.")
    if trend.otherwise:
        found.append("Раньше считали по другому правилу: с ним не сравнивается.")
    return found

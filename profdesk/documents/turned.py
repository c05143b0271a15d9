"""Names written from bottom to top over narrow columns."""

from __future__ import annotations

from profdesk.documents import fonts, palette
from profdesk.documents.sheet import MM, Sheet
from profdesk.documents.typography import wrap

_LINES, _LEADING = 3, 3.2
_SIZES = (8.0, 7.5, 7.0, 6.5, 6.0)


def turned(sheet: Sheet, middle: float, base: float, words: str, width: float, room: float) -> None:
    """Write a name upwards from ``base``, on as many lines as a column ``width`` holds, none longer than ``room``."""
    most = min(_LINES, max(1, int(width // _LEADING)))
    for size in _SIZES:
        lines = wrap(words, fonts.TEXT, size, room * MM)
        if len(lines) <= most:
            break
    canvas = sheet.canvas
    canvas.saveState()
    canvas.translate(middle * MM, (sheet.height - base) * MM)
    canvas.rotate(90)
    canvas.setFillColor(palette.TEXT)
    canvas.setFont(fonts.TEXT, size)
    first = (len(lines) - 1) * _LEADING / 2
    for number, line in enumerate(lines[:most]):
        canvas.drawString(0, (first - number * _LEADING - 1.0) * MM, line)
    canvas.restoreState()

"""A sheet of paper measured in millimetres from its left top corner, on ReportLab's canvas.

Every text is checked for missing glyphs. Equal input gives equal bytes: the file is dated by the
document's own date and holds no random ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from profdesk.documents import fonts, palette
from profdesk.documents.typography import NBSP, wrap

MM = 72 / 25.4
PORTRAIT = (210.0, 297.0)
LANDSCAPE = (297.0, 210.0)
_LEADING = 1.3


class Sheet:
    """Draws pages one after another; ``finish`` gives the file's bytes."""

    def __init__(self, size: tuple[float, float], title: str, author: str, dated: date) -> None:
        fonts.register()
        self.width, self.height = size
        self._buffer = BytesIO()
        self.canvas = Canvas(
            self._buffer,
            pagesize=(self.width * MM, self.height * MM),
            invariant=1,
            pageCompression=1,
            lang="ru-RU",
        )
        self._date(dated)
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        self.canvas.setCreator("profdesk")
        self.canvas.setViewerPreference("DisplayDocTitle", "true")

    def finish(self) -> bytes:
        """Close the document."""
        self.canvas.save()
        return self._buffer.getvalue()

    def next_page(self) -> None:
        """Turn the page."""
        self.canvas.showPage()

    def bookmark(self, name: str, key: str) -> None:
        """Name this page in the reader's list of contents."""
        self.canvas.bookmarkPage(key)
        self.canvas.addOutlineEntry(name, key)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        face: str = fonts.TEXT,
        size: float = 10,
        colour: Color = palette.TEXT,
        align: str = "left",
        tracking: float = 0,
    ) -> None:
        """Write one line with its baseline at ``y``; ``align`` says what of it stands at ``x``."""
        self._check(words, face)
        self.canvas.setFillColor(colour)
        self.canvas.setFont(face, size)
        line = fonts.width(words, face, size) + tracking * max(0, len(words) - 1)
        left = {"left": 0.0, "centre": line / 2, "right": line}[align]
        at = self.canvas.beginText(x * MM - left, (self.height - y) * MM)
        at.setCharSpace(tracking)
        at.textOut(words)
        at.setCharSpace(0)
        self.canvas.drawText(at)

    def lines(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        *,
        face: str = fonts.TEXT,
        size: float = 10,
        colour: Color = palette.TEXT,
        align: str = "left",
        leading: float = _LEADING,
    ) -> float:
        """Write lines below each other; gives the baseline that the next line would have."""
        for line in lines:
            self.text(x, y, line, face=face, size=size, colour=colour, align=align)
            y += size * leading / MM
        return y

    def paragraph(
        self,
        x: float,
        y: float,
        words: str,
        room: float,
        *,
        face: str = fonts.TEXT,
        size: float = 10,
        colour: Color = palette.TEXT,
        align: str = "left",
    ) -> float:
        """Wrap words into ``room`` millimetres; gives the baseline that the next line would have."""
        broken = wrap(words, face, size, room * MM)
        return self.lines(x, y, broken, face=face, size=size, colour=colour, align=align)

    def rule(
        self, x1: float, y1: float, x2: float, y2: float, *, colour: Color = palette.RULE, width: float = 0.4
    ) -> None:
        """Draw a straight line, ``width`` in points."""
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(width)
        self.canvas.line(x1 * MM, (self.height - y1) * MM, x2 * MM, (self.height - y2) * MM)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: Color | None = None,
        stroke: Color | None = None,
        line: float = 0.5,
        radius: float = 0,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """Draw a box by its left top corner, ``line`` in points."""
        self._pens(fill, stroke, line, dash)
        self.canvas.roundRect(
            x * MM,
            (self.height - y - height) * MM,
            width * MM,
            height * MM,
            radius * MM,
            stroke=int(stroke is not None),
            fill=int(fill is not None),
        )
        self.canvas.setDash()

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: Color | None = None,
        stroke: Color | None = None,
        line: float = 0.5,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """Draw a circle by its centre."""
        self._pens(fill, stroke, line, dash)
        self.canvas.circle(
            x * MM,
            (self.height - y) * MM,
            radius * MM,
            stroke=int(stroke is not None),
            fill=int(fill is not None),
        )
        self.canvas.setDash()

    def path(
        self,
        points: Sequence[tuple[float, float]],
        *,
        fill: Color | None = None,
        stroke: Color | None = None,
        line: float = 0.5,
        closed: bool = True,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """Draw a polygon or, not ``closed``, a run of straight lines."""
        self._pens(fill, stroke, line, dash)
        path: PDFPathObject = self.canvas.beginPath()
        for number, (x, y) in enumerate(points):
            (path.lineTo if number else path.moveTo)(x * MM, (self.height - y) * MM)
        if closed:
            path.close()
        self.canvas.drawPath(path, stroke=int(stroke is not None), fill=int(fill is not None))
        self.canvas.setDash()

    def _pens(self, fill: Color | None, stroke: Color | None, line: float, dash: tuple[float, float] | None) -> None:
        if fill is not None:
            self.canvas.setFillColor(fill)
        if stroke is not None:
            self.canvas.setStrokeColor(stroke)
            self.canvas.setLineWidth(line)
        if dash is not None:
            self.canvas.setDash(*dash)

    def _check(self, words: str, face: str) -> None:
        lost = fonts.missing(words.replace(NBSP, " "), face)
        if lost:
            raise ValueError(f"{face} has no glyph for {lost!r} in {words!r}")

    def _date(self, dated: date) -> None:
        """Date the file by the document; ReportLab alone would write 1 January 2000."""
        stamp = self.canvas._doc._timeStamp
        stamp.YMDhms = (*dated.timetuple()[:3], 12, 0, 0)

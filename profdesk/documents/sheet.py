"""A sheet of paper measured in millimetres from its left top corner, on ReportLab's canvas.

Every text is written in a face that has its letters. Equal input gives equal bytes: the file is dated by the
document's own date and holds no random ids. What many pages repeat is a stamp, kept once in the file; a page
that is turned is written out and forgotten.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from typing import IO

from reportlab import rl_config
from reportlab.lib.colors import Color
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.pathobject import PDFPathObject

from profdesk.documents import fonts, palette
from profdesk.documents.paged_file import PagedCanvas
from profdesk.documents.typography import wrap

MM = 72 / 25.4
PORTRAIT = (210.0, 297.0)
LANDSCAPE = (297.0, 210.0)
_LEADING = 1.3
_HATCH, _HATCH_LINE = 1.1, 0.35
_ASCENT, _UNSEEN = 0.76, 3
_SPOKEN = "/Span<</ActualText<feff{}>>>BDC"
"""Letters far apart are read as one word all the same (ISO 32000-1, 14.9.4)."""
_REACH = 600.0
"""Millimetres that a stamp may reach from its point to every side."""

Outline = Sequence[tuple[float, ...]]
"""Corners (x, y), or curves (two control points and the end) that lead on from the point before."""

rl_config.useA85 = 0  # streams as they are: a fifth smaller, and no time lost in encoding them


class Sheet:
    """Draws pages one after another into an empty file; without one ``finish`` gives the bytes."""

    def __init__(
        self, size: tuple[float, float], title: str, author: str, dated: date, into: IO[bytes] | None = None
    ) -> None:
        fonts.register()
        self.width, self.height = size
        self._buffer = BytesIO()
        self.canvas = PagedCanvas(into or self._buffer, (self.width * MM, self.height * MM), fonts.TEXT, "ru-RU")
        self._stamps: set[str] = set()
        self._date(dated)
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        self.canvas.setSubject("")
        self.canvas.setCreator("profdesk")
        self.canvas.setViewerPreference("DisplayDocTitle", "true")

    def close(self) -> None:
        """End the document in its file, which stays open."""
        self.canvas.save()

    def finish(self) -> bytes:
        """End a document that was given no file."""
        self.close()
        return self._buffer.getvalue()

    def next_page(self) -> None:
        """Turn the page."""
        self.canvas.showPage()

    def resize(self, size: tuple[float, float]) -> None:
        """Make the page so large, before anything is drawn on it; those after it are as large."""
        self.width, self.height = size
        self.canvas.setPageSize((self.width * MM, self.height * MM))

    @contextmanager
    def enlarged(self, by: float) -> Iterator[None]:
        """What is drawn meanwhile is so many times as large as its millimetres say; the sheet measures less in them."""
        size = self.width, self.height
        self.canvas.saveState()
        self.canvas.scale(by, by)
        self.width, self.height = size[0] / by, size[1] / by
        yield
        self.canvas.restoreState()
        self.width, self.height = size

    def bookmark(self, name: str) -> None:
        """Name this page in the reader's list of contents."""
        self.canvas.bookmark(name)

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
        words, face = fonts.writable(words, face)
        self.canvas.setFillColor(colour)
        self.canvas.setFont(face, size)
        left = 0.0
        if align != "left":
            line = fonts.width(words, face, size) + tracking * max(0, len(words) - 1)
            left = line if align == "right" else line / 2
        at = self.canvas.beginText(x * MM - left, (self.height - y) * MM)
        if not tracking:
            at.textOut(words)
            self.canvas.drawText(at)
            return
        at.setCharSpace(tracking)
        at.textOut(words)
        at.setCharSpace(0)
        self.canvas.addLiteral(_SPOKEN.format(words.encode("utf-16-be").hex()))
        self.canvas.drawText(at)
        self.canvas.addLiteral("EMC")

    def told(self, x: float, y: float, words: str, room: float, height: float) -> None:
        """Say in words what is drawn by the left top corner: not seen, but searched, copied and read aloud."""
        words, face = fonts.writable(words, fonts.TEXT)
        size = min(height * MM, room * MM / fonts.width(words, face, 1))
        self.canvas.setFont(face, size)
        at = self.canvas.beginText(x * MM, (self.height - y) * MM - size * _ASCENT)
        at.setTextRenderMode(_UNSEEN)
        at.textOut(words)
        at.setTextRenderMode(0)
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
        at = (x * MM, (self.height - y - height) * MM, width * MM, height * MM)
        pens = {"stroke": int(stroke is not None), "fill": int(fill is not None)}
        if radius:
            self.canvas.roundRect(*at, radius * MM, **pens)
        else:
            self.canvas.rect(*at, **pens)
        self._solid(dash)

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
        self._solid(dash)

    def path(
        self,
        outline: Outline,
        *,
        fill: Color | None = None,
        stroke: Color | None = None,
        line: float = 0.5,
        closed: bool = True,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """Draw a shape or, not ``closed``, a run of lines and curves."""
        self._pens(fill, stroke, line, dash)
        self.canvas.drawPath(
            self._path(outline, closed=closed), stroke=int(stroke is not None), fill=int(fill is not None)
        )
        self._solid(dash)

    def hatch(self, outline: Outline, colour: Color, *, pitch: float = _HATCH) -> None:
        """Fill a shape with slanting lines, ``pitch`` millimetres apart: there is nothing to show here."""
        ends = [(step[-2], step[-1]) for step in outline]
        left, right = min(x for x, _ in ends), max(x for x, _ in ends)
        top, bottom = min(y for _, y in ends), max(y for _, y in ends)
        self.canvas.saveState()
        self.canvas.clipPath(self._path(outline, closed=True), stroke=0, fill=0)
        tall, gap = bottom - top, pitch * math.sqrt(2)
        for number in range(int((right - left + tall) / gap) + 1):
            x = left + (number + 0.5) * gap
            self.rule(x, top, x - tall, bottom, colour=colour, width=_HATCH_LINE)
        self.canvas.restoreState()

    def stamp(
        self,
        name: str,
        x: float,
        y: float,
        draw: Callable[[], None],
        *,
        turn: float = 0,
        mirrored: tuple[bool, bool] = (False, False),
    ) -> None:
        """Put a drawing at a place, turned clockwise by ``turn`` radians, or mirrored across and down.

        ``draw`` runs once in a document; it draws around the point 0, 0, keeps to its ``name`` and may depend on
        nothing else.
        """
        canvas = self.canvas
        if name not in self._stamps:
            self._stamps.add(name)
            high, self.height = self.height, 0.0
            reach = _REACH * MM
            canvas.beginForm(name, -reach, -reach, reach, reach)
            draw()
            canvas.endForm()
            self.height = high
        canvas.saveState()
        canvas.translate(x * MM, (self.height - y) * MM)
        if turn:
            canvas.rotate(-math.degrees(turn))
        if any(mirrored):
            canvas.scale(*(-1 if one else 1 for one in mirrored))
        canvas.doForm(name)
        canvas.restoreState()

    def picture(self, name: str, content: bytes, x: float, y: float, size: tuple[float, float]) -> None:
        """Put a picture (PNG, JPEG) by its left top corner, once in a document; it is stretched to the size."""
        width, height = size

        def draw() -> None:
            self.canvas.drawImage(ImageReader(BytesIO(content)), 0, -height * MM, width * MM, height * MM, mask="auto")

        self.stamp(f"picture-{name}-{width:g}-{height:g}", x, y, draw)

    def _path(self, outline: Outline, *, closed: bool) -> PDFPathObject:
        """The path in PDF's own words: thousands of curves, which ReportLab writes half as fast."""
        code = []
        for number, step in enumerate(outline):
            at = [f"{(self.height - value if place % 2 else value) * MM:.2f}" for place, value in enumerate(step)]
            code.append(f"{' '.join(at)} {'m' if not number else 'l' if len(at) == 2 else 'c'}")
        if closed:
            code.append("h")
        return PDFPathObject(code)

    def _pens(self, fill: Color | None, stroke: Color | None, line: float, dash: tuple[float, float] | None) -> None:
        if fill is not None:
            self.canvas.setFillColor(fill)
        if stroke is not None:
            self.canvas.setStrokeColor(stroke)
            self.canvas.setLineWidth(line)
        if dash is not None:
            self.canvas.setDash(*dash)

    def _solid(self, dash: tuple[float, float] | None) -> None:
        if dash is not None:
            self.canvas.setDash()

    def _date(self, dated: date) -> None:
        """Date the file by the document; ReportLab alone would write 1 January 2000."""
        stamp = self.canvas._doc._timeStamp
        stamp.YMDhms = (*dated.timetuple()[:3], 12, 0, 0)

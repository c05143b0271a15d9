"""A PDF that goes into its file page by page, forwards only.

ReportLab keeps all pages until the end and builds the whole file in memory. Here a page that is turned is
written with all it shows, and of it only two numbers stay: that of its object and its place in the file. What
pages share (fonts, stamps, the list of contents) follows when the document is closed (ISO 32000-1, 7.5).
"""

from __future__ import annotations

from typing import IO

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas
from typing_extensions import override

_VERSION = (1, 7)


class PagedCanvas(Canvas):  # type: ignore[misc]  # untyped in ReportLab
    """ReportLab's canvas; ``save`` ends the file, which must be empty at first and is left open."""

    def __init__(self, file: IO[bytes], size: tuple[float, float], face: str, lang: str) -> None:
        super().__init__(file, pagesize=size, pageCompression=1, initialFontName=face)
        self._doc = _PagedDocument(file, lang)

    def bookmark(self, title: str) -> None:
        """Name the page that is being drawn in the list of contents."""
        self._doc.titles.append(title)


class _PagedDocument(pdfdoc.PDFDocument):  # type: ignore[misc]  # untyped in ReportLab
    """``titles`` are those the next page will have in the list of contents."""

    def __init__(self, file: IO[bytes], lang: str) -> None:
        super().__init__(compression=1, invariant=1, lang=lang, pdfVersion=_VERSION)
        self.titles: list[str] = []
        self.Outlines = self.outline = self.Catalog.Outlines = _Contents()
        self._file = file
        self._places: dict[int, int] = {}
        self._end = 0
        self._put(pdfdoc.PDFFile(_VERSION).format(self))

    @override
    def addPage(self, page: pdfdoc.PDFPage) -> None:
        """Write a finished page and what it shows."""
        page.Contents = self.written(pdfdoc.PDFStream(content=page.stream, filters=[pdfdoc.PDFZCompress]))
        reference = self.written(page)
        self.Pages.addPage(reference)
        self.Outlines.entries += [(title, reference) for title in self.titles]
        self.titles.clear()
        self.pageCounter += 1
        self.inObject = None

    def written(self, thing: pdfdoc.PDFObject) -> str:
        """Write an object nothing else will change; gives the reference to it."""
        self.objectcounter += 1
        number = self.objectcounter
        self._write(number, thing)
        return f"{number} 0 R"

    @override
    def format(self) -> bytes:
        """Write all objects that are left; gives the end of the file."""
        root, info = self.Reference(self.Catalog), self.Reference(self.info)
        number = 0
        while number < self.objectcounter:  # which grows: objects name others when they are written
            number += 1
            if number not in self._places:
                self._write(number, self.idToObject[self.numberToId[number]])
        lines = [f"{self._places[number]:010d} 00000 n \n" for number in range(1, self.objectcounter + 1)]
        table = f"xref\n0 {len(lines) + 1}\n0000000000 65535 f \n{''.join(lines)}"
        trailer = pdfdoc.PDFTrailer(self._end, Size=len(lines) + 1, Root=root, Info=info, ID=self.ID())
        return table.encode("ascii") + bytes(trailer.format(self))

    def _write(self, number: int, thing: pdfdoc.PDFObject) -> None:
        body = pdfdoc.format(thing, self, toplevel=1)
        self._places[number] = self._end
        self._put(b"%d 0 obj\n%b%bendobj\n" % (number, body, b"" if body.endswith(b"\n") else b"\n"))

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._end += len(data)


class _Contents(pdfdoc.PDFOutlines):  # type: ignore[misc]  # untyped in ReportLab
    """The list of contents, on one level: titles with references to their pages."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[tuple[str, str]] = []

    @override
    def prepare(self, document: _PagedDocument, _canvas: Canvas) -> None:
        """Write the entries, each with its neighbours, before the list itself."""
        self.count = len(self.entries)
        self.ready = 1 if self.entries else -1
        if not self.entries:
            return
        parent = document.Reference(self)
        first = document.objectcounter + 1
        around = [None, *(f"{first + place} 0 R" for place in range(self.count)), None]
        for place, (title, page) in enumerate(self.entries):
            entry = pdfdoc.OutlineEntryObject()
            entry.Title, entry.Parent = title, parent
            entry.Dest = pdfdoc.PDFArray([page, pdfdoc.PDFName("Fit")])
            entry.Prev, entry.Next = around[place], around[place + 2]
            document.written(entry)
        self.first, self.last = around[1], around[-2]

"""A report on portrait sheets: header, footer with page numbers, a cursor that goes down and turns pages."""

from __future__ import annotations

from datetime import date

from profdesk.documents import fonts, palette
from profdesk.documents.sheet import MM, PORTRAIT, Sheet
from profdesk.documents.typography import NBSP, bind, fitted, wrap

LEFT, RIGHT = 20.0, 198.0
ROOM = RIGHT - LEFT
_TOP, _BOTTOM = 24.0, 277.0
_HEAD_SIZES = (8.5, 8.0, 7.5)


class Report:
    """``y`` is where the next block begins; ``total`` is 0 in the first pass, which only counts pages.

    Without a ``foot`` a paper of one page has no footer.
    """

    def __init__(self, title: str, author: str, head: tuple[str, str], foot: str, dated: date, total: int) -> None:
        self.sheet = Sheet(PORTRAIT, title, author, dated)
        self.y = _TOP
        self.page = 1
        self._head = head
        self._foot = foot
        self._total = total

    def finish(self) -> bytes:
        """Close the last page and the document."""
        self._finish_page()
        self.sheet.next_page()
        return self.sheet.finish()

    def turn(self) -> None:
        """Begin the next page under its header."""
        self._finish_page()
        self.sheet.next_page()
        self.page += 1
        self.header()

    def header(self) -> None:
        """Write the header on top of a page; the first of a report has it only where this is asked for."""
        self.y = _TOP
        left, right = self._head
        small, (right, *_) = fitted(right, fonts.TEXT, _HEAD_SIZES, ROOM * MM / 2, 1)
        room = (ROOM - 4) * MM - fonts.width(right, fonts.TEXT, small)
        size, (left, *_) = fitted(left, fonts.BOLD, _HEAD_SIZES, room, 1)
        self.sheet.text(LEFT, 12.5, left, face=fonts.BOLD, size=size, colour=palette.INK)
        self.sheet.text(RIGHT, 12.5, right, size=small, colour=palette.SECOND, align="right")
        self.sheet.rule(LEFT, 15, RIGHT, 15)

    def need(self, height: float) -> bool:
        """Turn the page if a block of this height does not fit; tells whether it was turned."""
        if self.y + height <= _BOTTOM:
            return False
        self.turn()
        return True

    def heading(self, words: str, note: str = "") -> None:
        """A part's heading with a line of explanation, and its bookmark."""
        self.need(30)
        self.sheet.bookmark(words)
        self.sheet.text(LEFT, self.y + 4, words, face=fonts.BOLD, size=15, colour=palette.INK)
        self.y += 10
        if note:
            self.y = self.sheet.paragraph(LEFT, self.y + 1, note, ROOM, size=9.5, colour=palette.SECOND) + 2

    def subheading(self, words: str) -> None:
        """A heading inside a part."""
        self.need(24)
        self.sheet.text(LEFT, self.y + 4, words, face=fonts.BOLD, size=12, colour=palette.INK)
        self.y += 8

    def paragraph(self, words: str, *, face: str = fonts.TEXT, size: float = 9.5, indent: float = 0) -> None:
        """A paragraph, parted between pages by whole lines."""
        for line in wrap(words, face, size, (ROOM - indent) * MM):
            self.need(6)
            self.sheet.text(LEFT + indent, self.y + 3.4, line, face=face, size=size)
            self.y += size * 1.34 / MM
        self.y += 1.6

    def table_head(self, columns: list[tuple[float, str, str]]) -> None:
        """A table's head: x, words and alignment of each column."""
        self.sheet.box(LEFT, self.y, ROOM, 7.4, fill=palette.GROUND)
        self.sheet.rule(LEFT, self.y, RIGHT, self.y, colour=palette.INK, width=1)
        self.sheet.rule(LEFT, self.y + 7.4, RIGHT, self.y + 7.4, colour=palette.INK, width=1)
        for x, words, align in columns:
            self.sheet.text(x, self.y + 4.9, words, face=fonts.BOLD, size=8.2, colour=palette.INK, align=align)
        self.y += 7.4

    def row_rule(self) -> None:
        """The thin rule under a row."""
        self.sheet.rule(LEFT, self.y, RIGHT, self.y, width=0.35)

    def _finish_page(self) -> None:
        if not self._foot and self._total == 1:
            return
        self.sheet.rule(LEFT, 282, RIGHT, 282)
        self.sheet.text(LEFT, 286.5, bind(self._foot), size=7.5, colour=palette.SECOND)
        place = bind(f"Страница {self.page} из {self._total or self.page}").replace(" ", NBSP)
        self.sheet.text(RIGHT, 286.5, place, face=fonts.BOLD, size=8, align="right")

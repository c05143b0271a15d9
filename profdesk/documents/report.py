"""A report on portrait sheets: header, footer with page numbers, a cursor that goes down and turns pages."""

from __future__ import annotations

from datetime import date

from profdesk.documents import fonts, palette
from profdesk.documents.sheet import LANDSCAPE, MM, PORTRAIT, Sheet
from profdesk.documents.typography import NBSP, bind, fitted, wrap

LEFT, RIGHT = 20.0, 198.0
ROOM = RIGHT - LEFT
"""Of an upright page; one that lies has its own ``right`` and ``room``."""
_TOP, _BELOW, _BESIDE = 24.0, 20.0, 12.0
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

    @property
    def right(self) -> float:
        """Where the lines of the page end."""
        return self.sheet.width - _BESIDE

    @property
    def room(self) -> float:
        """How wide its lines are."""
        return self.right - LEFT

    @property
    def bottom(self) -> float:
        """Where the last block of the page ends."""
        return self.sheet.height - _BELOW

    def turn(self, *, lying: bool | None = None) -> None:
        """Begin the next page under its header: lying, upright, or (None) as the one before."""
        self._finish_page()
        self.sheet.next_page()
        if lying is not None:
            self.sheet.resize(LANDSCAPE if lying else PORTRAIT)
        self.page += 1
        self.header()

    def begin(self) -> None:
        """Begin the next page, unless nothing stands on this one yet."""
        if self.y > _TOP:
            self.turn()

    def header(self) -> None:
        """Write the header on top of a page; the first of a report has it only where this is asked for."""
        self.y = _TOP
        left, right = self._head
        small, (right, *_) = fitted(right, fonts.TEXT, _HEAD_SIZES, self.room * MM / 2, 1)
        room = (self.room - 4) * MM - fonts.width(right, fonts.TEXT, small)
        size, (left, *_) = fitted(left, fonts.BOLD, _HEAD_SIZES, room, 1)
        self.sheet.text(LEFT, 12.5, left, face=fonts.BOLD, size=size, colour=palette.INK)
        self.sheet.text(self.right, 12.5, right, size=small, colour=palette.SECOND, align="right")
        self.sheet.rule(LEFT, 15, self.right, 15)

    def need(self, height: float) -> bool:
        """Turn the page if a block of this height does not fit; tells whether it was turned."""
        if self.y + height <= self.bottom:
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
            self.y = self.sheet.paragraph(LEFT, self.y + 1, note, self.room, size=9.5, colour=palette.SECOND) + 2

    def subheading(self, words: str) -> None:
        """A heading inside a part."""
        self.need(24)
        self.sheet.text(LEFT, self.y + 4, words, face=fonts.BOLD, size=12, colour=palette.INK)
        self.y += 8

    def paragraph(self, words: str, *, face: str = fonts.TEXT, size: float = 9.5, indent: float = 0) -> None:
        """A paragraph, parted between pages by whole lines."""
        for line in wrap(words, face, size, (self.room - indent) * MM):
            self.need(6)
            self.sheet.text(LEFT + indent, self.y + 3.4, line, face=face, size=size)
            self.y += size * 1.34 / MM
        self.y += 1.6

    def table_head(self, columns: list[tuple[float, str, str]]) -> None:
        """A table's head: x, words and alignment of each column."""
        self.sheet.box(LEFT, self.y, self.room, 7.4, fill=palette.GROUND)
        self.sheet.rule(LEFT, self.y, self.right, self.y, colour=palette.INK, width=1)
        self.sheet.rule(LEFT, self.y + 7.4, self.right, self.y + 7.4, colour=palette.INK, width=1)
        for x, words, align in columns:
            self.sheet.text(x, self.y + 4.9, words, face=fonts.BOLD, size=8.2, colour=palette.INK, align=align)
        self.y += 7.4

    def row_rule(self) -> None:
        """The thin rule under a row."""
        self.sheet.rule(LEFT, self.y, self.right, self.y, width=0.35)

    def _finish_page(self) -> None:
        if not self._foot and self._total == 1:
            return
        foot = self.sheet.height - 15
        self.sheet.rule(LEFT, foot, self.right, foot)
        self.sheet.text(LEFT, foot + 4.5, bind(self._foot), size=7.5, colour=palette.SECOND)
        place = bind(f"Страница {self.page} из {self._total or self.page}").replace(" ", NBSP)
        self.sheet.text(self.right, foot + 4.5, place, face=fonts.BOLD, size=8, align="right")

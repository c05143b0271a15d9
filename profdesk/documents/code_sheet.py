"""A sheet with one code in large letters and what to do with it: whatever it opens, it is kept apart from that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from profdesk.documents import fonts, palette
from profdesk.documents.sheet import PORTRAIT, Sheet
from profdesk.documents.typography import day

_LEFT, _ROOM = 25.0, 160.0
_TYPED = "Регистр букв, пробелы и дефисы в коде не важны."


@dataclass(frozen=True)
class CodeSheet:
    """What a code is to: ``use`` says where it is typed, ``care`` how it is kept; both in sentences."""

    title: str
    use: str
    care: Sequence[str]

    def draw(self, code: str, what: str, whose: str, footer: str = "profdesk") -> bytes:
        """One page; ``what`` the code opens and ``whose`` it is stand above it."""
        today = datetime.now(UTC).astimezone().date()
        sheet = Sheet(PORTRAIT, self.title, footer, today)
        sheet.text(_LEFT, 35, self.title, face=fonts.SERIF, size=24, colour=palette.INK)
        y = sheet.paragraph(_LEFT, 46, what, _ROOM, size=11)
        y = sheet.paragraph(_LEFT, y + 1, f"{whose}. Напечатано {day(today)}", _ROOM, size=11)
        sheet.box(_LEFT, y + 4, _ROOM, 24, stroke=palette.INK, line=1, radius=2)
        sheet.text(_LEFT + _ROOM / 2, y + 18.5, code, face=fonts.BOLD, size=17, align="centre")
        y += 40
        for advice in (self.use, _TYPED, *self.care):
            y = sheet.paragraph(_LEFT, y, advice, _ROOM, size=11) + 2
        sheet.next_page()
        return sheet.finish()

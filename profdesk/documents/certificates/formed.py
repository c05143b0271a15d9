"""What the owner can do already, and nothing else: a kind line and a list with stars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from profdesk.documents import fonts, palette
from profdesk.documents.certificates import rows
from profdesk.documents.certificates.paper import Area, Paper
from profdesk.documents.sheet import MM
from profdesk.documents.typography import NBSP, balanced
from profdesk.domain.plural import word

_SIZES = (11.5, 11.0, 10.5, 10.0, 9.4, 9.0, 8.5, 8.0, 7.5)
_COUNTED, _KIND = 15.0, 10.0
_RELY = f"На{NBSP}это уже можно опереться в{NBSP}учёбе, в{NBSP}деле и{NBSP}в{NBSP}выборе профессии."
_BEGUN = "Портфолио начато"
_COMING = f"Компетенции складываются шаг за{NBSP}шагом, и{NBSP}каждый шаг сюда{NBSP}войдёт."
_FEW, _MANY = 4, 24


@dataclass(frozen=True)
class Formed:
    """Two kind lines over the list; there is no list where nothing is formed yet."""

    paper: Paper
    counted: str
    kind: list[str]
    list: rows.Stars | None

    hint = ""
    worded = True
    sign_width = 0.0

    @property
    def least(self) -> float:
        """The lines and the closest list."""
        return self._lines + (self.list.least if self.list else 4)

    @property
    def most(self) -> float:
        """The lines and the widest list."""
        return self._lines + 4 + (self.list.most if self.list else 4)

    def draw(self, area: Area) -> None:
        """Draw the lines in the middle and the list under them."""
        sheet, look = self.paper.sheet, self.paper.look
        sheet.text(
            area.middle, area.top + 5, self.counted, face=look.face, size=_COUNTED, colour=look.title, align="centre"
        )
        sheet.lines(
            area.middle, area.top + 11, self.kind, face=fonts.ITALIC, size=_KIND, colour=palette.SECOND, align="centre"
        )
        if self.list:
            aside = (area.width - self.list.whole) / 2
            self.list.draw(area.within(aside, self._lines, aside, 0))

    def sign(self, x: float, y: float, stage: int | None) -> None:
        """Nothing has to be explained."""

    @property
    def _lines(self) -> float:
        return 11 + len(self.kind) * _KIND * 1.3 / MM


def formed(paper: Paper, width: float) -> Iterator[Formed]:
    """Lists in one column or more, the largest first."""
    count = len(paper.items)
    if not count:
        yield Formed(paper, _BEGUN, balanced(_COMING, fonts.ITALIC, _KIND, width * MM), None)
        return
    verb = word(count, "Сформирована", "Сформированы", "Сформировано")
    counted = f"{verb} {count}{NBSP}{word(count, 'компетенция', 'компетенции', 'компетенций')}"
    kind = balanced(_RELY, fonts.ITALIC, _KIND, width * MM)
    for columns in (1,) if count < _FEW else (2,) if count <= _MANY else (2, 3):
        for size in _SIZES:
            room = min(width, rows.narrowest(paper, size)) if columns == 1 else width
            yield Formed(paper, counted, kind, rows.stars(paper, room, size, columns))

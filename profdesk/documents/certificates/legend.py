"""What the signs mean: under an upright drawing in a row, beside the code of a wide sheet with their counts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from profdesk.documents import fonts, palette
from profdesk.documents.certificates import signs
from profdesk.documents.certificates.bodies import Body
from profdesk.documents.certificates.paper import Area, Paper
from profdesk.documents.sheet import MM
from profdesk.documents.typography import NBSP, balanced
from profdesk.domain.plural import counted

_SIZE, _HINT, _COUNTED = 8.4, 9.2, 9.6
_BETWEEN, _BESIDE = 5.5, 1.8
_LINE = 5.0


@dataclass(frozen=True)
class Legend:
    """Lines in the middle: what to read, or signs with their words, and how much has grown."""

    paper: Paper
    body: Body
    hint: Sequence[str]
    rows: Sequence[Sequence[int | None]]
    growth: str

    @property
    def height(self) -> float:
        """Of all lines."""
        return _LINE * (len(self.hint) + len(self.rows) + bool(self.growth))

    def draw(self, area: Area) -> None:
        """Draw the lines from the top of an area down."""
        sheet, y = self.paper.sheet, area.top + 3.4
        for line in self.hint:
            sheet.text(area.middle, y, line, face=fonts.ITALIC, size=_HINT, colour=palette.SECOND, align="centre")
            y += _LINE
        for row in self.rows:
            x = area.middle - _wide(self.paper, self.body, row) / 2
            for stage in row:
                self.body.sign(x, y, stage)
                word = self.paper.word(stage)
                sheet.text(x + self.body.sign_width + _BESIDE, y, word, size=_SIZE, colour=palette.SECOND)
                x += _entry(self.paper, self.body, stage) + _BETWEEN
            y += _LINE
        if self.growth:
            wide = fonts.width(self.growth, fonts.TEXT, _SIZE) / MM + signs.MARK + _BESIDE
            draw_growth(self.paper, area.middle - wide / 2, y, self.growth)


def legend(paper: Paper, body: Body, width: float) -> Legend:
    """What has to be explained of a drawing."""
    hint = balanced(body.hint, fonts.ITALIC, _HINT, width * MM) if body.hint and body.worded else []
    return Legend(paper, body, hint, [] if body.worded else _rows(paper, body, width), growth(paper))


def growth(paper: Paper) -> str:
    """«Выросло за год: 7 компетенций», nothing where none has."""
    if not paper.grown:
        return ""
    return f"Выросло за{NBSP}год: {counted(paper.grown, 'компетенция', 'компетенции', 'компетенций')}"


def draw_growth(paper: Paper, x: float, y: float, words: str) -> None:
    """Write the line of growth after the mark that it explains."""
    signs.grown(paper, x, y)
    paper.sheet.text(x + signs.MARK + _BESIDE, y, words, size=_SIZE, colour=palette.SECOND)


def entries(paper: Paper) -> list[int | None]:
    """The stages from the highest down; not assessed last, if there is any."""
    found: list[int | None] = [stage.value for stage in reversed(paper.facts.scale)]
    return [*found, None] if None in paper.facts.stages else found


def draw_counts(paper: Paper, body: Body, area: Area) -> None:
    """Signs, words and how many there are of each, under each other down to the end of an area."""
    found = entries(paper)
    step = (area.height - 5) / max(1, len(found) - 1)
    bases = [area.top + 5 + step * place for place in range(len(found))]
    for one, other in pairwise(bases):
        middle = (one + other) / 2 - 1.2
        paper.sheet.rule(area.left, middle, area.right, middle, width=0.35)
    for stage, y in zip(found, bases, strict=True):
        body.sign(area.left, y, stage)
        at = area.left + body.sign_width + 4.5
        word, count = paper.word(stage), str(paper.facts.stages.count(stage))
        size = min(_COUNTED, (area.right - at - 8) * MM / fonts.width(word, fonts.TEXT, 1))
        paper.sheet.text(at, y, word, size=size, colour=palette.SECOND)
        paper.sheet.text(area.right, y, count, face=fonts.BOLD, size=10.5, align="right")


def _rows(paper: Paper, body: Body, width: float) -> list[list[int | None]]:
    """The stages from the lowest up, on as few lines as hold them, each of about as many."""
    stages: list[int | None] = [one.value for one in paper.facts.scale]
    stages += entries(paper)[len(stages) :]
    for lines in range(1, len(stages) + 1):
        each = math.ceil(len(stages) / lines)
        rows = [stages[start : start + each] for start in range(0, len(stages), each)]
        if all(_wide(paper, body, row) <= width for row in rows):
            break
    return rows


def _wide(paper: Paper, body: Body, row: Sequence[int | None]) -> float:
    return sum(_entry(paper, body, stage) for stage in row) + _BETWEEN * (len(row) - 1)


def _entry(paper: Paper, body: Body, stage: int | None) -> float:
    return body.sign_width + _BESIDE + fonts.width(paper.word(stage), fonts.TEXT, _SIZE) / MM

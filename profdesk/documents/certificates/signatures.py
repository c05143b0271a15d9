"""The lines of a certificate that are signed by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from profdesk.documents import fonts, palette
from profdesk.documents.certificates.paper import Paper
from profdesk.documents.sheet import MM
from profdesk.documents.typography import balanced
from profdesk.domain.certificate_fields import filled

_LEADING = 1.25
_NAME = 10.0
_WIDEST_NAME = 0.66
_SHORTEST = 26.0
_BESIDE, _UNDER = 11.5, 14.0
_AIR = 4.0


@dataclass(frozen=True)
class _Signature:
    """What stands over the rule, or before it, and the name after it."""

    over: Sequence[str]
    before: str
    name: str


@dataclass(frozen=True)
class Signatures:
    """All lines at one size; ``room`` is the width in millimetres."""

    lines: Sequence[_Signature]
    size: float
    room: float

    @property
    def height(self) -> float:
        """From nothing above to the last rule."""
        return sum(map(self._high, self.lines))

    def draw(self, paper: Paper, x: float, y: float, spread: float = 0) -> None:
        """Draw them under each other from ``y`` down, ``spread`` millimetres more to each."""
        sheet, right = paper.sheet, x + self.room
        words = [fonts.width(one.before, fonts.TEXT, self.size) / MM for one in self.lines if one.before]
        for one in self.lines:
            y += self._high(one) + spread
            line = self.size * _LEADING / MM
            above = y - 6.2 - (len(one.over) - 1) * line
            sheet.lines(x, above, one.over, size=self.size, colour=palette.SECOND, leading=_LEADING)
            if one.before:
                sheet.text(x, y - 0.2, one.before, size=self.size, colour=palette.SECOND)
            used = fonts.width(one.name, fonts.TEXT, _NAME) / MM + 3 if one.name else 0
            left = x + (max(words) + _AIR if one.before else 0)
            sheet.rule(left, y, right - used, y, colour=palette.TEXT, width=0.5)
            if one.name:
                sheet.text(right, y - 0.2, one.name, size=_NAME, align="right")

    def _high(self, one: _Signature) -> float:
        if one.before:
            return _BESIDE
        return _UNDER + (len(one.over) - 1) * self.size * _LEADING / MM


def signatures(paper: Paper, size: float, room: float, *, beside: bool) -> Signatures:
    """Set the lines of a design; ``beside`` puts who signs before the rule where all have room for that."""
    texts = [(filled(one.post, paper.facts), filled(one.name, paper.facts)) for one in paper.design.signatures]
    texts = [(post, name) for post, name in texts if post or name]
    posts = max((fonts.width(post, fonts.TEXT, size) / MM for post, _ in texts), default=0)
    names = max((fonts.width(name, fonts.TEXT, _NAME) / MM + 3 for _, name in texts if name), default=0)
    if beside and all(post for post, _ in texts) and posts + _AIR + _SHORTEST + names <= room:
        return Signatures([_Signature((), post, name) for post, name in texts], size, room)
    return Signatures([_under(post, name, size, room) for post, name in texts], size, room)


def _under(post: str, name: str, size: float, room: float) -> _Signature:
    over = balanced(post, fonts.TEXT, size, room * MM) if post else []
    if fonts.width(name, fonts.TEXT, _NAME) <= room * _WIDEST_NAME * MM:
        return _Signature(over, "", name)
    return _Signature([*over, *balanced(name, fonts.TEXT, size, room * MM)], "", "")

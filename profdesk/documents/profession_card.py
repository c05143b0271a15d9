"""The card of a profession for a classroom's wall: one page, as large as what is known of it allows, nobody's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from profdesk.documents import fonts, palette
from profdesk.documents.sheet import MM, PORTRAIT, Sheet
from profdesk.documents.typography import bind, day, fitted, wrap
from profdesk.domain.organisation import Organisation
from profdesk.domain.profession_card import Demand, ProfessionCard

_LEFT, _RIGHT = 20.0, 192.0
_ROOM = _RIGHT - _LEFT
_TOP, _FOOT = 56.0, 279.0
_SIZES = (14.0, 13.0, 12.0, 11.0, 10.0, 9.0)
_TITLE_SIZES = (34, 30, 26, 23, 20, 17)
_LEADING = 1.36
_AFTER_HEAD, _BETWEEN, _INDENT = 2.0, 5.5, 5.0
_TILE, _GAP = 17.0, 4.0
_YEARS = 4
_BAR = 7.0


@dataclass(frozen=True)
class _Block:
    """A heading with its lines; ``marked`` are the first lines of points. A block of demand has bars and no lines."""

    heading: str
    lines: tuple[str, ...]
    marked: frozenset[int] = frozenset()
    demand: tuple[Demand, ...] = ()

    def height(self, size: float) -> float:
        """In millimetres, at a size of its text in points."""
        body = _BAR * len(self.demand) if self.demand else len(self.lines) * size * _LEADING / MM
        return _heading_size(size) * 1.2 / MM + _AFTER_HEAD + body + _BETWEEN


def profession_card(organisation: Organisation, card: ProfessionCard, dated: date) -> bytes:
    """Draw the page."""
    title = f"{card.title[:1].upper()}{card.title[1:]}"
    sheet = Sheet(PORTRAIT, f"Карточка профессии: {title}", organisation.full_name, dated)
    _head(sheet, title)
    y = _tiles(sheet, card.facts) if card.facts else _TOP
    size, blocks = _that_fit(card, _FOOT - 3 - y)
    for block in blocks:
        y = _draw(sheet, y, block, size)
    sheet.rule(_LEFT, _FOOT, _RIGHT, _FOOT)
    made = bind(f"Составлено {day(dated)}")
    room = _ROOM * MM - fonts.width(made, fonts.TEXT, 8) - 20
    size, lines = fitted(bind(organisation.full_name), fonts.TEXT, (8, 7.5), room, 2)
    sheet.lines(_LEFT, _FOOT + 4.8, lines, size=size, colour=palette.SECOND)
    sheet.text(_RIGHT, _FOOT + 4.8, made, size=8, colour=palette.SECOND, align="right")
    sheet.next_page()
    return sheet.finish()


def _head(sheet: Sheet, title: str) -> None:
    sheet.box(11, 17, 3, 30, fill=palette.INK)
    sheet.text(_LEFT, 22, "КАРТОЧКА ПРОФЕССИИ", face=fonts.ROUND, size=12, colour=palette.KICKER, tracking=1.5)
    size, lines = fitted(bind(title), fonts.ROUND, _TITLE_SIZES, _ROOM * MM, 2)
    sheet.lines(
        _LEFT, 35 if len(lines) > 1 else 40, lines, face=fonts.ROUND, size=size, colour=palette.INK, leading=1.1
    )


def _tiles(sheet: Sheet, facts: Sequence[tuple[str, str]]) -> float:
    """What is said in a word or two, side by side in two columns."""
    wide = (_ROOM - _GAP) / 2
    for number, (title, words) in enumerate(facts):
        x = _LEFT + number % 2 * (wide + _GAP)
        y = _TOP + number // 2 * (_TILE + _GAP - 1)
        sheet.box(x, y, wide, _TILE, fill=palette.PANEL, radius=2)
        sheet.text(x + 4, y + 5.4, title, size=8.5, colour=palette.SECOND)
        size, lines = fitted(bind(words), fonts.BOLD, (12, 11, 10, 9), (wide - 8) * MM, 2)
        sheet.lines(x + 4, y + (11.8 if len(lines) == 1 else 10.2), lines, face=fonts.BOLD, size=size, leading=1.15)
    return _TOP + (len(facts) + 1) // 2 * (_TILE + _GAP - 1) + 4


def _that_fit(card: ProfessionCard, room: float) -> tuple[float, list[_Block]]:
    """Everything at the largest size at which it fits; at the smallest the longest parts are cut short."""
    for size in _SIZES:
        blocks = _blocks(card, size)
        if sum(block.height(size) for block in blocks) - _BETWEEN <= room:
            return size, blocks
    size, blocks = _SIZES[-1], _blocks(card, _SIZES[-1])
    while sum(block.height(size) for block in blocks) - _BETWEEN > room:
        longest = max(blocks, key=lambda block: len(block.lines))
        blocks[blocks.index(longest)] = _shorter(longest)
    return size, blocks


def _shorter(block: _Block) -> _Block:
    lines = block.lines[:-1]
    last = lines[-1] if lines[-1].endswith("…") else f"{lines[-1].rstrip(' .,;:')}…"
    return replace(block, lines=(*lines[:-1], last))


def _blocks(card: ProfessionCard, size: float) -> list[_Block]:
    texts = {title: words.splitlines() for title, words in card.texts}
    blocks = [_text(title, lines, size) for title, lines in texts.items()]
    points = (
        ("Чему и где учат", card.taught),
        ("Попробовать в школе", [f"проба {one}" for one in card.trials]),
        ("Уроки в школе", card.lessons),
    )
    blocks += [_points(title, lines, size) for title, lines in points if lines]
    if any(one.vacancies for one in card.demand):
        blocks.append(_Block("Сколько таких работников ищут в округе", (), demand=tuple(card.demand[:_YEARS])))
    elif card.demand:
        years = ", ".join(str(one.year) for one in reversed(card.demand))
        blocks.append(_text("Востребована в округе", [f"По годам: {years}."], size))
    return blocks


def _text(heading: str, lines: Sequence[str], size: float) -> _Block:
    broken = (wrap(bind(line), fonts.TEXT, size, _ROOM * MM) for line in lines)
    return _Block(heading, tuple(line for some in broken for line in some))


def _points(heading: str, points: Sequence[str], size: float) -> _Block:
    made: list[str] = []
    marked = set()
    for point in points:
        marked.add(len(made))
        made += wrap(bind(point), fonts.TEXT, size, (_ROOM - _INDENT) * MM)
    return _Block(heading, tuple(made), frozenset(marked))


def _draw(sheet: Sheet, y: float, block: _Block, size: float) -> float:
    large = _heading_size(size)
    sheet.text(_LEFT, y + large * 0.8 / MM, block.heading, face=fonts.BOLD, size=large, colour=palette.INK)
    top = y + large * 1.2 / MM + _AFTER_HEAD
    if block.demand:
        _bars(sheet, top, block.demand)
    indent = _INDENT if block.marked else 0
    for number, line in enumerate(block.lines):
        base = top + (number * _LEADING + 0.8) * size / MM
        if number in block.marked:
            sheet.circle(_LEFT + 1.4, base - size * 0.28 / MM, 0.8, fill=palette.KICKER)
        sheet.text(_LEFT + indent, base, line, size=size)
    return y + block.height(size)


def _bars(sheet: Sheet, y: float, demand: Sequence[Demand]) -> None:
    """A bar for each year, the earliest first."""
    most = max(one.vacancies or 0 for one in demand)
    for number, one in enumerate(reversed(demand)):
        middle = y + number * _BAR + _BAR / 2
        sheet.text(_LEFT, middle + 1.4, str(one.year), size=11)
        wide = (_ROOM - 60) * (one.vacancies or 0) / most
        if wide:
            sheet.box(_LEFT + 16, middle - 2.2, wide, 4.4, fill=palette.BELOW, radius=0.8)
        words = one.words.partition(": ")[2] or "число не названо"
        sheet.text(_LEFT + 16 + wide + (2.5 if wide else 0), middle + 1.4, bind(words), size=10, colour=palette.SECOND)


def _heading_size(size: float) -> float:
    return size + 1.5

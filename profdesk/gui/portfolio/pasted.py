"""What is said after a paste: how many cells took it, which did not and why, what did not fit."""

from __future__ import annotations

from profdesk.domain.stage_text import Laid
from profdesk.gui.common import plural
from profdesk.gui.portfolio.choice import Block
from profdesk.gui.portfolio.sheet import Sheet, plain

_NAMED = 3


def sentences(sheet: Sheet, laid: Laid, block: Block, changed: int) -> str:
    """What became of a paste over a block; empty if there was nothing in it."""
    said = [_taken(len(laid.stages), changed)] if laid.stages else []
    if laid.refused:
        said.append(_refusals(sheet, laid, block))
    if laid.cut:
        said.append(f"За пределами класса осталось: {_cells(laid.cut)}.")
    return " ".join(said)


def _taken(taken: int, changed: int) -> str:
    words = f"{plural.word(taken, 'Вставлена', 'Вставлены', 'Вставлено')} {_cells(taken)}"
    same = taken - changed
    return f"{words}, из них без изменений {same}." if same else f"{words}."


def _refusals(sheet: Sheet, laid: Laid, block: Block) -> str:
    named = [
        f"{sheet.pupils[block.top + row].name.short}, «{plain(sheet.competencies[block.left + column])}» — {no.why}"
        for row, column, no in laid.refused[:_NAMED]
    ]
    if len(laid.refused) > _NAMED:
        named.append(f"и ещё {len(laid.refused) - _NAMED}")
    return f"Не подошло: {_cells(len(laid.refused))}. {'; '.join(named)}."


def _cells(count: int) -> str:
    return plural.counted(count, "клетка", "клетки", "клеток")

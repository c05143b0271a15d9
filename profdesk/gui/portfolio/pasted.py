"""What is said after a paste: how many cells took it, which did not and why, what did not fit."""

from __future__ import annotations

from collections.abc import Sequence

from profdesk.domain import plural
from profdesk.domain.pasting import Placed
from profdesk.domain.stage_text import Laid
from profdesk.gui.portfolio.sheet import Sheet, plain

_NAMED = 3


def sentences(sheet: Sheet, placed: Placed, changed: int) -> str:
    """What became of a paste; empty if there was nothing in it."""
    laid = placed.laid
    said = [_taken(len(laid.stages), changed)] if laid.stages else []
    if laid.refused:
        said.append(_refusals(sheet, laid))
    if laid.cut and placed.unknown:
        said.append(f"Не узнали: {_listed([f'«{one}»' for one in placed.unknown], ', ')}.")
    elif laid.cut:
        said.append(f"За пределами класса осталось: {_cells(laid.cut)}.")
    return " ".join(said)


def _taken(taken: int, changed: int) -> str:
    words = f"{plural.word(taken, 'Вставлена', 'Вставлены', 'Вставлено')} {_cells(taken)}"
    same = taken - changed
    return f"{words}, из них без изменений {same}." if same else f"{words}."


def _refusals(sheet: Sheet, laid: Laid) -> str:
    named = [
        f"{sheet.pupils[row].name.short}, «{plain(sheet.competencies[column])}» — {no.why}"
        for row, column, no in laid.refused
    ]
    return f"Не подошло: {_cells(len(laid.refused))}. {_listed(named, '; ')}."


def _listed(words: Sequence[str], between: str) -> str:
    more = [f"и ещё {len(words) - _NAMED}"] if len(words) > _NAMED else []
    return between.join([*words[:_NAMED], *more])


def _cells(count: int) -> str:
    return plural.counted(count, "клетка", "клетки", "клеток")

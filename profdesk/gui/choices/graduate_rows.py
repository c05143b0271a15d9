"""Graduates as the table shows them."""

from __future__ import annotations

from profdesk.domain.graduate_words import Line
from profdesk.domain.graduates import Demand, Met
from profdesk.domain.people import fold
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.tones import Tone

_MET = {Met.INTENDED: Look("check-circle", Tone.OK), Met.RESERVE: Look("circle-half"), Met.OTHERWISE: Look("shuffle")}


def group_key(line: Line) -> tuple[int, str]:
    """Classes by grade, then letter."""
    words = line.graduate.leaver.group
    return len(words), words


def _where(line: Line) -> Look:
    return Look() if line.graduate.entry else Look("clock", Tone.WARN, chip=True)


def _profession(line: Line) -> Look:
    return Look("check", Tone.OK) if line.graduate.demand is Demand.WANTED else Look()


def _met(line: Line) -> Look:
    return _MET.get(line.graduate.met, Look(tone=Tone.MUTED)) if line.graduate.met else Look()


COLUMNS: tuple[Column[Line], ...] = (
    Column("Выпускник", lambda one: one.name, sort=lambda one: fold(one.name), second=lambda one: one.now),
    Column("Класс", lambda one: one.graduate.leaver.group, width=68, sort=group_key),
    Column("Намерение", lambda one: one.intended, sort=lambda one: fold(one.intended), second=lambda one: one.beside),
    Column("Куда", lambda one: one.where, sort=lambda one: fold(one.where), second=lambda one: one.place, look=_where),
    Column(
        "Профессия",
        lambda one: one.profession,
        sort=lambda one: (one.demand, fold(one.profession)),
        second=lambda one: one.demand,
        look=_profession,
    ),
    Column("Сбылось ли намерение", lambda one: one.met, width=178, sort=lambda one: one.met, look=_met),
)

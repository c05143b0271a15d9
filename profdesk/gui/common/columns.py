"""Tables as values: what each column shows of a row, and how."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from profdesk.gui.common.tones import Tone

R = TypeVar("R")


@dataclass(frozen=True)
class Look:
    """How a cell looks: icon before the words, colour of both, ``soft`` fill of the cell, ``chip`` round the words."""

    icon: str = ""
    tone: Tone = Tone.NEUTRAL
    soft: bool = False
    bold: bool = False
    chip: bool = False


@dataclass(frozen=True)
class Column(Generic[R]):
    """A column; ``width`` is in pixels, 0 takes an equal part of what is left.

    ``sort`` gives what the rows are ordered by when its header is pressed; without it the header is mute.
    ``second`` is a 12 px line under the words, ``spoken`` what a screen reader says in place of both where they are
    signs. ``right`` aligns figures and their header. ``tight`` leaves little room at the sides, for many columns of
    figures beside each other.
    """

    title: str
    text: Callable[[R], str]
    width: int = 0
    right: bool = False
    sort: Callable[[R], Any] | None = None
    second: Callable[[R], str] | None = None
    look: Callable[[R], Look] | None = None
    spoken: Callable[[R], str] | None = None
    tight: bool = False


@dataclass(frozen=True)
class Heading:
    """A row that heads a group of rows; it can be neither chosen nor ordered."""

    text: str


@dataclass(frozen=True)
class Cell:
    """What the delegate draws of one cell."""

    text: str
    second: str = ""
    look: Look = Look()
    right: bool = False
    faded: bool = False
    spoken: str = ""
    tight: bool = False


Rows = Sequence[Any]

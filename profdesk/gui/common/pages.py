"""The pages of a main window, each made when it is first needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, cast

from PySide6.QtCore import QObject, Signal

from profdesk.gui.common.page import Page

P = TypeVar("P", bound=Page)


class Pages(QObject):
    """The kinds of pages that a window has, in order; ``pages[kind]`` is the only page of that kind.

    Made on that first asking, it is told of by ``made`` before anybody gets it. What has not been needed yet hears of
    nothing: a page reads what stands in the workspace when it is first shown.
    """

    made = Signal(object)

    def __init__(self, kinds: Sequence[type[Page]], make: Callable[[type[Page]], Page]) -> None:
        super().__init__()
        self.kinds = kinds
        self._make = make
        self._there: dict[type[Page], Page] = {}

    def __getitem__(self, kind: type[P]) -> P:
        if kind not in self._there:
            page = self._there[kind] = self._make(kind)
            self.made.emit(page)
        return cast("P", self._there[kind])

    def __iter__(self) -> Iterator[Page]:
        """Those that are there already."""
        return iter(tuple(self._there.values()))

    def called(self, name: str) -> type[Page]:
        """The kind of the page of a name."""
        return next(one for one in self.kinds if one.name == name)

"""How heading and drawing step down together until both have room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from profdesk.documents.certificates.bodies import Body
from profdesk.documents.certificates.heading import Heading

ZOOMS = tuple(0.95**step for step in range(60))
"""Where nothing fits, all is drawn smaller, but for the code: only for words far longer than schools have."""
_COMFORT = 5

Fits = Callable[[Heading, Body], bool]
_Kind = TypeVar("_Kind")


class Steps(Generic[_Kind]):
    """From the largest down, each made only when it is asked for."""

    def __init__(self, source: Iterable[_Kind]) -> None:
        self._source = iter(source)
        self._made: list[_Kind] = []

    def at(self, place: int) -> _Kind | None:
        """One of them; None where there are no more."""
        while len(self._made) <= place:
            one = next(self._source, None)
            if one is None:
                return None
            self._made.append(one)
        return self._made[place]


def chosen(
    headings: Sequence[Steps[Heading]], bodies: Iterable[Steps[Body]], fits: Fits
) -> tuple[Heading, Body] | None:
    """The first that fit: rather fewer achievements than all letters small, rather small letters than another drawing.

    ``headings`` has for every number of achievements those from the largest down; ``bodies`` the kinds of drawing.
    """
    for kind in bodies:
        for place, scaled in enumerate(headings):
            last = place == len(headings) - 1
            for heading, body in _stepwise(scaled, kind, None if last else _COMFORT):
                if fits(heading, body):
                    return heading, body
    return None


def _stepwise(headings: Steps[Heading], bodies: Steps[Body], most: int | None) -> Iterator[tuple[Heading, Body]]:
    """Pairs that step down together: of as many steps in all rather some of both."""
    steps, found = 0, True
    while found and (most is None or steps < most):
        found = False
        for one in sorted(range(steps + 1), key=lambda one: abs(2 * one - steps)):
            heading, body = headings.at(one), bodies.at(steps - one)
            if heading is not None and body is not None:
                found = True
                yield heading, body
        steps += 1

"""How heading and drawing step down together until both have room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from profdesk.documents.certificates.bodies import Body
from profdesk.documents.certificates.heading import Heading

ZOOMS = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5, 0.45, 0.4, 0.35, 0.3, 0.25)
"""Where nothing fits, all is drawn smaller, but for the code: only for words far longer than schools have."""
_COMFORT = 3

Fits = Callable[[Heading, Body], bool]


def chosen(
    headings: Sequence[Sequence[Heading]], bodies: Iterable[Sequence[Body]], fits: Fits
) -> tuple[Heading, Body] | None:
    """The first that fit: rather fewer achievements than all letters small, rather small letters than another drawing.

    ``headings`` has for every number of achievements those from the largest down; ``bodies`` the kinds of drawing.
    """
    for kind in bodies:
        for place, scaled in enumerate(headings):
            last = place == len(headings) - 1
            for heading, body in _stepwise(scaled if last else scaled[:_COMFORT], kind if last else kind[:_COMFORT]):
                if fits(heading, body):
                    return heading, body
    return None


def _stepwise(headings: Sequence[Heading], bodies: Sequence[Body]) -> Iterator[tuple[Heading, Body]]:
    """All pairs, the steps down from the largest of both growing together."""
    pairs = [(one, other) for one in range(len(headings)) for other in range(len(bodies))]
    for one, other in sorted(pairs, key=lambda pair: (pair[0] + pair[1], abs(pair[0] - pair[1]))):
        yield headings[one], bodies[other]

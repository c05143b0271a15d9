"""What a computer that gets a part knows: how far the chains, as far as it gets them, and what it has all of."""

from __future__ import annotations

from dataclasses import dataclass

from profdesk.domain.exchange import Vector

SHARED = "!"
"""Ends, after an activity's id, the root that says that the computer's person may only read it.

Who else is asked to it the computer is not told, so it could not find that out itself.
"""


@dataclass(frozen=True)
class Known:
    """``roots`` are ids of pupils and activities and names of tables, of which it has everything up to ``seen``.

    With them it is told which activities are ``SHARED``.
    """

    seen: Vector
    roots: frozenset[str]

    def after(self, seen: Vector, roots: frozenset[str]) -> Known:
        """What is known once a file was taken that goes as far as ``seen`` and brought all of ``roots``.

        A late file takes nothing away; of two files neither of which goes as far as the other, what both brought
        all of is known, and an activity is shared that is so by either.
        """
        if _reaches(self.seen, seen):
            return self
        if _reaches(seen, self.seen):
            return Known(_farther(self.seen, seen), roots)
        either = {one for one in self.roots | roots if one.endswith(SHARED)}
        return Known(_farther(self.seen, seen), self.roots & roots | either)


def _reaches(one: Vector, other: Vector) -> bool:
    return all(
        one.get(name, {}).get(device, 0) >= number
        for name, chains in other.items()
        for device, number in chains.items()
    )


def _farther(one: Vector, other: Vector) -> Vector:
    return {
        name: {
            device: max(one.get(name, {}).get(device, 0), other.get(name, {}).get(device, 0))
            for device in {**one.get(name, {}), **other.get(name, {})}
        }
        for name in {**one, **other}
    }

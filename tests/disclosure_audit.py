"""What can be computed of published numbers, exactly: the judge of what is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

Vector = Sequence[int | Fraction]


class Computable:
    """What can be computed of known numbers: Gaussian elimination over fractions."""

    def __init__(self, known: Sequence[Vector]) -> None:
        self.rows: list[tuple[int, list[Fraction]]] = []
        for one in known:
            rest = self._rest(one)
            lead = next((place for place, value in enumerate(rest) if value), None)
            if lead is not None:
                self.rows.append((lead, [value / rest[lead] for value in rest]))

    def has(self, wanted: Vector) -> bool:
        return not any(self._rest(wanted))

    def _rest(self, vector: Vector) -> list[Fraction]:
        rest = [Fraction(value) for value in vector]
        for lead, row in self.rows:
            if factor := rest[lead]:
                rest = [value - factor * other for value, other in zip(rest, row, strict=True)]
        return rest

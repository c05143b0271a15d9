"""Numbers of many organisations under one line: told ones are added, hidden ones are counted and left out.

Nothing hidden can be computed back from what is added here. A sum over organisations holds only numbers that each of
them told, and those are known one by one already. No pupil belongs to two organisations, so whatever is computed from
the numbers of all falls apart into what is computed from the numbers of each, and no small number can be computed from
those (``domain.disclosure``). The hidden ones are in no sum: the department does not know them itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from profdesk.domain import summary
from profdesk.domain.summary import State


@dataclass(frozen=True)
class Part:
    """What one organisation said of a line; a number that is None is hidden."""

    organisation: str
    short_name: str
    numerator: int | None
    denominator: int | None

    @property
    def is_told(self) -> bool:
        """Whether it goes into the sum: a numerator without its denominator does not, nor the other way round."""
        return self.numerator is not None and self.denominator is not None

    @property
    def percent(self) -> Decimal | None:
        """None where it is hidden, and where nobody is in the denominator."""
        return Sum.of([self]).percent

    def state(self, target: Decimal | None) -> State:
        """How the organisation itself stands against the programme's target."""
        return Sum.of([self]).state(target)


@dataclass(frozen=True)
class Sum:
    """Numerators and denominators added over the ``told`` organisations; ``hidden`` is how many are left out."""

    numerator: int
    denominator: int
    told: int
    hidden: int

    @classmethod
    def of(cls, parts: Iterable[Part]) -> Sum:
        """Add what is told."""
        numerator = denominator = told = hidden = 0
        for one in parts:
            if one.numerator is None or one.denominator is None:
                hidden += 1
            else:
                numerator, denominator, told = numerator + one.numerator, denominator + one.denominator, told + 1
        return cls(numerator, denominator, told, hidden)

    @property
    def percent(self) -> Decimal | None:
        """Of the sums; None where nobody is in the denominator."""
        return summary.percent(self.numerator, self.denominator)

    def state(self, target: Decimal | None) -> State:
        """How the sums stand against a target, by exact fractions; hidden where no organisation tells its numbers."""
        if self.hidden and not self.told:
            return State.HIDDEN
        return summary.state(self.numerator, self.denominator, target)

    def shortage(self, target: Decimal | None) -> int:
        """How many more reach the target."""
        return summary.shortage(self.numerator, self.denominator, target)


@dataclass(frozen=True)
class Line:
    """An indicator over all organisations that counted it by one edition of one rule.

    ``silent`` is how many summaries do not have the indicator at all, ``otherwise`` how many have it by another one.
    ``before`` is what the same summaries say of the span before, counted by the same rule.
    """

    code: str
    title: str
    rule: str
    text: str
    target: Decimal | None
    of_people: bool
    parts: tuple[Part, ...]
    silent: int
    otherwise: int
    before: tuple[Part, ...] = ()

    @cached_property
    def sum(self) -> Sum:
        """The numbers that are told, added."""
        return Sum.of(self.parts)

    @property
    def percent(self) -> Decimal | None:
        """Of the sums; None where nobody is in the denominator."""
        return self.sum.percent

    @property
    def state(self) -> State:
        """How the sums stand against the target."""
        return self.sum.state(self.target)

    @property
    def shortage(self) -> int:
        """How many people (or organisations) more reach the target."""
        return self.sum.shortage(self.target)


@dataclass(frozen=True)
class Count:
    """One number added over the ``told`` organisations."""

    value: int
    told: int
    hidden: int

    @classmethod
    def of(cls, numbers: Iterable[int | None]) -> Count:
        """Add what is told."""
        there = list(numbers)
        told = [one for one in there if one is not None]
        return cls(sum(told), len(told), len(there) - len(told))


@dataclass(frozen=True)
class LevelLine:
    """Portfolios of a level, or of all levels, over the organisations that have it.

    Each sum is of the organisations that tell both its numbers, so that its percent is of the same pupils; ``parts``
    are the complete portfolios of each.
    """

    level: str
    title: str
    pupils: Count
    begun: Sum
    parts: tuple[Part, ...]

    @cached_property
    def complete(self) -> Sum:
        """The complete portfolios that are told, among the pupils of the same organisations."""
        return Sum.of(self.parts)


@dataclass(frozen=True)
class StageLine:
    """A competency of a level over all organisations: pupils at each stage, parallel to the titles in ``scale``.

    A cell that an organisation hides is not added; its pupils are among the ``unsaid``, whose stage is not told: all of
    the level who are in no told cell. ``partly`` is how many organisations hide some cells, ``hidden`` how many hide
    even how many pupils they have; these are left out altogether. ``most`` is the largest number that may stand at the
    two highest stages, ``high`` the least.
    """

    level: str
    code: str
    title: str
    scale: tuple[str, ...]
    counts: tuple[int, ...]
    not_assessed: int
    unsaid: int
    most: int
    told: int
    partly: int
    hidden: int

    @property
    def pupils(self) -> int:
        """All pupils of the level in the organisations that are added."""
        return sum(self.counts) + self.not_assessed + self.unsaid

    @property
    def high(self) -> int:
        """How many are known to stand at one of the two highest stages."""
        return sum(self.counts[-2:])

    @property
    def least_percent(self) -> Decimal | None:
        """The share of the two highest stages among all pupils, if no other pupil stands there."""
        return summary.percent(self.high, self.pupils)

    @property
    def most_percent(self) -> Decimal | None:
        """The same, if all stand there who may; equal to the other where nothing is hidden."""
        return summary.percent(self.most, self.pupils)


def stage_line(
    name: tuple[str, str, str], scale: tuple[str, ...], rows: Collection[tuple[Sequence[int | None], int | None]]
) -> StageLine:
    """Add rows of cells (the stages, then those not assessed), each with how many pupils the level has."""
    level, code, title = name
    told = [(cells, pupils) for cells, pupils in rows if pupils is not None]
    sums = [sum(cells[place] or 0 for cells, _ in told) for place in range(len(scale) + 1)]
    unsaid = [pupils - sum(cell or 0 for cell in cells) for cells, pupils in told]
    may = sum(rest for rest, (cells, _) in zip(unsaid, told, strict=True) if None in cells[:-1][-2:])
    return StageLine(
        level=level,
        code=code,
        title=title,
        scale=scale,
        counts=tuple(sums[:-1]),
        not_assessed=sums[-1],
        unsaid=sum(unsaid),
        most=sum(sums[:-1][-2:]) + may,
        told=len(told),
        partly=sum(None in cells for cells, _ in told),
        hidden=len(rows) - len(told),
    )

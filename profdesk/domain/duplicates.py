"""Pupils who may be one child entered twice: told as a possibility, decided by a person.

Alike are the same birth date with names one letter apart, and the same name with dates one figure apart or
with day and month swapped. ё is е, given name and patronymic may stand in each other's place, and a
patronymic may be missing from one of the names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from profdesk.domain.people import PersonName, Pupil, Sex, fold

Pair = tuple[Pupil, Pupil]
_Words = tuple[str, str, str]
_FEW = 12
"""So many born on one day are compared each with each; of more, only those who share a name but for a letter."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A pupil with the folded words of the name."""

    pupil: Pupil
    words: _Words
    key: _Words

    @classmethod
    def of(cls, pupil: Pupil) -> _Known:
        name = pupil.name
        words = (fold(name.surname), fold(name.given), fold(name.patronymic or ""))
        return cls(pupil, words, _key(words))


class DuplicateIndex:
    """Finds who is alike without comparing everybody with everybody."""

    def __init__(self, pupils: Iterable[Pupil] = ()) -> None:
        self._by_date: dict[date, list[_Known]] = defaultdict(list)
        self._by_name: dict[_Words, list[_Known]] = defaultdict(list)
        for known in map(_Known.of, pupils):
            self._by_date[known.pupil.birth_date].append(known)
            self._by_name[known.key].append(known)

    def like(self, name: PersonName, born: date, sex: Sex | None, but: str = "") -> list[Pupil]:
        """Pupils alike to what is being written of a person; ``but`` is the id of the pupil it is written of."""
        one = _Known.of(Pupil(but, name, born, sex, None))
        near = (*self._by_date.get(born, ()), *self._by_name.get(one.key, ()))
        found = {known.pupil.id: known.pupil for known in near if known.pupil.id != but and _alike(one, known)}
        return list(found.values())

    def pairs(self) -> list[Pair]:
        """Every two who are alike, once."""
        same_day = (pair for born in self._by_date.values() for pair in _may_be_alike(born))
        same_name = (pair for named in self._by_name.values() for pair in combinations(named, 2))
        other_day = (pair for pair in same_name if pair[0].pupil.birth_date != pair[1].pupil.birth_date)
        return [
            (one.pupil, other.pupil) for pairs in (same_day, other_day) for one, other in pairs if _alike(one, other)
        ]


def alike(one: Pupil, other: Pupil) -> bool:
    """Whether two may be one child; a boy and a girl with different names are twins at most."""
    return _alike(_Known.of(one), _Known.of(other))


def _alike(one: _Known, other: _Known) -> bool:
    first, second = one.pupil, other.pupil
    if first.birth_date != second.birth_date:
        return one.key == other.key and _dates_near(first.birth_date, second.birth_date)
    if one.key == other.key:
        return True
    if first.sex and second.sex and first.sex is not second.sex:
        return False
    return _names_near(one, other)


def _may_be_alike(born: Sequence[_Known]) -> Iterator[tuple[_Known, _Known]]:
    """Pairs of those born on one day, all that are alike among them."""
    if len(born) <= _FEW:
        yield from combinations(born, 2)
        return
    by_key: dict[_Words, list[int]] = defaultdict(list)
    for number, known in enumerate(born):
        near: set[int] = set()
        for key in _deletions(known.words):
            near.update(by_key[key])
            by_key[key].append(number)
        yield from ((born[former], known) for former in sorted(near))


def _deletions(words: _Words) -> set[_Words]:
    """What names one letter apart have in common: each with one letter left out, or without the patronymic."""
    keys = {_key(words), _key((*words[:2], ""))}
    for place, word in enumerate(words):
        for letter in range(len(word)):
            shorter = word[:letter] + word[letter + 1 :]
            keys.add(_key((*words[:place], shorter, *words[place + 1 :])))
    return keys


def _key(words: tuple[str, ...]) -> _Words:
    """The name with given name and patronymic in an order of their own."""
    surname, given, patronymic = words
    return (surname, given, patronymic) if given <= patronymic else (surname, patronymic, given)


def _names_near(one: _Known, other: _Known) -> bool:
    """One letter apart are names that share the surname or all the rest."""
    mine, others = one.words, other.words
    if one.key[0] != other.key[0] and one.key[1:] != other.key[1:]:
        return False
    if mine[:2] == others[:2] and not (mine[2] and others[2]):
        return True
    family = _distance(mine[0], others[0])
    straight = _distance(mine[1], others[1]) + _distance(mine[2], others[2])
    swapped = _distance(mine[1], others[2]) + _distance(mine[2], others[1])
    return family + min(straight, swapped) <= 1


def _distance(one: str, other: str) -> int:
    """0 for equal words, 1 for one letter more, less, other or changed places with the next, 2 for all else."""
    if one == other:
        return 0
    shorter = min(len(one), len(other))
    start = next((place for place in range(shorter) if one[place] != other[place]), shorter)
    end = next((place for place in range(shorter - start) if one[-1 - place] != other[-1 - place]), shorter - start)
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    if len(left) <= 1 and len(right) <= 1:
        return 1
    return 1 if len(left) == len(right) == 2 and left == right[::-1] else 2


def _dates_near(one: date, other: date) -> bool:
    if one.year == other.year and (one.day, one.month) == (other.month, other.day):
        return True
    return sum(a != b for a, b in zip(one.isoformat(), other.isoformat(), strict=True)) == 1

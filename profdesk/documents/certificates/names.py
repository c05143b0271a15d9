"""A pupil's name in large letters: never torn where it can stand whole, in as few lines as suit it."""

from __future__ import annotations

from collections.abc import Sequence

from profdesk.documents import fonts
from profdesk.documents.typography import balanced, is_whole
from profdesk.domain.people import PersonName

_LEAST_LARGE, _LEAST_MEDIUM, _LEAST = 20, 15, 9
_MOST_LINES = 4


def set_name(person: PersonName, face: str, largest: float, room: float) -> tuple[float, Sequence[str]]:
    """The largest size at which a name fits ``room`` points, and its lines.

    A surname that is too long even at 15 pt parts after a hyphen of its own; a name for which that is
    not enough takes more lines, and in the end its words are broken.
    """
    short, whole, parted = _arrangements(person)
    large, medium, small = _sizes(largest)
    for arrangements, sizes in (
        (short, large),
        ((*short, *whole), large + medium),
        (parted, large + medium),
        ((*short, *whole, *parted), small),
    ):
        for size in sizes:
            for lines in arrangements:
                if all(fonts.width(line, face, size) <= room for line in lines):
                    return size, lines
    return _flowed(whole[0], face, medium + small or [largest], room)


def _sizes(largest: float) -> tuple[list[float], list[float], list[float]]:
    every = [size for size in range(28, _LEAST - 1, -1) if size <= largest]
    return (
        [float(size) for size in every if size >= _LEAST_LARGE],
        [float(size) for size in every if _LEAST_MEDIUM <= size < _LEAST_LARGE],
        [float(size) for size in every if size < _LEAST_MEDIUM],
    )


def _flowed(parts: Sequence[str], face: str, sizes: Sequence[float], room: float) -> tuple[float, Sequence[str]]:
    """A very long name in as many lines as it takes: rather small than in many, rather in many than broken."""
    made = [(size, [line for part in parts for line in balanced(part, face, size, room)]) for size in sizes]
    whole = [one for one in made if all(is_whole(part, face, one[0], room) for part in parts)]
    found = whole or made
    return next((one for one in found if len(one[1]) <= _MOST_LINES), found[-1])


def _arrangements(person: PersonName) -> tuple[list[list[str]], list[list[str]], list[list[str]]]:
    """Ways to set a name: in one or two lines, in three, and with a double surname parted."""
    given = [person.given, *([person.patronymic] if person.patronymic else [])]
    short = [[person.full], [person.surname, " ".join(given)]]
    first, hyphen, second = person.surname.partition("-")
    parted = [[first + hyphen, second, " ".join(given)]] if hyphen else []
    return short, [[person.surname, *given]], parted

"""Erasure of what is kept of pupils: why, what exactly, and the act that says so without a name."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from profdesk.domain.organisation import Organisation
from profdesk.domain.people import PersonName
from profdesk.domain.retention import OF_PUPIL, RecordKind
from profdesk.errors import WrongInputError

GONE = "сведения уничтожены"
"""What stands in the place of a name that was destroyed."""
WORD = "уничтожить"
"""What is typed to confirm."""
_LONGEST = 300
_SHORTEST_WORD = 3
_GAP = r"(?:\s|\\[nrt])"
"""Between words, also in the JSON of the journal."""


class ErasureKind(StrEnum):
    """Why it was done; the value is what the database keeps."""

    TERM = "term"
    WITHDRAWN = "withdrawn"
    UNLAWFUL = "unlawful"
    RESTORED = "restored"

    @property
    def label(self) -> str:
        """As screens offer it."""
        return _KINDS[self][0]

    @property
    def law(self) -> str:
        """By what law, as the act names the reason."""
        return _KINDS[self][1]


_KINDS = {
    ErasureKind.TERM: (
        "истёк срок хранения",
        "цель обработки достигнута, истёк срок хранения (152-ФЗ, ст. 5, ч. 7; ст. 21, ч. 4)",
    ),
    ErasureKind.WITHDRAWN: (
        "отозвано согласие на обработку",
        "отозвано согласие на обработку персональных данных (152-ФЗ, ст. 21, ч. 5)",
    ),
    ErasureKind.UNLAWFUL: (
        "сведения внесены неправомерно",
        "сведения обрабатывались неправомерно (152-ФЗ, ст. 21, ч. 3)",
    ),
    ErasureKind.RESTORED: (
        "уничтожены раньше и вернулись с копией",
        "повторное уничтожение: сведения вернулись при восстановлении из копии",
    ),
}
OFFERED = (ErasureKind.TERM, ErasureKind.WITHDRAWN, ErasureKind.UNLAWFUL)
"""The reasons a person chooses from."""


@dataclass(frozen=True)
class Target:
    """What of a pupil is to go."""

    pupil: str
    kinds: frozenset[RecordKind] = OF_PUPIL

    @property
    def whole(self) -> bool:
        """Whether nothing of the pupil stays."""
        return RecordKind.CARD in self.kinds


@dataclass(frozen=True)
class Subject:
    """Of whom an act speaks; the order wants the name, and it stands on paper alone."""

    name: PersonName
    birth_date: date
    group: str
    kinds: frozenset[RecordKind]


@dataclass(frozen=True)
class Mention:
    """A place of another record where a surname stands; ``where`` says which, in words."""

    where: str
    words: str


@dataclass(frozen=True)
class Outlook:
    """What an erasure would do, nothing of which is done yet.

    ``records`` are counts by kind, ``files`` are kept files that go, ``operations`` those of the journal that
    lose what they hold, ``masked`` other records in which the name is blotted out; ``mentions`` a person has to see to.
    ``psy_waits``: what lies under the psychologists' key goes when a psychologist opens the workspace next.
    """

    targets: Sequence[Target]
    subjects: Sequence[Subject]
    records: Mapping[RecordKind, int]
    files: int
    operations: int
    masked: int
    mentions: Sequence[Mention]
    psy_waits: bool
    copies: CopiesLeft


@dataclass(frozen=True)
class CopiesLeft:
    """Copies in which the records still are, however they were made: the last goes soon after ``until``, by itself."""

    until: date | None

    @property
    def told(self) -> str:
        """In a sentence; empty where there are none."""
        if self.until is None:
            return ""
        return (
            f"В резервных копиях сведения останутся до {self.until:%d.%m.%Y}: "
            "в первые дни работы после этого последняя из них уйдёт сама."
        )


@dataclass(frozen=True)
class Done:
    """An act of erasure as its register tells it, without names."""

    id: str
    number: str
    made_on: date
    kind: ErasureKind
    basis: str
    records: Mapping[RecordKind, int]
    pupils: int
    operations: int
    actor: str
    recorded_at: datetime
    psy_waits: bool = False

    @property
    def reason(self) -> str:
        """Why it was done, by law and by paper."""
        return f"{self.kind.law}; {self.basis}" if self.basis else self.kind.law


@dataclass(frozen=True)
class JournalPlace:
    """Where in the chain of the journal an erasure stands."""

    number: int
    at: datetime
    hash: str


@dataclass(frozen=True)
class Act:
    """All that the paper says: what order 179 of Roskomnadzor (28.10.2022) wants of an act and of a journal's extract.

    ``subjects`` are empty where the register is asked later: names are not kept.
    """

    done: Done
    organisation: Organisation
    address: str
    subjects: Sequence[Subject]
    who: str
    post: str
    place: JournalPlace
    copies: CopiesLeft


def check_basis(basis: str, names: Collection[PersonName]) -> str:
    """The paper by which it is done, tidied; WrongInputError where it tells a name, for it stays for ever."""
    tidy = " ".join(basis.split())
    if len(tidy) > _LONGEST:
        raise WrongInputError(f"Основание длиннее {_LONGEST} знаков: напишите короче.")
    if surname_pattern(names).search(tidy):
        raise WrongInputError("В основании названа фамилия. Оно остаётся в журнале: назовите документ номером и датой.")
    return tidy


class Finder:
    """Finds names in texts: a pattern is tried only where the stem it belongs to is in the text at all."""

    def __init__(self, patterns: Mapping[str, Collection[str]]) -> None:
        """``patterns`` are regular expressions by the folded stem that whatever they find contains."""
        self._patterns = [
            (stem, re.compile(rf"(?<!\w)(?:{'|'.join(sorted(found, key=len, reverse=True))})", re.IGNORECASE))
            for stem, found in patterns.items()
        ]

    def search(self, words: str) -> bool:
        """Whether any of the names is there."""
        return any(pattern.search(words) for pattern in self._concerned(words))

    def sub(self, mark: str, words: str) -> str:
        """The text with a mark in place of each name."""
        for pattern in self._concerned(words):
            words = pattern.sub(mark, words)
        return words

    def _concerned(self, words: str) -> Sequence[re.Pattern[str]]:
        folded = _folded(words)
        return [pattern for stem, pattern in self._patterns if stem in folded]


def name_pattern(forms: Collection[PersonName]) -> Finder:
    """Find a name written with the given name or the initials, in any of the forms; ё and е are alike."""
    found: dict[str, list[str]] = {}
    for name in forms:
        surname, given = _loose(name.surname), _loose(name.given)
        initials = rf"{_loose(name.given[0])}\."
        tail = ""
        if name.patronymic:
            initials += rf"(?:{_GAP}*{_loose(name.patronymic[0])}\.)?"
            tail = rf"(?:{_GAP}+{_loose(name.patronymic)}(?!\w))?"
        found.setdefault(_stem(name), []).extend(
            (
                rf"{surname}{_GAP}+{given}(?!\w){tail}",
                rf"{given}{tail}{_GAP}+{surname}(?!\w)",
                rf"{surname}{_GAP}+{initials}",
                rf"{initials}{_GAP}*{surname}(?!\w)",
            )
        )
    return Finder(found)


def surname_pattern(names: Collection[PersonName]) -> Finder:
    """Find a surname in whatever case: its stem at the beginning of a word."""
    stems = {_stem(name): 4 if len(name.surname) > _SHORTEST_WORD else 2 for name in names}
    return Finder({stem: [rf"{_loose(stem)}\w{{0,{ending}}}(?!\w)"] for stem, ending in stems.items()})


def _stem(name: PersonName) -> str:
    """A surname without its last letter, which changes by case; short ones keep it."""
    return _folded(name.surname[:-1] if len(name.surname) > _SHORTEST_WORD else name.surname)


def _folded(words: str) -> str:
    return words.lower().replace("ё", "е")


def _loose(word: str) -> str:
    return "".join("[её]" if letter in "еёЕЁ" else re.escape(letter) for letter in word)


def categories(records: Mapping[RecordKind, int]) -> Sequence[RecordKind]:
    """The kinds of which there was anything, in the order of acts."""
    return [kind for kind in RecordKind if records.get(kind)]

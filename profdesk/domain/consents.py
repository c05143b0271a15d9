"""Parents' consents: what they allow, since when, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ConsentKind(StrEnum):
    """What is consented to; the value is what the database keeps."""

    PERSONAL = "personal"
    PSYCHOLOGICAL = "psychological"
    PUBLICATION = "publication"

    @property
    def label(self) -> str:
        """As screens and papers name it."""
        return _LABELS[self]


_LABELS = {
    ConsentKind.PERSONAL: "обработка персональных данных",
    ConsentKind.PSYCHOLOGICAL: "психолого-педагогическое сопровождение",
    ConsentKind.PUBLICATION: "публикация фотографий и работ",
}


@dataclass(frozen=True)
class Consent:
    """One paper; ``number`` may be empty, ``valid_until`` None where it is given till further notice."""

    id: str
    pupil: str
    kind: ConsentKind
    given_by: str
    number: str
    given_on: date
    valid_until: date | None = None
    withdrawn_on: date | None = None

    def is_valid(self, day: date) -> bool:
        """Whether it allows something on that day; the day of withdrawal no longer counts."""
        if day < self.given_on or (self.valid_until is not None and day > self.valid_until):
            return False
        return self.withdrawn_on is None or day < self.withdrawn_on

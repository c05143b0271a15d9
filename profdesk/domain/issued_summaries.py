"""The register of issued summaries: what each is of, what it corrects, what corrected it, who signed it further."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from profdesk.domain import plural, register
from profdesk.domain.detached import LABEL, OutsideSigner
from profdesk.domain.people import fold
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.span import Span
from profdesk.domain.summary import Replaced
from profdesk.errors import WrongInputError

_LONGEST = 300


class Place(StrEnum):
    """Where a further signature stands; the value is what the database keeps."""

    APPENDED = "appended"
    BESIDE = "beside"


@dataclass(frozen=True)
class FurtherSignature:
    """A signature that was added after issuing.

    ``over`` is the SHA-256 of the whole file that it was put to, ``sha256`` that of the file it makes: its own, or
    the whole one with it appended.
    """

    id: str
    number: str
    place: Place
    name: str
    over: str
    sha256: str
    signers: tuple[OutsideSigner, ...]
    actor: str
    recorded_at: datetime

    @property
    def who(self) -> str:
        """Everybody who signed: «Черепанова Нина Васильевна, директор, МБОУ «Школа № 12»»."""
        return "; ".join(
            ", ".join(filter(None, (one.name, one.post, one.organisation))) or "имя не названо" for one in self.signers
        )

    @property
    def kind(self) -> str:
        """Where it stands, in words."""
        return "внутри файла" if self.place is Place.APPENDED else f"файл «{self.name}»"

    @property
    def label(self) -> str:
        """What is said of every further signature."""
        return LABEL


class Issuable(Protocol):
    """What the register takes in: an organisation's summary, or a department's consolidation."""

    @property
    def number(self) -> str | None:
        """None until it is issued."""

    @property
    def span(self) -> Span:
        """What it is of."""

    @property
    def replaces(self) -> Replaced | None:
        """What it takes the place of."""


@dataclass(frozen=True)
class IssuedSummary:
    """A line of the register; ``replaced_by`` has the number of the correction and its reason.

    ``newer`` is the number of the latest one of the same span, empty for that one itself.
    """

    number: str
    issued_at: datetime
    actor: str
    span: Span
    sha256: str
    replaces: Replaced | None = None
    replaced_by: Replaced | None = None
    signatures: tuple[FurtherSignature, ...] = ()
    newer: str = ""

    @property
    def year(self) -> SchoolYear:
        """The school year that its span lies in."""
        return self.span.year

    @property
    def stands(self) -> bool:
        """Whether it is the one that counts for its span."""
        return not (self.replaced_by or self.newer)

    @property
    def state(self) -> str:
        """What it is worth: «действует», «есть замена: № 2026/03», «есть новее: № 2026/04»."""
        if self.replaced_by:
            return f"есть замена: № {self.replaced_by.number}"
        return f"есть новее: № {self.newer}" if self.newer else "действует"

    @property
    def note(self) -> str:
        """Why it was corrected, or what it corrects and why."""
        if self.replaced_by:
            return self.replaced_by.reason
        return f"исправляет № {self.replaces.number}: {self.replaces.reason}" if self.replaces else ""

    @property
    def signed_further(self) -> str:
        """How many signatures it has beyond the organisation's own: «ещё 2 подписи»."""
        count = len(self.signatures)
        return f"ещё {plural.counted(count, 'подпись', 'подписи', 'подписей')}" if count else ""

    @property
    def order(self) -> tuple[int, int, str]:
        """By their numbers: those that two computers gave alike stand beside each other, the first one's first."""
        year, sequence, series = place(self.number)
        return year, sequence, register.order(series)

    def matches(self, words: str, who: str = "") -> bool:
        """Whether the line, with the name of who issued it, holds every searched word."""
        told = (self.number, self.span.title, f"{self.issued_at.astimezone():%d.%m.%Y}", who, self.state, self.note)
        line = fold(" ".join((*told, self.sha256, *(f"{one.who} {one.name}" for one in self.signatures))))
        return all(word in line for word in fold(words).split())


def counted(found: Sequence[IssuedSummary], forms: tuple[str, str, str]) -> str:
    """How many there are, and how many of them count; ``forms`` call them for one, two and five."""
    words = plural.counted(len(found), *forms)
    standing = sum(one.stands for one in found)
    return words if standing == len(found) else f"{words}, действует {standing}"


def replaced(former: IssuedSummary, span: Span, reason: str) -> Replaced:
    """What a correction of a span says of the former summary; WrongInputError if it cannot correct that one."""
    if former.span != span:
        raise WrongInputError(
            f"Сводка № {former.number} за {former.span.title}, а исправление за {span.title}: нужен тот же период."
        )
    if former.replaced_by is not None:
        raise WrongInputError(
            f"Сводка № {former.number} уже заменена сводкой № {former.replaced_by.number}: исправляйте её."
        )
    tidy = " ".join(reason.split())
    if not tidy:
        raise WrongInputError("Напишите, что исправлено: причина стоит на обложке и остаётся в реестре.")
    if len(tidy) > _LONGEST:
        raise WrongInputError(f"Причина длиннее {_LONGEST} знаков: напишите короче.")
    return Replaced(former.number, tidy)


def to_json(over: str, sha256: str, signers: Sequence[OutsideSigner]) -> str:
    """What the register keeps of a further signature beside its bytes."""
    told = [{name: _plain(value) for name, value in asdict(one).items()} for one in signers]
    return json.dumps({"over": over, "sha256": sha256, "signers": told}, ensure_ascii=False)


def from_json(text: str) -> tuple[str, str, tuple[OutsideSigner, ...]]:
    """Read ``to_json`` back."""
    kept = json.loads(text)
    return kept["over"], kept["sha256"], tuple(_signer(one) for one in kept["signers"])


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _signer(kept: dict[str, Any]) -> OutsideSigner:
    moments = {"valid_from", "valid_until", "signed_at"}
    known = {field.name for field in fields(OutsideSigner)}
    values: dict[str, Any] = {
        name: datetime.fromisoformat(value) if name in moments and value else value
        for name, value in kept.items()
        if name in known
    }
    return OutsideSigner(**values)


def place(number: str) -> tuple[int, int, str]:
    """Year, place in it and series of the computer that gave a number: «2026/03-К2»."""
    year, _, rest = number.partition("/")
    sequence, _, series = rest.partition("-")
    return int(year), int(sequence), series

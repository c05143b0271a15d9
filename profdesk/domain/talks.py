"""Talks of psychologists and results from elsewhere: what only psychologists read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from profdesk.domain.evidence import LIMIT
from profdesk.errors import WrongInputError

FILE_LIMIT = LIMIT
"""The most bytes that the file of a result from elsewhere may have."""


class TalkKind(StrEnum):
    """What is recorded; the value is what the database keeps."""

    CONSULTATION = "consultation"
    INTERVIEW = "interview"
    EXTERNAL = "external"

    @property
    def label(self) -> str:
        """As screens name it."""
        return _KINDS[self]


_KINDS = {
    TalkKind.CONSULTATION: "Консультация",
    TalkKind.INTERVIEW: "Собеседование о профиле",
    TalkKind.EXTERNAL: "Результат из другой программы",
}


class Whom(StrEnum):
    """With whom a talk was held; the value is what the database keeps."""

    PUPIL = "pupil"
    PARENTS = "parents"
    TEACHER = "teacher"

    @property
    def label(self) -> str:
        """As screens name it."""
        return {"pupil": "с учеником", "parents": "с родителями", "teacher": "с педагогом"}[self]


@dataclass(frozen=True)
class TalkEntry:
    """What is written of a talk or of a result from elsewhere.

    ``pupil`` is None only for a consultation about nobody in particular. ``reason`` is why a talk was held, ``source``
    where a result comes from; ``outcome`` what was agreed. What a kind has no use for is empty.
    """

    kind: TalkKind
    held_on: date
    pupil: str | None
    whom: Whom = Whom.PUPIL
    reason: str = ""
    source: str = ""
    words: str = ""
    outcome: str = ""


@dataclass(frozen=True)
class Talk:
    """A record as it stands; ``file_name`` is empty without a file, ``actor`` the id of who wrote it."""

    id: str
    entry: TalkEntry
    file_name: str
    actor: str
    at: datetime


def check(entry: TalkEntry, *, today: date, has_file: bool) -> None:
    """WrongInputError says what is still missing."""
    if entry.held_on > today:
        raise WrongInputError("Этот день ещё не наступил. Проверьте дату.")
    if entry.kind is not TalkKind.CONSULTATION and entry.pupil is None:
        raise WrongInputError("Выберите ученика.")
    if entry.kind is TalkKind.EXTERNAL:
        if not entry.source.strip():
            raise WrongInputError("Напишите, откуда результат: например, «Билет в будущее».")
        if not entry.words.strip() and not has_file:
            raise WrongInputError("Напишите результат словами или приложите файл.")
    elif not entry.words.strip() and not entry.outcome.strip():
        raise WrongInputError("Запишите, о чём говорили или что решили.")

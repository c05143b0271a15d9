"""The register of issued certificates: numbers without gaps, what each paper said, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from profdesk.domain import certificate_data, certificate_numbers
from profdesk.domain.access import Actor
from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.certificate_register import Issued
from profdesk.domain.erasure import GONE
from profdesk.domain.people import PersonName
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import NotFoundError, WrongInputError
from profdesk.storage import series
from profdesk.storage.models import CertificateRow

_GONE = [GONE.capitalize(), ""]
_TAKEN = "Номер {} уже выдан по прежнему образцу номеров. Измените образец в настройках, чтобы номера не повторялись."


class CertificateStore:
    """Numbers are taken and registered in one unit of work: rolled back together, used once."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor
        self._taken: dict[str, int] = {}

    def numbered(self, facts: CertificateFacts) -> CertificateFacts:
        """Give the facts the next number of the year of issue, by the organisation's pattern and the computer's series.

        WrongInputError if that pattern now makes a number that a former one has made already.
        """
        year = facts.issued_on.year
        sequence = max(self._last(year), max(self._taken.values(), default=0)) + 1
        plain = certificate_numbers.number(facts.organisation.certificate_numbers, year, sequence)
        number = series.numbered(plain, series.own(self._session))
        if self._read(CertificateRow.number == number):
            raise WrongInputError(_TAKEN.format(number))
        self._taken[number] = sequence
        return replace(facts, number=number)

    def register(self, facts: CertificateFacts, pupil_id: str, snapshot: str, design: str, sha256: str) -> None:
        """Write a certificate that was ``numbered`` here.

        ``design`` is the digest of what it is drawn by, ``sha256`` that of the whole sealed file.
        """
        if facts.number not in self._taken:
            raise ValueError("a certificate is registered under the number it was given")
        self._session.add(
            CertificateRow(
                number=facts.number,
                issue_year=facts.issued_on.year,
                series=series.own(self._session),
                sequence=self._taken[facts.number],
                pupil_id=pupil_id,
                school_year=facts.year.start,
                issued_on=facts.issued_on,
                snapshot=snapshot,
                sha256=sha256,
                actor=self._actor.id,
                code=facts.code,
                design=design,
                withdrawn_on=None,
                withdrawn_reason="",
                duplicate_of=facts.duplicate_of,
            )
        )

    def issued(self, year: SchoolYear | None = None) -> Sequence[Issued]:
        """Every certificate of a school year (None: of all), the latest first, whichever computer issued it."""
        return self._read() if year is None else self._read(CertificateRow.school_year == year.start)

    def get(self, number: str) -> Issued:
        """Read one line of the register; NotFoundError if there is none of that number."""
        found = self._read(CertificateRow.number == number)
        if not found:
            raise NotFoundError(f"В реестре нет сертификата № {number}.")
        return found[0]

    def by_code(self, code: str) -> Issued | None:
        """The certificate that bears a code, if this register has issued it."""
        found = self._read(CertificateRow.code == code) if code else ()
        return found[0] if found else None

    def of_nobody(self, number: str) -> Issued | None:
        """A certificate whose register has lost its code with all it knew of the pupil."""
        found = self._read(CertificateRow.number == number, CertificateRow.snapshot == certificate_data.ERASED)
        return found[0] if found else None

    def snapshot(self, number: str) -> str:
        """What a paper said, as it was kept; NotFoundError if there is none of that number."""
        return self._row(number).snapshot

    def design(self, number: str) -> str:
        """The digest of what a paper was drawn by; empty for those issued before there were designs."""
        return self._row(number).design

    def withdraw(self, number: str, day: date | None, reason: str) -> None:
        """Note that a certificate is worth nothing from a day on, or (None) that it is valid again."""
        row = self._row(number)
        row.withdrawn_on, row.withdrawn_reason = day, reason if day else ""

    def of_year(self, year: SchoolYear) -> frozenset[str]:
        """The pupils who have a valid certificate of a school year."""
        query = select(CertificateRow.pupil_id).where(
            CertificateRow.school_year == year.start, CertificateRow.withdrawn_on.is_(None)
        )
        return frozenset(self._session.scalars(query))

    def _last(self, year: int) -> int:
        query = select(func.max(CertificateRow.sequence)).where(
            CertificateRow.issue_year == year, CertificateRow.series == series.own(self._session)
        )
        return self._session.scalar(query) or 0

    def _read(self, *which: ColumnElement[bool]) -> Sequence[Issued]:
        latest_first = CertificateRow.issued_on.desc(), CertificateRow.id.desc()
        query = select(CertificateRow).where(*which).order_by(*latest_first)
        return [_issued(row) for row in self._session.scalars(query)]

    def _row(self, number: str) -> CertificateRow:
        """The first of that number: nothing but two computers of one series could give it twice."""
        query = select(CertificateRow).where(CertificateRow.number == number).order_by(CertificateRow.id)
        row = self._session.scalars(query).first()
        if row is None:
            raise NotFoundError(f"В реестре нет сертификата № {number}.")
        return row


def _issued(row: CertificateRow) -> Issued:
    kept = json.loads(row.snapshot)
    pupil = kept.get("pupil") or (_GONE if row.snapshot == certificate_data.ERASED else "")
    return Issued(
        number=row.number,
        sequence=row.sequence,
        pupil_id=row.pupil_id or "",
        pupil=_name(pupil) if isinstance(pupil, str) else PersonName(*pupil),
        group=kept.get("group", ""),
        year=SchoolYear(row.school_year),
        issued_on=row.issued_on,
        actor=row.actor,
        code=row.code,
        duplicate_of=row.duplicate_of,
        withdrawn_on=row.withdrawn_on,
        withdrawn_reason=row.withdrawn_reason,
        in_word=bool(kept.get("blank")),
    )


def _name(full: str) -> PersonName:
    """The name on a paper of an earlier program, which kept it in one piece."""
    surname, _, rest = full.partition(" ")
    given, _, patronymic = rest.partition(" ")
    return PersonName(surname, given, patronymic or None)

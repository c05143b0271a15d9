"""A certificate that was issued, and the key it was issued with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from support import YEAR, organisation

from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.certificate_claim import claim_of
from profdesk.domain.people import PersonName
from profdesk.services import programmes
from profdesk.signing import certificate_code, keys
from profdesk.signing.keys import SigningKey


@pytest.fixture(scope="session")
def school_key() -> SigningKey:
    return keys.make_key("МБОУ «Школа № 12»", "Школа № 12", datetime(2026, 11, 23, 10, 40, tzinfo=UTC))


@pytest.fixture(scope="session")
def issued(school_key: SigningKey) -> CertificateFacts:
    (programme,) = programmes.shipped()
    level = programme.level("basic")
    facts = CertificateFacts(
        number="2026-0203",
        organisation=organisation(),
        pupil=PersonName("Ильин", "Даниил", "Евгеньевич"),
        group="7 «А»",
        level=level,
        year=YEAR,
        competencies=level.competencies,
        stages=(0, 1, 2, 3, None) * 4,
        scale=programme.stages,
        issued_on=date(2026, 11, 23),
        teacher_post="Классный руководитель",
        duplicate_of="2026-0117",
    )
    return replace(facts, code=certificate_code.write(claim_of(facts), school_key))

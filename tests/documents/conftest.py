"""Facts of certificates and a summary, made of the shipped programme."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from support import organisation

from profdesk import assets
from profdesk.analysis import summary as analysis
from profdesk.domain import programme_file
from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.people import PersonName
from profdesk.domain.programme import Programme
from profdesk.domain.register_measures import Share
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.span import Span
from profdesk.domain.summary import Summary

LONG = PersonName("Константинопольская-Преображенская", "Александра-Виктория", "Владиславовна кызы")


def share(counted: int, asked: int) -> Share:
    people = [str(number) for number in range(asked)]
    return Share(frozenset(people[:counted]), frozenset(people))


@pytest.fixture(scope="session")
def programme() -> Programme:
    name = "artemovsky-2022-2025"
    return programme_file.parse(assets.resource("programmes", f"{name}.toml").read_text(encoding="utf-8"), name)


@pytest.fixture(scope="session")
def facts(programme: Programme) -> Callable[..., CertificateFacts]:
    def make(
        level: str, name: PersonName = LONG, stage: int | None = 2, number: str | None = "2026-0203"
    ) -> CertificateFacts:
        found = programme.level(level)
        count = len(found.competencies.items)
        stages = tuple(stage if place % 3 else place % 4 for place in range(count))
        return CertificateFacts(
            number=number,
            organisation=organisation(),
            pupil=name,
            group="Подготовительная «Солнышко»" if level == "preschool" else "7 «А»",
            level=found,
            year=SchoolYear(2026),
            competencies=found.competencies,
            stages=stages,
            scale=programme.stages,
            issued_on=date(2026, 12, 24),
            teacher_post="Классный руководитель",
        )

    return make


@pytest.fixture(scope="session")
def summary(programme: Programme) -> Summary:
    groups = [
        ("g0", "Подготовительная «Солнышко»", None, None, "preschool", 9),
        ("g1", "2 «Б»", 2, "Б", "primary", 24),
        ("g2", "7 «А»", 7, "А", "basic", 27),
        ("g3", "10 «соц-эк»", 10, "соц-эк", "secondary", 12),
    ]
    pupils = [
        (f"{key}-{n}", key, title, grade, letter, level)
        for key, title, grade, letter, level, size in groups
        for n in range(size)
    ]
    stages = [
        (pupil[0], item.code, (place + n) % 4)
        for n, pupil in enumerate(pupils)
        for place, item in enumerate(programme.level(pupil[5]).competencies.items)
        if n % 5 or place < 4
    ]
    reached = {
        "events_any": [pupil[0] for pupil in pupils if pupil[1] == "g0"],
        "trials_any": ["g3-1"],
        "labour_market_informed": [],
        "parents_reached": [pupil[0] for pupil in pupils][::2],
    }
    shares = {"staff_trained": share(3, 8), "agreements": share(0, 1), "web_pages": share(1, 1)}
    tables = analysis.tables(programme, pupils, stages, reached, shares)
    return Summary(
        organisation=organisation(),
        programme_code=programme.code,
        programme_title=programme.title,
        programme_edition=programme.edition,
        programme_digest=programme.digest,
        span=Span.of_year(SchoolYear(2026)),
        counted_at=datetime(2026, 11, 23, 10, 40, tzinfo=UTC),
        scale=programme.stages,
        figures=tables.figures,
        levels=tables.levels,
        groups=tables.groups,
        stages=tables.stages,
        unanswered=tables.unanswered,
        number="2026/01",
    )

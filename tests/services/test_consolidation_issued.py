"""A department adds up what came, signs it, and signs again when more has come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from kept_workspaces import create
from openpyxl import load_workbook
from sent_summaries import come, of_school
from support import PASSWORD, YEAR, organisation

from profdesk.domain.access import NewUser
from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.span import Span
from profdesk.domain.verification import Verdict
from profdesk.errors import WrongInputError
from profdesk.services import consolidation, programmes, senders, verification
from profdesk.signing import keys
from profdesk.storage.workspace import Workspace

SPAN = Span.of_year(YEAR)


@pytest.fixture
def department(tmp_path: Path) -> Iterator[Workspace]:
    owner = NewUser("Панова Ольга Ивановна", "специалист", PASSWORD)
    own = replace(organisation(), kind=OrganisationKind.DEPARTMENT, legal_form="", name="Управление образования")
    made = create(tmp_path / "department", owner, own).workspace
    key = keys.make_key(own.full_name, own.short_name, datetime.now(UTC))
    with made.unit(made.actor) as unit:
        unit.keys.add(key.certificate_pem, key.private_pem)
    yield made
    made.close()


def test_what_came_is_added_signed_and_replaced(department: Workspace, tmp_path: Path) -> None:
    desk, actor = department, department.actor
    assert consolidation.of_span(desk, actor, SPAN) is None
    come(desk, tmp_path / "прошлый год", 1, 2, span=SPAN.previous)
    come(desk, tmp_path / "год", 2, 3)
    found = consolidation.of_span(desk, actor, SPAN)
    assert found is not None
    paper = found.paper
    assert [found.receipts[one.organisation].number for one in paper.made.summaries] == ["2026/01", "2026/01"]
    assert [one.short_name for one in paper.made.summaries] == ["Своя № 2", "Своя № 3"]
    assert [one.short_name for one in paper.made.absent] == ["Своя № 1"]
    trend = next(one for one in paper.trends if len(one.points) == 2)
    assert [point.span for point in trend.points] == [SPAN.previous, SPAN]
    assert load_workbook(BytesIO(consolidation.workbook(paper)))["Свод"].max_row == 1 + len(paper.made.lines)
    assert consolidation.preview(desk, actor, paper).startswith(b"%PDF")
    assert consolidation.trend_pages(paper).startswith(b"%PDF")

    file = tmp_path / "свод.pdf"
    first, _ = consolidation.sign(desk, actor, paper, file.write_bytes)
    assert verification.verify_here(desk, actor, file).verdict is Verdict.TRUSTED
    assert consolidation.former(desk, actor, SPAN) is not None
    come(desk, tmp_path / "ещё", 1)
    more = consolidation.of_span(desk, actor, SPAN)
    assert more is not None
    assert not more.paper.made.absent
    again, _ = consolidation.sign(desk, actor, more.paper, lambda _: None)
    assert again.paper.replaces is not None
    assert again.paper.replaces.number == first.paper.number
    in_force = consolidation.former(desk, actor, SPAN)
    assert in_force is not None
    assert in_force.number == again.paper.number
    with desk.unit(actor) as unit:
        assert unit.summaries.document(first.paper.number or "") == file.read_bytes() == first.pdf


def test_who_counts_by_another_programme_is_told_and_named_among_those_not_added(
    department: Workspace, tmp_path: Path
) -> None:
    come(department, tmp_path / "год", 1, 2)
    come(department, tmp_path / "ещё", 3, programme_code="another")
    found = consolidation.of_span(department, department.actor, SPAN)
    assert found is not None
    assert [one.short_name for one in found.paper.made.absent] == ["Своя № 3"]
    assert [(name, reason.partition(":")[0]) for name, reason in found.apart] == [
        ("Своя № 3, № 2026/01", "другая программа")
    ]
    assert set(found.apart) <= set(found.paper.left_out)
    files = sorted((tmp_path / "год").iterdir())
    compared = senders.trusted(department, department.actor)
    paper, _ = consolidation.consolidate(files, compared=compared)
    assert len(paper.made.summaries) == 2


def test_no_organisation_sets_the_target_of_all(department: Workspace, tmp_path: Path) -> None:
    programme = programmes.current(department, department.actor)
    come(department, tmp_path / "год", 1)
    sent = of_school(2, programme_edition=99)
    lenient = []
    for one in sent.figures:
        wordings = tuple(replace(wording, target=Decimal(1)) for wording in one.indicator.wordings)
        lenient.append(replace(one, indicator=replace(one.indicator, title="Иначе", wordings=wordings)))
    come(department, tmp_path / "ещё", 2, programme_edition=99, figures=tuple(lenient))
    found = consolidation.of_span(department, department.actor, SPAN)
    assert found is not None
    assert len(found.paper.made.summaries) == 2
    own = {one.code: (one.title, one.target) for one in programme.indicators}
    assert all((line.title, line.target) == own[line.code] for line in found.paper.made.lines)


def test_no_number_is_taken_when_saving_fails(department: Workspace, tmp_path: Path) -> None:
    desk, actor = department, department.actor
    come(desk, tmp_path / "год", 2)
    found = consolidation.of_span(desk, actor, SPAN)
    assert found is not None

    def fail(_: bytes) -> None:
        raise WrongInputError("Места на диске нет.")

    with pytest.raises(WrongInputError):
        consolidation.sign(desk, actor, found.paper, fail)
    assert consolidation.former(desk, actor, SPAN) is None


def test_a_school_signs_no_consolidation(department: Workspace, workspace: Workspace, tmp_path: Path) -> None:
    come(department, tmp_path / "год", 2)
    found = consolidation.of_span(department, department.actor, SPAN)
    assert found is not None
    with pytest.raises(WrongInputError, match="управление"):
        consolidation.sign(workspace, workspace.actor, found.paper, lambda _: None)

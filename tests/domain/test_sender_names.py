"""What organisations of a list are called: the short name of one may be that of another."""

from __future__ import annotations

import pytest

from profdesk.domain import sender_table
from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.roster import Row, Sheet
from profdesk.domain.senders import Sender, SenderDraft, apart, ensure_free, is_called, named
from profdesk.errors import WrongInputError


def school(name: str, short_name: str, legal_form: str = "МБОУ") -> SenderDraft:
    return SenderDraft(OrganisationKind.SCHOOL, legal_form, name, short_name)


TOWN = Sender("town", school("Средняя школа № 1", "Школа № 1"))
VILLAGE = school("Средняя школа № 1 посёлка Буланаш", "Школа № 1")


def test_a_short_name_alone_is_no_proof() -> None:
    assert named([TOWN], "МАОУ «Средняя школа № 1»", "Школа № 1") == TOWN
    assert named([TOWN], VILLAGE.full_name, "Школа № 1") is None
    loose = Sender("loose", school("Школа № 1", "Школа № 1", ""))
    assert named([loose], VILLAGE.full_name, "Школа № 1") == loose
    assert named([loose, TOWN], "МАОУ «Средняя школа № 1»", "Школа № 1") is None


def test_two_may_not_be_called_alike_and_the_second_keeps_its_proper_name() -> None:
    with pytest.raises(WrongInputError, match="другое краткое название"):
        ensure_free(VILLAGE, [TOWN])
    with pytest.raises(WrongInputError, match="уже есть"):
        ensure_free(TOWN.draft, [TOWN])
    assert apart(VILLAGE, [TOWN]).short_name == VILLAGE.name
    rows = (("Название", "Краткое название"), (VILLAGE.full_name, "Школа № 1"), (TOWN.draft.full_name, "Школа № 1"))
    table = Sheet("", tuple(Row(number, cells) for number, cells in enumerate(rows, 1)))
    found = sender_table.plan([table], [TOWN], "список.csv")
    assert ([one.short_name for one in found.added], found.same) == ([VILLAGE.name], 1)


def test_a_paper_names_an_organisation_in_full_or_by_its_quoted_name() -> None:
    assert all(is_called(TOWN.draft, name) for name in ("МАОУ «Средняя школа № 1»", "«Средняя школа № 1»", "«Средня…"))
    assert not is_called(TOWN.draft, VILLAGE.full_name)

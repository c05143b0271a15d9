"""The register read as a whole, papers entered in one act, and the forms made of it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from diagnostic_school import add_class
from paper_checks import raw_pages
from support import YEAR

from profdesk.domain.access import Actor, Role
from profdesk.domain.consents import SELF, ConsentKind, ConsentState, NewConsent
from profdesk.errors import AccessError, WrongInputError
from profdesk.services import consents
from profdesk.storage.workspace import Workspace

DAY = date(2026, 11, 20)
PSYCH, PUBLIC = ConsentKind.PSYCHOLOGICAL, ConsentKind.PUBLICATION


def test_the_book_shows_a_class_and_counts_it(workspace: Workspace) -> None:
    there, actor = add_class(workspace), workspace.actor
    papers = [NewConsent(one.id, PUBLIC, "мать", str(14 + place)) for place, one in enumerate(there[:2])]
    step, _ = consents.enter(workspace, actor, papers, date(2026, 9, 3), DAY + timedelta(10))
    assert step.words == "записано 2 согласия"
    book = consents.book(workspace, actor, YEAR, DAY)
    assert [one.pupil.name.surname for one in book.pupils] == ["Алексеева", "Баранов", "Власов", "Громова"]
    (group,) = book.groups
    assert [book.given(group.id, kind) for kind in ConsentKind] == [(0, 4), (4, 4), (2, 4)]
    first = book.pupils[0]
    assert [one.state for one in first.by_kind.values()] == [
        ConsentState.MISSING, ConsentState.VALID, ConsentState.ENDING,
    ]  # fmt: skip
    assert first.lacking == (ConsentKind.PERSONAL,)
    assert [one.number for one in first.papers] == ["14", ""]
    assert book.next_number == 16


def test_all_papers_are_entered_or_none(workspace: Workspace) -> None:
    there, actor = add_class(workspace), workspace.actor
    papers = [NewConsent(one.id, PUBLIC, SELF) for one in there]
    with pytest.raises(WrongInputError, match="Алексеева Саша: до 14 лет согласие даёт родитель"):
        consents.enter(workspace, actor, papers, date(2026, 5, 5))
    with pytest.raises(WrongInputError, match="завтра"):
        consents.enter(workspace, actor, papers, consents._today() + timedelta(1))
    assert consents.book(workspace, actor, YEAR, DAY).given(str(there[0].group and there[0].group.id), PUBLIC)[0] == 0
    consents.enter(workspace, actor, papers, date(2026, 5, 6))
    assert consents.book(workspace, actor, YEAR, DAY).given(str(there[0].group and there[0].group.id), PUBLIC)[0] == 4


def test_forms_are_of_pupils_or_empty(workspace: Workspace, tmp_path: Path) -> None:
    there, actor = add_class(workspace), workspace.actor
    ids = [one.id for one in there[:2]]
    pages = raw_pages(consents.forms(workspace, actor, [ConsentKind.PERSONAL, PSYCH], ids), tmp_path)
    assert len(pages) == 6
    assert all("Алексеева Саша" in page for page in pages[:3])
    (blank,) = raw_pages(consents.forms(workspace, actor, [PUBLIC]), tmp_path)
    assert "дата рождения, класс" in blank
    (blank,) = raw_pages(consents.forms(workspace, actor, [PUBLIC], kindergarten=True), tmp_path)
    assert "воспитанников" in blank
    book = consents.book(workspace, actor, YEAR, DAY)
    (listed,) = raw_pages(consents.list_paper(workspace, actor, book, book.groups), tmp_path)
    assert "работа психолога 4 из 4" in listed


def test_an_administrator_neither_reads_nor_writes_consents(workspace: Workspace) -> None:
    actor = Actor("a", "Админ", "", frozenset({Role.ADMINISTRATOR}))
    with pytest.raises(AccessError, match="видеть согласия"):
        consents.book(workspace, actor, YEAR)
    with pytest.raises(AccessError, match="вести согласия"):
        consents.withdraw(workspace, Actor("r", "", "", frozenset({Role.READER})), "p", PSYCH, DAY)

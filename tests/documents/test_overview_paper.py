"""What is left to do on paper: every task in its words, the bars, the year, and nobody's name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from kept_workspaces import create
from overview_school import TODAY, School
from paper_checks import assert_fonts, assert_inside, raw_pages
from support import PASSWORD, YEAR, organisation

from profdesk.documents.overview_paper import overview_paper
from profdesk.domain import overview_words as words
from profdesk.domain.access import NewUser
from profdesk.domain.overview import Reading, overview
from profdesk.domain.scope import Scope
from profdesk.services import overview as verbs
from profdesk.services import pupils
from profdesk.storage.workspace import Workspace


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("school") / "desk"
    made = create(folder, NewUser("Иванова Анна", "", PASSWORD)).workspace
    School(1, 150).write(made)
    yield made
    made.close()


@pytest.fixture(scope="module")
def reading(workspace: Workspace) -> Reading:
    return verbs.read(workspace, workspace.actor, TODAY)


def test_everything_left_is_told_in_the_words_of_the_page_and_nobody_is_named(
    workspace: Workspace, reading: Reading, tmp_path: Path
) -> None:
    found = overview(reading, Scope())
    pdf = overview_paper(organisation(), "Вся школа", reading, found)
    pages = raw_pages(pdf, tmp_path)
    assert len(pages) == 2
    assert "Вся школа. Понедельник, 23 ноября" in pages[0]
    whole = " ".join(pages)
    places = [
        whole.index(f"{words.number(one.count)} {words.tell(one, reading.programme, TODAY).words}")
        for one in found.tasks
    ]
    assert places == sorted(places)
    for bar in found.bars:
        shown = (words.bar_title(bar), words.of_all(bar), words.share(bar), words.verdict(bar.figure))
        assert all(part in whole for part in shown)
    assert whole.rindex("Начато портфолио") > whole.index("Охват")
    surnames = {one.name.surname for one in pupils.pupils(workspace, workspace.actor, YEAR)}
    assert surnames
    assert not any(surname in whole for surname in surnames)
    assert_inside(pdf)
    assert_fonts(pdf, tmp_path)
    assert pdf == verbs.paper(workspace, workspace.actor, reading, Scope(), "Вся школа")


def test_a_scope_of_nobody_and_with_nothing_left_takes_one_page(reading: Reading, tmp_path: Path) -> None:
    blank = replace(overview(reading, Scope(group="нет такого")), tasks=())
    pages = raw_pages(overview_paper(organisation(), "9 «Ы»", reading, blank), tmp_path)
    assert len(pages) == 1
    assert "На этот день всё сделано." in pages[0]

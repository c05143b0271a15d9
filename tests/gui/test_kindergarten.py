"""The window of a kindergarten: nothing in it speaks of grades and of those who finish them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from kept_workspaces import create
from support import PASSWORD, organisation

from profdesk import app
from profdesk.domain.access import NewUser
from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.registers_of_pupils import ACHIEVEMENTS, DESTINATIONS
from profdesk.gui.main_window import MainWindow
from profdesk.gui.registers.page import RegistersPage
from profdesk.gui.start import opened

KINDS = [OrganisationKind.KINDERGARTEN, OrganisationKind.SCHOOL]


@pytest.fixture
def window(request: pytest.FixtureRequest, qapp: object, tmp_path: Path) -> Iterator[MainWindow]:
    app.application()
    whose = replace(organisation(), kind=request.param)
    made = create(tmp_path / "desk", NewUser("Иванова Анна", "завуч", PASSWORD), whose)
    windows = app.Windows()
    main = windows.show_main(opened.read(made.workspace))
    yield main
    windows.close()


@pytest.mark.parametrize(("window", "chooses"), list(zip(KINDS, (False, True), strict=True)), indirect=["window"])
def test_choices_and_graduates_are_for_schools(window: MainWindow, *, chooses: bool) -> None:
    assert ("choices" in window.listed) is chooses
    window.show_page("registers")
    page = window.page
    assert isinstance(page, RegistersPage)
    page.desk.settle()
    listed = {getattr(row, "register", None) for row in page.list.choice.rows()}
    assert ACHIEVEMENTS in listed
    assert (DESTINATIONS in listed) is chooses

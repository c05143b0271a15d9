"""Each role at the own work: where it begins, what is there, what may only be read, and nothing that is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from journey_user import User
from keyboard import press
from PySide6.QtCore import Qt
from role_users import OWN, come, make_school
from role_walk import keep_refusals
from support import FIRST

from profdesk.domain.access import Role
from profdesk.domain.registers import PARTNERS
from profdesk.gui.common.entry_dialog import EntryDialog
from profdesk.gui.diagnostics.page import DiagnosticsPage
from profdesk.gui.overview.page import OverviewPage
from profdesk.gui.portfolio.page import PortfolioPage
from profdesk.gui.registers.page import RegistersPage
from profdesk.gui.settings.page import SettingsPage
from profdesk.gui.summary.page import SummaryPage
from profdesk.services import portfolio, registers


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    return keep_refusals(monkeypatch)


def test_psychologist_begins_at_diagnostics_and_may_rate(user: User, tmp_path: Path, refused: list[str]) -> None:
    groups = make_school(tmp_path / "desk")
    workspace = come(user, tmp_path / "desk", Role.PSYCHOLOGIST)
    assert isinstance(user.main.page, DiagnosticsPage)
    assert user.main.role.text() == "Психолог"
    assert {"overview", "summary", "certificates"}.isdisjoint(user.main.listed)
    page = user.page("portfolio")
    assert isinstance(page, PortfolioPage)
    press(user, Qt.Key.Key_3)
    assert list(portfolio.grid(workspace, workspace.actor, groups[OWN].id, FIRST).stages.values()) == [3]
    for name in user.main.listed:
        user.page(name)
    assert refused == []


def test_head_begins_at_the_overview_and_signs(user: User, tmp_path: Path, refused: list[str]) -> None:
    make_school(tmp_path / "desk")
    come(user, tmp_path / "desk", Role.HEAD)
    page = user.main.page
    assert isinstance(page, OverviewPage)
    assert {line.link for line in page.tasks.lines()} == {""}
    assert any(line.aside for line in page.tasks.lines())
    summary = user.page("summary")
    assert isinstance(summary, SummaryPage)
    user.given = tmp_path / "Сводка.pdf"
    user.click(summary.sign_button)
    assert user.given.read_bytes().startswith(b"%PDF"), user.complaint()
    assert refused == []


def test_reader_reads_and_nothing_can_be_changed(user: User, tmp_path: Path, refused: list[str]) -> None:
    groups = make_school(tmp_path / "desk")
    workspace = come(user, tmp_path / "desk", Role.COORDINATOR)
    registers.add(
        workspace, workspace.actor, PARTNERS, {**PARTNERS.blank(), "name": "Завод «Луч»", "kind": "enterprise"}
    )
    user.windows.desk.release()
    workspace = come(user, tmp_path / "desk", Role.READER)
    page = user.page("portfolio")
    assert isinstance(page, PortfolioPage)
    assert user.main.status.words == "Только просмотр: права заполнять портфолио у вас нет"
    for key in (Qt.Key.Key_3, Qt.Key.Key_Delete):
        press(user, key)
    assert not page.before_button.isVisible()
    assert not portfolio.grid(workspace, workspace.actor, groups[OWN].id, FIRST).stages

    shown = user.page("registers")
    assert isinstance(shown, RegistersPage)
    shown.show_register(PARTNERS)
    user.wait()
    assert not shown.list.add_button.isVisible()
    press(user, Qt.Key.Key_Return)
    (dialog,) = (one for one in shown.findChildren(EntryDialog) if one.isVisible())
    assert dialog.leave_button.text() == "Закрыть"
    assert not dialog.save_button.isVisible()
    assert dialog.rows["name"].box.property("readOnly")
    dialog.reject()
    summary = user.page("summary")
    assert isinstance(summary, SummaryPage)
    assert not summary.sign_button.isVisible()
    user.page("consents")
    assert user.main.status.words == "Только просмотр: права вести согласия у вас нет"
    assert not {"внести", "отозвать"} & {words for _, words in user.main.page.usable(user.main.page.status().keys)}
    assert refused == []


def test_administrator_sees_no_pupil(user: User, tmp_path: Path, refused: list[str]) -> None:
    make_school(tmp_path / "desk")
    come(user, tmp_path / "desk", Role.ADMINISTRATOR)
    main = user.main
    assert "settings" in main.listed
    assert {"overview", "pupils", "portfolio", "activities", "registers", "verification"}.isdisjoint(main.listed)
    settings = user.page("settings")
    assert isinstance(settings, SettingsPage)
    assert not settings.short_name.isReadOnly()
    for kind in main.pages.kinds:
        user.page(kind.name)
    assert refused == []


def test_several_roles_are_told_in_a_tip(user: User, tmp_path: Path) -> None:
    make_school(tmp_path / "desk")
    come(user, tmp_path / "desk", Role.PSYCHOLOGIST, Role.READER)
    assert user.main.role.text() == "Психолог и ещё 1"
    assert user.main.role.toolTip() == "Психолог, читатель"

"""What every page keeps to: it opens empty and filled, fits the smallest screen, names its inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from kept_workspaces import create
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from support import PASSWORD, YEAR, organisation

from profdesk import app
from profdesk.domain.access import NewUser
from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.people import PersonName
from profdesk.domain.senders import SenderDraft
from profdesk.gui.common.table import DeskTable
from profdesk.gui.main_window import MainWindow
from profdesk.gui.start import opened
from profdesk.services import pupils
from profdesk.signing import keys

SMALLEST = (1366, 697)
PAGES = (
    "overview", "pupils", "consents", "portfolio", "class-overview", "diagnostics", "activities", "choices",
    "certificates", "summary", "registers", "verification", "exchange", "users", "settings",
)  # fmt: skip
EVERY = (
    *PAGES,
    "keying",
    "reference",
    "rollover",
    "pupil-card",
    "class-result",
    "result",
    "talks",
    "audit",
    "copies",
    "erasure",
    "differences",
)
"""With those that are reached from other pages."""
DEPARTMENT = ("summaries", "senders", "consolidation", "issued", "verification", "exchange", "users", "settings")
DEPARTMENTS_EVERY = (*DEPARTMENT, "audit", "copies", "differences")
CASES = [
    *((kind, name) for kind in ("empty", "filled") for name in EVERY),
    *(("department", name) for name in DEPARTMENTS_EVERY),
]
"""What the workspace is like, and each page of its window."""
each_page = pytest.mark.parametrize(("window", "name"), CASES, indirect=["window"])
Make = Callable[[str], MainWindow]


@pytest.fixture(scope="module")
def windows(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """One window of each kind for all these tests, as a user has it: pages are gone through one after another."""
    app.application()
    made: dict[str, tuple[app.Windows, MainWindow]] = {}

    def window(kind: str) -> MainWindow:
        if kind not in made:
            made[kind] = opened_window(kind, tmp_path_factory.mktemp(kind) / "desk")
        for _, one in made.values():
            one.setVisible(one is made[kind][1])
        return made[kind][1]

    yield window
    for own, _ in made.values():
        own.close()


def opened_window(kind: str, folder: Path) -> tuple[app.Windows, MainWindow]:
    sort = OrganisationKind.DEPARTMENT if kind == "department" else OrganisationKind.SCHOOL
    own = replace(organisation(), kind=sort)
    workspace = create(folder, NewUser("Иванова Анна", "завуч", PASSWORD), own).workspace
    key = keys.make_key("Школа", "Школа", datetime.now(UTC))
    with workspace.unit(workspace.actor) as unit:
        unit.keys.add(key.certificate_pem, key.private_pem)
        if kind == "department":
            unit.senders.add(SenderDraft(OrganisationKind.SCHOOL, "", "Школа № 1", "Школа № 1"), datetime.now(UTC))
        if kind == "filled":
            group = unit.pupils.ensure_group(pupils.group_name("7а"), "basic", YEAR)
            for surname in ("Константинопольская-Преображенская", "Ан"):
                pupil = unit.pupils.add(PersonName(surname, "Александра", "Владиславовна"), date(2013, 5, 6), None)
                unit.pupils.enrol(pupil, group.id, YEAR)
    windows = app.Windows()
    main = windows.show_main(opened.read(workspace))
    main.resize(*SMALLEST)
    return windows, main


@pytest.fixture
def window(request: pytest.FixtureRequest, windows: Make) -> MainWindow:
    return windows(request.param)


def settle(window: MainWindow) -> None:
    for _ in range(3):
        QApplication.processEvents()
        window.page.desk.settle()


def shown(window: MainWindow) -> Iterator[QWidget]:
    return (widget for widget in window.page.findChildren(QWidget) if widget.isVisible())


@each_page
def test_keys_of_a_page_work_wherever_the_cursor_is(window: MainWindow, name: str) -> None:
    window.show_page(name)
    settle(window)
    own = window.page.findChildren(QShortcut, options=Qt.FindChildOption.FindDirectChildrenOnly)
    narrower = [one.key().toString() for one in own if one.context() is not Qt.ShortcutContext.WindowShortcut]
    assert not narrower, "these need the cursor inside the page, and whoever opened it has it beside"


@each_page
def test_page_fits_the_smallest_screen(window: MainWindow, name: str) -> None:
    window.show_page(name)
    settle(window)
    assert (window.width(), window.height()) == SMALLEST
    outer = window.rect()
    for widget in shown(window):
        if isinstance(widget, QPushButton | QLineEdit | QComboBox):
            corner = widget.mapTo(window, widget.rect().bottomRight())
            assert outer.contains(corner), widget.objectName()


@each_page
def test_every_input_can_be_named_by_a_screen_reader(window: MainWindow, name: str) -> None:
    window.show_page(name)
    settle(window)
    buddies = {label.buddy() for label in window.page.findChildren(QLabel) if label.buddy()}
    for widget in shown(window):
        if (
            isinstance(widget, QLineEdit | QComboBox | QAbstractSpinBox | QAbstractItemView)
            and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        ):
            inside = isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox)
            assert inside or widget in buddies or widget.accessibleName(), widget.objectName()
        if isinstance(widget, QPushButton):
            assert widget.text() or widget.accessibleName(), widget.objectName()


@each_page
def test_words_of_buttons_are_not_cut(window: MainWindow, name: str) -> None:
    window.show_page(name)
    settle(window)
    for widget in shown(window):
        if isinstance(widget, QPushButton) and widget.text():
            assert widget.width() >= widget.fontMetrics().horizontalAdvance(widget.text()), widget.text()


@each_page
def test_models_keep_qts_rules(window: MainWindow, qtmodeltester: ModelTester, name: str) -> None:
    window.show_page(name)
    settle(window)
    for table in window.page.findChildren(DeskTable):
        qtmodeltester.check(table.model(), force_py=True)


@pytest.mark.parametrize(("window", "pages"), [("empty", PAGES), ("department", DEPARTMENT)], indirect=["window"])
def test_pages_are_reached_by_keys(window: MainWindow, pages: tuple[str, ...], qtbot: QtBot) -> None:
    window.activateWindow()
    assert window.listed == list(pages)
    for number, name in enumerate(pages[:9], 1):
        qtbot.keyClick(window, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.ControlModifier)
        settle(window)
        assert window.page.name == name

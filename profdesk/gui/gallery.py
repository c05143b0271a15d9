"""Every window and page of the demonstration school drawn to PNG at 1366x768, light and dark."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from profdesk import assets, paths
from profdesk.domain.activities import Activity
from profdesk.domain.certificate_register import Standing
from profdesk.domain.overview import Subject
from profdesk.domain.progress import mute
from profdesk.domain.pupil_screen import PupilScreen
from profdesk.domain.questions import Wording
from profdesk.domain.registers import AGREEMENTS, PARTNERS, STAFF
from profdesk.domain.registers_of_work import INSTITUTIONS, LESSONS, PROFESSIONS
from profdesk.domain.route import LineKind
from profdesk.errors import WrongInputError, place_told
from profdesk.gui import (
    gallery_certificates,
    gallery_copies,
    gallery_department,
    gallery_features,
    gallery_start,
    gallery_summary,
)
from profdesk.gui.activities.page import CALENDAR, ActivitiesPage
from profdesk.gui.certificates.page import ISSUE, REGISTER, CertificatesPage
from profdesk.gui.choices.page import CHOICE, GRADUATES, ChoicesPage
from profdesk.gui.class_overview.page import ClassOverviewPage
from profdesk.gui.common import theme
from profdesk.gui.common.components import Components
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.page import Page
from profdesk.gui.common.pages import Pages
from profdesk.gui.diagnostic_results.class_page import ClassResultPage
from profdesk.gui.diagnostic_results.page import ResultPage
from profdesk.gui.diagnostics.keying_page import KeyingPage
from profdesk.gui.diagnostics.page import DiagnosticsPage
from profdesk.gui.gallery_roles import shots as shots_of_roles
from profdesk.gui.main_window import MainWindow
from profdesk.gui.overview.page import OverviewPage
from profdesk.gui.portfolio.page import PortfolioPage
from profdesk.gui.pupil_card.page import PupilCardPage
from profdesk.gui.pupil_screen.window import PupilWindow
from profdesk.gui.pupils.page import PupilsPage
from profdesk.gui.reference.page import ReferencePage
from profdesk.gui.registers.page import RegistersPage
from profdesk.gui.rollover.page import RolloverPage
from profdesk.gui.route.card_tab import RouteTab
from profdesk.gui.settings.page import SettingsPage
from profdesk.gui.start import opened
from profdesk.gui.start.opened import Opened
from profdesk.gui.verification.page import VerificationPage
from profdesk.services import (
    badges,
    certificates,
    demo,
    diagnostics,
    instruments,
    key_files,
    lesson_exchange,
    pupil_card,
    pupils,
    registers,
)

SIZE = (1366, 768)
_CLASS = "7 «А»"
_INSTRUMENT = "golomshtok_144"
PagesOf = Callable[[Desk], Pages]


def draw(app: QApplication, folder: Path, pages: PagesOf) -> list[Path]:
    """Build the demonstration school in a temporary folder and draw everything; gives the pictures."""
    with place_told(f"В папку «{folder}» картинки не сохранить."):
        folder.mkdir(parents=True, exist_ok=True)
    drawn: list[Path] = []
    with tempfile.TemporaryDirectory() as place, paths.moved_to(Path(place) / "home"):
        path = Path(place) / demo.FOLDER
        workspace = demo.build(path, mute)
        job = demo.main_job(workspace, Path(place), mute)
        mail = gallery_department.prepare(Path(place))
        drawn += gallery_certificates.draw(workspace, folder)
        workspace.close()
        summary = next(file.path for file in job.written if file.path.name.startswith("Сводка"))
        for name, dark in (("light", False), ("dark", True)):
            theme.apply(app, dark)
            others = (gallery_department.shots(Path(place), mail, pages, _drawn), shots_of_roles(path, pages, _drawn))
            for title, picture in chain(_all(path, summary, pages), *others):
                drawn.append(_saved(picture, folder / f"{title}-{name}.png"))
            sheet = Components()
            sheet.resize(*SIZE)
            sheet.show()
            QApplication.processEvents()
            drawn.append(_saved(sheet, folder / f"90-components-{name}.png"))
            sheet.close()
    theme.apply(app)
    return drawn


def _all(path: Path, signed: Path, pages: PagesOf) -> Iterator[tuple[str, QWidget]]:
    desk = Desk()
    try:
        yield from gallery_start.shots(desk, path, _drawn)
        found = opened.read(demo.open_demo(path))
        yield from _main(desk, found, pages, signed)
        yield from _pupil(desk)
        desk.release()
        yield from gallery_copies.start_shots(desk, path, _drawn)
    finally:
        desk.close()


def _main(desk: Desk, found: Opened, pages: PagesOf, signed: Path) -> Iterator[tuple[str, QWidget]]:
    shown = pupils.group_called(found.workspace, found.workspace.actor, found.organisation.period.year, _CLASS)
    desk.use(found.workspace, found.programme, found.organisation)
    made = pages(desk)
    window = MainWindow(desk, made)
    window.resize(*SIZE)
    window.show()
    for number, kind in enumerate(made.kinds, 10):
        window.activateWindow()
        window.show_page(kind.name)
        page = window.page
        _drawn(desk, window)
        if isinstance(page, PupilCardPage):
            page.choose_pupil(_longest_here(found, shown.id))
        if isinstance(page, PortfolioPage | ClassOverviewPage | ReferencePage | CertificatesPage):
            page.choose_group(shown.id)
        if isinstance(page, KeyingPage | ClassResultPage | ResultPage):
            views = _sessions_on(page, found)
        else:
            yield f"{number}-{page.name}", _drawn(desk, window)
            views = _registers(page) if isinstance(page, RegistersPage) else _further(page, found, signed)
            views = chain(views, _calendar(page), _choices(page), _issued(page), gallery_features.shots(page))
        for name, widget in views:
            yield f"{number}-{page.name}-{name}", _drawn(desk, widget or window)
    window.close()


def _pupil(desk: Desk) -> Iterator[tuple[str, QWidget]]:
    instrument = instruments.called(_INSTRUMENT)
    wording = Wording(dict.fromkeys(range(1, instrument.items + 1), "Рассматривать звёздное небо"))
    window = PupilWindow(desk, PupilScreen("", "Полина", instrument, wording, {}))
    window.resize(*SIZE)
    window.show()
    yield "80-pupil-greeting", _drawn(desk, window)
    window.begin_button.click()
    yield "81-pupil-question", _drawn(desk, window)
    window.ask_password()
    yield "82-pupil-leaving", _drawn(desk, window)
    window.hide()
    window.deleteLater()


def _further(page: Page, found: Opened, signed: Path) -> Iterator[tuple[str, QWidget | None]]:
    """Further views of a page, each brought about before it is drawn: the window, or a dialog of its own."""
    for name, open_dialog in chain(_dialogs(page), _dialogs_of_figures(page)):
        open_dialog()
        _drawn(page.desk, page)
        for dialog in page.window().findChildren(QDialog):
            if dialog.isVisible():
                yield name, dialog
                dialog.reject()
    if isinstance(page, PupilCardPage):
        yield from _tabs(page)
    if isinstance(page, PupilsPage):
        page.open_file(demo.lists(found.organisation.period.year)[-1])
        yield "import", None
    if isinstance(page, DiagnosticsPage):
        page.show_plan()
        yield "plan", None
        page.show_instruments()
        yield "instruments", None
    if isinstance(page, RolloverPage):
        page.undecided_filter.click()
        yield "undecided", None
    if isinstance(page, VerificationPage):
        page.check(signed)
        yield "verdict", None
        latest = certificates.register(found.workspace, found.workspace.actor)[0]
        badge, outside = signed.with_name("Значок.json"), signed.with_name("Подпись.p7m")
        page.check_code(latest.code)
        yield "code", None
        badges.export_one(found.workspace, found.workspace.actor, latest.number, badge)
        page.check(badge)
        yield "badge", None
        key_files.save_key_file(found.workspace, found.workspace.actor, outside)
        page.check(outside)
        yield "outside", None


def _tabs(page: PupilCardPage) -> Iterator[tuple[str, QWidget | None]]:
    for place, tab in enumerate(page.shown_tabs[1:], 1):
        page.tabs.setCurrentIndex(place)
        yield str(place), None
        if isinstance(tab, RouteTab):
            yield from _route(tab)


def _route(tab: RouteTab) -> Iterator[tuple[str, QWidget | None]]:
    """A line being written, the history and the paper of a route."""
    tab.left_list.add(LineKind.STEP)
    yield "route-line", None
    tab.left_list.close_editor()
    for name, button in (("route-history", tab.history_button), ("route-paper", tab.print_button)):
        button.click()
        _drawn(tab.desk, tab)
        for dialog in tab.findChildren(QDialog):
            if dialog.isVisible():
                yield name, dialog
                dialog.reject()


def _registers(page: RegistersPage) -> Iterator[tuple[str, QWidget | None]]:
    """Several registers, dialogs of some, a card, and the previews of a table and of lessons from elsewhere."""
    for register in (AGREEMENTS, STAFF, LESSONS, PROFESSIONS, PARTNERS):
        page.list.show_register(register)
        yield register.code, None
        if register in (AGREEMENTS, LESSONS, PROFESSIONS):
            page.list.table.choose_near(len(page.list.table.rows()))
            page.acts.edit()
            if page.acts.dialog is not None:
                yield f"{register.code}-entry", page.acts.dialog
                page.acts.dialog.reject()
    page.open_file(assets.resource("demo-registers", f"{INSTITUTIONS.title}.csv"))
    yield "import", None
    page.list.show_register(PROFESSIONS, "электромонтёр")
    _drawn(page.desk, page)
    page.show_profession(page.list.table.rows()[0].entry.id)
    yield "card", None
    page.open_file(_lessons(page.desk))
    yield "lessons-import", None


def _lessons(desk: Desk) -> Path:
    """Lessons as another school has them: one of them says more, and one is of another grade."""
    workspace, actor = desk.workspace, desk.actor
    there = registers.book(workspace, actor, LESSONS).entries
    target = workspace.path.parent / lesson_exchange.proposed_name("Школа № 5")
    lesson_exchange.export(workspace, actor, [one.id for one in there], target)
    for one, changed in zip(there, ({"author": "Ким Ольга Львовна"}, {"grades": "11 класс"}), strict=False):
        registers.change(workspace, actor, LESSONS, one.id, changed)
    return target


def _calendar(page: Page) -> Iterator[tuple[str, QWidget | None]]:
    if isinstance(page, ActivitiesPage):
        page.view.choose(CALENDAR)
        yield "calendar", None


def _choices(page: Page) -> Iterator[tuple[str, QWidget | None]]:
    """Every kind of choice, in a class that chooses and in one that is to be recorded at once."""
    if isinstance(page, ChoicesPage):
        for group in (2, -3):
            page.group.setCurrentIndex(group % page.group.count())
            page.group.activated.emit(page.group.currentIndex())
            _drawn(page.desk, page)
            for subject in page.subject.keys:
                page.subject.choose(subject)
                yield f"{page.group.currentText()[:2].strip()}-{subject}", None
        page.choice.add()
        _drawn(page.desk, page)
        if page.choice.acts.dialog is not None:
            yield "entry", page.choice.acts.dialog
            page.choice.acts.dialog.reject()
        page.view.choose(GRADUATES)
        yield GRADUATES, None
        page.view.choose(CHOICE)


def _issued(page: Page) -> Iterator[tuple[str, QWidget | None]]:
    """The register with one withdrawn and one that a duplicate was issued instead of, and why one is withdrawn."""
    if isinstance(page, CertificatesPage):
        workspace, actor = page.desk.workspace, page.desk.actor
        there = reversed(certificates.register(workspace, actor))
        first, second, *_ = (one.number for one in there if one.standing is Standing.VALID)
        certificates.withdraw(workspace, actor, first, "ошибка в фамилии")
        certificates.duplicate(workspace, actor, second, workspace.path.with_name("Дубликат.pdf"))
        page.view.choose(REGISTER)
        yield REGISTER, None
        register = page.register
        page.issuing.table.set_checked(lambda _: True)
        asks = {"withdrawal": register.ask_withdrawal, "list": register.print_register, "each": page.issuing.ask_each}
        for name, ask in asks.items():
            ask()
            _drawn(page.desk, page)
            for dialog in page.findChildren(QDialog):
                if dialog.isVisible():
                    yield name, dialog
                    dialog.reject()
        page.view.choose(ISSUE)


def _sessions_on(
    page: KeyingPage | ClassResultPage | ResultPage, found: Opened
) -> Iterator[tuple[str, QWidget | None]]:
    """Bring the sessions of the year on a page one by one; they are of every kind of answer."""
    workspace, year = found.workspace, found.organisation.period.year
    for view in diagnostics.journal(workspace, workspace.actor, year):
        answered = [one.sheet for one in view.sheets if one.sheet.state(view.instrument).counts]
        if isinstance(page, KeyingPage):
            page.open_session(view.session.id)
        elif isinstance(page, ClassResultPage):
            page.show_session(view.session.id)
        elif answered:
            page.show_sheet(answered[0].id)
        if answered or isinstance(page, KeyingPage):
            yield view.instrument.code, None


def _dialogs(page: Page) -> Iterator[tuple[str, Callable[[], None]]]:
    """What opens each dialog of a page."""
    if isinstance(page, ActivitiesPage):
        first = next(one for one in page.table.rows() if isinstance(one, Activity))
        yield "plan", page.acts.add
        yield "change", lambda: page.acts.edit(first)
        yield "attendance", lambda: page.acts.hold(first)
        yield "paper", page.print_button.click
        held = next(one for one in page.table.rows() if isinstance(one, Activity) and one.entry.trial)
        yield "stages", lambda: page.acts.stages(held)
        asked = next(one for one in page.table.rows() if isinstance(one, Activity) and one.id in page.acts.content)
        yield "answers", lambda: page.acts.answers(asked)
        yield "parents", page.views_of_year.parents.trigger
        yield "professions", page.views_of_year.professions.trigger
    if isinstance(page, PortfolioPage):
        yield "cell", page.opening.open
    if isinstance(page, PupilCardPage | ClassOverviewPage | ChoicesPage):
        yield "paper", page.print_button.click
    if isinstance(page, ReferencePage):
        yield "fields", page.fields_button.click
    if isinstance(page, SettingsPage):
        yield "personal-key", page.keys.personal_key_button.click
    if isinstance(page, PupilsPage):
        rows = page.list.table
        yield "add", page.acts.add
        rows.choose_first()
        yield "edit", page.acts.edit
        yield "move", page.acts.move
        yield "leave", page.acts.leave
        pair = [row.pupil for row in rows.rows()[:2]]
        yield "merge", lambda: page.acts.compare([(pair[0], pair[1])])
        yield "acts", page.show_history


def _dialogs_of_figures(page: Page) -> Iterator[tuple[str, Callable[[], None]]]:
    """Those of the overview and of the summary."""
    if isinstance(page, OverviewPage):
        done_here = (Subject.CONSENTS, Subject.COPY)
        for task in [line.task for line in page.tasks.lines() if line.task.subject in done_here]:
            yield task.subject.value, partial(page.tasks.opened.emit, task)
        yield "paper", page.print_button.click
    yield from gallery_summary.dialogs(page)


def _longest_here(found: Opened, group: str) -> str:
    """The pupil of a class with the longest past in the school."""
    workspace, year = found.workspace, found.organisation.period.year
    there = certificates.candidates(workspace, workspace.actor, group)
    cards = [pupil_card.card(workspace, workspace.actor, one.pupil, year) for one in there]
    return max(cards, key=lambda card: len(card.growth.years)).pupil.id


def _drawn(desk: Desk, window: QWidget) -> QWidget:
    """Wait until all work is answered and the window is laid out."""
    QApplication.processEvents()
    desk.settle()
    for _ in range(3):
        QApplication.processEvents()
        desk.settle()
    return window


def _saved(widget: QWidget, path: Path) -> Path:
    if not widget.grab().save(str(path)):
        raise WrongInputError(f"Картинку «{path}» сохранить не удалось. Укажите другую папку.")
    return path

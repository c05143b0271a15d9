"""The pages of the main window and how they lead to each other; loaded with the first workspace, not before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from profdesk.domain.access import PSYCHOLOGISTS
from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.pupil_list import HOMELESS
from profdesk.gui.activities.card_tab import ActivitiesTab
from profdesk.gui.activities.page import ActivitiesPage
from profdesk.gui.certificates.page import CertificatesPage
from profdesk.gui.choices.page import ChoicesPage
from profdesk.gui.class_overview.page import ClassOverviewPage
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.page import Page
from profdesk.gui.department.consolidation_page import ConsolidationPage
from profdesk.gui.department.issued_page import IssuedPage
from profdesk.gui.department.senders_page import SendersPage
from profdesk.gui.department.summaries_page import SummariesPage
from profdesk.gui.diagnostic_results.card_tab import DiagnosticsTab
from profdesk.gui.diagnostic_results.class_page import ClassResultPage
from profdesk.gui.diagnostic_results.page import ResultPage
from profdesk.gui.diagnostic_results.talks_page import TalksPage
from profdesk.gui.diagnostics.keying_page import KeyingPage
from profdesk.gui.diagnostics.page import DiagnosticsPage
from profdesk.gui.main_window import MainWindow
from profdesk.gui.overview.page import OverviewPage
from profdesk.gui.portfolio.page import PortfolioPage
from profdesk.gui.pupil_card.page import PupilCardPage
from profdesk.gui.pupil_screen.window import hand_over
from profdesk.gui.pupils.page import PupilsPage
from profdesk.gui.reference.page import ReferencePage
from profdesk.gui.registers.achievements_tab import AchievementsTab
from profdesk.gui.registers.page import RegistersPage
from profdesk.gui.rollover.page import RolloverPage
from profdesk.gui.route.card_tab import RouteTab
from profdesk.gui.settings.page import SettingsPage
from profdesk.gui.summary.page import SummaryPage
from profdesk.gui.verification.page import VerificationPage

T = TypeVar("T")


class Shown:
    """Pages of a window as the fields of a dataclass, in the order of the navigation."""

    @property
    def shown(self) -> Sequence[Page]:
        """Those that are there."""
        return [page for page in vars(self).values() if isinstance(page, Page)]


@dataclass(frozen=True)
class DepartmentPages(Shown):
    """The pages of a department's window."""

    summaries: SummariesPage
    senders: SendersPage
    consolidation: ConsolidationPage
    issued: IssuedPage
    verification: VerificationPage
    settings: SettingsPage


@dataclass(frozen=True)
class Pages(Shown):
    """The pages of a school's or kindergarten's window; None for one that is not shown here."""

    overview: OverviewPage
    pupils: PupilsPage
    card: PupilCardPage
    rollover: RolloverPage
    portfolio: PortfolioPage
    class_overview: ClassOverviewPage
    reference: ReferencePage
    diagnostics: DiagnosticsPage | None
    keying: KeyingPage | None
    class_result: ClassResultPage | None
    result: ResultPage | None
    talks: TalksPage | None
    activities: ActivitiesPage
    choices: ChoicesPage | None
    certificates: CertificatesPage
    summary: SummaryPage
    registers: RegistersPage
    verification: VerificationPage
    settings: SettingsPage


def pages(desk: Desk) -> Pages | DepartmentPages:
    """Make every page that the user's roles allow and the organisation has a use for."""
    if desk.organisation.kind is OrganisationKind.DEPARTMENT:
        return DepartmentPages(
            summaries=SummariesPage(desk),
            senders=SendersPage(desk),
            consolidation=ConsolidationPage(desk),
            issued=IssuedPage(desk),
            verification=VerificationPage(desk),
            settings=SettingsPage(desk),
        )
    psychologist = bool(desk.actor.roles & PSYCHOLOGISTS)
    return Pages(
        overview=OverviewPage(desk),
        pupils=PupilsPage(desk),
        card=PupilCardPage(desk, (ActivitiesTab(desk), AchievementsTab(desk), DiagnosticsTab(desk), RouteTab(desk))),
        rollover=RolloverPage(desk),
        portfolio=PortfolioPage(desk),
        class_overview=ClassOverviewPage(desk),
        reference=ReferencePage(desk),
        diagnostics=DiagnosticsPage(desk) if psychologist else None,
        keying=KeyingPage(desk) if psychologist else None,
        class_result=ClassResultPage(desk) if psychologist else None,
        result=ResultPage(desk) if psychologist else None,
        talks=TalksPage(desk) if psychologist else None,
        activities=ActivitiesPage(desk),
        choices=None if desk.organisation.kind is OrganisationKind.KINDERGARTEN else ChoicesPage(desk),
        certificates=CertificatesPage(desk),
        summary=SummaryPage(desk),
        registers=RegistersPage(desk),
        verification=VerificationPage(desk),
        settings=SettingsPage(desk),
    )


def join(window: MainWindow, made: Pages | DepartmentPages) -> None:
    """Let a page lead to another through the window, since features do not know each other."""
    if isinstance(made, DepartmentPages):
        _join_department(window, made)
    else:
        _join_school(window, made)


def _join_department(window: MainWindow, made: DepartmentPages) -> None:
    lead, senders = partial(_lead, window), made.senders
    made.summaries.wanted_senders.connect(partial(window.show_page, senders.name))
    made.summaries.wanted_sender.connect(partial(lead, senders, senders.show_sender))
    made.summaries.wanted_keys.connect(partial(lead, senders, senders.take))
    made.consolidation.wanted_summaries.connect(partial(window.show_page, made.summaries.name))
    made.issued.wanted_consolidation.connect(partial(window.show_page, made.consolidation.name))


def _join_school(window: MainWindow, made: Pages) -> None:
    lead = partial(_lead, window)
    empty = (made.overview, made.portfolio, made.class_overview, made.reference, made.diagnostics, made.choices)
    for page in empty:
        if page is not None:
            page.wanted_pupils.connect(partial(window.show_page, made.pupils.name))
    made.pupils.wanted_rollover.connect(partial(window.show_page, made.rollover.name))
    portfolio = partial(lead, made.portfolio, made.portfolio.choose_group)
    made.certificates.wanted_portfolio.connect(portfolio)
    made.reference.wanted_portfolio.connect(portfolio)
    reference = partial(lead, made.reference, made.reference.choose_pupil)
    made.pupils.wanted_reference.connect(reference)
    made.card.wanted_reference.connect(reference)
    made.class_overview.wanted_references.connect(partial(lead, made.reference, made.reference.choose_group))
    card = partial(lead, made.card, made.card.choose_pupil)
    made.class_overview.wanted_card.connect(card)
    made.portfolio.wanted_card.connect(card)
    made.certificates.wanted_card.connect(card)
    made.registers.wanted_card.connect(card)
    made.pupils.wanted_card.connect(
        partial(lead, made.card, lambda pupil: made.card.choose_pupil(pupil, made.pupils.shown_ids()))
    )
    _join_overview(window, made)
    _join_summary(window, made)
    for counting in (made.overview, made.summary):
        counting.wanted_portfolio.connect(portfolio)
        counting.wanted_activity.connect(partial(lead, made.activities, made.activities.plan_for))
    if made.choices is not None:
        _join_choices(window, made, made.choices)
    _join_diagnostics(window, made)


def _join_overview(window: MainWindow, made: Pages) -> None:
    lead, overview = partial(_lead, window), made.overview
    overview.wanted_some.connect(partial(lead, made.pupils, made.pupils.show_some))
    overview.wanted_uncovered.connect(partial(lead, made.pupils, made.pupils.show_uncovered))
    overview.wanted_homeless.connect(partial(lead, made.pupils, made.pupils.show_scope, HOMELESS))
    overview.wanted_certificates.connect(partial(lead, made.certificates, made.certificates.choose_group))
    overview.wanted_overdue.connect(made.activities.show_overdue)
    overview.wanted_overdue.connect(partial(window.show_page, made.activities.name))
    overview.wanted_agreements.connect(partial(lead, made.registers, made.registers.show_agreements))
    overview.wanted_summary.connect(partial(window.show_page, made.summary.name))


def _join_summary(window: MainWindow, made: Pages) -> None:
    lead, summary = partial(_lead, window), made.summary
    summary.wanted_card.connect(partial(lead, made.card, made.card.choose_pupil))
    summary.wanted_register.connect(partial(lead, made.registers, made.registers.show_register))


def _join_choices(window: MainWindow, made: Pages, choices: ChoicesPage) -> None:
    lead = partial(_lead, window)
    choices.wanted_card.connect(partial(lead, made.card, made.card.choose_pupil))
    choices.wanted_import.connect(partial(lead, made.registers, made.registers.take_graduates))
    made.registers.graduates_taken.connect(choices.graduates.tell_loaded)
    made.registers.left.connect(partial(window.show_page, choices.name))
    for page in (made.overview, made.summary):
        page.wanted_choices.connect(partial(lead, choices, choices.show_missing))
    made.summary.wanted_graduates.connect(partial(lead, choices, choices.show_graduates))


def _join_diagnostics(window: MainWindow, made: Pages) -> None:
    lead = partial(_lead, window)
    if made.keying:
        keying = made.keying
        give = partial(hand_over, keying.desk, window, keying.keying.look_again, keying.tell_first)
        keying.wanted_screen.connect(give)
    if made.diagnostics and made.keying:
        made.diagnostics.wanted_keying.connect(partial(lead, made.keying, made.keying.open_session))
    if made.diagnostics and made.talks:
        made.diagnostics.wanted_talks.connect(partial(window.show_page, made.talks.name))
    if made.diagnostics and made.class_result and made.result:
        whole, one = made.class_result, made.result
        made.diagnostics.wanted_results.connect(partial(lead, whole, whole.show_session))
        result = partial(lead, one, one.show_sheet)
        whole.wanted_result.connect(result)
        one.wanted_card.connect(partial(lead, made.card, made.card.choose_pupil))
        if made.keying:
            made.keying.wanted_result.connect(result)
        for tab in made.card.shown_tabs:
            if isinstance(tab, DiagnosticsTab):
                tab.wanted_result.connect(result)


def _lead(window: MainWindow, page: Page, choose: Callable[[T], None], chosen: T) -> None:
    choose(chosen)
    window.show_page(page.name)

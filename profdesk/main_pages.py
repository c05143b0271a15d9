"""The pages of the main window, by the right that each needs, and how they lead to each other.

Loaded with the first workspace, not before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.register_rights import reading
from profdesk.domain.registers_of_pupils import ACHIEVEMENTS
from profdesk.domain.rights import Right
from profdesk.gui.activities.card_tab import ActivitiesTab
from profdesk.gui.activities.page import ActivitiesPage
from profdesk.gui.audit.page import AuditPage
from profdesk.gui.certificates.page import CertificatesPage
from profdesk.gui.choices.page import ChoicesPage
from profdesk.gui.class_overview.page import ClassOverviewPage
from profdesk.gui.common.card_tab import Tab
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.entry_dialog import EntryStep
from profdesk.gui.common.page import Page
from profdesk.gui.common.pages import Pages
from profdesk.gui.consents.page import ConsentsPage
from profdesk.gui.copies.page import CopiesPage
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
from profdesk.gui.erasure.page import ErasurePage
from profdesk.gui.exchange.differences import DifferencesPage
from profdesk.gui.exchange.page import ExchangePage
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
from profdesk.gui.users.page import UsersPage
from profdesk.gui.verification.page import VerificationPage

_HOUSE: Mapping[type[Page], Right] = {
    ExchangePage: Right.EXCHANGE,
    DifferencesPage: Right.EXCHANGE,
    CopiesPage: Right.COPIES_MAKE,
    AuditPage: Right.AUDIT_READ,
    UsersPage: Right.CLASSES_GIVE,
    SettingsPage: Right.HOUSE_READ,
}
"""The pages that every organisation's window has, below its own, and the right that each needs."""
_SCHOOL: Mapping[type[Page], Right] = {
    OverviewPage: Right.SUMMARY_READ,
    PupilsPage: Right.PUPILS_READ,
    PupilCardPage: Right.PUPILS_READ,
    RolloverPage: Right.PUPILS_WRITE,
    ErasurePage: Right.PUPILS_ERASE,
    ConsentsPage: Right.CONSENTS_READ,
    PortfolioPage: Right.PORTFOLIO_READ,
    ClassOverviewPage: Right.PORTFOLIO_READ,
    ReferencePage: Right.REFERENCES,
    DiagnosticsPage: Right.DIAGNOSTICS,
    KeyingPage: Right.DIAGNOSTICS,
    ClassResultPage: Right.DIAGNOSTICS,
    ResultPage: Right.DIAGNOSTICS,
    TalksPage: Right.DIAGNOSTICS,
    ActivitiesPage: Right.ACTIVITIES_READ,
    ChoicesPage: Right.CHOICES_READ,
    CertificatesPage: Right.CERTIFICATES_READ,
    SummaryPage: Right.SUMMARY_READ,
    RegistersPage: Right.ACTIVITIES_READ,
    VerificationPage: Right.CERTIFICATES_READ,
    **_HOUSE,
}
"""Those of a school or a kindergarten, in the order of the navigation."""
_DEPARTMENT: Mapping[type[Page], Right] = {
    SummariesPage: Right.SENDERS_READ,
    SendersPage: Right.SENDERS_READ,
    ConsolidationPage: Right.SENDERS_READ,
    IssuedPage: Right.SUMMARY_READ,
    VerificationPage: Right.SENDERS_READ,
    **_HOUSE,
}
_SCHOOLS_ALONE = (ChoicesPage,)
"""What a kindergarten has no use for."""
_TABS: Mapping[type[Tab], Right] = {
    ActivitiesTab: Right.ACTIVITIES_READ,
    AchievementsTab: reading(ACHIEVEMENTS),
    DiagnosticsTab: Right.CONCLUSIONS_READ,
    RouteTab: Right.ROUTES_READ,
}
"""Tabs of the pupil card that other features bring."""
_FIRST: Mapping[type[Page], Right] = {
    OverviewPage: Right.SUMMARY_READ,
    DiagnosticsPage: Right.DIAGNOSTICS,
    PortfolioPage: Right.PORTFOLIO_WRITE,
}
"""What a user begins with: the first whose right is there."""


@dataclass(frozen=True)
class Way:
    """A signal of a page leads to another, where a method (if any) is given what the signal tells.

    What the way is for may need a right beyond that of the page; a way without it, or to a page that is not there,
    is not joined, and what nobody listens to is not offered (``Page.leads``).
    """

    source: type[Page]
    signal: str
    target: type[Page]
    method: str = ""
    right: Right = Right.HOUSE_READ


WAYS = (
    *(
        Way(one, "wanted_pupils", PupilsPage, right=Right.PUPILS_WRITE)
        for one in (
            OverviewPage,
            ConsentsPage,
            PortfolioPage,
            ClassOverviewPage,
            ReferencePage,
            DiagnosticsPage,
            ChoicesPage,
        )
    ),
    *(
        Way(one, "wanted_card", PupilCardPage, "choose_pupil")
        for one in (
            PupilsPage,
            PortfolioPage,
            ClassOverviewPage,
            ResultPage,
            ChoicesPage,
            CertificatesPage,
            SummaryPage,
            RegistersPage,
        )
    ),
    Way(PupilsPage, "wanted_rollover", RolloverPage),
    Way(PupilsPage, "wanted_erasure", ErasurePage, "choose_pupils"),
    Way(PupilsPage, "wanted_reference", ReferencePage, "choose_pupil"),
    Way(PupilCardPage, "wanted_reference", ReferencePage, "choose_pupil"),
    Way(ClassOverviewPage, "wanted_references", ReferencePage, "choose_group"),
    Way(ReferencePage, "wanted_portfolio", PortfolioPage, "choose_group", Right.PORTFOLIO_WRITE),
    Way(CertificatesPage, "wanted_portfolio", PortfolioPage, "choose_group", Right.PORTFOLIO_WRITE),
    Way(OverviewPage, "wanted_some", PupilsPage, "show_some"),
    Way(OverviewPage, "wanted_uncovered", PupilsPage, "show_uncovered"),
    Way(OverviewPage, "wanted_homeless", PupilsPage, "show_homeless", Right.PUPILS_WRITE),
    Way(OverviewPage, "wanted_portfolio", PortfolioPage, "choose_group", Right.PORTFOLIO_WRITE),
    Way(OverviewPage, "wanted_activity", ActivitiesPage, "plan_for", Right.ACTIVITIES_WRITE),
    Way(OverviewPage, "wanted_choices", ChoicesPage, "show_missing", Right.CHOICES_WRITE),
    Way(OverviewPage, "wanted_certificates", CertificatesPage, "choose_group", Right.CERTIFICATES_ISSUE),
    Way(OverviewPage, "wanted_overdue", ActivitiesPage, "show_overdue", Right.ACTIVITIES_WRITE),
    Way(OverviewPage, "wanted_agreements", RegistersPage, "show_agreements", Right.REGISTERS_WRITE),
    Way(OverviewPage, "wanted_summary", SummaryPage),
    Way(SummaryPage, "wanted_portfolio", PortfolioPage, "choose_group", Right.PORTFOLIO_WRITE),
    Way(SummaryPage, "wanted_activity", ActivitiesPage, "plan_for", Right.ACTIVITIES_WRITE),
    Way(SummaryPage, "wanted_choices", ChoicesPage, "show_missing", Right.CHOICES_WRITE),
    Way(SummaryPage, "wanted_graduates", ChoicesPage, "show_graduates"),
    Way(SummaryPage, "wanted_register", RegistersPage, "show_register", Right.REGISTERS_WRITE),
    Way(ChoicesPage, "wanted_import", RegistersPage, "take_graduates", Right.CHOICES_WRITE),
    Way(RegistersPage, "left", ChoicesPage),
    Way(DiagnosticsPage, "wanted_keying", KeyingPage, "open_session"),
    Way(DiagnosticsPage, "wanted_results", ClassResultPage, "show_session"),
    Way(DiagnosticsPage, "wanted_talks", TalksPage),
    Way(KeyingPage, "wanted_result", ResultPage, "show_sheet"),
    Way(ClassResultPage, "wanted_result", ResultPage, "show_sheet"),
    Way(ExchangePage, "wanted_differences", DifferencesPage),
    Way(SettingsPage, "wanted_audit", AuditPage),
    Way(SettingsPage, "wanted_copies", CopiesPage),
    Way(OverviewPage, "wanted_copy", CopiesPage, "make"),
    Way(SummariesPage, "wanted_senders", SendersPage),
    Way(SummariesPage, "wanted_sender", SendersPage, "show_sender"),
    Way(SummariesPage, "wanted_keys", SendersPage, "take", Right.SENDERS_WRITE),
    Way(ConsolidationPage, "wanted_summaries", SummariesPage),
    Way(IssuedPage, "wanted_consolidation", ConsolidationPage),
)


def pages(desk: Desk) -> Pages:
    """Every page that the user's rights allow and the organisation has a use for, joined to the others when made."""
    kind = desk.organisation.kind
    known = _DEPARTMENT if kind is OrganisationKind.DEPARTMENT else _SCHOOL
    useless = _SCHOOLS_ALONE if kind is OrganisationKind.KINDERGARTEN else ()
    kinds = [one for one, right in known.items() if desk.may(right) and one not in useless]
    there = Pages(kinds, partial(_make, desk))
    there.made.connect(partial(_join, desk, there))
    return there


def first(desk: Desk) -> str:
    """The name of the page that a user begins with; empty for the first of the navigation."""
    if desk.organisation.kind is OrganisationKind.DEPARTMENT:
        return ""
    return next((page.name for page, right in _FIRST.items() if desk.may(right)), "")


def _make(desk: Desk, page: type[Page]) -> Page:
    if page is PupilCardPage:
        return PupilCardPage(desk, [tab(desk) for tab, right in _TABS.items() if desk.may(right)])
    return page(desk)


def _join(desk: Desk, there: Pages, page: Page) -> None:
    """Let a page lead to others through the window, since features do not know each other."""
    for way in WAYS:
        if isinstance(page, way.source) and way.target in there.kinds and desk.may(way.right):
            getattr(page, way.signal).connect(_leading(there, page, way.target, way.method))
    if isinstance(page, PupilCardPage) and ResultPage in there.kinds:
        for tab in page.shown_tabs:
            if isinstance(tab, DiagnosticsTab):
                tab.wanted_result.connect(_leading(there, page, ResultPage, "show_sheet"))
    if isinstance(page, RegistersPage) and ChoicesPage in there.kinds:
        page.graduates_taken.connect(partial(_tell_loaded, there))
    if isinstance(page, KeyingPage):
        page.wanted_screen.connect(
            lambda sheet: hand_over(desk, page.window(), page.keying.look_again, page.tell_first, sheet)
        )


def _tell_loaded(there: Pages, step: EntryStep) -> None:
    there[ChoicesPage].graduates.tell_loaded(step)


def _leading(there: Pages, source: Page, target: type[Page], method: str) -> Callable[..., None]:
    def lead(*told: object) -> None:
        if method:
            getattr(there[target], method)(*told)
        source.leads_on.emit(target.name)

    return lead

"""The page «Сертификаты»: issuing them, the register of those that were issued, how they are made up."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain.rights import Right
from profdesk.gui.certificates.designs_view import DesignsView, DesignTools
from profdesk.gui.certificates.issue_view import IssueTools, IssueView
from profdesk.gui.certificates.register_view import RegisterTools, RegisterView
from profdesk.gui.common.allowed import allow, withhold
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.views_page import ViewsPage

ISSUE, REGISTER, DESIGNS = "issue", "register", "designs"
_ISSUING = (
    "Пробел",
    "Ctrl+S",
    "Del",
    "Ctrl+D",
    "Ctrl+N",
    "Enter, Del",
    "+, -",
    "Ctrl+PgUp, Ctrl+PgDn",
    "Alt+↓",
    "Ctrl+Enter",
    "Ctrl+Z, Ctrl+Y",
)
"""The keys of what only those do who issue certificates: others see the register alone."""


class CertificatesPage(ViewsPage):
    """Three views of one header."""

    name = "certificates"
    title = "Сертификаты"
    icon = "medal"
    help = (
        ("Пробел", "отметить ученика или снять отметку"),
        ("Ctrl+S", "выдать отмеченным и сохранить"),
        ("Ctrl+F", "найти в реестре"),
        ("Enter", "показать выданный сертификат и напечатать ещё раз"),
        ("Shift+↓, Ctrl+A", "выбрать в реестре несколько, все"),
        ("Del", "отозвать сертификат"),
        ("Ctrl+D", "выдать дубликат"),
        ("Ctrl+K", "открыть карточку ученика"),
        ("Ctrl+C", "скопировать строки реестра для таблицы"),
        ("Ctrl+P", "напечатать пробную страницу, выданные сертификаты, реестр"),
        ("Ctrl+N", "в оформлении: скопировать и изменить"),
        ("Enter, Del", "в оформлении: изменить, убрать"),
        ("+, -", "в просмотре: страница крупнее, целиком"),
        ("Ctrl+PgUp, Ctrl+PgDn", "при изменении оформления: другая вкладка"),
        ("Alt+↓", "при изменении оформления: вставить поле, выбрать цвет"),
        ("Ctrl+Enter", "записать оформление"),
        ("Ctrl+Z, Ctrl+Y", "отменить отзыв или правку оформления, сделать снова"),
    )

    writes = (Right.CERTIFICATES_ISSUE,)
    keys_of = ((Right.CERTIFICATES_ISSUE, _ISSUING),)

    wanted_portfolio = Signal(str)
    """The id of a group whose portfolios the user wants to complete."""
    wanted_card = Signal(str)
    """The id of the pupil whose card the user wants to see."""

    header: PageHeader
    group: QComboBox
    year: QComboBox
    export_button: QPushButton
    paper_button: QPushButton
    print_button: QPushButton
    each_button: QPushButton
    save_button: QPushButton
    withdraw_design_button: QPushButton
    edit_design_button: QPushButton
    copy_design_button: QPushButton

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "certificates_page")
        self.issuing = IssueView(desk, IssueTools(self.group, self.print_button, self.each_button, self.save_button))
        self.issuing.wanted_portfolio.connect(self.wanted_portfolio)
        self.register = RegisterView(desk, RegisterTools(self.year, self.export_button, self.paper_button))
        self.register.wanted_card.connect(self.wanted_card)
        self.register.wanted_issue.connect(self._lead_to_issuing)
        verbs = DesignTools(self.withdraw_design_button, self.edit_design_button, self.copy_design_button)
        self.designs = DesignsView(desk, verbs)
        register = {REGISTER: ("Реестр", self.register)}
        other_tools = (self.group, self.print_button, self.each_button, self.save_button)
        design_tools = (self.withdraw_design_button, self.edit_design_button, self.copy_design_button)
        may_issue = allow(desk, Right.CERTIFICATES_ISSUE, *other_tools, *design_tools)
        issuing = {ISSUE: ("Выдача", self.issuing), **register, DESIGNS: ("Оформление", self.designs)}
        self.offer(issuing if may_issue else register)
        self.view.setVisible(may_issue)

    @override
    def activate(self) -> None:
        if not self.leads(self.wanted_portfolio):
            withhold(self.issuing.portfolio_button)
        super().activate()

    def choose_group(self, group_id: str) -> None:
        """Show a class by its id, to issue certificates to it."""
        self.view.choose(ISSUE)
        self.issuing.choose_group(group_id)

    def _lead_to_issuing(self) -> None:
        self.view.choose(ISSUE)
        self.view.setFocus()

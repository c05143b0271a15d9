"""Pictures of the register of issued summaries: one corrected, one signed by a second person, and what is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from profdesk.domain.school_year import Term
from profdesk.domain.span import Span
from profdesk.gui.common.page import Page
from profdesk.gui.summary.page import FIGURES, ISSUED, SummaryPage
from profdesk.services import issued_summaries, personal_keys, summary

_PASSWORD = "пароль директора"  # noqa: S105 - of a key that is made for a picture
_REASON = "дозагружены списки 5 классов, исправлено число обученных педагогов"


def shots(page: Page) -> Iterator[tuple[str, QWidget | None]]:
    """The register, a summary that another took the place of, a check, and both dialogs."""
    if not isinstance(page, SummaryPage):
        return
    former = _issue_some(page)
    view = page.issued
    page.view.choose(ISSUED)
    page.desk.settle()
    view.table.choose_first()
    view.open_chosen()
    yield ISSUED, None
    view.acts.check()
    yield f"{ISSUED}-checked", None
    view.message.clear()
    view.table.choose(former)
    view.open_chosen()
    yield f"{ISSUED}-replaced", None
    view.table.choose_first()
    for name, ask in (("correction", view.acts.ask_correction), ("second", view.acts.ask_second)):
        ask()
        for dialog in view.findChildren(QDialog):
            if dialog.isVisible():
                yield f"{ISSUED}-{name}", dialog
                dialog.reject()
    page.view.choose(FIGURES)


def _issue_some(page: SummaryPage) -> str:
    """Three more summaries, unless they are there already; gives the number of one that was corrected."""
    workspace, actor, year = page.desk.workspace, page.desk.actor, page.desk.organisation.period.year
    corrected = [one.number for one in issued_summaries.register(workspace, actor) if one.replaced_by]
    if corrected:
        return corrected[0]
    spans = Span.of_term(year, Term.FIRST), Span.of_days(date(year.start, 10, 1), date(year.start, 11, 15))
    numbers = [_issue(page, span) for span in spans]
    issued_summaries.correct(workspace, actor, numbers[0], _REASON, lambda _: None)
    last = _issue(page, Span.of_year(year))
    key, named = workspace.path.with_name("Личный ключ директора.p12"), page.desk.organisation
    personal_keys.make(key, _PASSWORD, named.head_name, named.head_post.lower(), named.full_name)
    issued_summaries.countersign(workspace, actor, last, key, _PASSWORD)
    return numbers[0]


def _issue(page: SummaryPage, span: Span) -> str:
    workspace, actor = page.desk.workspace, page.desk.actor
    signed, _ = summary.sign(workspace, actor, summary.compute(workspace, actor, span), lambda _: None)
    return str(signed.summary.number)

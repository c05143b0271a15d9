"""Pictures of the designs of certificates and of their editor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from profdesk.gui.certificates.page import DESIGNS, ISSUE, CertificatesPage
from profdesk.gui.common.page import Page
from profdesk.services import certificate_designs


def shots(page: Page) -> Iterator[tuple[str, QWidget | None]]:
    """The view with a design of the school, and that one being changed: each tab, words that will not do."""
    if not isinstance(page, CertificatesPage):
        return
    view = page.designs
    _make_one(page)
    page.view.choose(DESIGNS)
    yield DESIGNS, None
    view.table.choose_first()
    view.edit()
    editor = view.editor
    if editor is not None:
        for number, name in enumerate(("content", "words", "signatures", "look", "sheet")):
            editor.tabs.setCurrentIndex(number)
            yield f"design-{name}", editor
        editor.tabs.setCurrentIndex(1)
        editor.words.headline.setText("Портфолио {имю}")
        editor.save()
        yield "design-wrong", editor
        for _ in range(2):
            editor.reject()
    page.view.choose(ISSUE)


def _make_one(page: CertificatesPage) -> None:
    workspace, actor = page.desk.workspace, page.desk.actor
    offered = certificate_designs.offered(workspace, actor)
    if certificate_designs.is_shipped(offered[0]):
        copy = replace(certificate_designs.copied(offered[-1], offered), title="К выпускному 2027 года", levels=())
        certificate_designs.save(workspace, actor, copy)

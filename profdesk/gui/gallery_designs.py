"""Pictures of the designs of certificates, of their editor, and of a blank in Word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from profdesk import settings
from profdesk.gui.certificates.each_dialog import BLANK, EachDialog
from profdesk.gui.certificates.page import DESIGNS, ISSUE, CertificatesPage
from profdesk.gui.common.page import Page
from profdesk.services import certificate_blanks, certificate_designs, files


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
    yield from _blank(page)


def _blank(page: CertificatesPage) -> Iterator[tuple[str, QWidget | None]]:
    """One file a pupil, on the sample of a blank."""
    path = page.desk.workspace.path.with_name("Бланк сертификата школы.docx")
    files.write(path, certificate_blanks.sample())
    settings.save(replace(settings.load(), certificate_blank=str(path)))
    page.issuing.ask_each()
    for asked in page.findChildren(EachDialog):
        if asked.isVisible():
            asked.kind.choose(BLANK)
            yield "blank", asked
            asked.reject()


def _make_one(page: CertificatesPage) -> None:
    workspace, actor = page.desk.workspace, page.desk.actor
    offered = certificate_designs.offered(workspace, actor)
    if certificate_designs.is_shipped(offered[0]):
        copy = replace(certificate_designs.copied(offered[-1], offered), title="К выпускному 2027 года")
        certificate_designs.save(workspace, actor, copy)

"""A file of another school: its key is unknown, made known, forgotten and brought back."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from journey_user import User, make_workspace
from PySide6.QtCore import Qt
from reportlab.pdfgen import canvas

from profdesk.domain.span import Span
from profdesk.domain.verification import Verdict
from profdesk.gui.settings.page import SettingsPage
from profdesk.gui.verification.page import VerificationPage
from profdesk.services import files, summary, verification
from profdesk.signing import keys, pdf


def foreign(folder: Path) -> tuple[Path, Path, str]:
    """A document of another organisation, the certificate of its key, and what is said on the telephone."""
    key = keys.make_key("МБОУ «Лицей № 21»", "Лицей № 21", datetime.now(UTC))
    drawn = BytesIO()
    drawing = canvas.Canvas(drawn)
    drawing.drawString(100, 100, "21")
    drawing.save()
    document, certificate = folder / "чужая сводка.pdf", folder / "лицей.pem"
    document.write_bytes(pdf.sign(drawn.getvalue(), key, reason="Сводка", at=datetime.now(UTC)))
    certificate.write_bytes(key.certificate_pem)
    return document, certificate, keys.describe(key.certificate_pem).spoken_fingerprint


def test_own_key_is_known_wherever_the_workspace_is_opened(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_workspace(user, tmp_path / "desk")
    workspace = user.windows.desk.workspace
    user.given = tmp_path / "Сводка.pdf"
    counted = summary.compute(workspace, workspace.actor, Span.of_year(user.windows.desk.organisation.period.year))
    summary.sign(workspace, workspace.actor, counted, partial(files.write, user.given))
    monkeypatch.setenv("PROFDESK_HOME", str(tmp_path / "another computer"))
    assert verification.verify(user.given).verdict is Verdict.UNKNOWN_KEY
    check = user.page("verification")
    assert isinstance(check, VerificationPage)
    user.click(check.empty.primary)
    assert check.cards[0].verdict.text() == "Документ цел, ключ известен"


def test_foreign_key_is_added_compared_forgotten_and_brought_back(user: User, tmp_path: Path) -> None:
    make_workspace(user, tmp_path / "desk")
    document, user.given, spoken = foreign(tmp_path)
    unknown = verification.verify(document)
    assert unknown.verdict is Verdict.UNKNOWN_KEY
    assert len(spoken.replace(" ", "")) == 20
    assert spoken in unknown.reason

    settings = user.page("settings")
    assert isinstance(settings, SettingsPage)
    user.click(settings.keys.add_key_button)
    assert spoken in settings.message.words
    assert verification.verify(document).verdict is Verdict.TRUSTED

    for row in range(settings.keys.known.count()):
        settings.keys.known.setCurrentRow(row)
        own = "ключ этой папки" in settings.keys.known.item(row).text()
        assert settings.keys.forget_key_button.isEnabled() is not own
    theirs = settings.keys.known.findItems("Лицей", Qt.MatchFlag.MatchContains)
    settings.keys.known.setCurrentItem(theirs[0])
    user.click(settings.keys.forget_key_button)
    assert settings.keys.known.count() == 1
    assert verification.verify(document).verdict is Verdict.UNKNOWN_KEY
    user.click(settings.message.button)
    assert settings.keys.known.count() == 2
    assert verification.verify(document).verdict is Verdict.TRUSTED

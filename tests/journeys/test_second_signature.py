"""The director signs after the coordinator, with a key made here; the department takes the key file in."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from journey_user import PASSWORD, User, make_workspace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from profdesk.domain.span import Span
from profdesk.domain.verification import Verdict
from profdesk.gui.common.second_signature import SecondSignatureDialog
from profdesk.gui.settings.page import SettingsPage
from profdesk.gui.settings.personal_key_dialog import PersonalKeyDialog
from profdesk.gui.verification.page import VerificationPage
from profdesk.services import files, keys, summary, verification

HEAD = "Черепанова Нина Васильевна"
PHRASE = "синий кит плывёт"


@pytest.mark.slow
def test_director_signs_after_the_coordinator_by_keyboard(user: User, tmp_path: Path) -> None:
    make_workspace(user, tmp_path / "desk")
    desk = user.windows.desk
    document, key, both = tmp_path / "Сводка.pdf", tmp_path / "Черепанова.p12", tmp_path / "Обе подписи.pdf"
    counted = summary.compute(desk.workspace, desk.actor, Span.of_year(desk.organisation.period.year))
    summary.sign(desk.workspace, desk.actor, counted, partial(files.write, document))

    settings = user.page("settings")
    assert isinstance(settings, SettingsPage)
    make_key(user, settings, key)
    check = user.page("verification")
    assert isinstance(check, VerificationPage)
    user.given = document
    user.click(check.empty.primary)
    sign(user, check, key, both)
    assert check.cards[0].verdict.text() == "Документ цел, ключ известен"
    told = " ".join(label.text() for label in check.cards[0].findChildren(QLabel))
    assert f"{HEAD}, директор" in told
    assert "Средняя школа № 5" in told
    assert not check.cards[0].grab().isNull()

    user.given = tmp_path / "Школа № 5.profkey"
    settings = user.page("settings")
    assert isinstance(settings, SettingsPage)
    user.click(settings.keys.key_file_button)
    assert "1 личный ключ" in settings.message.words
    for one in keys.known():
        keys.forget([one])
    assert verification.verify(both).verdict is Verdict.UNKNOWN_KEY
    user.click(settings.keys.add_key_button)
    assert f"Вместе с ним: {HEAD}, директор" in settings.message.words
    assert verification.verify(both).verdict is Verdict.TRUSTED
    user.click(settings.message.button)
    assert keys.known() == []
    user.click(settings.message.button)
    assert verification.verify(both).verdict is Verdict.TRUSTED


def make_key(user: User, settings: SettingsPage, path: Path) -> None:
    user.click(settings.keys.personal_key_button)
    (dialog,) = settings.findChildren(PersonalKeyDialog)
    assert dialog.post.text() == "директор"
    assert dialog.organisation.text().endswith("«Средняя школа № 5»")
    user.type(dialog.holder, HEAD)
    for words, repeated in (("коротко", "коротко"), (PHRASE, PASSWORD)):
        dialog.password.setText(words)
        dialog.repeated.setText(repeated)
        user.press(dialog.repeated, Qt.Key.Key_Return)
        assert dialog.message.words
    user.given = path
    dialog.repeated.setText(PHRASE)
    user.press(dialog.repeated, Qt.Key.Key_Return)
    assert "Личный ключ сохранён" in settings.message.words
    assert path.exists()


def sign(user: User, check: VerificationPage, key: Path, target: Path) -> None:
    user.click(check.cards[0].countersign_button)
    (dialog,) = check.findChildren(SecondSignatureDialog)
    assert not dialog.sign_button.isEnabled()
    user.given = key
    user.press(dialog.choose_button, Qt.Key.Key_Space)
    assert dialog.key_path.text() == str(key)
    user.given = target
    user.type(dialog.password, "не тот пароль")
    user.press(dialog.password, Qt.Key.Key_Return)
    assert "не подходит" in dialog.message.words
    dialog.password.clear()
    user.type(dialog.password, PHRASE)
    user.press(dialog.password, Qt.Key.Key_Return)
    assert target.exists()

"""The register of issued summaries by keyboard: found, copied, proven, signed further, corrected, exported."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from journey_user import User, make_class
from keyboard import CTRL, back, dialog, press, tab_to
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from profdesk.domain.detached import LABEL
from profdesk.domain.verification import Verdict
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.second_signature import SecondSignatureDialog
from profdesk.gui.summary.correction_dialog import CorrectionDialog
from profdesk.gui.summary.page import SummaryPage
from profdesk.services import personal_keys, verification

SUBJECT = "/CN=Черепанова Нина Васильевна/title=Директор/O=Школа № 5"


@pytest.fixture
def page(user: User, tmp_path: Path) -> SummaryPage:
    """The page of a school with a class of three, nothing signed yet."""
    make_class(user, tmp_path)
    shown = user.page("summary")
    assert isinstance(shown, SummaryPage)
    return shown


def show_register(user: User, page: SummaryPage) -> None:
    page.view.setFocus()
    press(user, Qt.Key.Key_Right)
    assert page.front is page.issued


def sign(user: User, page: SummaryPage, target: Path) -> None:
    """Sign the year from the figures, then go to the register."""
    user.given = target
    page.figures.table.setFocus()
    press(user, Qt.Key.Key_S, CTRL)
    user.qtbot.waitUntil(target.exists)  # a key that stands for a button presses it with a delay
    user.wait()
    show_register(user, page)
    user.qtbot.waitUntil(lambda: page.issued.details.pages.pages > 0)


def leave_an_empty_register(user: User, page: SummaryPage) -> None:
    show_register(user, page)
    assert page.issued.empty.isVisible()
    assert not page.copy_button.isVisible()
    press(user, Qt.Key.Key_Tab)
    user.press(page.issued.empty.primary, Qt.Key.Key_Space)
    assert page.front is page.figures
    assert page.sign_button.isVisible()


def signature_over(document: Path, name: str) -> Path:
    """A signature file of the director, made by openssl."""
    folder = document.parent
    made = ["openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-utf8"]
    subprocess.run([*made, "-subj", SUBJECT, "-keyout", "k", "-out", "c"], cwd=folder, check=True, capture_output=True)
    sign = ["openssl", "cms", "-sign", "-binary", "-md", "sha256", "-signer", "c", "-inkey", "k", "-outform", "DER"]
    subprocess.run([*sign, "-in", document.name, "-out", name], cwd=folder, check=True, capture_output=True)
    return folder / name


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_an_issued_summary_is_signed_further_copied_and_corrected(
    user: User, page: SummaryPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "Сводка.pdf"
    sign(user, page, target)
    view = page.issued
    view.table.setFocus()
    (line,) = view.table.rows()
    assert view.details.title.text() == f"Сводка № {line.number}"
    assert not view.details.withdraw_button.isEnabled()

    chosen: list[Path] = [signature_over(target, "Директор.sig"), tmp_path / "k"]
    monkeypatch.setattr(file_dialogs, "files_to_open", lambda *_: chosen)
    press(user, Qt.Key.Key_O, CTRL)
    assert "Добавлено: Черепанова Нина Васильевна, Директор, Школа № 5" in view.message.words
    assert "Не добавлен файл «k»: Это не файл подписи." in view.message.words
    assert view.table.rows()[0].signed_further == "ещё 1 подпись"
    user.qtbot.waitUntil(lambda: len(view.details.signatures.rows()) == 2)
    tab_to(user, view.details.signatures)
    press(user, Qt.Key.Key_Down)
    assert view.details.signature_told.text().startswith(f"Подпись {LABEL}. Черепанова Нина Васильевна")
    press(user, Qt.Key.Key_Delete)
    user.qtbot.waitUntil(lambda: len(view.details.signatures.rows()) == 1)
    assert view.message.words == "Убрана подпись: Черепанова Нина Васильевна, Директор, Школа № 5."
    press(user, Qt.Key.Key_Z, CTRL)
    assert view.table.rows()[0].signatures
    press(user, Qt.Key.Key_F5)
    assert view.message.words.startswith("Проверено: файл тот же")
    assert LABEL in view.message.words

    user.given = tmp_path / "Копия.pdf"
    press(user, Qt.Key.Key_S, CTRL)
    assert user.given.read_bytes() == target.read_bytes()
    assert verification.verify_outside(tmp_path / "Копия.pdf.sig", user.given).holds

    drop_on(page, signature_over(target, "Директор.p7s"))
    user.wait()
    assert [one.name for one in view.table.rows()[0].signatures] == ["Директор.sig", "Директор.p7s"]
    drop_on(page, target)
    user.wait()
    assert view.message.words.endswith("В файле нет новой подписи: он здесь уже хранится.")

    correct(user, page, tmp_path / "Исправленная.pdf")
    fresh, former = view.table.rows()
    assert view.table.row() == fresh
    assert (former.number, former.state) == (line.number, f"есть замена: № {fresh.number}")
    search_and_export(user, page, tmp_path / "Реестр.xlsx", [line.number])


def correct(user: User, page: SummaryPage, target: Path) -> None:
    """Say why, and save what is signed instead."""
    page.issued.table.setFocus()
    press(user, Qt.Key.Key_R, CTRL)
    asked = dialog(user, CorrectionDialog)
    assert asked.pages.pages > 0
    assert not asked.sign_button.isEnabled()
    assert asked.reason.hasFocus()
    user.type(asked.reason, "дозагружен 7 класс")
    user.given = target
    press(user, Qt.Key.Key_Return)
    user.qtbot.waitUntil(target.exists)
    user.wait()
    back(user)
    assert verification.verify(target).verdict is Verdict.TRUSTED
    assert "подписана вместо № " in page.issued.message.words


def search_and_export(user: User, page: SummaryPage, target: Path, numbers: Sequence[str]) -> None:
    """Find the one that was replaced and export what is shown."""
    view = page.issued
    press(user, Qt.Key.Key_F, CTRL)
    user.type(view.search_field, "замена")
    user.qtbot.waitUntil(lambda: len(view.table.rows()) == 1)
    assert view.count.text() == "1 из 2"
    assert not view.details.correct_button.isEnabled()
    user.given = target
    user.press(page.export_button, Qt.Key.Key_Space)
    sheet = load_workbook(target).worksheets[0]
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == numbers


def test_an_empty_register_leads_to_signing_and_a_second_person_signs(
    user: User, page: SummaryPage, tmp_path: Path
) -> None:
    leave_an_empty_register(user, page)
    target, own = tmp_path / "Сводка.pdf", tmp_path / "Черепанова.p12"
    named = user.windows.desk.organisation.full_name
    personal_keys.make(own, "длинный пароль", "Черепанова Нина Васильевна", "директор", named)
    sign(user, page, target)
    view = page.issued
    view.table.setFocus()
    press(user, Qt.Key.Key_D, CTRL)
    asked = dialog(user, SecondSignatureDialog)
    user.given = own
    tab_to(user, asked.choose_button)
    press(user, Qt.Key.Key_Space)
    assert asked.password.hasFocus()
    user.type(asked.password, "не тот пароль")
    press(user, Qt.Key.Key_Return)
    assert asked.message.words.startswith("Пароль")
    user.type(asked.password, "длинный пароль")
    press(user, Qt.Key.Key_Return)
    back(user)
    assert view.message.words.startswith("Подписано вторым: Черепанова Нина Васильевна, директор")
    user.given = tmp_path / "Копия.pdf"
    press(user, Qt.Key.Key_S, CTRL)
    assert user.given.read_bytes().startswith(target.read_bytes())
    assert len(verification.verify(user.given).signatures) == 2
    user.given = tmp_path / "Как выпущена.pdf"
    user.press(view.message.button, Qt.Key.Key_Space)
    assert user.given.read_bytes() == target.read_bytes()
    press(user, Qt.Key.Key_Z, CTRL)
    assert not view.table.rows()[0].signatures
    press(user, Qt.Key.Key_Y, CTRL)
    assert view.table.rows()[0].signatures[0].signers[0].post == "директор"


def drop_on(page: SummaryPage, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(page.issued, QDragEnterEvent(QPoint(9, 9), copy, mime, left, none))
    QApplication.sendEvent(page.issued, QDropEvent(QPointF(9, 9), copy, mime, left, none))

"""The main job through real windows: start page, class list, a class marked by keyboard, papers, verification."""

from __future__ import annotations

from pathlib import Path

from journey_user import PASSWORD, ROSTERS, User, make_by_hand, make_workspace
from PySide6.QtCore import Qt

from profdesk.domain.verification import Verdict
from profdesk.gui.certificates.page import CertificatesPage
from profdesk.gui.portfolio.page import PortfolioPage
from profdesk.gui.pupils.page import PupilsPage
from profdesk.gui.summary.page import SummaryPage
from profdesk.gui.verification.page import VerificationPage
from profdesk.services import verification


def load_class(user: User) -> None:
    pupils = user.page("pupils")
    assert isinstance(pupils, PupilsPage)
    user.given = ROSTERS / "old_excel_9a.xls"
    user.click(pupils.list.empty.primary)
    assert pupils.preview.load_button.text() == "Загрузить 25 строк"
    user.click(pupils.preview.load_button)
    assert "25 новых" in pupils.list.message.words
    assert len(pupils.list.table.rows()) == 25


def mark_class(user: User) -> None:
    portfolio = user.page("portfolio")
    assert isinstance(portfolio, PortfolioPage)
    grid = portfolio.table
    grid.setFocus()
    user.press(grid, *[Qt.Key.Key_2] * (25 * 20 - 1))
    assert "24 из 25" in portfolio.complete.text()
    user.press(grid, Qt.Key.Key_3)
    assert "25 из 25" in portfolio.complete.text()


def test_from_start_page_to_verified_summary(user: User, tmp_path: Path) -> None:
    make_by_hand(user, tmp_path / "desk")
    load_class(user)
    mark_class(user)
    certificates = user.page("certificates")
    assert isinstance(certificates, CertificatesPage)
    assert certificates.save_button.text() == "Выдать 25 и сохранить…"
    user.given = tmp_path / "Сертификаты.pdf"
    user.click(certificates.save_button)
    assert "Выдано: 25 сертификатов" in certificates.issuing.message.words
    assert verification.verify(user.given).verdict is Verdict.TRUSTED

    summary = user.page("summary")
    assert isinstance(summary, SummaryPage)
    user.given = tmp_path / "Сводка.pdf"
    user.click(summary.sign_button)
    assert "подписана и сохранена" in summary.figures.message.words
    user.given = tmp_path / "Сводка.xlsx"
    user.click(summary.workbook_button)
    assert user.given.stat().st_size > 5000

    check = user.page("verification")
    assert isinstance(check, VerificationPage)
    user.given = tmp_path / "Сводка.pdf"
    user.click(check.empty.primary)
    assert check.cards[0].verdict.text() == "Документ цел, ключ известен"
    spoiled = bytearray(user.given.read_bytes())
    spoiled[1000] ^= 1
    user.given.write_bytes(spoiled)
    user.click(check.file_button)
    assert check.cards[0].verdict.text() == "Документ не принят"


def test_second_opening_asks_for_the_password(user: User, tmp_path: Path) -> None:
    make_workspace(user, tmp_path / "desk")
    user.windows.desk.release()
    start = user.windows.show_start(tmp_path / "desk")
    user.type(start.unlock.password, "не тот пароль")
    user.press(start.unlock.password, Qt.Key.Key_Return)
    assert "Пароль не подходит" in start.unlock.message.words
    start.unlock.password.clear()
    user.type(start.unlock.password, PASSWORD)
    user.press(start.unlock.password, Qt.Key.Key_Return)
    assert user.main.page.name == "overview"


def test_wrong_file_is_told_and_writes_nothing(user: User, tmp_path: Path) -> None:
    make_workspace(user, tmp_path / "desk")
    pupils = user.page("pupils")
    assert isinstance(pupils, PupilsPage)
    picture = tmp_path / "фото.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    pupils.open_file(picture)
    user.wait()
    assert "фото.xlsx" in pupils.preview.message.words
    assert not pupils.preview.load_button.isEnabled()
    user.press(pupils.preview.other_button, Qt.Key.Key_Escape)
    assert pupils.list.empty.isVisible()


def test_second_import_changes_nothing(user: User, tmp_path: Path) -> None:
    make_workspace(user, tmp_path / "desk")
    pupils = user.page("pupils")
    assert isinstance(pupils, PupilsPage)
    for expected in ("Загрузить 27 строк", "Загружать нечего"):
        pupils.open_file(ROSTERS / "journal_5a.xlsx")
        user.wait()
        assert pupils.preview.load_button.text() == expected
        if pupils.preview.load_button.isEnabled():
            user.click(pupils.preview.load_button)


def test_cancelled_dialogs_change_nothing(user: User, tmp_path: Path) -> None:
    make_workspace(user, tmp_path / "desk")
    pupils = user.page("pupils")
    assert isinstance(pupils, PupilsPage)
    user.given = None
    user.click(pupils.list.empty.primary)
    assert pupils.list.empty.isVisible()
    check = user.page("verification")
    assert isinstance(check, VerificationPage)
    user.click(check.empty.primary)
    assert check.empty.isVisible()

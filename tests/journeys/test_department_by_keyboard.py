"""A department by keyboard: a key taken and compared, three summaries dropped in, one taken away, who is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from journey_user import User, make_workspace
from keyboard import CTRL, back, dialog, press, tab_to
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from sent_summaries import key_file_of, key_of, of_school, signed

from profdesk.domain import key_file
from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.received_answers import State
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.columns import Heading
from profdesk.gui.common.dialog import Dialog
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.department.sender_dialog import SenderDialog
from profdesk.gui.department.senders_page import SendersPage
from profdesk.gui.department.summaries_page import SummariesPage
from profdesk.gui.department.summary_rows import SummaryRow


@pytest.fixture
def summaries(user: User, tmp_path: Path) -> SummariesPage:
    """A new department's window; its first page asks for organisations."""
    make_workspace(user, tmp_path / "desk", OrganisationKind.DEPARTMENT)
    user.main.activateWindow()
    page = user.main.page
    assert isinstance(page, SummariesPage)
    assert user.main.listed == [
        "summaries",
        "senders",
        "consolidation",
        "issued",
        "verification",
        "exchange",
        "users",
        "settings",
    ]
    return page


def senders_page(user: User) -> SendersPage:
    press(user, Qt.Key.Key_2, CTRL)
    page = user.main.page
    assert isinstance(page, SendersPage)
    return page


def compare(user: User, page: SendersPage, path: Path) -> None:
    """Take a school's key file and compare the fingerprint with its head."""
    user.given = path
    press(user, Qt.Key.Key_O, CTRL)
    assert "Сверьте отпечаток" in page.message.words, user.complaint()
    assert page.panel.whom.hasFocus()
    press(user, Qt.Key.Key_Return)
    assert "с кем сверили" in page.message.words
    user.type(page.panel.whom, "Черепанова, директор")
    press(user, Qt.Key.Key_Return)
    assert "Ключ сверен" in page.message.words


def write_sender(user: User, name: str, telephone: str) -> None:
    press(user, Qt.Key.Key_N, CTRL)
    asked = dialog(user, SenderDialog)
    assert asked.full_name.hasFocus()
    user.type(asked.full_name, name)
    user.type(asked.telephone, telephone)
    press(user, Qt.Key.Key_Return)
    back(user)


def send_own(user: User, page: SendersPage, folder: Path) -> None:
    """Save what schools get of the department: its key and the programme."""
    for action, name in zip(
        page.send_button.menu().actions(), ("ключ.profkey", "программа.profprogramme"), strict=True
    ):
        user.given = folder / name
        action.trigger()
        user.wait()
        assert user.given.stat().st_size > 500, page.message.words


def groups(page: SummariesPage) -> list[str]:
    return [row.text for row in page.table.rows() if isinstance(row, Heading)]


def names(page: SummariesPage) -> list[str]:
    return [row.sender.name for row in page.table.rows() if isinstance(row, SummaryRow)]


def test_a_key_is_compared_summaries_are_taken_and_the_missing_are_seen(
    user: User, summaries: SummariesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not summaries.empty.isHidden()
    (tmp_path / f"ключ{key_file.ENDING}").write_bytes(key_file_of(1))
    page = senders_page(user)
    assert not page.empty.isHidden()
    compare(user, page, tmp_path / f"ключ{key_file.ENDING}")
    write_sender(user, "Школа № 8", "2-11-08")
    assert [one.sender.name for one in page.table.rows()] == ["Школа № 1", "Школа № 8"]
    assert page.table.row().sender.name == "Школа № 8"

    changed = bytearray(signed(of_school(1, number="2026/02"), key_of(1)))
    changed[len(changed) // 2] ^= 1
    mail = {"хорошая": signed(of_school(1), key_of(1)), "изменена": bytes(changed)}
    mail["чужая"] = signed(of_school(3), key_of(3))
    for name, data in mail.items():
        (tmp_path / f"{name}.pdf").write_bytes(data)
    monkeypatch.setattr(file_dialogs, "files_to_open", lambda *_: [tmp_path / f"{name}.pdf" for name in mail])
    press(user, Qt.Key.Key_1, CTRL)
    press(user, Qt.Key.Key_O, CTRL)
    states = {one.path.stem: one.state for one in summaries.answers.rows()}
    assert states == {"хорошая": State.TAKEN, "изменена": State.REFUSED, "чужая": State.UNLISTED}, user.complaint()
    assert summaries.span.currentText() == "за 2026/27 учебный год"
    assert groups(summaries) == ["Не прислали: 1", "Учтены: 1"]
    assert summaries.table.rows()[1].sender.draft.telephone == "2-11-08"

    # Enter on the answer of a stranger puts it on the list with its key, which then waits to be compared.
    assert summaries.answers.answer_table.hasFocus()
    press(user, Qt.Key.Key_Return)
    assert user.main.page is page
    assert page.panel.name.text() == "Школа № 3"
    user.type(page.panel.whom, "завуч")
    press(user, Qt.Key.Key_Return)
    press(user, Qt.Key.Key_1, CTRL)
    tab_to(user, summaries.answers.retry_button)
    press(user, Qt.Key.Key_Space)
    assert [one.state for one in summaries.answers.rows()] == [State.TAKEN]
    assert groups(summaries) == ["Не прислали: 1", "Учтены: 2"]


def test_a_summary_is_looked_at_saved_taken_away_and_put_back(
    user: User, summaries: SummariesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"ключ{key_file.ENDING}").write_bytes(key_file_of(1))
    page = senders_page(user)
    compare(user, page, tmp_path / f"ключ{key_file.ENDING}")
    send_own(user, page, tmp_path / "desk")
    sent = tmp_path / "почта"
    sent.mkdir()
    (sent / "сводка.pdf").write_bytes(signed(of_school(1), key_of(1)))
    press(user, Qt.Key.Key_1, CTRL)
    user.given = sent
    press(user, Qt.Key.Key_O, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert [one.state for one in summaries.answers.rows()] == [State.TAKEN]
    tab_to(user, summaries.table)
    press(user, Qt.Key.Key_Return)
    paper = dialog(user, PaperDialog)
    assert paper.pages.pages >= 2
    press(user, Qt.Key.Key_Escape)
    back(user)
    user.given = tmp_path / "копия.pdf"
    press(user, Qt.Key.Key_S, CTRL)
    assert user.given.read_bytes() == (sent / "сводка.pdf").read_bytes()
    summaries.table.setFocus()
    press(user, Qt.Key.Key_C, CTRL)
    assert "№ 2026/01" in QGuiApplication.clipboard().text()
    press(user, Qt.Key.Key_Delete)
    assert (names(summaries), groups(summaries)) == (["Школа № 1"], ["Не прислали: 1"])
    press(user, Qt.Key.Key_Z, CTRL)
    assert groups(summaries) == ["Учтены: 1"]

    # A revoked key is told of in the list of organisations, and what came before still counts.
    press(user, Qt.Key.Key_2, CTRL)
    tab_to(user, page.panel.revoke_button)
    press(user, Qt.Key.Key_Space)
    asked = dialog(user, Dialog)
    user.type(QApplication.focusWidget() or asked, "украден компьютер")
    user.click(asked.verb)
    back(user)
    assert "Ключ отозван" in page.message.words
    press(user, Qt.Key.Key_1, CTRL)
    assert "отозван" in summaries.table.rows()[1].note

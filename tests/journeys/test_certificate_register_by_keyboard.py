"""Certificates by keyboard: a class but one issued, found in the register, printed again, withdrawn, replaced."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from docx import Document
from journey_user import User, make_class
from keyboard import back, dialog, tab_to
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from profdesk.domain.consents import ConsentKind
from profdesk.domain.verification import Verdict
from profdesk.gui.certificates.each_dialog import EachDialog
from profdesk.gui.certificates.page import CertificatesPage
from profdesk.gui.common.dialog import Dialog
from profdesk.gui.common.paper import PaperDialog
from profdesk.services import certificates, consents, pupils, verification

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(user: User, tmp_path: Path) -> CertificatesPage:
    """A class of three on the page whose parents agreed to publication; nobody's portfolio is complete."""
    make_class(user, tmp_path)
    desk, day = user.windows.desk, pupils.today()
    there = [one.id for one in pupils.pupils(desk.workspace, desk.actor, desk.organisation.period.year)]
    give = partial(consents.give, desk.workspace, desk.actor, there, ConsentKind.PUBLICATION, day)
    desk.write(give, owner=desk, done=lambda _: None)
    user.wait()
    shown = user.page("certificates")
    assert isinstance(shown, CertificatesPage)
    return shown


def key(user: User, pressed: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """A key where the cursor is."""
    window = QApplication.activeModalWidget() or user.main
    window.activateWindow()
    QApplication.processEvents()
    user.qtbot.keyClick(QApplication.focusWidget() or window, pressed, modifiers)
    user.wait()


def issue_but_one(user: User, page: CertificatesPage, target: Path) -> list[str]:
    """Tick everybody, untick the second, save; gives the numbers."""
    page.issuing.table.setFocus()
    key(user, Qt.Key.Key_Space, CTRL)
    key(user, Qt.Key.Key_Down)
    key(user, Qt.Key.Key_Space)
    assert page.save_button.text() == "Выдать 2 и сохранить…"
    user.given = target
    key(user, Qt.Key.Key_S, CTRL)
    assert "Выдано: 2 сертификата" in page.issuing.message.words, user.complaint()
    page.view.setFocus()
    key(user, Qt.Key.Key_Right)
    assert page.front is page.register
    return [one.number for one in page.register.table.rows()]


def test_the_register_knows_what_was_issued_and_draws_it_again(
    user: User, page: CertificatesPage, tmp_path: Path
) -> None:
    numbers = issue_but_one(user, page, tmp_path / "Сертификаты.pdf")
    register = page.register
    assert [one.pupil.surname for one in register.table.rows()] == ["Ёлкина", "Абрамова"]
    assert register.count.text() == "2 сертификата"
    register.table.setFocus()
    key(user, Qt.Key.Key_A, CTRL)
    assert register.reprint_button.text() == "Напечатать ещё раз 2…"
    key(user, Qt.Key.Key_Return)
    paper = dialog(user, PaperDialog)
    assert paper.pages.pages == 2
    user.given = tmp_path / "Ещё раз.pdf"
    key(user, Qt.Key.Key_S, CTRL)
    user.qtbot.waitUntil(user.given.exists)  # a key that stands for a button presses it with a delay
    again = user.given.read_bytes()
    assert len(again) > 10_000
    assert (tmp_path / "Сертификаты.pdf").read_bytes().startswith(again)
    key(user, Qt.Key.Key_Escape)
    back(user)
    assert register.table.hasFocus()
    key(user, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().splitlines()[0].startswith(numbers[0])


def test_one_is_withdrawn_for_a_reason_and_put_back(user: User, page: CertificatesPage, tmp_path: Path) -> None:
    issue_but_one(user, page, tmp_path / "Сертификаты.pdf")
    register = page.register
    key(user, Qt.Key.Key_F, CTRL)
    user.type(register.search_field, "елкина 7")
    user.qtbot.waitUntil(lambda: len(register.table.rows()) == 1)
    assert register.count.text() == "1 из 2"
    key(user, Qt.Key.Key_Return)
    key(user, Qt.Key.Key_Delete)
    asked = dialog(user, Dialog)
    assert not asked.verb.isEnabled()
    focus = QApplication.focusWidget()
    assert focus is not None
    user.type(focus, "ошибка в фамилии")
    user.press(asked.verb, Qt.Key.Key_Space)
    (line,) = register.table.rows()
    assert (line.standing.label, line.note) == ("отозван", "ошибка в фамилии")
    assert register.withdraw_button.text() == "Вернуть"
    assert not register.duplicate_button.isEnabled()
    assert page.status().undo == f"отзыв сертификата № {line.number}"
    key(user, Qt.Key.Key_Z, CTRL)
    assert register.table.rows()[0].state == "действует"
    key(user, Qt.Key.Key_Y, CTRL)
    assert register.table.rows()[0].note == "ошибка в фамилии"
    user.press(register.withdraw_button, Qt.Key.Key_Space)
    assert register.table.rows()[0].state == "действует"


def test_a_duplicate_takes_the_place_of_a_lost_one(user: User, page: CertificatesPage, tmp_path: Path) -> None:
    former = issue_but_one(user, page, tmp_path / "Сертификаты.pdf")[0]
    register = page.register
    register.table.setFocus()
    key(user, Qt.Key.Key_D, CTRL)
    asked = dialog(user, Dialog)
    user.given = tmp_path / "Дубликат.pdf"
    user.press(asked.verb, Qt.Key.Key_Space)
    assert verification.verify(user.given).verdict is Verdict.TRUSTED
    fresh, old, _ = register.table.rows()
    assert (fresh.note, old.number) == (f"дубликат № {former}", former)
    assert old.note == f"выдан дубликат № {fresh.number}"
    assert register.count.text() == "3 сертификата, действует 2, отозвано 1"


def test_badges_of_the_chosen_are_saved(user: User, page: CertificatesPage, tmp_path: Path) -> None:
    issue_but_one(user, page, tmp_path / "Сертификаты.pdf")
    register = page.register
    register.table.setFocus()
    key(user, Qt.Key.Key_A, CTRL)
    assert register.badge_button.text() == "Цифровые значки, 2…"
    user.given = tmp_path / "значки"
    user.given.mkdir()
    key(user, Qt.Key.Key_B, CTRL)
    assert register.message.words == f"Сохранено: 2 цифровых значка, папка: {user.given}.", user.complaint()
    assert register.progress.isHidden()
    written = sorted(user.given.iterdir())
    assert [path.name for path in written] == ["7 А Ёлкина Дарья.json", "7 А Абрамова Полина.json"]
    workspace = user.windows.desk.workspace
    answers = [verification.verify_badge_here(workspace, workspace.actor, path) for path in written]
    assert [answer.standing for answer in answers] == ["действует"] * 2

    register.table.setFocus()
    key(user, Qt.Key.Key_Down)
    (chosen,) = register.table.selected()
    user.given = tmp_path / "значок.json"
    user.press(register.badge_button, Qt.Key.Key_Space)
    assert register.message.words == f"Цифровой значок сохранён: {user.given}."
    assert user.given.read_bytes() in [path.read_bytes() for path in written if chosen.pupil.surname in path.name]
    register.table.setFocus()
    key(user, Qt.Key.Key_Delete)
    asked = dialog(user, Dialog)
    focus = QApplication.focusWidget()
    assert focus is not None
    user.type(focus, "ошибка в фамилии")
    user.press(asked.verb, Qt.Key.Key_Space)
    user.press(register.badge_button, Qt.Key.Key_Space)
    assert register.message.words.endswith(": значок по нему не выдаётся.")


def test_what_is_shown_is_printed_exported_and_leads_to_the_card(
    user: User, page: CertificatesPage, tmp_path: Path
) -> None:
    issue_but_one(user, page, tmp_path / "Сертификаты.pdf")
    register = page.register
    user.type(register.search_field, "абрамова")
    user.qtbot.waitUntil(lambda: len(register.table.rows()) == 1)
    user.given = tmp_path / "Реестр.xlsx"
    user.press(page.export_button, Qt.Key.Key_Space)
    sheet = load_workbook(user.given).worksheets[0]
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["Абрамова"]
    register.table.setFocus()
    key(user, Qt.Key.Key_P, CTRL)
    paper = dialog(user, PaperDialog)
    assert paper.pages.pages == 1
    key(user, Qt.Key.Key_Escape)
    key(user, Qt.Key.Key_K, CTRL)
    assert user.main.page.name == "pupil-card"


def test_an_empty_register_leads_to_issuing(user: User, page: CertificatesPage) -> None:
    page.view.setFocus()
    key(user, Qt.Key.Key_Right)
    assert page.register.empty.isVisible()
    assert not page.year.isVisible()
    user.press(page.register.empty.primary, Qt.Key.Key_Space)
    assert page.front is page.issuing
    assert page.save_button.isVisible()


def test_a_file_for_each_pupil_after_a_page_tried(user: User, page: CertificatesPage, tmp_path: Path) -> None:
    page.issuing.table.setFocus()
    key(user, Qt.Key.Key_P, CTRL)
    assert "номер не занят" in dialog(user, PaperDialog).windowTitle()
    key(user, Qt.Key.Key_Escape)
    back(user)
    key(user, Qt.Key.Key_Space, CTRL)
    user.press(page.each_button, Qt.Key.Key_Space)
    asked = dialog(user, EachDialog)
    assert asked.note.words == "Первый файл: 7 А Абрамова Полина.pdf"
    asked.pattern.selectAll()
    user.type(asked.pattern, "{имя")
    assert not asked.save_button.isEnabled()
    asked.pattern.selectAll()
    user.type(asked.pattern, "{фамилия}, {класс}")
    user.press(asked.badges, Qt.Key.Key_Space)
    assert asked.note.words == "Первый файл: Абрамова, 7 А.pdf и значок Абрамова, 7 А.json"
    asked.pattern.setFocus()
    user.given = tmp_path / "выдано"
    user.given.mkdir()
    key(user, Qt.Key.Key_Return)
    back(user)
    assert page.issuing.message.words.startswith("Выдано: 3 сертификата"), user.complaint()
    files = sorted(user.given.iterdir())
    names = [f"{name}, 7 А{kind}" for name in ("Ёлкина", "Абрамова", "Белов") for kind in (".json", ".pdf")]
    assert [file.name for file in files] == names
    assert all(verification.verify(file).verdict is Verdict.TRUSTED for file in files[1::2])
    assert all(verification.verify_badge(file).verdict is Verdict.TRUSTED for file in files[::2])
    key(user, Qt.Key.Key_P, CTRL)
    assert dialog(user, PaperDialog).pages.pages == 3
    key(user, Qt.Key.Key_Escape)


def test_the_schools_own_blank_is_filled_and_saved_again(user: User, page: CertificatesPage, tmp_path: Path) -> None:
    page.issuing.table.setFocus()
    key(user, Qt.Key.Key_Space, CTRL)
    user.press(page.each_button, Qt.Key.Key_Space)
    asked = dialog(user, EachDialog)
    asked.kind.setFocus()
    key(user, Qt.Key.Key_Right)
    assert not asked.save_button.isEnabled()
    wrong = Document()
    wrong.add_paragraph("{учиник}")
    wrong.save(str(tmp_path / "Бланк.docx"))
    user.given = tmp_path / "Бланк.docx"
    tab_to(user, asked.blank.choose_button)
    key(user, Qt.Key.Key_Space)
    assert asked.blank.message.words == "В бланке стоит поле {учиник}, такого поля нет. Похожее: {ученик}."
    wrong.paragraphs[0].text = "{ученик} № {номер}"
    wrong.save(str(user.given))
    tab_to(user, asked.blank.message.button)
    key(user, Qt.Key.Key_Space)
    assert asked.blank.message.words.startswith("В бланке нет поля для кода")
    assert asked.save_button.isEnabled()
    user.given = tmp_path / "Образец.docx"
    tab_to(user, asked.blank.sample_button)
    key(user, Qt.Key.Key_Space)
    assert asked.blank.told.text().startswith("Заполнятся: {организация}, "), asked.blank.message.words
    user.given = tmp_path / "Проба.docx"
    tab_to(user, asked.blank.trial_button)
    key(user, Qt.Key.Key_Space)
    assert asked.blank.message.words == f"Проба сохранена, номер не занят: {user.given}."
    assert "Абрамова Полина Игоревна" in [one.text for one in Document(str(user.given)).paragraphs]
    tab_to(user, asked.pattern)
    assert asked.note.words == "Первый файл: 7 А Абрамова Полина.docx"
    user.given = tmp_path / "выдано"
    user.given.mkdir()
    key(user, Qt.Key.Key_Return)
    back(user)
    assert page.issuing.message.words.startswith("Выдано: 3 сертификата"), user.complaint()
    assert not page.print_button.isVisible()
    issued = {file.stem.split()[-2]: file.read_bytes() for file in user.given.iterdir()}
    again_on_the_same_blank(user, page, tmp_path, issued)


def again_on_the_same_blank(user: User, page: CertificatesPage, tmp_path: Path, issued: dict[str, bytes]) -> None:
    """All saved again from the register, then a duplicate of one."""
    page.view.setFocus()
    key(user, Qt.Key.Key_Right)
    register = page.register
    register.table.setFocus()
    key(user, Qt.Key.Key_A, CTRL)
    assert register.reprint_button.text() == "Сохранить ещё раз 3…"
    user.given = tmp_path / "ещё раз"
    user.given.mkdir()
    key(user, Qt.Key.Key_Return)
    for line in register.table.rows():
        assert (user.given / f"Сертификат {line.number}.docx").read_bytes() == issued[line.pupil.surname]
    register.table.choose_first()
    user.given = tmp_path / "Дубликат.docx"
    key(user, Qt.Key.Key_D, CTRL)
    user.press(dialog(user, Dialog).verb, Qt.Key.Key_Space)
    desk = user.windows.desk
    fresh = certificates.register(desk.workspace, desk.actor)[0]
    words = [one.text for one in Document(str(user.given)).paragraphs]
    assert f"профессионального портфолио № {fresh.number}" in words
    group, workspace = page.group.currentData(), desk.workspace
    drawn = partial(certificates.issue_each, workspace, desk.actor, group, [fresh.pupil_id], tmp_path)
    desk.write(drawn, owner=desk, done=lambda _: None)
    back(user)
    register.table.setFocus()
    key(user, Qt.Key.Key_A, CTRL)
    key(user, Qt.Key.Key_Return)
    assert register.message.words.startswith("Среди выбранных есть выданные на бланке Word")

"""The registers by keyboard alone: entries added with what they link to, kept from going, loaded, taken back."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from journey_user import User
from kept_workspaces import create
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QWidget
from support import PASSWORD

from profdesk.domain.access import NewUser
from profdesk.domain.registers import AGREEMENTS, PARTNERS, STAFF
from profdesk.gui.common.acts import ActsDialog
from profdesk.gui.common.entry_dialog import EntryDialog
from profdesk.gui.registers.page import RegistersPage
from profdesk.gui.start import opened
from profdesk.services import pupils

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
STAFF_HEADS = ["ФИО", "Должность", "Кадры", "Ведёт программу", "Стаж"]
STAFF_LINES = [
    ["Ёлкина Дарья Олеговна", "учитель физики", "педагогические", "да", 12],
    ["Белов Матвей Сергеевич", "директор", "управленческие", "нет", 20],
    ["Ким Ольга Львовна", "психолог", "какие-то", "да", 3],
]


@pytest.fixture
def page(user: User, tmp_path: Path) -> RegistersPage:
    owner = NewUser("Климова Татьяна Аркадьевна", "координатор", PASSWORD)
    made = create(tmp_path / "desk", owner)
    user.windows.show_main(opened.read(made.workspace))
    return registers_page(user)


def registers_page(user: User) -> RegistersPage:
    shown = user.page("registers")
    assert isinstance(shown, RegistersPage)
    return shown


def key(user: User, pressed: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """A key where the cursor is."""
    window = QApplication.activeModalWidget() or user.main
    window.activateWindow()
    QApplication.processEvents()
    user.qtbot.keyClick(QApplication.focusWidget() or window, pressed, modifiers)
    user.wait()


def go_to(user: User, page: RegistersPage, title: str) -> None:
    """Walk the list of registers with the arrows, then into the entries."""
    page.list.choice.setFocus()
    for pressed in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        for _ in range(20):
            if page.list.register.title == title:
                break
            key(user, pressed)
    assert page.list.register.title == title
    key(user, Qt.Key.Key_Return)


def form(user: User) -> EntryDialog:
    user.wait()
    found = [one for one in user.main.findChildren(EntryDialog) if one.isVisible()]
    return found[-1]


def type_in(user: User, dialog: EntryDialog, **fields: str) -> None:
    """Type into the inputs by the codes of their fields; choices are typed by how they begin."""
    for code, words in fields.items():
        box = dialog.rows[code].box
        user.type(box.lineEdit() if isinstance(box, QComboBox) and box.isEditable() else box, words)


def titles(page: RegistersPage) -> list[str]:
    return [row.title for row in page.list.table.rows()]


def add(user: User, page: RegistersPage, title: str, **fields: str) -> None:
    go_to(user, page, title)
    key(user, Qt.Key.Key_N, CTRL)
    type_in(user, form(user), **fields)
    key(user, Qt.Key.Key_Return)


def wrong(dialog: QDialog) -> QWidget | None:
    focus = QApplication.focusWidget()
    return focus if focus and focus.property("wrong") and dialog.isAncestorOf(focus) else None


def staff(folder: Path) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    for line in (STAFF_HEADS, *STAFF_LINES):
        sheet.append(line)
    path = folder / "работники.xlsx"
    book.save(path)
    return path


def test_agreement_is_added_with_its_partner_and_undone_by_name(user: User, page: RegistersPage) -> None:
    go_to(user, page, "Договоры")
    assert page.list.empty.isVisible()
    assert page.list.empty.primary.text() == "Добавить договор"
    key(user, Qt.Key.Key_Space)
    dialog = form(user)
    key(user, Qt.Key.Key_Return)
    assert wrong(dialog) is dialog.rows["number"].box
    assert dialog.rows["number"].note.words == "Заполните поле «Номер»."
    until = pupils.today() + timedelta(days=19)
    type_in(user, dialog, number="14", partner="Завод", kind="о п", signed_on="32.09.2025")
    assert dialog.rows["number"].note.words == ""
    key(user, Qt.Key.Key_Return)
    assert wrong(dialog) is not None
    assert dialog.rows["partner"].note.words == "«Завод» нет в реестре."
    assert dialog.rows["signed_on"].note.words.startswith("Дата не понята: «32.09.2025».")
    partner = dialog.rows["partner"].box
    assert isinstance(partner, QComboBox)
    partner.setFocus()
    key(user, Qt.Key.Key_Down)  # the only line of the list is the way to a new partner
    made = form(user)
    assert made is not dialog
    assert made.heading.text() == "Добавить партнёра"
    assert made.rows["name"].typed == "Завод"
    type_in(user, made, name="Завод «Северный крепёж»", kind="пред")
    key(user, Qt.Key.Key_Return)
    assert partner.currentText() == "Завод «Северный крепёж»"
    dialog.rows["signed_on"].put(date(2025, 9, 2))
    type_in(user, dialog, valid_until=f"{until:%d.%m.%Y}")
    key(user, Qt.Key.Key_Return)
    assert titles(page) == ["14, Завод «Северный крепёж»"]
    (row,) = page.list.table.rows()
    assert row.state is not None
    assert row.state.words == "кончается через 19 дней"
    assert [(one.register.code, one.count) for one in page.list.choice.rows() if getattr(one, "count", 0)][:2] == [
        ("partners", 1), ("agreements", 1),
    ]  # fmt: skip
    assert user.main.status.undo_words.startswith("Отменить: добавление, 14, Завод")
    key(user, Qt.Key.Key_Z, CTRL)
    assert page.list.empty.isVisible()
    assert page.list.message.words == "Отменено: добавление, 14, Завод «Северный крепёж»."
    key(user, Qt.Key.Key_Y, CTRL)
    assert titles(page) == ["14, Завод «Северный крепёж»"]


def test_entry_is_changed_taken_out_and_put_back(user: User, page: RegistersPage) -> None:
    add(user, page, "Партнёры", name="Ателье «Лён»", kind="пред")
    key(user, Qt.Key.Key_Return)
    type_in(user, form(user), phone="2-33-09")
    key(user, Qt.Key.Key_Escape)
    assert form(user).message.words.startswith("Введённое не записано.")
    key(user, Qt.Key.Key_Return)
    (row,) = page.list.table.rows()
    assert row.words["phone"] == "2-33-09"
    key(user, Qt.Key.Key_F2)
    dialog = form(user)
    key(user, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    key(user, Qt.Key.Key_Delete)
    assert page.list.message.words == "Убрано из реестра: Ателье «Лён»."
    assert page.list.empty.isVisible()
    user.press(page.list.message.button, Qt.Key.Key_Space)
    assert titles(page) == ["Ателье «Лён»"]
    key(user, Qt.Key.Key_Z, CTRL)
    (row,) = page.list.table.rows()
    assert row.words["phone"] == ""


def test_partner_with_an_agreement_stays_and_leads_to_it(user: User, page: RegistersPage) -> None:
    for name in ("Колос", "Лён"):
        add(user, page, "Партнёры", name=name, kind="пред")
    for number, partner in (("1", "Колос"), ("2", "Лён")):
        add(user, page, "Договоры", number=number, partner=partner, kind="о п", signed_on="02.09.2025")
    go_to(user, page, "Партнёры")
    assert page.list.table.choose(page.list.table.rows()[0].entry.id)
    key(user, Qt.Key.Key_Delete)
    assert page.list.message.words == (
        "С этой записью связаны: 1 договор («Договоры»). Сначала уберите или перевяжите их."
    )
    assert page.list.message.button.text() == "Показать договоры"
    user.press(page.list.message.button, Qt.Key.Key_Space)
    assert page.list.register is AGREEMENTS
    assert titles(page) == ["1, Колос"]
    assert page.list.count.text() == "1 из 2"


def test_staff_are_loaded_from_a_workbook_and_taken_back_after_a_restart(
    user: User, page: RegistersPage, tmp_path: Path
) -> None:
    go_to(user, page, "Работники")
    user.given = staff(tmp_path)
    key(user, Qt.Key.Key_O, CTRL)
    view = page.preview
    assert [row.fate.name for row in view.table.rows()] == ["NEW", "NEW", "REFUSED"]
    assert view.passed.text() == "Столбец «Стаж» пропущен: в реестре такого поля нет."
    assert view.load_button.text() == "Загрузить 2 записи"
    key(user, Qt.Key.Key_Space)
    assert view.load_button.text() == "Загрузить 1 запись"
    key(user, Qt.Key.Key_Space)
    user.press(view.refused_filter, Qt.Key.Key_Space)
    assert [row.told for row in view.table.rows()] == [
        "Кадры: «какие-то» нет в списке: педагогические, управленческие."
    ]
    user.press(view.load_button, Qt.Key.Key_Space)
    assert page.list.message.words == "Загружено: 2 новые записи."
    assert page.list.message.button.text() == "Отменить загрузку"
    assert titles(page) == ["Белов Матвей Сергеевич", "Ёлкина Дарья Олеговна"]
    user.windows.desk.release()
    start = user.windows.show_start(tmp_path / "desk")
    user.type(start.unlock.password, PASSWORD)
    user.press(start.unlock.password, Qt.Key.Key_Return)
    page = registers_page(user)
    go_to(user, page, "Работники")
    page.show_history()
    user.wait()
    (history,) = page.findChildren(ActsDialog)
    assert history.table.row().batch.title == "Работники, «работники.xlsx»: 2 новые записи"
    assert history.message.words == "Если отменить: 2 записи исчезнут из реестра."
    user.press(history.undo_button, Qt.Key.Key_Space)
    user.press(history, Qt.Key.Key_Escape)
    assert page.list.register is STAFF
    assert page.list.empty.isVisible()


def test_loading_is_undone_at_once_and_a_repeated_file_changes_nothing(
    user: User, page: RegistersPage, tmp_path: Path
) -> None:
    path = tmp_path / "партнёры.csv"
    path.write_text("Название;Кто это;Телефон\nКолос;предприятие;2-19\n", encoding="utf-8")
    user.given = path
    key(user, Qt.Key.Key_O, CTRL)
    user.press(page.preview.load_button, Qt.Key.Key_Space)
    key(user, Qt.Key.Key_O, CTRL)
    assert page.preview.load_button.text() == "Загружать нечего"
    assert page.preview.message.words == "Этот файл уже загружен: в нём ничего нового."
    key(user, Qt.Key.Key_Escape)
    path.write_text("Название;Кто это;Телефон\nКолос;предприятие;2-20\n", encoding="utf-8")
    key(user, Qt.Key.Key_O, CTRL)
    assert [row.told for row in page.preview.table.rows()] == ["Телефон: 2-19 → 2-20"]
    user.press(page.preview.load_button, Qt.Key.Key_Space)
    user.press(page.list.message.button, Qt.Key.Key_Space)
    (row,) = page.list.table.rows()
    assert row.words["phone"] == "2-19"
    assert page.list.register is PARTNERS


def test_wrong_file_is_told_in_a_sentence_and_the_template_is_given(
    user: User, page: RegistersPage, tmp_path: Path
) -> None:
    user.given = tmp_path / "письмо.docx"
    user.given.write_bytes(b"PK\x03\x04 no table")
    key(user, Qt.Key.Key_O, CTRL)
    assert "письмо.docx" in page.preview.message.words
    assert not page.preview.sheet.isVisible()
    assert not page.preview.load_button.isEnabled()
    user.given = tmp_path / "образец.xlsx"
    user.press(page.preview.message.button, Qt.Key.Key_Space)
    heads = [cell.value for cell in next(load_workbook(user.given).worksheets[0].iter_rows())]
    assert heads[:2] == ["Название", "Кто это"]
    assert page.preview.message.words.startswith("Сохранено:")
    key(user, Qt.Key.Key_Escape)
    assert page.views.currentWidget() is page.list

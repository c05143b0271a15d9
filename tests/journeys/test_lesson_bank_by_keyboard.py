"""The lesson bank by keyboard alone: a lesson goes to another school with its file, and is taken back there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from journey_user import User
from kept_workspaces import create
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox
from support import PASSWORD

from profdesk.domain.access import NewUser
from profdesk.domain.attachments import Attachment
from profdesk.domain.registers_of_work import LESSONS
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.acts import ActsDialog
from profdesk.gui.common.entry_dialog import EntryDialog
from profdesk.gui.registers.page import RegistersPage
from profdesk.gui.start import opened
from profdesk.services import attachments, registers

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


def open_school(user: User, folder: Path) -> RegistersPage:
    """A new school with the shipped programme, and its lesson bank on the screen."""
    owner = NewUser("Климова Татьяна Аркадьевна", "координатор", PASSWORD)
    made = create(folder, owner)
    user.windows.show_main(opened.read(made.workspace))
    return bank(user)


def bank(user: User) -> RegistersPage:
    page = user.page("registers")
    assert isinstance(page, RegistersPage)
    page.list.choice.setFocus()
    for _ in range(30):
        if page.list.register is LESSONS:
            break
        key(user, Qt.Key.Key_Down)
    key(user, Qt.Key.Key_Return)
    return page


def key(user: User, pressed: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """A key where the cursor is."""
    window = QApplication.activeModalWidget() or user.main
    window.activateWindow()
    QApplication.processEvents()
    user.qtbot.keyClick(QApplication.focusWidget() or window, pressed, modifiers)
    user.wait()


def form(page: RegistersPage) -> EntryDialog:
    dialog = page.acts.dialog
    assert dialog is not None
    return dialog


def add(user: User, page: RegistersPage, **fields: str) -> EntryDialog:
    key(user, Qt.Key.Key_N, CTRL)
    dialog = form(page)
    for code, words in fields.items():
        box = dialog.rows[code].box
        user.type(box.lineEdit() if isinstance(box, QComboBox) and box.isEditable() else box, words)
    return dialog


def offered(page: RegistersPage) -> list[str]:
    """What «Ещё» offers, as it is opened."""
    menu = page.list.more
    menu.popup(QPoint())
    words = [action.text() for action in menu.actions() if action.isVisible()]
    menu.close()
    return words


def choose(user: User, page: RegistersPage, words: str) -> None:
    """Walk down «Ещё» to what is called so, and press Enter."""
    menu = page.list.more
    menu.popup(QPoint())
    for _ in menu.actions():
        user.qtbot.keyClick(menu, Qt.Key.Key_Down)
        active = menu.activeAction()
        if active is not None and active.text() == words:
            break
    user.qtbot.keyClick(menu, Qt.Key.Key_Return)
    user.wait()


def titles(page: RegistersPage) -> list[str]:
    return [row.title for row in page.list.table.rows()]


def given(folder: Path, *names: str) -> Sequence[Path]:
    paths = [folder / name for name in names]
    for path in paths:
        path.write_bytes(f"содержание: {path.name}".encode())
    return paths


def test_a_lesson_goes_to_another_school_with_its_file_and_is_taken_back_there(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_school(user, tmp_path / "here")
    dialog = add(user, page, title="Химия в теплице", subject="химия", grades="9 класс")
    monkeypatch.setattr(file_dialogs, "files_to_open", lambda *_: given(tmp_path, "План урока.docx", "Карточки.pdf"))
    key(user, Qt.Key.Key_O, CTRL)
    assert dialog.files is not None
    assert dialog.files.files_table.hasFocus()
    key(user, Qt.Key.Key_Delete)  # the last one is not needed after all
    dialog.rows["profession"].box.setFocus()
    key(user, Qt.Key.Key_Down)  # the first profession that the programme names
    key(user, Qt.Key.Key_Return, CTRL)
    add(user, page, title="Масштаб и чертёж", subject="технология", grades="7 класс")
    key(user, Qt.Key.Key_Return)
    page.list.search_field.setText("План урока")
    assert titles(page) == ["Химия в теплице"]
    page.list.search_field.clear()
    user.given = tmp_path / "Банк уроков, Школа № 12.pdlessons"
    choose(user, page, "Выгрузить 2 урока одним файлом…")
    assert page.list.message.words == f"Выгружено без заметок: 2 урока, 1 файл. Файл для другой школы: {user.given}."
    user.windows.desk.release()

    page = open_school(user, tmp_path / "there")
    take_in(user, page)
    (file,) = files_of(user, page.list.table.rows()[1].entry.id)
    copy = attachments.open_copy(user.windows.desk.workspace, user.windows.desk.actor, file)
    assert copy.read_bytes() == "содержание: План урока.docx".encode()
    take_in_again(user, page)
    key(user, Qt.Key.Key_Z, CTRL)
    assert page.list.empty.isVisible()
    assert page.list.message.words == f"Отменено: загрузка «{user.given.name}»."
    key(user, Qt.Key.Key_Y, CTRL)
    assert titles(page) == ["Масштаб и чертёж", "Химия в теплице"]
    take_back_after_a_restart(user, tmp_path / "there")


def take_in(user: User, page: RegistersPage) -> None:
    assert page.list.empty.isVisible()
    choose(user, page, "Загрузить уроки из другой школы…")
    view = page.preview
    assert view.isVisible()
    assert [(row.line.title, row.fate.name) for row in view.table.rows()] == [
        ("Масштаб и чертёж", "NEW"), ("Химия в теплице", "NEW"),
    ]  # fmt: skip
    assert view.table.rows()[1].noted == "Файлы урока: План урока.docx"
    user.press(view.load_button, Qt.Key.Key_Space)
    assert page.list.message.words == "Загружено: 2 новые записи."
    assert titles(page) == ["Масштаб и чертёж", "Химия в теплице"]
    assert page.list.table.rows()[1].words["profession"]


def take_in_again(user: User, page: RegistersPage) -> None:
    choose(user, page, "Загрузить уроки из другой школы…")
    assert page.preview.load_button.text() == "Загружать нечего"
    assert page.preview.message.words == "Этот файл уже загружен: в нём ничего нового."
    key(user, Qt.Key.Key_Escape)


def take_back_after_a_restart(user: User, folder: Path) -> None:
    user.windows.desk.release()
    start = user.windows.show_start(folder)
    user.type(start.unlock.password, PASSWORD)
    user.press(start.unlock.password, Qt.Key.Key_Return)
    page = bank(user)
    page.show_history()
    user.wait()
    (history,) = page.findChildren(ActsDialog)
    assert history.message.words == "Если отменить: 2 записи исчезнут из реестра."
    user.press(history.undo_button, Qt.Key.Key_Space)
    user.press(history, Qt.Key.Key_Escape)
    assert page.list.empty.isVisible()


def files_of(user: User, lesson: str) -> Sequence[Attachment]:
    return attachments.of_entry(user.windows.desk.workspace, user.windows.desk.actor, LESSONS, lesson)


def test_a_foreign_file_is_told_and_other_registers_do_not_offer_it(user: User, tmp_path: Path) -> None:
    page = open_school(user, tmp_path / "here")
    user.given = tmp_path / "Письмо.pdlessons"
    user.given.write_bytes(b"not a pack")
    choose(user, page, "Загрузить уроки из другой школы…")
    assert page.preview.message.words.startswith("«Письмо.pdlessons» — не файл с уроками из profdesk")
    assert not page.preview.message.button.isVisible()
    assert not page.preview.load_button.isEnabled()
    key(user, Qt.Key.Key_Escape)
    assert page.list.isVisible()
    assert not [words for words in offered(page) if "одним файлом" in words]
    page.list.choice.setFocus()
    key(user, Qt.Key.Key_Up)
    assert not [words for words in offered(page) if "уроки" in words]


def test_a_dropped_file_of_lessons_leads_to_their_bank(user: User, tmp_path: Path) -> None:
    page = open_school(user, tmp_path / "here")
    add(user, page, title="Химия в теплице", subject="химия", grades="9 класс")
    key(user, Qt.Key.Key_Return)
    user.given = tmp_path / "Уроки.pdlessons"
    choose(user, page, "Выгрузить 1 урок одним файлом…")
    found = registers.book(user.windows.desk.workspace, user.windows.desk.actor, LESSONS)
    registers.change(
        user.windows.desk.workspace, user.windows.desk.actor, LESSONS, found.entries[0].id, {"author": "Ким О. Л."}
    )
    page.list.choice.setFocus()
    key(user, Qt.Key.Key_Up)
    assert page.list.register is not LESSONS
    page.open_file(user.given)
    user.wait()
    assert page.list.register is LESSONS
    assert [row.fate.name for row in page.preview.table.rows()] == ["SAME"]

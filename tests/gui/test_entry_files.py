"""Files in the dialog of an entry: given by key, drop and clipboard, kept when the entry is written and not before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from diagnostic_room import DiagnosticRoom
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.modeltest import ModelTester

from profdesk.domain.attachments import FileEdits
from profdesk.domain.registers import PARTNERS
from profdesk.domain.registers_of_work import LESSONS
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.attachment_list import AttachmentList
from profdesk.gui.common.entry_dialog import EntryDialog
from profdesk.gui.registers.page import RegistersPage
from profdesk.services import attachments, kept_files, registers
from profdesk.storage.workspace import Workspace

CTRL = Qt.KeyboardModifier.ControlModifier
LESSON = {"title": "Химия в теплице", "subject": "химия", "grades": "9 класс"}
CARDS = kept_files.new_file("Карточки.pdf", b"%PDF cards")


class Opener(QObject):
    """Stands for the system's programs; remembers what they would show."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


@pytest.fixture
def room(workspace: Workspace) -> Iterator[DiagnosticRoom]:
    registers.add(workspace, workspace.actor, LESSONS, LESSON, FileEdits((CARDS,)))
    made = DiagnosticRoom(workspace, RegistersPage)
    made.show("registers")
    yield made
    made.close()


@pytest.fixture
def page(room: DiagnosticRoom) -> RegistersPage:
    found = room.window.pages[RegistersPage]
    found.list.show_register(LESSONS)
    room.settle()
    return found


def opened(room: DiagnosticRoom, page: RegistersPage, *, new: bool = False) -> tuple[EntryDialog, AttachmentList]:
    page.list.table.choose_first()
    page.acts.add() if new else page.acts.edit()
    room.settle()
    dialog = page.acts.dialog
    assert dialog is not None
    assert dialog.files is not None
    return dialog, dialog.files


def names(files: AttachmentList) -> list[str]:
    return [one.name for one in files.files_table.rows()]


def kept(page: RegistersPage) -> list[list[str]]:
    found = registers.book(page.desk.workspace, page.desk.actor, LESSONS)
    return [[one.name for one in found.files.get(entry.id, ())] for entry in found.entries]


def made(folder: Path, *files: str) -> Sequence[Path]:
    paths = [folder / name for name in files]
    for path in paths:
        path.write_bytes(path.name.encode())
    return paths


def mime(paths: Sequence[Path]) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def press(room: DiagnosticRoom, widget: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(widget, key)
    room.settle()


def test_files_of_a_new_lesson_are_kept_when_it_is_written(
    room: DiagnosticRoom, page: RegistersPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog, files = opened(room, page, new=True)
    assert files.files_nothing.isVisible()
    assert files.files_heading.text() == "Файлы урока"
    monkeypatch.setattr(file_dialogs, "files_to_open", lambda *_: made(tmp_path, "План.docx", "игра.exe"))
    QTest.keyClick(dialog, Qt.Key.Key_O, CTRL)
    room.settle()
    assert names(files) == ["План.docx"]
    assert files.files_message.words.startswith("«игра.exe» — программа")
    assert files.files_table.hasFocus()
    assert kept(page) == [["Карточки.pdf"]]
    (tmp_path / "План.docx").unlink()  # the stick it came from is gone by now
    for code, words in {**LESSON, "title": "Масштаб и чертёж"}.items():
        dialog.rows[code].put(words)
    dialog.save_button.click()
    room.settle()
    assert sorted(kept(page)) == [["Карточки.pdf"], ["План.docx"]]
    page.undo()
    room.settle()
    assert kept(page) == [["Карточки.pdf"]]
    page.redo()
    room.settle()
    assert sorted(kept(page)) == [["Карточки.pdf"], ["План.docx"]]


def test_dropped_and_pasted_files_are_added(room: DiagnosticRoom, page: RegistersPage, tmp_path: Path) -> None:
    dialog, files = opened(room, page)
    assert names(files) == ["Карточки.pdf"]
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    data = mime(made(tmp_path, "а.txt"))
    outline = dialog.rows["outline"].box
    assert isinstance(outline, QPlainTextEdit)
    QApplication.sendEvent(outline.viewport(), QDragEnterEvent(QPoint(9, 9), copy, data, left, none))
    QApplication.sendEvent(outline.viewport(), QDropEvent(QPointF(9, 9), copy, data, left, none))
    room.settle()
    QGuiApplication.clipboard().setMimeData(mime(made(tmp_path, "б.txt")))
    files.files_add.setFocus()
    QTest.keyClick(files.files_add, Qt.Key.Key_V, CTRL)
    room.settle()
    assert names(files) == ["Карточки.pdf", "а.txt", "б.txt"]
    assert outline.toPlainText() == ""
    dialog.save_button.click()
    room.settle()
    assert kept(page) == [["Карточки.pdf", "а.txt", "б.txt"]]
    assert page.acts.steps.next_undo == "правка, Химия в теплице"


def test_a_file_taken_away_is_put_back_or_gone_when_written(room: DiagnosticRoom, page: RegistersPage) -> None:
    dialog, files = opened(room, page)
    files.files_table.setFocus()
    press(room, files.files_table, Qt.Key.Key_Delete)
    assert names(files) == []
    assert files.files_message.words == "Файл «Карточки.pdf» убран."
    assert files.files_add.hasFocus()
    press(room, files.files_message.button, Qt.Key.Key_Space)
    assert names(files) == ["Карточки.pdf"]
    assert not files.edits
    press(room, files.files_table, Qt.Key.Key_Delete)
    press(room, dialog, Qt.Key.Key_Escape)
    assert dialog.message.words.startswith("Введённое не записано.")
    assert kept(page) == [["Карточки.pdf"]]
    dialog.save_button.click()
    room.settle()
    assert kept(page) == [[]]


def test_a_file_is_opened_and_saved_elsewhere(
    room: DiagnosticRoom, page: RegistersPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog, files = opened(room, page)
    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "show")
    files.files_table.setFocus()
    press(room, files.files_table, Qt.Key.Key_Return)
    QDesktopServices.unsetUrlHandler("file")
    assert dialog.isVisible()
    assert [path.read_bytes() for path in opener.opened] == [CARDS.content]
    monkeypatch.setattr(file_dialogs, "file_to_save", lambda *said: tmp_path / said[2])
    files.files_save.click()
    room.settle()
    assert (tmp_path / "Карточки.pdf").read_bytes() == CARDS.content
    assert files.files_message.words.startswith("Сохранено:")


def test_the_table_tells_who_has_files_and_finds_them(
    room: DiagnosticRoom, page: RegistersPage, qtmodeltester: ModelTester
) -> None:
    model = page.list.table.model()
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    assert heads[-1] == "Файлов"
    assert model.index(0, model.columnCount() - 1).data() == "1"
    page.list.search_field.setText("карточки.pdf")
    assert [row.title for row in page.list.table.rows()] == ["Химия в теплице"]
    dialog, files = opened(room, page)
    qtmodeltester.check(files.files_table.model(), force_py=True)
    dialog.reject()
    page.list.search_field.clear()
    page.list.show_register(PARTNERS)
    room.settle()
    page.acts.add()
    room.settle()
    assert page.acts.dialog is not None
    assert page.acts.dialog.files is None


def test_a_lost_file_is_told_in_the_dialog(room: DiagnosticRoom, page: RegistersPage) -> None:
    _, files = opened(room, page)
    (file,) = files.files_table.rows()
    for path in (page.desk.workspace.path / "files").rglob("*"):
        if path.is_file():
            path.unlink()
    files.files_open.click()
    room.settle()
    assert "Восстановите папку" in files.files_message.words
    assert attachments.proposed_name(file) == "Карточки.pdf"

"""The list of a pupil's files over a real workspace: added, dropped, opened, renamed, withdrawn, put back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from portfolio_class import add_class, codes, programme
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from support import FIRST, SECOND, organisation

from profdesk.gui.common import file_dialogs
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.evidence_list import EvidenceList
from profdesk.services import evidence
from profdesk.storage.workspace import Workspace


class Shelf:
    """The list of one cell in a window, with its desk."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        group, self.pupils = add_class(workspace, 2)
        self.code = codes(group)[0]
        self.desk = Desk()
        self.desk.use(workspace, programme(), organisation())
        self.list = EvidenceList()
        self.list.resize(600, 400)
        self.list.show_files(self.desk, self.pupils[0], self.code, FIRST)
        self.list.show()
        self.list.activateWindow()
        self.wait()

    def wait(self) -> None:
        for _ in range(3):
            QApplication.processEvents()
            self.desk.settle()

    def add(self, *files: Path) -> None:
        self.list.add(files)
        self.wait()

    def press(self, widget: QWidget, key: Qt.Key) -> None:
        QTest.keyClick(widget, key)
        self.wait()

    @property
    def titles(self) -> list[str]:
        return [file.evidence.title for file in self.list.files_table.rows()]


@pytest.fixture
def shelf(workspace: Workspace, qtbot: QtBot) -> Iterator[Shelf]:
    made = Shelf(workspace)
    qtbot.addWidget(made.list)
    yield made
    made.desk.close()


class Opener(QObject):
    """Stands for the system's programs; remembers what they would show."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.opened.append(Path(url.toLocalFile()))


@pytest.fixture
def opener() -> Iterator[Opener]:
    made = Opener()
    QDesktopServices.setUrlHandler("file", made, "show")
    yield made
    QDesktopServices.unsetUrlHandler("file")


def work(folder: Path, name: str, content: bytes = b"work") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def mime(*files: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    return data


def test_an_empty_list_says_what_to_do(shelf: Shelf) -> None:
    assert shelf.list.files_nothing.isVisible()
    assert not shelf.list.files_table.isVisible()
    assert not shelf.list.files_open.isVisible()


def test_files_chosen_after_ins_are_listed(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [work(tmp_path, "Эссе.docx", b"x" * 2048), work(tmp_path, "Грамота.pdf")]
    monkeypatch.setattr(file_dialogs, "files_to_open", lambda *_: files)
    shelf.press(shelf.list.files_add, Qt.Key.Key_Insert)
    assert sorted(shelf.titles) == ["Грамота", "Эссе"]
    assert shelf.list.files_message.words == "Добавлено: 2 файла."
    model = shelf.list.files_table.model()
    shown = {model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)}
    assert shown == {"Эссе, 2\u00a0КБ, Эссе.docx", "Грамота, 4\u00a0Б, Грамота.pdf"}
    assert model.index(0, 1).data() == "Седова Ольга"
    assert shelf.list.files_table.hasFocus()


def test_dropped_files_are_listed_and_bad_ones_told(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "папка").mkdir()
    data = mime(work(tmp_path, "Макет.jpg"), tmp_path / "папка")
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for _ in range(2):
        over = QDragEnterEvent(QPoint(50, 50), copy, data, left, none)
        QApplication.sendEvent(shelf.list, over)
        assert over.isAccepted()
        assert shelf.list.files_nothing.property("over") is True
        QApplication.sendEvent(shelf.list, QDragLeaveEvent())
        assert shelf.list.files_nothing.property("over") is False
    QApplication.sendEvent(shelf.list, QDragEnterEvent(QPoint(50, 50), copy, data, left, none))
    QApplication.sendEvent(shelf.list, QDropEvent(QPointF(50, 50), copy, data, left, none))
    shelf.wait()
    assert shelf.titles == ["Макет"]
    assert shelf.list.files_message.words == "Добавлено: 1 файл. «папка» — папка: добавляйте сами файлы."


def test_words_cannot_be_dropped(shelf: Shelf) -> None:
    data = QMimeData()
    data.setText("просто слова")
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, left, none)
    over.ignore()
    QApplication.sendEvent(shelf.list, over)
    assert not over.isAccepted()
    assert not shelf.list.files_nothing.property("over")


def test_of_many_bad_files_a_few_are_told(shelf: Shelf, tmp_path: Path) -> None:
    shelf.add(*(tmp_path / f"{number}.pdf" for number in range(5)))
    assert shelf.list.files_message.words.count("на этом месте нет") == 3
    assert shelf.list.files_message.words.endswith("Не добавлено ещё 2 файла.")


def test_enter_opens_a_copy_in_the_systems_program(shelf: Shelf, opener: Opener, tmp_path: Path) -> None:
    shelf.add(work(tmp_path, "Грамота.pdf", "грамота".encode()))
    shelf.press(shelf.list.files_table, Qt.Key.Key_Return)
    (copy,) = opener.opened
    assert copy.name == "Грамота.pdf"
    assert copy.read_bytes() == "грамота".encode()
    assert not copy.is_relative_to(tmp_path / "Грамота.pdf")


def test_a_spoiled_file_is_told(shelf: Shelf, opener: Opener, tmp_path: Path) -> None:
    shelf.add(work(tmp_path, "Грамота.pdf"))
    for blob in (shelf.workspace.path / "files").rglob("*"):
        if blob.is_file():
            blob.write_bytes(b"spoiled")
    shelf.press(shelf.list.files_table, Qt.Key.Key_Return)
    assert opener.opened == []
    assert "повреждён" in shelf.list.files_message.words


def test_del_withdraws_and_the_message_puts_back(shelf: Shelf, tmp_path: Path) -> None:
    shelf.add(work(tmp_path, "Грамота.pdf"))
    shelf.press(shelf.list.files_table, Qt.Key.Key_Delete)
    assert shelf.titles == []
    assert shelf.list.files_message.words == "Файл «Грамота» убран."
    assert shelf.list.files_nothing.isVisible()
    assert shelf.list.files_add.hasFocus()
    shelf.press(shelf.list.files_message.button, Qt.Key.Key_Space)
    assert shelf.titles == ["Грамота"]
    assert shelf.list.files_message.words == ""


def test_f2_renames_and_esc_leaves_the_title(shelf: Shelf, tmp_path: Path) -> None:
    shelf.add(work(tmp_path, "IMG_0042.jpg"))
    shelf.press(shelf.list.files_table, Qt.Key.Key_F2)
    assert shelf.list.files_title.hasFocus()
    shelf.list.files_title.setText("Макет моста")
    shelf.press(shelf.list.files_title, Qt.Key.Key_Escape)
    assert shelf.titles == ["IMG_0042"]
    assert shelf.list.files_table.hasFocus()
    shelf.press(shelf.list.files_table, Qt.Key.Key_F2)
    shelf.list.files_title.setText("Макет моста")
    shelf.press(shelf.list.files_title, Qt.Key.Key_Return)
    assert shelf.titles == ["Макет моста"]
    assert not shelf.list.files_naming.isVisible()


def test_of_a_pupil_everything_is_listed_with_what_it_is_about(shelf: Shelf, tmp_path: Path) -> None:
    shelf.add(work(tmp_path, "1.pdf", b"1"))
    evidence.add(shelf.workspace, shelf.workspace.actor, shelf.pupils[0], None, SECOND, [work(tmp_path, "2.pdf", b"2")])
    evidence.add(shelf.workspace, shelf.workspace.actor, shelf.pupils[1], None, FIRST, [work(tmp_path, "3.pdf", b"3")])
    shelf.list.show_files(shelf.desk, shelf.pupils[0], None, FIRST)
    shelf.wait()
    model = shelf.list.files_table.model()
    shown = [model.index(row, 1).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]
    assert shown == [
        "Об ученике в целом, 2-е полугодие 2026/27",
        f"{_title(shelf.code)}, 1-е полугодие 2026/27",
    ]
    shelf.add(work(tmp_path, "4.pdf", b"4"))
    assert evidence.of_pupil(shelf.workspace, shelf.workspace.actor, shelf.pupils[0])[0].competency is None


def test_what_others_change_is_read_again(shelf: Shelf, tmp_path: Path) -> None:
    actor, path = shelf.workspace.actor, work(tmp_path, "Эссе.pdf")
    shelf.desk.write(
        lambda: evidence.add(shelf.workspace, actor, shelf.pupils[0], shelf.code, FIRST, [path]),
        owner=shelf.list,
        done=lambda _: None,
    )
    shelf.wait()
    assert shelf.titles == ["Эссе"]


def test_the_model_is_sound(shelf: Shelf, tmp_path: Path, qtmodeltester: ModelTester) -> None:
    shelf.add(work(tmp_path, "1.pdf", b"1"), work(tmp_path, "2.pdf", b"2"))
    qtmodeltester.check(shelf.list.files_table.model(), force_py=True)


def _title(code: str) -> str:
    return next(item.plain for level in programme().levels for item in level.competencies.items if item.code == code)

"""Class lists taken in through real windows: columns put right, lines chosen, refusals kept, all of it taken back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from journey_user import User
from kept_workspaces import create
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from support import PASSWORD, state

from profdesk.domain.access import NewUser
from profdesk.domain.portfolio import Cell, Mark
from profdesk.gui.common.acts import ActsDialog
from profdesk.gui.pupils.import_view import ImportView
from profdesk.gui.pupils.page import PupilsPage
from profdesk.gui.start import opened
from profdesk.services import portfolio

CTRL = Qt.KeyboardModifier.ControlModifier
HEAD = ["Заявитель", "Записан", "Рожд.", "Кл"]
FIRST = [["Ильина Анна Ивановна", "Ильин Лев", "05.02.2014", "6А"], ["Ким Ольга", "Ким Вера", "07.03.2014", "6Б"]]
SECOND = [["Цой Инна Олеговна", "Цой Ян", "01.09.2013", "6А"]]
CLASS = ["Фамилия;Имя;Дата рождения;Класс", "Ан;Вера;01.12.2013;7А", "Белов;Лев;18.01.2013;7А", "Ким;Ян;02.05.2013;7А"]


@pytest.fixture
def page(user: User, tmp_path: Path) -> PupilsPage:
    owner = NewUser("Климова Татьяна Аркадьевна", "координатор", PASSWORD)
    made = create(tmp_path / "desk", owner)
    user.windows.show_main(opened.read(made.workspace))
    shown = user.page("pupils")
    assert isinstance(shown, PupilsPage)
    return shown


def csv(folder: Path, name: str, lines: Sequence[str]) -> Path:
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def table(folder: Path, name: str, rows: Sequence[Sequence[str]]) -> Path:
    return csv(folder, name, [";".join(row) for row in rows])


def open_list(user: User, page: PupilsPage, path: Path) -> ImportView:
    """Ctrl+O and the file, from wherever the page stands."""
    user.given = path
    if page.views.currentWidget() is page.preview:
        user.press(page.preview, Qt.Key.Key_Escape)
    user.qtbot.keyClick(page.list, Qt.Key.Key_O, CTRL)
    user.wait()
    return page.preview


def tab_to(user: User, widget: QWidget) -> None:
    """Go on by the tab key until the cursor stands there."""
    for _ in range(60):
        there = user.main.focusWidget()
        if there is widget:
            return
        user.qtbot.keyClick(there or widget, Qt.Key.Key_Tab)
    raise AssertionError(f"{widget.objectName() or widget.accessibleName()} is not reached by the tab key")


def take_for(user: User, view: ImportView, column: int, words: str) -> None:
    """Choose what a column is: Tab to it, open the list, walk, Enter."""
    combo = view.strip.combo(column)
    tab_to(user, combo)
    user.qtbot.keyClick(combo, Qt.Key.Key_Down)
    opened = combo.view()
    user.qtbot.keyClick(opened, Qt.Key.Key_Home)
    for _ in range(combo.findText(words)):
        user.qtbot.keyClick(opened, Qt.Key.Key_Down)
    user.press(opened, Qt.Key.Key_Return)
    user.main.activateWindow()  # without a screen a closed list leaves no window active
    user.wait()


def load(user: User, view: ImportView) -> None:
    tab_to(user, view.load_button)
    user.press(view.load_button, Qt.Key.Key_Space)


def names(view: ImportView) -> list[str]:
    return [row.name for row in view.table.rows()]


def fates(view: ImportView) -> list[str]:
    return [row.fate for row in view.table.rows()]


def rows(user: User) -> dict[str, list[str]]:
    """Every row of the workspace, read where its connection lives."""
    found: list[dict[str, list[str]]] = []
    workspace = user.windows.desk.workspace
    user.windows.desk.run(lambda: state(workspace), owner=user.main, done=found.append)
    user.wait()
    return found[0]


def test_columns_put_right_are_remembered_for_the_next_file(user: User, page: PupilsPage, tmp_path: Path) -> None:
    view = open_list(user, page, table(tmp_path, "заявления.csv", [HEAD, *FIRST]))
    assert names(view) == ["Ильина Анна Ивановна", "Ким Ольга"]
    take_for(user, view, 1, "Фамилия, имя, отчество")
    assert names(view) == ["Ильин Лев", "Ким Вера"]
    assert view.strip.combo(0).currentText() == "Не загружать"
    assert user.main.focusWidget() is view.strip.combo(1)
    assert view.columns_note.text() == "Запомним для следующего такого файла"
    load(user, view)
    assert page.list.message.words == "Список загружен: 2 новых."

    view = open_list(user, page, table(tmp_path, "ещё заявления.csv", [HEAD, *SECOND]))
    assert names(view) == ["Цой Ян"]
    assert view.columns_note.text() == "Как в прошлый раз"
    tab_to(user, view.forget_button)
    user.press(view.forget_button, Qt.Key.Key_Space)
    assert names(view) == ["Цой Инна Олеговна"]
    assert not view.forget_button.isVisible()
    load(user, view)

    view = open_list(user, page, table(tmp_path, "третий.csv", [HEAD, *FIRST]))
    assert names(view) == ["Ильина Анна Ивановна", "Ким Ольга"]


def test_a_file_without_names_is_told_and_put_right_by_its_columns(
    user: User, page: PupilsPage, tmp_path: Path
) -> None:
    lines = [["А", "Б", "В", "Г"], ["Ан Вера", "*", "01.12.2013", "5А"], ["*", "Ким Лев", "02.12.2013", "5А"]]
    view = open_list(user, page, table(tmp_path, "непонятный.csv", lines))
    assert "нет столбца с фамилией и именем" in view.message.words
    assert not view.table.isVisible()
    assert view.columns_note.text() == "Выберите, где фамилия и имя"
    take_for(user, view, 0, "Фамилия, имя, отчество")
    take_for(user, view, 2, "Дата рождения")
    take_for(user, view, 3, "Класс или группа")
    assert names(view) == ["Ан Вера", "*"]
    assert fates(view) == ["new", "refused"]
    load(user, view)
    assert [row.pupil.name.full for row in page.list.table.rows()] == ["Ан Вера"]


def test_keys_and_the_wheel_in_passing_change_no_column(user: User, page: PupilsPage, tmp_path: Path) -> None:
    view = open_list(user, page, csv(tmp_path, "7А.csv", CLASS))
    combo = view.strip.combo(0)
    combo.setFocus()
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_I):
        user.press(combo, key)
    assert combo.currentText() == "Фамилия"
    user.press(combo, Qt.Key.Key_Down)
    user.press(combo.view(), Qt.Key.Key_Down, Qt.Key.Key_Escape)
    assert combo.currentText() == "Фамилия"
    assert names(view) == ["Ан Вера", "Белов Лев", "Ким Ян"]


def test_sheets_with_different_headers_are_put_right_one_by_one(user: User, page: PupilsPage, tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].title = "6А"
    for title, lines in ("6А", [HEAD, FIRST[0]]), ("5А", [["Ученик", "Дата рождения"], ["Ан Вера", "01.12.2013"]]):
        sheet = book[title] if title in book else book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    book.save(tmp_path / "книга.xlsx")
    view = open_list(user, page, tmp_path / "книга.xlsx")
    assert [view.header_choice.itemText(number) for number in range(view.header_choice.count())] == [
        "6А: Заявитель, Записан…",
        "5А: Ученик, Дата рождения…",
    ]
    take_for(user, view, 1, "Фамилия, имя, отчество")
    assert names(view) == ["Ильин Лев", "Ан Вера"]
    assert [row.sheet for row in view.table.rows()] == ["6А", "5А"]
    user.press(view.header_choice, Qt.Key.Key_Down)
    assert view.strip.combo(0).currentText() == "Фамилия, имя, отчество"


def test_a_corrected_list_updates_and_only_what_is_ticked(user: User, page: PupilsPage, tmp_path: Path) -> None:
    load(user, open_list(user, page, csv(tmp_path, "7А.csv", CLASS)))
    corrected = [CLASS[0], "Анн;Вера;01.12.2013;7А", "Белов;Лев;18.01.2013;7Б", CLASS[3], "Цой;Ян;02.06.2013;7А"]
    view = open_list(user, page, csv(tmp_path, "7А новый.csv", corrected))
    assert fates(view) == ["changed", "changed", "same", "new"]
    assert [row.remark for row in view.table.rows()] == ["Фамилия: Ан → Анн", "Класс: 7 «А» → 7 «Б»", "", ""]
    user.press(view.table, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert view.load_button.text() == "Загрузить 2 строки"
    load(user, view)
    assert page.list.message.words == "Список загружен: 1 новый, 1 изменён."
    shown = [(row.pupil.name.surname, row.pupil.group.name.title) for row in page.list.table.rows()]
    assert shown == [("Анн", "7 «А»"), ("Белов", "7 «А»"), ("Ким", "7 «А»"), ("Цой", "7 «А»")]


def test_lines_are_filtered_found_left_out_and_copied(
    user: User, page: PupilsPage, tmp_path: Path, qtmodeltester: ModelTester
) -> None:
    load(user, open_list(user, page, csv(tmp_path, "7А.csv", CLASS[:2])))
    bad = "Гаврилов;Артём;31.02.2013;7А"
    view = open_list(user, page, csv(tmp_path, "7А новый.csv", [*CLASS, bad]))
    filters = (view.all_filter, view.new_filter, view.changed_filter, view.same_filter, view.refused_filter)
    assert [button.count for button in filters] == [4, 2, 0, 1, 1]
    qtmodeltester.check(view.table.model(), force_py=True)
    tab_to(user, view.all_filter)
    user.press(view.all_filter, Qt.Key.Key_Right)
    assert user.main.focusWidget() is view.new_filter
    assert names(view) == ["Белов Лев", "Ким Ян"]
    user.qtbot.keyClick(view.table, Qt.Key.Key_Space, CTRL)
    assert view.load_button.text() == "Загружать нечего"
    user.press(view.new_filter, Qt.Key.Key_Left)
    assert [row.name for row in view.table.checked()] == []
    user.qtbot.keyClick(view, Qt.Key.Key_F, CTRL)
    user.type(view.search_field, "ким")
    user.qtbot.waitUntil(lambda: names(view) == ["Ким Ян"])
    user.qtbot.keyClick(view.table, Qt.Key.Key_Space, CTRL)
    assert view.load_button.text() == "Загрузить 1 строку"
    user.press(view.search_field, Qt.Key.Key_Escape)
    user.qtbot.waitUntil(lambda: len(names(view)) == 4)
    user.qtbot.keyClick(view.table, Qt.Key.Key_A, CTRL)
    user.qtbot.keyClick(view.table, Qt.Key.Key_C, CTRL)
    copied = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert copied[3] == ["5", "отказано", "Гаврилов Артём", "31.02.2013", "", "7А", "Нет такой даты: 31 февраля"]
    assert len(copied) == 4


def test_who_left_is_not_taken_unless_it_is_asked_for(user: User, page: PupilsPage, tmp_path: Path) -> None:
    load(user, open_list(user, page, csv(tmp_path, "7А.csv", CLASS[:2])))
    gone = [f"{CLASS[0]};Примечание", f"{CLASS[1]};выбыла", f"{CLASS[2]};отчислен 12.10.2025", f"{CLASS[3]};"]
    view = open_list(user, page, csv(tmp_path, "7А новый.csv", gone))
    assert fates(view) == ["gone", "gone", "new"]
    assert [row.remark for row in view.table.rows()][:2] == [
        "В файле «выбыла»: выбытие отметьте в списке обучающихся",
        "В файле «отчислен 12.10.2025»: по умолчанию не берём",
    ]
    assert [row.name for row in view.table.checked()] == ["Ким Ян"]
    assert view.gone_filter.count == 2
    tab_to(user, view.all_filter)
    user.press(view.all_filter, *[Qt.Key.Key_Right] * 5)
    assert user.main.focusWidget() is view.gone_filter
    user.qtbot.keyClick(view.table, Qt.Key.Key_Space, CTRL)
    assert view.load_button.text() == "Загрузить 2 строки"
    load(user, view)
    assert page.list.message.words == "Список загружен: 2 новых."


def test_classes_side_by_side_are_chosen_line_by_line_and_the_rest_is_told(
    user: User, page: PupilsPage, tmp_path: Path
) -> None:
    lines = [
        ["Списки на 01.09.2026"],
        ['7 "А" (кл. рук. Иванова М.П.)', "", '7 "Б" (кл. рук. Петрова А.С.)'],
        ["Ан Вера", "01.12.2013", "Цой Ян", "02.06.2013"],
        ["Белов Лев", "18.01.2013", "Ким Ян", "02.05.2013"],
    ]
    path = tmp_path / "7 классы.csv"
    path.write_text("\n".join(";".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in lines))
    view = open_list(user, page, path)
    assert names(view) == ["Ан Вера", "Белов Лев", "Цой Ян", "Ким Ян"]
    user.press(view.table, Qt.Key.Key_Space)
    assert [row.name for row in view.table.checked()] == ["Белов Лев", "Цой Ян", "Ким Ян"]
    user.click(view.passed_filter)
    assert [row.remark for row in view.table.rows()] == [
        "Надпись над списком",
        "Класс ниже: 7 «А»",
        "Класс ниже: 7 «Б»",
    ]
    load(user, view)
    shown = [(row.pupil.name.surname, row.pupil.group.name.title) for row in page.list.table.rows()]
    assert shown == [("Белов", "7 «А»"), ("Ким", "7 «Б»"), ("Цой", "7 «Б»")]


def test_what_was_not_read_is_said_over_the_lines(user: User, page: PupilsPage, tmp_path: Path) -> None:
    lines = [
        ["ФИО", "Дата рождения", "", ""],
        ["Ан Вера", "01.12.2013", "", "Ким Ян"],
        ["Цой Ян", "01.12.2013", "", ""],
    ]
    view = open_list(user, page, table(tmp_path, "7А.csv", lines))
    assert view.unread.words == "Столбец D не прочитан, хотя в нём имена: «Ким Ян»."
    view = open_list(user, page, csv(tmp_path, "ещё.csv", CLASS))
    assert not view.unread.isVisible()


def test_refused_lines_are_saved_put_right_and_loaded(user: User, page: PupilsPage, tmp_path: Path) -> None:
    lines = [*CLASS[:2], "=2+5;Артём;12.02.2013;7А", "Гаврилов;Артём;31.02.2013;7А", "Орехов;Лев;12.12.2013;26Я"]
    view = open_list(user, page, csv(tmp_path, "7А.csv", lines))
    user.given = tmp_path / "Отказы.xlsx"
    tab_to(user, view.message.button)
    user.press(view.message.button, Qt.Key.Key_Space)
    assert str(user.given) in view.message.words
    book = load_workbook(user.given)
    sheet = book.active
    assert [cell.data_type for cell in sheet["C"]] == ["s"] * 4
    assert [cell.value for cell in sheet["G"]][2:] == ["Нет такой даты: 31 февраля", "Нет 26-го класса"]
    assert [cell.value for cell in sheet["B"]] == ["Строка", 3, 4, 5]
    sheet["D3"], sheet["F4"] = "28.02.2013", "6Я"
    book.save(user.given)
    view = open_list(user, page, user.given)
    assert fates(view) == ["refused", "new", "new"]
    assert [row.group for row in view.table.rows()][1:] == ["7 «А»", "6 «Я»"]


def test_ctrl_z_takes_the_import_back_and_the_status_bar_names_it(user: User, page: PupilsPage, tmp_path: Path) -> None:
    load(user, open_list(user, page, csv(tmp_path, "7А.csv", CLASS[:2])))
    before = rows(user)
    load(user, open_list(user, page, csv(tmp_path, "7А новый.csv", [CLASS[0], "Ан;Вера;01.12.2013;7Б", *CLASS[2:]])))
    assert "загрузка «7А новый.csv»" in user.main.status.undo_words
    assert rows(user) != before
    user.qtbot.keyClick(user.main, Qt.Key.Key_Z, CTRL)
    user.wait()
    assert rows(user) == before
    assert page.list.message.words == "Отменено: загрузка «7А новый.csv»."
    assert "загрузка «7А.csv»" in user.main.status.undo_words
    user.qtbot.keyClick(user.main, Qt.Key.Key_Y, CTRL)
    user.wait()
    assert rows(user) != before


def test_an_import_built_on_since_is_not_taken_back_and_says_of_whom(
    user: User, page: PupilsPage, tmp_path: Path
) -> None:
    load(user, open_list(user, page, csv(tmp_path, "7А.csv", CLASS)))
    desk = user.windows.desk
    pupil, period = page.list.table.rows()[1].pupil.id, desk.organisation.period
    marks = [Mark(Cell(pupil, "planning"), 2)]
    desk.write(lambda: portfolio.set_stages(desk.workspace, desk.actor, period, marks), owner=page, done=lambda _: None)
    user.wait()
    before = rows(user)
    user.qtbot.keyClick(user.main, Qt.Key.Key_Z, CTRL)
    user.wait()
    assert "нельзя" in page.list.message.words
    assert "Белов Лев" in page.list.message.words
    assert rows(user) == before


def test_the_import_is_taken_back_after_closing_and_opening_again(user: User, page: PupilsPage, tmp_path: Path) -> None:
    load(user, open_list(user, page, csv(tmp_path, "7А.csv", CLASS[:3])))
    before = rows(user)
    changed = [CLASS[0], "Ан;Вера;01.12.2013;8А", "Белов;Лев;19.01.2013;7А", "Цой;Ян;02.06.2013;8Б"]
    load(user, open_list(user, page, csv(tmp_path, "8 классы.csv", changed)))
    user.windows.desk.release()
    start = user.windows.show_start(tmp_path / "desk")
    user.type(start.unlock.password, PASSWORD)
    user.press(start.unlock.password, Qt.Key.Key_Return)
    assert user.page("pupils").status().undo == ""

    dialog = ActsDialog(user.main, user.windows.desk)
    dialog.open()
    user.wait()
    acts = [act.batch.title for act in dialog.table.rows()]
    assert acts == ["Список «8 классы.csv»: 1 новый, 2 изменены", "Список «7А.csv»: 2 новых"]
    assert "1 ученик исчезнет из списка, у 2 учеников вернутся прежние данные" in dialog.message.words
    user.press(dialog.undo_button, Qt.Key.Key_Space)
    assert rows(user) == before
    user.press(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_large_list_shows_how_far_it_is_and_can_be_stopped(user: User, page: PupilsPage, tmp_path: Path) -> None:
    lines = [
        f"Белов{'а' * (number % 7)};Лев{'а' * (number // 7 % 9)};{number % 28 + 1:02}.0{number // 28 % 9 + 1}.2013;7А"
        for number in range(40000)
    ]
    user.given = csv(tmp_path, "большой.csv", [CLASS[0], *lines])
    page.open_file(user.given)
    view = page.preview
    user.qtbot.waitUntil(view.progress.isVisible)
    user.press(view.progress.button, Qt.Key.Key_Space)
    assert view.message.words == "Чтение остановлено. Выберите файл ещё раз или другой."
    assert not view.progress.isVisible()
    assert not view.load_button.isEnabled()


def test_writing_can_be_stopped_and_leaves_nothing(user: User, page: PupilsPage, tmp_path: Path) -> None:
    before = rows(user)
    lines = [f"Белов;Лев{'а' * number};18.01.2013;7А" for number in range(60)]
    view = open_list(user, page, csv(tmp_path, "7А.csv", [CLASS[0], *lines]))
    user.qtbot.keyClick(view.load_button, Qt.Key.Key_Space)
    assert view.progress.isVisible()
    user.press(view.progress.button, Qt.Key.Key_Space)
    assert view.message.words == "Остановлено. Ничего не записано."
    assert rows(user) == before
    assert view.load_button.text() == "Загрузить 60 строк"
    load(user, view)
    assert len(page.list.table.rows()) == 60


def drop(widget: QWidget, *paths: Path) -> None:
    """What the system does when files are let go over the page."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for kind in (QDragEnterEvent, QDropEvent):
        at = QPointF(40, 40)
        event = kind(at.toPoint() if kind is QDragEnterEvent else at, copy, mime, left, none)
        QApplication.sendEvent(widget, event)
        assert event.isAccepted()


def test_a_dropped_file_is_opened_and_anything_else_is_told(user: User, page: PupilsPage, tmp_path: Path) -> None:
    good = csv(tmp_path, "7А.csv", CLASS)
    drop(page, tmp_path)
    user.wait()
    assert "папка" in page.preview.message.words
    drop(page, good, good)
    user.wait()
    assert "по одному" in page.preview.message.words
    drop(page, good)
    user.wait()
    assert names(page.preview) == ["Ан Вера", "Белов Лев", "Ким Ян"]
    user.press(page.preview, Qt.Key.Key_Escape)
    drop(page, good, good)
    assert "по одному" in page.list.message.words


def bad_files(folder: Path) -> dict[str, str]:
    """Names of files that cannot be read, and a word of what is said of each."""
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    (folder / "пароль.xlsx").write_bytes(ole + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 600)
    (folder / "картинка.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    (folder / "пустой.xlsx").write_bytes(b"")
    (folder / "папка.xlsx").mkdir()
    with (folder / "огромный.xlsx").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    return {
        "пароль.xlsx": "паролем",
        "картинка.xlsx": "картинка",
        "пустой.xlsx": "пуст",
        "папка.xlsx": "папка",
        "огромный.xlsx": "больше 20 МБ",
        "пропавший диск/7А.xlsx": "подключены ли диск и сеть",
        "удалённый.xlsx": "нет",
    }


def test_files_that_cannot_be_read_are_told_in_one_sentence_and_lose_nothing(
    user: User, page: PupilsPage, tmp_path: Path
) -> None:
    load(user, open_list(user, page, csv(tmp_path, "7А.csv", CLASS)))
    before = rows(user)
    for name, word in bad_files(tmp_path).items():
        view = open_list(user, page, tmp_path / name)
        assert word in view.message.words
        assert view.message.words.count(".xlsx") == 1
        assert not view.load_button.isEnabled()
        assert not view.columns_card.isVisible()
        assert user.main.focusWidget() is view.other_button
    assert rows(user) == before


def test_a_file_that_another_program_holds_is_told(
    user: User, page: PupilsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = csv(tmp_path, "7А.csv", CLASS)
    opened = Path.open

    def held(self: Path, mode: str = "r", *args: object, **named: object) -> object:
        if self == path and "r" in mode:
            raise PermissionError(13, "The process cannot access the file because it is being used", str(self))
        return opened(self, mode, *args, **named)

    monkeypatch.setattr(Path, "open", held)
    view = open_list(user, page, path)
    assert "Закройте его в других программах" in view.message.words
    monkeypatch.undo()

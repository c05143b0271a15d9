"""Files of diagnostics: answers typed or exported elsewhere, a school's own instruments and wording."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from diagnostics_room import Room, add_class, allow, plan
from PySide6.QtCore import Qt

from profdesk.gui.common import file_dialogs
from profdesk.gui.diagnostics.answers_dialog import AnswersDialog
from profdesk.gui.diagnostics.keying_page import KeyingPage
from profdesk.services import diagnostics, instruments

CODE = "ddo_klimov_20"
HEAD = "Фамилия Имя;" + ";".join(map(str, range(1, 21)))


@pytest.fixture
def room(workspace) -> Iterator[Room]:
    opened = Room(workspace)
    yield opened
    opened.close()


def choose(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(file_dialogs, "file_to_open", lambda *_: path)
    monkeypatch.setattr(file_dialogs, "file_to_save", lambda *_: path)


def keyed(room: Room) -> KeyingPage:
    there = add_class(room.workspace)
    allow(room.workspace, there)
    room.page.wanted_keying.emit(plan(room.workspace, CODE, there))
    room.settle()
    page = room.window.page
    assert isinstance(page, KeyingPage)
    return page


def test_answers_are_shown_before_they_are_written(room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = keyed(room)
    room.press(page.key_desk, Qt.Key.Key_1)
    path = tmp_path / "ответы.csv"
    lines = ["Алексеева Саша;" + ";".join("б" * 20), "Баранов Саша;ж;" + ";".join("а" * 19), "Никто Такой;" + "а;" * 20]
    path.write_text("\n".join([HEAD, *lines]), encoding="utf-8")
    choose(monkeypatch, path)
    page.acts.load_answers()
    room.settle()
    dialog = page.findChild(AnswersDialog)
    assert dialog is not None
    assert "на место введённых раньше: 1 бланк" in dialog.summary.text()
    rows = [(getattr(row, "name", ""), getattr(row, "words", "")) for row in dialog.table.rows()]
    assert ("Алексеева Саша", "20 из 20") in rows
    assert ("Баранов Саша", "19 из 20") in rows
    assert ("Власов Саша", "останется как есть") in rows
    assert any(name == "Никто Такой" for name, _ in rows)
    assert any("ответа «ж» на вопрос 1 не бывает" in words for _, words in rows)
    assert room.session().sheets[1].sheet.answers == {}
    room.press(dialog.save_button, Qt.Key.Key_Space)
    first, second, third = (one.sheet.answers for one in room.session().sheets)
    assert first == dict.fromkeys(range(1, 21), "b")
    assert second == dict.fromkeys(range(2, 21), "a")
    assert third == {}
    assert page.message.words == "Ответы загружены: 2 бланка."
    assert page.table.rows()[0].words == "введён"


def test_wrong_file_is_told_in_a_sentence(room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = keyed(room)
    path = tmp_path / "список.csv"
    path.write_text("Фамилия;Имя\nАлексеева;Саша", encoding="utf-8")
    choose(monkeypatch, path)
    page.acts.load_answers()
    room.settle()
    assert page.findChild(AnswersDialog) is None
    assert page.message.words.startswith("Файл «список.csv»: не нашли столбцы с вопросами")


def test_own_instrument_takes_its_place_in_the_list(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = instruments.source(instruments.called(CODE))
    assert text is not None
    path = tmp_path / "наша.toml"
    path.write_text(text.replace("version = 1", "version = 2"), encoding="utf-8")
    choose(monkeypatch, path)
    room.page.journal.instruments_button.click()
    room.settle()
    view = room.page.instruments
    view.add_button.click()
    room.settle()
    assert "загружена" in view.message.words
    assert view.table.row().version == 2
    assert view.facts.text().endswith("версия 2 · методика школы")


def test_malformed_instrument_is_refused_with_its_line(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "битая.toml"
    path.write_text('code = "x"\nversion = [', encoding="utf-8")
    choose(monkeypatch, path)
    room.page.show_instruments()
    room.settle()
    room.page.instruments.add_button.click()
    room.settle()
    assert "«битая.toml», строка" in room.page.instruments.message.words
    assert len(diagnostics.known_instruments(room.workspace, room.workspace.actor)) == len(instruments.shipped())


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_wording_goes_out_as_a_template_and_comes_back(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    path = tmp_path / f"вопросы.{ending}"
    choose(monkeypatch, path)
    room.page.show_instruments()
    room.settle()
    view = room.page.instruments
    view.table.choose("profil_50")
    view.template_button.click()
    room.settle()
    assert view.message.words == f"Шаблон сохранён: {path}"
    view.wording_button.click()
    room.settle()
    assert "ни одного текста нет" in view.message.words
    if ending == "csv":
        filled = path.read_text(encoding="utf-8-sig").replace("\n1;", "\n1;Читать о жизни растений", 1)
        path.write_text(filled, encoding="utf-8")
        view.wording_button.click()
        room.settle()
        assert view.message.words == "Вопросы загружены: 1 текст, «Профиль»."
        assert "Вопросы загружены" in view.wording.text()
        assert diagnostics.worded(room.workspace, room.workspace.actor) == {"profil_50"}


def test_escape_leads_from_the_instruments_to_the_journal(room: Room) -> None:
    room.page.show_instruments()
    room.settle()
    room.press(room.page.instruments.table, Qt.Key.Key_Escape)
    assert room.page.views.currentWidget() is room.page.journal

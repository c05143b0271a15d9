"""The school's own numbers: the pattern is written in the settings, its example told beside it, a wrong one refused."""

from __future__ import annotations

from pathlib import Path

from journey_user import User, make_workspace
from keyboard import tab_to
from PySide6.QtCore import Qt

from profdesk.gui.settings.page import SettingsPage
from profdesk.services import organisation, pupils


def test_a_pattern_is_kept_when_it_gives_numbers(user: User, tmp_path: Path) -> None:
    make_workspace(user, tmp_path / "desk")
    settings = user.page("settings")
    assert isinstance(settings, SettingsPage)
    year = pupils.today().year
    assert f"{year}-0203" in settings.numbers_note.words
    settings.term.setFocus()
    tab_to(user, settings.numbers)
    user.type(settings.numbers, "ПП-{год}")
    assert settings.numbers_note.words.startswith("В образце номера нужны")
    user.press(settings.numbers, Qt.Key.Key_Return)
    assert kept(user) == ""
    user.type(settings.numbers, "/{номер:4}")
    assert f"ПП-{year}/0203" in settings.numbers_note.words
    user.press(settings.numbers, Qt.Key.Key_Return)
    assert kept(user) == "ПП-{год}/{номер:4}"


def test_a_wrong_pattern_does_not_keep_other_fields_from_being_written(user: User, tmp_path: Path) -> None:
    make_workspace(user, tmp_path / "desk")
    settings = user.page("settings")
    assert isinstance(settings, SettingsPage)
    user.type(settings.numbers, "{день}")
    user.type(settings.head_name, "Черепанова Нина")
    user.press(settings.head_name, Qt.Key.Key_Return)
    desk = user.windows.desk
    assert organisation.get(desk.workspace, desk.actor).head_name == "Черепанова Нина"
    assert kept(user) == ""


def kept(user: User) -> str:
    desk = user.windows.desk
    return organisation.get(desk.workspace, desk.actor).certificate_numbers

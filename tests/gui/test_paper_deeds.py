"""Printing and saving a paper is journaled; of a paper about one pupil without the name."""

from __future__ import annotations

from pathlib import Path

import pytest
from portfolio_class import Room
from pytestqt.qtbot import QtBot

from profdesk.domain import audit_words
from profdesk.domain.audit import Area, Wanted
from profdesk.gui.common import file_dialogs, printing
from profdesk.gui.common.paper import PaperDialog
from profdesk.services import audit, class_papers


def done(room: Room) -> list[tuple[str, tuple[str, ...]]]:
    workspace = room.desk.workspace
    found = audit.acts(workspace, workspace.actor, Wanted(area=Area.DEEDS)).acts
    return [(audit_words.what(act), act.pupils) for act in found]


@pytest.mark.parametrize("about_one", [True, False])
def test_a_paper_printed_and_saved_is_journaled(
    room: Room, small, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, about_one: bool
) -> None:
    group, pupils = small
    workspace = room.desk.workspace
    paper = class_papers.observation_sheet(
        workspace, workspace.actor, group.id, room.desk.organisation.period, with_earlier=False
    )
    title = "Карточка, Ильин Даниил" if about_one else "Лист наблюдения 7 «А», первое полугодие"
    dialog = PaperDialog(None, room.desk, title, lambda _: paper, pupil=pupils[0] if about_one else "")
    qtbot.addWidget(dialog)
    dialog.open()
    room.desk.settle()
    monkeypatch.setattr(file_dialogs, "file_to_save", lambda *_: tmp_path / "бумага.pdf")
    dialog.save_button.click()
    room.desk.settle()
    assert (tmp_path / "бумага.pdf").read_bytes() == paper
    for accepted in (False, True):
        monkeypatch.setattr(printing, "print_pdf", lambda *_, answer=accepted: answer)
        dialog.print_button.click()
        room.desk.settle()
    named, whom = ("Карточка", (pupils[0],)) if about_one else (title, ())
    assert done(room) == [(f"Печать: {named}", whom), (f"Выгрузка в файл: {named}", whom)]

"""A session on paper, from the parents' consents to the journal, by keyboard alone."""

from __future__ import annotations

from pathlib import Path

from journey_user import User, make_workspace
from paper_checks import raw_pages
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from support import listed

from profdesk.gui.common.consents_dialog import ConsentsDialog
from profdesk.gui.common.dialog import Dialog
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.diagnostic_results.class_page import ClassResultPage
from profdesk.gui.diagnostics.keying_page import KeyingPage
from profdesk.gui.diagnostics.page import DiagnosticsPage
from profdesk.services import diagnostics, instruments, pupils, roster

Key = Qt.Key
CLASS = [f"{surname};Саша;;02.06.2012;8Б" for surname in ("Аин", "Бин", "Вин", "Гин", "Дин", "Ежов")]
ANSWERS = "123" * 8


def test_session_on_paper_from_consents_to_the_journal(user: User, tmp_path: Path) -> None:
    make_workspace(user, tmp_path / "школа")
    workspace = user.windows.desk.workspace
    year = user.windows.desk.organisation.period.year
    roster.apply(workspace, workspace.actor, roster.preview(workspace, workspace.actor, listed(tmp_path, *CLASS), year))
    assert len(pupils.pupils(workspace, workspace.actor, year)) == 6
    page = user.page("diagnostics")
    assert isinstance(page, DiagnosticsPage)
    page.journal.read()
    user.wait()
    plan_session(user, page)
    user.press(page.journal.table, Key.Key_Return)
    keying = user.main.page
    assert isinstance(keying, KeyingPage)
    key_in(user, keying)
    check_first_sheet(user, keying)
    QTest.keyClick(keying.key_desk, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    answer_dialog(user, keying, "4 учениками")
    user.main.activateWindow()
    user.wait()
    user.press(keying.key_desk, Key.Key_Escape)
    assert user.main.page is page
    model = page.journal.table.model()
    assert [model.cell(0, column).text for column in (1, 3, 5)] == [
        "Профессиональные склонности, 24",
        "введено 4 из 4",
        "закончен",
    ]
    assert model.cell(0, 3).second == "сомнительный 1, не был 1, отказ 1"
    report_class(user, page, tmp_path)


def plan_session(user: User, page: DiagnosticsPage) -> None:
    user.press(page.journal.empty.primary, Key.Key_Space)
    plan = page.plan
    plan.instruments.choose(instruments.called("yovaysha_rezapkina_24").digest)
    user.press(plan.pupils.consents_button, Key.Key_Space)
    dialog = page.findChild(ConsentsDialog)
    assert dialog is not None
    QTest.keyClick(dialog.table, Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert dialog.save_button.text() == "Записать согласия: 6"
    user.press(dialog.save_button, Key.Key_Space)
    user.main.activateWindow()
    assert plan.plan_button.text() == "Запланировать: 6 бланков"
    user.press(plan.plan_button, Key.Key_Space)


def key_in(user: User, page: KeyingPage) -> None:
    """Three whole sheets, one absent, one refused, one doubtful: no mouse, and nothing waits for the disk."""
    desk = page.key_desk
    for _ in range(3):
        QTest.keyClicks(desk, ANSWERS)
        QTest.keyClick(desk, Key.Key_Tab)
    QTest.keyClick(desk, Key.Key_F5)
    QTest.keyClick(desk, Key.Key_F6)
    QTest.keyClicks(desk, ANSWERS)
    user.press(desk, Key.Key_F7)
    dialog = page.findChild(Dialog)
    assert dialog is not None
    user.type(dialog.findChildren(type(dialog.focusWidget()))[0], "отвечал не глядя")
    user.press(dialog.verb, Key.Key_Space)
    user.main.activateWindow()
    user.wait()
    words = [(row.name.split()[0], row.words) for row in page.table.rows()]
    assert words == [
        ("Аин", "введён"),
        ("Бин", "введён"),
        ("Вин", "введён"),
        ("Гин", "не был"),
        ("Дин", "отказ"),
        ("Ежов", "сомнительный"),
    ]


def check_first_sheet(user: User, page: KeyingPage) -> None:
    """The second entry differs from the first at question 9, where the paper says б."""
    desk = page.key_desk
    QTest.keyClick(desk, Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    user.wait()
    assert page.name_label.text() == "Аин Саша"
    QTest.keyClicks(desk, ANSWERS[:8] + "2")
    user.wait()
    assert page.difference_words.text() == "Вопрос 9. Первый ввод: в, второй: б."
    user.press(desk, Key.Key_F9)
    QTest.keyClicks(desk, ANSWERS[9:])
    user.wait()
    workspace = user.windows.desk.workspace
    sheet = diagnostics.session(workspace, workspace.actor, page.keying.view.session.id).sheets[0].sheet
    assert sheet.answers == sheet.second
    assert sheet.answers[9] == "b"
    assert len(sheet.second) == 24
    assert page.table.rows()[0].words == "проверен"
    QTest.keyClick(desk, Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    user.wait()


def report_class(user: User, page: DiagnosticsPage, folder: Path) -> None:
    """The class result is reached from the journal, its report seen and saved; the doubtful sheet is in no figure."""
    user.press(page.journal.results_button, Key.Key_Space)
    whole = user.main.page
    assert isinstance(whole, ClassResultPage)
    assert whole.counted_chip.words == "учтено 3 из 6"
    QTest.keyClick(whole.lists, Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    user.wait()
    paper = whole.findChild(PaperDialog)
    assert paper is not None
    user.given = folder / "Отчёт.pdf"
    user.press(paper.save_button, Key.Key_Space)
    text = " ".join(raw_pages(user.given.read_bytes(), folder)).replace("\u00a0", " ")
    assert "В отчёте 3 из 6 бланков" in text
    assert all(name in text for name in ("Аин С.", "Бин С.", "Вин С."))
    assert "Ежов" not in text
    paper.reject()
    user.main.activateWindow()
    user.wait()


def answer_dialog(user: User, page: KeyingPage, words: str) -> None:
    user.wait()
    dialog = next(one for one in page.findChildren(Dialog) if one.isVisible())
    assert any(words in label.text() for label in dialog.findChildren(type(page.name_label)))
    user.press(dialog.verb, Key.Key_Space)

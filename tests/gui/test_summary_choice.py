"""Which days and whose figures: what is offered, remembered and compared, and that no old answer stands under it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from threading import Event

import pytest
from portfolio_class import add_class, codes, programme
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication
from support import FIRST, YEAR, mark, organisation

from profdesk import settings
from profdesk.domain.people import GroupName
from profdesk.domain.school_year import Term
from profdesk.domain.scope import Scope
from profdesk.domain.span import Span
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.pages import Pages
from profdesk.gui.main_window import MainWindow
from profdesk.gui.summary.counting import Counted
from profdesk.gui.summary.days_dialog import DaysDialog
from profdesk.gui.summary.figures_view import FiguresView
from profdesk.gui.summary.page import SummaryPage
from profdesk.services import pupils, summary
from profdesk.signing import keys
from profdesk.storage.workspace import Workspace


@pytest.fixture
def view(workspace: Workspace) -> Iterator[FiguresView]:
    """7 «А» of two, both assessed this term and one the year before; 9 «Б» of one."""
    group, (one, two) = add_class(workspace, 2)
    add_class(workspace, 1, GroupName("9 «Б»", 9, "Б"))
    add_class(workspace, 0, GroupName("6 «А»", 6, "А"), YEAR.previous, pupils=(one, two))
    mark(workspace, FIRST.previous, (one, codes(group)[0], 1))
    mark(workspace, FIRST, (one, codes(group)[0], 2), (two, codes(group)[0], 2))
    key = keys.make_key("Школа № 12", "Школа № 12", datetime.now(UTC))
    with workspace.unit(workspace.actor) as unit:
        unit.keys.add(key.certificate_pem, key.private_pem)
    desk = Desk()
    desk.use(workspace, programme(), organisation())
    window = MainWindow(desk, Pages([SummaryPage], lambda kind: kind(desk)))
    page = window.pages[SummaryPage]
    window.resize(1366, 697)
    window.show()
    settle(page.figures)
    yield page.figures
    window.close()
    desk.close()
    window.deleteLater()


def settle(view: FiguresView) -> None:
    for _ in range(3):
        QApplication.processEvents()
        view.desk.settle()


def take(view: FiguresView, **codes: str) -> None:
    """Choose in the lists of the header, by what they keep."""
    for name, code in codes.items():
        box = getattr(view.tools, name)
        box.setCurrentIndex(box.findData(code))
        box.activated.emit(box.currentIndex())


def test_an_old_answer_never_stands_under_a_newer_choice(view: FiguresView) -> None:
    answers: list[Counted] = []
    view.counting.counted.connect(answers.append)
    held = Event()
    view.desk.run(held.wait, owner=view, done=lambda _: None)
    for code in ("term-1:0", "year:-1", "term-2:-1"):
        take(view, period=code)
        assert not view.table.rows()
        assert view.table.nothing == "Считаем…"
        assert view.pages.pages == 0
        assert not view.tools.sign.isEnabled()
    held.set()
    settle(view)
    assert [one.summary.span for one in answers] == [Span.of_term(YEAR.previous, Term.SECOND)]
    assert view.summary is answers[0].summary
    assert view.table.rows()
    take(view, period="year:0")
    assert view.counting._task is not None
    view.counting._task.future.result()  # counted, and not told yet
    take(view, period="year:-1")
    settle(view)
    assert [one.summary.span for one in answers[1:]] == [Span.of_year(YEAR.previous)]


def test_less_than_the_whole_stays_in_the_school_and_is_remembered(view: FiguresView) -> None:
    titles = [view.tools.scope.itemText(number) for number in range(view.tools.scope.count())]
    assert titles == ["Вся школа", "", "5–8 классы", "9–11 классы", "", "5–9 классы", "", "7 «А»", "9 «Б»"]
    assert view.tools.sign.isEnabled()
    take(view, scope="law:law-basic")
    settle(view)
    assert view.summary is not None
    assert view.summary.total.pupils == 3
    assert not view.tools.sign.isEnabled()
    assert not view.tools.workbook.isEnabled()
    assert view.tools.sign.toolTip() == view.signer.text()
    assert "скрытые числа" in view.signer.text()
    seventh = view.tools.scope.itemData(titles.index("7 «А»"))
    take(view, scope=seventh, period="year:-1")
    settle(view)
    assert view.tools.scope.currentText() == "6 «А»"
    assert view.summary.total.pupils == 2
    kept = settings.load()
    assert (kept.summary_span, kept.summary_scope) == ("year:-1", seventh)
    take(view, period="year:0")
    settle(view)
    assert view.choice.scope == Scope.coded(seventh)


def test_days_are_asked_for_and_must_lie_in_a_school_year(view: FiguresView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pupils, "today", lambda: date(2026, 11, 23))
    take(view, period="ask")
    (dialog,) = view.findChildren(DaysDialog)
    dialog.first_day.setDate(QDate(2026, 8, 1))
    dialog.count_button.click()
    assert "в одном учебном году" in dialog.note.words
    dialog.first_day.setDate(QDate(2026, 11, 24))
    dialog.count_button.click()
    assert dialog.note.words == "Этот день ещё не наступил: считать пока нечего."
    assert dialog.isVisible()
    dialog.reject()
    assert view.tools.period.currentText() == "2026/27 учебный год"
    take(view, period="ask")
    dialog = view.findChildren(DaysDialog)[-1]
    dialog.first_day.setDate(QDate(2026, 10, 1))
    dialog.last_day.setDate(QDate(2026, 11, 15))
    dialog.count_button.click()
    settle(view)
    assert view.tools.period.currentText() == "01.10.2026 – 15.11.2026"
    assert view.summary is not None
    assert view.summary.span.title == "период с 01.10.2026 по 15.11.2026"
    assert settings.load().summary_span == "days:2026-10-01:2026-11-15"


def heads(view: FiguresView) -> list[str]:
    model = view.table.model()
    return [model.headerData(number, Qt.Orientation.Horizontal) for number in range(model.columnCount())]


def test_the_change_since_the_span_before_is_told_in_signs_and_in_words(view: FiguresView) -> None:
    assert view.table.choose("accompaniment")
    cell = view.table.currentIndex().siblingAtColumn(heads(view).index("Было, %"))
    assert cell.data() == "50,0"
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "50,0 %, стало больше на 16,7 процентного пункта"
    assert "Было за 2025/26 учебный год: 1 из 2" in view.detail_text.text()
    take(view, period="year:-1")
    settle(view)
    assert "Было, %" not in heads(view)


def test_a_summary_that_was_signed_elsewhere_is_named(view: FiguresView) -> None:
    counted = view.summary
    assert counted is not None
    assert view.state_chip.words == "не подписана"
    workspace = view.desk.workspace
    view.desk.write(
        lambda: summary.sign(workspace, workspace.actor, counted, lambda _: None), owner=view, done=lambda _: None
    )
    settle(view)
    assert view.state_chip.words == f"№ {datetime.now().astimezone().year}/01"

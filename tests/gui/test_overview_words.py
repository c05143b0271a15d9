"""What the overview says: numbers with their words, what is late, and that all is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from overview_school import PROGRAMME, TODAY
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot
from support import YEAR

from profdesk.domain import overview_words as words
from profdesk.domain.overview import Agreement, Bar, Course, Subject, Task
from profdesk.domain.people import Group, GroupName
from profdesk.domain.summary import Figure
from profdesk.gui.common import fonts
from profdesk.gui.overview import lines
from profdesk.gui.overview.coverage_bars import CoverageBars
from profdesk.gui.overview.task_list import TaskList
from profdesk.gui.overview.year_chart import YearChart

CLASS = Group("7а", GroupName("7 «А»", 7, "А"), "basic", YEAR.start)
KINDERGARTEN = Group("с", GroupName("Старшая «Ромашка»"), "preschool", YEAR.start)
TRIALS = next(one for one in PROGRAMME.indicators if one.rule.measure == "trials_any")
CONTINUED = next(one for one in PROGRAMME.indicators if one.rule.measure == "profile_continued")
PARENTS = next(one for one in PROGRAMME.indicators if one.rule.measure == "parents_reached")
NONE = Qt.KeyboardModifier.NoModifier
CHOICE = next(one for one in PROGRAMME.indicators if one.rule.measure == "conscious_choice")


@pytest.mark.parametrize(
    ("task", "said", "detail"),
    [
        (
            Task(Subject.PORTFOLIOS, 1, day=date(2026, 12, 31), groups=(CLASS,)),
            "класс без портфолио за полугодие",
            "7 «А» · до 31\u00a0декабря",
        ),
        (
            Task(Subject.PORTFOLIOS, 5, day=date(2026, 5, 31), groups=(KINDERGARTEN,) * 5),
            "групп без портфолио за полугодие",
            "Старшая «Ромашка», Старшая «Ромашка», Старшая «Ромашка», Старшая «Ромашка» и ещё 1 · срок был 31\u00a0мая",
        ),
        (
            Task(Subject.CONSENTS, 2),
            "согласия родителей не получены",
            "Без согласия ученика нельзя включить в диагностику",
        ),
        (
            Task(Subject.CONSENTS, 5, groups=(KINDERGARTEN,)),
            "согласий родителей не получено",
            "Без согласия ребёнка нельзя включить в диагностику",
        ),
        (
            Task(Subject.REACH, 3, figure=Figure(PARENTS, 0, 3), groups=(KINDERGARTEN,)),
            "ребёнка ещё без встречи с родителями",
            "Пока никто",
        ),
        (
            Task(Subject.REACH, 21, figure=Figure(TRIALS, 0, 21), groups=(CLASS,), whole_groups=(CLASS,)),
            "ученик ещё без пробы",
            "9–11 классы · до цели 15 % не хватает 4 · пока никто",
        ),
        (
            Task(Subject.REACH, 3, figure=Figure(TRIALS, 7, 10), whole_groups=(CLASS,)),
            "ученика ещё без пробы",
            "9–11 классы · цель 15 % достигнута · целиком не охвачены 7 «А»",
        ),
        (
            Task(Subject.COPY, 12, day=date(2026, 11, 11)),
            "дней без копии рабочей папки",
            "Последняя сделана 11\u00a0ноября",
        ),
        (
            Task(Subject.COPY, 0),
            "копий рабочей папки",
            "Если диск сломается, восстановить записанное будет неоткуда",
        ),
        (
            Task(Subject.REACH, 2, figure=Figure(CHOICE, 0, 2)),
            "ученика ещё без осознанного выбора профессии",
            "9 и 11 классы · до цели 50 % не хватает 1 · пока никто",
        ),
        (
            Task(Subject.REACH, 1, figure=Figure(CONTINUED, 1, 2), groups=(CLASS,)),
            "ученик ещё без записи об учёбе по выбранному профилю",
            "10 и 11 классы",
        ),
        (
            Task(
                Subject.ENDING, 1, day=date(2026, 12, 12), agreements=(Agreement("14", "Колледж", date(2026, 12, 12)),)
            ),
            "договор кончается через 19 дней",
            "Колледж, № 14",
        ),
        (
            Task(Subject.ENDING, 1, day=TODAY, agreements=(Agreement("14", "Колледж", TODAY),)),
            "договор кончается сегодня",
            "Колледж, № 14",
        ),
    ],
)
def test_a_task_is_said_in_the_words_of_a_school(task: Task, said: str, detail: str) -> None:
    told = words.tell(task, PROGRAMME, TODAY)
    assert (told.words, told.detail) == (said, detail)


def test_only_what_is_late_has_a_chip() -> None:
    calm, late = (Task(Subject.PORTFOLIOS, 1, late=late, groups=(CLASS,)) for late in (False, True))
    assert [words.tell(one, PROGRAMME, TODAY).chip for one in (calm, late)] == ["", "срочно"]


def test_lines_that_lead_nowhere_do_not_open_and_headings_are_passed_over(qtbot: QtBot) -> None:
    view = TaskList()
    qtbot.addWidget(view)
    first, second = (lines.line(Task(subject, 2), PROGRAMME, TODAY) for subject in (Subject.CONSENTS, Subject.HOMELESS))
    view.show_lines(["Этот месяц", replace(first, link=""), "Скоро", second], ("", ""))
    opened: list[Task] = []
    view.opened.connect(opened.append)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert view.line() is not None
    assert opened == []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(view, key)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened == [second.task]


def test_a_line_leads_aside_where_its_list_is_named_and_by_its_key(qtbot: QtBot) -> None:
    view = TaskList()
    qtbot.addWidget(view)
    view.resize(700, 300)
    line = lines.line(Task(Subject.CONSENTS, 2), PROGRAMME, TODAY)
    plain = lines.line(Task(Subject.HOMELESS, 3), PROGRAMME, TODAY)
    view.show_lines([line, plain], ("", ""))
    gone: list[tuple[str, Task]] = []
    view.opened.connect(lambda task: gone.append(("done", task)))
    view.turned_aside.connect(lambda task: gone.append(("list", task)))
    area = view.visualRect(view.model().index(0, 0))
    link = QFontMetrics(fonts.font(fonts.TEXT)).horizontalAdvance(line.link)
    for x in (area.right() - link // 2, area.right() - link - 50):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, area.center().y()))
    assert gone == [("done", line.task), ("list", line.task)]
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(view, key, Qt.KeyboardModifier.ControlModifier if key == Qt.Key.Key_Return else NONE)
    assert gone[2:] == [("list", line.task)]


def test_when_nothing_is_left_it_is_said(qtbot: QtBot) -> None:
    view = TaskList()
    qtbot.addWidget(view)
    view.show_lines([], ("На сегодня всё сделано", "Появится здесь"))
    view.resize(600, 400)
    blank = TaskList()
    qtbot.addWidget(blank)
    blank.resize(600, 400)
    assert view.accessibleDescription() == "На сегодня всё сделано. Появится здесь"
    assert view.grab().toImage() != blank.grab().toImage()


def test_drawings_are_told_in_words_too(qtbot: QtBot) -> None:
    bars, chart = CoverageBars(), YearChart()
    for widget in (bars, chart):
        qtbot.addWidget(widget)
    bars.show_bars([Bar(Figure(TRIALS, 108, 135), PROGRAMME.level("secondary"))])
    told = "9–11 классы, Есть хотя бы одна проба за год: 108 из 135, 80,0 %, цель 15 %, достигнута"
    assert bars.accessibleDescription() == told
    chart.show_years(Course(YEAR, 4, (1, 2)), Course(YEAR.previous, 0, (0,) * 12), 0.65)
    assert chart.accessibleDescription() == "2026/27: сен 25 %, окт 50 %. Цель 65 %"

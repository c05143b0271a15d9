"""What the card draws: names around the radar, the matrix of years, the short timeline, the header over them."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from math import hypot

import pytest
from pupil_history import attended, history, programme, recorded, school_path
from PySide6.QtCore import QPoint, QSizeF, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from profdesk.domain import growth, records
from profdesk.domain.growth import Moment
from profdesk.domain.history import Recorded
from profdesk.domain.records import Recent, RecordKind
from profdesk.domain.school_year import Period, SchoolYear, Term
from profdesk.gui.common import fonts, theme
from profdesk.gui.common.chip import Chip
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.tab_bar import TabBar
from profdesk.gui.pupil_card import radar_names
from profdesk.gui.pupil_card.growth_matrix import GrowthMatrix
from profdesk.gui.pupil_card.legend import Figures, RadarLegend
from profdesk.gui.pupil_card.radar import Radar
from profdesk.gui.pupil_card.recent_list import RecentList


@pytest.fixture(autouse=True)
def dressed(qapp) -> None:
    theme.apply(qapp, False)


@pytest.mark.parametrize("level", ["preschool", "primary", "basic"])
@pytest.mark.parametrize("room", [(430, 300), (443, 330), (470, 430), (900, 700)])
@pytest.mark.parametrize("bold", [False, True])
def test_names_around_the_radar_cover_neither_each_other_nor_the_web(
    qapp, level: str, room: tuple[int, int], bold: bool
) -> None:
    titles = [(item.short, bold) for item in programme().level(level).competencies.items]
    size = QSizeF(*room)
    web = radar_names.radius(titles, size)
    names = radar_names.place(titles, web, size)
    assert web > 60
    for name in names:
        area = name.area
        assert abs(area.left()) <= room[0] / 2
        assert abs(area.right()) <= room[0] / 2
        assert -room[1] / 2 <= area.top()
        assert area.bottom() <= room[1] / 2
        assert not any(line.endswith("…") for line in name.lines), name.lines
        nearest = hypot(max(area.left(), -area.right(), 0), max(area.top(), -area.bottom(), 0))
        assert nearest >= web
    for one, other in combinations(names, 2):
        assert not one.area.adjusted(1, 1, -1, -1).intersects(other.area.adjusted(1, 1, -1, -1)), (one, other)


def comparison(*facts: Recorded) -> growth.Comparison:
    path = (attended(2025, 6), attended(2026, 7))
    now, before = (Moment(Period(SchoolYear(year), Term.FIRST)) for year in (2026, 2025))
    return growth.compare(programme(), path, facts, now, before)


def coloured(widget: Radar) -> int:
    """How many pixels have just the colour of the line of now."""
    image = widget.grab().toImage()
    wanted = theme.tokens().data.rgb()
    return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def test_the_radar_is_said_in_words_and_draws_no_line_over_what_is_not_assessed(qtbot: QtBot) -> None:
    radar = Radar()
    qtbot.addWidget(radar)
    radar.resize(470, 430)
    radar.show_comparison(comparison(recorded("planning", 1, 2025), recorded("planning", 3, 2026)))
    assert "Планирование: стадия 3, раньше 1" in radar.accessibleDescription()
    assert "Гибкость: не оценено" in radar.accessibleDescription()
    lone = coloured(radar)
    codes = [item.code for item in programme().level("basic").competencies.items]
    radar.show_comparison(comparison(*(recorded(code, 3, 2026) for code in codes)))
    assert 0 < lone < coloured(radar) / 10


def shown_matrix(qtbot: QtBot, *facts: Recorded) -> GrowthMatrix:
    matrix = GrowthMatrix()
    qtbot.addWidget(matrix)
    matrix.resize(360, 560)
    matrix.show_growth(growth.growth(programme(), school_path(5), facts), programme())
    return matrix


def test_the_matrix_says_what_led_to_a_stage_and_whose_opinion_that_is(qtbot: QtBot) -> None:
    facts = [
        recorded("self-control", 3, 2024),
        recorded("emotional-intelligence", 1, 2024),
        recorded("stress-resistance", 2, 2026),
    ]
    matrix = shown_matrix(qtbot, *facts)
    told = [[matrix.words_at(QPoint(x, y)) for x in range(2, matrix.width(), 6)] for y in range(30, matrix.height(), 8)]
    row = next(line for line in told if "Стрессоустойчивость" in line[0])
    fourth, fifth = (next(words for words in row if f"{grade} «А»" in words) for grade in (3, 5))
    assert "Самоконтроль: стадия 3" in fourth
    assert "Эмоциональный интеллект: стадия 1" in fourth
    assert "Показана наименьшая стадия" in fourth
    assert "Соответствие profdesk" in fourth
    assert fifth.splitlines() == ["Стрессоустойчивость", "5 «А», 2026/27 учебный год", "стадия 2"]
    gaps = next(line for line in told if "Перспектива" in line[0])
    assert any("в наборе уровня не было" in words for words in gaps)
    assert "Стрессоустойчивость: 3 1, 5 2" in matrix.accessibleDescription()
    assert matrix.words_at(QPoint(2, 4)) == ""


def test_the_timeline_names_the_class_of_each_year_and_who_wrote(qtbot: QtBot) -> None:
    path = (attended(2025, 6), attended(2026, 7))
    facts = (recorded("planning", 1, 2025), recorded("planning", 2, 2026, day=date(2026, 11, 2)))
    lines = records.recent(history(path, facts), programme(), 9)
    recent = RecentList()
    qtbot.addWidget(recent)
    recent.resize(220, 500)
    recent.show_lines(lines, {one.year: one.group.name.title for one in path}, {"u1": "Седова Ольга Ивановна"})
    said = recent.accessibleDescription().replace("\u00a0", " ")
    assert said.startswith("2 ноября 2026 г.: Портфолио, Оценена 1 компетенция, Седова О. И.")
    headings = [line for _, line, _, _ in recent._laid_out() if isinstance(line, str)]
    assert headings == ["7 «А», 2026/27", "6 «А», 2025/26"]
    recent.resize(220, 60)
    assert len(list(recent._laid_out())) < len(lines) + len(headings)


def test_a_note_of_several_lines_is_not_drawn_over_itself(qtbot: QtBot) -> None:
    note = "Сама распределила роли\r\nв\u00a0игре\u2028и довела\n\nеё до конца."
    line = Recent(RecordKind.NOTE, SchoolYear(2026), date(2026, 11, 2), "Заметка", note, "u1")
    recent = RecentList()
    qtbot.addWidget(recent)
    recent.resize(220, 500)
    recent.show_lines([line], {}, {"u1": "Седова Ольга Ивановна"})
    ((_, _, words, _),) = [one for one in recent._laid_out() if not isinstance(one[1], str)]
    single = QFontMetrics(fonts.font(fonts.CAPTION)).boundingRect(0, 0, 900, 900, 0, "Ёу").height()
    heights = [QFontMetrics(fonts.font(fonts.CAPTION)).boundingRect(0, 0, 900, 900, 0, one).height() for one in words]
    assert set(heights) == {single}
    assert " ".join(words).replace("\u00a0", " ").startswith("Сама распределила роли в игре и довела её до")


def test_figures_and_legend_are_said(qtbot: QtBot) -> None:
    figures, legend = Figures(), RadarLegend()
    for widget in (figures, legend):
        qtbot.addWidget(widget)
        widget.resize(400, 40)
    figures.show_figures([(9, "стадий прибавилось", "за год"), (4, "сформированы", "из 20")])
    legend.show_words("ноябрь 2026", "", rose=False)
    assert figures.accessibleName() == "9 стадий прибавилось за год, 4 сформированы из 20"
    assert legend.accessibleName() == "сплошная линия: ноябрь 2026"


def test_facts_stand_under_the_title_and_what_is_beside_it(qtbot: QtBot) -> None:
    header = PageHeader()
    qtbot.addWidget(header)
    chip = Chip(words="Портфолио заполнено")
    header.set_title("Ан Ли")
    header.add_selector(chip)
    header.set_second("4 «А» · 14 марта 2016 г. · 10 лет · в школе с 2023 года, до этого Подготовительная «Солнышко»")
    header.resize(900, 48)
    header.show()
    title, second = header.findChildren(QLabel)
    assert chip.x() < second.geometry().right() / 2
    assert abs(chip.geometry().center().y() - title.geometry().center().y()) <= 2
    assert second.y() >= chip.geometry().bottom()


def test_a_tab_does_not_move_when_it_comes_to_the_front(qtbot: QtBot) -> None:
    tabs = TabBar()
    qtbot.addWidget(tabs)
    for words in ("Портфолио", "Файлы  2", "Все записи"):
        tabs.addTab(words)
    tabs.resize(600, 34)
    tabs.show()
    before = [tabs.tabRect(index) for index in range(3)]
    qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert tabs.currentIndex() == 1
    assert [tabs.tabRect(index) for index in range(3)] == before
    bold = QFontMetrics(fonts.font(fonts.TEXT, bold=True))
    assert all(tabs.tabRect(index).width() >= bold.horizontalAdvance(tabs.tabText(index)) for index in range(3))

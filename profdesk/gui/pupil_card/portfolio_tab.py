"""The card's tab «Портфолио»: now and earlier, growth over the years, what was recorded lately."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QWidget
from typing_extensions import override

from profdesk.domain import growth, plural, pupil_card, records, wording
from profdesk.domain.growth import Comparison, Growth, Moment
from profdesk.domain.pupil_card import PupilCard
from profdesk.domain.rights import Right
from profdesk.domain.school_year import Period
from profdesk.gui.common.card_tab import Tab
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.pupil_card.growth_matrix import GrowthMatrix
from profdesk.gui.pupil_card.legend import Figures, RadarLegend
from profdesk.gui.pupil_card.radar import Radar
from profdesk.gui.pupil_card.recent_list import RecentList

_LINES = 12


class PortfolioTab(Tab):
    """What the portfolio is compared with is chosen here; for another pupil it is the usual again."""

    title = "Портфолио"

    radar_title: QLabel
    earlier: QComboBox
    not_yet: QLabel
    legend: RadarLegend
    radar: Radar
    no_radar: QLabel
    figures_rule: QFrame
    figures: Figures
    strengths: QLabel
    to_help: QLabel
    growth_unit: QLabel
    growth: GrowthMatrix
    growth_note: QLabel
    recent: RecentList
    no_recent: QLabel

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "pupil_card_portfolio")
        self._card: PupilCard | None = None
        self.earlier.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for label in (self.strengths, self.to_help):
            label.setTextFormat(Qt.TextFormat.RichText)
        self.no_radar.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.no_recent.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.earlier.currentIndexChanged.connect(lambda _: self._compare())

    def earlier_for(self, card: PupilCard) -> Moment | None:
        """What a card is compared with: the choice made for this pupil, else the usual; None for nothing earlier."""
        chosen = self.earlier.currentData()
        same = self._card is not None and self._card.pupil.id == card.pupil.id
        return chosen if same and isinstance(chosen, Moment) and chosen in card.choices else card.usual_earlier

    @override
    def show_card(self, card: PupilCard) -> None:
        wanted = self.earlier_for(card)
        self._card = card
        with QSignalBlocker(self.earlier):
            self.earlier.clear()
            for moment in card.choices:
                self.earlier.addItem(_named(card, moment), moment)
            if wanted is not None:
                self.earlier.setCurrentIndex(card.choices.index(wanted))
        self.earlier.setVisible(bool(card.choices))
        self.growth.show_growth(card.growth, card.programme)
        self.growth_note.setText(_note(card.growth))
        self.growth_note.setVisible(bool(card.growth.level_starts))
        self.growth_unit.setVisible(bool(card.growth.years))
        lines = records.recent(card.history, card.programme, _LINES)
        self.recent.show_lines(lines, {one.year: one.group.name.title for one in card.history.schooling}, card.names)
        self.recent.setVisible(bool(lines))
        self.no_recent.setVisible(not lines)
        self._compare()

    def _compare(self) -> None:
        card = self._card
        if card is None:
            return
        found = card.compared(self.earlier_for(card))
        known = any(row.now is not None or row.before is not None for row in found.rows)
        self.radar.show_comparison(found)
        for part in (self.radar, self.legend, self.figures_rule):
            part.setVisible(known)
        self.no_radar.setVisible(not known)
        where = ": отметьте их на странице «Портфолио»" if self.desk.may(Right.PORTFOLIO_WRITE) else ""
        self.no_radar.setText(f"Стадий пока нет{where}." if found.rows else "Класса нет.")
        not_yet = pupil_card.not_yet(card) if known else ""
        self.not_yet.setText(not_yet)
        self.not_yet.setVisible(bool(not_yet))
        self.radar_title.setText("Последние стадии" if not_yet else _title(found))
        now, before = _moments(card, found)
        self.legend.show_words(now, before, rose=found.risen > 0)
        self._show_words(found)

    def _show_words(self, found: Comparison) -> None:
        self.figures.setVisible(found.now is not None)
        self.figures.show_figures(_figures(found))
        for label, words, named in (
            (self.strengths, "Опора", growth.named(found.strengths)),
            (self.to_help, "Где помочь", growth.named(found.to_help)),
        ):
            label.setText(f"<b>{words}</b>&nbsp;&nbsp; {named}")
            label.setVisible(bool(named))


def _named(card: PupilCard, moment: Moment) -> str:
    if moment.day is not None:
        return wording.day(moment.day)
    return f"{wording.month(card.last_day(moment))}, {moment.period.term.title}"


def _note(found: Growth) -> str:
    words = "Левее вертикальной линии — сходные компетенции прежнего набора, наведите на клетку"
    gaps = any(not cell.in_set for row in found.rows for cell in row)
    return f"{words}. Черта — таких не было" if gaps else words


def _title(found: Comparison) -> str:
    if found.earlier is None:
        return "Сейчас"
    return "Сейчас и год назад" if _is_a_year_ago(found) else "Сейчас и раньше"


def _is_a_year_ago(found: Comparison) -> bool:
    now, earlier = found.now, found.earlier
    return now is not None and earlier == Moment(Period(now.period.year.previous, now.period.term))


def _moments(card: PupilCard, found: Comparison) -> tuple[str, str]:
    """Month and year of each moment, the day too where one was chosen or the months are alike."""
    days = [None if one is None else card.last_day(one) for one in (found.now, found.earlier)]
    months = ["" if day is None else wording.month(day) for day in days]
    exact = months[0] == months[1] or (found.earlier is not None and found.earlier.day is not None)
    now, before = (wording.day(day) if exact and day else month for day, month in zip(days, months, strict=True))
    return now, before


def _figures(found: Comparison) -> Sequence[tuple[int, str, str]]:
    shown = []
    if found.compared:
        since = "за год" if _is_a_year_ago(found) else "с того времени"
        added = plural.word(found.risen, "стадия прибавилась", "стадии прибавились", "стадий прибавилось")
        shown.append((found.risen, added, since))
        if found.fallen:
            lost = plural.word(found.fallen, "стадия убавилась", "стадии убавились", "стадий убавилось")
            shown.append((found.fallen, lost, since))
    formed = plural.word(found.formed, "сформирована", "сформированы", "сформировано")
    return [*shown, (found.formed, formed, f"из {len(found.rows)}")]

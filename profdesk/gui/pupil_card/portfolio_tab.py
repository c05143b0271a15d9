"""The card's tab «Портфолио»: now and earlier, growth over the years, what was recorded lately."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QWidget
from typing_extensions import override

from profdesk.domain import growth, plural, records, wording
from profdesk.domain.growth import Comparison, Moment
from profdesk.domain.pupil_card import PupilCard
from profdesk.gui.common import theme
from profdesk.gui.common.card_tab import Tab
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.pupil_card.growth_matrix import GrowthMatrix
from profdesk.gui.pupil_card.radar import Radar
from profdesk.gui.pupil_card.recent_list import RecentList

_LINES = 12


class PortfolioTab(Tab):
    """What the portfolio is compared with is chosen here; ``earlier_moment`` is the choice."""

    title = "Портфолио"

    radar_title: QLabel
    earlier: QComboBox
    legend: QLabel
    radar: Radar
    no_radar: QLabel
    figures: QLabel
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
        for label in (self.figures, self.strengths, self.to_help, self.legend):
            label.setTextFormat(Qt.TextFormat.RichText)
        self.no_radar.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.no_recent.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.earlier.currentIndexChanged.connect(lambda _: self._compare())

    @property
    def earlier_moment(self) -> Moment | None:
        """What the portfolio is compared with; None where there is nothing earlier."""
        chosen = self.earlier.currentData()
        return chosen if isinstance(chosen, Moment) else None

    @override
    def show_card(self, card: PupilCard) -> None:
        former, self._card = self._card, card
        same = former is not None and former.pupil.id == card.pupil.id
        wanted = self.earlier_moment if same else card.usual_earlier
        with QSignalBlocker(self.earlier):
            self.earlier.clear()
            for moment in card.choices:
                self.earlier.addItem(_named(card, moment), moment)
            if card.choices:
                place = card.choices.index(wanted) if wanted in card.choices else 0
                self.earlier.setCurrentIndex(place)
        self.earlier.setVisible(bool(card.choices))
        self.growth.show_growth(card.growth)
        gaps = any(not cell.in_set for row in card.growth.rows for cell in row)
        self.growth_note.setVisible(gaps)
        self.growth_unit.setVisible(bool(card.growth.years))
        today = datetime.now(UTC).astimezone().date()
        lines = records.recent(card.history, card.programme, _LINES)
        self.recent.show_lines(lines, today)
        self.recent.setVisible(bool(lines))
        self.no_recent.setVisible(not lines)
        self._compare()

    def _compare(self) -> None:
        card = self._card
        if card is None:
            return
        earlier = self.earlier_moment
        found = card.compared(earlier)
        known = any(row.now is not None or row.before is not None for row in found.rows)
        self.radar.show_comparison(found)
        self.radar.setVisible(known)
        self.no_radar.setVisible(not known)
        self.no_radar.setText("Стадий пока нет: отметьте их на странице «Портфолио»." if found.rows else "Класса нет.")
        self._show_words(card, found, earlier, known=known)

    def _show_words(self, card: PupilCard, found: Comparison, earlier: Moment | None, *, known: bool) -> None:
        self.legend.setVisible(known)
        if known:
            self.legend.setText(_legend(card, card.now, earlier, risen=found.risen > 0))
        self.figures.setVisible(known)
        self.figures.setText(_figures(found, compared=earlier is not None and found.compared > 0))
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


def _legend(card: PupilCard, now: Moment | None, earlier: Moment | None, *, risen: bool) -> str:
    colours = theme.tokens()
    parts = []
    if now is not None:
        parts.append(f'<span style="color:{colours.data.name()}">●━</span> {wording.month(card.last_day(now))}')
    if earlier is not None:
        before = wording.month(card.last_day(earlier))
        parts.append(f'<span style="color:{colours.past.name()}">╌╌</span> {before}')
    if risen:
        parts.append("<b>жирным — выросли</b>")
    return "&nbsp;&nbsp;&nbsp;&nbsp;".join(parts)


def _figures(found: Comparison, *, compared: bool) -> str:
    formed = plural.word(found.formed, "сформирована", "сформированы", "сформировано")
    parts = [f"<b>{found.formed}</b> {formed} из {len(found.rows)}"]
    if compared:
        added = plural.counted(found.risen, "стадия прибавилась", "стадии прибавилось", "стадий прибавилось")
        number, words = added.split(maxsplit=1) if " " in added else added.split("\u00a0", 1)
        parts.insert(0, f"<b>{number}</b> {words}")
        if found.fallen:
            parts.insert(1, f"<b>{found.fallen}</b> убавилось")
    return "&nbsp;&nbsp;&nbsp;&nbsp; ".join(parts)

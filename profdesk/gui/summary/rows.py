"""The rows of the summary's table: figures under the headings of their sections, then what has no data yet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from profdesk.domain import plural, told_figures
from profdesk.domain.programme import Indicator
from profdesk.domain.summary import Figure, State, Summary
from profdesk.domain.summary_people import counted_words
from profdesk.gui.common.columns import Column, Heading, Look
from profdesk.gui.common.tones import Tone

_NO_DATA = "Данных пока нет"


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator; ``figure`` is None where the recorded data cannot answer it."""

    indicator: Indicator
    figure: Figure | None

    @property
    def asked(self) -> bool:
        """Whether somebody has to tell its figure, since no record answers it."""
        return self.indicator.rule.measure in told_figures.MEASURES

    @property
    def lacks(self) -> int:
        """How many of those asked are not counted."""
        return self.figure.denominator - self.figure.numerator if self.figure else 0

    @property
    def source(self) -> str:
        """Who told its figure."""
        return self.figure.source if self.figure else ""


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u00a0")


def _decimal(value: object) -> str:
    return "—" if value is None else str(value).replace(".", ",")


def _verdict(row: IndicatorRow) -> str:
    """How the figure stands, in the words of the table."""
    match row.figure.state if row.figure else None:
        case State.REACHED:
            return "достигнута"
        case State.BELOW:
            return _missing(row.figure) if row.figure else ""
        case State.NO_TARGET:
            return "без цели"
        case State.NOBODY:
            return "некого считать"
        case State.HIDDEN:
            return "скрыто"
        case None:
            return "не введено" if row.asked else "нет данных"


def _missing(figure: Figure) -> str:
    return f"не хватает {_number(figure.shortage)}" if figure.of_people else "пока нет"


_LOOKS = {
    State.REACHED: Look("check-circle-fill", Tone.OK),
    State.BELOW: Look("warning", Tone.WARN),
    State.NO_TARGET: Look("minus", Tone.MUTED),
    State.NOBODY: Look("minus", Tone.MUTED),
    State.HIDDEN: Look("minus", Tone.MUTED),
}
_UNANSWERED, _ASKED = Look("clock", Tone.MUTED), Look("pencil-simple", Tone.MUTED)


def _look(row: IndicatorRow) -> Look:
    if row.figure is not None:
        return _LOOKS[row.figure.state]
    return _ASKED if row.asked else _UNANSWERED


COLUMNS: tuple[Column[IndicatorRow], ...] = (
    Column(
        "Показатель и правило",
        lambda row: row.indicator.short,
        second=lambda row: ". ".join(filter(None, (row.indicator.rule.short, row.source))),
    ),
    Column("Числитель", lambda row: _number(row.figure.numerator) if row.figure else "", width=82, right=True),
    Column("Знаменатель", lambda row: _number(row.figure.denominator) if row.figure else "", width=98, right=True),
    Column(
        "%",
        lambda row: _decimal(row.figure.percent) if row.figure else "",
        width=54,
        right=True,
        look=lambda _: Look(bold=True),
    ),
    Column("Цель, %", lambda row: _decimal(row.indicator.target), width=66, right=True),
    Column("Итог", _verdict, width=156, look=_look),
)


def rows(summary: Summary) -> list[IndicatorRow | Heading]:
    """Figures in the programme's order, each section under its heading; unanswered indicators last."""
    made: list[IndicatorRow | Heading] = []
    section = None
    for figure in summary.figures:
        if figure.indicator.section != section:
            section = figure.indicator.section
            made.append(Heading(section))
        made.append(IndicatorRow(figure.indicator, figure))
    if summary.unanswered:
        made.append(Heading(_NO_DATA))
        made += [IndicatorRow(indicator, None) for indicator in summary.unanswered]
    return made


def counted(figure: Figure | None, summary: Summary | None) -> str:
    """What the button that leads to those counted says."""
    if figure is None or summary is None:
        return ""
    return counted_words(figure, summary) if figure.of_people else "Что учтено"


def missing(figure: Figure | None) -> str:
    """What the button that leads to those missing says."""
    if figure is None:
        return ""
    return f"Не вошли {_number(figure.denominator - figure.numerator)}" if figure.of_people else "Чего нет"


def explanation(row: IndicatorRow, withheld: Collection[str] = ()) -> str:
    """The rule in full with its edition, its source and, where the text differs, the other wordings.

    ``withheld`` are the indicators (codes) whose numbers the department does not get.
    """
    indicator = row.indicator
    parts = [
        f"{indicator.rule.text} Правило {indicator.rule.code}, редакция {indicator.rule.edition}.",
        f"Источник показателя: {indicator.wording.source}.",
    ]
    if row.source:
        parts.append(f"Число сообщено: {row.source.rstrip('.')}.")
    if indicator.code in withheld:
        parts.append("В управление это число не уйдёт: по нему можно узнать о ком-то из четырёх или меньше учеников.")
    others = len(indicator.wordings) - 1
    if others:
        count = plural.counted(others, "формулировка", "формулировки", "формулировок")
        parts.append(f"В тексте программы есть ещё {count}, см. документ.")
    return " ".join(parts)

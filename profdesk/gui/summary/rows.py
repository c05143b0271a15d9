"""The rows of the summary's table: figures under the headings of their sections, then what has no data yet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from profdesk.domain import plural, told_figures
from profdesk.domain.programme import Indicator
from profdesk.domain.span import Span
from profdesk.domain.summary import Figure, State, Summary, points, rules_note, why_unanswered
from profdesk.domain.summary_people import counted_words
from profdesk.gui.common.columns import Column, Heading, Look
from profdesk.gui.common.tones import Tone

_NO_DATA, _NOT_HERE = "Данных пока нет", "Здесь не считается"


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator; ``figure`` is None where the recorded data cannot answer it, for ``why`` if that is known.

    ``before`` is its figure of the span before.
    """

    indicator: Indicator
    figure: Figure | None
    before: Figure | None = None
    why: str = ""

    @property
    def asked(self) -> bool:
        """Whether somebody has to tell its figure, since no record answers it."""
        return self.indicator.rule.measure in told_figures.MEASURES and not self.why

    @property
    def change(self) -> Decimal | None:
        """By how many percentage points it grew since the span before; None where there is nothing to compare."""
        return points(self.figure, self.before) if self.figure and self.before else None

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


def _change(row: IndicatorRow) -> str:
    if row.change is None:
        return ""
    sign = "▲ " if row.change > 0 else "▼ " if row.change < 0 else ""
    return f"{sign}{_decimal(abs(row.change))}"


def _spoken_change(row: IndicatorRow) -> str:
    """«67,3 %, стало больше на 3,2 процентного пункта»."""
    if row.before is None or row.change is None:
        return ""
    more = "больше" if row.change > 0 else "меньше"
    told = f"стало {more} на {_decimal(abs(row.change))} процентного пункта" if row.change else "столько же"
    return f"{_decimal(row.before.percent)} %, {told}"


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
            return "не введено" if row.asked else "" if row.why else "нет данных"


def _aim(row: IndicatorRow) -> str:
    target = None if row.why else row.indicator.target
    return "" if target is None else f"цель {_decimal(target)} %"


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
    if row.why:
        return Look()
    return _ASKED if row.asked else _UNANSWERED


_COLUMNS: tuple[Column[IndicatorRow], ...] = (
    Column(
        "Показатель и правило",
        lambda row: row.indicator.short,
        second=lambda row: ". ".join(filter(None, (row.why.rstrip(".") or row.indicator.rule.short, row.source))),
    ),
    Column("Числитель", lambda row: _number(row.figure.numerator) if row.figure else "", width=80, right=True),
    Column("Знаменатель", lambda row: _number(row.figure.denominator) if row.figure else "", width=96, right=True),
    Column(
        "%",
        lambda row: _decimal(row.figure.percent) if row.figure else "",
        width=54,
        right=True,
        look=lambda _: Look(bold=True),
    ),
)
_BEFORE: Column[IndicatorRow] = Column(
    "Было, %",
    lambda row: _decimal(row.before.percent) if row.before else "",
    width=72,
    right=True,
    second=_change,
    spoken=_spoken_change,
)
_VERDICT: Column[IndicatorRow] = Column("Итог и цель", _verdict, width=136, look=_look, second=_aim)


def columns(*, compared: bool) -> tuple[Column[IndicatorRow], ...]:
    """The columns of the table, with the span before where it was counted."""
    return (*_COLUMNS, *((_BEFORE,) if compared else ()), _VERDICT)


def rows(summary: Summary) -> list[IndicatorRow | Heading]:
    """Figures in the programme's order, each section under its heading; unanswered indicators last."""
    made: list[IndicatorRow | Heading] = []
    before = {one.indicator.code: one for one in summary.before.figures} if summary.before else {}
    for section, figures in groupby(summary.figures, key=lambda one: one.indicator.section):
        made.append(Heading(section))
        made += [IndicatorRow(one.indicator, one, before.get(one.indicator.code)) for one in figures]
    unanswered = [IndicatorRow(one, None, None, why_unanswered(one, summary)) for one in summary.unanswered]
    for heading, some in (
        (_NO_DATA, [one for one in unanswered if not one.why]),
        (_NOT_HERE, [one for one in unanswered if one.why]),
    ):
        made += [Heading(heading), *some] if some else []
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


def explanation(row: IndicatorRow, summary: Summary, withheld: Collection[str] = ()) -> str:
    """The rule in full with its edition, its source and, where the text differs, the other wordings.

    ``withheld`` are the indicators (codes) whose numbers the department does not get.
    """
    indicator = row.indicator
    parts = [row.why] if row.why else []
    parts += [_comparison(row.before, summary, summary.before.span)] if summary.before and row.before else []
    parts += [
        f"{indicator.rule.text} Правило {indicator.rule.code}, редакция {indicator.rule.edition}.",
        *filter(None, [rules_note(summary.span)]),
        f"Источник: {indicator.wording.source}.",
    ]
    if row.source:
        parts.append(f"Число сообщено: {row.source.rstrip('.')}.")
    if indicator.code in withheld:
        parts.append("В управление не уйдёт: по этому числу можно узнать о ком-то из четырёх учеников и меньше.")
    others = len(indicator.wordings) - 1
    if others:
        count = plural.counted(others, "формулировка", "формулировки", "формулировок")
        parts.append(f"В программе ещё {count}, см. документ.")
    return " ".join(parts).replace("-е полугодие", "\u2011е полугодие")


def _comparison(before: Figure, summary: Summary, span: Span) -> str:
    """«Было за 2025/26 учебный год: 101 из 150, а этот период ещё идёт.»."""
    goes_on = ", а этот период ещё идёт" if summary.span.last_day > summary.counted_at.date() else ""
    return f"Было за {span.title}: {_number(before.numerator)} из {_number(before.denominator)}{goes_on}."

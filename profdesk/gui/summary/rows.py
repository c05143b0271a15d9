"""The rows of the summary's table: figures under the headings of their sections."""

from __future__ import annotations

from profdesk.domain.summary import Figure, State, Summary
from profdesk.gui.common import plural
from profdesk.gui.common.columns import Column, Heading, Look
from profdesk.gui.common.tones import Tone


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u00a0")


def _decimal(value: object) -> str:
    return "—" if value is None else str(value).replace(".", ",")


def verdict(figure: Figure) -> str:
    """How the figure stands, in the words of the table."""
    match figure.state:
        case State.REACHED:
            return "достигнута"
        case State.BELOW:
            return f"не хватает {_number(figure.shortage)}"
        case State.NO_TARGET:
            return "без цели"
        case State.NOBODY:
            return "некого считать"


_LOOKS = {
    State.REACHED: Look("check-circle-fill", Tone.OK),
    State.BELOW: Look("warning", Tone.WARN),
    State.NO_TARGET: Look("minus", Tone.MUTED),
    State.NOBODY: Look("minus", Tone.MUTED),
}

COLUMNS: tuple[Column[Figure], ...] = (
    Column(
        "Показатель и правило",
        lambda figure: figure.indicator.title,
        second=lambda figure: figure.indicator.rule.text,
    ),
    Column("Числитель", lambda figure: _number(figure.numerator), width=90, right=True),
    Column("Знаменатель", lambda figure: _number(figure.denominator), width=105, right=True),
    Column("%", lambda figure: _decimal(figure.percent), width=64, right=True, look=lambda _: Look(bold=True)),
    Column("Цель, %", lambda figure: _decimal(figure.indicator.target), width=72, right=True),
    Column("Итог", verdict, width=150, look=lambda figure: _LOOKS[figure.state]),
)


def rows(summary: Summary) -> list[Figure | Heading]:
    """Figures in the programme's order, each section under its heading."""
    made: list[Figure | Heading] = []
    section = None
    for figure in summary.figures:
        if figure.indicator.section != section:
            section = figure.indicator.section
            made.append(Heading(section))
        made.append(figure)
    return made


def explanation(figure: Figure) -> str:
    """The rule in full with its edition, its source and, where the text differs, the other wordings."""
    indicator = figure.indicator
    parts = [
        f"{indicator.rule.text} Правило {indicator.rule.code}, редакция {indicator.rule.edition}.",
        f"Источник: {indicator.wording.source}.",
    ]
    others = len(indicator.wordings) - 1
    if others:
        count = plural.counted(others, "формулировка", "формулировки", "формулировок")
        parts.append(f"В тексте программы есть ещё {count}: они напечатаны в сводке.")
    return " ".join(parts)

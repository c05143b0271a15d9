"""The tables of the page «Свод»: indicators, what each is made up of, levels, and how the sums went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from profdesk.domain.consolidation import Consolidation
from profdesk.domain.consolidation_paper import ConsolidationPaper, made_up_of, verdict
from profdesk.domain.people import fold
from profdesk.domain.programme import Indicator
from profdesk.domain.summary import State
from profdesk.domain.sums import LevelLine, Line, Part, Sum
from profdesk.domain.trends import Trend
from profdesk.gui.common.columns import Column, Heading, Look
from profdesk.gui.common.tones import Tone

HIDDEN = "•"
_BOLD = Look(bold=True)
LOOKS = {
    State.REACHED: Look("check-circle-fill", Tone.OK),
    State.BELOW: Look("warning", Tone.WARN),
    State.NO_TARGET: Look("minus", Tone.MUTED),
    State.NOBODY: Look("minus", Tone.MUTED),
    State.HIDDEN: Look("eye-slash", Tone.MUTED),
}


@dataclass(frozen=True)
class LineRow:
    """A line of the sums, with the indicator of the department's own programme if it has it."""

    line: Line
    indicator: Indicator | None
    edition: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What tells rows apart."""
        return self.line.code, self.line.rule

    @property
    def title(self) -> str:
        """As lists call it; with its edition where several were counted."""
        name = self.indicator.short if self.indicator else self.line.title
        return f"{name} ({self.edition})" if self.edition else name

    @property
    def section(self) -> str:
        """What it stands under; empty for what the department's programme does not have."""
        return self.indicator.section if self.indicator else ""


@dataclass(frozen=True)
class PartRow:
    """An organisation in a line; ``part`` is None where its summary does not have it."""

    organisation: str
    short_name: str
    part: Part | None
    target: Decimal | None

    @property
    def key(self) -> str:
        """What tells rows apart."""
        return self.organisation


def number(value: int | None) -> str:
    """Thousands parted; the sign of what is hidden."""
    return HIDDEN if value is None else f"{value:,}".replace(",", "\u00a0")


def decimal(value: Decimal | None) -> str:
    """A decimal comma; a dash where there is no figure."""
    return "—" if value is None else str(value).replace(".", ",")


def share(added: Sum) -> str:
    """The percent of sums; the sign of what is hidden."""
    return decimal(added.percent) if added.told else HIDDEN


def _of(row: LineRow, value: int) -> str:
    return number(value if row.line.sum.told else None)


LINES: tuple[Column[LineRow], ...] = (
    Column("Показатель, кто сложен", lambda row: row.title, second=lambda row: made_up_of(row.line)),
    Column("Числитель", lambda row: _of(row, row.line.sum.numerator), width=82, right=True),
    Column("Знаменатель", lambda row: _of(row, row.line.sum.denominator), width=98, right=True),
    Column("%", lambda row: share(row.line.sum), width=58, right=True, look=lambda _: _BOLD),
    Column("Цель, %", lambda row: decimal(row.line.target), width=66, right=True),
    Column("Итог", lambda row: verdict(row.line), width=154, look=lambda row: LOOKS[row.line.state]),
)


def lines(made: Consolidation, indicators: Mapping[str, Indicator], words: str = "") -> Sequence[LineRow | Heading]:
    """The sums under the sections of the programme, of those that match the words searched for."""
    wanted = fold(words).split()
    rows = [one for one in all_lines(made, indicators) if _matches(wanted, f"{one.title} {one.line.title}")]
    return _under_headings(rows)


def all_lines(made: Consolidation, indicators: Mapping[str, Indicator]) -> Sequence[LineRow]:
    """Every line, in the order of the programme."""
    codes = [line.code for line in made.lines]
    return [
        LineRow(line, indicators.get(line.code), line.rule if codes.count(line.code) > 1 else "") for line in made.lines
    ]


def _under_headings(rows: Iterable[LineRow]) -> Sequence[LineRow | Heading]:
    made: list[LineRow | Heading] = []
    for section, found in groupby(rows, key=lambda row: row.section):
        made += [Heading(section or "Нет в программе управления"), *found]
    return made


def _matches(wanted: Sequence[str], text: str) -> bool:
    hay = fold(text)
    return all(word in hay for word in wanted)


def _part_state(row: PartRow) -> State | None:
    return row.part.state(row.target) if row.part else None


def _part_words(row: PartRow) -> str:
    if row.part is None:
        return ""
    return f"{number(row.part.numerator)} из {number(row.part.denominator)}"


def _part_percent(row: PartRow) -> str:
    if row.part is None:
        return ""
    return decimal(row.part.percent) if row.part.is_told else HIDDEN


def _part_look(row: PartRow) -> Look:
    state = _part_state(row)
    return LOOKS[state] if state else Look()


def _part_spoken(row: PartRow) -> str:
    words = _part_percent(row)
    if words == HIDDEN:
        return "скрыто"
    return f"{words}, ниже цели" if _part_state(row) is State.BELOW else words


PARTS: tuple[Column[PartRow], ...] = (
    Column("Организация", lambda row: row.short_name, sort=lambda row: fold(row.short_name)),
    Column("Числа", _part_words, width=92, right=True),
    Column(
        "%",
        _part_percent,
        width=80,
        right=True,
        sort=lambda row: (row.part.percent if row.part else None) or Decimal(-1),
        look=_part_look,
        spoken=_part_spoken,
    ),
)


def parts(made: Consolidation, line: Line) -> Sequence[PartRow | Heading]:
    """All organisations of a line: those added, those that hide a number, those whose summary does not have it."""
    of = {part.organisation: part for part in line.parts}
    rows = [PartRow(one.organisation, one.short_name, of.get(one.organisation), line.target) for one in made.summaries]
    groups = (
        ("Сложены", [row for row in rows if row.part and row.part.is_told]),
        ("Скрыли число", [row for row in rows if row.part and not row.part.is_told]),
        ("В сводке нет, или считали по другому правилу", [row for row in rows if row.part is None]),
    )
    found: list[PartRow | Heading] = []
    for words, group in groups:
        if group:
            found += [Heading(f"{words}, {len(group)}"), *group]
    return found


def explanation(row: LineRow) -> str:
    """The rule in full, and what is not in the sum."""
    return f"{row.line.text} Правило {row.line.rule}. Сложено: {made_up_of(row.line)}."


def _pupils(level: LevelLine) -> str:
    return number(level.pupils.value if level.pupils.told else None)


def _complete(level: LevelLine) -> str:
    done = level.complete
    told = f"заполнено {number(done.numerator)} из {number(done.denominator)}" if done.told else "скрыто"
    others = (("; начато без ", level.begun), ("; обучающиеся без ", level.pupils))
    told += f", без {done.hidden}, где скрыто" if done.hidden else ""
    return told + "".join(f"{words}{added.hidden}" for words, added in others if added.hidden != done.hidden)


LEVELS: tuple[Column[LevelLine], ...] = (
    Column("Уровень", lambda level: level.title, second=_complete),
    Column("Обучающихся", _pupils, width=104, right=True),
    Column("Начато, %", lambda level: share(level.begun), width=86, right=True),
    Column("Заполнено, %", lambda level: share(level.complete), width=108, right=True, look=lambda _: _BOLD),
)


def levels(made: Consolidation) -> Sequence[LevelLine | Heading]:
    """The levels of the programme, then those of the law, then all together."""
    rows: list[LevelLine | Heading] = [Heading("По программе"), *made.levels]
    if made.law_levels:
        rows += [Heading("По закону «Об образовании»"), *made.law_levels]
    return [*rows, Heading("Вместе"), made.total]


def trends(paper: ConsolidationPaper, indicators: Mapping[str, Indicator]) -> Sequence[Trend]:
    """How every sum went, called as the other sides call it; nothing while there is one span alone."""
    named = {code: one.short for code, one in indicators.items()}
    there = paper.trends if paper.has_trends else ()
    return [replace(trend, title=named.get(trend.code, trend.title)) for trend in there]


def _change(trend: Trend) -> str:
    """What the same organisations had and have."""
    last = trend.points[-1] if len(trend.points) > 1 else None
    if last is None:
        return "раньше по другому правилу" if trend.otherwise else "раньше не считали"
    if last.before is None or last.now is None:
        return "общих организаций нет"
    return f"в тех же {last.now.told}: было {decimal(last.before.percent)}, стало {decimal(last.now.percent)}"


def _point(trend: Trend, place: int) -> str:
    return decimal(trend.points[place].sum.percent) if len(trend.points) >= -place else "—"


TRENDS: tuple[Column[Trend], ...] = (
    Column("Показатель, те же организации", lambda trend: trend.title, second=_change),
    Column("Было, %", lambda trend: _point(trend, -2), width=76, right=True),
    Column("Стало, %", lambda trend: _point(trend, -1), width=78, right=True, look=lambda _: _BOLD),
    Column("Цель, %", lambda trend: decimal(trend.target), width=70, right=True),
)

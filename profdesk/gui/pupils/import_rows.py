"""The rows of the preview: every line of the file with what will become of it."""

from __future__ import annotations

from dataclasses import dataclass

from profdesk.domain.people import fold
from profdesk.domain.roster import Fate, PlanLine, RefusedLine, RosterPlan
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.tones import Tone

REFUSED = "refused"
_WORDS = {
    Fate.NEW: ("новый", Look("plus-circle", Tone.INFO)),
    Fate.CHANGED: ("изменён", Look("pencil-simple", Tone.WARN)),
    Fate.SAME: ("без изменений", Look("equals", Tone.MUTED)),
    REFUSED: ("отказано", Look("x-circle", Tone.BAD)),
}


@dataclass(frozen=True)
class ImportRow:
    """A line as the table shows it; ``fate`` is a Fate's value or «refused»."""

    sheet: str
    line: int
    fate: str
    name: str
    birth_date: str
    sex: str
    group: str
    remark: str

    @property
    def key(self) -> tuple[str, int]:
        """What tells lines apart."""
        return self.sheet, self.line

    @property
    def takable(self) -> bool:
        """Whether taking the line would change anything."""
        return self.fate in (Fate.NEW, Fate.CHANGED)


def rows(plan: RosterPlan) -> list[ImportRow]:
    """Every line of the plan in file order."""
    good = [_good(line) for line in plan.lines]
    bad = [_bad(line) for line in plan.refused]
    order = {reading.name: number for number, reading in enumerate(plan.sheets)}
    return sorted((*good, *bad), key=lambda row: (order.get(row.sheet, 0), row.line))


def matches(row: ImportRow, words: str) -> bool:
    """Whether a row holds every searched word."""
    hay = fold(f"{row.name} {row.group} {row.remark}")
    return all(word in hay for word in fold(words).split())


def columns(*, several_sheets: bool) -> tuple[Column[ImportRow], ...]:
    """The preview's columns; the sheet is named where the file has several."""
    place: Column[ImportRow] = Column(
        "Лист, строка" if several_sheets else "Строка",
        lambda row: f"{row.sheet}, {row.line}" if several_sheets else str(row.line),
        width=130 if several_sheets else 70,
        right=True,
    )
    return (
        place,
        Column("Что будет", lambda row: _WORDS[row.fate][0], width=140, look=lambda row: _WORDS[row.fate][1]),
        Column("Фамилия, имя, отчество", lambda row: row.name),
        Column("Дата рождения", lambda row: row.birth_date, width=115),
        Column("Пол", lambda row: row.sex, width=50),
        Column("Класс", lambda row: row.group, width=110),
        Column(
            "Причина или изменение",
            lambda row: row.remark,
            look=lambda row: Look(tone=Tone.BAD if row.fate == REFUSED else Tone.NEUTRAL),
        ),
    )


def _good(line: PlanLine) -> ImportRow:
    pupil = line.pupil
    changes = [f"{one.field}: {one.before or '—'} → {one.after}" for one in line.changes]
    return ImportRow(
        sheet=pupil.sheet,
        line=pupil.line,
        fate=line.fate,
        name=pupil.name.full,
        birth_date=f"{pupil.birth_date:%d.%m.%Y}",
        sex=pupil.sex.value if pupil.sex else "",
        group=pupil.group.title if pupil.group else "",
        remark="; ".join((*changes, *pupil.remarks)),
    )


def _bad(line: RefusedLine) -> ImportRow:
    return ImportRow(line.sheet, line.line, REFUSED, line.text, "", "", "", line.reason)

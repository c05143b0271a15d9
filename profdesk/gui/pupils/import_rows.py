"""The rows of the preview: every line of the file with what will become of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QFontMetrics

from profdesk.domain.people import fold
from profdesk.domain.roster import Fate, Field, LineKey, PassedLine, PlanLine, RefusedLine, RosterPlan
from profdesk.domain.roster_text import letters
from profdesk.gui.common import fonts
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.preview_lines import Telling
from profdesk.gui.common.tones import Tone

REFUSED = "refused"
PASSED = "passed"
WORDS = {
    Fate.NEW: ("новый", Look("plus-circle", Tone.INFO)),
    Fate.CHANGED: ("изменён", Look("pencil-simple", Tone.WARN)),
    Fate.SAME: ("без изменений", Look("equals", Tone.MUTED)),
    REFUSED: ("отказано", Look("x-circle", Tone.BAD)),
    Fate.GONE: ("выбыл", Look("prohibit", Tone.WARN)),
    PASSED: ("не ученик", Look("minus-circle", Tone.MUTED)),
}
_NONE = {
    Fate.NEW: "Новых в этом списке нет: все уже есть в программе",
    Fate.CHANGED: "В этом списке никто не изменился",
    Fate.SAME: "Все строки этого списка что-то добавят или изменят",
    REFUSED: "Отказанных строк нет: прочитать удалось все",
}
_AT_FAULT = Look(tone=Tone.BAD, soft=True)
_NAMES = (Field.FULL_NAME, Field.SURNAME, Field.GIVEN, Field.PATRONYMIC)
_PLACES = (Field.GROUP, Field.GRADE, Field.LETTER)
_AROUND = 26


@dataclass(frozen=True)
class ImportRow:
    """A line as the table shows it; ``fate`` is a Fate's value, «refused» or «passed», ``at`` the cell at fault."""

    key: LineKey
    fate: str
    name: str
    birth_date: str
    sex: str
    group: str
    remark: str
    at: Field | None = None
    takable: bool = False

    @property
    def sheet(self) -> str:
        """The sheet it stands on."""
        return self.key[0]

    @property
    def is_wanted(self) -> bool:
        """Whether it is taken unless a person says otherwise."""
        return self.takable and self.fate != Fate.GONE


def rows(plan: RosterPlan) -> list[ImportRow]:
    """Every line of the plan, table by table in file order."""
    shown = (*map(_good, plan.lines), *map(_bad, plan.refused), *map(_other, plan.passed))
    order = {reading.name: number for number, reading in enumerate(plan.sheets)}
    return sorted(shown, key=lambda row: (order.get(row.sheet, 0), row.key[2], row.key[1]))


def matches(row: ImportRow, words: str) -> bool:
    """Whether a row holds every searched word."""
    hay = fold(f"{row.name} {row.group} {row.remark}")
    return all(word in hay for word in fold(words).split())


def nothing(fate: str, words: str) -> str:
    """What is said where no row has a fate, or none of them has the words that are looked for."""
    return f"По запросу «{words.strip()}» здесь ничего нет" if words.strip() else _NONE.get(fate, "")


def columns(shown: Sequence[ImportRow]) -> tuple[Column[ImportRow], ...]:
    """The preview's columns, as wide as these rows need; the sheet is named where there are several."""
    beside = any(row.key[2] for row in shown)
    made = [
        Column[ImportRow]("Строка", lambda row: _place(row.key, beside=beside), width=70, right=True),
        Column[ImportRow]("Что будет", lambda row: WORDS[row.fate][0], width=140, look=lambda row: WORDS[row.fate][1]),
        _cell("Фамилия, имя, отчество", lambda row: row.name, shown, (180, 300), *_NAMES),
        _cell("Дата рождения", lambda row: row.birth_date, shown, (115, 160), Field.BIRTH_DATE),
        _cell("Пол", lambda row: row.sex, shown, (50, 100), Field.SEX),
        _cell("Класс", lambda row: row.group, shown, (70, 190), *_PLACES),
        Column[ImportRow](
            "Причина или изменение",
            lambda row: row.remark,
            look=lambda row: Look(tone=Tone.BAD if row.fate == REFUSED else Tone.NEUTRAL),
        ),
    ]
    if len({row.sheet for row in shown}) > 1:
        made.insert(0, _cell("Лист", lambda row: row.sheet, shown, (60, 140)))
    return tuple(made)


def _cell(
    title: str,
    text: Callable[[ImportRow], str],
    shown: Sequence[ImportRow],
    room: tuple[int, int],
    *fields: Field,
) -> Column[ImportRow]:
    metrics = QFontMetrics(fonts.font(fonts.TEXT))
    widest = max({metrics.horizontalAdvance(words) for words in {text(row) for row in shown}}, default=0)
    return Column(
        title,
        lambda row: text(row) or ("—" if row.at in fields else ""),
        width=min(max(widest + _AROUND, room[0]), room[1]),
        look=lambda row: _AT_FAULT if row.at in fields else Look(),
    )


def _place(key: LineKey, *, beside: bool) -> str:
    """The line; with the first column of its table where tables stand side by side."""
    _, line, first = key
    return f"{letters(first)}{line}" if beside else str(line)


def _good(line: PlanLine) -> ImportRow:
    pupil = line.pupil
    changes = [f"{one.field}: {one.before or '—'} → {one.after}" for one in line.changes]
    return ImportRow(
        key=pupil.key,
        fate=line.fate,
        name=pupil.name.full,
        birth_date=f"{pupil.birth_date:%d.%m.%Y}",
        sex=pupil.sex.value if pupil.sex else "",
        group=pupil.group.title if pupil.group else "",
        remark="; ".join((*_gone(line), *changes, *pupil.remarks)),
        takable=line.writes,
    )


def _gone(line: PlanLine) -> tuple[str, ...]:
    if line.fate is not Fate.GONE:
        return ()
    rule = "по умолчанию не берём" if line.writes else "выбытие отметьте в списке обучающихся"
    return (f"В файле «{line.pupil.gone}»: {rule}",)


def _bad(line: RefusedLine) -> ImportRow:
    return ImportRow(line.key, REFUSED, line.text, line.birth_date, line.sex, line.group, line.told, line.field)


def _other(line: PassedLine) -> ImportRow:
    return ImportRow(line.key, PASSED, line.text, "", "", "", line.reason)


TELLING = Telling(
    {fate: look for fate, (_, look) in WORDS.items()},
    columns,
    matches,
    nothing,
    faded=(Fate.SAME, PASSED),
    rare=(Fate.GONE, PASSED),
    aside=(PASSED,),
)
"""How the preview tells these rows."""

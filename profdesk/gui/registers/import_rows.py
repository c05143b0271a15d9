"""The rows of the preview: every line of the file with what will become of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QFontMetrics

from profdesk.domain import plural
from profdesk.domain.lesson_pack import LessonPlan
from profdesk.domain.people import fold
from profdesk.domain.register import Titles, shown
from profdesk.domain.register_import import Fate, Line, Plan
from profdesk.gui.common import fonts
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.preview_lines import Telling
from profdesk.gui.common.tones import Tone

_WORDS = {
    Fate.NEW: ("новая", Look("plus-circle", Tone.INFO)),
    Fate.CHANGED: ("изменится", Look("pencil-simple", Tone.WARN)),
    Fate.SAME: ("без изменений", Look("equals", Tone.MUTED)),
    Fate.REFUSED: ("не взята", Look("x-circle", Tone.BAD)),
}
_NONE = {
    Fate.NEW: "Новых записей в этом файле нет",
    Fate.CHANGED: "Ни одна запись реестра не изменится",
    Fate.SAME: "Все строки файла что-то добавят или изменят",
    Fate.REFUSED: "Взять можно каждую строку",
}
_NO_LINES = "Под заголовком таблицы нет ни одной строки."
_UNDO = "Отменить загрузку целиком можно и после перезапуска: «История действий»."
_AROUND, _LEAST, _MOST = 28, 200, 420


@dataclass(frozen=True)
class ImportRow:
    """A line as the table shows it; ``told`` is what changes, why it is not taken, or what it holds."""

    line: Line
    told: str

    @property
    def noted(self) -> str:
        """What else there is to tell of the line."""
        return "; ".join(self.line.notes)

    @property
    def key(self) -> tuple[str, int]:
        """What tells lines apart."""
        return self.line.sheet, self.line.number

    @property
    def fate(self) -> Fate:
        """What becomes of the line."""
        return self.line.fate

    @property
    def takable(self) -> bool:
        """Whether taking the line would change anything."""
        return self.fate in (Fate.NEW, Fate.CHANGED)

    @property
    def is_wanted(self) -> bool:
        """Whether it is taken unless a person says otherwise."""
        return self.takable


def rows(plan: Plan, titles: Titles) -> list[ImportRow]:
    """Every line of the plan in file order; ``titles`` are what linked entries are called."""
    return [ImportRow(line, _told(plan, line, titles)) for line in plan.lines]


def facts(plan: Plan) -> str:
    """«партнёры.xlsx · 8 строк», «уроки.pdlessons · Школа № 5 · 3 урока»."""
    if isinstance(plan, LessonPlan):
        return " · ".join(filter(None, (plan.source, plan.school, plan.register.counted(len(plan.lines)))))
    return f"{plan.source} · {plural.counted(len(plan.lines), 'строка', 'строки', 'строк')}"


def passed_over(plan: Plan) -> str:
    """Which columns of the file are no field of the register; empty if all are."""
    names = ", ".join(f"«{name}»" for name in plan.passed_over)
    if len(plan.passed_over) == 1:
        return f"Столбец {names} пропущен: в реестре такого поля нет."
    return f"Столбцы {names} пропущены: в реестре таких полей нет." if names else ""


def reassurance(plan: Plan) -> tuple[str, Tone, str]:
    """Sentence, tone and icon under the lines: what will be written, and how it is taken back."""
    wanted, refused = plan.of(Fate.NEW, Fate.CHANGED), plan.of(Fate.REFUSED)
    lines = "Уроки" if isinstance(plan, LessonPlan) else "Строки"
    if not plan.lines:
        return "В файле нет ни одного урока." if lines == "Уроки" else _NO_LINES, Tone.WARN, ""
    if wanted:
        before = f"{lines}, которые не взяты, пропустим, остальные" if refused else lines
        return f"{before} запишем разом. {_UNDO}", Tone.INFO, "arrow-counter-clockwise"
    if refused:
        return "Загружать нечего: исправьте в файле строки, которые не взяты.", Tone.WARN, ""
    return "Этот файл уже загружен: в нём ничего нового.", Tone.OK, ""


def _columns(there: Sequence[ImportRow]) -> tuple[Column[ImportRow], ...]:
    metrics = QFontMetrics(fonts.font(fonts.TEXT))
    widest = max((metrics.horizontalAdvance(row.line.title) for row in there), default=0)
    made = [
        Column[ImportRow]("Номер", lambda row: str(row.line.number), width=70, right=True),
        Column[ImportRow](
            "Что будет", lambda row: _WORDS[row.fate][0], width=140, look=lambda row: _WORDS[row.fate][1]
        ),
        Column[ImportRow]("Запись", lambda row: row.line.title or "—", width=min(max(widest + _AROUND, _LEAST), _MOST)),
        Column[ImportRow](
            "Что прочитано, что изменится или почему не взята",
            lambda row: row.told,
            second=(lambda row: row.noted) if any(row.noted for row in there) else None,
            look=lambda row: Look(tone=Tone.BAD if row.fate is Fate.REFUSED else Tone.NEUTRAL),
        ),
    ]
    if len({row.line.sheet for row in there}) > 1:
        made.insert(0, Column[ImportRow]("Лист", lambda row: row.line.sheet, width=120))
    return tuple(made)


def _told(plan: Plan, line: Line, titles: Titles) -> str:
    if line.fate is Fate.REFUSED:
        return line.reason
    if line.fate is Fate.CHANGED:
        return "; ".join(line.changed)
    fields = [field for field in plan.register.fields if field.code in line.values and not field.names]
    told = ((field.title, shown(field, line.values[field.code], titles)) for field in fields)
    return "; ".join(f"{title}: {words}" for title, words in told if words)


def _matches(row: ImportRow, words: str) -> bool:
    hay = fold(f"{row.line.title} {row.told} {row.noted}")
    return all(word in hay for word in fold(words).split())


def _nothing(fate: Fate | str, words: str) -> str:
    if words.strip():
        return f"По запросу «{words.strip()}» здесь ничего нет"
    return _NONE[fate] if isinstance(fate, Fate) else ""


TELLING = Telling({fate: look for fate, (_, look) in _WORDS.items()}, _columns, _matches, _nothing, faded=(Fate.SAME,))
"""How the preview tells these rows."""

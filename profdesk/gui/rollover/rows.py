"""How the plan of a roll-over looks: pupils under their classes, and the classes of the next year."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from profdesk.domain import plural
from profdesk.domain.people import fold, pupil_words
from profdesk.domain.programme import Programme
from profdesk.domain.rollover import MAY_LEAVE_AFTER, Line, Outcome, RolloverPlan, Step
from profdesk.domain.school_year import SchoolYear
from profdesk.gui.common.columns import Column, Heading, Look
from profdesk.gui.common.tones import Tone

DONE = "done"
WORDS = {
    Step.MOVE: ("переходит", Look("arrow-right", Tone.MUTED)),
    Step.GRADUATE: ("выпускается", Look("graduation-cap", Tone.OK)),
    Step.STAY: ("остаётся", Look("arrow-u-up-left", Tone.WARN)),
    Step.LEAVE: ("выбывает", Look("sign-out", Tone.WARN)),
    Step.UNDECIDED: ("решите сами", Look("question", Tone.WARN, soft=True)),
}
LOOK_OF_DONE = Look("check-circle", Tone.MUTED)
_SHOWN_TARGETS = 3
_NOBODY = {
    Step.MOVE: "В этом плане никто не переходит",
    Step.GRADUATE: "В этом плане никто не выпускается",
    Step.STAY: "В этом плане никто не остаётся",
    Step.LEAVE: "В этом плане никто не выбывает",
    Step.UNDECIDED: "Решать больше нечего: что будет с каждым, отмечено",
    DONE: "Ещё никто не переведён",
}


def place(plan: RolloverPlan) -> str:
    """What a pupil is in: a class, or where all are in kindergarten a group."""
    return "Класс" if any(line.group.name.grade for line in plan.lines) else "Группа"


def columns(plan: RolloverPlan) -> tuple[Column[Line], ...]:
    """The columns of the pupils."""
    year = plan.year.next
    return (
        Column("Фамилия, имя, отчество", lambda line: line.pupil.name.full),
        Column("Что будет", lambda line: WORDS[line.step][0], width=140, look=_look),
        Column(f"{place(plan)} в {year.title}", lambda line: line.target.title if line.target else "—", width=210),
        Column("Примечание", lambda line: _remark(line, year), width=190),
    )


def outcome_columns(plan: RolloverPlan) -> tuple[Column[Outcome], ...]:
    """The columns of the classes of the year that begins."""
    several = "Классы" if place(plan) == "Класс" else "Группы"
    many = pupil_words(line.group.name for line in plan.lines)[2]
    return (
        Column(f"{several} {plan.year.next.title}", lambda one: one.name.title),
        Column(
            many.capitalize(),
            _size,
            width=86,
            right=True,
            look=_look_of_size,
        ),
    )


def shown(plan: RolloverPlan, programme: Programme, kind: str, words: str) -> Iterator[Line | Heading]:
    """The lines of a kind («all», a step, «done») in which every word is found, under headings of their classes."""
    sought = fold(words).split()
    for _, together in groupby(plan.lines, key=lambda line: line.group.id):
        lines = list(together)
        found = [line for line in lines if _is(line, kind) and all(word in _haystack(line) for word in sought)]
        if found:
            yield Heading(_heading(programme, lines))
            yield from found


def nothing(kind: str, words: str) -> str:
    """What is said where no line is of a kind, or none of them has the words that are looked for."""
    return f"По запросу «{words.strip()}» здесь никого нет" if words.strip() else _NOBODY.get(kind, "")


def outcomes(plan: RolloverPlan) -> list[Outcome]:
    """The classes of the next year, those to look at first."""
    return sorted(plan.outcomes(), key=lambda one: not _is_doubtful(one))


def count(plan: RolloverPlan, kind: str) -> int:
    """How many lines are of a kind."""
    return sum(_is(line, kind) for line in plan.lines)


def facts(plan: RolloverPlan) -> str:
    """«Из 2025/26: 22 класса, 3 группы, 534 ученика»."""
    groups = {line.group.id: line.group for line in plan.lines}.values()
    classes = sum(group.name.grade is not None for group in groups)
    parts = [
        plural.counted(classes, "класс", "класса", "классов") if classes else "",
        plural.counted(len(groups) - classes, "группа", "группы", "групп") if len(groups) > classes else "",
        counted(plan.lines),
    ]
    gone = f" · {plural.counted(plan.gone, 'выбыл', 'выбыли', 'выбыли')} в течение года" if plan.gone else ""
    return f"Из {plan.year.title}: {', '.join(part for part in parts if part)}{gone}"


def counted(lines: Collection[Line]) -> str:
    """«22 ученика», in kindergarten groups «22 ребёнка»."""
    return plural.counted(len(lines), *pupil_words(line.group.name for line in lines))


def _is(line: Line, kind: str) -> bool:
    return not kind or (line.done if kind == DONE else line.step == kind and not line.done)


def _remark(line: Line, year: SchoolYear) -> str:
    if line.done:
        return "уже записано"
    if line.step.reason is not None:
        return f"с {year.first_day:%d.%m.%Y}"
    return "на второй год" if line.step is Step.STAY and line.group.name.grade is not None else line.remark


def _haystack(line: Line) -> str:
    title = line.group.name.title
    return fold(f"{line.pupil.name.full} {title} {''.join(letter for letter in title if letter.isalnum())}")


def _look(line: Line) -> Look:
    return LOOK_OF_DONE if line.done else WORDS[line.step][1]


def _heading(programme: Programme, lines: Sequence[Line]) -> str:
    group = lines[0].group
    size = counted(lines)
    return "   ·   ".join(
        part for part in (f"{group.name.title} → {_whither(lines)}", size, _news(programme, lines)) if part
    )


def _whither(lines: Sequence[Line]) -> str:
    steps = {line.step for line in lines}
    targets = list(dict.fromkeys(line.target.title for line in lines if line.target and line.step is Step.MOVE))
    if len(targets) > _SHOWN_TARGETS:
        targets = [plural.counted(len(targets), "класс", "класса", "классов")]
    graduates = ["выпуск"] if Step.GRADUATE in steps else []
    waiting = ["решите сами"] if Step.UNDECIDED in steps else []
    return ", ".join((*targets, *graduates, *waiting)) or ("остаются" if Step.STAY in steps else "выбывают")


def _news(programme: Programme, lines: Sequence[Line]) -> str:
    """What begins with the next year: another level of the programme, or the choice after the grade one may leave."""
    group = lines[0].group
    if group.name.grade == MAY_LEAVE_AFTER:
        return f"после {MAY_LEAVE_AFTER} класса: дальше учиться или выпуск"
    grades = (line.target.grade for line in lines if line.step is Step.MOVE and line.target)
    levels = {level.code: level for grade in grades if (level := programme.level_of_grade(grade))}
    begun = [level for code, level in levels.items() if code != group.level]
    return f"начинается {begun[0].title.lower()}" if begun else ""


def _size(outcome: Outcome) -> str:
    return str(outcome.size) if outcome.size else "никого"


def _look_of_size(outcome: Outcome) -> Look:
    return Look("warning", Tone.WARN) if _is_doubtful(outcome) else Look()


def _is_doubtful(outcome: Outcome) -> bool:
    return outcome.crowded or not outcome.size

"""How screens and papers speak of a route: to pupils as of a plan, of small children as of what they dream of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from profdesk.domain import plural, wording
from profdesk.domain.route import LineKind, LineState, RouteChange, RouteLine

_OF_CHILDREN = frozenset({"preschool", "primary"})
"""Codes of the levels whose children are spoken of as children."""


@dataclass(frozen=True)
class KindWords:
    """``title`` heads the lines, ``one`` names one of them, ``add`` offers to write one, ``way`` heads what follows.

    ``done`` is said of one that is done, ``example`` and ``way_example`` show what to write; ``due`` asks for its day.
    """

    title: str
    one: str
    add: str
    way: str
    done: str
    example: str
    way_example: str
    due: str = ""


@dataclass(frozen=True)
class Voice:
    """How the route of somebody is spoken of; ``purpose`` says what it is for, ``parts`` what it is made of."""

    whose: str
    purpose: str
    parts: tuple[tuple[str, str], ...]
    kinds: Mapping[LineKind, KindWords]


PUPIL = Voice(
    "ученика",
    "Маршрут — личный профессиональный план: куда идёт ученик, какими шагами, что у него в запасе.",
    (
        ("Цели", "Дальняя — кем стать, ближняя — чего добиться в этом году."),
        ("Шаги", "Что сделать и к какому дню; сделанное отмечают пробелом."),
        ("Запас и трудности", "Что будет, если не получится, и как обойти помехи."),
    ),
    {
        LineKind.FAR: KindWords(
            "Дальние цели", "дальняя цель", "Добавить дальнюю цель…", "Как к ней прийти", "достигнута",
            "стать инженером-конструктором", "технологический профиль, потом вуз", "К какому дню",
        ),
        LineKind.NEAR: KindWords(
            "Ближние цели", "ближняя цель", "Добавить ближнюю цель…", "Как её достичь", "достигнута",
            "окончить год с пятёркой по физике", "решать по две задачи в неделю", "К какому дню",
        ),
        LineKind.STEP: KindWords(
            "Шаги", "шаг", "Добавить шаг…", "Кто поможет", "сделан",
            "побывать на дне открытых дверей", "классный руководитель, родители", "К какому дню",
        ),
        LineKind.RESERVE: KindWords(
            "Запасные варианты", "запасной вариант", "Добавить запасной вариант…", "На чём основан", "",
            "техник по обслуживанию станков", "те же предметы, колледж рядом",
        ),
        LineKind.DIFFICULTY: KindWords(
            "Трудности и как их обойти", "трудность", "Добавить трудность…", "Как её обойти", "преодолена",
            "не хватает баллов по математике", "занятия с учителем по средам",
        ),
    },
)  # fmt: skip

CHILD = Voice(
    "ребёнка",
    "Маршрут показывает, о чём ребёнок мечтает, что пробует и чему учится: так видно, как меняются интересы.",
    (
        ("Мечты", "Кем ребёнок хочет стать сегодня: завтра может быть иначе."),
        ("Шаги", "Что увидеть и попробовать вместе; сделанное отмечают пробелом."),
        ("Интересы и трудности", "Что ещё нравится, что пока не получается и как помочь."),
    ),
    {
        LineKind.FAR: KindWords(
            "Мечты", "мечта", "Добавить мечту…", "Откуда она", "сбылась",
            "стать пожарным, как папа", "был с папой в пожарной части",
        ),
        LineKind.NEAR: KindWords(
            "Чему научиться", "умение", "Добавить, чему научиться…", "Как научиться", "получилось",
            "доводить поделку до конца", "делать по одной части в день", "К какому дню",
        ),
        LineKind.STEP: KindWords(
            "Шаги", "шаг", "Добавить шаг…", "Кто поможет", "сделан",
            "сходить с группой в пожарную часть", "воспитатель, родители", "К какому дню",
        ),
        LineKind.RESERVE: KindWords(
            "Что ещё нравится", "интерес", "Добавить интерес…", "В чём это видно", "",
            "лепить и рисовать", "всё время рисует",
        ),
        LineKind.DIFFICULTY: KindWords(
            "Что трудно и как помочь", "трудность", "Добавить трудность…", "Как помочь", "преодолена",
            "стесняется отвечать при всех", "сначала рассказывать в паре",
        ),
    },
)  # fmt: skip


def voice(level: str) -> Voice:
    """How to speak of somebody of a level of education."""
    return CHILD if level in _OF_CHILDREN else PUPIL


def due(line: RouteLine, today: date) -> str:
    """«просрочено на 12 дней», «сегодня», «к 25 мая 2027»; empty without a day, and of what is done."""
    day = line.entry.due
    if day is None or line.state is not LineState.OPEN:
        return ""
    late = (today - day).days
    if late > 0:
        return f"просрочено на {plural.counted(late, 'день', 'дня', 'дней')}"
    return "срок сегодня" if late == 0 else f"к{wording.NBSP}{wording.whole_day(day)}"


def told(change: RouteChange, spoken: Voice = PUPIL) -> str:
    """What became of a line: from what to what."""
    before, after = change.before, change.after
    if before is None:
        return "добавлено"
    if LineState.REMOVED in (before.state, after.state) and before.state is not after.state:
        return "убрано" if after.state is LineState.REMOVED else "возвращено"
    parts = []
    if before.entry.words != after.entry.words:
        parts.append(f"было {wording.quoted(before.entry.words)}")
    if before.entry.way != after.entry.way:
        way = spoken.kinds[after.entry.kind].way.lower()
        parts.append(f"{way}: было {wording.quoted(before.entry.way)}" if before.entry.way else f"{way}: добавлено")
    if before.entry.due != after.entry.due:
        parts.append(f"срок: {_day(before)} → {_day(after)}")
    if before.state is not after.state:
        parts.append(state(after, spoken) or "снова не сделано")
    return "; ".join(parts)


def state(line: RouteLine, spoken: Voice = PUPIL) -> str:
    """«достигнута», «сделан»: what is said of a line that is done; empty of any other."""
    return spoken.kinds[line.entry.kind].done if line.state is LineState.DONE else ""


def sentence(line: RouteLine, today: date, spoken: Voice = PUPIL) -> str:
    """A line in a sentence, as it is copied and read aloud."""
    words = spoken.kinds[line.entry.kind]
    mark = ", ".join(filter(None, (line.entry.words, due(line, today) or state(line, spoken))))
    return f"{mark}. {words.way}: {line.entry.way}" if line.entry.way else mark


def _day(line: RouteLine) -> str:
    return f"{line.entry.due:%d.%m.%Y}" if line.entry.due else "без срока"

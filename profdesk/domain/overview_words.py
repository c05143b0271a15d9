"""What is left to do in the words of the page and the paper: the thing after its number, and the line below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from profdesk.domain import plural, wording
from profdesk.domain.overview import Bar, Overview, Subject, Task
from profdesk.domain.people import Group, pupil_words
from profdesk.domain.programme import Programme
from profdesk.domain.summary import Figure, State

MONTHS = ("сен", "окт", "ноя", "дек", "янв", "фев", "мар", "апр", "май", "июн", "июл", "авг")
"""The months of a school year, in narrow places."""
_WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
_NAMED, _FEW = 4, 2
_DOT = " · "
_REACH = {
    "events_any": ("ещё не был ни на одном мероприятии", "ещё не были ни на одном мероприятии"),
    "trials_any": ("ещё без пробы", "ещё без пробы"),
    "labour_market_informed": ("ещё не знает о рынке труда", "ещё не знают о рынке труда"),
    "parents_reached": ("ещё без встречи с родителями", "ещё без встречи с родителями"),
    "profile_choice": ("ещё без осознанного выбора профиля", "ещё без осознанного выбора профиля"),
    "conscious_choice": ("ещё без осознанного выбора профессии", "ещё без осознанного выбора профессии"),
    "profile_continued": (
        "ещё без записи об учёбе по выбранному профилю",
        "ещё без записи об учёбе по выбранному профилю",
    ),
}
REACHED_BY = {
    "events_any": "Назначить мероприятие",
    "trials_any": "Назначить пробу",
    "labour_market_informed": "Назначить занятие",
    "parents_reached": "Назначить встречу",
    "profile_choice": "Записать выбор",
    "conscious_choice": "Записать выбор",
    "profile_continued": "Проверить профиль",
}
"""What is done for those whom a measure of the programme has not reached, as a button says it."""
_LATE = {
    Subject.PORTFOLIOS: "срочно",
    Subject.OVERDUE: "просрочено",
    Subject.EXPIRED: "просрочено",
    Subject.COPY: "срочно",
}


@dataclass(frozen=True)
class Told:
    """A task in words: what follows its number, the line below, and ``chip`` where it is late."""

    task: Task
    words: str
    detail: str
    chip: str


def number(value: int) -> str:
    """With no-break spaces between thousands."""
    return f"{value:,}".replace(",", "\u00a0")


def tell(task: Task, programme: Programme, today: date) -> Told:
    """Put a task into words."""
    words, detail = _TELLERS[task.subject](task, programme, today)
    return Told(task, words, detail, _LATE.get(task.subject, "") if task.late else "")


def weekday(day: date) -> str:
    """«Понедельник, 23 ноября»."""
    name = _WEEKDAYS[day.weekday()]
    return f"{name[:1].upper()}{name[1:]}, {_day(day)}"


def counted(found: Overview) -> str:
    """«7 дел», or nothing where nothing is left."""
    return plural.counted(len(found.tasks), "дело", "дела", "дел") if found.tasks else ""


def agreements(task: Task) -> str:
    """What finds its agreements in their register: the one, or all that are told the same of."""
    if len(task.agreements) == 1:
        return f"{task.agreements[0].number} {task.agreements[0].partner}"
    return "истёк" if task.subject is Subject.EXPIRED else "кончается"


def verdict(figure: Figure) -> str:
    """How a figure stands against its target."""
    if figure.state is State.BELOW:
        return f"не хватает {number(figure.shortage)}"
    return "достигнута" if figure.state is State.REACHED else "без цели"


def decimal(value: object) -> str:
    """A number with a comma."""
    return str(value).replace(".", ",")


def bar_title(bar: Bar) -> str:
    """Whose bar it is, or of what indicator."""
    if bar.level is None:
        return "Вся программа" if bar.total else bar.figure.indicator.short
    return bar.level.grades_title[:1].upper() + bar.level.grades_title[1:]


def of_all(bar: Bar) -> str:
    """«332 из 471»."""
    return f"{number(bar.figure.numerator)} из {number(bar.figure.denominator)}"


def aim(bar: Bar) -> str:
    """«цель 80 %», nothing where there is no target."""
    target = bar.figure.indicator.target
    return f"цель {decimal(target)} %" if target is not None else ""


def share(bar: Bar) -> str:
    """«70,5 %»."""
    return f"{decimal(bar.figure.percent)} %"


def bar_sentence(bar: Bar) -> str:
    """All that a bar shows."""
    told = (of_all(bar), share(bar), aim(bar), verdict(bar.figure))
    return f"{bar_title(bar)}, {bar.figure.indicator.rule.short}: {', '.join(filter(None, told))}"


def course_title(found: Overview) -> str:
    """What the two lines of a course are."""
    return f"{found.now.year.title}, пунктиром {found.before.year.title}, %"


def _portfolios(task: Task, _programme: Programme, today: date) -> tuple[str, str]:
    schools = [group.name.grade is not None for group in task.groups]
    if all(schools):
        words = plural.word(task.count, "класс", "класса", "классов")
    elif any(schools):
        words = plural.word(task.count, "класс или группа", "класса и группы", "классов и групп")
    else:
        words = plural.word(task.count, "группа", "группы", "групп")
    day = task.day or today
    until = f"{'срок был' if day < today else 'до'} {_day(day)}"
    return f"{words} без портфолио за полугодие", _joined(_groups(task.groups), until)


def _reach(task: Task, programme: Programme, _today: date) -> tuple[str, str]:
    if task.figure is None:
        return "", ""
    figure = task.figure
    indicator = figure.indicator
    levels = [level for level in programme.levels if level.code in indicator.levels]
    one, many = _REACH[indicator.rule.measure]
    words = f"{plural.word(task.count, *_pupils(task))} {plural.word(task.count, one, many, many)}"
    whose = _grades(indicator.rule.grades) or (levels[0].grades_title if len(levels) == 1 else "")
    return words, _joined(whose, _target(figure), _wholly(task))


def _consents(task: Task, _programme: Programme, _today: date) -> tuple[str, str]:
    words = plural.word(
        task.count,
        "согласие родителей не получено",
        "согласия родителей не получены",
        "согласий родителей не получено",
    )
    return words, f"Без согласия {_pupils(task)[1]} нельзя включить в диагностику"


def _overdue(task: Task, _programme: Programme, _today: date) -> tuple[str, str]:
    words = plural.word(
        task.count,
        "мероприятие из плана не отмечено",
        "мероприятия из плана не отмечены",
        "мероприятий из плана не отмечено",
    )
    named = [f"{one.entry.title}, {_day(one.entry.last_day)}" for one in task.activities]
    return words, _listed(named, _FEW, _DOT)


def _expired(task: Task, _programme: Programme, _today: date) -> tuple[str, str]:
    words = plural.word(task.count, "договор истёк", "договора истекли", "договоров истекло")
    return words, _agreements(task)


def _ending(task: Task, _programme: Programme, today: date) -> tuple[str, str]:
    words = plural.word(task.count, "договор кончается", "договора кончаются", "договоров кончается")
    days = ((task.day or today) - today).days
    first = plural.counted(days, "день", "дня", "дней") if days else ""
    when = f"через {first}" if first else "сегодня"
    return f"{words}{', первый' if task.count > 1 else ''} {when}", _agreements(task)


def _certificates(task: Task, _programme: Programme, _today: date) -> tuple[str, str]:
    words = plural.word(
        task.count, "сертификат готов к печати", "сертификата готовы к печати", "сертификатов готово к печати"
    )
    return words, _joined(_groups(task.groups), "портфолио заполнены")


def _homeless(task: Task, _programme: Programme, _today: date) -> tuple[str, str]:
    words = plural.word(
        task.count,
        "ученик не распределён по классам",
        "ученика не распределены по классам",
        "учеников не распределено по классам",
    )
    return words, "В этом учебном году они ни в одном классе"


def _copy(task: Task, _programme: Programme, _today: date) -> tuple[str, str]:
    if task.day is None:
        return "копий рабочей папки", "Если диск сломается, восстановить записанное будет неоткуда"
    words = plural.word(task.count, "день", "дня", "дней")
    return f"{words} без копии рабочей папки", f"Последняя сделана {_day(task.day)}"


_TELLERS = {
    Subject.PORTFOLIOS: _portfolios,
    Subject.REACH: _reach,
    Subject.CONSENTS: _consents,
    Subject.OVERDUE: _overdue,
    Subject.EXPIRED: _expired,
    Subject.ENDING: _ending,
    Subject.CERTIFICATES: _certificates,
    Subject.HOMELESS: _homeless,
    Subject.COPY: _copy,
}


def _pupils(task: Task) -> tuple[str, str, str]:
    return pupil_words(group.name for group in task.groups)


def _groups(groups: Sequence[Group]) -> str:
    return _listed([group.name.title for group in groups], _NAMED)


def _grades(grades: Sequence[int]) -> str:
    """«8 и 9 классы», those that a rule asks of."""
    if not grades:
        return ""
    *first, last = map(str, grades)
    return f"{', '.join(first)} и {last} классы" if first else f"{last} класс"


def _wholly(task: Task) -> str:
    if task.figure is not None and not task.figure.numerator:
        return "пока никто"
    if not task.whole_groups:
        return ""
    return f"целиком не охвачены {_listed([group.name.title for group in task.whole_groups], _FEW)}"


def _target(figure: Figure) -> str:
    target = figure.indicator.target
    if target is None:
        return ""
    if figure.shortage:
        return f"до цели {decimal(target)} % не хватает {number(figure.shortage)}"
    return f"цель {decimal(target)} % достигнута"


def _agreements(task: Task) -> str:
    return _listed([f"{one.partner}, № {one.number}" for one in task.agreements], _FEW, _DOT)


def _joined(*parts: str) -> str:
    words = _DOT.join(part for part in parts if part)
    return words[:1].upper() + words[1:]


def _listed(words: Sequence[str], most: int, between: str = ", ") -> str:
    rest = len(words) - most
    named = between.join(words[:most])
    return f"{named} и ещё {rest}" if rest > 0 else named


def _day(day: date) -> str:
    return wording.whole_day(day).rsplit(" ", 1)[0]

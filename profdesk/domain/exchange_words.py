"""What is said of a file of changes: its records by sort, and why it cannot be accepted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from profdesk.domain.audit_subjects import SUBJECTS
from profdesk.domain.exchange import Count
from profdesk.domain.plural import counted
from profdesk.domain.registers import ALL

_UNTOLD = frozenset({"batch", "deed"})
"""Tables that only say what others say already."""
_MANY: Mapping[str, str] = {
    "pupil": "Ученики",
    "study_group": "Классы",
    "enrolment": "Зачисления в класс",
    "roster_layout": "Столбцы списков класса",
    "assessment": "Оценки компетенций",
    "note": "Заметки к оценкам",
    "evidence": "Подтверждения",
    "pupil_file": "Файлы учеников из других организаций",
    "pupil_file_record": "Записи других организаций",
    "route_line": "Строки маршрутов",
    "released_conclusion": "Выводы для классных руководителей",
    "diagnosed": "Отметки о проведённой диагностике",
    "diagnostic_session": "Сеансы диагностики",
    "answer_sheet": "Бланки ответов",
    "answer": "Ответы",
    "conclusion": "Заключения",
    "consultation": "Консультации",
    "external_result": "Результаты из других систем",
    "instrument_file": "Методики",
    "wording": "Вопросы методик",
    "consent": "Согласия",
    "erasure": "Акты об уничтожении",
    "erased_pupil": "Ученики, сведения о которых уничтожены",
    "erasure_tally": "Отметки компьютеров об уничтожении",
    "computer": "Компьютеры",
    "clock_correction": "Поправки часов",
    "settled": "Разобранные расхождения",
    "psy_settled": "Разобранные расхождения диагностики",
    "retention": "Сроки хранения",
    "participation": "Участие в мероприятиях",
    "activity_group": "Классы мероприятий",
    "activity_profession": "Профессии мероприятий",
    "activity": "Мероприятия",
    "satisfaction": "Ответы родителей в анкетах",
    "attachment": "Файлы записей",
    "certificate": "Сертификаты",
    "certificate_design": "Виды сертификатов",
    "issued_summary": "Подписанные сводки",
    "summary_signature": "Подписи под сводками",
    "told_figure": "Числа для сводки",
    "received_summary": "Принятые сводки",
    "sender": "Организации",
    "sender_key": "Ключи организаций",
    "app_user": "Пользователи",
    "group_teacher": "Классные руководители",
    "organisation": "Сведения об организации",
    "programme": "Программа",
}


def title(table: str, registers: Mapping[str, str]) -> str:
    """What records of a table are called; ``registers`` are codes by table."""
    return ALL[registers[table]].title if table in registers else SUBJECTS[table].title


def many(table: str, registers: Mapping[str, str]) -> str:
    """What records of a table are called where they are counted."""
    return ALL[registers[table]].title if table in registers else _MANY[table]


def counts(
    made: Collection[tuple[str, str]],
    changed: Collection[tuple[str, str]],
    gone: Collection[tuple[str, str]],
    registers: Mapping[str, str],
) -> Sequence[Count]:
    """How many records of each sort are new, changed and gone, by title."""
    found: dict[str, list[int]] = {}
    for at, places in enumerate((made, changed, gone)):
        for table, _ in places:
            if table not in _UNTOLD:
                found.setdefault(many(table, registers), [0, 0, 0])[at] += 1
    return [Count(name, *numbers) for name, numbers in sorted(found.items())]


def gap(count: int) -> str:
    """Why a file is refused before which so many operations are not known here."""
    return (
        f"Не хватает {counted(count, 'записи', 'записей', 'записей')}, сделанных раньше этих. "
        "Примите сначала прежний файл или попросите отправить всё с начала."
    )


def beyond_reach(who: str, what: str) -> str:
    """Why a file is refused in which somebody wrote of a pupil of another class."""
    return (
        f"В файле есть запись об ученике чужого класса: {who}, «{what}». Ничего из файла не принято. "
        "Если это класс автора записи, назначьте его классным руководителем и примите файл ещё раз."
    )


def not_entitled(who: str, what: str) -> str:
    """Why a file is refused in which somebody wrote what only others may."""
    return (
        f"В файле есть запись, на которую у её автора нет права: {who}, «{what}». "
        "Ничего из файла не принято. Покажите это сообщение владельцу рабочей папки."
    )


def not_of_sender(computer: str) -> str:
    """Why a file is refused that says what its computer cannot know or have done."""
    return (
        f"В файле есть записи, которых на компьютере «{computer}» сделать не могли. Ничего из файла не принято. "
        "Примите сначала изменения с остальных компьютеров; если не поможет, покажите это сообщение владельцу рабочей "
        "папки."
    )

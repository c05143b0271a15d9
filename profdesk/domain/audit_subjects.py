"""What the journal's tables and their fields are called on the screen, as data; registers bring their own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from profdesk.domain.audit import Area


@dataclass(frozen=True)
class Subject:
    """A table: ``title`` is what a line calls its records, ``fields`` what columns are called; others are not shown."""

    title: str
    area: Area
    fields: Mapping[str, str]


_TERM = {"school_year": "учебный год", "term": "полугодие"}
_CELL = {"competency": "компетенция", "strand": "чья оценка", **_TERM}
_SETTLED = {"table_name": "сведения", "field": "поле", "number": "запись журнала"}
SUBJECTS: Mapping[str, Subject] = {
    "pupil": Subject(
        "сведения об ученике",
        Area.PUPILS,
        {
            "surname": "фамилия",
            "given": "имя",
            "patronymic": "отчество",
            "birth_date": "дата рождения",
            "sex": "пол",
            "merged_into": "объединён с",
        },
    ),
    "study_group": Subject(
        "класс",
        Area.PUPILS,
        {
            "title": "название",
            "level": "уровень",
            "grade": "параллель",
            "letter": "литера",
            "school_year": "учебный год",
        },
    ),
    "enrolment": Subject(
        "зачисление в класс",
        Area.PUPILS,
        {"group_id": "класс", "school_year": "учебный год", "left_on": "выбыл", "left_reason": "причина выбытия"},
    ),
    "batch": Subject("общее действие", Area.PUPILS, {"title": "что сделано", "undone_at": "отменено"}),
    "roster_layout": Subject("столбцы списка класса", Area.PUPILS, {"fields": "столбцы"}),
    "assessment": Subject(
        "оценка компетенции", Area.PORTFOLIO, {**_CELL, "stage": "стадия", "basis": "основание", "made_on": "дата"}
    ),
    "note": Subject("заметка к оценке", Area.PORTFOLIO, {**_CELL, "words": "текст"}),
    "evidence": Subject(
        "подтверждение",
        Area.PORTFOLIO,
        {
            "title": "название",
            "name": "файл",
            "size": "размер",
            "competency": "компетенция",
            "withdrawn_at": "убрано",
            **_TERM,
        },
    ),
    "pupil_file": Subject(
        "файл ученика из другой организации",
        Area.PORTFOLIO,
        {
            "organisation": "откуда",
            "fingerprint": "отпечаток ключа",
            "people": "кто записал",
            "classes": "классы и группы там",
            "made_at": "составлен",
            "taken_at": "принят",
        },
    ),
    "pupil_file_record": Subject(
        "запись другой организации",
        Area.PORTFOLIO,
        {
            "kind": "вид",
            "title": "название",
            "words": "текст",
            "basis": "основание",
            "day": "дата",
            "school_year": "учебный год",
            "author": "кто записал",
        },
    ),
    "route_line": Subject(
        "строка маршрута",
        Area.PORTFOLIO,
        {"kind": "раздел", "words": "текст", "way": "как", "due": "срок", "state": "состояние"},
    ),
    "released_conclusion": Subject(
        "вывод для классного руководителя",
        Area.DIAGNOSTICS,
        {"held_on": "дата сеанса", "words": "текст", "released_at": "передан", "withdrawn_at": "отозван"},
    ),
    "diagnosed": Subject(
        "проведённая диагностика", Area.DIAGNOSTICS, {"school_year": "учебный год", "held_on": "дата сеанса"}
    ),
    "diagnostic_session": Subject(
        "сеанс диагностики",
        Area.DIAGNOSTICS,
        {
            "school_year": "учебный год",
            "held_on": "дата",
            "place": "место",
            "group_title": "класс",
            "made_at": "создан",
            "closed_at": "закрыт",
        },
    ),
    "answer_sheet": Subject(
        "бланк ответов",
        Area.DIAGNOSTICS,
        {"number": "номер", "attendance": "присутствие", "doubtful": "сомнительно", "mode": "как введён"},
    ),
    "answer": Subject("ответ", Area.DIAGNOSTICS, {"item": "вопрос", "words": "ответ", "entry": "ввод"}),
    "conclusion": Subject("заключение", Area.DIAGNOSTICS, {"words": "текст", "draft": "черновик"}),
    "consultation": Subject(
        "консультация",
        Area.DIAGNOSTICS,
        {
            "kind": "вид",
            "held_on": "дата",
            "whom": "с кем",
            "reason": "повод",
            "words": "запись",
            "outcome": "итог",
            "withdrawn_at": "убрано",
        },
    ),
    "external_result": Subject(
        "результат из другой системы",
        Area.DIAGNOSTICS,
        {
            "held_on": "дата",
            "source": "откуда",
            "words": "запись",
            "file_name": "файл",
            "withdrawn_at": "убрано",
        },
    ),
    "instrument_file": Subject(
        "методика", Area.DIAGNOSTICS, {"code": "код", "version": "версия", "own": "своя", "taken_at": "взята"}
    ),
    "wording": Subject("вопросы методики", Area.DIAGNOSTICS, {"code": "код методики", "taken_at": "взяты"}),
    "consent": Subject(
        "согласие",
        Area.CONSENTS,
        {
            "kind": "на что",
            "given_by": "кто дал",
            "number": "номер",
            "given_on": "дата",
            "valid_until": "действует до",
            "withdrawn_on": "отозвано",
            "withdrawn_by": "кто отозвал",
        },
    ),
    "erasure": Subject(
        "акт об уничтожении",
        Area.CONSENTS,
        {"number": "номер", "made_on": "дата", "basis": "основание", "operations": "записей журнала"},
    ),
    "erased_pupil": Subject(
        "уничтоженные сведения об ученике",
        Area.CONSENTS,
        {
            "kinds": "виды сведений",
            "psy_erased_at": "диагностика уничтожена",
            "psy_operations": "записей журнала диагностики",
        },
    ),
    "erasure_tally": Subject(
        "уничтожение на этом компьютере",
        Area.CONSENTS,
        {"operations": "записей журнала", "psy_operations": "записей журнала диагностики"},
    ),
    "computer": Subject(
        "компьютер",
        Area.HOUSE,
        {
            "name": "название",
            "series": "окончание номеров",
            "whole": "вся организация",
            "added_at": "присоединён",
            "stopped_at": "обмен прекращён",
        },
    ),
    "clock_correction": Subject(
        "поправка часов",
        Area.HOUSE,
        {
            "after": "записи после №",
            "until": "записи по №",
            "psy_after": "записи психолога после №",
            "psy_until": "записи психолога по №",
            "counts_as": "считаются сделанными",
        },
    ),
    "settled": Subject(
        "разобранное расхождение", Area.HOUSE, {"table_name": "сведения", "field": "поле", "number": "запись журнала"}
    ),
    "psy_settled": Subject(
        "разобранное расхождение", Area.HOUSE, {"table_name": "сведения", "field": "поле", "number": "запись журнала"}
    ),
    "retention": Subject("сроки хранения", Area.HOUSE, {"source": "правила", "taken_at": "загружены"}),
    "participation": Subject(
        "участие ученика",
        Area.REGISTERS,
        {
            "presence": "присутствие",
            "hours": "часов",
            "result": "результат",
            "mark": "отметка",
            "feedback": "отзыв",
            "product": "работа",
        },
    ),
    "activity_group": Subject("класс мероприятия", Area.REGISTERS, {"group_id": "класс"}),
    "activity_profession": Subject("профессия мероприятия", Area.REGISTERS, {"profession": "профессия"}),
    "activity": Subject(
        "мероприятие",
        Area.REGISTERS,
        {
            "type": "вид",
            "title": "название",
            "state": "состояние",
            "begins_on": "начало",
            "ends_on": "конец",
            "at": "время",
            "place": "место",
            "audience": "для кого",
            "direction": "направление",
            "hours": "часов",
            "responsible": "ответственный",
            "labour_market": "рынок труда",
            "partner": "партнёр",
            "trial": "проба",
            "lesson": "урок",
            "competencies": "компетенции",
            "parents_reached": "родителей",
            "note": "заметка",
            "withdrawn_at": "убрано",
        },
    ),
    "satisfaction": Subject(
        "анкета удовлетворённости",
        Area.REGISTERS,
        {"question": "вопрос", "answer": "ответ", "count": "сколько"},
    ),
    "attachment": Subject("файл записи", Area.REGISTERS, {"name": "файл", "size": "размер", "withdrawn_at": "убрано"}),
    "certificate": Subject(
        "сертификат",
        Area.PAPERS,
        {
            "number": "номер",
            "school_year": "учебный год",
            "issued_on": "выдан",
            "withdrawn_on": "отозван",
            "withdrawn_reason": "почему отозван",
            "duplicate_of": "дубликат",
        },
    ),
    "certificate_design": Subject("вид сертификата", Area.PAPERS, {"title": "название", "withdrawn_at": "убран"}),
    "issued_summary": Subject(
        "подписанная сводка",
        Area.PAPERS,
        {
            "number": "номер",
            "school_year": "учебный год",
            "first_day": "с",
            "last_day": "по",
            "replaces": "исправляет",
            "reason": "почему",
        },
    ),
    "summary_signature": Subject(
        "подпись под сводкой",
        Area.PAPERS,
        {"number": "номер сводки", "name": "файл", "signers": "кто подписал", "withdrawn_at": "убрана"},
    ),
    "told_figure": Subject(
        "число для сводки",
        Area.PAPERS,
        {
            "school_year": "учебный год",
            "indicator": "показатель",
            "numerator": "числитель",
            "denominator": "знаменатель",
            "source": "источник",
        },
    ),
    "received_summary": Subject(
        "принятая сводка",
        Area.PAPERS,
        {"number": "номер", "school_year": "учебный год", "name": "файл", "withdrawn_at": "убрана"},
    ),
    "sender": Subject(
        "организация",
        Area.PAPERS,
        {
            "name": "название",
            "short_name": "кратко",
            "legal_form": "правовая форма",
            "kind": "вид",
            "telephone": "телефон",
            "note": "заметка",
            "withdrawn_at": "убрана",
        },
    ),
    "sender_key": Subject(
        "ключ организации",
        Area.PAPERS,
        {
            "fingerprint": "отпечаток",
            "received_at": "принят",
            "confirmed_at": "сверен",
            "confirmed_with": "с кем сверен",
            "revoked_at": "отозван",
            "revoked_reason": "почему отозван",
        },
    ),
    "app_user": Subject(
        "пользователь",
        Area.USERS,
        {"name": "имя", "post": "должность", "roles": "роли", "added_at": "добавлен", "removed_at": "удалён"},
    ),
    "group_teacher": Subject("классный руководитель", Area.USERS, {"group_id": "класс", "user_id": "кто"}),
    "deed": Subject("действие", Area.DEEDS, {"count": "учеников или строк"}),
    "organisation": Subject(
        "сведения об организации",
        Area.HOUSE,
        {
            "kind": "вид",
            "legal_form": "правовая форма",
            "name": "название",
            "short_name": "кратко",
            "municipality": "муниципалитет",
            "head_post": "должность руководителя",
            "head_name": "руководитель",
            "certificate_numbers": "номера сертификатов",
            **_TERM,
        },
    ),
    "programme": Subject("программа", Area.HOUSE, {"taken_at": "взята"}),
    "signing_key": Subject("ключ подписи", Area.HOUSE, {"made_at": "создан"}),
}
"""By the name of the table; the registers' tables stand under their codes in ``registers.ALL``."""

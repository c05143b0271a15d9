"""The words of the papers by which parents consent: what each must hold by law, and what this program does with data.

What a written consent to processing must hold: 152-ФЗ, art. 9, part 4 (subject with identity paper and address,
representative with the paper of authority, operator's name and address, purpose, list of data, who processes them on
the operator's behalf, deeds with data and ways of processing, term and how it is withdrawn, signature). It is a paper
of its own (art. 9, part 1 as of 1 September 2025), therefore psychological work is two: the consent to help (273-ФЗ,
art. 42, part 3) and the consent to the data that come of it. Spreading has its own again (152-ФЗ, art. 10.1, parts 1
and 9; order of Roskomnadzor of 24 February 2021 № 18): each item allowed or not, conditions, the web resources.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from profdesk.domain.consents import ConsentKind
from profdesk.domain.organisation import Organisation
from profdesk.domain.people import Pupil


@dataclass(frozen=True)
class Form:
    """A form of one kind: for a pupil, or (None) an empty blank; ``valid_until`` None: till the pupil leaves."""

    kind: ConsentKind
    pupil: Pupil | None
    kindergarten: bool
    valid_until: date | None = None


@dataclass(frozen=True)
class ConsentForms:
    """Forms to be printed one after another, all of one organisation."""

    organisation: Organisation
    forms: tuple[Form, ...]


@dataclass(frozen=True)
class FormText:
    """One paper of a form: ``given`` is what «Я, …» gives, to whom follows; ``allowed`` are items ticked one by one.

    ``asked`` is what else is to be written on a line of its own.
    """

    title: str
    law: str
    given: str
    sections: tuple[tuple[str, str], ...]
    asked: str = ""
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Voice:
    child: str
    children: str
    data: str
    purpose: str
    results: str
    work: str
    stay: str


_SCHOOL = _Voice(
    child="обучающегося",
    children="обучающихся",
    data="выбор профиля и профессии, цели и шаги индивидуального маршрута; куда поступил или устроился",
    purpose="составление индивидуального маршрута и характеристики, выдача сертификата портфолио",
    results="ответы на вопросы методик, их результаты и заключения",
    work=(
        "диагностика интересов, склонностей и готовности к выбору профессии; консультации и занятия по "
        "самоопределению; собеседование о выборе профиля"
    ),
    stay="обучения",
)
_KINDERGARTEN = _Voice(
    child="воспитанника",
    children="воспитанников",
    data="ближние цели и шаги развития",
    purpose="беседы с родителями о развитии ребёнка, выдача сертификата портфолио",
    results="записи наблюдений и игровых бесед и заключения",
    work="наблюдение и игровая диагностика интересов; занятия о профессиях; консультации родителей",
    stay="посещения группы",
)
_OPERATION = (
    "сбор, запись, систематизация, накопление, хранение, уточнение, извлечение, использование, блокирование, удаление, "
    "уничтожение; на компьютере и на бумаге. "
)
_NO_OTHERS = "Другим лицам данные не передаются, по поручению организации их никто не обрабатывает."
_WITHDRAWAL = (
    "в любое время письменным заявлением на имя руководителя организации. Организация прекратит обработку и не позднее "
    "чем через 30 дней уничтожит данные, кроме тех, хранить которые её обязывает закон."
)
_FREELY = "Согласие даётся свободно, своей волей и в своём интересе. Отказ не влияет на {stay} ребёнка."
_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip


def texts(form: Form) -> tuple[FormText, ...]:
    """The papers of a form in order, each to be signed."""
    voice = _KINDERGARTEN if form.kindergarten else _SCHOOL
    term = _term(form, voice)
    if form.kind is ConsentKind.PERSONAL:
        return (_personal(voice, term),)
    if form.kind is ConsentKind.PSYCHOLOGICAL:
        return _help(voice, term), _psychological(voice, term)
    return (_publication(voice, term),)


def _term(form: Form, voice: _Voice) -> str:
    until = form.valid_until
    if until is None:
        return f"со дня подписания до окончания {voice.stay} в организации, если не отозвано раньше."
    return f"со дня подписания по {until.day} {_MONTHS[until.month - 1]} {until.year} г., если не отозвано раньше."


def _freely(voice: _Voice) -> tuple[str, str]:
    return "Добровольность", _FREELY.format(stay="пребывание в группе" if voice is _KINDERGARTEN else "обучение")


def _personal(voice: _Voice, term: str) -> FormText:
    return FormText(
        title="Согласие на обработку персональных данных",
        law="152-ФЗ «О персональных данных», статья 9",
        given="даю согласие на обработку персональных данных ребёнка и моих данных, названных в этом согласии,",
        sections=(
            (
                "Цель",
                f"ведение профессионального портфолио {voice.child}: учёт мероприятий и проб, {voice.purpose}.",
            ),
            (
                "Данные",
                (
                    "фамилия, имя, отчество, дата рождения, пол, класс или группа; стадии компетенций и основания "
                    "их оценки; мероприятия и пробы, достижения, работы и файлы портфолио; "
                    f"{voice.data}; фамилия, имя, отчество и реквизиты документов представителя."
                ),
            ),
            ("Действия", f"{_OPERATION}В управление образования передаются только числа без имён. {_NO_OTHERS}"),
            ("Срок", term),
            ("Как отозвать", _WITHDRAWAL),
            _freely(voice),
        ),
    )


def _help(voice: _Voice, term: str) -> FormText:
    return FormText(
        title="Согласие на психолого-педагогическое сопровождение",
        law="273-ФЗ «Об образовании в Российской Федерации», статья 42, часть 3",
        given="даю согласие на психолого-педагогическое сопровождение ребёнка, которое проводит педагог-психолог",
        sections=(
            ("Что делает психолог", f"{voice.work}."),
            (
                "Кто узнает результаты",
                (
                    "психолог обсуждает их с ребёнком и по просьбе с родителями. Педагогам он передаёт только вывод "
                    "и советы, без ответов и баллов. Остальное хранит у себя."
                ),
            ),
            (
                "Чего психолог не делает",
                (
                    "не ставит медицинских диагнозов, не оценивает успеваемость, не проводит работу против желания "
                    "ребёнка: от любого задания он может отказаться."
                ),
            ),
            ("Срок", term),
            (
                "Как отказаться",
                (
                    "в любое время письменным заявлением на имя руководителя организации. Новых встреч и диагностики "
                    "не будет, прежние результаты закроют для всех."
                ),
            ),
            _freely(voice),
        ),
    )


def _psychological(voice: _Voice, term: str) -> FormText:
    return FormText(
        title="Согласие на обработку персональных данных при психолого-педагогическом сопровождении",
        law="152-ФЗ «О персональных данных», статья 9",
        given="даю согласие на обработку персональных данных ребёнка, которые получает педагог-психолог,",
        sections=(
            ("Цель", f"психолого-педагогическое сопровождение самоопределения {voice.child}."),
            (
                "Данные",
                (
                    "фамилия, имя, отчество, дата рождения, пол, класс или группа; "
                    f"{voice.results}; содержание консультаций и бесед; результаты из других программ, "
                    "которые представит семья."
                ),
            ),
            ("Действия", f"{_OPERATION}Записи психолога закрыты отдельным ключом. {_NO_OTHERS}"),
            ("Срок", term),
            ("Как отозвать", _WITHDRAWAL),
            _freely(voice),
        ),
    )


def _publication(voice: _Voice, term: str) -> FormText:
    group = "группа" if voice is _KINDERGARTEN else "класс"
    return FormText(
        title="Согласие на обработку персональных данных, разрешённых для распространения",
        law="152-ФЗ, статья 10.1; приказ Роскомнадзора от 24.02.2021 № 18",
        given="даю согласие на распространение персональных данных ребёнка, отмеченных ниже,",
        sections=(
            ("Цель", f"рассказ о пробах, событиях и достижениях {voice.children}; цифровой значок о портфолио."),
            ("Данные", "общие, отмеченные в таблице; специальные и биометрические не распространяются."),
            (
                "Где",
                (
                    "на сайте организации и её страницах по адресам, названным ниже; цифровой значок (файл Open "
                    "Badges) показывает сама семья."
                ),
            ),
            ("Действия", "распространение, а до него сбор, хранение и использование; на компьютере и на бумаге."),
            ("Срок", term),
            (
                "Как прекратить",
                "требованием к организации в любое время; распространение прекращается в течение трёх рабочих дней.",
            ),
            _freely(voice),
        ),
        asked="адреса сайта и страниц",
        allowed=(
            "фамилия и имя",
            f"{group}, название организации",
            "достижения, сведения сертификата портфолио",
            "творческие и проектные работы",
            "фотографии и видео с ребёнком",
        ),
    )

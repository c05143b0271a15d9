"""The registers of the desk: those of the school itself here, those of the world of work and of pupils beside.

Their choices and hints are the program's own; what they must hold is the programme's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.register import Field, FieldKind, Register, choices
from profdesk.domain.registers_of_pupils import (
    ACHIEVEMENTS,
    DESTINATIONS,
    PROFESSION_CHOICES,
    PROFILE_CHOICES,
    PROFILE_STUDIES,
)
from profdesk.domain.registers_of_work import (
    DEMAND,
    INSTITUTIONS,
    LESSONS,
    OWN_TYPES,
    PROFESSIONS,
    SPECIALITIES,
    TRIALS,
)

_LINE, _TEXT, _DAY, _NUMBER, _CHOICE, _FLAG, _LINK = FieldKind

_NOTE = Field("note", "Заметка", _TEXT)


PARTNERS = Register(
    code="partners",
    title="Партнёры",
    section="Партнёры и кадры",
    one="партнёр",
    whom="партнёра",
    many="партнёры",
    forms=("партнёр", "партнёра", "партнёров"),
    about="Колледжи, предприятия и службы, вместе с которыми ведут профориентацию.",
    fields=(
        Field("name", "Название", required=True, key=True, names=True, heads=("организация", "партнер", "предприятие")),
        Field(
            "kind",
            "Кто это",
            _CHOICE,
            required=True,
            choices=choices(
                college="колледж или техникум",
                university="вуз",
                enterprise="предприятие",
                employment="центр занятости",
                additional="дополнительное образование",
                authority="орган власти или служба",
                other="другое",
            ),
            heads=("вид", "тип"),
        ),
        Field("person", "С кем говорить", heads=("контактное лицо", "ответственный"), hint="Смирнова Ольга, мастер"),
        Field("phone", "Телефон"),
        Field("email", "Почта", heads=("e-mail", "email", "электронная почта")),
        Field("site", "Сайт"),
        _NOTE,
    ),
)

AGREEMENTS = Register(
    code="agreements",
    title="Договоры",
    section="Партнёры и кадры",
    one="договор",
    whom="договор",
    many="договоры",
    forms=("договор", "договора", "договоров"),
    about="Договоры о сотрудничестве и сетевом взаимодействии; о конце срока программа напомнит.",
    files="Скан договора",
    fields=(
        Field("number", "Номер", required=True, key=True, names=True, heads=("№", "номер договора"), hint="14 или б/н"),
        Field("partner", "Партнёр", _LINK, required=True, key=True, names=True, register="partners", heads=("с кем",)),
        Field(
            "kind",
            "О чём",
            _CHOICE,
            required=True,
            choices=choices(
                cooperation="о сотрудничестве",
                network="о сетевом взаимодействии",
                practice="о пробах и практике",
                other="другой",
            ),
            heads=("вид", "предмет"),
        ),
        Field("signed_on", "Подписан", _DAY, required=True, ahead=0, heads=("дата", "от", "дата подписания")),
        Field(
            "valid_until",
            "Действует до",
            _DAY,
            after="signed_on",
            heads=("срок действия", "срок"),
            hint="пусто: без срока",
        ),
        _NOTE,
    ),
)

STAFF = Register(
    code="staff",
    title="Работники",
    section="Партнёры и кадры",
    one="работник",
    whom="работника",
    many="работники",
    forms=("работник", "работника", "работников"),
    about="Управленческие и педагогические работники: от них считается доля повысивших квалификацию.",
    fields=(
        Field(
            "name", "Фамилия, имя, отчество", required=True, key=True, names=True, heads=("фио", "ф.и.о.", "работник")
        ),
        Field("post", "Должность", required=True, key=True, hint="учитель физики"),
        Field(
            "kind",
            "Кадры",
            _CHOICE,
            required=True,
            choices=choices(teaching="педагогические", managerial="управленческие"),
            heads=("категория",),
        ),
        Field("involved", "Ведёт программу", _FLAG, heads=("задействован", "участвует в программе")),
        Field("left_on", "Уволен", _DAY, heads=("дата увольнения",)),
        _NOTE,
    ),
)

TRAININGS = Register(
    code="trainings",
    title="Повышение квалификации",
    section="Партнёры и кадры",
    one="курс",
    whom="курс",
    many="курсы",
    forms=("курс", "курса", "курсов"),
    about="Курсы работников; в показатель идут только курсы по теме программы.",
    files="Скан удостоверения",
    fields=(
        Field("person", "Работник", _LINK, required=True, key=True, names=True, register="staff", heads=("фио", "кто")),
        Field("title", "Тема курса", required=True, key=True, names=True, heads=("курс", "программа", "название")),
        Field("on_subject", "По теме программы", _FLAG, heads=("по профилю",)),
        Field("hours", "Часов", _NUMBER, numbers=(1, 2000), heads=("количество часов", "объём")),
        Field("finished_on", "Окончен", _DAY, required=True, key=True, ahead=0, heads=("дата", "дата окончания")),
        Field("provider", "Где", heads=("организация", "место обучения")),
        Field("certificate", "Удостоверение", heads=("номер удостоверения", "документ")),
        _NOTE,
    ),
)

WORKING_GROUP = Register(
    code="working_group",
    title="Рабочая группа",
    section="Документы и сайт",
    one="участник",
    whom="участника",
    many="участники",
    forms=("участник", "участника", "участников"),
    about="Кто отвечает за программу в организации.",
    fields=(
        Field("name", "Фамилия, имя, отчество", required=True, key=True, names=True, heads=("фио", "ф.и.о.")),
        Field("post", "Должность", required=True),
        Field(
            "role",
            "В группе",
            _CHOICE,
            required=True,
            choices=choices(head="руководитель", secretary="секретарь", member="член группы"),
            heads=("роль",),
        ),
        Field("since", "Введён", _DAY, heads=("с", "дата")),
        Field("until", "Выведен", _DAY, after="since", heads=("по",)),
        _NOTE,
    ),
)

DOCUMENTS = Register(
    code="documents",
    title="Документы",
    section="Документы и сайт",
    one="документ",
    whom="документ",
    many="документы",
    forms=("документ", "документа", "документов"),
    about="Приказы, положения, планы и протоколы по программе, с номерами и датами.",
    files="Скан документа",
    fields=(
        Field(
            "kind",
            "Вид",
            _CHOICE,
            required=True,
            key=True,
            names=True,
            choices=choices(
                order="приказ", rules="положение", plan="план", minutes="протокол", report="отчёт", other="другое"
            ),
            heads=("вид документа", "тип"),
        ),
        Field("number", "Номер", required=True, key=True, names=True, heads=("№",), hint="112-д или б/н"),
        Field("dated", "Дата", _DAY, required=True, key=True, ahead=0, heads=("от",)),
        Field("title", "О чём", required=True, heads=("название", "наименование", "заголовок")),
        _NOTE,
    ),
)

WEB_PAGES = Register(
    code="web_pages",
    title="Страницы на сайте",
    section="Документы и сайт",
    one="страница",
    whom="страницу",
    many="страницы",
    forms=("страница", "страницы", "страниц"),
    about="Страницы о самоопределении; в показатель идёт та, что открывается и проверена в этом учебном году.",
    fields=(
        Field("title", "Название", required=True, names=True, heads=("страница",)),
        Field("address", "Адрес", required=True, key=True, heads=("ссылка", "url"), hint="https://"),
        Field("works", "Открывается", _FLAG),
        Field("checked_on", "Проверена", _DAY, ahead=0, heads=("дата проверки",)),
        _NOTE,
    ),
)

ALL: Mapping[str, Register] = {
    one.code: one
    for one in (
        PARTNERS,
        AGREEMENTS,
        STAFF,
        TRAININGS,
        WORKING_GROUP,
        DOCUMENTS,
        WEB_PAGES,
        PROFESSIONS,
        DEMAND,
        INSTITUTIONS,
        SPECIALITIES,
        TRIALS,
        LESSONS,
        OWN_TYPES,
        ACHIEVEMENTS,
        PROFILE_CHOICES,
        PROFILE_STUDIES,
        PROFESSION_CHOICES,
        DESTINATIONS,
    )
}
"""Every register by its code, in the order in which they are shown."""

_OF_GRADES = (PROFILE_CHOICES, PROFILE_STUDIES, PROFESSION_CHOICES, DESTINATIONS)


def kept_by(kind: OrganisationKind) -> Sequence[Register]:
    """The registers of an organisation: in a kindergarten nobody chooses a profile yet, nor finishes a grade."""
    grades = kind is not OrganisationKind.KINDERGARTEN
    return [one for one in ALL.values() if grades or one not in _OF_GRADES]


def pointing_at(code: str) -> tuple[tuple[Register, Field], ...]:
    """The fields of all registers that link to a register."""
    return tuple((one, field) for one in ALL.values() for field in one.fields if field.register == code)

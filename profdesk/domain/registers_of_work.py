"""Registers of the world of work: professions, demand, where they are taught, trials and lessons."""

from __future__ import annotations

from profdesk.domain.register import Field, FieldKind, Register, choices

_LINE, _TEXT, _DAY, _NUMBER, _CHOICE, _FLAG, _LINK = FieldKind

_NOTE = Field("note", "Заметка", _TEXT)

PROFESSIONS = Register(
    code="professions",
    title="Профессии",
    section="Профессии и рынок труда",
    one="профессия",
    whom="профессию",
    many="профессии",
    forms=("профессия", "профессии", "профессий"),
    about="Профессии программы и свои: с ними связывают пробы, уроки и встречи.",
    fields=(
        Field("title", "Профессия", required=True, key=True, names=True, heads=("название", "наименование")),
        Field("industry", "Отрасль"),
        Field(
            "subject",
            "Тип",
            _CHOICE,
            choices=choices(
                nature="человек — природа",
                technology="человек — техника",
                person="человек — человек",
                signs="человек — знаковая система",
                art="человек — художественный образ",
            ),
            heads=("тип профессии", "предмет труда"),
        ),
        Field("area", "Профессиональная область", heads=("область",)),
        Field("pay", "Заработок", heads=("зарплата", "оплата труда")),
        Field("history", "История", _TEXT, heads=("история профессии",)),
        Field("education", "Базовое образование", _TEXT, heads=("образование",)),
        Field("conditions", "Условия труда", _TEXT),
        Field("study", "Где учиться", _TEXT),
        _NOTE,
    ),
)

DEMAND = Register(
    code="demand",
    title="Востребованы",
    section="Профессии и рынок труда",
    one="строка списка",
    whom="строку списка",
    many="строки списка",
    forms=("строка", "строки", "строк"),
    about="Востребованные профессии муниципалитета по годам: по ним считают, куда пошли выпускники.",
    fields=(
        Field("profession", "Профессия", _LINK, required=True, key=True, names=True, register="professions"),
        Field("year", "Год", _NUMBER, required=True, key=True, names=True, numbers=(2000, 2099)),
        Field("vacancies", "Вакансий", _NUMBER, heads=("количество вакансий", "потребность")),
        Field("source", "Откуда сведения", required=True, heads=("источник",), hint="центр занятости, письмо № 5"),
        _NOTE,
    ),
)

INSTITUTIONS = Register(
    code="institutions",
    title="Колледжи и вузы",
    section="Профессии и рынок труда",
    one="учебное заведение",
    whom="учебное заведение",
    many="учебные заведения",
    forms=("заведение", "заведения", "заведений"),
    about="Куда поступают выпускники.",
    fields=(
        Field("title", "Название", required=True, key=True, names=True, heads=("учебное заведение", "наименование")),
        Field(
            "kind",
            "Кто это",
            _CHOICE,
            required=True,
            choices=choices(college="колледж или техникум", university="вуз"),
            heads=("вид", "тип"),
        ),
        Field("town", "Город", heads=("населённый пункт",)),
        Field("site", "Сайт"),
        Field("phone", "Телефон"),
        _NOTE,
    ),
)

SPECIALITIES = Register(
    code="specialities",
    title="Чему учат",
    section="Профессии и рынок труда",
    one="специальность",
    whom="специальность",
    many="специальности",
    forms=("специальность", "специальности", "специальностей"),
    about="Специальности колледжей и вузов, со связью с профессией.",
    fields=(
        Field("title", "Специальность", required=True, key=True, names=True, heads=("название", "направление")),
        Field(
            "institution",
            "Где",
            _LINK,
            required=True,
            key=True,
            names=True,
            register="institutions",
            heads=("учебное заведение", "колледж"),
        ),
        Field(
            "basis",
            "После какого класса",
            _CHOICE,
            required=True,
            key=True,
            choices=choices(nine="после 9 класса", eleven="после 11 класса"),
            heads=("на базе", "база"),
        ),
        Field("profession", "Профессия", _LINK, register="professions"),
        Field("places", "Мест", _NUMBER, heads=("количество мест", "бюджетных мест")),
        Field("exams", "Что сдавать", heads=("экзамены", "вступительные испытания")),
        _NOTE,
    ),
)

TRIALS = Register(
    code="trials",
    title="Пробы",
    section="Пробы и уроки",
    one="проба",
    whom="пробу",
    many="пробы",
    forms=("проба", "пробы", "проб"),
    about="Описания профессиональных проб: по ним пробу назначают классам на день.",
    files="Материалы пробы",
    fields=(
        Field("title", "Название", required=True, key=True, names=True, heads=("проба", "тема")),
        Field("profession", "Профессия", _LINK, register="professions"),
        Field("industry", "Отрасль"),
        Field("partner", "Партнёр", _LINK, register="partners", heads=("где проходит",)),
        Field("hours", "Часов", _NUMBER, numbers=(1, 1000), heads=("количество часов",)),
        Field(
            "level",
            "Уровень",
            _CHOICE,
            required=True,
            key=True,
            choices=choices(basic="базовая", programme="по программе"),
        ),
        Field("grades", "Для кого", heads=("классы", "класс"), hint="8–9 классы"),
        Field("description", "Что делают", _TEXT, heads=("описание", "содержание")),
        Field("materials", "Что нужно", _TEXT, heads=("материалы", "оборудование")),
        _NOTE,
    ),
)

LESSONS = Register(
    code="lessons",
    title="Банк уроков",
    section="Пробы и уроки",
    one="урок",
    whom="урок",
    many="уроки",
    forms=("урок", "урока", "уроков"),
    about="Уроки «От предмета к будущей профессии» и занятия для детского сада.",
    files="Файлы урока",
    fields=(
        Field("title", "Тема", required=True, key=True, names=True, heads=("название", "урок")),
        Field("subject", "Предмет", required=True, key=True),
        Field("grades", "Для кого", required=True, key=True, heads=("класс", "классы"), hint="5 класс"),
        Field("profession", "Профессия", _LINK, register="professions"),
        Field("author", "Автор"),
        Field("outline", "Ход урока", _TEXT, heads=("содержание", "описание")),
        _NOTE,
    ),
)

OWN_TYPES = Register(
    code="own_types",
    title="Свои виды мероприятий",
    section="Пробы и уроки",
    one="вид мероприятия",
    whom="вид мероприятия",
    many="виды мероприятий",
    forms=("вид", "вида", "видов"),
    about="Виды мероприятий, которых нет среди готовых.",
    fields=(
        Field("title", "Название", required=True, key=True, names=True, heads=("вид",)),
        Field(
            "audience",
            "Для кого",
            _CHOICE,
            required=True,
            choices=choices(pupils="ученики", parents="родители", staff="педагоги"),
        ),
        _NOTE,
    ),
)

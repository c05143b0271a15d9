"""Registers of what pupils achieved, chose and became: each entry speaks of one pupil."""

from __future__ import annotations

from profdesk.domain.register import PUPILS, Choice, Field, FieldKind, Register, choices

_LINE, _TEXT, _DAY, _NUMBER, _CHOICE, _FLAG, _LINK = FieldKind

PUPIL = "pupil_id"
"""The field by which an entry speaks of a pupil."""
_NOTE = Field("note", "Заметка", _TEXT)
_PUPIL = Field(
    PUPIL,
    "Ученик",
    _LINK,
    required=True,
    key=True,
    names=True,
    register=PUPILS,
    heads=(
        "фио",
        "ф.и.о.",
        "фамилия, имя",
        "фамилия, имя, отчество",
        "фамилия имя отчество",
        "обучающийся",
        "выпускник",
    ),
)
_CONSCIOUS = Field(
    "conscious",
    "Осознанный ли выбор",
    _CHOICE,
    choices=choices(yes="осознанный", no="пока неосознанный"),
    heads=("осознанный", "осознанность"),
)
_JUDGED_BY = Field(
    "judged_by",
    "Кто так считает",
    needed_with="conscious",
    heads=("чья оценка", "кто оценил"),
    hint="классный руководитель Петрова А. И.",
)
STUDY_PROFILES = choices(
    natural="естественно-научный",
    humanitarian="гуманитарный",
    economic="социально-экономический",
    technological="технологический",
    universal="универсальный",
    other="другой",
)
"""Profiles of grades 10-11: federal educational programme of secondary education (order 371 of 18.05.2023)."""

ACHIEVEMENTS = Register(
    code="achievements",
    title="Достижения",
    section="Обучающиеся",
    one="достижение",
    whom="достижение",
    many="достижения",
    forms=("достижение", "достижения", "достижений"),
    about="Олимпиады, конкурсы и соревнования: что, где и с каким местом.",
    files="Грамоты и работы",
    fields=(
        _PUPIL,
        Field("title", "Что это", required=True, key=True, names=True, heads=("название", "мероприятие", "конкурс")),
        Field(
            "kind",
            "Вид",
            _CHOICE,
            required=True,
            choices=choices(
                olympiad="олимпиада",
                contest="конкурс",
                championship="чемпионат профессий",
                conference="конференция или проект",
                sport="соревнования",
                other="другое",
            ),
        ),
        Field(
            "level",
            "Уровень",
            _CHOICE,
            required=True,
            choices=choices(
                organisation="школа или сад",
                municipal="муниципалитет",
                regional="регион",
                national="Россия",
                international="международный",
            ),
            heads=("этап",),
        ),
        Field(
            "place",
            "Итог",
            _CHOICE,
            required=True,
            choices=choices(winner="победитель", prize="призёр", laureate="лауреат или диплом", participant="участник"),
            heads=("место", "результат", "статус"),
        ),
        Field("held_on", "Дата", _DAY, required=True, key=True, ahead=0, heads=("когда", "дата проведения")),
        Field("subject", "Предмет или тема", heads=("предмет", "тема", "номинация")),
        Field("on_profile", "По выбранному профилю", _FLAG, heads=("по профилю",)),
        _NOTE,
    ),
)

PROFILE_CHOICES = Register(
    code="profile_choices",
    title="Выбор профиля",
    section="Обучающиеся",
    one="выбор профиля",
    whom="выбор профиля",
    many="выборы профиля",
    forms=("выбор", "выбора", "выборов"),
    about="Какой профиль обучения выбрал ученик 8–9 класса, почему и осознанно ли.",
    fields=(
        _PUPIL,
        Field("decided_on", "Дата", _DAY, required=True, key=True, ahead=0, heads=("дата выбора", "когда")),
        Field("wish", "Чего хочет ученик", _TEXT, heads=("чего хочет сам", "желание", "собственное желание")),
        Field("interview", "Собеседование", _TEXT, heads=("итог собеседования",)),
        Field("profile", "Профиль", _CHOICE, names=True, choices=STUDY_PROFILES, heads=("выбранный профиль",)),
        Field("reserve", "Запасной профиль", _CHOICE, choices=STUDY_PROFILES, heads=("запасной вариант", "резерв")),
        Field("subjects", "Предметы углублённо", heads=("предметы",), hint="физика, математика"),
        Field("basis", "На чём основан выбор", _TEXT, needed_with="profile", heads=("основание", "почему")),
        _CONSCIOUS,
        _JUDGED_BY,
        _NOTE,
    ),
)

PROFILE_STUDIES = Register(
    code="profile_studies",
    title="Обучение по профилю",
    section="Обучающиеся",
    one="обучение по профилю",
    whom="обучение по профилю",
    many="обучение по профилю",
    forms=("запись", "записи", "записей"),
    about="По какому профилю ученик учится в 10–11 классах; рядом видно, тот ли он, что был выбран.",
    fields=(
        _PUPIL,
        Field("since", "С какого дня", _DAY, required=True, key=True, ahead=1, heads=("дата", "с")),
        Field("profile", "Профиль", _CHOICE, required=True, names=True, choices=STUDY_PROFILES),
        Field("subjects", "Предметы углублённо", heads=("предметы",), hint="физика, математика"),
        _NOTE,
    ),
)

PROFESSION_CHOICES = Register(
    code="profession_choices",
    title="Выбор профессии",
    section="Обучающиеся",
    one="выбор профессии",
    whom="выбор профессии",
    many="выборы профессии",
    forms=("выбор", "выбора", "выборов"),
    about="Какую профессию выбрал ученик, с целью, основанием и запасным вариантом.",
    fields=(
        _PUPIL,
        Field("decided_on", "Дата", _DAY, required=True, key=True, ahead=0, heads=("дата выбора", "когда")),
        Field("profession", "Профессия", _LINK, required=True, names=True, register="professions"),
        Field("reserve", "Запасной вариант", _LINK, register="professions", heads=("запасная профессия", "резерв")),
        Field("goal", "Цель", _TEXT, heads=("куда хочет поступить", "намерение")),
        Field("basis", "На чём основан выбор", _TEXT, heads=("основание", "почему")),
        _CONSCIOUS,
        _JUDGED_BY,
        _NOTE,
    ),
)

DESTINATIONS = Register(
    code="destinations",
    title="Куда пошли выпускники",
    section="Обучающиеся",
    one="выпускник",
    whom="выпускника",
    many="выпускники",
    forms=("выпускник", "выпускника", "выпускников"),
    about="Куда поступили и устроились после 9 и 11 класса, на какую профессию.",
    fields=(
        _PUPIL,
        Field(
            "grade",
            "После какого класса",
            _CHOICE,
            required=True,
            key=True,
            choices=choices(nine="после 9 класса", eleven="после 11 класса"),
            heads=("на базе", "окончил"),
        ),
        Field(
            "year", "Год выпуска", _NUMBER, required=True, numbers=(2000, 2099), ahead=0, heads=("год", "год окончания")
        ),
        Field(
            "kind",
            "Куда",
            _CHOICE,
            required=True,
            names=True,
            choices=(
                Choice("school", "10 класс", never_with="eleven"),
                Choice("college", "колледж или техникум"),
                Choice("university", "вуз", never_with="nine"),
                *choices(work="работа", army="служба в армии", other="другое", unknown="пока неизвестно"),
            ),
            heads=("куда поступил", "поступление", "куда пошёл"),
        ),
        Field(
            "institution",
            "Учебное заведение",
            _LINK,
            register="institutions",
            heads=("колледж или вуз", "заведение", "место учёбы"),
        ),
        Field("profession", "Профессия", _LINK, register="professions"),
        Field("speciality", "Специальность", heads=("направление", "направление подготовки")),
        _NOTE,
    ),
)

"""Names, dates and sex as class lists write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profdesk.domain.people import Sex
from profdesk.domain.roster import Field
from profdesk.domain.roster_dates import birth_date, day_first, month_comes_first, never_was, split_off
from profdesk.domain.roster_headings import heading_field
from profdesk.domain.roster_names import NameCells, read_name, sex
from profdesk.domain.roster_text import Wrong, russian, text

TODAY = date(2026, 11, 23)
MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WORDS = st.text("абвгдежзиклмнопрстуфхцчшщыьэюя", min_size=5, max_size=12).map(str.capitalize)
DAYS = st.dates(date(2005, 1, 1), date(2024, 12, 31))


def shapes(day: date) -> list[str | float | date]:
    month = MONTHS[day.month - 1]
    return [
        day,
        f"{day:%d.%m.%Y}",
        f"{day.day}.{day.month}.{day:%y}",
        f"{day:%Y-%m-%d}",
        f"{day:%Y-%m-%d}T00:00:00.000",
        f"{day:%d/%m/%Y}",
        f"{day:%d-%m-%Y}",
        f"{day:%d.%m.%Y} 0:00:00",
        f"{day:%d.%m.%Y}г.",
        f" {day:%d. %m. %Y} г.р. ",
        f"{day.day} {month} {day.year} г.",
        f"«{day.day}» {month} {day.year} года",
        f"{day.day} {month[:3]} {day.year}",
        f"{day.year}, {day.day} {month}",
        f"{day.year} г., {day.day} {month}",
        f"{day.day} {month} {day.year} г. р.",
        f"{day.day}.{ROMAN[day.month - 1]}.{day.year}",
        f"{day.day}.{ROMAN[day.month - 1].replace('X', 'Х')}.{day:%y}",
        f"{day.day}-{month[:3]}-{day:%y}",
        f"{day.day}-{ENGLISH[day.month - 1][:3]}-{day.year}",
        f"{ENGLISH[day.month - 1]} {day.day}, {day.year}",
        f"{day:%d %m %Y}",
        f"{day:%d,%m,%Y}",
        f"{day:%d%m%Y}",
        (day - date(1899, 12, 30)).days,
        float((day - date(1899, 12, 30)).days),
        str((day - date(1899, 12, 30)).days),
    ]


@given(DAYS)
def test_every_shape_of_a_date_is_that_date(day: date) -> None:
    for shape in shapes(day):
        assert birth_date(shape, TODAY) == day, shape


@given(st.text(max_size=30))
def test_a_date_is_read_or_refused_in_words(words: str) -> None:
    try:
        day = birth_date(words, TODAY)
    except Wrong as wrong:
        told = str(wrong)
    else:
        told = "Прочитано"
        assert day <= TODAY
    assert told[:1].isupper()


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "Нет даты рождения"),
        (None, "Нет даты рождения"),
        ("-", "Нет даты рождения"),
        ("31.02.2014", "Нет такой даты: 31 февраля"),
        ("29.02.2013", "Нет такой даты: 29 февраля 2013"),
        ("31 июня 2015", "Нет такой даты: 31 июня"),
        ("05.13.2014", "Нет 13-го месяца"),
        ("2014", "Не хватает дня и месяца рождения: «2014»"),
        (2014.0, "Не хватает дня и месяца рождения: «2014»"),
        ("02.2014", "Не хватает дня рождения: «02.2014»"),
        ("01.01.2044", "Год рождения 2044 ещё не наступил"),
        ("24.11.2026", "Дата рождения 24.11.2026 ещё не наступила"),
        ("01.01.1950", "Год рождения 1950: для ученика слишком давно"),
        ("скоро", "Дата рождения не понята: «скоро»"),
        ("05.03.2010/06.03.2010", "Дата рождения не понята: «05.03.2010/06.03.2010»"),
        ("2010, март", "Дата рождения не понята: «2010, март»"),
        ("5 маррта 2010 лет", "Дата рождения не понята: «5 маррта 2010 лет»"),
        ("050310", "Дата рождения не понята: «050310»"),
        (99999, "Дата рождения не понята: «99999»"),
    ],
)
def test_reason_names_what_is_wrong_with_a_date(written: str | float | None, reason: str) -> None:
    with pytest.raises(Wrong, match=r"^") as caught:
        birth_date(written, TODAY)
    assert str(caught.value) == reason


def test_dates_that_never_were() -> None:
    assert never_was("31.02.2014")
    assert never_was("2014")
    assert not never_was("05.02.2014")
    assert not never_was("Подпись")
    assert not never_was(TODAY + timedelta(days=1))


def test_a_column_of_american_dates_is_known_by_one_that_can_be_nothing_else() -> None:
    assert month_comes_first(["3/5/2014", "3/25/2014", None])
    assert not month_comes_first(["3/5/2014", "25/3/2014", "3/25/2014"])
    assert not month_comes_first(["3/5/2014", "3.25.2014"])
    assert birth_date(day_first("3/5/2014"), TODAY) == date(2014, 3, 5)
    assert day_first(TODAY) == TODAY


def test_a_date_beside_the_name_is_split_off() -> None:
    assert split_off("Ильин Даниил - 05.02.2014 г.р.") == ("Ильин Даниил", "05.02.2014 г.р.")
    assert split_off("Ильин Даниил (5.2.14)") == ("Ильин Даниил", "5.2.14")
    assert split_off("Ильин Даниил, 5 февраля 2014 г.") == ("Ильин Даниил", "5 февраля 2014 г.")
    assert split_off("Ильин Даниил") == ("Ильин Даниил", "")


@given(WORDS, WORDS, WORDS)
def test_case_spaces_and_marks_do_not_change_a_name(surname: str, given_name: str, father: str) -> None:
    patronymic = f"{father}вич"
    plain = f"{surname} {given_name} {patronymic}"
    expected = read_name(NameCells(full=plain)).name
    assert (expected.surname, expected.given, expected.patronymic) == (surname, given_name, patronymic)
    for shape in (
        plain.upper(),
        plain.lower(),
        f"  12. {plain} *",
        plain.replace(" ", "\u00a0\u00a0"),
        f"{plain} (ОВЗ)",
    ):
        assert read_name(NameCells(full=shape)).name == expected
    assert read_name(NameCells("", surname.upper(), f" {given_name} ", patronymic)).name == expected


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_a_name_is_read_or_refused_in_words(full: str, surname: str, given_name: str, patronymic: str) -> None:
    try:
        name = read_name(NameCells(text(full), text(surname), text(given_name), text(patronymic))).name
    except Wrong as wrong:
        told = str(wrong)
    else:
        told = "Прочитано"
        assert name.surname
        assert name.given
        assert not any(letter.isdigit() for letter in name.full)
    assert told[:1].isupper()


@pytest.mark.parametrize(
    ("written", "surname", "given_name", "patronymic"),
    [
        ("Ан Артём", "Ан", "Артём", None),
        ("О Виктория", "О", "Виктория", None),
        ("Ибрагимова Наталья Эльдар кызы", "Ибрагимова", "Наталья", "Эльдар кызы"),
        ("АЛИЕВ ВАГИФ САМЕД ОГЛЫ", "Алиев", "Вагиф", "Самед оглы"),
        ("Алиев Вагиф Самед-оглы", "Алиев", "Вагиф", "Самед-оглы"),
        ("САЛТЫКОВА-ЩЕДРИНСКАЯ ВАРВАРА", "Салтыкова-Щедринская", "Варвара", None),
        ("Петров - Водкин Кузьма", "Петров-Водкин", "Кузьма", None),
        ("Ильин, Даниил Евгеньевич", "Ильин", "Даниил", "Евгеньевич"),
        ("Даниил Евгеньевич Ильин", "Ильин", "Даниил", "Евгеньевич"),
        ("Абрамович Иван Петрович", "Абрамович", "Иван", "Петрович"),
        ("де Сильва Мария Ивановна", "де Сильва", "Мария", "Ивановна"),
        ("О'Коннор Шон", "О'Коннор", "Шон", None),
        ("Ван Анна Ивановна", "Ван", "Анна", "Ивановна"),
        ("МакДональд Пётр", "МакДональд", "Пётр", None),
        ("Ильин Даниил Е.", "Ильин", "Даниил", None),
        ("Smith John", "Smith", "John", None),
    ],
)
def test_names_of_many_peoples(written: str, surname: str, given_name: str, patronymic: str | None) -> None:
    name = read_name(NameCells(full=written)).name
    assert (name.surname, name.given, name.patronymic) == (surname, given_name, patronymic)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (NameCells(), "Нет фамилии и имени"),
        (NameCells(full="Ильин"), "Нет имени"),
        (NameCells(given="Даниил"), "Нет фамилии"),
        (NameCells(full="Ильин Д."), "Имя не полностью: «Ильин Д.»"),
        (NameCells(full="Ильин Д.Е."), "Имя не полностью: «Ильин Д. Е.»"),
        (NameCells(full="Ильин Дани1л"), "В имени цифры: «Дани1л»"),
        (NameCells(full="Ильин Даниил выбыл"), "Лишнее слово после имени: «выбыл»"),
        (NameCells(full="Ким Лев - инвалид"), "Лишнее слово после имени: «инвалид»"),
        (NameCells(full="Рустам оглы"), "Нет имени"),
        (NameCells(full="Ильин Да=ниил"), "Не похоже на имя: «Да=ниил»"),
    ],
)
def test_reason_names_what_is_wrong_with_a_name(cells: NameCells, reason: str) -> None:
    with pytest.raises(Wrong) as caught:
        read_name(cells)
    assert str(caught.value) == reason


def test_what_was_understood_is_told() -> None:
    latin = read_name(NameCells(full="Ильин Дaниил (ОВЗ)"))
    assert latin.name.given == "Даниил"
    assert latin.remarks == ("Латинские буквы в имени прочитаны как русские", "Не перенесено: «ОВЗ»")


def test_a_latin_word_is_left_as_it_is() -> None:
    assert russian("John") == "John"
    assert russian("Иpина") == "Ирина"
    assert russian("Пzтр") == "Пzтр"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        *((word, Sex.MALE) for word in ("м", "М", "M", "муж", "муж.", "Мужской", "мальчик", "male", "юноша", "м.")),
        *((word, Sex.FEMALE) for word in ("ж", "Ж", "жен", "жен.", "Женский", "девочка", "F", "дев.")),
        *((word, None) for word in ("", None, "?", "1", "пол", "x")),
    ],
)
def test_sex_is_read_only_where_it_is_given(written: str | None, read: Sex | None) -> None:
    assert sex(written) is read


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        *(
            (h, Field.FULL_NAME)
            for h in ("ФИО", "Ф.И.О.", "Ф. И. ребёнка", "Фамилия, имя, отчество", "ФИO", "Учащийся")
        ),
        *((h, Field.SURNAME) for h in ("Фамилия", "ФАМИЛИЯ *", "Фамилия ребёнка", "Last name")),
        *((h, Field.GIVEN) for h in ("Имя", "Имя, отчество", "Имя ребенка")),
        *((h, Field.PATRONYMIC) for h in ("Отчество", "Отчество (при наличии)")),
        *((h, Field.BIRTH_DATE) for h in ("Дата рождения", "Дата рожд.", "Д.р.", "ДР", "Число, месяц, год рождения")),
        *((h, Field.BIRTH_DATE) for h in ("Дата рождения ребёнка", "День рождения", "Дата и место рождения")),
        *((h, Field.SEX) for h in ("Пол", "Пол (м/ж)", "пол ребёнка")),
        *(
            (h, Field.GROUP)
            for h in ("Класс", "Кл.", "Группа", "Класс/группа", "Возрастная группа", "Наименование класса")
        ),
        *((h, Field.GRADE) for h in ("Параллель", "№ класса")),
        *((h, Field.LETTER) for h in ("Литера", "Буква класса")),
        *((h, Field.IGNORED) for h in ("ФИО мамы", "Ф.И.О. родителя", "Дата рождения мамы", "Фамилия матери")),
        *((h, Field.IGNORED) for h in ("Классный руководитель", "Группа здоровья", "Место рождения", "СНИЛС", "№ п/п")),
        *((h, Field.IGNORED) for h in ("Дата зачисления", "№ личного дела", "Свидетельство о рождении", "Возраст")),
        *((h, None) for h in ("", "Класс: 5А", "Учебный год: 2026/2027", "Ильин Даниил", "1")),
    ],
)
def test_headings_by_the_words_schools_use(heading: str, field: Field | None) -> None:
    assert heading_field(heading) is field

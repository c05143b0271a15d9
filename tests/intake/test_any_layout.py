"""Whatever order, headings, encoding and format a list has, the same pupils are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from roster_makers import Table, html, html_table, ods, text, xlsx, xml_2003
from support import often

from profdesk.domain.roster_reading import recognise
from profdesk.intake import roster_file

TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Child:
    surname: str
    given: str
    patronymic: str
    born: date
    male: bool
    grade: int
    letter: str

    @property
    def full(self) -> str:
        return f"{self.surname} {self.given} {self.patronymic}".strip()


def child(name: tuple[str, str, str], born: date, grade: int, letter: str) -> Child:
    return Child(*name, born, not name[0].endswith("а"), grade, letter)


NAMES = st.one_of(
    st.tuples(
        st.sampled_from(["Ильин", "Королёв", "Салтыков-Щедрин", "Мирзоев", "Ан", "Зыков", "Подъячев", "Ткачук"]),
        st.sampled_from(["Даниил", "Пётр", "Тимур", "Лев", "Семён"]),
        st.sampled_from(["Евгеньевич", "Ильич", "Рустам оглы", ""]),
    ),
    st.tuples(
        st.sampled_from(["Ильина", "Королёва", "Ольшанская", "Фёдорова"]),
        st.sampled_from(["Алёна", "Вера", "Любовь"]),
        st.sampled_from(["Сергеевна", "Ильинична", "Эльдар кызы"]),
    ),
)
CHILDREN = st.lists(
    st.builds(
        child, NAMES, st.dates(date(2009, 1, 1), date(2019, 12, 31)), st.integers(1, 11), st.sampled_from("АБВГ")
    ),
    min_size=5,
    max_size=12,
    unique_by=lambda one: (one.surname.replace("ё", "е"), one.given.replace("ё", "е"), one.born),
)
Column = tuple[str, Callable[[Child], object]]
DATES: tuple[Callable[[date], object], ...] = (
    lambda day: day,
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day.day}.{day.month}.{day:%y}",
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: f"{day:%d.%m.%Y} г.",
)
GROUPS = ("{0}{1}", "{0} {1}", "{0}-{1}", "{0} «{1}»", '{0} "{1}" класс', "{0}{1} кл.")
NOISE: tuple[Column, ...] = (
    ("ФИО мамы", lambda one: f"{one.surname} Ольга Петровна"),
    ("Дата рождения матери", lambda _: "01.01.1990"),
    ("СНИЛС", lambda _: "000-000-000 00"),
    ("Дата зачисления", lambda _: "01.09.2020"),
    ("Адрес", lambda _: "ул. Мира, 5 А"),
    ("Телефон", lambda _: "8 900 000-00-00"),
    ("Классный руководитель", lambda _: "Панова Ольга Игоревна"),
    ("Группа здоровья", lambda _: 2),
)
TITLES = (
    [],
    [["МБОУ «СОШ № 12», г. Артёмовский"], [], ["Список обучающихся на 01.09.2026"]],
    [["Учебный год:", "2026/2027"], ["660102", "6602001122"]],
)
FOOTERS = ([], [[], ["Директор", "Черепанова Н. В."]], [["Итого:", 5], ["Классный руководитель", "Панова О. И."]])


@st.composite
def columns(draw: st.DrawFn) -> list[Column]:
    dated, group = draw(st.sampled_from(DATES)), draw(st.sampled_from(GROUPS))
    small = draw(st.booleans())
    names: list[list[Column]] = [
        [
            (
                draw(st.sampled_from(["ФИО", "Фамилия, имя, отчество", "Ф.И.О. ребёнка", "Обучающийся"])),
                lambda one: one.full,
            )
        ],
        [
            ("Фамилия", lambda one: one.surname),
            ("Имя", lambda one: one.given),
            ("Отчество", lambda one: one.patronymic),
        ],
        [
            ("Отчество", lambda one: one.patronymic),
            ("Имя", lambda one: one.given),
            ("Фамилия", lambda one: one.surname),
        ],
        [("ФАМИЛИЯ", lambda one: one.surname.upper()), ("Имя, отчество", lambda one: f"{one.given} {one.patronymic}")],
        [("Ученик", lambda one: f" {one.full.upper()} *")],
        [("Фамилия, имя", lambda one: f"{one.surname} {one.given}"), ("Отчество", lambda one: one.patronymic)],
    ]
    letter: Callable[[Child], str] = lambda one: one.letter.lower() if small else one.letter  # noqa: E731
    groups: list[list[Column]] = [
        [(draw(st.sampled_from(["Класс", "Кл.", "Класс/группа"])), lambda one: group.format(one.grade, letter(one)))],
        [("Параллель", lambda one: one.grade), ("Литера", letter)],
        [("Буква", letter), ("Класс", lambda one: one.grade)],
    ]
    sexes: list[list[Column]] = [
        [],
        [("Пол", lambda one: "м" if one.male else "ж")],
        [("Пол (м/ж)", lambda one: "Мужской" if one.male else "Женский")],
    ]
    born = draw(st.sampled_from(["Дата рождения", "Дата рожд.", "Д.р.", "Число, месяц, год рождения"]))
    parts = [draw(st.sampled_from(names)), draw(st.sampled_from(groups)), draw(st.sampled_from(sexes))]
    parts += [[(born, lambda one: dated(one.born))], draw(st.lists(st.sampled_from(NOISE), max_size=3, unique_by=id))]
    made = [column for part in draw(st.permutations(parts)) for column in part]
    return [("№", lambda _: 1), *made] if draw(st.booleans()) else made


FORMATS: tuple[tuple[str, Callable[[Table], bytes]], ...] = (
    ("cp1251 ;", text),
    ("utf-8 ,", lambda table: text(table, ",", "utf-8")),
    ("utf-8-sig ;", lambda table: text(table, ";", "utf-8-sig", "\n")),
    ("utf-16 tab", lambda table: text(table, "\t", "utf-16")),
    ("cp866 ;", lambda table: text(table, ";", "cp866")),
    ("xlsx", lambda table: xlsx({"Лист1": table})),
    ("ods", lambda table: ods({"Лист1": table})),
    ("html", lambda table: html(html_table(table, "th"), "cp1251")),
    ("xml", lambda table: xml_2003({"Лист1": table})),
)


@often(1.5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    CHILDREN,
    columns(),
    st.sampled_from(FORMATS),
    st.sampled_from(TITLES),
    st.sampled_from(FOOTERS),
    st.booleans(),
)
def test_the_same_pupils_are_read_from_any_layout(
    tmp_path: Path,
    children: list[Child],
    columns: list[Column],
    form: tuple[str, Callable[[Table], bytes]],
    title: list[list[object]],
    footer: list[list[object]],
    header_again: bool,
) -> None:
    header: list[object] = [heading for heading, _ in columns]
    lines: list[list[object]] = [[cell(one) for _, cell in columns] for one in children]
    if header_again:
        lines.insert(2, header)
    path = tmp_path / "список"
    path.write_bytes(form[1]([*title, header, *lines, *footer]))
    roster = recognise(roster_file.read(path), TODAY)
    assert roster.refused == ()
    with_sex = any(heading.startswith("Пол") for heading, _ in columns)
    assert [
        (one.name.surname, one.name.given, one.name.patronymic, one.birth_date, one.group and one.group.title, one.sex)
        for one in roster.pupils
    ] == [
        (
            one.surname,
            one.given,
            one.patronymic or None,
            one.born,
            f"{one.grade} «{one.letter}»",
            ("м" if one.male else "ж") if with_sex else None,
        )
        for one in children
    ]

"""Class lists as schools, journals and kindergartens write them, with what a person reads there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from roster_makers import docx, html, html_table, ods, text, xlsx, xml_2003

ILYIN = "Ильин Даниил Евгеньевич|2014-02-05"
KOROLEVA = "Королёва Алёна Сергеевна|2014-11-30"
AN = "Ан Вера|2013-12-01"
MIRZOEV = "Мирзоев Тимур Рустам оглы|2014-07-19"


@dataclass(frozen=True)
class Case:
    """``pupils`` are «Фамилия Имя Отчество|date|sex|group», sex and group left out where there are none;

    the first two words are surname and given name. ``refused`` are lines with their reasons.
    """

    name: str
    data: bytes
    pupils: tuple[str, ...]
    refused: tuple[tuple[int, str], ...] = ()


def of(group: str, *people: str, sex: str = "") -> tuple[str, ...]:
    return tuple(f"{one}|{sex}|{group}" for one in people)


def with_sex(group: str) -> tuple[str, ...]:
    return (f"{ILYIN}|м|{group}", f"{KOROLEVA}|ж|{group}", f"{AN}|ж|{group}", f"{MIRZOEV}|м|{group}")


THREE = [
    ["Ильин", "Даниил", "Евгеньевич", "05.02.2014"],
    ["Королёва", "Алёна", "Сергеевна", "30.11.2014"],
    ["Ан", "Вера", "", "01.12.2013"],
    ["Мирзоев", "Тимур", "Рустам оглы", "19.07.2014"],
]
ONE = [
    ["Ильин Даниил Евгеньевич", "05.02.2014"],
    ["Королёва Алёна Сергеевна", "30.11.2014"],
    ["Ан Вера", "01.12.2013"],
    ["Мирзоев Тимур Рустам оглы", "19.07.2014"],
]
ALL = (ILYIN, KOROLEVA, AN, MIRZOEV)
TABLE_ONE = [["ФИО", "Дата рождения"], *ONE]

CASES = (
    Case(
        "tab separated, UTF-16, three columns, class with a quoted letter",
        text([["Фамилия", "Имя", "Отчество", "Д.р.", "Класс"], *([*row, '6 "А"'] for row in THREE)], "\t", "utf-16"),
        of("6 «А»", *ALL),
    ),
    Case(
        "UTF-16 without a mark",
        text([["Ф.И.О.", "Дата рождения", "Кл."], *([*row, "6А"] for row in ONE)], "\t", "utf-16-le"),
        of("6 «А»", *ALL),
    ),
    Case(
        "commas with quotes, Latin letter of the class, UTF-8 with a mark",
        text(
            [["Класс", "Фамилия, имя", "Дата рождения"], *(["6A", row[0], row[1]] for row in ONE)],
            ",",
            "utf-8-sig",
            "\n",
        ),
        of("6 «А»", *ALL),
    ),
    Case(
        "surname and given name in one cell with a comma",
        text(
            [["Ученик", "День рождения"], ["Ильин, Даниил Евгеньевич", "5.2.14"], ["Ан, Вера", "1.12.13"]], ",", "utf-8"
        ),
        of("", ILYIN, AN),
    ),
    Case(
        "no header at all",
        text([[number, row[0], row[1], "6-а"] for number, row in enumerate(ONE, 1)]),
        of("6 «А»", *ALL),
    ),
    Case("no header, three columns", text([[*row, "6А"] for row in THREE], ";", "utf-8"), of("6 «А»", *ALL)),
    Case("no header, dates first", text([[row[3], *row[:3]] for row in THREE], "\t", "cp866"), of("", *ALL)),
    Case(
        "one cell to a line, number, name and date",
        "\n".join(f"{number}. {row[0]} {row[1]}" for number, row in enumerate(ONE, 1)).encode(),
        of("", *ALL),
    ),
    Case(
        "class in a title over several cells, region code, organisation",
        xlsx(
            {
                "Лист1": [
                    ["Дата формирования:", "01.09.2026"],
                    ["660102", "6602001122"],
                    ["МБОУ «Средняя общеобразовательная школа № 12»"],
                    ["Класс:", "6А", None, "Классный руководитель:", "Брагина Н. П."],
                    [],
                    ["№ п/п", "ФИО обучающегося", "Дата рождения", "Пол"],
                    *([n, row[0], row[1], sex] for n, (row, sex) in enumerate(zip(ONE, "МЖЖМ", strict=True), 1)),
                    [None, "Всего:", 4],
                    [None, "Директор школы", "Черепанова Н. В."],
                ]
            }
        ),
        with_sex("6 «А»"),
    ),
    Case(
        "two classes on one sheet under merged titles, header repeated, footers between",
        xlsx(
            {
                "Списки": [
                    ["Списки классов на 2026/2027 учебный год", None, None],
                    ["7 «А» класс", None, None],
                    ["№", "Фамилия, имя, отчество", "Дата рождения"],
                    [1, *ONE[0]],
                    [2, *ONE[1]],
                    ["Итого: 2", None, None],
                    ["Классный руководитель: Панова Ольга Игоревна", None, None],
                    ["7 «Б» класс", None, None],
                    ["№", "Фамилия, имя, отчество", "Дата рождения"],
                    [1, *ONE[2]],
                    [2, *ONE[3]],
                    ["Итого: 2", None, None],
                ]
            },
            {"Списки": ["A1:C1", "A2:C2", "A8:C8", "A6:C6", "A7:C7"]},
        ),
        (*of("7 «А»", ILYIN, KOROLEVA), *of("7 «Б»", AN, MIRZOEV)),
    ),
    Case(
        "two classes, titles between the lines without a header of their own",
        text([["ФИО", "Дата рождения"], ["5А"], *ONE[:2], ["5 б класс"], *ONE[2:]]),
        (*of("5 «А»", ILYIN, KOROLEVA), *of("5 «Б»", AN, MIRZOEV)),
    ),
    Case(
        "double header: names under one heading, parents with the same words",
        xlsx(
            {
                "Sheet1": [
                    ["№", "Обучающийся", None, None, "Мать", None, None, "Класс", "Дата рождения"],
                    [None, "Фамилия", "Имя", "Отчество", "Фамилия", "Имя", "Отчество", None, None],
                    *(
                        [n, *row[:3], row[0], "Ольга", "Ивановна", "10 соц-эк", row[3]]
                        for n, row in enumerate(THREE, 1)
                    ),
                ]
            },
            {"Sheet1": ["A1:A2", "B1:D1", "E1:G1", "H1:H2", "I1:I2"]},
        ),
        of("10 «соц-эк»", *ALL),
    ),
    Case(
        "double header without merged cells, parents first",
        text(
            [
                ["Сведения о матери", "", "Сведения об учащемся", "", "", ""],
                ["Фамилия", "Имя", "Фамилия", "Имя", "Отчество", "Дата рождения"],
                *([row[0], "Ольга", *row] for row in THREE),
            ]
        ),
        of("", *ALL),
    ),
    Case(
        "numbers of the columns under the header, mother before the child",
        html(
            "<p>Приложение 1</p><div>Список обучающихся 3 «В» класса</div>"
            + html_table(
                [
                    ["№", "ФИО матери", "ФИО ребёнка", "Дата рождения матери", "Дата рождения ребёнка"],
                    ["1", "2", "3", "4", "5"],
                    *([n, "Иванова Ольга Петровна", row[0], "01.01.1985", row[1]] for n, row in enumerate(ONE, 1)),
                ],
                "th",
            ),
            "cp1251",
        ),
        of("3 «В»", *ALL),
    ),
    Case(
        "html in UTF-16 with merged class cells and entities",
        html(
            "<table><tr><th>Класс</th><th>Ф. И. О.</th><th>Дата&nbsp;рождения</th></tr>"
            "<tr><td rowspan=2>8&nbsp;&laquo;Г&raquo;</td>"
            "<td>Ильин&nbsp;Даниил<br>Евгеньевич</td><td>05.02.2014</td></tr>"
            "<tr><td>Королёва Алёна Сергеевна</td><td>30.11.2014</td></tr>"
            "<tr><td>8Д</td><td>Ан Вера</td><td>01.12.2013</td></tr></table>",
            "utf-16",
            "unicode",
        ),
        (*of("8 «Г»", ILYIN, KOROLEVA), *of("8 «Д»", AN)),
    ),
    Case(
        "html with a table inside a table for the letterhead",
        html(
            "<table><tr><td><table><tr><td>МАОУ СОШ № 9</td></tr><tr><td>Класс 9Т2</td></tr></table></td></tr>"
            "<tr><td>"
            + html_table(
                [["№", "Учащийся", "Пол", "Дата рождения"], ["1", "Ильин Даниил Евгеньевич", "муж.", "2014-02-05"]]
            )
            + "</td></tr></table>"
        ),
        (f"{ILYIN}|м|9 «Т2»",),
    ),
    Case(
        "xml of Excel 2003 from an accounting program",
        xml_2003(
            {
                "TDSheet": [
                    ["Список обучающихся"],
                    ["Фамилия", "Имя", "Отчество", "Пол", "Дата рождения", "Класс"],
                    ["Ильин", "Даниил", "Евгеньевич", "Мужской", date(2014, 2, 5), "6А"],
                    ["Королёва", "Алёна", "Сергеевна", "Женский", 41973, "6А"],
                ]
            }
        ),
        (f"{ILYIN}|м|6 «А»", f"{KOROLEVA}|ж|6 «А»"),
    ),
    Case(
        "ods, a sheet per class, dates as text and as dates",
        ods(
            {
                "6А": [["Список"], ["ФИО", "Дата рождения"], [ONE[0][0], date(2014, 2, 5)], ONE[1]],
                "6 б кл.": [["ФИО", "Дата рождения"], ["Ан Вера", "1 декабря 2013 г."], [ONE[3][0], "19/07/2014"]],
            }
        ),
        (*of("6 «А»", ILYIN, KOROLEVA), *of("6 «Б»", AN, MIRZOEV)),
    ),
    Case(
        "grade and letter apart, serial dates, hidden sheet of last year",
        xlsx(
            {
                "Контингент": [
                    ["Литера", "Класс", "Отчество", "Имя", "Фамилия", "Дата рожд.", "Пол", "Дата зачисления"],
                    ["A", 6, "Евгеньевич", "Даниил", "Ильин", 41675, "м", "01.09.2020"],
                    ["а", 6, "Сергеевна", "Алёна", "Королёва", 41973, "ж", "01.09.2020"],
                ],
                "Старый": [["ФИО", "Дата рождения"], ["Панов Лев", "01.01.2014"]],
            },
            hidden=["Старый"],
        ),
        (f"{ILYIN}|м|6 «А»", f"{KOROLEVA}|ж|6 «А»"),
    ),
    Case(
        "class written once for its lines, merged",
        xlsx(
            {
                "Л": [
                    ["Класс", "ФИО", "Дата рождения"],
                    ["5А", *ONE[0]],
                    [None, *ONE[1]],
                    ["5Б", *ONE[2]],
                    [None, *ONE[3]],
                ]
            },
            {"Л": ["A2:A3", "A4:A5"]},
        ),
        (*of("5 «А»", ILYIN, KOROLEVA), *of("5 «Б»", AN, MIRZOEV)),
    ),
    Case(
        "class written once for its lines, not merged",
        text(
            [
                ["Класс", "ФИО", "Дата рождения"],
                ["5А", *ONE[0]],
                ["", *ONE[1]],
                ["", "Панов Лев", "02.03.2014"],
                ["5Б", *ONE[2]],
                ["", *ONE[3]],
                ["", "Тимин Глеб", "03.03.2014"],
            ]
        ),
        (*of("5 «А»", ILYIN, KOROLEVA, "Панов Лев|2014-03-02"), *of("5 «Б»", AN, MIRZOEV, "Тимин Глеб|2014-03-03")),
    ),
    Case(
        "two lines to a pupil for mother and father, the pupil's cells merged",
        xlsx(
            {
                "6В": [
                    ["№", "ФИО ребёнка", "Дата рождения", "Родители"],
                    [1, *ONE[0], "Ильина Анна"],
                    [None, None, None, "Ильин Пётр"],
                    [2, *ONE[1], "Королёва Инна"],
                    [None, None, None, "Королёв Олег"],
                ]
            },
            {"6В": ["A2:A3", "B2:B3", "C2:C3", "A4:A5", "B4:B5", "C4:C5"]},
        ),
        of("6 «В»", ILYIN, KOROLEVA),
    ),
    Case(
        "every column merged over two, as report programs do",
        xlsx(
            {
                "TDSheet": [
                    ["Класс: 6А", None, None, None, None],
                    ["№", "Учащийся", None, "Дата рождения", None],
                    *([n, row[0], None, row[1], None] for n, row in enumerate(ONE, 1)),
                ]
            },
            {"TDSheet": [f"{a}{row}:{b}{row}" for row in range(2, 7) for a, b in ("BC", "DE")]},
        ),
        of("6 «А»", *ALL),
    ),
    Case(
        "names in three columns under one heading",
        text([["№", "ФИО", "", "", "Дата рождения"], *([n, *row] for n, row in enumerate(THREE, 1))]),
        of("", *ALL),
    ),
    Case(
        "given name first, by the heading and by the words",
        text([["Имя, фамилия", "Дата рождения"], ["Даниил Ильин", "05.02.2014"], ["Вера Ан", "01.12.2013"]]),
        of("", "Ильин Даниил|2014-02-05", AN),
    ),
    Case(
        "given name, patronymic, surname in one cell",
        text(
            [
                ["Ребёнок", "Родился"],
                ["Даниил Евгеньевич Ильин", "05.02.2014"],
                ["Алёна Сергеевна Королёва", "30.11.2014"],
            ]
        ),
        of("", ILYIN, KOROLEVA),
    ),
    Case(
        "given name and patronymic in one column",
        text(
            [
                ["Имя Отчество", "Фамилия", "Дата рождения"],
                ["Даниил Евгеньевич", "Ильин", "05.02.2014"],
                ["Вера", "Ан", "01.12.2013"],
            ]
        ),
        of("", ILYIN, AN),
    ),
    Case(
        "kindergarten: groups in a column, given by the words people use",
        text(
            [
                ["Группа", "Ф.И. ребенка", "Дата рождения", "Группа здоровья", "ФИО мамы"],
                ['подготовительная "Солнышко"', "Ильин Даниил", "05.02.2020", "1", "Ильина Анна"],
                ["Солнышко", "Ан Вера", "01.12.2020", "2", "Ан Юлия"],
                ["старшая группа «Ромашка»", "Панов Лев", "03.03.2021", "1", "Панова Инна"],
            ],
            ";",
            "utf-8",
        ),
        (
            "Ильин Даниил|2020-02-05||Подготовительная «Солнышко»",
            "Ан Вера|2020-12-01||Группа «Солнышко»",
            "Панов Лев|2021-03-03||Старшая «Ромашка»",
        ),
    ),
    Case(
        "kindergarten: group in the title in another case of the word",
        xlsx(
            {
                "Лист1": [
                    ["МБДОУ «Детский сад № 5 «Ромашка»"],
                    ["Список детей подготовительной к школе группы «Солнышко» на 2026-2027 уч. год"],
                    ["№", "ФИ ребёнка", "Дата рождения", "Домашний адрес", "Ф.И.О. родителей"],
                    [1, "Ильин Даниил", date(2020, 2, 5), "ул. Мира, 5", "Ильина Анна Петровна"],
                    [2, "Ан Вера", date(2020, 12, 1), "ул. Мира, 6", "Ан Юлия Олеговна"],
                    [None, "Воспитатели: Зыкова А. А., Панова О. И."],
                ]
            }
        ),
        of("Подготовительная «Солнышко»", "Ильин Даниил|2020-02-05", "Ан Вера|2020-12-01"),
    ),
    Case(
        "twins and namesakes stay two, a repeat is refused",
        text(
            [
                ["ФИО", "Дата рождения", "Класс"],
                ["Ильин Даниил Евгеньевич", "05.02.2014", "6А"],
                ["Ильин Кирилл Евгеньевич", "05.02.2014", "6А"],
                ["Ильин Даниил Петрович", "05.02.2014", "6Б"],
                ["ИЛЬИН ДАНИИЛ ЕВГЕНЬЕВИЧ", "5 февраля 2014", "6Б"],
                ["Королева Алена Сергеевна", "30.11.2014", "6А"],
                ["Королёва Алёна", "30.11.2014", "6А"],
            ]
        ),
        (
            f"{ILYIN}||6 «А»",
            "Ильин Кирилл Евгеньевич|2014-02-05||6 «А»",
            "Ильин Даниил Петрович|2014-02-05||6 «Б»",
            "Королева Алена Сергеевна|2014-11-30||6 «А»",
        ),
        ((5, "Повтор строки 2"), (7, "Повтор строки 6")),
    ),
    Case(
        "bad lines with their reasons",
        text(
            [
                ["Список класса"],
                ["Фамилия", "Имя", "Отчество", "Дата рождения", "Класс"],
                ["Ильин", "Даниил", "Евгеньевич", "05.02.2014", "6А"],
                ["", "Вера", "", "01.12.2013", "6А"],
                ["Панов", "", "", "01.12.2013", "6А"],
                ["", "", "", "01.12.2013", "6А"],
                ["Зыков", "Глеб", "", "", "6А"],
                ["Зыков", "Г.", "", "01.12.2013", "6А"],
                ["Зыков", "Глеб1", "", "01.12.2013", "6А"],
                ["Зыков", "Глеб", "", "29.02.2013", "6А"],
                ["Зыков", "Глеб", "", "05.14.2013", "6А"],
                ["Зыков", "Глеб", "", "скоро", "6А"],
                ["Зыков", "Глеб", "", "11.2013", "6А"],
                ["Зыков", "Глеб", "", "01.12.2026", "6А"],
                ["Зыков", "Глеб", "", "01.12.1913", "6А"],
                ["Зыков", "Глеб", "", "01.12.2013", "12А"],
                ["Зыков", "Глеб", "", "01.12.2013", "выбыл"],
                ["Зыков", "Глеб", "", "01.12.2013", ""],
                ["Зыков", "Глеб", "выбыл", "01.12.2013", "6А"],
            ]
        ),
        (f"{ILYIN}||6 «А»",),
        (
            (4, "Нет фамилии"),
            (5, "Нет имени"),
            (6, "Нет фамилии и имени"),
            (7, "Нет даты рождения"),
            (8, "Имя не полностью: «Зыков Г.»"),
            (9, "В имени цифры: «Глеб1»"),
            (10, "Нет такой даты: 29 февраля 2013"),
            (11, "Нет 14-го месяца"),
            (12, "Дата рождения не понята: «скоро»"),
            (13, "Не хватает дня рождения: «11.2013»"),
            (14, "Дата рождения 01.12.2026 ещё не наступила"),
            (15, "Год рождения 1913: для ученика слишком давно"),
            (16, "Нет 12-го класса"),
            (17, "Класс не понят: «выбыл»"),
            (18, "Не указан класс"),
            (19, "Лишнее слово после имени: «выбыл»"),
        ),
    ),
    Case(
        "a list without dates is refused line by line",
        text([["№", "ФИО", "Класс"], [1, "Ильин Даниил", "6А"], [2, "Ан Вера", "6А"]]),
        (),
        ((2, "Нет даты рождения"), (3, "Нет даты рождения")),
    ),
    Case(
        "Latin look-alikes, no-break and hidden spaces, decomposed letters, marks and brackets",
        text(
            [
                ["ФИO", "Дaта рождения", "Клacc"],
                ["Ильин\u00a0Дaниил  Евгеньевич*", "05.02.2014\u200b", "6\u00a0A"],
                ["Коро\u0301лёва".replace("\u0301", "") + " Але\u0308на Сергеевна (ОВЗ)", " 30.11.2014г.", "6 «a»"],
                ["2) Ан Вера", "1.12.2013 0:00:00", "6-A кл"],
            ],
            ";",
            "utf-8",
        ),
        of("6 «А»", ILYIN, KOROLEVA, AN),
    ),
    Case(
        "journal export: group of marks, statuses, logins, two date columns",
        text(
            [
                [
                    "ID",
                    "Логин",
                    "Фамилия",
                    "Имя",
                    "Отчество",
                    "Пол",
                    "Дата рождения",
                    "Дата поступления",
                    "Класс",
                    "Родители",
                    "Роль",
                ],
                *(
                    [1000 + n, f"user{n}", *row[:3], sex, row[3], "01.09.2021", "6-а", "Иванова Анна", "Ученик"]
                    for n, (row, sex) in enumerate(zip(THREE, ("Мужской", "Женский", "жен", "М"), strict=True))
                ),
            ],
            ",",
            "utf-8-sig",
        ),
        with_sex("6 «А»"),
    ),
    Case(
        "headings without words for names and dates",
        text(
            [
                ["№", "", "", "Класс", "Пол"],
                *([n, *row, "6А", sex] for n, (row, sex) in enumerate(zip(ONE, "мжжм", strict=True), 1)),
            ]
        ),
        with_sex("6 «А»"),
    ),
    Case(
        "footers with dates and signatures, blank lines, a note with a star",
        text(
            [
                ["Список учащихся 6А класса"],
                [],
                ["№", "ФИО", "Дата рождения", "Примечание"],
                [1, *ONE[0], ""],
                [],
                [2, *ONE[1], "* дом. обучение"],
                ["", "* - обучаются на дому", "", ""],
                ["", "Мальчиков: 1", "девочек: 1", ""],
                ["", "Директор", "Черепанова Н. В.", "01.09.2026"],
                ["", "Черепанова Нина Васильевна", "01.09.2026", ""],
                ["", "М.П.", "", ""],
            ]
        ),
        of("6 «А»", ILYIN, KOROLEVA),
    ),
    Case(
        "a quote that is never closed, a line of the separator",
        b"sep=;\r\n"
        + 'ФИО;Дата рождения;Класс\r\n"Ильин Даниил Евгеньевич;05.02.2014;6А\r\n'.encode("cp1251")
        + "".join(f"Ан Вера{'абвгдежзиклмнопрстуфхцчшщэюя'[n]};01.12.2013;6А\r\n" for n in range(25)).encode("cp1251")
        + "".join(f"Юй Анна{'абвгдежзиклмнопрстуфхцчшщэюя'[n]};01.12.2013;6А\r\n" for n in range(25)).encode("cp1251"),
        of(
            "6 «А»",
            ILYIN,
            *(f"Ан Вера{letter}|2013-12-01" for letter in "абвгдежзиклмнопрстуфхцчшщ"),
            *(f"Юй Анна{letter}|2013-12-01" for letter in "абвгдежзиклмнопрстуфхцчшщ"),
        ),
    ),
    Case(
        "two classes side by side, teachers in their titles, no header",
        xlsx(
            {
                "Лист1": [
                    ['1 "А" (кл. рук. Иванова М.П.)', None, None, None, '1 "Б" (кл. рук. Петрова Анна Сергеевна)'],
                    [1, *ONE[0], None, 1, *ONE[2]],
                    [2, *ONE[1], None, 2, *ONE[3]],
                ]
            },
            {"Лист1": ["A1:C1", "E1:G1"]},
        ),
        (*of("1 «А»", ILYIN, KOROLEVA), *of("1 «Б»", AN, MIRZOEV)),
    ),
    Case(
        "one class in two columns on a page, the title over the left one",
        text([["Список 4В класса"], ["№", "ФИО", "Д.р.", "№", "ФИО", "Д.р."], [1, *ONE[0], 3, *ONE[2]], [2, *ONE[1]]]),
        of("4 «В»", ILYIN, KOROLEVA, AN),
    ),
    Case(
        "parents and their dates beside the pupils are no further class",
        text(
            [
                ["Ильин Даниил", "05.02.2014", "Ильина Анна Петровна", "01.09.2021", "6А"],
                ["Королёва Алёна", "30.11.2014", "Королёв Олег Павлович", "02.09.2021", "6А"],
                ["Ан Вера", "01.12.2013", "Ан Юлия Олеговна", "03.09.2021", "6А"],
            ]
        ),
        of("6 «А»", "Ильин Даниил|2014-02-05", "Королёва Алёна|2014-11-30", AN),
    ),
    Case(
        "dates in every order and with Roman months, serial numbers beside numbers of files",
        text(
            [
                ["37201", "Ильин Даниил Евгеньевич", "2014, 5 февраля"],
                ["37202", "Королёва Алёна Сергеевна", "30.XI.2014"],
                ["37203", "Ан Вера", "01.12.13"],
                ["37204", "Мирзоев Тимур Рустам оглы", "41839"],
            ]
        ),
        of("", *ALL),
    ),
    Case(
        "American dates, told by one of them",
        text([["ФИО", "Дата рождения"], [ONE[0][0], "2/5/2014"], [ONE[1][0], "11/30/2014"], [ONE[2][0], "12/1/2013"]]),
        of("", ILYIN, KOROLEVA, AN),
    ),
    Case(
        "a title merged over names in parts and dates",
        xlsx({"Л": [["Список 8Б класса"], ["Фамилия", "Имя", "Отчество", "Д.р."], *THREE]}, {"Л": ["A1:D1"]}),
        of("8 «Б»", *ALL),
    ),
    Case(
        "the date of coming before that of birth, no header",
        text([[row[0], f"01.09.202{number}", row[1]] for number, row in enumerate(ONE)]),
        of("", *ALL),
    ),
    Case(
        "date and place of birth in one column",
        text(
            [
                ["ФИО", "Дата и место рождения"],
                [ONE[0][0], "05.02.2014, г. Артёмовский"],
                [ONE[1][0], "30.11.2014 г. Екатеринбург"],
            ]
        ),
        of("", ILYIN, KOROLEVA),
    ),
    Case(
        "one cell to a line, with a telephone",
        "\n".join(f"{number}. {row[0]} {row[1]} 8912345678{number}" for number, row in enumerate(ONE, 1)).encode(),
        of("", *ALL),
    ),
    Case(
        "boys and girls under subtitles",
        text([["5А"], ["Мальчики"], [1, *ONE[0]], [2, *ONE[3]], ["Девочки"], [1, *ONE[1]], [2, "Ан Вера", ""]]),
        of("5 «А»", ILYIN, MIRZOEV, KOROLEVA),
        ((7, "Нет даты рождения"),),
    ),
    Case(
        "zero bytes in a text",
        text(TABLE_ONE).replace("Вера".encode("cp1251"), "\0Вера".encode("cp1251")),
        of("", *ALL),
    ),
    Case(
        "a quote that is not closed to the end of a short list",
        'ФИО;Дата рождения\n"Ильин Даниил Евгеньевич;05.02.2014\nАн Вера;01.12.2013\n'.encode(),
        of("", ILYIN, AN),
    ),
    Case(
        "cells of several lines in quotes",
        b'"\xd4\xc8\xce";"\xc4.\xf0."\r\n' + '"Ильин\nДаниил\nЕвгеньевич";05.02.2014\r\n'.encode("cp1251"),
        of("", ILYIN),
    ),
    Case(
        "two tables of a Word document, each under its title",
        docx(
            [
                "Приложение 1",
                "Список 6А класса",
                [["№", "ФИО", "Дата рождения"], [1, *ONE[0]], [2, *ONE[1]]],
                "6 «Б» класс",
                [["№", "ФИО", "Дата рождения"], [1, *ONE[2]], [2, *ONE[3]]],
                "Директор Черепанова Н. В.",
            ]
        ),
        (*of("6 «А»", ILYIN, KOROLEVA), *of("6 «Б»", AN, MIRZOEV)),
    ),
    Case(
        "a class of one beside another, begun lower, with its own title, header and total",
        text(
            [
                ["1А"],
                ["ФИО", "Дата рождения"],
                [*ONE[0], '1 "Б" (кл. рук. Иванова М.П.)'],
                [*ONE[1], "ФИО", "Дата рождения"],
                ["Итого: 2", "", *ONE[2]],
                ["", "", "Итого: 1"],
            ]
        ),
        (*of("1 «А»", ILYIN, KOROLEVA), *of("1 «Б»", AN)),
    ),
)

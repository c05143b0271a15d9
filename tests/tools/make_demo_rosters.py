"""Writes the class lists of the demonstration school, the same every time; every name is made up.

Usage, from the project's root: python tests/tools/make_demo_rosters.py [FOLDER]
"""

from __future__ import annotations

import csv
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

SEED = 20261123
YEARS = (2025, 2026)
SCHOOL = "Школа, списки классов.csv"
KINDERGARTEN = "Детский сад, группы.csv"
_NAMES = json.loads((Path(__file__).parents[1] / "data" / "demo_names.json").read_text(encoding="utf-8"))
SURNAMES, OTHERS, FATHERS = _NAMES["surnames"], _NAMES["others"], _NAMES["fathers"]
BOYS, GIRLS = _NAMES["boys"], _NAMES["girls"]


@dataclass(frozen=True)
class Child:
    """``grade`` is that of 2026/27: 0 is the senior group, -1 the middle one, which is not on the lists."""

    surname: str
    given: str
    patronymic: str
    birth_date: date
    sex: str
    grade: int
    letter: str
    came: int
    left: int


def feminine(masculine: str) -> str:
    if masculine.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return masculine + "а"
    return masculine


def patronymic(chance: random.Random, sex: str) -> str:
    if chance.random() < 0.03:
        return ""
    father = chance.choice(FATHERS)
    if sex == "м":
        return father
    return "Ильинична" if father == "Ильич" else father.removesuffix("ич") + "на"


def child(chance: random.Random, grade: int, letter: str) -> Child:
    sex = chance.choice("мж")
    if chance.random() < 0.12:
        man, woman = chance.choice(OTHERS).split("/")
        surname = man if sex == "м" else woman
    else:
        surname = chance.choice(SURNAMES)
        surname = surname if sex == "м" else feminine(surname)
    first = date(2026 - 7 - max(grade, 0) + (1 if grade < 1 else 0), 9, 15)
    born = first + timedelta(days=chance.randrange(360))
    came = 2026 if chance.random() < 0.03 else 2025
    left = 2026 if came == 2025 and chance.random() < 0.03 else 9999
    given = chance.choice(BOYS if sex == "м" else GIRLS)
    return Child(surname, given, patronymic(chance, sex), born, sex, grade, letter, came, left)


def children() -> list[Child]:
    """Everyone of both years, without two of one name in the whole school."""
    chance = random.Random(SEED)  # noqa: S311 - made-up names need no secrecy
    made: list[Child] = []
    names: set[tuple[str, str, str]] = set()
    for grade in range(-1, 13):
        for letter in "АБ":
            size = chance.randrange(22, 28) if grade > 0 else chance.randrange(17, 21)
            for _ in range(size):
                one = child(chance, grade, letter)
                while (one.surname, one.given, one.patronymic) in names:
                    one = replace(one, surname=child(chance, grade, letter).surname)
                names.add((one.surname, one.given, one.patronymic))
                made.append(one)
    return made


def in_year(everyone: list[Child], year: int) -> Iterator[tuple[Child, int]]:
    """Who is on the lists of a school year, with the grade then; twelfth graders have left school."""
    for one in everyone:
        grade = one.grade - (2026 - year)
        if one.came <= year < one.left and -1 <= grade <= 11:
            yield one, grade


def school(everyone: list[Child], year: int) -> str:
    out = StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\r\n")
    rows.writerow(["Фамилия", "Имя", "Отчество", "Пол", "Дата рождения", "Класс", "Телефон"])
    there = [(grade, one) for one, grade in in_year(everyone, year) if grade > 0]
    for grade, one in sorted(there, key=lambda row: (row[0], row[1].letter, row[1].surname, row[1].given)):
        born = f"{one.birth_date:%d.%m.%Y}"
        sex = "Мужской" if one.sex == "м" else "Женский"
        rows.writerow([one.surname, one.given, one.patronymic, sex, born, f"{grade}{one.letter}", ""])
    return out.getvalue()


def kindergarten(everyone: list[Child], year: int) -> str:
    out = StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\r\n")
    rows.writerow([f"Детский сад, списки групп на 01.09.{year}"])
    rows.writerow(["Группа", "ФИО ребёнка", "Дата рождения", "ФИО мамы"])
    names = {(0, "А"): "Подготовительная «Солнышко»", (0, "Б"): "Подготовительная «Радуга»"}
    names |= {(-1, "А"): "Старшая «Ромашка»"}
    for (grade, letter), title in names.items():
        there = [one for one, then in in_year(everyone, year) if (then, one.letter) == (grade, letter)]
        for one in sorted(there, key=lambda pupil: (pupil.surname, pupil.given)):
            full = " ".join(part for part in (one.surname, one.given, one.patronymic) if part)
            rows.writerow([title, full, f"{one.birth_date:%d.%m.%Y}", ""])
    return out.getvalue()


def write(folder: Path) -> None:
    everyone = children()
    for year in YEARS:
        target = folder / f"{year}-{(year + 1) % 100}"
        target.mkdir(parents=True, exist_ok=True)
        (target / SCHOOL).write_bytes(school(everyone, year).encode("cp1251"))
        (target / KINDERGARTEN).write_bytes(kindergarten(everyone, year).encode("utf-8-sig"))


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("resources/demo"))

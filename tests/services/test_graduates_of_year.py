"""Graduates read, marked, taken back, written to files: every number equals a bare count in the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from kept_workspaces import create
from openpyxl import load_workbook
from pypdfium2 import PdfDocument
from sqlalchemy import text
from support import PASSWORD, YEAR

from profdesk.domain import graduates as domain
from profdesk.domain.access import NewUser
from profdesk.domain.batch import BatchKind
from profdesk.domain.graduates import GRADES, Demand, Met
from profdesk.domain.people import GroupName, Leave, LeaveReason, PersonName
from profdesk.domain.progress import silent
from profdesk.domain.register import PUPILS
from profdesk.domain.register_import import Fate
from profdesk.domain.registers_of_pupils import DESTINATIONS, PROFESSION_CHOICES
from profdesk.services import batches, demo, demo_graduates, demo_registers, graduates, pupils, registers
from profdesk.services.graduates import Graduation
from profdesk.storage.workspace import Session, Workspace

LAST = YEAR.previous
TODAY = date(2026, 11, 26)


@pytest.fixture
def school(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """Six who were in grade 9 a year ago, two of whom are in grade 10, and one who repeats; four of grade 11."""
    monkeypatch.setattr(pupils, "today", lambda: TODAY)
    owner = NewUser("Климова Татьяна Аркадьевна", "координатор", PASSWORD)
    made = create(tmp_path / "desk", owner).workspace
    demo_registers.fill(made, TODAY, silent)
    with made.unit(made.actor) as unit:
        nine = unit.pupils.ensure_group(GroupName("9 «А»", 9, "А"), "basic", LAST)
        eleven = unit.pupils.ensure_group(GroupName("11 «А»", 11, "А"), "secondary", LAST)
        ten = unit.pupils.ensure_group(GroupName("10 «А»", 10, "А"), "secondary", YEAR)
        again = unit.pupils.ensure_group(GroupName("9 «А»", 9, "А"), "basic", YEAR)
        ids = {
            name: unit.pupils.add(PersonName(name, "Вера", None), date(2010, 5, 6), None)
            for name in ("Ан", "Белова", "Гусева", "Ежова", "Жукова", "Зимина", "Ильина", "Ким", "Лис", "Мухина")
        }
        unit.pupils.enrol_all(list(ids.values())[:6], nine.id, LAST)
        unit.pupils.enrol_all(list(ids.values())[6:], eleven.id, LAST)
        unit.pupils.enrol_all([ids["Ан"], ids["Белова"]], ten.id, YEAR)
        unit.pupils.enrol(ids["Гусева"], again.id, YEAR)
        unit.pupils.leave([ids["Мухина"]], LAST, Leave(date(2025, 12, 1), LeaveReason.TRANSFERRED))
        left = [ids[name] for name in ("Ежова", "Жукова", "Зимина", "Ильина", "Ким", "Лис")]
        unit.pupils.leave(left, LAST, Leave(LAST.last_day, LeaveReason.GRADUATED))
    yield made
    made.close()


def names(found: Graduation) -> list[str]:
    return [one.leaver.name.split()[0] for one in found.graduates]


def read(school: Workspace, year: int | None = None) -> Graduation:
    return graduates.read(school, school.actor, year)


def load(school: Workspace, path: Path) -> None:
    registers.apply(school, school.actor, registers.preview(school, school.actor, DESTINATIONS, path))


def table(folder: Path, *lines: str) -> Path:
    path = folder / "выпуск.csv"
    head = "ФИО;После какого класса;Год выпуска;Куда;Колледж или вуз;Профессия"
    path.write_text("\n".join((head, *lines)), encoding="utf-8")
    return path


def test_everybody_who_finished_is_there_and_nobody_who_did_not(school: Workspace) -> None:
    found = read(school)
    assert (found.year, found.years) == (2026, (2026,))
    assert names(found) == ["Ан", "Белова", "Ежова", "Жукова", "Зимина", "Ильина", "Ким", "Лис"]
    assert [one.leaver.now for one in found.graduates][:3] == ["10 «А»", "10 «А»", ""]
    assert all(one.entry is None and one.met is None for one in found.graduates)


def test_who_was_in_no_class_of_the_year_is_named_by_what_is_written(school: Workspace, tmp_path: Path) -> None:
    load(
        school, table(tmp_path, "Мухина Вера;после 11 класса;2026;работа;;", "Гусева Вера;после 9 класса;2024;работа;;")
    )
    found = read(school)
    assert names(found)[-1] == "Мухина"
    assert found.years == (2026, 2024)
    (other,) = read(school, 2024).graduates
    assert (other.leaver.name, other.leaver.group) == ("Гусева Вера", "")


def test_many_are_marked_in_one_act_that_is_taken_back_after_a_restart(school: Workspace) -> None:
    stayed = [one for one in read(school).graduates if one.stayed]
    step, _ = graduates.mark(school, school.actor, stayed, "school")
    assert step.words == "10 класс, 2 выпускника"
    assert sum(one.kind == "school" for one in read(school).graduates) == 2
    act = batches.done(school, school.actor)[0]
    assert (act.kind, act.title) == (BatchKind.RECORD, "Куда пошли выпускники: 10 класс, 2 выпускника")
    batches.take_back(school, school.actor, act.id)
    assert all(one.entry is None for one in read(school).graduates)
    nothing, changes = graduates.mark(school, school.actor, [], "school")
    assert nothing.batch is None
    assert not changes.kinds


def test_wrong_lines_of_a_spreadsheet_are_told_in_sentences(school: Workspace, tmp_path: Path) -> None:
    path = table(
        tmp_path,
        "Ан Вера;после 9 класса;2026;10 класс;;",
        "Ан Вера;после 9 класса;1926;10 класс;;",
        "Неизвестнова Вера;после 9 класса;2026;10 класс;;",
        "Кошкина Вера;после 9 класса;лето;10 класс;;",
        "Белова Вера;после 9 класса;2026;на Луну;;",
        "Ежова Вера;после 9 класса;2026;;;",
        "Жукова Вера;после 9 класса;2026;колледж или техникум;Колледж, которого нет;",
    )
    lines = registers.preview(school, school.actor, DESTINATIONS, path).lines
    assert [line.fate for line in lines] == [Fate.NEW, *[Fate.REFUSED] * 6]
    told = [line.reason for line in lines[1:]]
    assert told[0] == "Год выпуска: от 2000 до 2099."
    assert "нет в списках" in told[1]
    assert told[2].startswith(("Ученик", "Год выпуска"))
    assert told[3].startswith("Куда: «на Луну» нет в списке: 10 класс, колледж или техникум")
    assert told[4] == "Заполните поле «Куда»."
    assert "нет в реестре" in told[5]


def test_the_workbook_is_filled_where_it_is_empty_and_taken_in_again(school: Workspace, tmp_path: Path) -> None:
    graduates.mark(school, school.actor, [one for one in read(school).graduates if one.stayed], "school")
    path = tmp_path / "выпуск.xlsx"
    graduates.export(school, school.actor, read(school), path)
    plan = registers.preview(school, school.actor, DESTINATIONS, path)
    assert [line.fate for line in plan.lines] == [Fate.SAME] * 2 + [Fate.REFUSED] * 6
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    assert heads[-1] == "Сравнение с намерением"
    for row in range(4, 10):
        sheet.cell(row, heads.index("Куда") + 1).value = "работа"
    book.save(path)
    load(school, path)
    assert [one.kind for one in read(school).graduates] == ["school"] * 2 + ["work"] * 6


def test_the_paper_names_nobody_unless_the_list_is_asked_for(school: Workspace) -> None:
    found = read(school)
    graduates.mark(school, school.actor, [one for one in found.graduates if one.stayed], "school")
    pages = {}
    for named in (False, True):
        with PdfDocument(graduates.paper(school, school.actor, read(school), named=named)) as pdf:
            pages[named] = [page.get_textpage().get_text_range() for page in pdf]
    assert len(pages[False]) == 1
    assert len(pages[True]) == 2
    assert pages[False][0].split()[:-4] == pages[True][0].split()[:-4]
    assert "После 9 класса: 5, записано 2" in pages[False][0].replace("\u00a0", " ")
    assert not any(one.leaver.name in pages[True][0] for one in found.graduates)
    assert all(one.leaver.name in pages[True][1] for one in found.graduates)


COUNTS = {
    "kind": """
        SELECT d.grade, d.kind, count(*) FROM destination d
        WHERE d.withdrawn_at IS NULL AND d.year = 2026 GROUP BY d.grade, d.kind
    """,
    "wanted": """
        SELECT d.grade, count(*) FROM destination d
        WHERE d.withdrawn_at IS NULL AND d.year = 2026 AND EXISTS (
            SELECT 1 FROM demand w WHERE w.withdrawn_at IS NULL AND w.profession = d.profession AND w.year = d.year
        ) GROUP BY d.grade
    """,
    "met": """
        SELECT d.grade, c.profession = d.profession, coalesce(c.reserve = d.profession, 0), count(*)
        FROM destination d JOIN profession_choice c ON c.pupil_id = d.pupil_id
        WHERE d.withdrawn_at IS NULL AND d.year = 2026 AND d.profession IS NOT NULL AND c.withdrawn_at IS NULL
        AND c.id = (
            SELECT l.id FROM profession_choice l
            WHERE l.pupil_id = d.pupil_id AND l.withdrawn_at IS NULL AND l.decided_on <= '2026-08-31'
            ORDER BY l.decided_on DESC, l.id DESC LIMIT 1
        ) GROUP BY 1, 2, 3
    """,
    "missing": """
        SELECT g.grade, count(*) FROM enrolment e JOIN study_group g ON g.id = e.group_id
        WHERE e.school_year = 2025 AND g.grade IN (9, 11) AND (e.left_on IS NULL OR e.left_reason = 'graduated')
        AND NOT EXISTS (
            SELECT 1 FROM destination d WHERE d.pupil_id = e.pupil_id AND d.withdrawn_at IS NULL
            AND d.grade = CASE g.grade WHEN 9 THEN 'nine' ELSE 'eleven' END
        )
        AND NOT EXISTS (
            SELECT 1 FROM enrolment n JOIN study_group m ON m.id = n.group_id
            WHERE n.pupil_id = e.pupil_id AND n.school_year = 2026 AND n.left_on IS NULL AND m.grade <= g.grade
        ) GROUP BY g.grade
    """,
}


@pytest.fixture
def filled(school: Workspace) -> Workspace:
    """The same school with the demonstration's lists of both years and what became of its graduates."""
    for year in (LAST, YEAR):
        for source in demo.lists(year):
            demo._import(school, source, year, lambda *_: None)
    demo_graduates.write(school, TODAY)
    return school


def test_every_number_is_a_bare_count(filled: Workspace) -> None:
    found = read(filled)
    both = {grade: domain.totals(found.graduates, grade) for grade in GRADES.values()}
    with Session(filled._engine) as session:
        rows = {name: [tuple(row) for row in session.execute(text(query))] for name, query in COUNTS.items()}
    kinds = {(grade, kind): number for grade, kind, number in rows["kind"]}
    assert len(kinds) > 5
    assert {(grade, kind): n for grade in both for kind, n in both[grade].kinds.items() if n} == kinds
    assert {grade: both[grade].demand[Demand.WANTED] for grade in both} == dict(rows["wanted"])
    met = {grade: dict.fromkeys((Met.INTENDED, Met.RESERVE, Met.OTHERWISE), 0) for grade in both}
    for grade, as_meant, as_reserve, number in rows["met"]:
        met[grade][Met.INTENDED if as_meant else Met.RESERVE if as_reserve else Met.OTHERWISE] += number
    assert {grade: {one: both[grade].met[one] for one in met[grade]} for grade in both} == met
    assert {grade: both[GRADES[grade]].missing for grade, _ in rows["missing"]} == dict(rows["missing"])
    assert sum(one.missing for one in both.values()) == sum(number for _, number in rows["missing"])


def test_the_demonstration_is_the_same_every_time(filled: Workspace) -> None:
    counts = registers.counts(filled, filled.actor)
    assert 60 <= counts["achievements"] <= 80
    found, before = read(filled), read(filled, 2025)
    assert {one.kind for one in before.graduates} == {"school"}
    assert {met for one in found.graduates if (met := one.met)} == set(Met)
    assert any(one.stayed for one in found.graduates)
    with filled.unit(filled.actor) as unit:
        entries = unit.registers.entries(DESTINATIONS) + unit.registers.entries(PROFESSION_CHOICES)
        there = {one.id for one in unit.pupils.all(YEAR)}
    assert {one.values["pupil_id"] for one in entries} <= there
    assert found.titles[PUPILS]

"""Registers: entries told apart, linked, withdrawn, undone; files out and in again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kept_workspaces import create
from support import PASSWORD

from profdesk.domain import register_import
from profdesk.domain.access import NewUser
from profdesk.domain.register import (
    PUPILS,
    Calendar,
    Entry,
    FieldKind,
    Register,
    Value,
    Values,
    check,
    shown,
    tidied,
    title,
)
from profdesk.domain.register_import import Fate
from profdesk.domain.registers import AGREEMENTS, ALL, PARTNERS, STAFF, TRAININGS, WEB_PAGES
from profdesk.domain.registers_of_work import DEMAND, PROFESSIONS
from profdesk.errors import WrongInputError
from profdesk.intake import roster_file
from profdesk.services import batches, registers
from profdesk.storage.models import PupilRow
from profdesk.storage.register_models import ROWS
from profdesk.storage.workspace import Workspace

COLLEGE: Values = {"name": "Артёмовский колледж", "kind": "college", "phone": "2-11-05"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Workspace]:
    made = create(tmp_path / "desk", NewUser("Иванова Анна", "завуч", PASSWORD))
    yield made.workspace
    made.workspace.close()


def partner(desk: Workspace) -> Entry:
    return registers.add(desk, desk.actor, PARTNERS, COLLEGE)[0]


def agreement(desk: Workspace, partner: Entry, **more: Value) -> Entry:
    values = {"number": "14", "partner": partner.id, "kind": "network", "signed_on": date(2024, 12, 12), **more}
    return registers.add(desk, desk.actor, AGREEMENTS, values)[0]


def entries(desk: Workspace, register: Register) -> tuple[Entry, ...]:
    return registers.book(desk, desk.actor, register).entries


def csv(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "реестр.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("code", ALL)
def test_every_field_has_its_column(code: str) -> None:
    columns = ROWS[code].__table__.columns
    service = {"id", "actor", "recorded_at", "withdrawn_at"}
    assert {column.name for column in columns} - service == {field.code for field in ALL[code].fields}
    for field in ALL[code].fields:
        column = columns[field.code]
        assert column.nullable == (field.nothing is None), field.code
        (target,) = [key.column.table for key in column.foreign_keys] or [None]
        linked = PupilRow if field.register == PUPILS else ROWS.get(field.register)
        assert target is (linked.__table__ if linked else None), field.code


def test_an_entry_is_written_changed_and_put_back(desk: Workspace) -> None:
    made = partner(desk)
    assert made.values["site"] == ""
    registers.change(desk, desk.actor, PARTNERS, made.id, {"phone": "2-11-06"})
    assert entries(desk, PARTNERS)[0].values["phone"] == "2-11-06"
    registers.withdraw(desk, desk.actor, PARTNERS, made.id)
    assert entries(desk, PARTNERS) == ()
    registers.put_back(desk, desk.actor, PARTNERS, made.id)
    assert [one.id for one in entries(desk, PARTNERS)] == [made.id]


def test_a_partner_with_agreements_stays(desk: Workspace) -> None:
    made = partner(desk)
    agreement(desk, made)
    with pytest.raises(WrongInputError, match="1 договор"):
        registers.withdraw(desk, desk.actor, PARTNERS, made.id)
    assert entries(desk, PARTNERS) == (made,)


def test_the_same_is_not_written_twice(desk: Workspace) -> None:
    partner(desk)
    with pytest.raises(WrongInputError, match="Уже записано"):
        registers.add(desk, desk.actor, PARTNERS, {**COLLEGE, "name": "АРТЕМОВСКИЙ  колледж"})


def test_impossible_days_and_blanks_are_told(desk: Workspace) -> None:
    made = partner(desk)
    with pytest.raises(WrongInputError, match="раньше"):
        agreement(desk, made, valid_until=date(2020, 1, 1))
    with pytest.raises(WrongInputError, match="проверьте год"):
        agreement(desk, made, signed_on=date(1204, 12, 12))
    with pytest.raises(WrongInputError, match="Номер"):
        agreement(desk, made, number="")
    assert entries(desk, AGREEMENTS) == ()


def test_professions_of_the_programme_are_there_and_can_be_linked(desk: Workspace) -> None:
    there = entries(desk, PROFESSIONS)
    assert len(there) == 11
    doctor = next(one for one in there if one.values["title"] == "сетевой врач")
    assert doctor.values["industry"] == "здравоохранение"
    registers.add(desk, desk.actor, DEMAND, {"profession": doctor.id, "year": 2026, "source": "центр занятости"})
    registers.change(desk, desk.actor, PROFESSIONS, there[0].id, {"pay": "от 60 000"})
    assert len(entries(desk, PROFESSIONS)) == 11
    assert registers.counts(desk, desk.actor)["professions"] == 11
    with pytest.raises(WrongInputError, match="называет программа"):
        registers.withdraw(desk, desk.actor, PROFESSIONS, doctor.id)


def test_a_file_is_read_line_by_line(desk: Workspace, tmp_path: Path) -> None:
    made = partner(desk)
    agreement(desk, made)
    path = csv(
        tmp_path,
        "Реестр договоров на 01.09.2026;;;;;",
        "№;Партнер;Вид;Дата;Срок действия;Куратор",
        "14;Артемовский колледж;о сетевом взаимодействии;12.12.2024;31.12.27;Петров",
        "15;артёмовский колледж;о сотрудничестве;1 сентября 2025 г.;;",
        "16;Завод;о сотрудничестве;01.09.2025;;",
        "17;Артёмовский колледж;о дружбе;01.09.2025;;",
        "15;Артёмовский колледж;о сотрудничестве;02.09.2025;;",
        "18;Артёмовский колледж;о сотрудничестве;31.02.2025;;",
    )
    plan = registers.preview(desk, desk.actor, AGREEMENTS, path)
    assert [one.fate.name for one in plan.lines] == ["CHANGED", "NEW", "REFUSED", "REFUSED", "REFUSED", "REFUSED"]
    assert plan.lines[0].changed == ("Действует до: — → 31.12.2027",)
    reasons = [one.reason for one in plan.lines[2:]]
    assert "«Завод» нет в реестре" in reasons[0]
    assert "нет в списке" in reasons[1]
    assert "в строке 4" in reasons[2]
    assert "дата не понята" in reasons[3]
    assert plan.passed_over == ("Куратор",)
    applied, _ = registers.apply(desk, desk.actor, plan)
    assert applied.words == "1 новая запись, 1 изменена"
    assert len(entries(desk, AGREEMENTS)) == 2
    assert applied.batch is not None
    batches.take_back(desk, desk.actor, applied.batch)
    (left,) = entries(desk, AGREEMENTS)
    assert left.values["valid_until"] is None


def test_lines_of_a_file_are_not_written_over_what_came_since(desk: Workspace, tmp_path: Path) -> None:
    path = csv(tmp_path, "Название;Кто это", "Артёмовский колледж;колледж", "Завод;предприятие")
    shown_before = registers.preview(desk, desk.actor, PARTNERS, path)
    partner(desk)
    with pytest.raises(WrongInputError, match="Реестр с тех пор изменился"):
        registers.apply(desk, desk.actor, shown_before)
    assert len(registers.book(desk, desk.actor, PARTNERS).entries) == 1
    applied, _ = registers.apply(desk, desk.actor, registers.preview(desk, desk.actor, PARTNERS, path))
    assert applied.new == 1


def test_nothing_links_to_what_is_no_longer_there(desk: Workspace, tmp_path: Path) -> None:
    made, changes = registers.add(desk, desk.actor, PARTNERS, COLLEGE)
    path = csv(tmp_path, "Номер;Партнёр;О чём;Подписан", "14;Артёмовский колледж;другой;01.09.2025")
    shown_before = registers.preview(desk, desk.actor, AGREEMENTS, path)
    batches.turn_back(desk, desk.actor, changes.batch or "")
    with pytest.raises(WrongInputError, match="Партнёр: такой записи больше нет"):
        agreement(desk, made)
    with pytest.raises(WrongInputError, match="Реестр с тех пор изменился"):
        registers.apply(desk, desk.actor, shown_before)


def test_a_table_of_something_else_is_refused(desk: Workspace, tmp_path: Path) -> None:
    with pytest.raises(WrongInputError, match="нет столбцов"):
        registers.preview(desk, desk.actor, PARTNERS, csv(tmp_path, "Фамилия;Имя", "Ан;Анна"))


@pytest.mark.parametrize("code", ALL)
def test_a_template_is_read_as_an_empty_register(code: str, tmp_path: Path) -> None:
    path = tmp_path / "образец.xlsx"
    registers.save_template(ALL[code], path)
    plan = register_import.plan(ALL[code], roster_file.read(path), path.name, (), {}, CALENDAR)
    assert plan.lines == ()
    assert plan.passed_over == ()


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=12)
CALENDAR = Calendar(date(2049, 12, 31), {})
DAYS = st.dates(date(1990, 1, 1), date(2049, 12, 31))


def values_of(register: Register) -> st.SearchStrategy[dict[str, Value]]:
    def of(kind: FieldKind, field_choices: tuple[str, ...]) -> st.SearchStrategy[Value]:
        if kind is FieldKind.DAY:
            return DAYS
        if kind is FieldKind.NUMBER:
            return st.integers(2000, 2000)
        if kind is FieldKind.FLAG:
            return st.booleans()
        return st.sampled_from(field_choices) if kind is FieldKind.CHOICE else WORDS

    fields = {one.code: of(one.kind, tuple(c.code for c in one.choices)) for one in register.fields}
    return st.fixed_dictionaries(fields)


@settings(max_examples=15)
@given(st.data())
@pytest.mark.parametrize("register", [PARTNERS, STAFF, WEB_PAGES], ids=lambda one: one.code)
def test_what_goes_out_comes_in_as_the_same(
    register: Register, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    made: list[Entry] = []
    for number, values in enumerate(data.draw(st.lists(values_of(register), min_size=1, max_size=6))):
        kept = tidied(register, values)
        if not check(register, kept, made, {}, CALENDAR):
            made.append(Entry(str(number), kept))
    path = tmp_path_factory.mktemp("out") / "реестр.xlsx"
    from profdesk.documents import register_xlsx

    path.write_bytes(register_xlsx.workbook(register, made, {}))
    plan = register_import.plan(register, roster_file.read(path), path.name, made, {}, CALENDAR)
    assert [one.fate for one in plan.lines] == [Fate.SAME] * len(made)


def test_words_of_an_entry(desk: Workspace) -> None:
    made = partner(desk)
    one = agreement(desk, made, valid_until=date(2024, 12, 12) + timedelta(days=365))
    found = registers.book(desk, desk.actor, AGREEMENTS)
    assert title(AGREEMENTS, one.values, found.titles) == "14, Артёмовский колледж"
    assert shown(AGREEMENTS.field("valid_until"), one.values["valid_until"], found.titles) == "12.12.2025"
    assert TRAININGS.counted(2) == "2 курса"


def test_numbers_of_entries_stand_by_their_size(desk: Workspace) -> None:
    made = partner(desk)
    for number in ("21", "3", "14", "7-п"):
        agreement(desk, made, number=number)
    assert [one.values["number"] for one in entries(desk, AGREEMENTS)] == ["3", "7-п", "14", "21"]

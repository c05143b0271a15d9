"""The verbs over a real workspace: all or nothing, refusals in words, numbers without gaps."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument
from support import FIRST, LINES, YEAR, listed

from profdesk import assets
from profdesk.domain.changes import Kind
from profdesk.domain.people import Group, GroupName
from profdesk.domain.portfolio import Cell, Mark
from profdesk.domain.roster import Fate, Field
from profdesk.domain.span import Span
from profdesk.domain.verification import Verdict
from profdesk.errors import CancelledError, NotFoundError, WrongInputError
from profdesk.services import certificates, files, keys, portfolio, programmes, pupils, roster, summary, verification
from profdesk.services import organisation as organisations
from profdesk.storage.workspace import Workspace


def fill(workspace: Workspace, group: Group, pupils_count: int) -> None:
    grid = portfolio.grid(workspace, workspace.actor, group.id, FIRST)
    marks = [
        Mark(Cell(pupil.id, item.code), 2) for pupil in grid.pupils[:pupils_count] for item in grid.competencies.items
    ]
    portfolio.set_stages(workspace, workspace.actor, FIRST, marks)


def test_second_import_is_the_same_and_a_corrected_one_updates(
    workspace: Workspace, group: Group, tmp_path: Path
) -> None:
    again = roster.preview(workspace, workspace.actor, listed(tmp_path, *LINES), YEAR)
    assert [line.fate for line in again.lines] == [Fate.SAME] * 3
    _, changes = roster.apply(workspace, workspace.actor, again)
    assert changes.batch is None
    corrected = [
        LINES[0].replace("02.06.2013", "03.06.2013"),
        LINES[1].replace("7А", "7Б"),
        "Елкина;Дарья;;27.09.2013;7А",
    ]
    plan = roster.preview(workspace, workspace.actor, listed(tmp_path, *corrected), YEAR)
    assert [line.fate for line in plan.lines] == [Fate.CHANGED, Fate.CHANGED, Fate.SAME]
    assert [change.field for line in plan.lines for change in line.changes] == ["Дата рождения", "Класс"]
    applied, changes = roster.apply(workspace, workspace.actor, plan)
    assert (applied.new, applied.changed, applied.same) == (0, 2, 1)
    assert changes.touches(Kind.PUPILS)
    everyone = pupils.pupils(workspace, workspace.actor, YEAR)
    assert [pupil.name.full for pupil in everyone] == [
        "Абрамова Полина Игоревна",
        "Белов Матвей Сергеевич",
        "Ёлкина Дарья Олеговна",
    ]
    assert everyone[0].birth_date == date(2013, 6, 3)
    assert everyone[1].group is not None
    assert everyone[1].group.name == GroupName("7 «Б»", 7, "Б")


def test_only_chosen_lines_are_written(workspace: Workspace, tmp_path: Path) -> None:
    plan = roster.preview(workspace, workspace.actor, listed(tmp_path, *LINES), YEAR)
    applied, _ = roster.apply(workspace, workspace.actor, plan, {("", 3, 0)})
    assert applied.new == 1
    assert [pupil.name.surname for pupil in pupils.pupils(workspace, workspace.actor, YEAR)] == ["Белов"]


def test_stopped_import_writes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    plan = roster.preview(workspace, workspace.actor, listed(tmp_path, *LINES), YEAR)

    def stop(done: int, total: int) -> None:
        if done == total:
            raise CancelledError

    with pytest.raises(CancelledError):
        roster.apply(workspace, workspace.actor, plan, progress=stop)
    assert pupils.pupils(workspace, workspace.actor, YEAR) == ()
    assert pupils.groups(workspace, workspace.actor, YEAR) == ()


def test_lines_without_a_class_are_refused_until_one_is_given(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "список.csv"
    path.write_text("ФИО;Дата рождения\nБелов Матвей;18.01.2013\n", encoding="utf-8")
    plan = roster.preview(workspace, workspace.actor, path, YEAR)
    assert [line.reason for line in plan.refused] == [roster.NO_GROUP]
    given = roster.preview(workspace, workspace.actor, path, YEAR, pupils.group_name("5б"))
    roster.apply(workspace, workspace.actor, given)
    assert [one.name.title for one in pupils.groups(workspace, workspace.actor, YEAR)] == ["5 «Б»"]


def test_columns_remembered_wrong_for_a_file_are_found_anew(workspace: Workspace, tmp_path: Path) -> None:
    with workspace.unit(workspace.actor) as unit:
        unit.roster_layouts.remember("фамилия|имя|отчество|дата рождения|класс", {3: Field.BIRTH_DATE})
    plan = roster.preview(workspace, workspace.actor, listed(tmp_path, *LINES), YEAR)
    assert len(plan.lines) == 3
    assert plan.remembered == frozenset()


def test_stages_outside_the_programme_are_refused(workspace: Workspace, group: Group) -> None:
    pupil = portfolio.grid(workspace, workspace.actor, group.id, FIRST).pupils[0].id
    for mark in (Mark(Cell(pupil, "planning"), 4), Mark(Cell(pupil, "juggling"), 1)):
        with pytest.raises(WrongInputError):
            portfolio.set_stages(workspace, workspace.actor, FIRST, [Mark(Cell(pupil, "planning"), 1), mark])
    assert portfolio.grid(workspace, workspace.actor, group.id, FIRST).stages == {}


def test_grid_tells_completeness_and_the_term_before(workspace: Workspace, group: Group) -> None:
    fill(workspace, group, 2)
    grid = portfolio.grid(workspace, workspace.actor, group.id, FIRST)
    assert [grid.completeness(pupil.id).complete for pupil in grid.pupils] == [True, True, False]
    assert portfolio.coverage(workspace, workspace.actor, YEAR) == {group.id: 2}


def test_certificates_are_numbered_sealed_and_registered(workspace: Workspace, group: Group, tmp_path: Path) -> None:
    fill(workspace, group, 2)
    there = certificates.candidates(workspace, workspace.actor, group.id)
    assert [one.completeness.complete for one in there] == [True, True, False]
    target = tmp_path / "7А.pdf"
    chosen = [one.pupil for one in there if one.completeness.complete]
    issued, changes = certificates.issue(workspace, workspace.actor, group.id, chosen, target)
    year = datetime.now(UTC).astimezone().year
    assert issued == [f"{year}-0001", f"{year}-0002"]
    assert changes.touches(Kind.CERTIFICATES)
    assert verification.verify(target).verdict is Verdict.TRUSTED


def test_failed_saving_takes_no_number(workspace: Workspace, group: Group, tmp_path: Path) -> None:
    there = [one.pupil for one in certificates.candidates(workspace, workspace.actor, group.id)]
    nowhere = tmp_path / "нет такой папки" / "7А.pdf"
    with pytest.raises(WrongInputError, match="сохранить"):
        certificates.issue(workspace, workspace.actor, group.id, there, nowhere)
    issued, _ = certificates.issue(workspace, workspace.actor, group.id, there, tmp_path / "7А.pdf")
    assert issued[0].endswith("-0001")


def test_nobody_chosen_is_told(workspace: Workspace, group: Group, tmp_path: Path) -> None:
    with pytest.raises(WrongInputError, match="хотя бы одного"):
        certificates.issue(workspace, workspace.actor, group.id, [], tmp_path / "7А.pdf")


def test_preview_takes_no_number(workspace: Workspace, group: Group, tmp_path: Path) -> None:
    pupil = certificates.candidates(workspace, workspace.actor, group.id)[0].pupil
    assert certificates.preview(workspace, workspace.actor, group.id, pupil).startswith(b"%PDF")
    assert certificates.register(workspace, workspace.actor) == []
    (number,) = certificates.issue(workspace, workspace.actor, group.id, [pupil], tmp_path / "7А.pdf")[0]
    assert number.endswith("-0001")


def test_summary_is_signed_registered_and_names_nobody(workspace: Workspace, group: Group, tmp_path: Path) -> None:
    fill(workspace, group, 2)
    third = portfolio.grid(workspace, workspace.actor, group.id, FIRST).pupils[2].id
    portfolio.set_stages(workspace, workspace.actor, FIRST, [Mark(Cell(third, "planning"), 1)])
    counted = summary.compute(workspace, workspace.actor, Span.of_year(YEAR))
    begun = next(figure for figure in counted.figures if figure.indicator.code == "accompaniment")
    assert (begun.numerator, begun.denominator) == (3, 3)
    readiness = next(figure for figure in counted.figures if figure.indicator.code == "basic-readiness")
    assert (readiness.numerator, readiness.denominator, readiness.shortage) == (2, 3, 1)
    target = tmp_path / "сводка.pdf"
    signed, _ = summary.sign(workspace, workspace.actor, counted, partial(files.write, target))
    again, _ = summary.sign(workspace, workspace.actor, counted, lambda _: None)
    year = datetime.now(UTC).year
    assert (signed.summary.number, again.summary.number) == (f"{year}/01", f"{year}/02")
    assert [one.number for one in summary.issued(workspace, workspace.actor, YEAR)] == [f"{year}/02", f"{year}/01"]
    answer = verification.verify(target)
    assert answer.verdict is Verdict.TRUSTED
    assert answer.key == keys.current(workspace, workspace.actor)
    with PdfDocument(BytesIO(signed.pdf)) as document:
        text = " ".join(page.get_textpage().get_text_bounded() for page in document)
        data = bytes(document.get_attachment(0).get_data()).decode()
    book = load_workbook(BytesIO(summary.workbook(counted)))
    cells = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    assert "готовность" in cells.lower()
    for pupil in pupils.pupils(workspace, workspace.actor, YEAR):
        for secret in (pupil.name.surname, pupil.name.given, pupil.id, f"{pupil.birth_date:%d.%m.%Y}"):
            assert secret not in text
            assert secret not in data
            assert secret not in cells


def test_group_is_found_as_people_type_it(workspace: Workspace, group: Group) -> None:
    for title in ("7а", "7-А", '7 "А"', "7 «А» класс", "7A"):
        assert pupils.group_called(workspace, workspace.actor, YEAR, title).id == group.id
    with pytest.raises(NotFoundError, match="Есть: 7 «А»"):
        pupils.group_called(workspace, workspace.actor, YEAR, "8а")


def test_group_is_found_by_a_part_of_its_title_that_no_other_has(workspace: Workspace, group: Group) -> None:
    actor = workspace.actor
    with workspace.unit(actor) as unit:
        for name in ("Подготовительная «Ёлочка»", "Подготовительная «Радуга»"):
            unit.pupils.ensure_group(GroupName(name), "preschool", YEAR)
    for title in ("ЁЛОЧКА", "елочка", "группа ёлочка", "«Елочка»", "подготовительная елочка"):
        assert pupils.group_called(workspace, actor, YEAR, title).name.title == "Подготовительная «Ёлочка»"
    for title in ("а", "7", "7 класс"):
        assert pupils.group_called(workspace, actor, YEAR, title).id == group.id
    with pytest.raises(WrongInputError, match="Подготовительная «Ёлочка», Подготовительная «Радуга»"):
        pupils.group_called(workspace, actor, YEAR, "подготовительная")
    for title in ("8а", "старшая ёлочка", "лоч", ""):
        with pytest.raises(NotFoundError, match="Есть: Подготовительная «Ёлочка»"):
            pupils.group_called(workspace, actor, YEAR, title)


def test_a_list_goes_into_the_group_that_is_meant_or_into_a_new_class(workspace: Workspace, group: Group) -> None:
    actor = workspace.actor
    with workspace.unit(actor) as unit:
        unit.pupils.ensure_group(GroupName("Подготовительная «Радуга»"), "preschool", YEAR)
    assert pupils.group_meant(workspace, actor, YEAR, "радуга").title == "Подготовительная «Радуга»"
    assert pupils.group_meant(workspace, actor, YEAR, "7").title == "7 класс"
    assert pupils.group_meant(workspace, actor, YEAR, "Старшая «Радуга»").title == "Старшая «Радуга»"
    with pytest.raises(WrongInputError, match="не похоже на класс"):
        pupils.group_meant(workspace, actor, YEAR, "ромашка")


def test_organisation_needs_its_names(workspace: Workspace) -> None:
    from dataclasses import replace

    there = organisations.get(workspace, workspace.actor)
    with pytest.raises(WrongInputError, match="название"):
        organisations.save(workspace, workspace.actor, replace(there, name=" "))
    assert organisations.get(workspace, workspace.actor) == there


def test_edited_programme_is_taken_only_when_sound(workspace: Workspace, tmp_path: Path) -> None:
    text = assets.resource("programmes", "artemovsky-2022-2025.toml").read_text(encoding="utf-8")
    path = tmp_path / "программа.toml"
    path.write_text(text.replace("target = 65", "target = 650"), encoding="utf-8")
    with pytest.raises(WrongInputError, match="строка"):
        programmes.choose(workspace, workspace.actor, path)
    path.write_text(text.replace("edition = 1\nbegins", "edition = 2\nbegins"), encoding="utf-8")
    programmes.choose(workspace, workspace.actor, path)
    assert programmes.current(workspace, workspace.actor).edition == 2

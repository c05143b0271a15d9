"""What a reference says of a pupil in a workspace: only what is recorded there, up to the current term."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from support import FIRST, LINES, SECOND, YEAR, listed, mark, organisation, pupil_ids

from profdesk.domain.access import Actor
from profdesk.domain.organisation import Organisation
from profdesk.domain.people import Group, Sex
from profdesk.domain.portfolio import Basis, Cell
from profdesk.domain.reference import Left
from profdesk.domain.school_year import Period
from profdesk.errors import CancelledError, WrongInputError
from profdesk.services import evidence, notes, portfolio, programmes, pupils, references, roster
from profdesk.services import organisation as organisations
from profdesk.storage.workspace import Workspace


@pytest.fixture
def pupil(workspace: Workspace, group: Group) -> str:
    return pupil_ids(workspace, group)[0]


def draft(workspace: Workspace, pupil: str, actor: Actor | None = None) -> references.Draft:
    return references.draft(workspace, actor or workspace.actor, pupil)


def at(workspace: Workspace, period: Period) -> Organisation:
    organisations.choose_period(workspace, workspace.actor, period)
    return organisations.get(workspace, workspace.actor)


def test_a_pupil_of_whom_nothing_is_recorded(workspace: Workspace, pupil: str) -> None:
    found = draft(workspace, pupil)
    assert [section.key for section in found.sections] == ["general", "portfolio", "purpose"]
    assert found.facts.sex is Sex.FEMALE
    assert found.facts.forms is not None
    assert found.facts.forms.accusative.full == "Абрамову Полину Игоревну"
    assert found.facts.teacher == ""


def test_stages_are_the_latest_of_the_year_and_compared_with_the_term_before(workspace: Workspace, pupil: str) -> None:
    mark(workspace, FIRST.previous, (pupil, "planning", 0), (pupil, "speech", 0))
    mark(workspace, FIRST, (pupil, "planning", 1), (pupil, "speech", 2), (pupil, "initiative", 3))
    mark(workspace, SECOND, (pupil, "planning", 3))
    at(workspace, SECOND)
    facts = draft(workspace, pupil).facts
    assert facts.stages == {"planning": 3, "speech": 2, "initiative": 3}
    assert facts.earlier == {"planning": 1, "speech": 2, "initiative": 3}
    assert facts.since == FIRST


def test_a_later_term_than_the_current_one_is_not_known_yet(workspace: Workspace, pupil: str) -> None:
    mark(workspace, FIRST.previous, (pupil, "planning", 0))
    mark(workspace, FIRST, (pupil, "planning", 1))
    mark(workspace, SECOND, (pupil, "planning", 3))
    at(workspace, FIRST)
    facts = draft(workspace, pupil).facts
    assert (facts.stages, facts.earlier, facts.since) == ({"planning": 1}, {"planning": 0}, FIRST.previous)


def test_a_year_not_begun_is_compared_with_nothing(workspace: Workspace, pupil: str) -> None:
    for period in (FIRST.previous.previous, FIRST.previous):
        mark(workspace, period, (pupil, "planning", 2))
    facts = draft(workspace, pupil).facts
    assert (facts.stages, facts.since) == ({}, None)


def test_what_pupils_and_parents_think_is_told_apart(workspace: Workspace, pupil: str) -> None:
    mark(workspace, FIRST, (pupil, "planning", 1))
    mark(workspace, FIRST, (pupil, "planning", 3), basis=Basis.SELF)
    mark(workspace, FIRST, (pupil, "planning", 2), basis=Basis.PARENTS)
    facts = draft(workspace, pupil).facts
    assert (facts.stages["planning"], facts.own["planning"], facts.parents["planning"]) == (1, 3, 2)
    assert facts.completeness.assessed == 1


def test_stages_taken_back_and_of_other_levels_do_not_count(workspace: Workspace, pupil: str) -> None:
    mark(workspace, FIRST, (pupil, "planning", 3), (pupil, "leadership", 3))
    mark(workspace, FIRST, (pupil, "planning", None))
    assert draft(workspace, pupil).facts.stages == {}


def test_files_and_notes_of_the_year(workspace: Workspace, pupil: str, tmp_path: Path) -> None:
    actor = workspace.actor
    for name in ("Проект.txt", "Грамота.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
        evidence.add(workspace, actor, pupil, "planning", FIRST, [tmp_path / name])
    evidence.add(workspace, actor, pupil, None, FIRST.previous, [tmp_path / "Проект.txt"])
    notes.write(workspace, actor, Cell(pupil, "planning"), FIRST, "ведёт тетрадь дел")
    notes.write(workspace, actor, Cell(pupil, "planning"), FIRST.previous, "давно")
    facts = draft(workspace, pupil).facts
    assert facts.evidence == ("Проект", "Грамота")
    assert facts.notes == (("planning", "ведёт тетрадь дел"),)


@pytest.mark.parametrize(
    ("post", "teacher"),
    [("Классный руководитель 7 «А»", "Седова Ольга Ивановна"), ("воспитатель", "Седова Ольга Ивановна"), ("завуч", "")],
)
def test_whoever_teaches_the_class_signs(workspace: Workspace, pupil: str, post: str, teacher: str) -> None:
    actor = replace(workspace.actor, name="Седова Ольга Ивановна", post=post)
    assert draft(workspace, pupil, actor).facts.teacher == teacher


def test_a_pupil_in_no_class_of_the_year(workspace: Workspace, pupil: str) -> None:
    at(workspace, Period(YEAR.previous, FIRST.term))
    with pytest.raises(WrongInputError, match="2025/26"):
        draft(workspace, pupil)


def test_a_programme_without_phrases_is_told_by_titles(workspace: Workspace, pupil: str, tmp_path: Path) -> None:
    with workspace.unit(workspace.actor) as unit:
        text = unit.programme.text()
    path = tmp_path / "другая.toml"
    path.write_text(text.replace('code = "artemovsky-2022-2025"', 'code = "other"'), encoding="utf-8")
    programmes.choose(workspace, workspace.actor, path)
    mark(workspace, FIRST, (pupil, "planning", 3))
    sections = {section.key: section.text for section in draft(workspace, pupil).sections}
    assert sections["strengths"] == "Компетенция «Планирование» находится на стадии «сформирована»."


def test_papers_of_a_draft(workspace: Workspace, pupil: str) -> None:
    one = references.as_left(draft(workspace, pupil))
    assert references.pdf(one).startswith(b"%PDF")
    assert references.docx(one).startswith(b"PK")
    assert references.filled(one, references.sample(one)).startswith(b"PK")
    values = {field.name: field.value for field in references.fields(one)}
    assert values["фио_дательный"] == "Абрамовой Полине Игоревне"
    assert values["класс"] == "7 «А»"


# -- a whole class ----------------------------------------------------------------------------------


def test_a_class_gets_a_file_each(workspace: Workspace, group: Group, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    folder = tmp_path / "Характеристики"
    folder.mkdir()
    written = references.write_class(
        workspace, workspace.actor, group.id, folder, progress=lambda done, total: seen.append((done, total))
    )
    assert [path.name for path in written] == [
        "Характеристика, Абрамова Полина.docx",
        "Характеристика, Белов Матвей.docx",
        "Характеристика, Ёлкина Дарья.docx",
    ]
    assert seen == [(1, 3), (2, 3), (3, 3)]
    words = [paragraph.text for paragraph in Document(str(written[1])).paragraphs]
    assert "Белова Матвея Сергеевича" in words


def test_a_class_is_put_into_the_schools_template(workspace: Workspace, group: Group, tmp_path: Path) -> None:
    sample = references.sample(references.as_left(draft(workspace, pupil_ids(workspace, group)[0])))
    written = references.write_class(workspace, workspace.actor, group.id, tmp_path, sample)
    (table,) = Document(str(written[0])).tables
    assert table.rows[0].cells[0].text == "Компетенция"


def test_what_was_edited_goes_in_as_it_was_left(workspace: Workspace, group: Group, tmp_path: Path) -> None:
    first, *_ = pupil_ids(workspace, group)
    edited = {first: {"general": Left(True, "Совсем другое.")}}
    written = references.write_class(
        workspace, workspace.actor, group.id, tmp_path, edited=edited, teacher="Седова Ольга Ивановна"
    )
    changed, untouched = ([line.text for line in Document(str(path)).paragraphs] for path in written[:2])
    assert changed[6] == "Совсем другое."
    assert "обучается в 7 «А» классе" in untouched[6]
    assert all(any(line.endswith("О.\u00a0И.\u00a0Седова") for line in lines) for lines in (changed, untouched))


def test_files_that_are_there_are_kept(workspace: Workspace, group: Group, tmp_path: Path) -> None:
    there = tmp_path / "Характеристика, Белов Матвей.docx"
    there.write_bytes(b"mine")
    written = references.write_class(workspace, workspace.actor, group.id, tmp_path)
    assert there.read_bytes() == b"mine"
    assert [path.name for path in written][1] == "Характеристика, Белов Матвей (2).docx"


def test_namesakes_get_files_of_their_own(workspace: Workspace, tmp_path: Path) -> None:
    lines = [*LINES, "Белов;Матвей;Олегович;19.01.2013;7А"]
    roster.apply(workspace, workspace.actor, roster.preview(workspace, workspace.actor, listed(tmp_path, *lines), YEAR))
    group = pupils.group_called(workspace, workspace.actor, YEAR, "7а")
    written = references.write_class(workspace, workspace.actor, group.id, tmp_path)
    assert len({path.name for path in written}) == 4


def test_stopping_keeps_what_is_written(workspace: Workspace, group: Group, tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done == 2:
            raise CancelledError

    with pytest.raises(CancelledError):
        references.write_class(workspace, workspace.actor, group.id, tmp_path, progress=stop)
    assert len(list(tmp_path.glob("Характеристика*.docx"))) == 2


def test_reading_writes_nothing(workspace: Workspace, group: Group, pupil: str) -> None:
    before = portfolio.grid(workspace, workspace.actor, group.id, FIRST)
    draft(workspace, pupil)
    assert portfolio.grid(workspace, workspace.actor, group.id, FIRST) == before
    assert organisations.get(workspace, workspace.actor).name == organisation().name

"""The facts for a choice from a real workspace: what of the psychologist is seen by whom, a class recorded at once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from diagnostic_school import TEACHER, TEACHERS_PASSWORD, add_class, add_teacher, new_workspace
from pypdfium2 import PdfDocument
from sqlalchemy import event
from sqlalchemy.engine import Engine
from support import YEAR

from profdesk.domain import choice_facts
from profdesk.domain.choice_facts import Facts
from profdesk.domain.choices import Standing
from profdesk.domain.people import GroupName, PersonName
from profdesk.domain.registers_of_pupils import (
    ACHIEVEMENTS,
    PROFESSION_CHOICES,
    PROFILE_CHOICES,
    PROFILE_STUDIES,
    PUPIL,
)
from profdesk.domain.talks import TalkEntry, TalkKind
from profdesk.errors import WrongInputError
from profdesk.services import batches, choices, pupils, registers, talks
from profdesk.storage import opening as storage
from profdesk.storage.workspace import Workspace

SPRING = date(2026, 4, 20)
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SECRET, TOLD = "тревожится из-за экзаменов", "Склонность к работе с людьми."


def add(workspace: Workspace, pupil: str, profile: str = "natural", day: date = SPRING, **more: object) -> str:
    values = {PUPIL: pupil, "decided_on": day, "profile": profile, "basis": "портфолио", **more}
    entry, _ = registers.add(workspace, workspace.actor, PROFILE_CHOICES, values)  # type: ignore[arg-type]
    return entry.id


def class_of(workspace: Workspace, grade: int, *surnames: str) -> str:
    with workspace.unit(workspace.actor) as unit:
        group = unit.pupils.ensure_group(GroupName(f"{grade} «А»", grade, "А"), "secondary", YEAR)
        for surname in surnames:
            made = unit.pupils.add(PersonName(surname, "Саша"), date(2010, 5, 6), None)
            unit.pupils.enrol(made, group.id, YEAR)
    return group.id


def everything(facts: Facts) -> str:
    """All words of the page."""
    private = choice_facts.private(facts)
    told = (*choice_facts.told(facts), *([private] if private else []))
    return " ".join(f"{line.words} {line.second}" for fact in told for line in fact.lines)


def on_paper(workspace: Workspace, facts: Facts) -> str:
    with PdfDocument(choices.sheet(workspace, workspace.actor, facts)) as document:
        assert len(document) == 1
        return " ".join(document[0].get_textpage().get_text_bounded().split())


@pytest.fixture
def psychologists(tmp_path: Path) -> Workspace:
    """A class, the first pupil of which talked to the psychologist, who has released one conclusion."""
    workspace = new_workspace(tmp_path / "школа")
    pupil = add_class(workspace)[0].id
    entry = TalkEntry(TalkKind.INTERVIEW, date(2026, 11, 20), pupil, reason="профиль", words=SECRET)
    talks.write(workspace, workspace.actor, entry)
    with workspace.unit(workspace.actor) as unit:
        unit.released.release(pupil, "sheet", date(2026, 11, 20), TOLD, NOW)
    add(workspace, pupil, wish="хочет строить мосты", interview="знает, где учат")
    return workspace


def test_what_the_psychologist_keeps_is_seen_by_psychologists_alone(psychologists: Workspace) -> None:
    pupil = pupils.pupils(psychologists, psychologists.actor, YEAR)[0].id
    facts = choices.facts(psychologists, psychologists.actor, pupil, YEAR)
    assert SECRET in everything(facts)
    assert SECRET not in on_paper(psychologists, facts)
    add_teacher(psychologists)
    opened = storage.open_workspace(psychologists.path, TEACHER.id, TEACHERS_PASSWORD)
    try:
        seen = choices.facts(opened, opened.actor, pupil, YEAR)
        assert seen.talks is None
        for words in (everything(seen), on_paper(opened, seen)):
            assert SECRET not in words
            for known in (TOLD, "хочет строить мосты", "знает, где учат"):
                assert known in words
    finally:
        opened.close()


def test_a_class_is_read_with_as_many_queries_however_many_pupils(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "школа")
    group = class_of(workspace, 9, "Ан")
    asked: list[str] = []

    def note(*args: object) -> None:
        asked.append(str(args[2]))

    def queries() -> int:
        asked.clear()
        event.listen(Engine, "before_cursor_execute", note)
        choices.groups(workspace, workspace.actor, YEAR)
        choices.of_group(workspace, workspace.actor, group)
        event.remove(Engine, "before_cursor_execute", note)
        return len(asked)

    before = queries()
    class_of(workspace, 9, *(f"Белов{number}" for number in range(20)))
    for one in pupils.pupils(workspace, workspace.actor, YEAR):
        add(workspace, one.id)
    assert before == queries() <= 22
    workspace.close()


def test_a_class_is_recorded_as_one_act_that_is_taken_back(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "школа")
    actor, group = workspace.actor, class_of(workspace, 10, "Ан", "Белов", "Власова")
    first, second, third = (one.id for one in choices.of_group(workspace, actor, group).pupils)
    add(workspace, first, "natural")
    add(workspace, second, "economic")
    step, changes = choices.study_as_chosen(workspace, actor, group)
    assert step.words == "10 «А», обучение 2 учеников по выбранному профилю"
    found = choices.of_group(workspace, actor, group)
    assert [found.of(one).standing(PROFILE_STUDIES) for one in (first, second, third)] == [
        Standing.KEPT,
        Standing.KEPT,
        Standing.NONE,
    ]
    assert choices.study_as_chosen(workspace, actor, group)[1].batch is None
    (act,) = batches.done(workspace, actor)
    assert (act.id, act.title) == (changes.batch, step.words)
    batches.take_back(workspace, actor, act.id)
    assert not registers.book(workspace, actor, PROFILE_STUDIES).entries
    workspace.close()


def test_other_classes_are_offered_where_somebody_has_chosen(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "школа")
    class_of(workspace, 7, "Ан")
    class_of(workspace, 9, "Белов")
    titles = lambda: [one.name.title for one in choices.groups(workspace, workspace.actor, YEAR)]  # noqa: E731
    assert titles() == ["9 «А»"]
    add(workspace, pupils.pupils(workspace, workspace.actor, YEAR)[0].id)
    assert titles() == ["7 «А»", "9 «А»"]
    workspace.close()


def test_a_choice_without_its_basis_or_on_a_day_that_cannot_be_is_refused_in_a_sentence(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "школа")
    class_of(workspace, 9, "Ан")
    (pupil,) = (one.id for one in pupils.pupils(workspace, workspace.actor, YEAR))
    with pytest.raises(WrongInputError, match="Заполните поле «На чём основан выбор»"):
        add(workspace, pupil, basis="")
    with pytest.raises(WrongInputError, match="проверьте год, 1026"):
        add(workspace, pupil, day=date(1026, 4, 20))
    workspace.close()


def test_a_full_life_stays_one_sheet_and_says_what_was_left_out(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "школа")
    class_of(workspace, 9, "Константинопольская-Преображенская")
    (pupil,) = (one.id for one in pupils.pupils(workspace, workspace.actor, YEAR))
    actor = workspace.actor
    for number in range(11):
        day = date(2025, 2 + number, 3)
        add(workspace, pupil, day=day, wish="хочет 🚀 " * 40, interview="знает " * 90, basis="портфолио " * 60)
        values = {PUPIL: pupil, "title": f"Олимпиада {number}", "kind": "olympiad", "level": "municipal"}
        registers.add(workspace, actor, ACHIEVEMENTS, {**values, "place": "prize", "held_on": day})
    job = next(iter(registers.book(workspace, actor, PROFESSION_CHOICES).titles["professions"]))
    chosen = {PUPIL: pupil, "decided_on": SPRING, "profession": job, "goal": "поступить " * 50}
    registers.add(workspace, actor, PROFESSION_CHOICES, chosen)
    with workspace.unit(actor) as unit:
        for number in range(3):
            unit.released.release(pupil, f"sheet{number}", date(2026, 11, 1 + number), "склонность " * 150, NOW)
    words = on_paper(workspace, choices.facts(workspace, actor, pupil, YEAR))
    assert "и ещё" in words
    assert "…" in words
    assert "Достижения Олимпиада 10" in words
    assert "Что решили и почему" in words
    workspace.close()

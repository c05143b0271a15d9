"""Differences of two real workspaces: told in words, taken or left by who may, undone, and settled for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from differing import Pair, named, pair_of, rename
from exchange_rooms import bring, shown
from sqlalchemy import select
from support import YEAR

from profdesk.domain.access import Actor, Role
from profdesk.domain.activities import ActivityEntry
from profdesk.domain.audit import Area
from profdesk.domain.batch import Step
from profdesk.domain.changes import Kind
from profdesk.domain.consents import ConsentKind
from profdesk.domain.people import Group
from profdesk.domain.pupil_entry import PupilEntry
from profdesk.domain.registers import PARTNERS
from profdesk.domain.registers_of_work import LESSONS
from profdesk.domain.talks import TalkEntry, TalkKind
from profdesk.errors import AccessError, WrongInputError
from profdesk.services import (
    activities,
    batches,
    class_teachers,
    computers,
    consents,
    differences,
    organisation,
    pupils,
    registers,
    talks,
    users,
)
from profdesk.storage.models import ConsentRow
from profdesk.storage.people_models import UserRow
from profdesk.storage.workspace import Workspace

PAPER = date(2026, 9, 1)


@pytest.fixture
def pair(workspace: Workspace, group: Group, tmp_path: Path) -> Iterator[Pair]:
    assert group
    made = pair_of(workspace, tmp_path / "ноутбук")
    yield made
    for each in made:
        each.close()


def undo(workspace: Workspace, step: Step) -> None:
    assert step.batch is not None
    batches.turn_back(workspace, workspace.actor, step.batch)


def surnames(workspace: Workspace) -> list[str]:
    return [one.name.surname for one in pupils.pupils(workspace, workspace.actor, YEAR)]


def test_the_other_name_is_told_with_who_when_and_where_and_taken_by_one_verb(pair: Pair) -> None:
    rename(pair.one, "Белов", "Беляев")
    rename(pair.two, "Белов", "Беликов")
    pair.exchange()
    (told,) = pair.told()
    assert (told.whose, told.record, told.field) == (
        "Беликов Матвей Сергеевич, 7 «А»",
        "Сведения об ученике",
        "Фамилия",
    )
    assert (told.stands, told.other) == ("Беликов", "Беляев")
    assert told.standing.computer == "«Ноутбук психолога»"
    assert told.overwritten.computer == "этот компьютер"
    assert told.standing.who == told.overwritten.who == "Климова Татьяна Аркадьевна"
    assert told.overwritten.at < told.standing.at
    assert told.area is Area.PUPILS
    assert told.matches("белик 7")
    assert not told.matches("абрамова")
    step, changes = differences.take(pair.one, pair.one.actor, [told])
    assert step.words == "взято другое значение: Беликов Матвей Сергеевич, 7 «А», фамилия"
    assert changes.batch == step.batch
    assert surnames(pair.one) == ["Абрамова", "Беляев", "Ёлкина"]
    pair.exchange()
    assert pair.told() == []
    assert surnames(pair.two) == surnames(pair.one)


def test_taking_and_leaving_are_undone_as_any_step_and_the_difference_is_there_again(pair: Pair) -> None:
    rename(pair.one, "Белов", "Беляев")
    rename(pair.two, "Белов", "Беликов")
    pair.exchange()
    before = shown(pair.one)
    for verb in (differences.take, differences.leave):
        (told,) = pair.told()
        step, _ = verb(pair.one, pair.one.actor, [told])
        assert differences.all_of(pair.one, pair.one.actor) == []
        undo(pair.one, step)
        assert shown(pair.one) == before
        pair.exchange()
        assert [one.other for one in pair.told()] == ["Беляев"]


def test_what_one_settled_no_other_shows_and_a_stale_list_settles_nothing_twice(pair: Pair) -> None:
    rename(pair.one, "Белов", "Беляев", "Матвей")
    rename(pair.two, "Белов", "Беликов", "Михаил")
    pair.exchange()
    (told,) = pair.told()
    assert told.field == "Фамилия", "the given name was changed by one alone"
    differences.leave(pair.two, pair.two.actor, [told])
    assert differences.count(pair.one, pair.one.actor) == 1
    assert differences.count(pair.two, pair.two.actor) == 0
    bring(pair.two, pair.one)
    assert pair.told() == []
    assert surnames(pair.one)[1] == "Беликов"
    for verb in (differences.take, differences.leave):
        with pytest.raises(WrongInputError, match="больше нет"):
            verb(pair.one, pair.one.actor, [told])


def test_several_are_taken_at_once_and_undone_at_once(pair: Pair) -> None:
    for each, new in zip(pair, ("один", "два"), strict=True):
        rename(each, "Белов", f"Белов-{new}")
        rename(each, "Абрамова", f"Абрамова-{new}")
        own = organisation.get(each, each.actor)
        organisation.save(each, each.actor, replace(own, head_name=f"Ким {new}"))
    pair.exchange()
    told = pair.told()
    assert [(one.whose, one.field, one.other) for one in told] == [
        ("Абрамова-два Полина Игоревна, 7 «А»", "Фамилия", "Абрамова-один"),
        ("Белов-два Матвей Сергеевич, 7 «А»", "Фамилия", "Белов-один"),
        ("", "Руководитель", "Ким один"),
    ]
    assert told[2].record == "Сведения об организации: Средняя школа № 12"
    before = shown(pair.two)
    step, _ = differences.take(pair.two, pair.two.actor, told)
    assert step.words == "взято: 3 других значения"
    assert surnames(pair.two)[:2] == ["Абрамова-один", "Белов-один"]
    assert organisation.get(pair.two, pair.two.actor).head_name == "Ким один"
    undo(pair.two, step)
    assert shown(pair.two) == before


def test_a_record_deleted_here_and_changed_there_is_told_and_put_back(pair: Pair) -> None:
    pupil = named(pair.one, "Белов")
    step, _ = consents.give(pair.one, pair.one.actor, [pupil.id], ConsentKind.PERSONAL, PAPER)
    bring(pair.one, pair.two)
    undo(pair.one, step)
    consents.withdraw(pair.two, pair.two.actor, pupil.id, ConsentKind.PERSONAL, date(2026, 10, 1), "мать")
    pair.exchange()
    (told,) = pair.told()
    assert told.record == "Согласие, на что: обработку персональных данных"
    assert told.whose.startswith("Белов")
    assert (told.field, told.stands) == ("Вся запись", "удалено")
    assert told.other == "отозвано: 01.10.2026; кто отозвал: мать"
    before = shown(pair.one)
    taken, _ = differences.take(pair.one, pair.one.actor, [told])
    (paper,) = consents.of_pupil(pair.one, pair.one.actor, pupil.id)
    assert paper.withdrawn_by == "мать"
    undo(pair.one, taken)
    assert shown(pair.one) == before
    pair.exchange()
    (again,) = pair.told()
    differences.take(pair.two, pair.two.actor, [again])
    pair.exchange()
    assert pair.told() == []
    assert shown(pair.one) == shown(pair.two)


def test_class_teachers_decide_about_their_own_classes_alone(pair: Pair, group: Group) -> None:
    teacher = Actor("она", "Ким Анна", "", frozenset({Role.TEACHER}))
    pupil = named(pair.one, "Белов")
    consents.give(pair.one, pair.one.actor, [pupil.id], ConsentKind.PERSONAL, PAPER)
    lesson, _ = registers.add(
        pair.one, pair.one.actor, LESSONS, {"title": "Сварщик", "subject": "физика", "grades": "8"}
    )
    partner, _ = registers.add(pair.one, pair.one.actor, PARTNERS, {"name": "Завод", "kind": "enterprise"})
    bring(pair.one, pair.two)
    for each, who in zip(pair, ("мать", "отец"), strict=True):
        consents.withdraw(each, each.actor, pupil.id, ConsentKind.PERSONAL, date(2026, 10, 1), who)
        registers.change(each, each.actor, LESSONS, lesson.id, {"subject": f"физика, {who}"})
        registers.change(each, each.actor, PARTNERS, partner.id, {"name": f"Завод, {who}"})
    pair.exchange()
    assert len(pair.told()) == 3
    (of_lesson,) = differences.all_of(pair.one, teacher)
    assert of_lesson.record == "Урок: Сварщик"
    consent = next(one for one in pair.told() if one.whose)
    for verb in (differences.take, differences.leave):
        with pytest.raises(WrongInputError):
            verb(pair.one, teacher, [consent])
    class_teachers.give(pair.one, pair.one.actor, teacher.id, [group.id], YEAR)
    own = differences.all_of(pair.one, teacher)
    assert [one.other for one in own] == ["мать", "физика, мать"]
    differences.take(pair.one, teacher, own)
    (paper,) = consents.of_pupil(pair.one, pair.one.actor, pupil.id)
    assert paper.withdrawn_by == "мать"
    assert [one.other for one in differences.all_of(pair.one, pair.one.actor)] == ["Завод, мать"]
    assert differences.all_of(pair.one, Actor("г", "Гость", "", frozenset({Role.READER}))) == []


def test_what_psychologists_wrote_differs_for_psychologists_alone_and_is_undone_too(pair: Pair) -> None:
    coordinator = Actor("он", "Ли Олег", "", frozenset({Role.COORDINATOR}))
    pupil = named(pair.one, "Белов").id
    consents.give(pair.one, pair.one.actor, [pupil], ConsentKind.PSYCHOLOGICAL, PAPER)
    entry = TalkEntry(TalkKind.INTERVIEW, date(2026, 11, 2), pupil, words="слова")
    talk, _ = talks.write(pair.one, pair.one.actor, entry)
    bring(pair.one, pair.two)
    for each, words in zip(pair, ("запись в школе", "запись на ноутбуке"), strict=True):
        talks.write(each, each.actor, replace(entry, words=words), talk)
    pair.exchange()
    (told,) = pair.told()
    assert (told.area, told.field, told.other) == (Area.DIAGNOSTICS, "Запись", "запись в школе")
    assert told.whose.startswith("Белов")
    assert differences.all_of(pair.one, coordinator) == []
    before = shown(pair.two, "psy")
    for verb in (differences.leave, differences.take):
        step, _ = verb(pair.two, pair.two.actor, [told])
        assert differences.count(pair.two, pair.two.actor) == 0
        undo(pair.two, step)
        assert shown(pair.two, "psy") == before
    differences.take(pair.two, pair.two.actor, pair.told())
    pair.exchange()
    (kept,) = talks.book(pair.one, pair.one.actor, YEAR).talks
    assert kept.entry.words == "запись в школе"
    assert pair.told() == []


def test_what_lies_in_both_journals_is_one_act_and_one_step(pair: Pair) -> None:
    pupil = named(pair.one, "Белов").id
    consents.give(pair.one, pair.one.actor, [pupil], ConsentKind.PSYCHOLOGICAL, PAPER)
    entry = TalkEntry(TalkKind.INTERVIEW, date(2026, 11, 2), pupil, words="слова")
    talk, _ = talks.write(pair.one, pair.one.actor, entry)
    bring(pair.one, pair.two)
    for each, words in zip(pair, ("в школе", "на ноутбуке"), strict=True):
        talks.write(each, each.actor, replace(entry, words=words), talk)
        rename(each, "Белов", f"Белов-{words[0]}")
    pair.exchange()
    told = pair.told()
    assert [(one.field, one.found.psy) for one in told] == [("Запись", True), ("Фамилия", False)]
    before = [shown(pair.two, schema) for schema in ("main", "psy")]
    for verb, left in ((differences.leave, "Белов-н"), (differences.take, "Белов-в")):
        step, _ = verb(pair.two, pair.two.actor, told)
        assert differences.count(pair.two, pair.two.actor) == 0
        assert surnames(pair.two)[1] == left
        redoing, _ = batches.turn_back(pair.two, pair.two.actor, step.batch or "")
        assert [shown(pair.two, schema) for schema in ("main", "psy")] == before
        again, _ = batches.turn_back(pair.two, pair.two.actor, redoing)
        assert differences.count(pair.two, pair.two.actor) == 0
        batches.turn_back(pair.two, pair.two.actor, again)
        assert len(pair.told()) == 2
    with pytest.raises(AccessError):
        batches.turn_back(pair.two, replace(pair.two.actor, roles=frozenset({Role.COORDINATOR})), redoing)


def test_who_may_write_of_all_here_and_of_the_own_class_there_takes_both_at_once(pair: Pair, group: Group) -> None:
    """A class teacher who is a psychologist as well: consents of everybody, activities of the own class."""
    other, _ = pupils.add(pair.one, pair.one.actor, PupilEntry("Чужой", "Лев", "", "01.02.2013", None, "8Б"), YEAR)
    class_teachers.give(pair.one, pair.one.actor, pair.one.actor.id, [group.id], YEAR)
    consents.give(pair.one, pair.one.actor, other.records, ConsentKind.PERSONAL, PAPER)
    plan = ActivityEntry("excursion", "Завод", date(2026, 11, 20), groups=(group.id,))
    event, _ = activities.write(pair.one, pair.one.actor, plan)
    bring(pair.one, pair.two)
    for each, words in zip(pair, ("1", "2"), strict=True):
        activities.write(each, each.actor, replace(plan, place=words), event.id)
        with each.unit(each.actor) as unit:
            row = unit.pupils._session.scalars(select(ConsentRow)).one()
            row.number = words
    pair.exchange()
    both = replace(pair.one.actor, roles=frozenset({Role.TEACHER, Role.PSYCHOLOGIST}))
    told = differences.all_of(pair.one, both)
    assert sorted(one.field for one in told) == ["Место", "Номер"]
    differences.take(pair.one, both, told)
    assert differences.all_of(pair.one, pair.one.actor) == []


def test_diagnostics_of_who_withdrew_the_consent_are_not_told(pair: Pair) -> None:
    pupil = named(pair.one, "Белов").id
    consents.give(pair.one, pair.one.actor, [pupil], ConsentKind.PSYCHOLOGICAL, PAPER)
    entry = TalkEntry(TalkKind.INTERVIEW, date(2026, 11, 2), pupil, words="слова")
    talk, _ = talks.write(pair.one, pair.one.actor, entry)
    bring(pair.one, pair.two)
    for each, words in zip(pair, ("одно", "другое"), strict=True):
        talks.write(each, each.actor, replace(entry, words=words), talk)
    pair.exchange()
    assert len(pair.told()) == 1
    consents.withdraw(pair.one, pair.one.actor, pupil, ConsentKind.PSYCHOLOGICAL, date(2026, 11, 3), "мать")
    assert differences.all_of(pair.one, pair.one.actor) == []


def test_what_the_program_alone_reads_makes_no_difference_not_even_in_a_preview(pair: Pair) -> None:
    """The head is called the same by both; a pupil otherwise, and so is what lists are ordered by."""
    for each in pair:
        rename(each, "Белов", "Беляев")
        own = organisation.get(each, each.actor)
        organisation.save(each, each.actor, replace(own, head_name="Ким Олег"))
    rename(pair.two, "Беляев", "Беликов")
    rename(pair.one, "Беляев", "Белый")
    pair.exchange()
    assert [one.field for one in pair.told()] == ["Фамилия"], "and not what lists are ordered by"
    for each in pair:
        with each.unit(each.actor) as unit:
            assert len(unit.exchange.differences()) == 1


def test_what_people_and_computers_are_called_is_decided_by_who_keeps_them(pair: Pair) -> None:
    """Roles that differ are not told: they go with keys, which each computer gives."""
    for each, post, name in zip(pair, ("завуч", "методист"), ("Кабинет завуча", "Методкабинет"), strict=True):
        with each.unit(each.actor) as unit:
            row = unit.pupils._session.get_one(UserRow, each.actor.id)
            row.post, row.roles = post, "coordinator" if post == "завуч" else "owner"
        computers.rename(each, each.actor, pair.one._device, name)
    pair.exchange()
    assert [(one.record, one.field, one.stands, one.other) for one in pair.told()] == [
        ("Компьютер", "Название", "Методкабинет", "Кабинет завуча"),
        ("Пользователь: Климова Татьяна Аркадьевна", "Должность", "методист", "завуч"),
    ]
    told = pair.told()
    keeper = replace(pair.one.actor, roles=frozenset({Role.COORDINATOR}))
    assert [one.record for one in differences.all_of(pair.one, keeper)] == ["Компьютер"]
    assert differences.all_of(pair.one, replace(keeper, roles=frozenset({Role.TEACHER}))) == []
    before = shown(pair.one)
    step, changes = differences.take(pair.one, pair.one.actor, told)
    assert {Kind.USERS, Kind.COMPUTERS} <= changes.kinds
    assert {one.post for one in users.listed(pair.one, pair.one.actor)} == {"завуч"}
    undo(pair.one, step)
    assert shown(pair.one) == before
    differences.take(pair.one, pair.one.actor, pair.told())
    pair.exchange()
    assert pair.told() == []
    assert "Кабинет завуча" in [one.name for one in computers.all_of(pair.two, pair.two.actor)]


def test_a_name_that_another_computer_has_by_now_is_not_taken(pair: Pair) -> None:
    computers.rename(pair.one, pair.one.actor, pair.one._device, "Кабинет завуча")
    computers.rename(pair.two, pair.two.actor, pair.one._device, "Методкабинет")
    pair.exchange()
    computers.rename(pair.one, pair.one.actor, pair.two._device, "Кабинет завуча")
    with pytest.raises(WrongInputError, match="уже есть"):
        differences.take(pair.one, pair.one.actor, differences.all_of(pair.one, pair.one.actor))

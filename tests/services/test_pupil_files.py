"""A pupil's file goes from a kindergarten to a school and on: what comes, under whose name, once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

import pytest
from exchange_rooms import copied, exchange, shown
from kept_workspaces import PROGRAMME
from pupil_file_rooms import (
    BORN,
    CONCLUSION,
    NAME,
    NOTE,
    WORK,
    House,
    add_child,
    consent,
    everything,
    fill,
    house,
    kindergarten,
    send,
)
from support import FIRST, PASSWORD, SECOND, YEAR, mark, state

from profdesk import paths
from profdesk.domain.access import Actor, Role
from profdesk.domain.consents import ConsentKind
from profdesk.domain.people import GroupName, Leave, LeaveReason, PersonName
from profdesk.domain.pupil_card import facts
from profdesk.domain.pupil_entry import PupilEntry
from profdesk.domain.pupil_file import Chosen
from profdesk.domain.pupil_file_whose import Likeness
from profdesk.domain.records import RecordKind, entries
from profdesk.domain.school_year import Period, Term
from profdesk.domain.users import Draft
from profdesk.errors import AccessError, WrongInputError
from profdesk.services import batches, evidence, held, keys, pupil_card, pupil_files, pupils, users
from profdesk.services.pupil_files import Looked, Opened
from profdesk.signing import known_keys
from profdesk.storage import opening

Sent = tuple[Path, str]


@pytest.fixture(scope="module")
def sender(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, str, Sent]]:
    """The kindergarten, the child, and where the file is: a code takes a second to be tried, and is meant to."""
    folder = tmp_path_factory.mktemp("sender")
    with paths.moved_to(folder / "home"):
        made = house(folder / "garden", kindergarten())
        child = add_child(made)
        consent(made, child)
        fill(made, child, folder)
        path = folder / "Зорина.profpupil"
        yield made, child, (path, send(made, child, path))
        made.workspace.close()


@pytest.fixture
def garden(sender: tuple[House, str, Sent]) -> House:
    return sender[0]


@pytest.fixture
def child(sender: tuple[House, str, Sent]) -> str:
    return sender[1]


@pytest.fixture
def sent(sender: tuple[House, str, Sent]) -> Sent:
    return sender[2]


@pytest.fixture
def school(tmp_path: Path) -> Iterator[House]:
    made = house(tmp_path / "school")
    yield made
    made.workspace.close()


@lru_cache
def opened(path: Path, code: str) -> Opened:
    return pupil_files.read(path, code)


def looked(here: House, sent: Sent) -> Looked:
    return pupil_files.look(*here.both, opened(*sent))


def words(here: House, child: str) -> list[tuple[RecordKind, str, str, str]]:
    """Kind, title, words and who, as the card's records tell them."""
    card = pupil_card.card(*here.both, child, YEAR)
    return [
        (one.kind, one.title, one.words, card.names.get(one.actor, ""))
        for one in entries(card.history, card.programme)
        if one.kind not in (RecordKind.CLASS, RecordKind.ACT)
    ]


def test_everything_chosen_comes_and_says_who_recorded_it_where(
    garden: House, school: House, child: str, sent: Sent
) -> None:
    known_keys.remember(keys.certificate(*garden.both))
    found = looked(school, sent)
    assert (found.file.pupil.name, found.file.pupil.birth_date) == (NAME, BORN)
    assert found.known
    assert found.file.sender.short_name == "Детский сад № 5"
    taken, _ = pupil_files.take(*school.both, found, None, "1А")
    consent(school, taken.pupil, ConsentKind.PSYCHOLOGICAL)
    again = pupil_files.preview(*school.both, looked(school, sent), taken.pupil)
    assert again.plan.words == "1 вывод психолога"
    pupil_files.take(*school.both, looked(school, sent), taken.pupil)
    who = "Климова Татьяна Аркадьевна (Детский сад № 5)"
    came, left = words(school, taken.pupil), words(garden, child)
    assert [one[:3] for one in came] == [one[:3] for one in left if one[0] is not RecordKind.DIAGNOSTICS]
    assert {one[3] for one in came if one[0] in (RecordKind.STAFF, RecordKind.NOTE, RecordKind.FILE)} == {who}
    assert (RecordKind.NOTE, NOTE) in [(kind, told) for kind, _, told, _ in came]
    assert CONCLUSION in [told for _, _, told, _ in came]
    (work,) = evidence.of_pupil(*school.both, taken.pupil)
    assert evidence.open_copy(*school.both, work.id).read_bytes() == WORK
    card = pupil_card.card(*school.both, taken.pupil, YEAR)
    assert card.last is not None
    assert card.last.group.name.title == "1 «А»"


def test_the_portfolio_grows_on_from_the_kindergarten(garden: House, school: House, tmp_path: Path) -> None:
    child = add_child(garden, PersonName("Ким", "Юлия"))
    consent(garden, child)
    with garden.workspace.unit(garden.workspace.actor) as unit:
        former = unit.pupils.ensure_group(GroupName("Средняя «Радуга»", None, None), "preschool", YEAR.previous).id
        unit.pupils.enrol(child, former, YEAR.previous)
    mark(garden.workspace, Period(YEAR.previous, Term.SECOND), (child, "creativity", 2))
    there = tmp_path / "Ким.profpupil"
    taken, _ = pupil_files.take(*school.both, looked(school, (there, send(garden, child, there))), None, "1А")
    card = pupil_card.card(*school.both, taken.pupil, YEAR)
    assert [one.name.title for one in card.growth.years] == ["Средняя «Радуга»", "1 «А»"], (
        "of a year with two, the own one"
    )
    assert any(cells[0].stage == 2 for cells in card.growth.rows)
    assert facts(card, date(2026, 11, 20))[-1] == "в школе с 2026 года, до этого Средняя «Радуга»"
    told = [(one.title, one.basis) for one in entries(card.history, card.programme) if one.kind is RecordKind.CLASS]
    garden_name = "Детский сад № 5"
    assert sorted(told) == [("1 «А»", ""), ("Группа «Радуга»", garden_name), ("Средняя «Радуга»", garden_name)]
    consent(school, taken.pupil)
    back = tmp_path / "назад.profpupil"
    found = looked(garden, (back, send(school, taken.pupil, back)))
    assert [(one.title, one.organisation) for one in found.file.classes] == [
        ("Средняя «Радуга»", garden_name),
        ("Группа «Радуга»", garden_name),
        ("1 «А»", "Школа № 12"),
    ]


def test_taken_in_twice_nothing_is_doubled_and_undone_it_is_as_before(school: House, sent: Sent) -> None:
    before = state(school.workspace)
    taken, changes = pupil_files.take(*school.both, looked(school, sent), None, "1А")
    once = state(school.workspace)
    again = looked(school, sent)
    assert [(one.pupil.id, one.why) for one in again.whose.matches] == [(taken.pupil, Likeness.HELD)]
    found = pupil_files.preview(*school.both, again, taken.pupil)
    assert not found.plan.facts
    assert any("Уже есть у этого ученика" in one for one in found.notices)
    second, none = pupil_files.take(*school.both, again, taken.pupil)
    assert (second.batch, none.batch) == (None, None)
    assert state(school.workspace) == once
    assert changes.batch is not None
    batches.take_back(*school.both, changes.batch)
    assert state(school.workspace) == before
    third, _ = pupil_files.take(*school.both, looked(school, sent), None, "1А")
    assert third.words == taken.words


def test_it_is_not_taken_to_two_children(school: House, sent: Sent) -> None:
    pupil_files.take(*school.both, looked(school, sent), None, "1А")
    other = add_child(school, PersonName("Зорина", "Вероника", "Павловна"), "1А")
    with pytest.raises(WrongInputError, match="есть у другого ученика: Зорина Вера"):
        pupil_files.take(*school.both, looked(school, sent), other)


def test_who_may_be_meant_is_offered_and_chosen_by_a_person(school: House, sent: Sent) -> None:
    near = add_child(school, PersonName("Зорина", "Вера", "Павлона"), "1А")
    found = looked(school, sent)
    assert found.whose.proposed is None
    assert [(one.pupil.id, one.why) for one in found.whose.matches] == [(near, Likeness.ALIKE)]
    pupil_files.take(*school.both, found, near)
    assert pupil_card.card(*school.both, near, YEAR).pupil.name.patronymic == "Павлона"


def test_who_had_left_is_told_to_be_in_no_class(school: House, sent: Sent) -> None:
    here = add_child(school, NAME, "1А")
    assert not any(
        "не числится" in one for one in pupil_files.preview(*school.both, looked(school, sent), here).notices
    )
    pupils.leave(*school.both, [here], Leave(YEAR.first_day, LeaveReason.TRANSFERRED), YEAR)
    found = looked(school, sent)
    assert found.whose.proposed is not None
    assert any("не числится" in one for one in pupil_files.preview(*school.both, found, here).notices)


def test_own_stages_stand_and_those_of_the_file_are_told_beside(school: House, sent: Sent) -> None:
    here = add_child(school, NAME, "1А")
    mark(school.workspace, FIRST, (here, "planning", 1))
    found = pupil_files.preview(*school.both, looked(school, sent), here)
    assert found.plan.occupied == 2
    pupil_files.take(*school.both, looked(school, sent), here)
    with school.workspace.unit(school.workspace.actor) as unit:
        standing = {one.competency: one.stage for one in unit.portfolio.of_pupil(here) if one.period == FIRST}
    assert standing == {"planning": 1, "flexibility": 2}
    assert len([one for one in words(school, here) if one[2].startswith("стадия") and "2" in one[2]]) == 2


def test_another_programme_keeps_what_it_does_not_know_in_words(tmp_path: Path, sent: Sent) -> None:
    title = 'title = "Гибкость"'
    assert title in PROGRAMME
    edition = PROGRAMME.replace('"planning"', '"plans"').replace('"flexibility"', '"flexing"')
    there = house(tmp_path / "other", None, edition.replace(title, 'title = "Подвижность"'))
    found = looked(there, sent)
    preview = pupil_files.preview(*there.both, found, None)
    assert preview.plan.unknown == ("Гибкость",)
    assert {one.competency for one in preview.plan.assessments} == {"plans"}
    taken, _ = pupil_files.take(*there.both, found, None, "1А")
    assert any(title == "Гибкость" and told.startswith("стадия 2") for _, title, told, _ in words(there, taken.pupil))
    there.workspace.close()


def test_what_went_on_and_came_back_is_known(
    garden: House, school: House, child: str, sent: Sent, tmp_path: Path
) -> None:
    taken, _ = pupil_files.take(*school.both, looked(school, sent), None, "1А")
    consent(school, taken.pupil)
    back = tmp_path / "назад.profpupil"
    code = send(school, taken.pupil, back)
    found = looked(garden, (back, code))
    assert found.whose.proposed is not None
    assert found.whose.proposed.id == child
    assert not pupil_files.preview(*garden.both, found, child).plan.facts
    third = house(tmp_path / "third", replace(kindergarten(), name="Лицей № 1", short_name="Лицей № 1"))
    first, _ = pupil_files.take(*third.both, looked(third, sent), None, "1А")
    assert not pupil_files.preview(*third.both, looked(third, (back, code)), first.pupil).plan.facts
    names = users.names(*third.both).values()
    assert "Климова Татьяна Аркадьевна (Детский сад № 5)" in names
    third.workspace.close()


def test_only_what_was_chosen_goes_along(garden: House, school: House, child: str, tmp_path: Path) -> None:
    path = tmp_path / "мало.profpupil"
    code = send(garden, child, path, Chosen())
    found = looked(school, (path, code))
    assert (found.file.notes, found.file.conclusions, found.opened.contents) == ((), (), {})
    assert [one.inside for one in found.file.works] == [False]
    taken, _ = pupil_files.take(*school.both, found, None)
    assert any("остался в прежней организации" in told for _, _, told, _ in words(school, taken.pupil))


def test_a_child_who_comes_back_under_another_name_is_known_by_the_records(
    garden: House, school: House, child: str, sent: Sent, tmp_path: Path
) -> None:
    taken, _ = pupil_files.take(*school.both, looked(school, sent), None, "1А")
    consent(school, taken.pupil)
    renamed = PupilEntry("Лебедева", "Виктория", "Олеговна", f"{BORN:%d.%m.%Y}", None, "1А")
    pupils.edit(*school.both, taken.pupil, renamed, YEAR)
    mark(school.workspace, SECOND, (taken.pupil, "flexibility", 3))
    back = tmp_path / "назад.profpupil"
    code = send(school, taken.pupil, back)
    found = looked(garden, (back, code))
    assert [(one.pupil.id, one.why) for one in found.whose.matches] == [(child, Likeness.HELD)]
    assert found.whose.proposed is not None
    assert pupil_files.preview(*garden.both, found, child).plan.words == "1 оценка"
    with pytest.raises(WrongInputError, match="Выберите его"):
        pupil_files.take(*garden.both, found, None)


def as_role(here: House, *roles: Role) -> Actor:
    return replace(here.workspace.actor, roles=frozenset(roles))


def test_conclusions_are_a_psychologists(garden: House, school: House, child: str, sent: Sent, tmp_path: Path) -> None:
    coordinator = as_role(garden, Role.COORDINATOR)
    offered = pupil_files.offer(garden.workspace, coordinator, child)
    assert offered.withheld
    assert not offered.conclusions
    with garden.workspace.unit(garden.workspace.actor) as unit:
        for name, roles in (("Оба Права", (Role.COORDINATOR, Role.PSYCHOLOGIST)), ("Одно Право", (Role.PSYCHOLOGIST,))):
            unit.users.add(Draft(name, "", frozenset(roles)), datetime.now(UTC))
    offered = pupil_files.offer(garden.workspace, coordinator, child)
    assert offered.entitled == ["Климова Татьяна Аркадьевна", "Оба Права"]
    with pytest.raises(AccessError):
        pupil_files.write(garden.workspace, coordinator, child, everything(garden, child), tmp_path / "нет")
    found = looked(school, sent)
    preview = pupil_files.preview(school.workspace, as_role(school, Role.COORDINATOR), found, None)
    assert preview.plan.waiting == 1
    taken, _ = pupil_files.take(school.workspace, as_role(school, Role.COORDINATOR), found, None, "1А")
    assert not any(told == CONCLUSION for _, _, told, _ in words(school, taken.pupil))


def test_without_a_consent_nothing_is_handed_out(garden: House, tmp_path: Path) -> None:
    child = add_child(garden, PersonName("Яшин", "Лев"))
    with pytest.raises(WrongInputError, match="Нет согласия на обработку персональных данных"):
        send(garden, child, tmp_path / "нет.profpupil", Chosen())
    assert not (tmp_path / "нет.profpupil").exists()


def test_handing_out_and_taking_in_are_in_the_journal(garden: House, school: House, child: str, sent: Sent) -> None:
    told = held.gather(*garden.both, child).journal
    assert told[0].what == "Выгрузка в файл: файл ученика для другой организации"
    pupil_files.take(*school.both, looked(school, sent), None, "1А")
    (act, *_) = batches.done(*school.both)
    assert act.title == "Файл ученика, Зорина Вера, Детский сад № 5"


def test_a_wrong_code_and_a_changed_byte_are_refused(sent: Sent, tmp_path: Path) -> None:
    data, path = sent[0].read_bytes(), tmp_path / "файл.profpupil"
    path.write_bytes(data)
    with pytest.raises(WrongInputError, match="этим кодом не открывается"):
        pupil_files.read(path, "AAAA-" * 7)
    for place in (3, 22, 30, 400, len(data) // 2, len(data) - 1):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        with pytest.raises(WrongInputError):
            pupil_files.read(path, sent[1])
    path.write_bytes(data.replace(b"profdesk pupil file 1\n", b"profdesk pupil file 2\n", 1))
    with pytest.raises(WrongInputError, match="более новая программа"):
        pupil_files.read(path, sent[1])
    path.write_bytes(data)
    pupil_files.read(path, f" {sent[1].lower().replace('-', ' ')} ")


def test_an_organisation_cannot_pass_on_another_ones_file_as_its_own(school: House, sent: Sent, tmp_path: Path) -> None:
    from profdesk.signing import pupil_file
    from profdesk.signing.keys import SigningKey

    path, code = tmp_path / "чужой.profpupil", sent[1]
    found = pupil_file.opened(sent[0].read_bytes())
    with school.workspace.unit(school.workspace.actor) as unit:
        key = SigningKey(unit.keys.private(), unit.keys.certificate())
    path.write_bytes(pupil_file.packed(found.body, key, found.sealed_at))
    with pytest.raises(WrongInputError, match="подписан не той организацией"):
        pupil_files.read(path, code)


def test_two_computers_that_took_one_file_have_each_fact_once(school: House, sent: Sent, tmp_path: Path) -> None:
    here = add_child(school, NAME, "1А")
    other = copied(school.workspace, tmp_path / "ноутбук", PASSWORD)
    one, two = House(opening.open_workspace(school.workspace.path, None, PASSWORD)), House(other)
    for house_ in (one, two):
        pupil_files.take(*house_.both, looked(house_, sent), here)
    alone = words(one, here)
    exchange(one.workspace, two.workspace)
    assert shown(one.workspace) == shown(two.workspace)
    assert sorted(words(one, here)) == sorted(words(two, here)) == sorted(alone)
    one.workspace.close()
    two.workspace.close()

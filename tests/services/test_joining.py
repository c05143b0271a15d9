"""A second computer joins by a package and a code: it stands like the first one, or nothing is made at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import pytest
from exchange_rooms import shown, told
from support import CHEAP, FIRST, LINES, YEAR, listed, mark, pupil_ids

from profdesk.domain.access import Actor, Role
from profdesk.domain.erasure import ErasureKind, Target
from profdesk.domain.exchange import SUFFIX
from profdesk.domain.exchange_state import Place
from profdesk.domain.people import Group
from profdesk.domain.users import Draft
from profdesk.errors import AccessError, CancelledError, ProfdeskError, RefusedError, WrongInputError
from profdesk.services import computers, erasure, exchange, joining, roster, users, workspaces
from profdesk.storage import journal, opening
from profdesk.storage.models import PsyOperationRow
from profdesk.storage.vault import Cost
from profdesk.storage.workspace import Session, Workspace

OWN = "пароль второго компьютера"
HEAD = Draft("Черепанова Нина Васильевна", "директор", frozenset({Role.HEAD}))
PSYCHOLOGIST = Draft("Лаптева Ирина Сергеевна", "психолог", frozenset({Role.PSYCHOLOGIST}))
TEACHER = Draft("Ромашкина Ольга Юрьевна", "учитель", frozenset({Role.TEACHER}))
OTHER_CLASS = "Громов;Лев;Ильич;04.05.2012;8Б"
ADMINISTRATOR = Draft("Седова Ольга Ивановна", "", frozenset({Role.ADMINISTRATOR}))
COORDINATOR = Draft("Климов Олег Ильич", "координатор", frozenset({Role.COORDINATOR}))


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A password chosen costs as little as in other tests."""
    monkeypatch.setattr(Cost.__init__, "__defaults__", (CHEAP.memory, CHEAP.passes, CHEAP.lanes))


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return tmp_path / f"пакет{SUFFIX}"


def kit(workspace: Workspace, package: Path, person: str | Draft, *, whole: bool = True, name: str = "Ноутбук") -> str:
    code, _ = computers.kit(workspace, workspace.actor, person, name, whole, package)
    return code


def joined(workspace: Workspace, package: Path, person: str | Draft, *, whole: bool = True) -> Workspace:
    code = kit(workspace, package, person, whole=whole)
    return joining.join(package, code, package.parent / "второй", OWN).workspace


def of_school(rows: Mapping[Place, Any]) -> dict[Place, Any]:
    """Without the signing key, under each seal anew, what each counts of erasures, and what is noted once sent."""
    return {place: row for place, row in rows.items() if place[0] not in ("signing_key", "deed", "erasure_tally")}


def alike(one: Workspace, other: Workspace, *schemas: str) -> None:
    for schema in schemas:
        assert of_school(shown(one, schema)) == of_school(shown(other, schema)), schema
        assert of_school(dict(told(other, schema).rows)) == of_school(shown(other, schema)), schema


def test_a_psychologist_takes_the_whole_organisation_along(workspace: Workspace, group: Group, package: Path) -> None:
    mark(workspace, FIRST, *((pupil, "planning", 2) for pupil in pupil_ids(workspace, group)))
    second = joined(workspace, package, PSYCHOLOGIST)
    alike(workspace, second, "main", "psy")
    assert second.actor == Actor(second.actor.id, PSYCHOLOGIST.name, PSYCHOLOGIST.post, PSYCHOLOGIST.roles)
    assert second.keys.seal is None
    second.close()
    again = workspaces.open_workspace(second.path, None, OWN)
    assert {one.name for one in users.listed(again, again.actor) if one.removed_at is None} == {
        workspace.actor.name,
        PSYCHOLOGIST.name,
    }
    again.close()


@pytest.mark.slow
def test_who_signs_gets_the_key(workspace: Workspace, package: Path) -> None:
    with workspace.unit(workspace.actor) as unit:
        pair = unit.keys.private(), unit.keys.certificate()
    signs = joined(workspace, package, HEAD)
    with signs.unit(signs.actor) as unit:
        assert (unit.keys.private(), unit.keys.certificate()) == pair
    assert not (signs.path / "psy.db").read_bytes().startswith(b"SQLite")
    assert signs.keys.psy is None
    signs.close()


@pytest.mark.slow
def test_who_does_not_sign_gets_the_certificate_alone(workspace: Workspace, package: Path) -> None:
    reads = joined(workspace, package, PSYCHOLOGIST)
    with reads.unit(reads.actor) as unit, workspace.unit(workspace.actor) as of_first:
        assert unit.keys.certificate() == of_first.keys.certificate()
    reads.close()


@pytest.mark.slow
def test_what_was_destroyed_does_not_come_along(workspace: Workspace, group: Group, package: Path) -> None:
    pupil = pupil_ids(workspace, group)[0]
    mark(workspace, FIRST, (pupil, "planning", 2))
    erasure.erase(workspace, workspace.actor, [Target(pupil)], ErasureKind.WITHDRAWN, "заявление № 5")
    second = joined(workspace, package, PSYCHOLOGIST)
    alike(workspace, second, "main")
    with Session(second._engine) as session:
        assert journal.broken_link(session) is None
        assert journal.broken_link(session, PsyOperationRow) is None
    second.close()
    again = workspaces.open_workspace(second.path, None, OWN)
    assert again.notice == ""
    again.close()


@pytest.mark.slow
def test_files_of_both_sorts_come_along(workspace: Workspace, group: Group, package: Path) -> None:
    (pupil, *_) = pupil_ids(workspace, group)
    with workspace.unit(workspace.actor) as unit:
        made = unit.evidence.add(pupil, None, FIRST, "Макет", "макет.jpg", b"a picture", datetime.now(UTC))
        digest = unit.kept["psy"].put(b"a result from elsewhere")
    second = joined(workspace, package, PSYCHOLOGIST)
    with second.unit(second.actor) as unit:
        assert unit.evidence.content(made.id)[1] == b"a picture"
        assert not unit.kept["psy"].holds(digest), "nothing speaks of it"
    second.close()


def test_changes_go_both_ways_after_it(workspace: Workspace, group: Group, package: Path) -> None:
    second = joined(workspace, package, COORDINATOR)
    first_id, second_id = (computers.own_id(one, one.actor) for one in (workspace, second))
    pupils = pupil_ids(workspace, group)
    mark(workspace, FIRST, (pupils[0], "planning", 1))
    mark(second, FIRST, (pupils[1], "planning", 3))
    there, back = package.with_name("туда.profdesk"), package.with_name("обратно.profdesk")
    sent, _ = exchange.send(workspace, workspace.actor, second_id, there)
    exchange.accept(second, second.actor, there)
    exchange.send(second, second.actor, first_id, back)
    exchange.accept(workspace, workspace.actor, back)
    assert sent.operations < 20, "what came with the package is not sent again"
    exchange.send(workspace, workspace.actor, second_id, there)
    exchange.accept(second, second.actor, there)
    alike(workspace, second, "main")
    second.close()


@pytest.mark.slow
def test_a_known_user_takes_a_second_computer(workspace: Workspace, package: Path) -> None:
    second = joined(workspace, package, workspace.actor.id)
    assert second.actor == workspace.actor
    with second.unit(second.actor) as unit:
        assert [(one.name, one.series, one.whole) for one in unit.computers.all()][1:] == [("Ноутбук", "К2", True)]
    second.close()


@pytest.mark.slow
def test_whom_another_computer_let_in_is_known_once_that_one_has_told(
    workspace: Workspace, group: Group, package: Path
) -> None:
    teacher, _ = users.add(workspace, workspace.actor, replace(TEACHER, classes=frozenset({group.id})), OWN)
    second, of_second = joined(workspace, package, COORDINATOR), package.with_name("второй пакет.profdesk")
    code = kit(second, of_second, teacher, whole=False, name="Кабинет 7")
    third = joining.join(of_second, code, package.parent / "третий", OWN).workspace
    first_id, told = computers.own_id(workspace, workspace.actor), package.with_name("файл.profdesk")
    exchange.send(third, third.actor, first_id, told)
    with pytest.raises(WrongInputError, match="Сначала примите изменения с того компьютера"):
        exchange.look(workspace, workspace.actor, told)
    of_second.unlink()
    exchange.send(second, second.actor, first_id, of_second)
    exchange.accept(workspace, workspace.actor, of_second)
    exchange.accept(workspace, workspace.actor, told)
    for one in (second, third):
        one.close()


@pytest.mark.slow
def test_a_package_used_twice_is_seen_by_the_others(workspace: Workspace, group: Group, package: Path) -> None:
    code = kit(workspace, package, COORDINATOR)
    twins = [joining.join(package, code, package.parent / name, OWN).workspace for name in ("второй", "третий")]
    first_id, pupils = computers.own_id(workspace, workspace.actor), pupil_ids(workspace, group)
    for number, twin in enumerate(twins):
        mark(twin, FIRST, (pupils[number], "planning", number))
        exchange.send(twin, twin.actor, first_id, package.with_name(f"{number}.profdesk"))
    exchange.accept(workspace, workspace.actor, package.with_name("0.profdesk"))
    before = shown(workspace)
    with pytest.raises(WrongInputError, match="одни и те же номера"):
        exchange.accept(workspace, workspace.actor, package.with_name("1.profdesk"))
    assert shown(workspace) == before
    for twin in twins:
        twin.close()


def test_a_class_teacher_gets_the_own_class_alone(workspace: Workspace, group: Group, package: Path) -> None:
    plan = roster.preview(workspace, workspace.actor, listed(package.parent, OTHER_CLASS), YEAR)
    roster.apply(workspace, workspace.actor, plan)
    second = joined(workspace, package, replace(TEACHER, classes=frozenset({group.id})), whole=False)
    rows, of_first = of_school(shown(second)), of_school(shown(workspace))
    assert rows == of_school(dict(told(second).rows))
    assert rows.items() <= of_first.items()
    assert {row["surname"] for (table, _), row in rows.items() if table == "pupil"} == {
        line.split(";")[0] for line in LINES
    }
    second_id, there = computers.own_id(second, second.actor), package.with_name("туда.profdesk")
    mark(workspace, FIRST, (pupil_ids(workspace, group)[0], "planning", 1))
    sent, _ = exchange.send(workspace, workspace.actor, second_id, there)
    exchange.accept(second, second.actor, there)
    assert sent.operations < 5
    assert len([1 for table, _ in shown(second) if table == "assessment"]) == 1
    second.close()


def test_a_wrong_code_is_told_and_slows_down(workspace: Workspace, package: Path) -> None:
    code = kit(workspace, package, HEAD)
    found = joining.look(package, code.lower().replace("-", " "))
    assert (found.user.name, found.computer.name, found.computer.whole) == (HEAD.name, "Ноутбук", True)
    assert "вся организация" in found.told
    for _ in range(2):
        with pytest.raises(AccessError, match="Код не подходит"):
            joining.look(package, "2222-3333")
    with pytest.raises(RefusedError, match="Код не подходит"):
        joining.look(package, "2222-3333")
    with pytest.raises(RefusedError, match="Следующая попытка"):
        joining.look(package, code)


@pytest.mark.parametrize(
    ("ahead", "told"),
    [(timedelta(days=1, minutes=1), "часы этого компьютера показывают"), (timedelta(hours=23), "")],
)
def test_a_clock_that_is_days_behind_is_told_before_anything_is_chosen(
    workspace: Workspace, package: Path, monkeypatch: pytest.MonkeyPatch, ahead: timedelta, told: str
) -> None:
    class There(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.now(tz) + ahead

    monkeypatch.setattr(computers, "datetime", There)
    code = kit(workspace, package, HEAD)
    with pytest.raises(WrongInputError, match=told) if told else nullcontext():
        joining.look(package, code)


def test_a_moment_that_is_none_is_refused(workspace: Workspace, package: Path) -> None:
    code = kit(workspace, package, HEAD)
    first, head, rest = package.read_bytes().split(b"\n", 2)
    package.write_bytes(b"\n".join((first, json.dumps({**json.loads(head), "made_at": "вчера"}).encode(), rest)))
    with pytest.raises(WrongInputError, match="не по правилам"):
        joining.look(package, code)


@pytest.mark.slow
def test_a_package_changed_by_a_byte_makes_nothing(workspace: Workspace, package: Path, tmp_path: Path) -> None:
    code = kit(workspace, package, HEAD)
    spoiled = bytearray(package.read_bytes())
    spoiled[-1_000] ^= 1
    package.write_bytes(spoiled)
    place = tmp_path / "место"
    with pytest.raises(WrongInputError, match="повреждён"):
        joining.join(package, code, place / "второй", OWN)
    package.write_bytes(spoiled[:-2_000])
    with pytest.raises(WrongInputError, match="повреждён"):
        joining.join(package, code, place / "второй", OWN)
    assert list(place.iterdir()) == []


@pytest.mark.slow
def test_a_weak_password_a_taken_folder_and_a_stop_make_nothing(
    workspace: Workspace, package: Path, tmp_path: Path
) -> None:
    code = kit(workspace, package, HEAD)
    place = tmp_path / "место"
    with pytest.raises(ProfdeskError, match="8"):
        joining.join(package, code, place / "второй", "коротко")
    with pytest.raises(WrongInputError, match="занята"):
        joining.join(package, code, workspace.path, OWN)
    assert list(place.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("part", ["Читаем файл, МБ", "Проверяем записи", "Пополняем журнал", "Вносим записи"])
def test_joining_is_stopped_whatever_it_is_at(workspace: Workspace, package: Path, tmp_path: Path, part: str) -> None:
    def stop(what: str, _done: int, _total: int) -> None:
        if what == part:
            raise CancelledError

    code = kit(workspace, package, HEAD)
    place = tmp_path / "место"
    with pytest.raises(CancelledError):
        joining.join(package, code, place / "второй", OWN, stop)
    assert list(place.iterdir()) == []


@pytest.mark.slow
def test_a_file_of_another_sort_is_told(workspace: Workspace, package: Path, tmp_path: Path) -> None:
    code = kit(workspace, package, HEAD)
    with pytest.raises(WrongInputError, match="пакет рабочей папки"):
        exchange.look(workspace, workspace.actor, package)
    with workspace.unit(workspace.actor) as unit:
        (other,) = [one.id for one in unit.computers.all() if one.series]
    changes = tmp_path / "изменения.profdesk"
    exchange.send(workspace, workspace.actor, other, changes)
    with pytest.raises(WrongInputError, match="файл с изменениями"):
        joining.look(changes, code)
    with pytest.raises(WrongInputError, match="не открывается"):
        joining.look(tmp_path / "нет", code)
    package.write_bytes(b"profdesk exchange 2\n" + package.read_bytes()[20:])
    with pytest.raises(WrongInputError, match="более новой программой"):
        joining.look(package, code)


def test_only_who_holds_the_keys_makes_a_package(workspace: Workspace, package: Path) -> None:
    made, _ = users.add(workspace, workspace.actor, ADMINISTRATOR, OWN)
    psychologist, _ = users.add(workspace, workspace.actor, PSYCHOLOGIST, OWN)
    workspace.close()
    administrator = opening.open_workspace(workspace.path, made, OWN)
    for person, words in ((psychologist, "Такой пакет делает владелец."), (HEAD, "владелец или координатор")):
        with pytest.raises(WrongInputError, match=words):
            kit(administrator, package, person)
    administrator.close()
    assert not package.exists()


def test_names_of_computers_and_people_are_looked_at(workspace: Workspace, package: Path) -> None:
    with pytest.raises(WrongInputError, match="Назовите компьютер"):
        kit(workspace, package, HEAD, name="  ")
    kit(workspace, package, HEAD, name="Кабинет 5")
    with pytest.raises(WrongInputError, match="уже есть"):
        kit(workspace, package, COORDINATOR, name="кабинет  5")
    with pytest.raises(WrongInputError, match="Отметьте хотя бы одну роль"):
        kit(workspace, package, replace(COORDINATOR, roles=frozenset()))
    with workspace.unit(workspace.actor) as unit:
        assert [one.name for one in unit.computers.all()][1:] == ["Кабинет 5"]


def test_the_name_of_a_computer_that_was_stopped_is_free(workspace: Workspace, package: Path) -> None:
    kit(workspace, package, HEAD, name="Кабинет 5")
    with workspace.unit(workspace.actor) as unit:
        broken = unit.computers.all()[1]
    computers.stop(workspace, workspace.actor, broken.id)
    kit(workspace, package, COORDINATOR, name="Кабинет 5")
    with workspace.unit(workspace.actor) as unit:
        assert [one.stopped_at is None for one in unit.computers.all() if one.name == "Кабинет 5"] == [False, True]

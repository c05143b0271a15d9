"""Users changed or removed on one computer: passwords on the other follow, once a file has brought the word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from exchange_files import accepted, check_chains, reopened, sent, taken_back
from password_rooms import (
    ADMINISTRATOR,
    COORDINATOR,
    FIRST_PASSWORD,
    OWNER,
    PEOPLE,
    PSYCHOLOGIST,
    TEACHER,
    Pair,
    added,
    copied,
    opens_with,
    own_words,
)
from support import CHEAP

from profdesk.domain.access import Role
from profdesk.domain.exchange import AHEAD_MS
from profdesk.domain.users import Draft
from profdesk.errors import AccessError, CodeNeededError, WrongInputError
from profdesk.services import clocks, exchange, users
from profdesk.storage import database, opening, seats, vault
from profdesk.storage.clock import HybridClock, _wall
from profdesk.storage.vault import Cost
from profdesk.storage.workspace import Workspace


class KilledError(BaseException):
    """Ends the program where it stands."""


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a password costs is the vault's own test; here it would only take time."""
    monkeypatch.setattr(Cost.__init__, "__defaults__", (CHEAP.memory, CHEAP.passes, CHEAP.lanes))


@pytest.fixture
def school(workspace: Workspace, tmp_path: Path) -> Iterator[Pair]:
    made = copied(workspace, tmp_path, *PEOPLE)
    yield made
    made.close()


def test_who_was_removed_there_comes_in_here_no_more_and_keys_are_new(school: Pair) -> None:
    known, own = school.keys("учитель"), own_words(school.two)
    school.remove("учитель")
    told = school.there()
    assert f"больше не войдут: {TEACHER.name}" in told
    assert "Ключи рабочей папки сменены" in told
    assert "учитель" not in school.slots()
    with pytest.raises(AccessError, match="больше нет"):
        school.two.workspace.close()
        opening.open_workspace(school.two.workspace.path, school.people["учитель"], FIRST_PASSWORD)
    assert not opens_with(school.two, known.desk)
    for who in ("психолог", "администратор", OWNER):
        school.at_two(who)
    assert own_words(school.two) == own
    check_chains(school.two)
    assert not users.owed(school.two.workspace, school.two.workspace.actor)
    school.bring(school.two, school.one)
    school.check_alike()


def test_a_preview_names_whom_it_lets_in_no_more_and_changes_nothing(school: Pair) -> None:
    school.remove("учитель")
    school.change("завуч", Role.READER)
    path, before = sent(school.one, school.two, school.folder / "1.profdesk"), school.slots()
    found = exchange.look(school.two.workspace, school.two.workspace.actor, path)
    assert f"Здесь больше не войдут, их удалили: {TEACHER.name}." in found.warnings
    assert f"Роли или сведения о пользователях станут другими: {COORDINATOR.name}." in found.warnings
    assert school.slots() == before
    assert accepted(school.two, path).preview == found


def test_a_former_psychologist_holds_the_key_no_more(school: Pair) -> None:
    known, own = school.keys("психолог"), own_words(school.two)
    assert known.psy is not None
    school.change("психолог", Role.TEACHER, post="учитель")
    assert f"изменили: {PSYCHOLOGIST.name}" in school.there()
    now = school.keys("психолог")
    assert now.psy is None
    assert now.desk != b""
    (actor,) = [one for one in vault.load(school.two.workspace.path).users if one.id == school.people["психолог"]]
    assert (actor.post, actor.roles) == ("учитель", {Role.TEACHER})
    assert own_words(school.two) == own
    assert not opens_with(school.two, known.psy, database.PSY)
    assert school.at_two(OWNER).workspace.keys.psy not in (None, known.psy)


def test_who_rose_there_has_the_rights_here_at_the_next_login(school: Pair) -> None:
    school.change("учитель", Role.TEACHER, Role.ADMINISTRATOR)
    school.there()
    opened = school.at_two("учитель").workspace
    assert opened.actor.roles == {Role.TEACHER, Role.ADMINISTRATOR}
    added(opened, replace(TEACHER, name="Новикова Юлия"))


def test_a_key_is_given_knowingly_and_never_on_the_word_of_a_file(school: Pair) -> None:
    school.change("учитель", Role.TEACHER, Role.PSYCHOLOGIST)
    school.change("завуч", Role.PSYCHOLOGIST)
    own = own_words(school.two)
    assert f"не выдан ключ: {TEACHER.name}, {COORDINATOR.name}" in school.there()
    school.at_two(OWNER)
    slots = school.slots()
    assert (slots["учитель"], slots["завуч"]) == ({Role.TEACHER}, {Role.COORDINATOR})
    assert school.keys("учитель").psy is None
    assert school.at_two("учитель").workspace.actor.roles == {Role.TEACHER}
    workspace = school.two.workspace
    users.change_password(workspace, workspace.actor, FIRST_PASSWORD, f"{FIRST_PASSWORD}!")
    here = {one.id: (one.roles, one.here) for one in users.listed(workspace, workspace.actor)}
    assert here[school.people["учитель"]] == ({Role.TEACHER, Role.PSYCHOLOGIST}, {Role.TEACHER})
    owner = school.at_two(OWNER).workspace
    assert "не выдан ключ" in owner.notice
    for one in users.listed(owner, owner.actor):
        if one.id in (school.people["учитель"], school.people["завуч"]):
            users.change(owner, owner.actor, one.id, Draft(one.name, one.post, one.roles))
    slots = school.slots()
    assert (slots["учитель"], slots["завуч"]) == ({Role.TEACHER, Role.PSYCHOLOGIST}, {Role.PSYCHOLOGIST})
    assert own_words(school.two) == own
    assert school.at_two(OWNER).workspace.notice == ""
    school.two = reopened(school.two, f"{FIRST_PASSWORD}!", school.people["учитель"])
    assert school.two.workspace.keys.psy is not None


def test_a_row_forged_under_the_owners_name_gives_no_key(school: Pair) -> None:
    there = school.at_two("учитель").workspace
    with there.unit(school.one.workspace.actor) as unit:
        unit.users.change(school.people["учитель"], replace(TEACHER, roles=frozenset({Role.OWNER, Role.TEACHER})))
    school.at_two(OWNER)
    held = school.keys("учитель")
    assert (held.psy, held.seal) == (None, None)
    assert school.at_two("учитель").workspace.actor.roles == {Role.TEACHER}
    school.bring(school.two, school.one)
    held = vault.load(school.one.workspace.path).unlock(school.people["учитель"], FIRST_PASSWORD)
    assert (held.psy, held.seal) == (None, None)


def test_an_administrator_gives_a_key_by_the_code(school: Pair) -> None:
    code, _ = users.renew_recovery(school.two.workspace, school.two.workspace.actor)
    school.change("учитель", Role.COORDINATOR)
    administrator = school.at_two("администратор").workspace
    school.there()
    said = replace(TEACHER, roles=frozenset({Role.COORDINATOR}))
    with pytest.raises(CodeNeededError):
        users.change(administrator, administrator.actor, school.people["учитель"], said)
    users.change(administrator, administrator.actor, school.people["учитель"], said, code)
    opened = school.at_two("учитель").workspace
    with opened.unit(opened.actor) as unit:
        assert unit.keys.private()


def test_keys_wait_for_who_keeps_users(school: Pair) -> None:
    known = school.keys("психолог")
    school.at_two("администратор")
    school.remove("психолог")
    told = school.there()
    assert "психолог" not in school.slots()
    assert f"ещё знают: {PSYCHOLOGIST.name}" in told
    workspace = school.two.workspace
    assert users.owed(workspace, workspace.actor) == [PSYCHOLOGIST.name]
    school.at_two("учитель")
    with pytest.raises(AccessError, match="вести пользователей"):
        users.renew_keys(school.two.workspace, school.two.workspace.actor)
    owner = school.at_two(OWNER).workspace
    assert PSYCHOLOGIST.name in owner.notice
    users.renew_keys(owner, owner.actor)
    assert not users.owed(owner, owner.actor)
    with pytest.raises(WrongInputError, match="уже сменены"):
        users.renew_keys(owner, owner.actor)
    assert not opens_with(school.two, known.psy, database.PSY)
    assert not opens_with(school.two, known.desk)
    assert school.at_two("администратор").workspace.notice == ""


def test_both_may_change_one_user_at_once(school: Pair) -> None:
    there = school.two.workspace
    school.change("учитель", Role.READER)
    renamed = Draft("Ромашкина-Ли Ольга", "завуч", TEACHER.roles)
    users.change(there, there.actor, school.people["учитель"], renamed)
    school.change("завуч", Role.READER)
    users.remove(there, there.actor, school.people["завуч"])
    own = own_words(school.one), own_words(school.two)
    for _ in range(2):
        school.there()
        school.bring(school.two, school.one)
    school.check_alike()
    assert own == (own_words(school.one), own_words(school.two))
    for room in (school.one, school.two):
        slots = {one.id: one for one in vault.load(room.workspace.path).users}
        found = slots[school.people["учитель"]]
        assert (found.name, found.post, found.roles) == (renamed.name, "завуч", {Role.READER})
        assert school.people["завуч"] not in slots


@pytest.mark.parametrize("step", ["before the vault", "after the vault"])
def test_what_a_kill_stops_is_made_up_for_at_the_next_opening(
    school: Pair, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    own, before = own_words(school.two), (school.two.workspace.path / vault.FILE).read_bytes()
    school.remove("учитель")
    school.change("психолог", Role.READER)
    real = vault.save

    def killed(folder: Path, lock: vault.Vault) -> None:
        if step == "after the vault":
            real(folder, lock)
        monkeypatch.setattr(vault, "save", lambda *_: None)
        raise KilledError

    monkeypatch.setattr(seats.vault, "save", killed)
    with pytest.raises(KilledError):
        school.there()
    monkeypatch.undo()
    monkeypatch.setattr(Cost.__init__, "__defaults__", (CHEAP.memory, CHEAP.passes, CHEAP.lanes))
    followed = (school.two.workspace.path / vault.FILE).read_bytes() != before
    assert followed == (step == "after the vault")
    school.at_two(OWNER)
    slots = school.slots()
    assert "учитель" not in slots
    assert slots["психолог"] == {Role.READER}
    assert own_words(school.two) == own
    owner = school.two.workspace
    assert users.owed(owner, owner.actor) == sorted([TEACHER.name, PSYCHOLOGIST.name])
    assert TEACHER.name in owner.notice


def test_who_takes_the_own_removal_in_works_on_and_comes_in_no_more(school: Pair) -> None:
    school.at_two("учитель")
    school.remove("учитель")
    assert "Вас удалили" in school.there()
    exchange.send(school.two.workspace, school.two.workspace.actor, school.one.id, school.folder / "ещё.profdesk")
    with pytest.raises(AccessError, match="Вас удалили из пользователей на другом компьютере"):
        school.at_two("учитель")
    school.at_two(OWNER)
    assert "учитель" not in school.slots()


def test_who_takes_the_own_removal_in_and_takes_it_back_has_the_password_still(school: Pair) -> None:
    school.at_two("психолог")
    school.remove("психолог")
    school.remove("учитель")
    done = accepted(school.two, sent(school.one, school.two, school.folder / "1.profdesk"))
    assert "учитель" not in school.slots()
    assert f"Снова среди пользователей: {TEACHER.name}" in taken_back(school.two, done).people
    assert school.at_two("психолог").workspace.keys.psy is not None


def test_who_was_demoted_renews_no_key_for_himself(school: Pair) -> None:
    owner = added(school.one.workspace, replace(ADMINISTRATOR, name="Новый Пётр", roles=frozenset({Role.OWNER})))
    school.one = reopened(school.one, FIRST_PASSWORD, owner)
    school.change(OWNER, Role.ADMINISTRATOR, name="Климова")
    before = school.two.workspace.keys
    assert "закройте программу и войдите снова" in school.there()
    assert school.two.workspace.keys == before
    now = school.at_two(OWNER).workspace
    assert now.actor.roles == {Role.ADMINISTRATOR}
    assert "ещё знают: Климова" in now.notice
    with pytest.raises(CodeNeededError):
        users.renew_keys(now, now.actor)


def test_who_opens_after_a_kill_and_was_removed_is_told(school: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    school.remove("учитель")
    monkeypatch.setattr(seats, "follow", lambda *_, **__: seats.Followed())
    school.there()
    school.two.workspace.close()
    monkeypatch.undo()
    with pytest.raises(AccessError, match="Вас удалили из пользователей на другом компьютере"):
        opening.open_workspace(school.two.workspace.path, school.people["учитель"], FIRST_PASSWORD)
    school.at_two(OWNER)
    assert "учитель" not in school.slots()


def test_an_acceptance_that_closed_a_door_is_undone_and_told(school: Pair) -> None:
    school.remove("учитель")
    own = own_words(school.two)
    done = accepted(school.two, sent(school.one, school.two, school.folder / "1.profdesk"))
    told = taken_back(school.two, done).people
    assert f"Снова среди пользователей: {TEACHER.name}" in told
    assert "учитель" not in school.slots()
    there, teacher = school.two.workspace, school.people["учитель"]
    assert {one.id: one.here for one in users.listed(there, there.actor)}[teacher] is None
    users.give_password(there, there.actor, teacher, "новый-первый-пароль")
    assert school.slots()["учитель"] == TEACHER.roles
    assert own_words(school.two) == own


def test_an_acceptance_that_changed_a_user_is_followed_back(school: Pair) -> None:
    school.change("психолог", Role.READER)
    own = own_words(school.two)
    done = accepted(school.two, sent(school.one, school.two, school.folder / "1.profdesk"))
    assert school.slots()["психолог"] == {Role.READER}
    assert f"не выдан ключ: {PSYCHOLOGIST.name}" in taken_back(school.two, done).people
    owner = school.two.workspace
    users.change(owner, owner.actor, school.people["психолог"], PSYCHOLOGIST)
    assert school.slots()["психолог"] == {Role.PSYCHOLOGIST}
    assert school.keys("психолог").psy == owner.keys.psy
    assert own_words(school.two) == own


@pytest.mark.parametrize("by", ["opening", "bringing forward"])
def test_what_waits_because_of_a_clock_is_followed_when_it_is_merged(
    school: Pair, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    there = school.one.workspace
    there._clock = HybridClock(there._last_reading(there.keys), lambda: _wall() + 2 * AHEAD_MS)
    school.change("учитель", Role.READER)
    school.there()
    assert school.slots()["учитель"] == TEACHER.roles
    if by == "opening":
        later = partial(HybridClock, wall=lambda: _wall() + 2 * AHEAD_MS)
        monkeypatch.setattr("profdesk.storage.workspace.HybridClock", later)
        school.at_two(OWNER)
    else:
        clocks.bring_forward(school.two.workspace, school.two.workspace.actor, school.one.id)
    assert school.slots()["учитель"] == {Role.READER}

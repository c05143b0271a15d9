"""Users of another computer, changed and removed from here; and who goes on there since nobody else can."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from exchange_files import reopened
from password_rooms import (
    ADMINISTRATOR,
    FIRST_PASSWORD,
    OWNER,
    TEACHER,
    Pair,
    added,
    copied,
    own_words,
    packed,
)
from support import CHEAP

from profdesk.domain.access import Role
from profdesk.domain.users import Draft
from profdesk.errors import AccessError
from profdesk.services import users
from profdesk.storage import vault
from profdesk.storage.vault import Cost
from profdesk.storage.workspace import Workspace


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a password costs is the vault's own test; here it would only take time."""
    monkeypatch.setattr(Cost.__init__, "__defaults__", (CHEAP.memory, CHEAP.passes, CHEAP.lanes))


@pytest.fixture
def small(workspace: Workspace, tmp_path: Path) -> Iterator[Pair]:
    """An owner and a teacher on both."""
    made = copied(workspace, tmp_path, "учитель")
    yield made
    made.close()


@pytest.fixture
def alone(workspace: Workspace, tmp_path: Path) -> Iterator[Pair]:
    """A teacher alone on the laptop."""
    made = packed(workspace, tmp_path)
    yield made
    made.close()


def test_who_alone_keeps_users_of_a_computer_goes_when_somebody_else_may(small: Pair) -> None:
    school, other = small, replace(ADMINISTRATOR, roles=frozenset({Role.OWNER}))
    owner = added(school.one.workspace, other)
    school.one = reopened(school.one, FIRST_PASSWORD, owner)
    school.remove(OWNER)
    school.at_two("учитель")
    assert "остались прежними: Климова Татьяна Аркадьевна" in school.there()
    assert OWNER in school.slots()
    there = school.at_two(OWNER).workspace
    assert "остались прежними: Климова" in there.notice
    listed = {one.id: one for one in users.listed(there, there.actor)}[school.people[OWNER]]
    assert listed.removed_at is not None
    assert listed.here == {Role.OWNER}
    school.at_two("учитель")
    school.change("учитель", Role.OWNER)
    school.there()
    assert school.slots() == {"учитель": TEACHER.roles, OWNER: {Role.OWNER}}
    there = school.at_two(OWNER).workspace
    users.change(there, there.actor, school.people["учитель"], replace(TEACHER, roles=frozenset({Role.OWNER})))
    with pytest.raises(AccessError, match="Вас удалили из пользователей"):
        school.at_two(OWNER)
    assert school.slots() == {"учитель": {Role.OWNER}}
    now = school.at_two("учитель").workspace
    assert "ещё знают: Климова" in now.notice
    users.renew_keys(now, now.actor)


def test_who_works_on_another_computer_is_changed_and_removed_from_here(alone: Pair) -> None:
    school = alone
    own = own_words(school.two)
    before = vault.load(school.one.workspace.path)
    school.change("учитель", Role.READER, Role.ADMINISTRATOR, name="Ромашкина-Ли Ольга")
    school.there()
    opened = school.at_two("учитель").workspace
    assert (opened.actor.name, opened.actor.roles) == ("Ромашкина-Ли Ольга", {Role.READER, Role.ADMINISTRATOR})
    reader = Draft("Ким Анна Олеговна", "завуч", frozenset({Role.READER}))
    colleague = added(opened, reader)
    school.bring(school.two, school.one)
    school.remove("учитель")
    assert vault.load(school.one.workspace.path) == before
    assert "остались прежними: Ромашкина-Ли" in school.there()
    there = school.one.workspace
    users.change(there, there.actor, colleague, replace(reader, roles=frozenset({Role.ADMINISTRATOR})))
    assert "Вас удалили" in school.there()
    school.two = reopened(school.two, FIRST_PASSWORD, colleague)
    assert school.two.workspace.actor.roles == {Role.ADMINISTRATOR}
    assert "Ключи рабочей папки ещё знают: Ромашкина-Ли Ольга" in school.two.workspace.notice
    school.bring(school.two, school.one)
    school.check_alike()
    assert own_words(school.two) == own + 1, "the colleague was added there"


def test_who_is_alone_keeps_the_password_and_what_is_not_sent(alone: Pair) -> None:
    school = alone
    school.remove("учитель")
    assert f"остались прежними: {TEACHER.name}" in school.there()
    assert school.at_two("учитель").workspace.notice == ""
    school.bring(school.two, school.one)
    school.check_alike()


def test_nobody_is_a_psychologist_where_psychologists_records_do_not_come(alone: Pair) -> None:
    school, own = alone, own_words(alone.two)
    school.change("учитель", Role.TEACHER, Role.PSYCHOLOGIST, post="психолог")
    school.there()
    assert school.at_two("учитель").workspace.actor.roles == TEACHER.roles
    (user,) = vault.load(school.two.workspace.path).users
    assert (user.post, user.roles) == ("психолог", TEACHER.roles)
    school.change("учитель", Role.PSYCHOLOGIST)
    assert "остались прежними" in school.there()
    there = school.at_two("учитель").workspace
    assert there.actor.roles == TEACHER.roles
    assert there.keys.psy is None
    assert own_words(school.two) == own
    school.bring(school.two, school.one)
    school.check_alike()

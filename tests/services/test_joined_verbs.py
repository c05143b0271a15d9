"""A computer that has only what its person needs answers every verb of that person as the whole organisation's does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import rights_school
from rights_school import School
from support import CHEAP
from test_rights_matrix import MORE, PREPARED, VERBS, asked_of, at

from profdesk.domain import rights
from profdesk.domain.access import Actor, Role
from profdesk.domain.users import Draft
from profdesk.errors import ProfdeskError
from profdesk.services import computers, exchange, joining
from profdesk.storage.vault import Cost
from profdesk.storage.workspace import Workspace

pytestmark = pytest.mark.slow
OWN = "пароль второго компьютера"
APART = (
    "backups.", "batches.", "clocks.", "computers.", "erasure.", "exchange.", "key_files.", "users.", "workspaces.",
)  # fmt: skip
"""What is done to a computer itself: its keys, its copies, what waits there and which acts it knows."""
Asked = Callable[[Workspace, Actor], Any]


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    patch = pytest.MonkeyPatch()
    patch.setenv("PROFDESK_HOME", str(tmp_path_factory.mktemp("home")))
    made = rights_school.build(tmp_path_factory.mktemp("joined"))
    yield made
    made.workspace.close()
    patch.undo()


def verbs_of(role: Role, school: School, folder: Path) -> Mapping[str, Asked]:
    """Every verb that the role may call, as it is asked of the own class."""
    place, found = at(school, school.own, school.owner, folder), {}
    for name in sorted(VERBS.keys() - PREPARED):
        if not name.startswith(APART) and role in MORE.get(name, Role):
            one = asked_of(name, place)
            if rights.reach({role}, one.right) is not None:
                found[name] = one.ask
    return found


def answer(ask: Asked, workspace: Workspace, who: Actor) -> str:
    """Whether it was done, else why not."""
    try:
        ask(workspace, who)
    except ProfdeskError as error:
        return error.message
    return ""


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.OWNER])
def test_a_part_answers_as_the_whole_does_and_what_it_did_is_taken(
    role: Role, school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Cost.__init__, "__defaults__", (CHEAP.memory, CHEAP.passes, CHEAP.lanes))
    asked = verbs_of(role, school, tmp_path / "спрошено")
    first = school.copied(tmp_path / "целое")
    classes = frozenset({school.own.group}) if role is Role.TEACHER else frozenset()
    person, package = Draft("Новикова Анна Львовна", "", frozenset({role}), classes), tmp_path / "пакет.profdesk"
    code, _ = computers.kit(first.workspace, first.owner, person, "Кабинет 9", whole=False, path=package)
    alike = first.copied(tmp_path / "целое ещё раз").workspace
    part = joining.join(package, code, tmp_path / "часть", OWN).workspace
    answers = {name: (answer(ask, part, part.actor), answer(ask, alike, part.actor)) for name, ask in asked.items()}
    assert {name: both for name, both in answers.items() if both[0] != both[1]} == {}
    assert "" in {here for here, _ in answers.values()}
    for sender, receiver in ((part, first.workspace), (first.workspace, part)):
        changes = tmp_path / f"{sender.path.name}.profdesk"
        exchange.send(sender, sender.actor, computers.own_id(receiver, receiver.actor), changes)
        exchange.accept(receiver, receiver.actor, changes)
    for one in (part, alike, first.workspace):
        one.close()

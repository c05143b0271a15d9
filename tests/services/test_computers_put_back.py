"""Three computers of which some are put back to older copies: what each of the others says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from exchange_files import send
from exchange_rooms import shown
from support import CHEAP, FIRST, PASSWORD, YEAR, mark, pupil_ids, stages

from profdesk.domain.access import Role
from profdesk.domain.erasure import OF_PUPIL, ErasureKind, Target
from profdesk.domain.people import Group
from profdesk.domain.retention import RecordKind
from profdesk.domain.users import Draft
from profdesk.errors import WrongInputError
from profdesk.services import (
    backups,
    class_teachers,
    computers,
    erasure,
    exchange,
    joining,
    recovery,
    users,
    workspaces,
)
from profdesk.storage import journal
from profdesk.storage.vault import Cost
from profdesk.storage.workspace import Session, Workspace

TEACHER = Draft("Ромашкина Ольга Юрьевна", "учитель", frozenset({Role.TEACHER}))


@dataclass
class Three:
    first: Workspace
    laptop: Workspace
    whole: Workspace
    pupil: str


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Cost.__init__, "__defaults__", (CHEAP.memory, CHEAP.passes, CHEAP.lanes))


@pytest.fixture
def three(workspace: Workspace, group: Group, tmp_path: Path) -> Iterator[Three]:
    """The first computer's, a teacher's with a part, and one with all records."""
    actor = workspace.actor
    teacher, _ = users.add(workspace, actor, TEACHER, PASSWORD)
    class_teachers.give(workspace, actor, teacher, [group.id], YEAR)
    code, _ = computers.kit(workspace, actor, teacher, "Ноутбук", False, package := tmp_path / "п.profdesk")
    laptop = joining.join(package, code, tmp_path / "ноутбук", PASSWORD).workspace
    code, _ = computers.kit(workspace, actor, actor.id, "Кабинет 5", True, package := tmp_path / "п2.profdesk")
    whole = joining.join(package, code, tmp_path / "второй", PASSWORD).workspace
    exchange.accept(laptop, laptop.actor, send(workspace, laptop, tmp_path / "0.profdesk"))
    made = Three(workspace, laptop, whole, pupil_ids(workspace, group)[0])
    yield made
    for one in (made.laptop, made.whole):
        one.close()


def test_a_computer_stopped_under_one_id_is_stopped_under_that_of_a_restore_too(three: Three, tmp_path: Path) -> None:
    """The other one, which had taken the restored one's file, told of the fresh id only after the stop."""
    first, actor, former = three.first, three.first.actor, computers.own_id(three.laptop, three.laptop.actor)
    copy = backups.make(three.laptop, three.laptop.actor)[0]
    laptop = three.laptop = put_back(three.laptop, copy)
    mark(laptop, FIRST, (three.pupil, "planning", 1))
    exchange.accept(three.whole, three.whole.actor, send(laptop, three.whole, tmp_path / "1.profdesk"))
    computers.stop(first, actor, former)
    exchange.accept(first, actor, send(three.whole, first, tmp_path / "2.profdesk"))
    told = {one.name: one.stopped_at is not None for one in computers.all_of(first, actor)}
    assert told["Ноутбук"]
    assert not told["Кабинет 5"]
    with pytest.raises(WrongInputError, match="прекращён"):
        send(first, laptop, tmp_path / "3.profdesk")
    with pytest.raises(WrongInputError, match="прекращён"):
        exchange.accept(first, actor, send(laptop, first, tmp_path / "4.profdesk"))


def test_the_first_computer_put_back_to_before_another_was_goes_on_exchanging(
    three: Three, group: Group, tmp_path: Path
) -> None:
    """That the other one took a fresh id is that one's own word."""
    before = backups.make(three.first, three.first.actor)[0]
    laptop = three.laptop = put_back(three.laptop, backups.make(three.laptop, three.laptop.actor)[0])
    mark(laptop, FIRST, (three.pupil, "planning", 1))
    exchange.accept(three.first, three.first.actor, send(laptop, three.first, tmp_path / "1.profdesk"))
    exchange.accept(three.whole, three.whole.actor, send(three.first, three.whole, tmp_path / "2.profdesk"))
    first = put_back(three.first, before)
    for at, other in enumerate((three.whole, laptop), 3):
        exchange.accept(other, other.actor, send(first, other, tmp_path / f"{at} туда.profdesk"))
        exchange.accept(first, first.actor, send(other, first, tmp_path / f"{at} обратно.profdesk"))
    assert stages(first, group) == {"planning": 1}
    assert shown_computers(first) == shown_computers(three.whole)
    first.close()


@pytest.mark.parametrize("kinds", [frozenset({RecordKind.PORTFOLIO}), OF_PUPIL], ids=["some kinds", "everything"])
def test_each_computer_put_back_to_before_an_erasure_destroys_anew_and_goes_on_exchanging(
    three: Three, group: Group, tmp_path: Path, kinds: frozenset[RecordKind]
) -> None:
    """A part's in whoever's name it was decided, without a word of its own; nothing comes back, nothing newer goes."""
    first, laptop, whole, pupil = three.first, three.laptop, three.whole, three.pupil
    files = (tmp_path / f"{number} файл.profdesk" for number in count())

    def bring(sender: Workspace, *receivers: Workspace) -> None:
        for one in receivers:
            exchange.accept(one, one.actor, send(sender, one, next(files)))

    mark(laptop, FIRST, (pupil, "planning", 1))
    bring(laptop, first)
    bring(first, whole)
    copies = [backups.make(one, one.actor)[0] for one in (laptop, whole)]
    erasure.erase(first, first.actor, [Target(pupil, kinds)], ErasureKind.WITHDRAWN, "заявление № 5")
    bring(first, laptop, whole)
    after = {} if kinds == OF_PUPIL else {"flexibility": 2, "initiative": 3}
    if after:
        mark(laptop, FIRST, (pupil, "flexibility", 2))
        bring(laptop, first, whole)
    laptop = three.laptop = put_back(laptop, copies[0])
    assert stages(laptop, group) == {}
    if after:
        mark(laptop, FIRST, (pupil, "initiative", 3))
    bring(laptop, first)
    bring(first, laptop)
    bring(laptop, first)
    assert stages(first, group) == stages(laptop, group) == after
    assert [one.kind for one in erasure.acts(first, first.actor)] == [ErasureKind.WITHDRAWN]
    whole = three.whole = put_back(whole, copies[1])
    assert stages(whole, group) == {}
    for _ in range(2):
        bring(whole, first)
        bring(first, whole, laptop)
        bring(laptop, first)
    assert stages(first, group) == stages(whole, group) == stages(laptop, group) == after
    for one in (first, whole, laptop):
        with Session(one._engine) as session:
            assert journal.broken_link(session) is None
    acts = [
        {place: row for place, row in shown(one).items() if place[0] in ("erasure", "erased_pupil")}
        for one in (first, whole, laptop)
    ]
    assert acts[0] == acts[1]
    assert acts[0].items() >= acts[2].items()


def put_back(workspace: Workspace, copy: Path) -> Workspace:
    workspace.close()
    recovery.restore(workspace.path, workspace.actor.id, PASSWORD, copy)
    return workspaces.open_workspace(workspace.path, workspace.actor.id, PASSWORD)


def shown_computers(workspace: Workspace) -> dict[object, object]:
    return {place: row for place, row in shown(workspace).items() if place[0] == "computer"}

"""A preview names computers that a file brings, or gives other keys, before anything is sent to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from exchange_files import Room, accepted, added, joined, secrets_of, sent
from kept_workspaces import create
from support import PASSWORD

from profdesk.domain.access import NewUser
from profdesk.services import exchange
from profdesk.signing import exchange_file
from profdesk.storage.computers import Secrets

Rooms = tuple[Room, Room]


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    made = create(tmp_path / "школа", NewUser("Климова Татьяна Аркадьевна", "координатор", PASSWORD)).workspace
    one, two = joined(made, tmp_path / "ноутбук")
    yield one, two
    one.workspace.close()
    two.workspace.close()


def warned(rooms: Rooms, path: Path) -> str:
    one, two = rooms
    return " ".join(exchange.look(one.workspace, one.workspace.actor, sent(two, one, path)).warnings)


def test_a_new_computer_is_named(rooms: Rooms, tmp_path: Path) -> None:
    one, two = rooms
    added(two.workspace, "Кабинет 5", "К2-2", psy=False)
    added(two.workspace, "Кабинет психолога", "К2-3")
    told = warned(rooms, tmp_path / "1.profdesk")
    assert "Появятся компьютеры: «Кабинет 5», «Кабинет психолога»" in told
    assert "данные психологов: «Кабинет психолога»" in told
    accepted(one, tmp_path / "1.profdesk")
    assert "Появ" not in warned(rooms, tmp_path / "2.profdesk")


def test_other_keys_are_told(rooms: Rooms, tmp_path: Path) -> None:
    _, two = rooms
    secret, kept = exchange_file.new_keys()[1], secrets_of(two)
    with two.workspace.unit(two.workspace.actor) as unit:
        own = unit.computers.get(two.id)
        unit.computers.keep(Secrets(kept.signing_key, secret, kept.psy))
        unit.computers.put(replace(own, address=exchange_file.address(secret)))
    assert "Другими станут ключи компьютеров: «Ноутбук»" in warned(rooms, tmp_path / "1.profdesk")

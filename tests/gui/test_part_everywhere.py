"""Whoever has a computer with a part of a school presses everything: the school takes what comes of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
_TESTS = Path(__file__).parents[1]
_WALK = """
import os, sys
from pathlib import Path
import pytest
from role_walk import Walker
from profdesk import app
from profdesk.services import computers, demo, exchange, joining, users
app.application()
folder = Path(sys.argv[1])
demo.build(folder / "desk", lambda *_: None).close()
school = demo.open_demo(folder / "desk")
owner = school.actor
person = next(one.id for one in users.listed(school, owner) if one.name == sys.argv[2])
code, _ = computers.kit(school, owner, person, "Второй компьютер", False, folder / "пакет.profdesk")
part = joining.join(folder / "пакет.profdesk", code, folder / "второй", "пароль второго").workspace
device = next(one.id for one in computers.all_of(part, part.actor) if one.series == "")
walker = Walker(app.Windows(), pytest.MonkeyPatch())
walker.open(part)
walker.walk()
exchange.send(part, part.actor, device, folder / "изменения.profdesk")
taken, _ = exchange.accept(school, owner, folder / "изменения.profdesk")
print(len(walker.pressed), taken.preview.operations, *walker.refused, sep="\\n", flush=True)
os._exit(0)
"""
"""A process of its own: whatever was left open is not to be taken down."""


@pytest.mark.parametrize("person", ["Белова Анна Сергеевна", "Соколова Ирина Павловна", "Гусева Марина Олеговна"])
def test_whatever_is_pressed_on_a_part_is_taken(person: str, tmp_path: Path) -> None:
    places = os.pathsep.join((str(_TESTS), str(_TESTS.parent)))
    found = subprocess.run(
        [sys.executable, "-c", _WALK, str(tmp_path), person],
        env={**os.environ, "PYTHONPATH": places, "PROFDESK_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=True,
    )
    pressed, operations, *refused = found.stdout.splitlines()
    assert refused == []
    assert int(pressed) > 100
    assert int(operations) > 5

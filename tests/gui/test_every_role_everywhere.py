"""Every role presses everything in its window of a school full of records: nothing that is offered is refused."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from profdesk import paths
from profdesk.domain.access import Role
from profdesk.services import demo

pytestmark = pytest.mark.slow
_TESTS = Path(__file__).parents[1]
_WALK = """
import os, sys
from pathlib import Path
import pytest
from role_walk import Walker, acting
from profdesk import app
from profdesk.domain.access import Role
from profdesk.services import demo
app.application()
walker = Walker(app.Windows(), pytest.MonkeyPatch())
walker.open(acting(demo.open_demo(Path(sys.argv[1])), Role(sys.argv[2])))
walker.walk()
print(len(walker.pressed), *walker.refused, sep="\\n", flush=True)
os._exit(0)
"""
"""A process of its own: whatever was left open is not to be taken down."""


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("demo")
    with paths.moved_to(place / "home"):
        demo.build(place / "desk", lambda *_: None).close()
    return place / "desk"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OWNER])
def test_nothing_offered_is_refused(role: Role, school: Path, tmp_path: Path) -> None:
    shutil.copytree(school, tmp_path / "desk")
    places = os.pathsep.join((str(_TESTS), str(_TESTS.parent)))
    found = subprocess.run(
        [sys.executable, "-c", _WALK, str(tmp_path / "desk"), role.value],
        env={**os.environ, "PYTHONPATH": places, "PROFDESK_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=True,
    )
    pressed, *refused = found.stdout.splitlines()
    assert refused == []
    assert int(pressed) > 5

"""Every import contract holds, and a planted violation turns each of them red."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]

# Contract, the module the violation is planted in, the line that breaks it, and what is then told of it.
PLANTED = [
    ("floors", "domain/people.py", "from profdesk.storage import workspace", "people -> profdesk.storage.workspace"),
    ("floors", "storage/clock.py", "from profdesk.intake import roster_file", "clock -> profdesk.intake.roster_file"),
    ("windows", "gui/portfolio/model.py", "from profdesk.gui.pupils import page", "model -> profdesk.gui.pupils.page"),
    ("services-only", "gui/common/desk.py", "from profdesk.storage import workspace", "desk -> profdesk.storage"),
    ("qt", "services/portfolio.py", "from PySide6 import QtCore", "portfolio -> PySide6"),
    ("sqlalchemy", "services/portfolio.py", "import sqlalchemy", "portfolio -> sqlalchemy"),
    ("pandas", "services/summary.py", "import pandas", "summary -> pandas"),
    ("papers", "services/summary.py", "import reportlab", "summary -> reportlab"),
    ("pyhanko", "services/summary.py", "import pyhanko", "summary -> pyhanko"),
    ("domain", "domain/people.py", "import cryptography", "people -> cryptography"),
    ("circles", "storage/clock.py", "from profdesk.storage import workspace", ".clock -> .workspace"),
]


def lint(folder: Path) -> str:
    """What is told of the contracts that a program in a folder breaks."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    env = {**os.environ, "PYTHONPATH": str(folder)}
    answer = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert answer.returncode == 1, answer.stdout + answer.stderr
    return answer.stdout


def copied(folder: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", folder)
    return Path(shutil.copytree(ROOT / "profdesk", folder / "profdesk", ignore=shutil.ignore_patterns("__pycache__")))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Of every violation, all planted in one copy: they do not hide each other."""
    folder = tmp_path_factory.mktemp("planted")
    copy = copied(folder)
    for _, module, line, _ in PLANTED:
        planted = copy / module
        before = planted.read_text(encoding="utf-8")
        planted.write_text(f"{before}\n\ndef planted() -> None:\n    {line}\n", encoding="utf-8")
    return lint(folder)


def test_every_contract_has_a_planted_violation() -> None:
    assert {one["id"] for one in CONTRACTS["contracts"]} == {contract for contract, *_ in PLANTED}


@pytest.mark.parametrize(("contract", "reason"), [(contract, reason) for contract, _, _, reason in PLANTED])
def test_planted_violation_turns_contract_red(told: str, contract: str, reason: str) -> None:
    (name,) = (one["name"] for one in CONTRACTS["contracts"] if one["id"] == contract)
    assert f"{name} BROKEN" in told
    of_contract = told.partition(f"\n{name}\n---")[2].partition("\n---")[0]
    assert reason in of_contract


def test_a_newcomer_has_no_floor(tmp_path: Path) -> None:
    (copied(tmp_path) / "newcomer.py").write_text("from profdesk import errors\n", encoding="utf-8")
    answer = lint(tmp_path)
    assert "each floor sees only those below it BROKEN" in answer
    assert "newcomer" in answer


def test_contracts_hold() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout

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

# Contract, the module the violation is planted in, and the line that breaks it.
PLANTED = [
    ("floors", "domain/people.py", "from profdesk.storage import workspace"),
    ("floors", "storage/clock.py", "from profdesk.intake import roster_file"),
    ("floors", "newcomer.py", "from profdesk import errors"),
    ("windows", "gui/portfolio/model.py", "from profdesk.gui.pupils import page"),
    ("services-only", "gui/common/desk.py", "from profdesk.storage import workspace"),
    ("qt", "services/portfolio.py", "from PySide6 import QtCore"),
    ("sqlalchemy", "services/portfolio.py", "import sqlalchemy"),
    ("pandas", "services/summary.py", "import pandas"),
    ("papers", "services/summary.py", "import reportlab"),
    ("pyhanko", "services/summary.py", "import pyhanko"),
    ("domain", "domain/people.py", "import cryptography"),
    ("circles", "storage/clock.py", "from profdesk.storage import workspace"),
]


def lint(folder: Path, contract: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--contract", contract]
    env = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_every_contract_has_a_planted_violation() -> None:
    assert {one["id"] for one in CONTRACTS["contracts"]} == {contract for contract, _, _ in PLANTED}


@pytest.mark.parametrize(("contract", "module", "line"), PLANTED)
def test_planted_violation_turns_contract_red(tmp_path: Path, contract: str, module: str, line: str) -> None:
    copy = shutil.copytree(ROOT / "profdesk", tmp_path / "profdesk")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    planted = copy / module
    before = planted.read_text(encoding="utf-8") if planted.exists() else ""
    planted.write_text(f"{before}\n\ndef planted() -> None:\n    {line}\n", encoding="utf-8")
    answer = lint(tmp_path, contract)
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert "BROKEN" in answer.stdout


def test_contracts_hold() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout

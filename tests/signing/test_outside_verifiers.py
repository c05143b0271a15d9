"""Outside judges of badges, where they are installed: openbadgeslib[ldp] and Digital Bazaar's libraries.

PROFDESK_OPENBADGES names a Python that has the first (its own is tried else), PROFDESK_NODE_MODULES the folder
``node_modules`` with @digitalbazaar/vc, data-integrity, eddsa-rdfc-2022-cryptosuite, ed25519-multikey, did-method-key.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from profdesk import assets
from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.certificate_claim import claim_of
from profdesk.signing import certificate_code, open_badge
from profdesk.signing.keys import SigningKey

pytestmark = pytest.mark.slow

Verifier = Callable[[Path], str]
_PYTHON = """
import pathlib, sys
from openbadgeslib.ob3.ldp import OB3LdpVerifier, OB3VerificationError
try:
    found = OB3LdpVerifier().verify(pathlib.Path(sys.argv[1]).read_bytes())
    print(len(found.results), found.identifiers[0].identity_hash)
except OB3VerificationError as error:
    print("refused:", error)
"""


@pytest.fixture(scope="module")
def badge(issued: CertificateFacts, school_key: SigningKey, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("badges") / "значок.json"
    path.write_bytes(open_badge.write(issued, school_key))
    return path


@pytest.fixture(scope="module")
def odd(issued: CertificateFacts, school_key: SigningKey, badge: Path) -> Path:
    """Nothing was assessed, and the words have what N-Quads and Base45 write in ways of their own."""
    facts = replace(issued, group='7 «А» "\\\t\n😀\u2028', stages=(None,) * 20, duplicate_of="№ 12/а#?%20")
    path = badge.with_name("странный.json")
    path.write_bytes(
        open_badge.write(replace(facts, code=certificate_code.write(claim_of(facts), school_key)), school_key)
    )
    return path


@pytest.fixture
def changed(badge: Path, tmp_path: Path) -> Path:
    path = tmp_path / "изменён.json"
    path.write_text(badge.read_text(encoding="utf-8").replace("Ильин Даниил", "Ильин Данила"), encoding="utf-8")
    return path


def told(*command: object, folder: Path | None = None) -> str:
    shown = subprocess.run(
        [*map(str, command)], capture_output=True, text=True, encoding="utf-8", cwd=folder, check=False
    )
    assert shown.returncode == 0, shown.stderr
    return shown.stdout


@pytest.fixture
def openbadgeslib() -> Verifier:
    python = os.environ.get("PROFDESK_OPENBADGES", sys.executable)
    if subprocess.run([python, "-c", "import openbadgeslib, pyld"], capture_output=True, check=False).returncode:
        pytest.skip("openbadgeslib[ldp] is not installed; PROFDESK_OPENBADGES may name a Python that has it")
    return lambda path: told(python, "-X", "utf8", "-c", _PYTHON, path)


@pytest.fixture
def digital_bazaar(tmp_path: Path) -> Verifier:
    modules, node = os.environ.get("PROFDESK_NODE_MODULES"), shutil.which("node")
    if node is None or modules is None:
        pytest.skip("node is not installed, or PROFDESK_NODE_MODULES does not name a folder of its packages")
    script = Path(shutil.copy(Path(__file__).parents[1] / "tools" / "verify_badge.mjs", tmp_path))
    (tmp_path / "node_modules").symlink_to(modules, target_is_directory=True)
    return lambda path: told(node, script, path, assets.resource("badges"))


def test_openbadgeslib_takes_it(openbadgeslib: Verifier, badge: Path, odd: Path, changed: Path) -> None:
    assert openbadgeslib(badge).strip() == "16 Ильин Даниил Евгеньевич"
    assert openbadgeslib(odd).strip() == "0 Ильин Даниил Евгеньевич"
    assert openbadgeslib(changed).startswith("refused:")


def test_digital_bazaar_takes_it(digital_bazaar: Verifier, badge: Path, odd: Path, changed: Path) -> None:
    for path in (badge, odd):
        assert json.loads(digital_bazaar(path)) == {"verified": True, "error": ""}
    answer = json.loads(digital_bazaar(changed))
    assert (answer["verified"], answer["error"]) == (False, "Error: Invalid signature.")

"""Outside judges of a summary with two signatures and of its files: pdfsig, OpenSSL and qpdf accept what we sign."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from published_schools import school

from profdesk.documents import stamps
from profdesk.documents.summary_pdf import summary_pdf
from profdesk.domain import summary_data
from profdesk.domain.published import publish
from profdesk.domain.verification import Verdict
from profdesk.signing import keys, pdf, verify
from profdesk.signing.keys import SigningKey

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def signers() -> Sequence[SigningKey]:
    named = school(Random(12), 30).organisation  # noqa: S311  # a school to look at, not a key
    told = (("Школа № 12", ""), ("Черепанова Нина Васильевна", "директор"))
    return [keys.make_key(named.full_name, who, NOW - timedelta(days=1), post) for who, post in told]


@pytest.fixture(scope="module")
def path(signers: Sequence[SigningKey], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A summary that both signed, the second in the place for it."""
    first, second = signers
    told = publish(replace(school(Random(12), 30), number="2026/01"))  # noqa: S311
    drawn = summary_pdf(told, summary_data.to_json(told), keys.describe(first.certificate_pem), NOW)
    stamp = stamps.second(keys.describe(second.certificate_pem), NOW)
    signed = pdf.sign(drawn, first, reason="Сводка", at=NOW)
    both = pdf.countersign(signed, second, reason="Вторая подпись", at=NOW, stamp=stamp)
    assert verify.verify(both, [one.certificate_pem for one in signers]).verdict is Verdict.TRUSTED
    made = tmp_path_factory.mktemp("judged") / "summary.pdf"
    made.write_bytes(both)
    return made


def run(*command: str | Path, folder: Path) -> str:
    answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout + answer.stderr


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="pdfsig is not installed")
def test_pdfsig_accepts_both_signatures(path: Path) -> None:
    told = run("pdfsig", "-nocert", path, folder=path.parent)
    assert told.count("Signature is Valid") == 2
    assert told.count("ETSI.CAdES.detached") == 2
    assert told.count("Total document signed") == 1
    assert "title=директор,CN=Черепанова Нина Васильевна" in told


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_nothing_wrong(path: Path) -> None:
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", path, folder=path.parent)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_openssl_verifies_each_signature_over_its_range(path: Path, signers: Sequence[SigningKey]) -> None:
    document, folder = path.read_bytes(), path.parent
    ranges = [tuple(map(int, one)) for one in re.findall(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]", document)]
    assert len(ranges) == 2
    for (_, before, resume, after), key in zip(sorted(ranges, key=lambda one: one[3] + one[2]), signers, strict=True):
        raw = bytes.fromhex(document[before + 1 : resume - 1].decode())
        (folder / "cms").write_bytes(raw[: 4 + int.from_bytes(raw[2:4])])
        (folder / "content").write_bytes(document[:before] + document[resume : resume + after])
        (folder / "key.pem").write_bytes(key.certificate_pem)
        command = "openssl cms -verify -inform DER -in cms -content content -binary -CAfile key.pem -purpose any"
        told = run(*command.split(), "-partial_chain", "-out", "out", folder=folder)
        assert "CMS Verification successful" in told

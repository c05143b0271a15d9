"""What adding up 200 organisations costs beside bare sums of the same data, and beside pyHanko looking at the files."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import districts
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from profdesk.documents.summary_pdf import summary_pdf
from profdesk.domain import received, summary_data
from profdesk.domain.consolidation import Consolidation, consolidate
from profdesk.domain.published import publish
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.span import Span
from profdesk.domain.summary import Summary
from profdesk.services import consolidation as verbs
from profdesk.services import files
from profdesk.signing import keys, known_keys
from profdesk.signing.pdf import sign

pytestmark = [pytest.mark.slow, pytest.mark.benchmark(group="consolidation")]

Ratio = Callable[[str, Callable[[], object], Callable[[], object], int], float]
SPAN = Span.of_year(SchoolYear(2026))
COUNTED = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def summary_of(number: int) -> Summary:
    """As an organisation has counted it by now: what was counted later than today is refused."""
    return replace(districts.summary_of(number, SPAN), counted_at=COUNTED)


@pytest.fixture(scope="module")
def count(request: pytest.FixtureRequest) -> int:
    """How many organisations; a tenth where nothing is measured."""
    return 200 if request.config.getoption("benchmark_enable") else 20


@pytest.fixture(scope="module")
def sent(count: int) -> Sequence[bytes]:
    """The data of so many summaries."""
    return [summary_data.to_json(publish(summary_of(number))) for number in range(1, count + 1)]


def added(sent: Sequence[bytes]) -> Consolidation:
    made, _ = consolidate([received.read(one) for one in sent], SPAN)
    return made


def bare(sent: Sequence[bytes]) -> dict[tuple[str, ...], list[int]]:
    """The same sums with nothing looked at, told or left out by name."""
    sums: dict[tuple[str, ...], list[int]] = {}
    for data in sent:
        found = json.loads(data)
        for one in found["indicators"]:
            if one["numerator"] is not None:
                numbers = sums.setdefault((one["code"], one["rule"]["code"]), [0, 0])
                numbers[0] += one["numerator"]
                numbers[1] += one["denominator"]
        for kind in ("levels", "law_levels"):
            for level in found[kind]:
                numbers = sums.setdefault((kind, level["level"]), [0, 0, 0])
                for place, name in enumerate(("pupils", "begun", "complete")):
                    numbers[place] += level[name] or 0
        for part in found["stages"]:
            for row in part["competencies"]:
                numbers = sums.setdefault((part["level"], row["code"]), [0] * len(row["counts"]))
                for place, cell in enumerate(row["counts"]):
                    numbers[place] += cell or 0
    return sums


def test_adding_up(ratio: Ratio, sent: Sequence[bytes]) -> None:
    made, sums = added(sent), bare(sent)
    for line in made.lines:
        assert [line.sum.numerator, line.sum.denominator] == sums[line.code, line.rule.partition(",")[0]]
    ratio("Adding up 200 summaries / json.loads and sums", lambda: added(sent), lambda: bare(sent), 9)


@pytest.fixture
def signed(count: int, sent: Sequence[bytes], tmp_path: Path) -> Sequence[Path]:
    """The same as signed files, each by a key of its own that is known here."""
    paths = []
    for number, data in enumerate(sent, 1):
        told = publish(summary_of(number))
        whose = told.organisation
        key = keys.make_key(whose.full_name, whose.short_name, datetime.now(UTC) - timedelta(days=400))
        known_keys.remember(key.certificate_pem)
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(sign(summary_pdf(told, data), key, reason="Сводка", at=datetime.now(UTC)))
        paths.append(path)
    return paths


def test_with_verification(ratio: Ratio, signed: Sequence[Path]) -> None:
    def ours() -> None:
        paper, taken = verbs.consolidate(signed)
        assert (len(paper.made.summaries), {one.reason for one in taken}) == (len(signed), {""})

    def bare() -> None:
        for path in signed:
            (signature,) = PdfFileReader(BytesIO(files.read(path, 1 << 26)), strict=True).embedded_signatures
            context = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
            assert validate_pdf_signature(signature, context).intact

    ratio("200 signed files verified and added up / pyHanko's validation alone", ours, bare, 3)

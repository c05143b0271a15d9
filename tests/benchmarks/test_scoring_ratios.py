"""What scoring costs beside a bare loop over the key. ./test tests/benchmarks --benchmark-enable"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from support import YEAR

from profdesk.domain import demo_answers, scoring
from profdesk.domain.people import PersonName, Pupil
from profdesk.services import instruments

pytestmark = [pytest.mark.slow, pytest.mark.benchmark(group="ratios")]

Ratio = Callable[[str, Callable[[], object], Callable[[], object], int], float]
_SHEETS = 10_000


@pytest.mark.parametrize("code", ["yovaysha_rezapkina_24", "golomshtok_144"])
def test_scoring_ten_thousand_sheets(ratio: Ratio, code: str) -> None:
    """The whole result of each: raw scores, bands, places, what was missing; the bare loop gives raw scores alone."""
    instrument = instruments.called(code)
    pupils = [
        Pupil(str(n), PersonName(f"Ильин{n}", "Лев"), date(2011, 1, 1), None, None) for n in range(_SHEETS // 100)
    ]
    sheets = [demo_answers.answers(instrument, one, YEAR) for one in pupils] * 100
    values = instrument.values
    key = {
        (entry.item, answer.code): (scale.code, entry.points * values.get(answer.code, 1))
        for scale in instrument.scales
        for entry in scale.entries
        for answer in instrument.answering.options
        if entry.code in ("", answer.code)
    }
    codes = [scale.code for scale in instrument.scales]

    def bare(sheet: Mapping[int, str]) -> Mapping[str, int]:
        raw = dict.fromkeys(codes, 0)
        for answer in sheet.items():
            scale, points = key[answer]
            raw[scale] += points
        return raw

    def ours(sheet: Mapping[int, str]) -> scoring.Outcome:
        return scoring.score(instrument, sheet)

    def each(score: Callable[[Mapping[int, str]], object]) -> None:
        for sheet in sheets:
            score(sheet)

    assert all({one.scale.code: one.raw for one in ours(sheet).scores} == bare(sheet) for sheet in sheets[:100])
    words = f"Scoring 10 000 sheets of {instrument.items} / a bare loop over the key"
    ratio(words, lambda: each(ours), lambda: each(bare), 5)

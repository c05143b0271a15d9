"""Class lists as schools have them, read exactly as a person reads them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from profdesk.domain.roster import Roster
from profdesk.domain.roster_reading import recognise
from profdesk.intake import roster_file

SAMPLES = Path(__file__).parents[1] / "data" / "rosters"
EXPECTED: dict[str, Any] = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
TODAY = date(2026, 11, 23)


def read(name: str) -> Roster:
    return recognise(roster_file.read(SAMPLES / name), TODAY)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_sample_is_read_as_expected(name: str) -> None:
    expected = EXPECTED[name]
    roster = read(name)
    found = [
        {
            "surname": pupil.name.surname,
            "given": pupil.name.given,
            "patronymic": pupil.name.patronymic,
            "birth_date": pupil.birth_date.isoformat(),
            "sex": pupil.sex.value if pupil.sex else None,
            "group": pupil.group.title if pupil.group else None,
        }
        for pupil in roster.pupils
    ]
    wanted = expected["pupils"]
    if "note" in expected:
        wanted = [{**pupil, "group": "2 «Б»"} for pupil in wanted]
    assert found == wanted
    assert [line.line for line in roster.refused] == expected.get("refused_lines", [])


def test_reasons_of_refusal_are_told_line_by_line() -> None:
    reasons = {line.line: line.reason for line in read("with_errors.csv").refused}
    assert reasons == {
        7: "Нет фамилии и имени",
        8: "Нет такой даты: 31 февраля",
        9: "Не хватает дня и месяца рождения: «2014»",
        10: "Год рождения 2044 ещё не наступил",
        11: "Нет 26-го класса",
        12: "Повтор строки 2",
    }

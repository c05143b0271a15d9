"""Terms of retention: rules read from a file, and what of whom is due when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profdesk import assets
from profdesk.domain import retention
from profdesk.domain.people import PersonName
from profdesk.domain.retention import Kept, RecordKind, Rule, Since, Then
from profdesk.errors import WrongInputError

TEXT = assets.resource("retention.toml").read_text(encoding="utf-8")
RULES = retention.parse(TEXT)
NAME = PersonName("Ильин", "Даниил", None)
LEFT = date(2023, 6, 25)


def kept(left_on: date | None = LEFT, **counts: int) -> Kept:
    return Kept("1", NAME, "9 «А»", left_on, {RecordKind(kind): count for kind, count in counts.items()})


def terms(one: Kept) -> dict[RecordKind, date]:
    return {due.kind: due.on for due in retention.due(RULES, one)}


def test_shipped_rules_name_every_kind_with_its_source() -> None:
    assert {rule.kind for rule in RULES} == set(RecordKind)
    assert all(rule.basis and rule.source for rule in RULES)
    consents = next(rule for rule in RULES if rule.kind is RecordKind.CONSENTS)
    assert "№ 236, ст. 441" in consents.source
    assert consents.term == "3 года со дня окончания или отзыва согласия"


def test_each_kind_is_counted_from_its_own_day() -> None:
    one = kept(portfolio=4, activities=1, consents=1, certificates=1)
    one = Kept(**{**vars(one), "consent_end": date(2024, 1, 10), "last_issue": date(2023, 5, 25)})
    assert terms(one) == {
        RecordKind.PORTFOLIO: date(2026, 6, 25),
        RecordKind.ACTIVITIES: date(2026, 8, 31),
        RecordKind.CONSENTS: date(2027, 1, 10),
        RecordKind.CERTIFICATES: date(2028, 5, 25),
        RecordKind.CARD: date(2028, 5, 25),
    }


def test_who_is_here_has_no_term() -> None:
    assert terms(kept(None, portfolio=4)) == {}


def test_without_records_only_the_card_is_due() -> None:
    assert terms(kept()) == {RecordKind.CARD: date(2026, 6, 25)}


def test_what_is_kept_for_ever_is_never_due_and_keeps_no_card() -> None:
    forever = tuple(
        Rule(one.kind, 0, Since.LEAVING, Then.KEEP, "приказ") if one.kind is RecordKind.ROUTES else one for one in RULES
    )
    found = retention.due(forever, kept(routes=2))
    assert [one.kind for one in found] == [RecordKind.CARD]


@given(st.dates(date(2000, 1, 1), date(2040, 12, 31)), st.integers(0, 20))
def test_a_term_ends_on_the_same_day_of_a_later_year(day: date, years: int) -> None:
    rule = Rule(RecordKind.CARD, years, Since.LEAVING, Then.DESTROY, "")
    (one,) = retention.due([rule], kept(day))
    assert one.on.year == day.year + years
    assert timedelta(0) <= one.on - day.replace(day=min(day.day, 28), year=day.year + years) <= timedelta(days=3)


def test_due_by_a_day_leaves_out_what_comes_later() -> None:
    one = kept(routes=1, portfolio=1)
    assert [due.kind for due in retention.due_by(RULES, one, date(2024, 6, 25))] == [RecordKind.ROUTES]
    assert retention.due_by(RULES, one, date(2024, 6, 24)) == ()


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("[[rules]]", "[rules", "не читается как TOML"),
        ('kind = "routes"', 'kind = "card"', "дважды: Карточка ученика"),
        ('kind = "routes"\nyears = 1', 'kind = "routes"\nyears = -1', "years = -1"),
        ('then = "keep"', 'then = "burn"', "burn"),
        ('then = "anonymous"', 'then = "destroy"', "номера в реестре остаются"),
        ('kind = "routes"\nyears = 1\nfrom = "leaving"\nthen = "destroy"', 'kind = "routes"', "записано неверно"),
    ],
)
def test_what_is_wrong_in_a_file_is_told(before: str, after: str, told: str) -> None:
    assert before in TEXT
    with pytest.raises(WrongInputError) as error:
        retention.parse(TEXT.replace(before, after, 1))
    assert told in error.value.message


def test_a_missing_rule_is_told() -> None:
    first, *rest = TEXT.split("[[rules]]")
    with pytest.raises(WrongInputError, match="не хватает: Портфолио"):
        retention.parse("[[rules]]".join([first, *rest[1:]]))

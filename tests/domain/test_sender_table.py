"""A department's list of organisations from a table: whose line is whose, what is filled in, what is refused."""

from __future__ import annotations

import pytest

from profdesk.domain import sender_table
from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.roster import Row, Sheet
from profdesk.domain.senders import Sender, SenderDraft
from profdesk.errors import WrongInputError


def sheet(*lines: tuple[str, ...]) -> Sheet:
    return Sheet("", tuple(Row(number, cells) for number, cells in enumerate(lines, 1)))


def test_new_ones_are_added_and_only_what_is_empty_is_filled_in() -> None:
    there = [
        Sender("a", SenderDraft(OrganisationKind.SCHOOL, "МБОУ", "Школа № 1", "Школа № 1", "2-00-01")),
        Sender("b", SenderDraft(OrganisationKind.SCHOOL, "МБОУ", "Школа № 2", "Школа № 2")),
    ]
    table = sheet(
        ("Образовательные организации округа", "", ""),
        ("№", "Наименование организации", "Контактный телефон", "Краткое наименование"),
        ("1", "МБОУ «Школа № 1»", "9-99-99", ""),
        ("2", "МБОУ «Школа № 2»", "2-00-02", ""),
        ("3", "Муниципальное дошкольное учреждение «Детский сад «Ёлочка»»", "2-00-03", "Сад «Ёлочка»"),
        ("4", "МБОУ «Школа № 4»", "", "Школа № 4"),
        ("5", "МБОУ «Школа № 4»", "", "Школа № 4"),
        ("6", "", "2-00-06", ""),
        ("", "", "", ""),
    )
    found = sender_table.plan([table], there, "список.xlsx")
    garden, fourth = found.added
    assert (garden.kind, garden.name) == (OrganisationKind.KINDERGARTEN, "Детский сад «Ёлочка»")
    assert (garden.legal_form, garden.short_name) == ("Муниципальное дошкольное учреждение", "Сад «Ёлочка»")
    assert (fourth.kind, fourth.telephone) == (OrganisationKind.SCHOOL, "")
    assert {sender: draft.telephone for sender, draft in found.changed.items()} == {"b": "2-00-02"}
    assert found.same == 2
    assert [words.partition(":")[0] for words in found.refused] == ["Строка 8"]


def test_a_table_without_names_is_refused() -> None:
    with pytest.raises(WrongInputError, match="Название"):
        sender_table.plan([sheet(("Адрес", "Телефон"), ("ул. Ленина, 1", "2-00-01"))], [], "адреса.csv")

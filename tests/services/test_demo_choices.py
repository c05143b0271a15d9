"""The demonstration school's choices: believable, told in time, the same in every workspace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from diagnostic_school import new_workspace
from support import YEAR

from profdesk.domain.choices import DAYS, Standing
from profdesk.domain.people import GroupName, PersonName
from profdesk.domain.register import check, shown
from profdesk.domain.registers_of_pupils import PROFESSION_CHOICES, PROFILE_CHOICES, PROFILE_STUDIES
from profdesk.services import choices, demo_choices, demo_registers, registers

TODAY = date(2026, 11, 25)
REGISTERS = (PROFILE_CHOICES, PROFILE_STUDIES, PROFESSION_CHOICES)


def made(folder: Path, today: date = TODAY) -> tuple[Mapping[str, Sequence[tuple[str, ...]]], list[Standing]]:
    """What is in the registers, and how far the choices of everybody in grades 8-11 are."""
    workspace = new_workspace(folder)
    actor = workspace.actor
    with workspace.unit(actor) as unit:
        for grade in range(7, 12):
            for letter in "АБ":
                name = GroupName(f"{grade} «{letter}»", grade, letter)
                group = unit.pupils.ensure_group(name, "secondary", YEAR)
                for number in range(12):
                    born = date(2026 - 7 - grade, 1 + number, 3)
                    pupil = unit.pupils.add(PersonName(f"{letter}лексеев{grade}", f"Саша{number}"), born, None)
                    unit.pupils.enrol(pupil, group.id, YEAR)
    demo_registers.fill(workspace, today, lambda *_: None)
    demo_choices.choose(workspace, today, lambda *_: None)
    found = {}
    for register in REGISTERS:
        book = registers.book(workspace, actor, register)
        found[register.code] = sorted(
            tuple(shown(field, one.values[field.code], book.titles) for field in register.fields)
            for one in book.entries
        )
        for one in book.entries:
            assert not check(register, one.values, [], book.titles, book.calendar)
            day = one.values[DAYS[register.code]]
            assert isinstance(day, date)
            assert day <= today
    standings = [
        there.of(pupil.id).standing(register)
        for group in choices.groups(workspace, actor, YEAR)
        for there in [choices.of_group(workspace, actor, group.id)]
        for pupil in there.pupils
        for register in REGISTERS
    ]
    workspace.close()
    return found, standings


def test_everything_a_choice_can_be_is_there_and_the_same_every_time(tmp_path: Path) -> None:
    found, standings = made(tmp_path / "one")
    assert set(standings) == set(Standing)
    assert found == made(tmp_path / "other")[0]


def test_nothing_is_told_of_days_to_come(tmp_path: Path) -> None:
    found, _ = made(tmp_path / "one", date(2026, 8, 1))
    assert {line[1][-4:] for line in found[PROFILE_CHOICES.code]} == {"2025", "2026"}

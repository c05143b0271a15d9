"""Every verb names its right, the table gives each right to somebody, and people can read it in docs/rights.md."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
import verbs

from profdesk.domain import rights
from profdesk.domain.access import Actor, Reach, Role
from profdesk.domain.register_rights import reading, writing
from profdesk.domain.registers import ALL
from profdesk.domain.rights import TABLE, Right
from profdesk.errors import AccessError
from profdesk.services import guard

PAPER = Path(__file__).parents[2] / "docs" / "rights.md"
WAY_OUT = {"workspaces.leave"}
"""Whoever got in may leave."""


def test_every_verb_names_its_right() -> None:
    found = verbs.everything()
    assert len(found) > 200
    assert set(verbs.unguarded(found)) == WAY_OUT


def test_a_verb_without_a_right_is_found() -> None:
    planted = ModuleType("profdesk.services.planted")
    source = "def peep(workspace, actor, pupil): ...\ndef peep_too(_workspace, _actor): ...\ndef helper(unit): ...\n"
    exec(source, vars(planted))  # noqa: S102 - two lines of our own
    for one in ("peep", "peep_too", "helper"):
        vars(planted)[one].__module__ = planted.__name__
    found = verbs.of_module(planted)
    assert found.keys() == {"planted.peep", "planted.peep_too"}
    assert verbs.unguarded(found) == [*found]


def test_every_right_is_needed_and_given() -> None:
    named = {getattr(verb, guard.NAMED) for verb in verbs.everything().values() if hasattr(verb, guard.NAMED)}
    of_registers = {right(one) for right in (reading, writing) for one in ALL.values()}
    assert {one for one in named if isinstance(one, Right)} | of_registers == set(Right)
    for right in Right:
        assert {role for role in Role if right in TABLE[role]} - {Role.OWNER}, right


def test_an_owner_has_every_right_and_nobody_else_has() -> None:
    for role in Role:
        everywhere = {right for right in Right if TABLE[role].get(right) is Reach.ALL}
        assert (everywhere == set(Right)) == (role is Role.OWNER)


@pytest.mark.parametrize("right", [one for one in Right if one.name.endswith("_WRITE")])
def test_whoever_writes_also_reads(right: Right) -> None:
    read = Right.__members__.get(right.name.replace("_WRITE", "_READ"))
    for role in Role:
        if read is not None and right in TABLE[role]:
            assert TABLE[role].get(read) in (Reach.ALL, TABLE[role][right]), (role, right)


def test_roles_of_one_user_add_up() -> None:
    both = Actor("", "", "", frozenset({Role.TEACHER, Role.PSYCHOLOGIST}))
    assert rights.granted(both, Right.CHOICES_READ).reach is Reach.ALL
    assert rights.granted(both, Right.CHOICES_WRITE).reach is Reach.OWN
    with pytest.raises(AccessError, match=r"нет права подписывать сводку.*владелец, координатор, руководитель"):
        rights.granted(both, Right.SUMMARY_SIGN)


def paper() -> str:
    """The table as docs/rights.md tells it; run this module to write it anew."""
    roles = [role for role in Role if role is not Role.OWNER]
    marks = {None: "", Reach.OWN: "свои", Reach.ALL: "да"}
    lines = [
        "# Кто что может",
        "",
        "Таблица составлена по `profdesk/domain/rights.py`; её проверяет `tests/services/test_rights.py`.",
        "Владелец рабочей папки может всё. «Свои» у классного руководителя — ученики классов, которые он ведёт",
        "в этом учебном году; у права «отменять сделанное» — то, что человек сделал сам, и только пока у него есть",
        "право, с которым он это сделал. У кого несколько ролей, у того права складываются.",
        "",
        f"| Право | {' | '.join(role.label for role in roles)} |",
        f"|---|{'|'.join(':-:' for _ in roles)}|",
        *(f"| {right} | {' | '.join(marks[TABLE[role].get(right)] for role in roles)} |" for right in Right),
        "",
        "## Реестры",
        "",
        "| Реестр | Чтобы видеть, нужно право | Чтобы вести, нужно право |",
        "|---|---|---|",
        *(f"| {one.title} | {reading(one)} | {writing(one)} |" for one in ALL.values()),
        "",
        "## Чего не открывает ни одна роль сама по себе",
        "",
        "Ответы, баллы, заметки и невыданные выводы психолога зашифрованы отдельным ключом, который есть только у",
        "психологов и владельца: с паролем другого человека их нельзя прочесть и в обход программы. Подпись",
        "организации открывают пароли владельца, координатора и руководителя.",
        "",
        "## Повреждённая папка на компьютере одного человека",
        "",
        "К ноутбуку психолога или учителя пароль есть у него одного, и права восстанавливать из копии там нет ни у",
        "кого. Если рабочая папка на таком компьютере повреждена, из копии её возвращает он сам: иначе пропало бы",
        "записанное там и ещё не отправленное. В окне целой папки этого права у него нет.",
        "",
        "## Проверка бумаги, которая у человека в руках",
        "",
        "Цел ли подписанный документ и чьим ключом он подписан, узнаёт каждый: для этого не читают ни одной записи.",
        "Действует ли сертификат, отвечает реестр, и спрашивает его тот, кому сертификаты видны; классному",
        "руководителю он отвечает и о чужом классе: действует ли бумага, а если отозвана, то когда и почему.",
        "",
    ]
    return "\n".join(lines)


def test_the_paper_for_people_is_the_table() -> None:
    assert PAPER.read_text(encoding="utf-8") == paper(), "python tests/services/test_rights.py writes it anew"


if __name__ == "__main__":
    PAPER.write_text(paper(), encoding="utf-8")

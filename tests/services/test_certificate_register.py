"""The register of certificates: codes that prove them, the same paper again, withdrawn, issued instead of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support import FIRST, YEAR, mark, pupil_ids

from profdesk import assets
from profdesk.domain import certificate_numbers
from profdesk.domain.access import Actor, Role
from profdesk.domain.certificate_register import Standing
from profdesk.domain.people import Group
from profdesk.domain.verification import Verdict
from profdesk.errors import AccessError, CancelledError, WrongInputError
from profdesk.gui.certificates import candidate_rows
from profdesk.services import certificates, organisation, overview, programmes, verification
from profdesk.signing import certificate_code
from profdesk.signing.keys import make_key
from profdesk.storage.workspace import Workspace


def paper(workspace: Workspace) -> Path:
    return workspace.path.with_name("сертификаты.pdf")


def issue(workspace: Workspace, group: Group, count: int) -> Sequence[str]:
    ids = pupil_ids(workspace, group)[:count]
    return certificates.issue(workspace, workspace.actor, group.id, ids, paper(workspace))[0]


def numbers(workspace: Workspace) -> Sequence[str]:
    return [one.number for one in certificates.register(workspace, workspace.actor, YEAR)]


def test_every_paper_has_a_code_that_proves_it(workspace: Workspace, group: Group) -> None:
    issue(workspace, group, 2)
    for one in certificates.register(workspace, workspace.actor, YEAR):
        answer = verification.verify_code(one.code)
        assert answer.verdict is Verdict.TRUSTED
        assert answer.claim is not None
        assert (answer.claim.number, answer.claim.pupil) == (one.number, one.pupil.full)


def test_a_code_is_looked_up_in_the_register(workspace: Workspace, group: Group) -> None:
    number = issue(workspace, group, 1)[0]
    code = certificates.register(workspace, workspace.actor)[0].code
    elsewhere = verification.verify_code(code)
    assert (elsewhere.looked_up, elsewhere.standing) == (False, "")
    here = verification.verify_code_here(workspace, workspace.actor, f" {code}\n")
    assert (here.standing, here.withdrawn) == ("действует", False)
    found, _ = certificates.withdraw(workspace, workspace.actor, number, "ошибка в фамилии")
    withdrawn = verification.verify_code_here(workspace, workspace.actor, code)
    assert withdrawn.verdict is Verdict.TRUSTED
    assert withdrawn.withdrawn
    assert withdrawn.standing == f"отозван {found.withdrawn_on:%d.%m.%Y}: ошибка в фамилии"


def test_whoever_reads_certificates_is_told_of_each_at_hand(workspace: Workspace, group: Group) -> None:
    """A class teacher of no class has a paper at hand; who reads no certificates has nobody to ask."""
    issue(workspace, group, 1)
    code = certificates.register(workspace, workspace.actor)[0].code
    teacher, psychologist, administrator = (
        Actor("кто-то", "Кто-то", "", frozenset({role}))
        for role in (Role.TEACHER, Role.PSYCHOLOGIST, Role.ADMINISTRATOR)
    )
    assert not certificates.register(workspace, teacher)
    assert verification.verify_code_here(workspace, teacher, code).standing == "действует"
    for one in (psychologist, administrator):
        with pytest.raises(AccessError, match="видеть сертификаты"):
            verification.verify_code_here(workspace, one, code)
        assert verification.verify_here(workspace, one, paper(workspace)).verdict is Verdict.TRUSTED


def test_a_code_of_others_is_not_in_the_register(workspace: Workspace, group: Group) -> None:
    issue(workspace, group, 1)
    claim = verification.verify_code(certificates.register(workspace, workspace.actor)[0].code).claim
    assert claim is not None
    foreign = certificate_code.write(claim, make_key("Лицей № 3", "Лицей № 3", datetime.now(UTC)))
    answer = verification.verify_code_here(workspace, workspace.actor, foreign)
    assert (answer.verdict, answer.standing) == (Verdict.UNKNOWN_KEY, "в реестре этой организации нет")
    refused = verification.verify_code_here(workspace, workspace.actor, foreign[:-3])
    assert (refused.verdict, refused.standing) == (Verdict.REFUSED, "")


def test_a_set_of_the_own_programme_is_told_by_its_titles(workspace: Workspace, group: Group, tmp_path: Path) -> None:
    shipped = assets.resource("programmes", "artemovsky-2022-2025.toml").read_text(encoding="utf-8")
    own = tmp_path / "своя.toml"
    own.write_text(shipped.replace('code = "planning"', 'code = "plans"'), encoding="utf-8")
    programmes.choose(workspace, workspace.actor, own)
    issue(workspace, group, 1)
    code = certificates.register(workspace, workspace.actor)[0].code
    assert verification.verify_code(code).names is None
    assert verification.verify_code_here(workspace, workspace.actor, code).lines[2][0] == "Планирование"


def test_the_same_paper_is_drawn_again_byte_for_byte(workspace: Workspace, group: Group) -> None:
    made = issue(workspace, group, 3)
    again = certificates.reprint(workspace, workspace.actor, made)
    assert paper(workspace).read_bytes().startswith(again)
    assert len(again) > 10_000


def test_a_withdrawn_certificate_stays_with_its_reason(workspace: Workspace, group: Group) -> None:
    number = issue(workspace, group, 1)[0]
    with pytest.raises(WrongInputError, match="почему"):
        certificates.withdraw(workspace, workspace.actor, number, "  ")
    found, _ = certificates.withdraw(workspace, workspace.actor, number, "ошибка в  фамилии")
    assert (found.standing, found.withdrawn_reason) == (Standing.WITHDRAWN, "ошибка в фамилии")
    assert found.matches("фамилии отозван")
    assert not overview.read(workspace, workspace.actor).certified
    with pytest.raises(WrongInputError, match="уже отозван"):
        certificates.withdraw(workspace, workspace.actor, number, "ещё раз")
    assert certificates.put_back(workspace, workspace.actor, number)[0].standing is Standing.VALID
    assert len(overview.read(workspace, workspace.actor).certified) == 1


def test_a_duplicate_takes_the_place_of_the_former(workspace: Workspace, group: Group) -> None:
    number = issue(workspace, group, 1)[0]
    made, _ = certificates.duplicate(workspace, workspace.actor, number, paper(workspace))
    fresh, former = certificates.register(workspace, workspace.actor, YEAR)
    assert (fresh.number, fresh.duplicate_of, fresh.pupil) == (made, number, former.pupil)
    assert former.withdrawn_reason == f"выдан дубликат № {fresh.number}"
    with pytest.raises(WrongInputError, match="дубликат"):
        certificates.put_back(workspace, workspace.actor, number)
    with pytest.raises(WrongInputError, match="уже отозван"):
        certificates.duplicate(workspace, workspace.actor, number, paper(workspace))


def test_a_duplicate_that_could_not_be_saved_leaves_everything_as_it_was(workspace: Workspace, group: Group) -> None:
    number = issue(workspace, group, 1)[0]
    nowhere = paper(workspace) / "файл вместо папки.pdf"
    with pytest.raises(WrongInputError, match="сохранить"):
        certificates.duplicate(workspace, workspace.actor, number, nowhere)
    assert numbers(workspace) == [number]
    assert certificates.register(workspace, workspace.actor)[0].standing is Standing.VALID


def test_numbers_follow_the_schools_pattern(workspace: Workspace, group: Group) -> None:
    first = issue(workspace, group, 1)[0]
    here = organisation.get(workspace, workspace.actor)
    organisation.save(workspace, workspace.actor, replace(here, certificate_numbers="ПП-{номер:3}/{год}"))
    second = issue(workspace, group, 1)[0]
    year = first[:4]
    assert (first, second) == (f"{year}-0001", f"ПП-002/{year}")


def test_a_pattern_that_would_repeat_a_number_is_told_of(workspace: Workspace, group: Group) -> None:
    here = organisation.get(workspace, workspace.actor)
    organisation.save(workspace, workspace.actor, replace(here, certificate_numbers="{год}-{номер}2"))
    issue(workspace, group, 1)
    organisation.save(workspace, workspace.actor, replace(here, certificate_numbers="{год}-1{номер}"))
    with pytest.raises(WrongInputError, match=r"Номер \d{4}-12 уже выдан"):
        issue(workspace, group, 1)
    assert len(numbers(workspace)) == 1


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [("ПП", "нужны"), ("{год}", "нужны"), ("{номер}{номер}{год}", "нужны"), ("{день}-{год}-{номер}", "скобках"),
     ("{год}-{номер}" + "я" * 40, "длиннее")],
)  # fmt: skip
def test_a_pattern_that_gives_no_numbers_is_refused(pattern: str, reason: str) -> None:
    with pytest.raises(WrongInputError, match=reason):
        certificate_numbers.check(pattern)


def test_the_usual_pattern_is_one() -> None:
    certificate_numbers.check(certificate_numbers.USUAL)
    certificate_numbers.check("")
    assert certificate_numbers.number("", 2026, 203) == "2026-0203"


def test_a_file_for_each_pupil_is_sealed_and_named(workspace: Workspace, group: Group, tmp_path: Path) -> None:
    folder, ids = tmp_path / "выдано", pupil_ids(workspace, group)
    folder.mkdir()
    (folder / "7 а АБРАМОВА полина.PDF").write_bytes(b"")
    made, _ = certificates.issue_each(workspace, workspace.actor, group.id, ids, folder)
    assert [one.number for one in certificates.register(workspace, workspace.actor)] == list(reversed(made))
    fresh = {file.name for file in folder.iterdir() if file.stat().st_size}
    assert fresh == {"7 А Абрамова Полина (2).pdf", "7 А Белов Матвей.pdf", "7 А Ёлкина Дарья.pdf"}
    assert all(verification.verify(folder / name).verdict is Verdict.TRUSTED for name in fresh)
    second = certificates.reprint(workspace, workspace.actor, made[1:2])
    assert (folder / "7 А Белов Матвей.pdf").read_bytes().startswith(second)


def test_a_batch_of_files_that_is_stopped_leaves_nothing(workspace: Workspace, group: Group, tmp_path: Path) -> None:
    folder, ids = tmp_path / "выдано", pupil_ids(workspace, group)
    folder.mkdir()

    def stop_at_the_last(done: int, total: int) -> None:
        if done == total - 1:
            raise CancelledError

    with pytest.raises(CancelledError):
        certificates.issue_each(workspace, workspace.actor, group.id, ids, folder, progress=stop_at_the_last)
    assert not list(folder.iterdir())
    assert not numbers(workspace)
    with pytest.raises(WrongInputError, match="Папка"):
        certificates.issue_each(workspace, workspace.actor, group.id, ids, folder / "нет")


def test_a_code_too_large_for_the_paper_is_told_on_the_preview(workspace: Workspace, group: Group) -> None:
    school = organisation.get(workspace, workspace.actor)
    organisation.save(workspace, workspace.actor, replace(school, short_name="Школа" * 40))
    with pytest.raises(WrongInputError, match="не помещаются"):
        certificates.preview(workspace, workspace.actor, group.id, pupil_ids(workspace, group)[0])
    with pytest.raises(WrongInputError, match="не помещаются"):
        issue(workspace, group, 1)


def test_who_has_one_of_this_year_is_not_offered_a_second(workspace: Workspace, group: Group) -> None:
    def told() -> Sequence[tuple[bool, bool]]:
        there = certificates.candidates(workspace, workspace.actor, group.id)
        return [(one.issued, one.ready) for one in there]

    codes = [item.code for item in programmes.current(workspace, workspace.actor).level(group.level).competencies.items]
    ids = pupil_ids(workspace, group)
    mark(workspace, FIRST, *((pupil, code, 2) for pupil in ids for code in codes))
    assert told() == [(False, True)] * 3
    issue(workspace, group, 1)
    assert told() == [(True, False), (False, True), (False, True)]
    warned = candidate_rows.warning(certificates.candidates(workspace, workspace.actor, group.id))
    assert warned == "1 ученику сертификат этого года уже выдан: если отметить, выйдет второй."
    certificates.withdraw(workspace, workspace.actor, numbers(workspace)[0], "ошибка")
    assert told() == [(False, True)] * 3

"""Designs of the school: changed, withdrawn and put back; certificates issued by one stay as they were."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from pypdfium2 import PdfDocument
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE
from support import FIRST, YEAR, mark, pupil_ids

from profdesk.domain.certificate_data import from_json
from profdesk.domain.certificate_design import CertificateDesign, Shown
from profdesk.domain.changes import Kind
from profdesk.domain.people import Group
from profdesk.domain.registers_of_pupils import ACHIEVEMENTS, PUPIL
from profdesk.domain.school_year import Period, Term
from profdesk.errors import NotFoundError, WrongInputError
from profdesk.services import batches, certificate_designs, certificates, registers
from profdesk.signing import certificate_code
from profdesk.storage.workspace import Workspace


def own(workspace: Workspace, title: str = "Наше", **content: object) -> CertificateDesign:
    shipped = certificate_designs.shipped()
    design = replace(certificate_designs.copied(shipped[2], shipped), title=title)
    design = replace(design, content=replace(design.content, **content))
    certificate_designs.save(workspace, workspace.actor, design)
    return design


def titles(workspace: Workspace) -> list[str]:
    return [one.title for one in certificate_designs.offered(workspace, workspace.actor)][:-4]


def picture(path: Path, size: tuple[int, int] = (300, 400), kind: str = "PNG") -> Path:
    Image.new("RGB", size, "#8B6A35").save(path, kind)
    return path


def facts_of(workspace: Workspace, number: str) -> str:
    with workspace.unit(workspace.actor) as unit:
        return unit.certificates.snapshot(number)


def test_the_latest_form_of_a_design_is_offered_first(workspace: Workspace) -> None:
    assert titles(workspace) == []
    one, other = own(workspace, "Первое"), own(workspace, "Второе")
    certificate_designs.save(workspace, workspace.actor, replace(one, title="Первое, новое"))
    assert titles(workspace) == ["Первое, новое", "Второе"]
    changes = certificate_designs.withdraw(workspace, workspace.actor, one.code)
    assert changes.touches(Kind.DESIGNS)
    assert titles(workspace) == ["Второе"]
    certificate_designs.put_back(workspace, workspace.actor, one.code)
    assert titles(workspace) == ["Первое, новое", "Второе"]
    assert other in certificate_designs.offered(workspace, workspace.actor)


def test_a_change_is_undone_as_a_batch(workspace: Workspace) -> None:
    design = own(workspace, "Первое")
    changes = certificate_designs.save(workspace, workspace.actor, replace(design, title="Другое"))
    assert changes.batch is not None
    _, undone = batches.turn_back(workspace, workspace.actor, changes.batch)
    assert undone.touches(Kind.DESIGNS)
    assert titles(workspace) == ["Первое"]


def test_what_cannot_be_drawn_is_not_saved(workspace: Workspace) -> None:
    design = own(workspace)
    wrong = replace(design, texts=replace(design.texts, about="{клас}"))
    with pytest.raises(WrongInputError, match=r"\{клас\}"):
        certificate_designs.save(workspace, workspace.actor, wrong)
    with pytest.raises(WrongInputError, match=r"\{клас\}"):
        certificate_designs.preview(workspace, workspace.actor, wrong, "basic", long=True)
    for title, said in (("Сертификат 漢", "нет буквы «漢»"), ("\u200b\u2060", "Без названия")):
        with pytest.raises(WrongInputError, match=said):
            changed = replace(design, texts=replace(design.texts, title=title))
            certificate_designs.save(workspace, workspace.actor, changed)
    with pytest.raises(ValueError, match="copied"):
        certificate_designs.save(workspace, workspace.actor, certificate_designs.shipped()[0])
    with pytest.raises(NotFoundError):
        certificate_designs.withdraw(workspace, workspace.actor, "unheard-of")
    assert certificate_designs.offered(workspace, workspace.actor)[0] == design


def test_a_reprint_looks_as_issued_whatever_became_of_the_design(
    workspace: Workspace, group: Group, tmp_path: Path
) -> None:
    design, target = own(workspace), tmp_path / "7А.pdf"
    ids = pupil_ids(workspace, group)[:2]
    made, _ = certificates.issue(workspace, workspace.actor, group.id, ids, target, design=design)
    changed = replace(design, texts=replace(design.texts, title="Совсем другое"))
    certificate_designs.save(workspace, workspace.actor, changed)
    certificate_designs.withdraw(workspace, workspace.actor, design.code)
    again = certificates.reprint(workspace, workspace.actor, made)
    assert target.read_bytes().startswith(again)
    with workspace.unit(workspace.actor) as unit:
        digest = unit.certificates.design(made[0])
        assert replace(unit.designs.kept(digest), code=design.code) == design


def test_the_design_of_the_school_for_a_level_is_taken_without_being_named(
    workspace: Workspace, group: Group, tmp_path: Path
) -> None:
    own(workspace, shown=Shown.FORMED)
    pupil = pupil_ids(workspace, group)[0]
    made, _ = certificates.issue(workspace, workspace.actor, group.id, [pupil], tmp_path / "7А.pdf")
    assert from_json(facts_of(workspace, made[0])).formed_only


def test_only_what_is_shown_is_gathered_and_claimed(workspace: Workspace, group: Group, tmp_path: Path) -> None:
    pupil, target = pupil_ids(workspace, group)[0], tmp_path / "7А.pdf"
    mark(workspace, FIRST, (pupil, "planning", 3), (pupil, "flexibility", 1), (pupil, "persistence", 2))
    mark(workspace, Period(YEAR.previous, Term.SECOND), (pupil, "planning", 1), (pupil, "flexibility", 1))
    values = {PUPIL: pupil, "title": "Олимпиада", "kind": "olympiad", "level": "regional", "place": "prize"}
    registers.add(
        workspace, workspace.actor, ACHIEVEMENTS, {**ACHIEVEMENTS.blank(), **values, "held_on": date(2026, 10, 1)}
    )
    plain = own(workspace)
    proud = own(workspace, "Гордое", shown=Shown.FORMED, growth=True, achievements=True)
    stages = {}
    for design in (plain, proud):
        made, _ = certificates.issue(workspace, workspace.actor, group.id, [pupil], target, design=design)
        facts = from_json(facts_of(workspace, made[0]))
        codes = [item.code for item in facts.competencies.items]
        stages[design.title] = {
            code: stage for code, stage in zip(codes, facts.stages, strict=True) if stage is not None
        }
        claim = certificate_code.read(facts.code).claim
        assert (claim.stages, claim.formed_only) == (facts.stages, facts.formed_only)
        shown = design is proud
        assert facts.achievements == (("Олимпиада: призёр, региональный уровень, 2026",) if shown else ())
        assert facts.grown == (frozenset({codes.index("planning")}) if shown else frozenset())
    assert stages == {"Наше": {"planning": 3, "flexibility": 1, "persistence": 2}, "Гордое": {"planning": 3}}


def test_pictures_are_kept_upright_and_small(workspace: Workspace, tmp_path: Path) -> None:
    turned = Image.new("RGB", (400, 300), "#8B6A35")
    exif = turned.getexif()
    exif[0x0112], exif[0x010F] = 6, "Камера"
    turned.save(tmp_path / "Скан.jpg", exif=exif)
    for path, size in (
        (tmp_path / "Скан.jpg", (300, 400)),
        (picture(tmp_path / "Герб.png", (7000, 3500)), (3508, 1754)),
    ):
        digest = certificate_designs.add_picture(workspace, workspace.actor, path)
        with workspace.unit(workspace.actor) as unit, Image.open(io.BytesIO(unit.designs.picture(digest))) as kept:
            assert kept.size == size
            assert not kept.getexif()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\x89PNG\r\n\x1a\nbroken", "PNG или JPEG"), (b"%PDF-1.7", "PNG или JPEG"), (b"", "PNG или JPEG")],
)
def test_what_is_no_picture_is_told_of(workspace: Workspace, tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "Бланк.png").write_bytes(content)
    with pytest.raises(WrongInputError, match=words):
        certificate_designs.add_picture(workspace, workspace.actor, tmp_path / "Бланк.png")
    with pytest.raises(WrongInputError, match="мала"):
        certificate_designs.add_picture(workspace, workspace.actor, picture(tmp_path / "Точка.png", (9, 9)))


@pytest.mark.parametrize("long", [False, True])
def test_a_design_is_shown_with_invented_pupils(workspace: Workspace, long: bool) -> None:
    design = own(workspace, growth=True, deeds=True, achievements=True)
    pdf = certificate_designs.preview(workspace, workspace.actor, design, "basic", long=long)
    assert pdf.startswith(b"%PDF")


def test_a_trial_leaves_out_the_blank_that_the_paper_bears(workspace: Workspace, tmp_path: Path) -> None:
    blank = certificate_designs.add_picture(workspace, workspace.actor, picture(tmp_path / "Бланк.png"))
    shipped = certificate_designs.shipped()[2]
    design = replace(shipped, page=replace(shipped.page, blank=blank, preprinted=True))
    pictures = []
    for trial in (False, True):
        drawn = certificate_designs.preview(workspace, workspace.actor, design, "basic", long=False, trial=trial)
        with PdfDocument(drawn) as pdf:
            pictures.append(len(list(pdf[0].get_objects(filter=[FPDF_PAGEOBJ_IMAGE]))))
    assert pictures == [1, 0]

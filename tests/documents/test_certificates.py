"""Certificates: a page a pupil, every word inside the sheet, the same bytes for the same facts."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from certificate_pages import check_room, paper, shipped_for, texts
from pypdfium2 import PdfDocument

from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.people import PersonName
from profdesk.errors import CancelledError

Facts = Callable[..., CertificateFacts]
LEVELS = ("preschool", "primary", "basic", "secondary")


@pytest.mark.parametrize("level", LEVELS)
def test_certificate_holds_every_word(facts: Facts, level: str) -> None:
    one = facts(level, PersonName("Ким", "Ян"))
    (text,) = texts(paper([one]))
    words = " ".join(text.split())
    for wanted in ("Ким Ян", "2026/27", "№ 2026-0203", "24 декабря 2026", "Черепанова", "«Средняя школа № 12»"):
        assert wanted in words.replace("\u00a0", " "), wanted
    for item in one.competencies.items:
        assert item.plain.split()[0][:6] in words, item.plain


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("stage", [0, 3, None])
def test_longest_case_has_room(facts: Facts, level: str, stage: int | None) -> None:
    check_room(paper([facts(level, stage=stage)]), shipped_for(level))


def long(letters: int, *, blanks: bool = False) -> str:
    """A name of so many letters, in one word or in words of eleven."""
    word = ("Абвгдежзийклмнопрстуфхцчшщъыьэюя" * (letters // 32 + 1))[:letters]
    return " ".join(word[at : at + 11].capitalize() for at in range(0, letters, 11)) if blanks else word


def with_long(one: CertificateFacts, part: str, *, blanks: bool) -> CertificateFacts:
    """One certificate with a part of what stands on it very long."""
    name = long(200, blanks=blanks)
    return {
        "surname": lambda: replace(one, pupil=PersonName(long(300, blanks=blanks), "Ян")),
        "given": lambda: replace(one, pupil=PersonName("Ким", long(300, blanks=blanks), "Ильич")),
        "whole name": lambda: replace(one, pupil=PersonName(name, name, name)),
        "organisation": lambda: replace(one, organisation=replace(one.organisation, name=name, legal_form=name)),
        "group": lambda: replace(one, group=name),
        "director": lambda: replace(one, organisation=replace(one.organisation, head_name=name)),
        "post": lambda: replace(one, organisation=replace(one.organisation, head_post=name), teacher_post=name),
        "all": lambda: replace(
            one,
            pupil=PersonName(name, name, name),
            organisation=replace(one.organisation, name=name, legal_form=name, head_post=name, head_name=name),
            group=name,
            teacher_post=name,
        ),
    }[part]()


@pytest.mark.parametrize("level", ["secondary", "basic"])
@pytest.mark.parametrize("blanks", [False, True])
@pytest.mark.parametrize("part", ["surname", "given", "whole name", "organisation", "group", "director", "post", "all"])
def test_no_name_is_too_long(facts: Facts, level: str, part: str, blanks: bool) -> None:
    one = with_long(facts(level, PersonName("Ким", "Ян")), part, blanks=blanks)
    pdf = paper([one])
    assert all(wanted in "".join(texts(pdf)[0].split()) for wanted in ("СЕРТИФИКАТ", "2026/27", "2026-0203"))
    check_room(pdf, shipped_for(level))


def test_every_letter_of_a_long_name_is_printed(facts: Facts) -> None:
    name = PersonName(long(300), "Мария Анна София", "Владиславовна")
    (text,) = texts(paper([facts("basic", name)]))
    assert name.full.replace(" ", "") in "".join(text.split())


def test_a_long_name_is_torn_only_where_it_must_be(facts: Facts) -> None:
    name = PersonName("Константинопольская", "Анна Мария Александра Виктория Елизавета София", "Владиславовна")
    (text,) = texts(paper([facts("basic", name)]))
    for word in name.full.split():
        assert word in text.split()


def test_class_in_one_file_with_a_bookmark_for_each(facts: Facts) -> None:
    names = [PersonName(surname, "Пётр") for surname in ("Абрамов", "Ёлкин", "Яшин")]
    pdf = paper([facts("basic", name) for name in names])
    with PdfDocument(pdf) as document:
        assert len(document) == 3
        assert [mark.get_title() for mark in document.get_toc()] == [name.full for name in names]


def test_equal_facts_give_equal_bytes(facts: Facts) -> None:
    assert paper([facts("basic")]) == paper([facts("basic")])


def test_preview_bears_no_number(facts: Facts) -> None:
    (text,) = texts(paper([facts("basic", number=None)]))
    assert "Образец" in text
    assert "2026-0" not in text


def test_stopping_stops(facts: Facts) -> None:
    def stop(done: int, total: int) -> None:
        if done == 2:
            raise CancelledError

    with pytest.raises(CancelledError):
        paper([facts("basic")] * 5, stop)


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="pdffonts is not installed")
def test_fonts_are_embedded_and_subset(facts: Facts, tmp_path: Path) -> None:
    path = tmp_path / "certificate.pdf"
    path.write_bytes(paper([facts("basic")] * 3))
    answer = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True)
    fonts = [line.split() for line in answer.stdout.splitlines()[2:]]
    assert len({font[0] for font in fonts}) == len(fonts) == 4
    assert all(font[-5:-2] == ["yes", "yes", "yes"] for font in fonts), answer.stdout


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_letters_set_apart_are_read_as_a_word(facts: Facts, tmp_path: Path) -> None:
    path = tmp_path / "certificate.pdf"
    path.write_bytes(paper([facts("primary"), facts("basic")]))
    answer = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines().count("СЕРТИФИКАТ") == 2

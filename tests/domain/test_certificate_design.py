"""Designs of certificates: what ships, what is refused and how the refusal is worded, fields, and the files."""

from __future__ import annotations

import json
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profdesk import assets
from profdesk.domain import certificate_design_file as file
from profdesk.domain import certificate_fields
from profdesk.domain.certificate_design import (
    SHEETS,
    TEXTS,
    CertificateDesign,
    Direction,
    Drawing,
    Margins,
    Ornament,
    PaperSize,
    Shown,
    SignatureLine,
    Texts,
    check,
    first_for,
    flaws,
)
from profdesk.errors import WrongInputError
from profdesk.services.certificate_designs import copied, is_shipped, shipped

SCHOOL = shipped()[2]


def texts(design: CertificateDesign, **changed: str) -> CertificateDesign:
    return replace(design, texts=replace(design.texts, **changed))


def told(design: CertificateDesign) -> list[tuple[str, str]]:
    return [(flaw.place, flaw.message) for flaw in flaws(design)]


def test_four_ship_and_each_level_has_one() -> None:
    assert [first_for(level, shipped()).code for level in ("preschool", "primary", "basic", "secondary")] == [
        "preschool", "primary", "school", "graduate",
    ]  # fmt: skip
    assert all(not told(one) and is_shipped(one) for one in shipped())


def test_a_level_without_a_design_takes_the_first() -> None:
    assert first_for("unheard-of", shipped()) is shipped()[0]


def test_a_field_that_is_not_there_is_named() -> None:
    ((place, message),) = told(texts(SCHOOL, about="{класс}, {школьный год}"))
    assert place == "texts.about"
    assert "{школьный год}" in message
    assert "{учебный год}" in message


@pytest.mark.parametrize("text", ["{класс", "класс}", "{{класс}", "{", "{}"])
def test_a_lone_brace_is_refused(text: str) -> None:
    assert [place for place, _ in told(texts(SCHOOL, statement=text))] == ["texts.statement"]


@pytest.mark.parametrize(
    ("margins", "wrong"),
    [
        (Margins(20, 20, 20, 0), False),
        (Margins(-1, 0, 0, 0), True),
        (Margins(30, 0, 30, 0), True),
        (Margins(0, 31, 0, 0), True),
    ],
)
def test_margins_leave_room(margins: Margins, wrong: bool) -> None:
    design = replace(SCHOOL, page=replace(SCHOOL.page, margins=margins))
    assert (told(design)[:1] != []) is wrong


@pytest.mark.parametrize(
    ("name", "colour"),
    [("title", "#FFFFFF"), ("kicker", "#F0F0A0"), ("panel", "#17405E"), ("seal", "red"), ("seal", "#8B6A35")],
)
def test_colours_that_cannot_be_read_are_refused(name: str, colour: str) -> None:
    design = replace(SCHOOL, style=replace(SCHOOL.style, **{name: colour}))
    assert [place for place, _ in told(design)] == [f"style.{name}"]


def test_signatures_are_bounded() -> None:
    line = SignatureLine("Директор", "")
    assert not told(replace(SCHOOL, signatures=()))
    assert [place for place, _ in told(replace(SCHOOL, signatures=(line,) * 4))] == ["signatures"]
    assert [place for place, _ in told(replace(SCHOOL, signatures=(line, replace(line, post=" "))))] == [
        "signatures.1.post"
    ]
    with pytest.raises(WrongInputError, match="имя"):
        check(replace(SCHOOL, title=" "))


def test_every_text_is_bounded_and_called_by_a_name() -> None:
    assert set(TEXTS) == {one.name for one in fields(Texts)}
    for name, (_, longest) in TEXTS.items():
        assert not told(texts(SCHOOL, **{name: "я" * longest}))
        assert [place for place, _ in told(texts(SCHOOL, **{name: "я" * (longest + 1)}))] == [f"texts.{name}"]


@given(
    st.sampled_from(shipped()),
    st.sampled_from(PaperSize),
    st.sampled_from(Direction),
    st.sampled_from(Ornament),
    st.sampled_from(Drawing),
    st.sampled_from(Shown),
    st.floats(0, 9),
    st.text(max_size=40).filter(lambda words: not set("{}") & set(words) and words.strip()),
)
def test_what_is_written_is_read_back(
    design: CertificateDesign,
    size: PaperSize,
    direction: Direction,
    ornament: Ornament,
    drawing: Drawing,
    shown: Shown,
    margin: float,
    words: str,
) -> None:
    changed = replace(
        texts(design, title=words),
        title=words,
        page=replace(design.page, size=size, direction=direction, margins=Margins(margin, 0, margin, 1)),
        style=replace(design.style, ornament=ornament, emblem="ab" * 32),
        content=replace(design.content, drawing=drawing, shown=shown, growth=True),
        signatures=(SignatureLine(words, ""),),
    )
    assert file.from_json(file.to_json(changed), design.code) == changed
    assert file.digest(changed) != file.digest(design)
    assert changed.pictures == ("ab" * 32,)


def test_a_damaged_design_is_told_of() -> None:
    kept = json.loads(file.to_json(SCHOOL))
    del kept["page"]["size"]
    with pytest.raises(WrongInputError, match="size"):
        file.from_json(json.dumps(kept), "x")


def test_a_mistake_in_a_shipped_file_is_told_by_its_line() -> None:
    text = assets.resource("certificates", "school.toml").read_text(encoding="utf-8")
    line = text.splitlines().index('size = "A4"') + 1
    with pytest.raises(WrongInputError, match=f"строка {line}: .*«A9»"):
        file.parse(text.replace('"A4"', '"A9"'), "x")


def test_a_copy_has_a_code_and_a_title_of_its_own() -> None:
    one = copied(SCHOOL, shipped())
    other = copied(SCHOOL, [*shipped(), one])
    assert len({SCHOOL.code, one.code, other.code}) == 3
    assert len({SCHOOL.title, one.title, other.title}) == 3
    assert not is_shipped(one)
    assert not told(copied(replace(SCHOOL, title="я" * 60), shipped()))


def test_room_is_that_of_the_sheets() -> None:
    assert SHEETS[Direction.PORTRAIT] == (210, 297)
    assert certificate_fields.wrong("{  Учебный   ГОД }") == ""

"""Whatever a design says, as long as it passes its check, every word has its room, with the longest names too."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from certificate_pages import check_room, designed, shipped_for
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.certificate_design import (
    LEAST_ROOM,
    SHEETS,
    TEXTS,
    CertificateDesign,
    Direction,
    Drawing,
    Face,
    Margins,
    Ornament,
    PaperSize,
    SignatureLine,
    check,
)
from profdesk.domain.people import PersonName

Facts = Callable[..., CertificateFacts]
LEVELS = ("preschool", "primary", "basic", "secondary")
NAMES = (
    PersonName("Ким", "Ян"),
    PersonName("Салтыкова-Щедринская", "Александра-Виктория", "Константиновна кызы"),
    PersonName("Константинопольская-Преображенская", "Анна Мария Александра Виктория", "Владиславовна"),
)
DEEDS = ("Профиль обучения: социально-экономический", "Профессиональные пробы: 14 · волонтёрство: 138 часов")
ACHIEVEMENTS = tuple(
    f"Олимпиада школьников по предмету «Технология», {number} этап: призёр, региональный уровень, 2026"
    for number in range(7)
)
SENTENCE = "Серьёзное содействие профессиональному самоопределению и замечательное трудолюбие "
SIGNED = (
    SignatureLine("{должность руководителя}", "{руководитель}"),
    SignatureLine((SENTENCE * 2)[:100], ""),
    SignatureLine((SENTENCE * 2)[:100], SENTENCE[:60]),
)

WORDY = "проявляется только с напоминаниями взрослых"


def emblem(width: int, height: int) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), "#2E7D83").save(made, "PNG")
    return made.getvalue()


PICTURES = {"wide": emblem(400, 60), "tall": emblem(60, 160), "square": emblem(120, 120)}


@st.composite
def designs(draw: st.DrawFn) -> CertificateDesign:
    """A design that passes the check, as near to its bounds as it can be."""
    design = draw(st.sampled_from([shipped_for(level) for level in LEVELS]))
    direction = draw(st.sampled_from(Direction))
    room = [whole - least for whole, least in zip(SHEETS[direction], LEAST_ROOM[direction], strict=True)]
    margins = draw(
        st.sampled_from(
            [
                Margins(),
                Margins(room[0] / 2, room[1] / 2, room[0] / 2, room[1] / 2),
                Margins(room[0], 0, 0, room[1]),
                Margins(0, room[1], 4, 0),
            ]
        )
    )
    texts = {name: (SENTENCE * 5)[:longest].strip() for name, (_, longest) in TEXTS.items() if draw(st.booleans())}
    signatures = draw(st.lists(st.sampled_from(SIGNED), max_size=3))
    style = replace(
        design.style,
        ornament=draw(st.sampled_from(Ornament)),
        face=draw(st.sampled_from(Face)),
        strict=draw(st.booleans()),
        emblem=draw(st.sampled_from(["", *PICTURES])),
    )
    found = replace(
        design,
        page=replace(design.page, direction=direction, margins=margins),
        style=style,
        texts=replace(design.texts, **texts),
        signatures=tuple(signatures),
        content=replace(design.content, drawing=draw(st.sampled_from(Drawing))),
    )
    check(found)
    return found


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, PersonName, Callable[[CertificateFacts], CertificateFacts]]:
    """A level, a name, and what is shown of the pupil."""
    grown, formed, wordy = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())
    deeds, achievements = draw(st.booleans()), draw(st.integers(0, 7))

    def shown(one: CertificateFacts) -> CertificateFacts:
        stages = tuple(stage if stage == 3 else None for stage in one.stages) if formed else one.stages
        return replace(
            one,
            stages=stages,
            scale=tuple(replace(stage, print_title=WORDY) for stage in one.scale) if wordy else one.scale,
            formed_only=formed,
            former=tuple(0 for _ in stages) if grown else (),
            deeds=DEEDS if deeds else (),
            achievements=ACHIEVEMENTS[:achievements],
        )

    return draw(st.sampled_from(LEVELS)), draw(st.sampled_from(NAMES)), shown


def check_drawn(
    facts: Facts,
    design: CertificateDesign,
    case: tuple[str, PersonName, Callable[[CertificateFacts], CertificateFacts]],
    stage: int | None,
) -> None:
    level, name, shown = case
    number = None if stage == 1 else "2026-0203"
    check_room(designed(shown(facts(level, name, stage, number)), design, PICTURES), design)


FEW = settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@FEW
@given(designs(), cases(), st.sampled_from([0, 1, 3, None]))
def test_every_word_has_its_room(
    facts: Facts,
    design: CertificateDesign,
    case: tuple[str, PersonName, Callable[[CertificateFacts], CertificateFacts]],
    stage: int | None,
) -> None:
    check_drawn(facts, design, case, stage)


@pytest.mark.slow
@settings(FEW, max_examples=1500, derandomize=False)
@given(designs(), cases(), st.sampled_from([0, 1, 3, None]))
def test_every_word_has_its_room_in_many_designs(
    facts: Facts,
    design: CertificateDesign,
    case: tuple[str, PersonName, Callable[[CertificateFacts], CertificateFacts]],
    stage: int | None,
) -> None:
    check_drawn(facts, design, case, stage)


@pytest.mark.parametrize("ornament", Ornament)
@pytest.mark.parametrize("direction", Direction)
def test_every_ornament_on_both_sheets(facts: Facts, ornament: Ornament, direction: Direction) -> None:
    for level in ("preschool", "basic"):
        shipped = shipped_for(level)
        style, page = replace(shipped.style, ornament=ornament), replace(shipped.page, direction=direction)
        design = replace(shipped, style=style, page=page)
        check_room(designed(facts(level, NAMES[1]), design), design)


def test_a3_is_a4_larger(facts: Facts) -> None:
    design = shipped_for("secondary")
    large = replace(design, page=replace(design.page, size=PaperSize.A3))
    pdf = designed(facts("secondary"), large)
    check_room(pdf, large)

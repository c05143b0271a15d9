"""How choices about a design are called on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from profdesk.domain.certificate_design import (
    CertificateDesign,
    Direction,
    Drawing,
    Face,
    Ornament,
    Page,
    PaperSize,
    Shown,
    first_for,
)
from profdesk.domain.programme import Level

DIRECTIONS = {Direction.PORTRAIT: "Книжная", Direction.LANDSCAPE: "Альбомная"}
SIZES = {PaperSize.A4: "A4", PaperSize.A3: "A3, всё крупнее"}
ORNAMENTS = {
    Ornament.NONE: "Без рамки",
    Ornament.VINE: "Ветка с листьями",
    Ornament.MOSAIC: "Мозаика",
    Ornament.GUILLOCHE: "Гильош: тонкая сетка",
}
FACES = {Face.SERIF: "С засечками", Face.ROUND: "Округлый", Face.PLAIN: "Простой"}
DRAWINGS = {
    Drawing.FLOWER: "Лепестки",
    Drawing.STEPS: "Ступени",
    Drawing.WHEEL: "Колесо со списком",
    Drawing.LIST: "Список",
}
SHOWN = {Shown.ALL: "Все, с их стадиями", Shown.FORMED: "Только сформированные"}
YEARS = {False: "За учебный год", True: "За все годы"}


def paper(page: Page) -> str:
    """«A4, альбомная»."""
    return f"{page.size.value}, {DIRECTIONS[page.direction].lower()}"


def offered_for(designs: Sequence[CertificateDesign], levels: Sequence[Level]) -> Mapping[str, str]:
    """For which levels each design (its code) is offered before others, in words."""
    found: dict[str, list[str]] = {}
    for level in levels:
        found.setdefault(first_for(level.code, designs).code, []).append(level.title.lower())
    return {code: f"Первым для: {', '.join(titles)}" for code, titles in found.items()}

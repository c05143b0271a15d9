"""How a certificate is made up: a design is data, shipped in ``resources/certificates`` or made by the school.

Everything that could spoil a paper is bounded by ``check``: what passes it can be drawn with the longest names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from profdesk.domain import certificate_fields
from profdesk.domain.certificate import CertificateFacts
from profdesk.errors import WrongInputError


class Direction(StrEnum):
    """Which side of the sheet is up."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class PaperSize(StrEnum):
    """A3 is A4 drawn larger: everything on it grows alike."""

    A4 = "A4"
    A3 = "A3"


class Ornament(StrEnum):
    """What runs around an upright sheet or along the panel of a wide one."""

    NONE = "none"
    VINE = "vine"
    MOSAIC = "mosaic"
    GUILLOCHE = "guilloche"


class Face(StrEnum):
    """The letters of the title and the name."""

    SERIF = "serif"
    ROUND = "round"
    PLAIN = "plain"


class Drawing(StrEnum):
    """How stages are shown; where a drawing cannot hold the competencies, the list stands in for it."""

    FLOWER = "flower"
    STEPS = "steps"
    WHEEL = "wheel"
    LIST = "list"


class Shown(StrEnum):
    """Which competencies stand on the paper."""

    ALL = "all"
    FORMED = "formed"


@dataclass(frozen=True)
class Margins:
    """Millimetres that nothing is drawn into: a printed blank has its frame and arms there."""

    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0


@dataclass(frozen=True)
class Page:
    """``blank`` is the SHA-256 of a picture of the whole sheet, kept in the workspace (empty: there is none).

    It is printed too, unless ``preprinted`` says that the sheets in the printer bear it already.
    """

    size: PaperSize = PaperSize.A4
    direction: Direction = Direction.PORTRAIT
    margins: Margins = Margins()
    blank: str = ""
    preprinted: bool = False


@dataclass(frozen=True)
class Style:
    """Colours are written #RRGGBB; ``strict`` squares the cells; ``emblem`` is the SHA-256 of a kept picture."""

    ornament: Ornament
    face: Face
    title: str
    kicker: str
    panel: str
    seal: str
    second: str
    strict: bool = False
    emblem: str = ""


@dataclass(frozen=True)
class Texts:
    """Words on the paper, with fields in braces (``certificate_fields``); an empty one is left out."""

    heading: str
    kicker: str
    title: str
    owner: str
    about: str
    statement: str


@dataclass(frozen=True)
class SignatureLine:
    """A line to be signed by hand: who signs at left, the name at right; both may hold fields."""

    post: str
    name: str


@dataclass(frozen=True)
class Content:
    """What is shown; growth is that since last school year, ``deeds`` are trials, practices and volunteering.

    Deeds and achievements are those of the school year, or of ``all_years`` until its end.
    """

    drawing: Drawing
    shown: Shown = Shown.ALL
    growth: bool = False
    deeds: bool = False
    achievements: bool = False
    all_years: bool = False


@dataclass(frozen=True)
class CertificateDesign:
    """``levels`` are codes of levels that it is offered for before others; a shipped one keeps its ``code``."""

    code: str
    title: str
    levels: tuple[str, ...]
    page: Page
    style: Style
    texts: Texts
    signatures: tuple[SignatureLine, ...]
    content: Content

    @property
    def pictures(self) -> tuple[str, ...]:
        """The SHA-256 of every picture that it needs."""
        return tuple(filter(None, (self.page.blank, self.style.emblem)))


@dataclass(frozen=True)
class Certificate:
    """A certificate as it is drawn: what it says, and how it is made up."""

    facts: CertificateFacts
    design: CertificateDesign


@dataclass(frozen=True)
class Flaw:
    """What will not do in a design, and where: «texts.title», «signatures.0.post», «page.margins»."""

    place: str
    message: str


TEXTS = {
    "heading": ("Кто выдаёт", 400),
    "kicker": ("Строка над названием", 40),
    "title": ("Название", 80),
    "owner": ("Строка над именем", 80),
    "about": ("Строка под именем", 160),
    "statement": ("Строка внизу", 160),
}
"""The texts by their names in ``Texts``: how screens call them, and how long each may be."""
MOST_SIGNATURES = 3
LONGEST_TITLE = 60
_LONGEST_POST, _LONGEST_NAME = 100, 60
SHEETS = {Direction.PORTRAIT: (210.0, 297.0), Direction.LANDSCAPE: (297.0, 210.0)}
"""Width and height of A4 in millimetres, in which everything is laid out, on A3 too."""
LEAST_ROOM = {Direction.PORTRAIT: (160.0, 235.0), Direction.LANDSCAPE: (250.0, 180.0)}
"""What margins must leave: less cannot hold twenty long competencies, the code and the signatures."""
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_DARKEST_PANEL, _DARKEST_SEAL, _PALEST_INK = 93.0, 75.0, 55.0


def flaws(design: CertificateDesign) -> Iterator[Flaw]:
    """Everything that has to be mended, in the order of the screen; none of a design that can be drawn."""
    if _is_blank(design.title) or len(design.title) > LONGEST_TITLE:
        yield Flaw("title", f"Дайте оформлению имя, не длиннее {LONGEST_TITLE} знаков.")
    yield from _of_page(design.page)
    yield from _of_colours(design.style)
    for name, (_, longest) in TEXTS.items():
        yield from _of_text(f"texts.{name}", getattr(design.texts, name), longest)
    if _is_blank(design.texts.title):
        yield Flaw("texts.title", "Без названия сертификат не узнать: напишите его.")
    if len(design.signatures) > MOST_SIGNATURES:
        yield Flaw("signatures", f"Подписей помещается не больше {MOST_SIGNATURES}.")
    for place, line in enumerate(design.signatures):
        if _is_blank(line.post):
            yield Flaw(f"signatures.{place}.post", "Напишите, кто подписывает, или уберите строку.")
        yield from _of_text(f"signatures.{place}.post", line.post, _LONGEST_POST)
        yield from _of_text(f"signatures.{place}.name", line.name, _LONGEST_NAME)


def check(design: CertificateDesign) -> None:
    """WrongInputError says what has to be mended first."""
    for flaw in flaws(design):
        raise WrongInputError(flaw.message)


def first_for(level: str, designs: Sequence[CertificateDesign]) -> CertificateDesign:
    """The design of a level (its code): the first that names it, else the first of all."""
    return next((one for one in designs if level in one.levels), designs[0])


def luma(colour: str) -> float:
    """Brightness of #RRGGBB from 0 (black) to 100 (white), as a grey print shows it (Rec. 601)."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return (29.9 * red + 58.7 * green + 11.4 * blue) / 255


def _is_blank(text: str) -> bool:
    """Whether nothing of it is seen: signs without a shape come with what is pasted."""
    return not "".join(filter(str.isprintable, text)).strip()


def _of_page(page: Page) -> Iterator[Flaw]:
    margins = page.margins
    if min(margins.left, margins.top, margins.right, margins.bottom) < 0:
        yield Flaw("page.margins", "Поля не бывают меньше нуля.")
        return
    wide, high = SHEETS[page.direction]
    least_wide, least_high = LEAST_ROOM[page.direction]
    left = (wide - margins.left - margins.right, high - margins.top - margins.bottom)
    if left[0] < least_wide or left[1] < least_high:
        yield Flaw(
            "page.margins",
            f"Поля оставляют {left[0]:.0f} × {left[1]:.0f} мм, а на сертификат нужно хотя бы "
            f"{least_wide:.0f} × {least_high:.0f} мм листа A4. Уменьшите поля.",
        )


def _of_colours(style: Style) -> Iterator[Flaw]:
    for name in ("title", "kicker", "second", "panel", "seal"):
        place, colour = f"style.{name}", getattr(style, name)
        if not _COLOUR.fullmatch(colour):
            yield Flaw(place, f"Цвет пишется так: #17405E, а не «{colour}».")
        elif name in ("title", "kicker") and luma(colour) > _PALEST_INK:
            yield Flaw(place, "Такие бледные буквы на бумаге не прочесть: возьмите цвет темнее.")
        elif name == "panel" and luma(colour) < _DARKEST_PANEL:
            yield Flaw(place, "На таком тёмном фоне не прочесть букв: возьмите цвет светлее.")
        elif name == "seal" and luma(colour) < _DARKEST_SEAL:
            yield Flaw(place, "На таком тёмном водяном знаке не прочесть букв: возьмите цвет светлее.")


def _of_text(place: str, text: str, longest: int) -> Iterator[Flaw]:
    if len(text) > longest:
        yield Flaw(place, f"Здесь помещается {longest} знаков, а написано {len(text)}.")
    if wrong := certificate_fields.wrong(text):
        yield Flaw(place, wrong)

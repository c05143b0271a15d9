"""The sheet before anything is written on it: the blank, the ornament inside the margins, and what they leave."""

from __future__ import annotations

from dataclasses import dataclass

from profdesk.documents.certificates.paper import Area, Look, Paper
from profdesk.documents.drawing_frames import guilloche_quarter, mosaic_bands, vine_half
from profdesk.documents.drawing_ornament import Ornament as Band
from profdesk.documents.drawing_ornament import guilloche, mosaic, vine
from profdesk.domain.certificate_design import SHEETS, CertificateDesign, Ornament

_TEXT, _PAD = 17.0, 2.5
_NARROW = 186.0
PANEL_SHARE = 106 / 277
_SPINE = 8.0


@dataclass(frozen=True)
class _Band:
    """How near an ornament comes to the edge of the sheet, and how far inside it (left, top, right, bottom) text is."""

    edge: float
    inset: tuple[float, float, float, float]


_BANDS = {
    Ornament.NONE: _Band(_TEXT, (0, 0, 0, 0)),
    Ornament.VINE: _Band(7, (17.5, 18, 17.5, 17)),
    Ornament.MOSAIC: _Band(10, (7, 28.5, 7, 11)),
    Ornament.GUILLOCHE: _Band(9.5, (17.5, 19, 17.5, 16)),
}


@dataclass(frozen=True)
class Frame:
    """``outer`` is where the ornament is, ``text`` what may be written in."""

    outer: Area
    text: Area


def upright(design: CertificateDesign) -> Frame:
    """The frame of an upright sheet; in a narrow one the ornament is finer."""
    band = _BANDS[design.style.ornament]
    plain = design.style.ornament is Ornament.NONE
    outer = _outer(design, band.edge, _PAD if plain else 0)
    fine = min(1.0, outer.width / _NARROW)
    text, most = outer.within(*(fine * one for one in band.inset)), _outer(design, _TEXT, 0)
    return Frame(
        outer,
        Area(
            max(text.left, most.left),
            max(text.top, most.top),
            min(text.right, most.right),
            min(text.bottom, most.bottom),
        ),
    )


def wide(design: CertificateDesign) -> Frame:
    """The frame of a wide sheet: the panel's corners are those of ``outer``, text at right stays inside ``text``."""
    return Frame(_outer(design, 10, 0), _outer(design, _TEXT, _PAD))


def draw_blank(paper: Paper, *, preview: bool) -> None:
    """Draw the picture of the whole sheet, unless the printer's sheets bear it already."""
    page = paper.design.page
    if page.blank and (preview or not page.preprinted):
        size = SHEETS[page.direction]
        paper.sheet.picture(page.blank, paper.picture(page.blank), 0, 0, size)


def draw_upright(paper: Paper, frame: Frame) -> None:
    """Draw the ornament around, or above and below."""
    sheet, look, outer = paper.sheet, paper.look, frame.outer
    ornament = look.style.ornament
    fine, size = min(1.0, outer.width / _NARROW), (outer.width, outer.height)
    name = f"frame-{ornament}-{look.code}-{outer.width:g}-{outer.height:g}"
    if ornament is Ornament.MOSAIC:
        sheet.stamp(name, outer.left, outer.top, lambda: mosaic_bands(sheet, size, 20 * fine))
    elif ornament is Ornament.VINE:
        for x, back in ((outer.left, False), (outer.right, True)):
            sheet.stamp(name, x, outer.top, lambda: vine_half(sheet, size, 12 * fine), mirrored=(back, False))
    elif ornament is Ornament.GUILLOCHE:
        colours = look.title, look.second
        for x, back in ((outer.left, False), (outer.right, True)):
            for y, up in ((outer.top, False), (outer.bottom, True)):
                sheet.stamp(
                    name, x, y, lambda: guilloche_quarter(sheet, size, 10.5 * fine, colours), mirrored=(back, up)
                )


def draw_panel(paper: Paper, panel: Area) -> float:
    """Draw the ground of a panel, but not over a blank, and the ornament on its spine; gives the spine's width."""
    sheet, look = paper.sheet, paper.look
    bands = {Ornament.VINE: vine, Ornament.MOSAIC: mosaic, Ornament.GUILLOCHE: _guilloche(look)}
    ornament, blank = look.style.ornament, bool(paper.design.page.blank)

    def draw() -> None:
        if not blank:
            sheet.box(0, 0, panel.width, panel.height, fill=look.panel)
        if ornament in bands:
            bands[ornament](sheet, _SPINE, panel.height)

    sheet.stamp(f"panel-{ornament}-{blank}-{look.code}-{panel.width:g}-{panel.height:g}", panel.left, panel.top, draw)
    return _SPINE if ornament in bands else 0


def _guilloche(look: Look) -> Band:
    return guilloche(look.title, look.second)


def _outer(design: CertificateDesign, edge: float, pad: float) -> Area:
    """What is inside the margins, and no nearer than ``edge`` to the edges of the sheet."""
    margins, (wide, high) = design.page.margins, SHEETS[design.page.direction]
    left, top, right, bottom = (
        max(edge, side + pad if side else 0) for side in (margins.left, margins.top, margins.right, margins.bottom)
    )
    return Area(left, top, wide - right, high - bottom)

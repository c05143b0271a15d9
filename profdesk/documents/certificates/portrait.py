"""An upright certificate: heading, drawing and foot under each other in the middle of the ornament."""

from __future__ import annotations

import math
from dataclasses import dataclass

from profdesk.documents.certificates import bodies, code, fitting, frame
from profdesk.documents.certificates.bodies import Body
from profdesk.documents.certificates.foot import Foot, foot
from profdesk.documents.certificates.heading import Heading, Scale, headings
from profdesk.documents.certificates.legend import Legend, legend
from profdesk.documents.certificates.paper import Area, Paper
from profdesk.documents.drawing_frames import ROSETTE_PARTS, rosette_part
from profdesk.domain.certificate_design import Ornament

_SCALES = (
    Scale(9.8, 12.5, 29, 10.3, 26, 11.5, 10, 19, 1.25),
    Scale(9.6, 12.2, 28, 10.2, 25, 11.3, 9.8, 18, 1),
    Scale(9.4, 12, 27, 10, 24, 11, 9.6, 17, 0.8),
    Scale(9.0, 11.5, 25, 9.6, 22, 10.5, 9.2, 15, 0.62),
    Scale(8.6, 11, 23, 9.2, 20, 10, 8.8, 13, 0.48),
    Scale(8.2, 10.5, 21, 8.8, 18, 9.5, 8.5, 12, 0.36),
    Scale(7.8, 10, 19, 8.4, 16, 9, 8, 10, 0.25),
)
_OVER_BODY, _OVER_LEGEND, _OVER_FOOT = 5.5, 2.4, 5.5
_LOOSEST = 13.0
_ROSETTES, _OVER_ROSETTE = (33.0, 27.0, 21.0), 3.0


@dataclass(frozen=True)
class _Laid:
    """All parts of a page, and the area they share."""

    area: Area
    heading: Heading
    body: Body
    legend: Legend
    foot: Foot

    @property
    def spare(self) -> float:
        """Millimetres that are left over, less than nothing where they do not fit."""
        under = self.legend.height + _OVER_LEGEND if self.legend.height else 0
        used = self.heading.height + self.body.least + under + self.foot.height
        return self.area.height - used - _OVER_BODY - _OVER_FOOT

    def draw(self, paper: Paper) -> None:
        """Draw all with the air shared out: the drawing takes what it can use, the heading opens, the rest is even."""
        area, spare = self.area, max(0.0, self.spare)
        more = min(self.body.most - self.body.least, spare * 0.55)
        loose = min(_LOOSEST, (spare - more) * 0.5 / max(self.heading.gives, 0.1))
        rest = spare - more - loose * self.heading.gives
        if paper.look.style.ornament is Ornament.GUILLOCHE:
            _draw_rosette(paper, area, self.heading.under_title(area.top, loose))
        y = self.heading.draw(paper, area.middle, area.top, "centre", loose)
        y += _OVER_BODY + rest * 0.45
        end = y + self.body.least + more
        self.body.draw(Area(area.left, y, area.right, end))
        self.legend.draw(Area(area.left, end + _OVER_LEGEND + rest * 0.1, area.right, area.bottom))
        self.foot.draw(Area(area.left, area.bottom - self.foot.height, area.right, area.bottom))


def draw_portrait(paper: Paper) -> None:
    """Draw the page, its sizes stepping down until all has room."""
    around = frame.upright(paper.design)
    frame.draw_upright(paper, around)
    for zoom in fitting.ZOOMS:
        laid = _laid(paper, around.text.shrunk(zoom), code.SIDE / zoom)
        if laid is not None:
            break
    else:
        raise AssertionError("no certificate is as long as that")
    with paper.sheet.enlarged(zoom):
        laid.draw(paper)


def _laid(paper: Paper, area: Area, side: float) -> _Laid | None:
    under = foot(paper, area.width, side)

    def made(heading: Heading, body: Body) -> _Laid:
        return _Laid(area, heading, body, legend(paper, body, area.width), under)

    kinds = (fitting.Steps(found(paper, area.width)) for found in (bodies.wanted, bodies.plain))
    every = [fitting.Steps(one) for one in headings(paper, _SCALES, area.width, centred=True)]
    found = fitting.chosen(every, kinds, lambda heading, body: made(heading, body).spare >= 0)
    return made(*found) if found else None


def _draw_rosette(paper: Paper, area: Area, y: float) -> None:
    """Behind the heading, pale."""
    sheet, seal = paper.sheet, paper.look.seal
    radius = next((one for one in _ROSETTES if one <= y - area.top + _OVER_ROSETTE), _ROSETTES[-1])
    name = f"rosette-{paper.look.code}-{radius:g}"
    for part in range(ROSETTE_PARTS):
        turn = 2 * math.pi * part / ROSETTE_PARTS
        sheet.stamp(name, area.middle, y, lambda: rosette_part(sheet, radius, seal), turn=turn)

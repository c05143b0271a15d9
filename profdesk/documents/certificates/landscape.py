"""A wide certificate: its owner on a panel at left, the stages at right."""

from __future__ import annotations

from dataclasses import dataclass

from profdesk.documents.certificates import code, fitting, frame
from profdesk.documents.certificates.panel import Panel, panel
from profdesk.documents.certificates.paper import Area, Paper
from profdesk.documents.certificates.side import Side, side

_GAP = 8.0
_INSET = (7.0, 8.5, 5.5, 7.0)


@dataclass(frozen=True)
class _Areas:
    """Where the panel's words and the drawing stand; ``edge`` is how far right cells may reach."""

    panel: Area
    side: Area
    edge: float

    def shrunk(self, by: float) -> _Areas:
        return _Areas(self.panel.shrunk(by), self.side.shrunk(by), self.edge / by)


def draw_landscape(paper: Paper) -> None:
    """Draw the page, its sizes stepping down until all has room."""
    around = frame.wide(paper.design)
    outer, text = around.outer, around.text
    ground = Area(outer.left, outer.top, outer.left + outer.width * frame.PANEL_SHARE, outer.bottom)
    spine = frame.draw_panel(paper, ground)
    left, top, right, bottom = _INSET
    areas = _Areas(
        ground.within(left + (spine or 2), top, right, bottom),
        Area(ground.right + _GAP, text.top + 1, text.right, text.bottom),
        outer.right,
    )
    for zoom in fitting.ZOOMS:
        laid = _laid(paper, areas.shrunk(zoom), zoom)
        if laid is not None:
            break
    else:
        raise AssertionError("no certificate is as long as that")
    owner, shown = laid
    with paper.sheet.enlarged(zoom):
        owner.draw_heading()
        shown.draw()
        owner.draw_foot()


def _laid(paper: Paper, areas: _Areas, zoom: float) -> tuple[Panel, Side] | None:
    owner = panel(paper, areas.panel)
    shown = side(paper, areas.side, areas.edge, code.SIDE / zoom) if owner else None
    return (owner, shown) if owner and shown else None

"""The pages of every design of certificates that ships, drawn to PNG as paper shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain.certificate_design import CertificateDesign
from profdesk.domain.programme import Programme
from profdesk.services import certificate_designs, programmes

if TYPE_CHECKING:
    from profdesk.services.workspaces import Workspace

_DPI = 110


def draw(workspace: Workspace, folder: Path) -> list[Path]:
    """Draw each with short names, with long ones, with all that can be shown, and with the largest set of all.

    Gives the files.
    """
    from pypdfium2 import PdfDocument

    drawn: list[Path] = []
    programme = programmes.current(workspace, workspace.actor)
    for design in certificate_designs.shipped():
        for case, shown, level, long in _cases(design, programme):
            page = certificate_designs.preview(workspace, workspace.actor, shown, level, long=long)
            path = folder / f"95-certificate-{design.code}-{case}.png"
            with PdfDocument(page) as pdf:
                pdf[0].render(scale=_DPI / 72).to_pil().save(path)
            drawn.append(path)
    return drawn


def _cases(design: CertificateDesign, programme: Programme) -> Iterator[tuple[str, CertificateDesign, str, bool]]:
    own, largest = design.levels[0], max(programme.levels, key=lambda level: len(level.competencies.items)).code
    full = replace(design, content=replace(design.content, growth=True, deeds=True, achievements=True))
    yield "short", design, own, False
    yield "long", design, own, True
    yield "full", full, own, True
    yield "largest-set", design, largest, False

"""Designs of certificates: those that ship, the school's own, their pictures, and how one looks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING
from uuid import uuid4

from profdesk import assets
from profdesk.domain import certificate_design, certificate_design_file, certificate_sample
from profdesk.domain.access import Actor
from profdesk.domain.certificate_design import LONGEST_TITLE, Certificate, CertificateDesign
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.rights import Right
from profdesk.services import files, programmes
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from pathlib import Path

    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

_ORDER = ("preschool", "primary", "school", "graduate")
_LARGEST_PICTURE = 20 * 1024 * 1024


@cache
def shipped() -> tuple[CertificateDesign, ...]:
    """The designs that the program brings, from the youngest on."""
    paths = (assets.resource("certificates", f"{code}.toml") for code in _ORDER)
    return tuple(certificate_design_file.parse(path.read_text(encoding="utf-8"), path.stem) for path in paths)


@needs(Right.CERTIFICATES_READ)
def offered(workspace: Workspace, actor: Actor) -> Sequence[CertificateDesign]:
    """The school's own, the latest changed first, then those that ship."""
    with workspace.unit(actor) as unit:
        return known(unit)


def known(unit: UnitOfWork) -> Sequence[CertificateDesign]:
    """As ``offered``, for a verb that reads more in the same unit of work."""
    return (*unit.designs.own(), *shipped())


def is_shipped(design: CertificateDesign) -> bool:
    """Whether it comes with the program and is not to be changed but copied."""
    return design.code in _ORDER


def copied(design: CertificateDesign, taken: Sequence[CertificateDesign]) -> CertificateDesign:
    """A copy to be changed, under a title that none of those ``taken`` has; nothing is written."""
    titles = {one.title.casefold() for one in taken}
    stem = f"{design.title[: LONGEST_TITLE - 15]}, свой"
    tries = (stem if count == 1 else f"{stem} {count}" for count in range(1, len(taken) + 2))
    title = next(one for one in tries if one.casefold() not in titles)
    return replace(design, code=str(uuid4()), title=title)


@needs(Right.CERTIFICATES_ISSUE)
def save(workspace: Workspace, actor: Actor, design: CertificateDesign) -> Changes:
    """Put a new or changed design of the school in force; WrongInputError says what has to be mended first.

    It is drawn once, so that none is kept that cannot be: with letters that no face has, or a lost picture.
    """
    if is_shipped(design):
        raise ValueError("what ships is copied before it is changed")
    preview(workspace, actor, design, programmes.current(workspace, actor).levels[0].code, long=True)
    with workspace.unit(actor) as unit:
        unit.designs.write(design, datetime.now(UTC))
        return Changes.of(unit.batch, Kind.DESIGNS)


@needs(Right.CERTIFICATES_ISSUE)
def withdraw(workspace: Workspace, actor: Actor, code: str) -> Changes:
    """Take a design of the school away; certificates that were issued by it can be printed again all the same."""
    return _withdraw(workspace, actor, code, datetime.now(UTC))


@needs(Right.CERTIFICATES_ISSUE)
def put_back(workspace: Workspace, actor: Actor, code: str) -> Changes:
    """Undo a withdrawal."""
    return _withdraw(workspace, actor, code, None)


@needs(Right.CERTIFICATES_READ)
def preview(
    workspace: Workspace, actor: Actor, design: CertificateDesign, level: str, *, long: bool, trial: bool = False
) -> bytes:
    """Draw a design with an invented pupil of a level (its code), ``long``: with the longest names there are.

    ``trial``: as it is printed, without the blank that the paper bears already.
    WrongInputError says what has to be mended first.
    """
    from profdesk.documents import certificate

    certificate_design.check(design)
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        school, shown = unit.organisation.get(), programme.level(level)
        today = datetime.now(UTC).astimezone().date()
        facts = certificate_sample.sample(programme, school, shown, design.content, today, long=long)
        return certificate.certificates([Certificate(facts, design)], pictures(unit), preview=not trial)


@needs(Right.CERTIFICATES_ISSUE)
def add_picture(workspace: Workspace, actor: Actor, path: Path) -> str:
    """Keep a picture (PNG or JPEG) for designs; gives its SHA-256. WrongInputError if it is none or far too large."""
    from profdesk.documents import design_picture

    content = design_picture.prepared(files.read(path, _LARGEST_PICTURE), path.name)
    with workspace.unit(actor) as unit:
        return unit.designs.put_picture(content)


@needs(Right.CERTIFICATES_READ)
def picture(workspace: Workspace, actor: Actor, digest: str) -> bytes:
    """A kept picture by its SHA-256; WorkspaceError if it is lost or spoiled."""
    with workspace.unit(actor) as unit:
        return unit.designs.picture(digest)


def pictures(unit: UnitOfWork) -> Callable[[str], bytes]:
    """Read the pictures of designs by their SHA-256, each once."""
    return cache(unit.designs.picture)


def _withdraw(workspace: Workspace, actor: Actor, code: str, day: datetime | None) -> Changes:
    with workspace.unit(actor) as unit:
        unit.designs.withdraw(code, day)
        return Changes.of(unit.batch, Kind.DESIGNS)

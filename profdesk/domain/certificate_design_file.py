"""Designs of certificates read from TOML (those shipped) and JSON (the school's own), and written as JSON."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from profdesk.domain import toml_reader
from profdesk.domain.certificate_design import (
    TEXTS,
    CertificateDesign,
    Content,
    Direction,
    Drawing,
    Face,
    Margins,
    Ornament,
    Page,
    PaperSize,
    Shown,
    SignatureLine,
    Style,
    Texts,
    flaws,
)
from profdesk.domain.toml_reader import Problem, Table
from profdesk.errors import WrongInputError

FORMAT = 1
_Choice = TypeVar("_Choice", bound=StrEnum)


def parse(text: str, code: str) -> CertificateDesign:
    """Read a design in TOML; WrongInputError names the line and what is wrong there."""
    raw, found = toml_reader.load(text)
    if raw is not None:
        root = Table(raw, (), toml_reader.lines(text))
        design = _design(root, code)
        found = root.finish() or [Problem(1, flaw.message) for flaw in flaws(design)]
        if not found:
            return design
    raise WrongInputError(f"Оформление «{code}», строка {found[0].line}: {found[0].message}.")


def to_json(design: CertificateDesign) -> str:
    """Write everything but the code; equal designs give equal texts."""
    kept = {"format": FORMAT, **asdict(design)}
    del kept["code"]
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str, code: str) -> CertificateDesign:
    """Read what ``to_json`` wrote; WrongInputError if it is damaged."""
    root = Table(json.loads(text, parse_float=Decimal), (), {})
    design = _design(root, code)
    if found := root.finish():
        raise WrongInputError(f"Оформление сертификата повреждено: {found[0].message}.")
    return design


def digest(design: CertificateDesign) -> str:
    """SHA-256 of all that is drawn by it, in hex."""
    return hashlib.sha256(to_json(design).encode()).hexdigest()


def _design(root: Table, code: str) -> CertificateDesign:
    if root.integer("format") != FORMAT:
        root.complain(f"это оформление другой версии, нужна версия {FORMAT}", "format")
    texts = root.table("texts")
    return CertificateDesign(
        code=code,
        title=root.text("title"),
        levels=root.texts("levels"),
        page=_page(root.table("page")),
        style=_style(root.table("style")),
        texts=Texts(**{name: texts.possible_text(name) for name in TEXTS}),
        signatures=tuple(
            SignatureLine(line.text("post"), line.possible_text("name")) for line in _lines(root, "signatures")
        ),
        content=_content(root.table("content")),
    )


def _page(page: Table) -> Page:
    margins = page.table("margins") if page.has("margins") else None
    sides = (margins.number(side) for side in ("left", "top", "right", "bottom")) if margins else (0, 0, 0, 0)
    return Page(
        size=_choice(page, "size", PaperSize),
        direction=_choice(page, "direction", Direction),
        margins=Margins(*map(float, sides)),
        blank=page.possible_text("blank"),
        preprinted=page.flag("preprinted"),
    )


def _style(style: Table) -> Style:
    return Style(
        ornament=_choice(style, "ornament", Ornament),
        face=_choice(style, "face", Face),
        title=style.text("title"),
        kicker=style.text("kicker"),
        panel=style.text("panel"),
        seal=style.text("seal"),
        second=style.text("second"),
        strict=style.flag("strict"),
        emblem=style.possible_text("emblem"),
    )


def _content(content: Table) -> Content:
    return Content(
        drawing=_choice(content, "drawing", Drawing),
        shown=_choice(content, "shown", Shown),
        growth=content.flag("growth"),
        deeds=content.flag("deeds"),
        achievements=content.flag("achievements"),
        all_years=content.flag("all_years"),
    )


def _lines(root: Table, key: str) -> list[Table]:
    return root.tables(key) if root.has(key) else []


def _choice(table: Table, key: str, kind: type[_Choice]) -> _Choice:
    known = [one.value for one in kind]
    value = table.one_of(key, known, "значения")
    return kind(value) if value in known else next(iter(kind))

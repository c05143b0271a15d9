"""Signs of the Phosphor font that qtawesome ships, drawn without importing qtawesome.

Importing the package reads six fonts and costs as much as the rest of the window's start; the font file
and its map of names are all that is needed here.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QImage, QPainter


def draw(name: str, colour: QColor, size: int, ratio: float = 1.0) -> QImage:
    """A square picture of a sign, ``size`` logical pixels wide; ValueError for an unknown name."""
    image = QImage(round(size * ratio), round(size * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint(painter, QRectF(0, 0, size, size), name, colour)
    painter.end()
    return image


def paint(painter: QPainter, area: QRectF, name: str, colour: QColor) -> None:
    """Draw a sign in the middle of ``area``, as high as the area."""
    font = QFont(_family())
    font.setPixelSize(max(1, round(area.height())))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, glyph(name))
    painter.restore()


def glyph(name: str) -> str:
    """The character of a sign, named as Phosphor does (``house``, ``check-circle-fill``)."""
    code = _names().get(name)
    if code is None:
        raise ValueError(f"no icon is called {name!r}")
    return chr(int(code, 16))


@cache
def _folder() -> Path:
    spec = find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("qtawesome is not installed")
    return Path(spec.origin).parent / "fonts"


@cache
def _names() -> dict[str, str]:
    charmap = next(_folder().glob("phosphor-charmap-*.json"))
    names: dict[str, str] = json.loads(charmap.read_text(encoding="utf-8"))
    return names


@cache
def _family() -> str:
    font = next(path for path in _folder().glob("phosphor-*.ttf"))
    return QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(font)))[0]

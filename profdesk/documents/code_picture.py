"""A square code as a picture for Word: sharp at the resolution of printers, its white around it."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from profdesk.documents.square_code import QUIET, Modules

_DOTS = 12
"""Pixels a module: more than 500 dots an inch where a certificate's code stands."""


def png(code: Modules) -> bytes:
    """Draw a code; equal codes give equal bytes."""
    side = len(code)
    flat = Image.frombytes("L", (side, side), b"".join(code))
    whole = ImageOps.expand(flat, QUIET, 255)
    large = whole.resize((whole.width * _DOTS, whole.height * _DOTS), Image.Resampling.NEAREST)
    file = io.BytesIO()
    large.convert("1").save(file, "PNG", optimize=True)
    return file.getvalue()

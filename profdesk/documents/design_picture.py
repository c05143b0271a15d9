"""A picture of a design made fit for print: upright, no larger than paper shows, and nothing told of its camera."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from profdesk.errors import WrongInputError

_KINDS, _PLAIN = ("PNG", "JPEG"), ("RGB", "RGBA")
_SIDE = 3508
"""Pixels of the longer side of A4 at 300 dpi."""
_LEAST = 40
_MOST_PIXELS = 40_000_000
_BROKEN = (OSError, SyntaxError, ValueError, Image.DecompressionBombError)


def prepared(content: bytes, name: str) -> bytes:
    """Give a PNG, or a JPEG of a JPEG; WrongInputError names the file that is no such picture."""
    try:
        with Image.open(io.BytesIO(content), formats=_KINDS) as found:
            if found.width * found.height > _MOST_PIXELS:
                raise WrongInputError(
                    f"Картинка «{name}» слишком велика: уменьшите её до {_SIDE} точек по длинной стороне."
                )
            kind = found.format
            width, height = found.size
            small = found if found.mode in _PLAIN else found.convert("RGBA" if _is_transparent(found) else "RGB")
            small.thumbnail((_SIDE, _SIDE))
            upright = ImageOps.exif_transpose(small)
            upright = upright.convert("RGBA" if _is_transparent(upright) else "RGB")
    except _BROKEN as error:
        raise WrongInputError(f"«{name}» не открывается как картинка. Нужен файл PNG или JPEG.") from error
    if min(width, height) < _LEAST:
        raise WrongInputError(f"Картинка «{name}» слишком мала для печати: {width} × {height} точек.")
    made = io.BytesIO()
    if kind == "JPEG":
        upright.save(made, "JPEG", quality=90)
    else:
        upright.save(made, "PNG", optimize=True)
    return made.getvalue()


def _is_transparent(picture: Image.Image) -> bool:
    return picture.has_transparency_data

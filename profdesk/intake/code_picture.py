"""QR codes on a picture or a scan, as texts: zxing-cpp finds them however they are turned."""

from __future__ import annotations

import io

import zxingcpp
from PIL import Image, UnidentifiedImageError

from profdesk.errors import WrongInputError

_MOST_PIXELS = 80_000_000
"""A camera's picture, not a bomb."""


def texts(picture: bytes, name: str) -> tuple[str, ...]:
    """The texts of the QR codes on a picture (PNG, JPEG, TIFF, BMP or WebP); WrongInputError if it is none."""
    try:
        with Image.open(io.BytesIO(picture), formats=("PNG", "JPEG", "TIFF", "BMP", "WEBP")) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise WrongInputError(f"Картинка «{name}» слишком велика. Уменьшите её или снимите сам код.")
            grey = image.convert("L")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise WrongInputError(f"Картинка «{name}» не открывается. Нужен PNG или JPEG со снимком кода.") from error
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return tuple(one.text for one in found)

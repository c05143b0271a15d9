"""QR codes on a picture, a scan or in a Word document, as texts: zxing-cpp finds them however they are turned."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

import zxingcpp
from PIL import Image, UnidentifiedImageError

from profdesk.errors import WrongInputError

_MOST_PIXELS = 50_000_000
"""A camera's picture, not a bomb."""
_MOST_PICTURES, _LARGEST_PICTURE = 100, 20 * 1024 * 1024
_MEDIA = "word/media/"
_NO_PICTURE = (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError)


def texts(picture: bytes, name: str) -> tuple[str, ...]:
    """The texts of the QR codes on a picture (PNG, JPEG, TIFF, BMP or WebP); WrongInputError if it is none."""
    try:
        with Image.open(io.BytesIO(picture), formats=("PNG", "JPEG", "TIFF", "BMP", "WEBP")) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise WrongInputError(f"Картинка «{name}» слишком велика. Уменьшите её или снимите сам код.")
            grey = image.convert("L")
    except _NO_PICTURE as error:
        raise WrongInputError(f"Картинка «{name}» не открывается. Нужен PNG или JPEG со снимком кода.") from error
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return tuple(one.text for one in found)


def texts_in_word(document: bytes, name: str) -> tuple[str, ...]:
    """The texts of the QR codes on the pictures of a Word document; WrongInputError if it is none."""
    try:
        pictures = list(_pictures(document))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError) as error:
        raise WrongInputError(f"«{name}» не читается как документ Word. Сохраните его в Word заново.") from error
    found: list[str] = []
    left = 2 * _MOST_PIXELS
    for picture in pictures:
        left -= _pixels(picture)
        if left < 0:
            break
        found += _texts_if_picture(picture, name)
    return tuple(found)


def _pictures(document: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as packed:
        there = [part for part in packed.infolist() if part.filename.startswith(_MEDIA)]
        for part in there[:_MOST_PICTURES]:
            if part.file_size <= _LARGEST_PICTURE:
                yield packed.read(part)


def _pixels(content: bytes) -> int:
    """How many a picture says it has; none if it is no picture."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            return image.width * image.height
    except _NO_PICTURE:
        return 0


def _texts_if_picture(content: bytes, name: str) -> tuple[str, ...]:
    """What else is drawn in a document, as by vectors, holds no code of ours."""
    try:
        return texts(content, name)
    except WrongInputError:
        return ()

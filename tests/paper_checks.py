"""What is asked of every paper: its words in order, nothing near the edge, fonts inside."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import zxingcpp
from PIL import Image
from pypdfium2 import PdfDocument

MM = 72 / 25.4


def raw_pages(pdf: bytes, folder: Path) -> list[str]:
    """The words of each page in the order they are drawn in, as pdftotext gives them."""
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    text = subprocess.run(["pdftotext", "-raw", str(path), "-"], check=True, capture_output=True).stdout.decode()
    return [" ".join(page.split()) for page in text.replace("\u00a0", " ").split("\f")[:-1]]


def pictures(pdf: bytes, dpi: int) -> list[np.ndarray]:
    """Each page in greys; copied while the bitmap that owns the memory is held."""
    made = []
    with PdfDocument(pdf) as document:
        for page in document:
            bitmap = page.render(scale=dpi / 72, grayscale=True)
            made.append(bitmap.to_numpy().squeeze().copy())
    return made


def codes(picture: Image.Image | np.ndarray) -> list[zxingcpp.Barcode]:
    """The codes of the one kind that is printed: among ruled lines a reader of bars finds one that is not there."""
    return zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))


def assert_inside(pdf: bytes, margin: float = 5.0) -> None:
    """No mark of ink lies nearer to the edge than ``margin`` millimetres."""
    wide = round(margin * MM) - 1
    for picture in pictures(pdf, 72):
        for edge in (picture[:wide], picture[-wide:], picture[:, :wide], picture[:, -wide:]):
            assert edge.min() > 250


def assert_fonts(pdf: bytes, folder: Path) -> None:
    """Every font is embedded, subset and there once."""
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    lines = subprocess.run(["pdffonts", str(path)], check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    names = [line.split()[0].partition("+")[2] for line in lines]
    assert names
    assert len(set(names)) == len(names)
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in lines)

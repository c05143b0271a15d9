"""An empty field for a further signature (ISO 32000-1, 12.7.4.5), for which ReportLab has no call of its own."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfgen.canvas import Canvas

_PRINTED_LOCKED = 4 | 128


def place(canvas: Canvas, name: str, told: str, corners: Sequence[float]) -> None:
    """Put the one field of a document on the page being drawn, by its left lower and right upper corner in points.

    What is drawn in the field later is all that a second signer can change of the page; ``told`` is read aloud.
    """
    document = canvas._doc
    field = PDFDictionary(
        {
            "Type": PDFName("Annot"),
            "Subtype": PDFName("Widget"),
            "FT": PDFName("Sig"),
            "T": PDFString(name),
            "TU": PDFString(told),
            "F": _PRINTED_LOCKED,
            "Rect": PDFArray([round(one, 2) for one in corners]),
        }
    )
    canvas._addAnnotation(field, name)
    document.Catalog.AcroForm = PDFDictionary({"Fields": PDFArray([document.Reference(field)])})

"""A file attached inside a PDF (ISO 32000-1, 7.11.4), for which ReportLab has no call of its own."""

from __future__ import annotations

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas


def attach(canvas: Canvas, name: str, data: bytes, kind: str, description: str) -> None:
    """Attach one file by an ASCII name and MIME type; readers list it among the attachments."""
    document = canvas._doc
    stream = PDFStream(
        PDFDictionary(
            {
                "Type": PDFName("EmbeddedFile"),
                "Subtype": PDFName(kind.replace("/", "#2F")),
                "Params": PDFDictionary({"Size": len(data)}),
            }
        ),
        data,
    )
    held = document.Reference(stream)
    specification = document.Reference(
        PDFDictionary(
            {
                "Type": PDFName("Filespec"),
                "F": PDFString(name),
                "UF": PDFString(name),
                "Desc": PDFString(description),
                "AFRelationship": PDFName("Data"),
                "EF": PDFDictionary({"F": held, "UF": held}),
            }
        )
    )
    names = PDFDictionary({"Names": PDFArray([PDFString(name), specification])})
    document.Catalog.Names = PDFDictionary({"EmbeddedFiles": names})

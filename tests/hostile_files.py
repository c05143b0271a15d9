"""Files that somebody sends to do harm: huge, deep, packed many times over, or nothing of what they are called.

Those that can be signed are signed, so that whoever reads them goes as far into them as it can.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec, embed_file
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter, copy_into_new_writer

from profdesk.documents.sheet import PORTRAIT, Sheet
from profdesk.signing import pdf
from profdesk.signing.keys import SigningKey

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
_MIB = 1 << 20
LARGEST = 50 * _MIB - 1
_HEAD = b"%PDF-1.7\n"


def _paper(change: Callable[[PdfFileWriter], None]) -> bytes:
    sheet = Sheet(PORTRAIT, "Сводка", "Школа", NOW.date())
    sheet.text(20, 20, "Сводка")
    sheet.next_page()
    writer = copy_into_new_writer(PdfFileReader(BytesIO(sheet.finish())), writer_kwargs={"stream_xrefs": False})
    change(writer)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def _attached(data: bytes) -> bytes:
    def change(writer: PdfFileWriter) -> None:
        held = EmbeddedFileObject.from_file_data(writer, data, compress=True)
        embed_file(writer, FileSpec("summary.json", embedded_data=held))

    return _paper(change)


def _stream(filters: tuple[str, ...], encoded: bytes, **kinds: str) -> generic.StreamObject:
    names = generic.ArrayObject([pdf_name(f"/{one}") for one in filters])
    told = {pdf_name(f"/{key}"): pdf_name(f"/{value}") for key, value in kinds.items()}
    return generic.StreamObject({**told, pdf_name("/Filter"): names}, encoded_data=encoded)


@cache
def _packed_twice() -> bytes:
    """A gigabyte of zeros in some kilobytes."""
    once = zlib.compressobj(9)
    inner = b"".join(once.compress(bytes(_MIB)) for _ in range(1024)) + once.flush()
    return zlib.compress(inner, 9)


def _twice_attached() -> bytes:
    def change(writer: PdfFileWriter) -> None:
        held = writer.add_object(_stream(("FlateDecode", "FlateDecode"), _packed_twice(), Type="EmbeddedFile"))
        place = generic.DictionaryObject({pdf_name("/F"): held})
        told = writer.add_object(generic.DictionaryObject({pdf_name("/EF"): place}))
        names = generic.ArrayObject([generic.TextStringObject("summary.json"), told])
        files = generic.DictionaryObject({pdf_name("/Names"): names})
        writer.root[pdf_name("/Names")] = generic.DictionaryObject({pdf_name("/EmbeddedFiles"): files})

    return _paper(change)


def _said_of_itself(key: SigningKey) -> bytes:
    """A bomb where a document says what it is, put there as it is signed."""
    file = BytesIO(_paper(lambda _: None))
    writer = IncrementalPdfFileWriter(file)
    bomb = _stream(("FlateDecode", "FlateDecode"), _packed_twice(), Type="Metadata", Subtype="XML")
    writer.root[pdf_name("/Metadata")] = writer.add_object(bomb)
    writer.update_root()
    writer._update_meta = lambda: None  # which would read it
    pdf.sign_revision(writer, key, reason="Сводка", at=NOW, certify=True)
    return file.getvalue()


def _covered(body: bytes) -> bytes:
    """Any bytes under the text of a range that reaches from their first to their last."""
    template = b"%%%%/ByteRange [0 %010d %010d %010d] <3000>\n"
    length = len(template % (0, 0, 0))
    gap = len(_HEAD) + length - len(b"<3000>\n")
    total = len(_HEAD) + length + len(body)
    return _HEAD + template % (gap, gap + 6, total - gap - 6) + body


def _table_of(entries: int) -> bytes:
    place = len(_covered(b""))
    table = b"xref\n0 %d\n%b" % (entries, b"0000000009 00000 n \n" * entries)
    return _covered(b"%btrailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (table, entries, place))


def _tables(count: int) -> bytes:
    start = len(_covered(b""))
    made, size = [], 0
    for _ in range(count):
        prev = b"/Prev %d" % (start + size - len(made[-1])) if made else b""
        made.append(b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Root 1 0 R%b>>\n" % prev)
        size += len(made[-1])
    last = start + size - len(made[-1])
    return _covered(b"%bstartxref\n%d\n%%%%EOF\n" % (b"".join(made), last))


def _streamed(kind: str) -> bytes:
    packed = _packed_twice()
    told = b"/Type/%b/Filter[/FlateDecode/FlateDecode]/Length %d/N 9/First 9" % (kind.encode(), len(packed))
    table = b"/Size 99999999/W[1 4 1]/Root 1 0 R"
    body = b"1 0 obj\n<<" + told + table + b">>stream\n" + packed + b"\nendstream\nendobj\n"
    return _covered(b"%bstartxref\n%d\n%%%%EOF\n" % (body, len(_covered(b""))))


def _archive() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Сводка.pdf", bytes(64 * _MIB))
    return made.getvalue()


def signed(key: SigningKey) -> Mapping[str, bytes]:
    """Papers whose seal holds, with something in them that is not to be unpacked or read."""
    papers = {
        "not closed": _attached(b'{"schema": "profdesk-summary/3", '),
        "deep": _attached(b"[" * (2 * _MIB - 1)),
        "deep objects": _attached(b'{"a":' * 400_000),
        "long list": _attached(b"[" + b"1," * (_MIB - 2) + b"1]"),
        "many members": _attached(b"{" + b",".join(b'"%d":1' % one for one in range(150_000)) + b"}"),
        "long number": _attached(b"9" * (2 * _MIB - 1)),
        "bomb attached": _attached(bytes(1024 * _MIB)),
        "bomb packed twice": _twice_attached(),
    }
    sealed = {name: pdf.sign(paper, key, reason="Сводка", at=NOW) for name, paper in papers.items()}
    return {**sealed, "bomb in metadata": _said_of_itself(key)}


def unsigned() -> Mapping[str, bytes]:
    """Bytes that only begin like a signed paper, as large as a file may be."""
    return {
        "archive": _archive(),
        "archive with a head": _HEAD + _archive(),
        "zeros": _HEAD + bytes(LARGEST - 9),
        "spaces": _covered(b" " * (LARGEST - 100)),
        "line ends": _covered(b"\n" * (LARGEST - 100)),
        "ranges": _HEAD + b"/ByteRange [0 9 20 30]" * ((LARGEST - 9) // 22),
        "long contents": _HEAD + b"/ByteRange[0 45 %d 0]<" % (LARGEST - 1) + b"30" * ((LARGEST - 60) // 2) + b">",
        "deep arrays": _covered(b"trailer\n" + b"[" * (LARGEST - 200) + b"\nstartxref\n70\n%%EOF\n"),
        "long table": _table_of(LARGEST // 20 - 20),
        "many tables": _tables(LARGEST // 90),
        "packed table": _streamed("XRef"),
        "packed objects": _streamed("ObjStm"),
    }

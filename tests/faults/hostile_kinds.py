"""Some hundred small files made to do harm, each with the ways it is to be tried by.

Beside them those of ``hostile_files``, which are papers as large as they may be.
"""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping

import ways_in
from hostile_files import NOW
from openpyxl import Workbook
from PIL import Image
from pyrage import x25519
from sent_summaries import key_file_of, key_of, of_school, signed
from support import PASSWORD
from word_documents import repacked, written

from profdesk.services import certificate_blanks
from profdesk.signing import code_lock, personal_key, pupil_file
from profdesk.storage import vault

MIB = 1 << 20
TABLES = ("class list", "answers", "register", "organisations")
WORD = ("class list", "blank", "reference", "code")
TEXTS = ("programme", "instrument", "wording", "retention")
JSONS = ("badge", "settings", "vault", "lessons")
DER = ("key file", "sealed programme", "signature", "key", "personal key", "pupil's file")
PICTURES = ("picture", "code")
PAPERS = ("signed paper", "summary", "consolidation", "personal key")

Files = Iterator[tuple[str, bytes, tuple[str, ...]]]


def sound() -> Mapping[str, tuple[bytes, tuple[str, ...]]]:
    """A good file of each kind that is to be cut, with its ways."""
    picture = io.BytesIO()
    Image.effect_noise((90, 70), 60).save(picture, "PNG")
    jpeg = io.BytesIO()
    Image.effect_noise((120, 90), 60).save(jpeg, "JPEG")
    key = key_of(1)
    return {
        "list.xlsx": (_xlsx(), TABLES),
        "list.ods": (
            _ods("<table:table-row><table:table-cell><text:p>Ф</text:p></table:table-cell></table:table-row>"),
            TABLES,
        ),
        "blank.docx": (certificate_blanks.sample(), WORD),
        "picture.png": (picture.getvalue(), PICTURES),
        "picture.jpg": (jpeg.getvalue(), PICTURES),
        "key.profkey": (key_file_of(1), ("key file", "sealed programme", "signature")),
        "key.p12": (personal_key.pack(key, PASSWORD), DER),
        "paper.pdf": (signed(of_school(1), key), PAPERS),
        "lessons.pdlessons": (_pack([], {}), ("lessons",)),
    }


def cuts() -> Files:
    """An xlsx cut at each percent, the others at each tenth."""
    for name, (whole, ways) in sound().items():
        for percent in range(1, 100, 1 if name == "list.xlsx" else 9):
            yield f"cut-{percent:02}-{name}", whole[: len(whole) * percent // 100], ways


def bombs() -> Files:
    """Little on the disk, and very much unpacked, nested, repeated or counted."""
    zeros = bytes(101 * MIB)
    yield "bomb-sheet.xlsx", _zip({**_parts(_xlsx()), "xl/worksheets/sheet1.xml": zeros}), TABLES
    yield "bomb-strings.xlsx", _zip({**_parts(_xlsx()), "xl/sharedStrings.xml": zeros}), TABLES
    yield "lying-sheet.xlsx", _lying(_zip({**_parts(_xlsx()), "xl/worksheets/sheet1.xml": zeros})), TABLES
    yield (
        "far-cell.xlsx",
        _zip({**_parts(_xlsx()), "xl/worksheets/sheet1.xml": _SHEET % 'r="XFD1048576" t="str"'}),
        TABLES,
    )
    yield "many-parts.xlsx", _zip({**_parts(_xlsx()), **{f"x/{n}": b"" for n in range(20_000)}}), TABLES
    yield (
        "many-strings.xlsx",
        _zip({**_parts(_xlsx()), "xl/sharedStrings.xml": b"<sst>" + b"<si><t>a</t></si>" * 5_000_000}),
        TABLES,
    )
    yield "dense.xlsx", _zip({**_parts(_xlsx()), "xl/worksheets/sheet1.xml": _dense(190_000, 20)}), TABLES
    cell = '<table:table-cell table:number-columns-repeated="%d"><text:p>а</text:p></table:table-cell>'
    for rows, columns in ((10**9, 1), (1, 10**9), (200_000, 200), (65_536, 1024)):
        yield (
            f"repeats-{rows}-{columns}.ods",
            _ods(f'<table:table-row table:number-rows-repeated="{rows}">{cell % columns}</table:table-row>'),
            TABLES,
        )
    yield "bomb-content.ods", _zip({"mimetype": _ODS, "content.xml": zeros}), TABLES
    document = written("Слова")
    yield "bomb-document.docx", repacked(document, **{"word/document.xml": zeros}), WORD
    yield "bomb-styles.docx", repacked(document, **{"word/styles.xml": b"<a>" + b"<b/>" * (20 * MIB) + b"</a>"}), WORD
    yield "deep-document.docx", repacked(document, **{"word/document.xml": b"<a>" * 100_000 + b"</a>" * 100_000}), WORD
    yield "wide-table.docx", repacked(document, **{"word/document.xml": _word_table(3_000, 60)}), WORD
    yield "spans.docx", repacked(document, **{"word/document.xml": _word_spans()}), WORD
    for side in (20_000, 60_000):
        yield f"bomb-{side}.png", _png(side, side), PICTURES
    yield "bomb-flat.png", _png(8_900, 8_900), PICTURES
    yield "bomb-text.png", _png(50, 50, (b"zTXt", b"a\0\0" + zlib.compress(bytes(100 * MIB), 9))), PICTURES
    yield "bomb-profile.png", _png(50, 50, (b"iCCP", b"a\0\0" + zlib.compress(bytes(100 * MIB), 9))), PICTURES
    yield "many-pictures.docx", _zip({f"word/media/{n}.png": _png(8_000, 8_000) for n in range(60)}), ("code",)
    yield "lessons-bomb.pdlessons", _zip({"lessons.json": zeros}), ("lessons",)
    yield "lessons-long.pdlessons", _pack([{"x": "а" * 7 * MIB}], {}), ("lessons",)
    yield (
        "lessons-many.pdlessons",
        _zip({"lessons.json": b"{}", **{f"files/{n:064x}": b"" for n in range(25_000)}}),
        ("lessons",),
    )
    yield "columns.csv", (";" * (20 * MIB - 200) + "Фамилия;Имя\n").encode(), TABLES
    yield "lines.csv", b"\xd4;\xc8\n" * (4 * MIB), TABLES
    yield "quote.csv", 'Фамилия;Имя\n"'.encode() + "а\n".encode() * (6 * MIB), TABLES
    yield "quotes.csv", ("Фамилия;Имя\n" + '""";' * (4 * MIB)).encode(), TABLES
    yield "one-line.csv", b"a" * (20 * MIB - 1), TABLES
    yield "nested.html", b"<table>" * 200_000 + b"<tr><td>a", TABLES
    yield "tables.html", (b"<table><tr><td rowspan=99999 colspan=99999>a" * 40_000), TABLES
    yield "spans.html", b"<table>" + (b"<tr>" + b"<td rowspan=999 colspan=999>a" * 150) * 1_500, TABLES
    yield "cells.html", b"<table>" + b"<tr><td>a" * (2 * MIB), TABLES
    yield "entities.html", b"<!doctype html><table><tr><td>" + b"&amp;" * (3 * MIB), TABLES
    yield (
        "index.xml",
        _xml_2003('<Row ss:Index="99999999"><Cell ss:Index="99999999"><Data ss:Type="String">а</Data></Cell></Row>'),
        TABLES,
    )
    yield (
        "merged.xml",
        _xml_2003(
            (
                "<Row>"
                + '<Cell ss:MergeAcross="999" ss:MergeDown="9999"><Data ss:Type="String">а</Data></Cell>' * 200
                + "</Row>"
            )
            * 3_000
        ),
        TABLES,
    )
    yield "book.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(19 * MIB), TABLES
    yield "loop.xls", _ole_loop(), TABLES


def deep() -> Files:
    """Brackets within brackets, numbers of a million digits, and names without end."""
    for name, text in (
        ("arrays", "[" * 100_000),
        ("objects", '{"a":' * 100_000),
        ("closed", "[" * 50_000 + "]" * 50_000),
        ("number", "9" * MIB),
        ("exponent", '{"format":1e999999999}'),
        ("members", "{" + ",".join(f'"{n}":1' for n in range(90_000)) + "}"),
        ("half", '"\\ud800"'),
        ("nan", '{"format":NaN}'),
        ("twice", '{"format":2,"format":2}'),
        ("types", '{"format":"2","slots":{"a":1},"workspace":[]}'),
        ("nothing", ""),
        ("null", "null"),
    ):
        yield f"deep-{name}.json", text.encode(), JSONS
        yield f"lessons-deep-{name}.pdlessons", _zip({"lessons.json": text.encode()}), ("lessons",)
    for name, text in (
        ("arrays", "a = " + "[" * 100_000),
        ("closed", "a = " + "[" * 400 + "]" * 400),
        ("tables", "a = " + "{b = " * 100_000),
        ("dotted", ".".join("a" * 50_000) + " = 1"),
        ("headers", "[" + ".".join("a" * 50_000) + "]"),
        ("number", "a = " + "9" * MIB),
        ("exponent", "[programme]\nversion = 1e999999999999"),
        ("long", 'a = "' + "я" * MIB + '"'),
        ("keys", "\n".join(f"k{n} = 1" for n in range(100_000))),
        ("quotes", 'a = """' * 1000),
        ("many", "[[levels]]\n" * 100_000),
        ("dates", "a = 9999-99-99T99:99:99Z"),
        ("types", "programme = 1\nlevels = 'a'\ninstrument = []\nrules = {}"),
    ):
        yield f"deep-{name}.toml", text.encode(), TEXTS
    yield "deep.der", b"\x30\x80" * 20_000, DER
    yield "nested.der", _nested(12_000), DER
    yield "long.der", b"\x30\x84\x7f\xff\xff\xff" + b"\x02\x01\x01" * 1000, DER
    yield "number.der", b"\x30\x83\x0f\xff\xff\x02\x83\x0f\xff\xf9" + b"\x7f" * 60_000, DER
    yield "object.der", b"\x30\x83\x00\xff\xff\x06\x83\x00\xff\xf9" + b"\xff" * 60_000, DER
    yield "lines.pem", b"-----BEGIN CERTIFICATE-----\n" * 2_000, DER
    yield "empty.pem", b"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", DER


def entities() -> Files:
    """Entities that unfold, and such as would fetch a file or a page."""
    laughs = (
        '<!DOCTYPE a [<!ENTITY a "'
        + "ха" * 50
        + '">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 20}">' for n in range(12))
        + "]>"
    )
    outside = '<!DOCTYPE a [<!ENTITY m SYSTEM "file:///etc/passwd"><!ENTITY % r SYSTEM "http://127.0.0.1:9/x">%r;]>'
    document = written("Слова")
    for name, told in (("laughs", laughs), ("outside", outside)):
        xml = f'<?xml version="1.0"?>{told}<a>&m;</a>'.encode()
        yield f"{name}-sheet.xlsx", _zip({**_parts(_xlsx()), "xl/worksheets/sheet1.xml": xml}), TABLES
        yield f"{name}-strings.xlsx", _zip({**_parts(_xlsx()), "xl/sharedStrings.xml": xml}), TABLES
        yield f"{name}-book.xlsx", _zip({**_parts(_xlsx()), "xl/workbook.xml": xml}), TABLES
        yield f"{name}-content.ods", _zip({"mimetype": _ODS, "content.xml": xml}), TABLES
        yield f"{name}.xml", _xml_2003("<Row><Cell><Data>&m;</Data></Cell></Row>", told), TABLES
        yield f"{name}.html", b"<!doctype html>" + xml + b"<table><tr><td>&m;&l;", TABLES
        for part in ("word/document.xml", "word/styles.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"):
            yield f"{name}-{part.rpartition('/')[2]}.docx", repacked(document, **{part: xml}), WORD


def traversal() -> Files:
    """Names of parts that lead out of the folder, and parts that are links or stand twice."""
    names = (
        "../../vault.json",
        "/etc/passwd",
        "..\\..\\vault.json",
        "C:\\Windows\\x",
        "files/../../x",
        "a\0b",
        "x" * 60_000,
    )
    for number, name in enumerate(names):
        yield f"out-{number}.xlsx", _zip({**_parts(_xlsx()), name: b"x"}), TABLES
        yield f"out-{number}.docx", _zip({**_parts(written("Слова")), name: b"x"}), WORD
        yield f"out-{number}.pdlessons", _zip({"lessons.json": b"{}", name: b"x"}), ("lessons",)
        lesson = [{"files": [{"name": name, "sha256": "0" * 64}]}]
        yield f"named-{number}.pdlessons", _pack(lesson, {f"files/{0:064x}": b"x"}), ("lessons",)
    yield "link.pdlessons", _linked(), ("lessons",)


def templates() -> Files:
    """Word documents whose fields would reach where they must not."""
    for number, words in enumerate(
        (
            "{{ ''.__class__.__mro__ }}",
            "{% for a in range(999999999) %}{% endfor %}",
            "{{ cycler.__init__.__globals__ }}",
            "{{ 9**9**9 }}",
            "{{ 'a' * 999999999 }}",
            "{% include '/etc/passwd' %}",
            "{% for a in " + "(" * 5_000,
            "{{ " * 5_000,
            "{%p for x in оценки %}" * 300 + "{%p endfor %}" * 300,
            "{{ self._TemplateReference__context }}",
            "{ученик" * 5_000,
        )
    ):
        yield f"template-{number}.docx", written(words), ("blank", "reference")


def of_pupils() -> Files:
    """Files of pupils whose seal holds and whose code is known, with something inside that is not to be read."""
    key, code = key_of(1), vault.plain_code(ways_in.CODE)
    for name, told in (
        ("arrays", b"[" * 100_000),
        ("objects", b'{"a":' * 100_000),
        ("members", b"{" + b",".join(b'"%d":1' % n for n in range(400_000)) + b"}"),
        ("endless", bytes(9 * MIB)),
        ("number", b'{"schema":"profdesk-pupil","version":' + b"9" * MIB + b"}"),
    ):
        sealed = pupil_file.seal(told, [], code, key, NOW)
        yield f"pupil-{name}.profpupil", sealed, ("pupil's file",)
        yield f"pupil-cut-{name}.profpupil", sealed[: len(sealed) // 2], ("pupil's file",)
    slow = b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\n" + bytes(200)
    for name, identity in (("slow", str(x25519.Identity.generate())), ("keyless", "A" * 74)):
        body = code_lock.lock(identity.encode(), code) + slow
        yield f"pupil-{name}.profpupil", pupil_file.packed(body, key, NOW), ("pupil's file",)
    yield "pupil-long.profpupil", b"profdesk pupil file 1\n\xff\xff\xff\xff" + bytes(90 * MIB), ("pupil's file",)


def everything() -> Files:
    for kind in (cuts, bombs, deep, entities, traversal, templates, of_pupils):
        yield from kind()


_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    "<c %s><v>a</v></c></row></sheetData></worksheet>"
)


def _xlsx() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Фамилия", "Имя", "Отчество", "Дата рождения", "Класс"])
    for number in range(30):
        sheet.append([f"Ильин{number}", "Даниил", "Олегович", "01.02.2013", "7А"])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _ods(rows: str) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
        f'xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet><table:table table:name="а">{rows}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return _zip({"mimetype": _ODS, "content.xml": content})


def _parts(archive: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def _zip(parts: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def _lying(archive: bytes) -> bytes:
    """The archive with its largest part said to be a hundred bytes long."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        longest = max(info.file_size for info in opened.infolist())
    return archive.replace(struct.pack("<I", longest), struct.pack("<I", 100))


def _linked() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("lessons.json", "{}")
        link = zipfile.ZipInfo(f"files/{0:064x}")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return made.getvalue()


def _pack(lessons: object, files: Mapping[str, bytes]) -> bytes:
    told = {"format": "profdesk-lessons", "version": 1, "school": "Школа", "lessons": lessons}
    return _zip({"lessons.json": json.dumps(told), **files})


def _dense(rows: int, columns: int) -> bytes:
    names = [chr(65 + column) for column in range(columns)]
    row = "".join(f'<c r="{name}%d"><v>1</v></c>' for name in names)
    cells = "".join(f'<row r="{n}">{row % ((n,) * columns)}</row>' for n in range(1, rows + 1))
    return f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cells}</sheetData></worksheet>'.encode()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _word_table(rows: int, columns: int) -> bytes:
    cell = "<w:tc><w:p><w:r><w:t>а</w:t></w:r></w:p></w:tc>"
    return _word(f"<w:tr>{cell * columns}</w:tr>" * rows)


def _word_spans() -> bytes:
    spans = '<w:tcPr><w:gridSpan w:val="99999"/><w:vMerge w:val="restart"/></w:tcPr>'
    cell = f"<w:tc>{spans}<w:p><w:r><w:t>а</w:t></w:r></w:p></w:tc>"
    return _word(f"<w:tr>{cell * 50}</w:tr>" * 2_000)


def _word(rows: str) -> bytes:
    return f"<w:document {_W}><w:body><w:tbl>{rows}</w:tbl></w:body></w:document>".encode()


def _xml_2003(rows: str, declared: str = "") -> bytes:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?>{declared}<Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="а"><Table>'
        f"{rows}</Table></Worksheet></Workbook>"
    ).encode()


def _png(width: int, height: int, *extra: tuple[bytes, bytes]) -> bytes:
    """A grey picture of one colour, which packs to almost nothing."""
    packer = zlib.compressobj(9)
    line = bytes(1 + width // 8 + (width % 8 > 0))
    body = (
        b"".join(packer.compress(line * 64) for _ in range(height // 64))
        + packer.compress(line * (height % 64))
        + packer.flush()
    )
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = [(b"IHDR", head), *extra, (b"IDAT", body), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def _ole_loop() -> bytes:
    """An old envelope whose table of sectors leads back to itself."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", head, 44, 1, 0, 0, 4096, 0, 1, 0, 1, 0)
    return bytes(head) + struct.pack("<I", 0) * 128 * 200


def _nested(depth: int) -> bytes:
    made = b"\x05\x00"
    for _ in range(depth):
        length = len(made)
        made = b"\x30" + (bytes([length]) if length < 128 else b"\x83" + length.to_bytes(3, "big")) + made
    return made

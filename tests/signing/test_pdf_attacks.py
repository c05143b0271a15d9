"""Known attacks on signed PDF files, each refused, though every key in them is known here.

Mladenov, Mainka, Meyer zu Selhausen, Grothe, Schwenk: «1 Trillion Dollar Refund: How To Spoof PDF Signatures», CCS 2019
(universal forgery, incremental saving, signature wrapping). Mainka, Mladenov, Rohlmann: «Shadow Attacks: Hiding and
Replacing Content in Signed PDFs», NDSS 2021. Rohlmann, Mladenov, Mainka, Schwenk: «Breaking the Specification: PDF
Certification», IEEE S&P 2021.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec, embed_file
from pyhanko.pdf_utils.generic import pdf_name as name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from profdesk.documents import attachment, stamps
from profdesk.documents.report import Report
from profdesk.domain.verification import Verdict
from profdesk.signing import keys, pdf, verify
from profdesk.signing.keys import SigningKey

NOW = datetime(2026, 11, 26, 10, 40, tzinfo=UTC)
XMP = (
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">'
    b'<rdf:Description rdf:about="" pdf:Keywords="99"/></rdf:RDF>'
)
Change = Callable[[IncrementalPdfFileWriter], None]
Forgery = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def key() -> SigningKey:
    return keys.make_key("МБОУ «Школа № 12»", "Школа № 12", NOW)


@pytest.fixture(scope="module")
def attacker() -> SigningKey:
    return keys.make_key("МБОУ «Школа № 12»", "Ильин Д. Е.", NOW, "завуч")


@pytest.fixture(scope="module")
def signed(key: SigningKey) -> bytes:
    """Two pages with attached data and a place for a second signature, as a summary has."""
    report = Report("Сводка № 2026/01", "Школа № 12", ("Школа № 12", "Сводка"), "profdesk", date(2026, 11, 26), 2)
    attachment.attach(report.sheet.canvas, "summary.json", b'{"numerator": 12}', "application/json", "data")
    report.paragraph("Показатель: 12 из 100")
    report.turn()
    stamps.signatures(report, keys.describe(key.certificate_pem), NOW, numbered=True)
    return pdf.sign(report.finish(), key, reason="Сводка", at=NOW)


@pytest.fixture(scope="module")
def both(signed: bytes, attacker: SigningKey) -> bytes:
    stamp = stamps.second(keys.describe(attacker.certificate_pem), NOW)
    return pdf.countersign(signed, attacker, reason="Вторая подпись", at=NOW, stamp=stamp)


@pytest.fixture
def refuse(key: SigningKey, attacker: SigningKey) -> Callable[[bytes], None]:
    def check(document: bytes) -> None:
        answer = verify.verify(document, [key.certificate_pem, attacker.certificate_pem])
        assert answer.verdict is Verdict.REFUSED
        assert re.search("[а-я]", answer.reason)
        assert not answer.signatures

    return check


def test_what_is_attacked_is_whole(signed: bytes, both: bytes, key: SigningKey, attacker: SigningKey) -> None:
    known = [key.certificate_pem, attacker.certificate_pem]
    assert verify.verify(signed, known).verdict is verify.verify(both, known).verdict is Verdict.TRUSTED


# -- updates after the signature: incremental saving, shadow and certification attacks ---------------


def updated(document: bytes, change: Change) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(document))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def covered_by_a_comment(update: bytes) -> bytes:
    """The update with the text of a /ByteRange that reaches to the end, in a comment of its own."""
    place = update.rindex(b"startxref")
    template = b"%%%%/ByteRange [0 %010d %010d %010d] <3000>\n"
    length = len(template % (0, 0, 0))
    gap = place + length - len(b"<3000>\n")
    comment = template % (gap, gap + 6, len(update) + length - gap - 6)
    return update[:place] + comment + update[place:]


def page(writer: IncrementalPdfFileWriter, number: int = 0) -> generic.DictionaryObject:
    return writer.root["/Pages"]["/Kids"][number].get_object()


def text(writer: IncrementalPdfFileWriter, words: bytes = b"BT /F1 12 Tf (99) Tj ET") -> generic.IndirectObject:
    return writer.add_object(generic.StreamObject(stream_data=words))


def new_contents(writer: IncrementalPdfFileWriter) -> None:
    page(writer)["/Contents"] = text(writer)
    writer.mark_update(page(writer).container_ref)


def contents_overwritten(writer: IncrementalPdfFileWriter) -> None:
    stream = page(writer)["/Contents"]
    stream._data, stream._encoded_data = b"BT (99) Tj ET", None
    writer.mark_update(stream.container_ref)


def contents_hidden(writer: IncrementalPdfFileWriter) -> None:
    """Shadow attack «hide»: what lay over the true content is gone."""
    writer.objects[page(writer).raw_get("/Contents").generation, page(writer).raw_get("/Contents").idnum] = (
        generic.NullObject()
    )


def font_replaced(writer: IncrementalPdfFileWriter) -> None:
    """Shadow attack «replace» by a font: digits look like others."""
    font = next(iter(page(writer)["/Resources"]["/Font"].values())).get_object()
    font["/FirstChar"] = generic.NumberObject(1)
    writer.mark_update(font.container_ref)


def field_overlaid(writer: IncrementalPdfFileWriter) -> None:
    """Shadow attack «replace» by a form: an empty field gets a look that covers the text."""
    field = writer.root["/AcroForm"]["/Fields"][0].get_object()
    field[name("/AP")] = generic.DictionaryObject({name("/N"): text(writer)})
    writer.mark_update(field.container_ref)


def pages_swapped(writer: IncrementalPdfFileWriter) -> None:
    """Shadow attack «hide and replace»: the catalog names another tree of pages."""
    pages = generic.DictionaryObject(writer.root["/Pages"])
    pages[name("/Kids")] = generic.ArrayObject(reversed(writer.root["/Pages"]["/Kids"]))
    writer.root["/Pages"] = writer.add_object(pages)
    writer.update_root()


def page_added(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    pages["/Kids"].append(writer.add_object(generic.DictionaryObject(page(writer))))
    pages[name("/Count")] = generic.NumberObject(3)
    writer.mark_update(pages.container_ref)


def page_taken_away(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    del pages["/Kids"][0]
    pages[name("/Count")] = generic.NumberObject(1)
    writer.mark_update(pages.container_ref)


def page_cropped(writer: IncrementalPdfFileWriter) -> None:
    page(writer)[name("/CropBox")] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 10, 10)))
    writer.mark_update(page(writer).container_ref)


def annotated(writer: IncrementalPdfFileWriter) -> None:
    """Evil annotation attack: a note covers the text."""
    note = {
        name("/Type"): name("/Annot"), name("/Subtype"): name("/FreeText"),
        name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 600, 800))),
        name("/Contents"): generic.TextStringObject("99 из 100"),
    }  # fmt: skip
    shown = page(writer)
    there = generic.ArrayObject(shown.get("/Annots", ()))
    shown[name("/Annots")] = generic.ArrayObject([*there, writer.add_object(generic.DictionaryObject(note))])
    writer.mark_update(shown.container_ref)


def widget_moved(writer: IncrementalPdfFileWriter) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0].get_object()
    field[name("/Rect")] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 600, 800)))
    writer.mark_update(field.container_ref)


def visible_field_added(writer: IncrementalPdfFileWriter) -> None:
    """Sneaky signature attack: a further signature field covers a page."""
    append_signature_field(writer, SigFieldSpec("Fourth", on_page=0, box=(0, 0, 600, 800)))


def text_field_added(writer: IncrementalPdfFileWriter) -> None:
    field = {name("/FT"): name("/Tx"), name("/T"): generic.TextStringObject("x")}
    form = writer.root["/AcroForm"]
    form["/Fields"].append(writer.add_object(generic.DictionaryObject(field)))
    writer.mark_update(form.container_ref or form["/Fields"].container_ref)
    writer.update_root()


def form_says_more(writer: IncrementalPdfFileWriter) -> None:
    form = generic.DictionaryObject(writer.root["/AcroForm"])
    form[name("/XFA")] = text(writer, b"<xdp/>")
    writer.root["/AcroForm"] = writer.add_object(form)
    writer.update_root()


def form_taken_away(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/AcroForm"] = writer.add_object(generic.DictionaryObject({name("/Fields"): generic.ArrayObject()}))
    writer.update_root()


def script_added(writer: IncrementalPdfFileWriter) -> None:
    action = {name("/S"): name("/JavaScript"), name("/JS"): generic.TextStringObject("app.alert(1)")}
    writer.root[name("/OpenAction")] = generic.DictionaryObject(action)
    writer.update_root()


def layers_added(writer: IncrementalPdfFileWriter) -> None:
    writer.root[name("/OCProperties")] = generic.DictionaryObject({name("/OCGs"): generic.ArrayObject()})
    writer.update_root()


def attachment_changed(writer: IncrementalPdfFileWriter) -> None:
    held = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]["/EF"]["/F"]
    held._data, held._encoded_data = b'{"numerator": 99}', None
    writer.mark_update(held.container_ref)


def attachments_swapped(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/Names"]
    second_attachment(writer)
    writer.update_root()


def second_attachment(writer: IncrementalPdfFileWriter) -> None:
    data = EmbeddedFileObject.from_file_data(writer, b'{"numerator": 99}')
    embed_file(writer, FileSpec("summary.json", embedded_data=data))


def renamed(writer: IncrementalPdfFileWriter) -> None:
    info = writer.prev.trailer["/Info"]
    info["/Title"] = generic.TextStringObject("Сводка № 2026/99")
    writer.mark_update(info.container_ref)


def new_info(writer: IncrementalPdfFileWriter) -> None:
    title = generic.TextStringObject("Сводка № 2026/99")
    writer.set_info(generic.DictionaryObject({name("/Title"): title}))


def metadata_rewritten(writer: IncrementalPdfFileWriter) -> None:
    kind = {name("/Type"): name("/Metadata"), name("/Subtype"): name("/XML")}
    writer.root["/Metadata"] = writer.add_object(generic.StreamObject(kind, stream_data=XMP))
    writer.update_root()
    writer._update_meta = lambda: None  # which would write its own over it


def renamed_throughout(writer: IncrementalPdfFileWriter) -> None:
    writer._meta.title = "Сводка № 2026/99"
    writer.update_root()


def security_store_added(writer: IncrementalPdfFileWriter) -> None:
    store = generic.DictionaryObject({name("/Certs"): generic.ArrayObject([text(writer, b"0\x00")])})
    writer.root[name("/DSS")] = writer.add_object(store)
    writer.update_root()


def permissions_lifted(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/Perms"]
    writer.update_root()


def signature_taken_away(writer: IncrementalPdfFileWriter) -> None:
    fields = map(generic.IndirectObject.get_object, writer.root["/AcroForm"]["/Fields"])
    field = next(one for one in fields if "/V" in one)
    del field["/V"]
    writer.mark_update(field.container_ref)


def signature_overwritten(writer: IncrementalPdfFileWriter) -> None:
    """The signature's own object once more, with the same bytes under it and another reason."""
    (signature, *_) = writer.prev.embedded_signatures
    value = generic.DictionaryObject(signature.sig_object)
    value[name("/Reason")] = generic.TextStringObject("Черновик")
    reference = signature.sig_field.raw_get("/V")
    writer.objects[reference.generation, reference.idnum] = value


def object_hidden(writer: IncrementalPdfFileWriter) -> None:
    """An object that nothing names yet, laid down for a later step."""
    text(writer)


CHANGES: tuple[Change, ...] = (
    new_contents, contents_overwritten, contents_hidden, font_replaced, field_overlaid, pages_swapped, page_added,
    page_taken_away, page_cropped, annotated, widget_moved, visible_field_added, text_field_added, form_says_more,
    form_taken_away, script_added, layers_added, attachment_changed, attachments_swapped, second_attachment, renamed,
    new_info, metadata_rewritten, renamed_throughout, security_store_added, permissions_lifted, signature_taken_away,
    signature_overwritten, object_hidden,
)  # fmt: skip


named = pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)


@named
def test_updates_are_refused(signed: bytes, change: Change, refuse: Callable[[bytes], None]) -> None:
    update = updated(signed, change)
    assert update.startswith(signed)
    assert len(update) > len(signed)
    refuse(update)
    refuse(covered_by_a_comment(update))


@pytest.mark.slow
@named
def test_updates_that_a_known_key_covers_are_refused(
    signed: bytes, both: bytes, attacker: SigningKey, change: Change, refuse: Callable[[bytes], None]
) -> None:
    refuse(updated(both, change))
    refuse(covered_by_a_comment(updated(both, change)))
    refuse(pdf.countersign(updated(signed, change), attacker, reason="Вторая подпись", at=NOW))


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES[:-1], ids=lambda change: change.__name__)
def test_whoever_signs_after_may_change_nothing(
    signed: bytes, attacker: SigningKey, change: Change, refuse: Callable[[bytes], None]
) -> None:
    """The change and a known signature in one revision: nothing but its own field may differ."""
    file = BytesIO(signed)
    writer = IncrementalPdfFileWriter(file)
    change(writer)
    pdf.sign_revision(writer, attacker, reason="Вторая подпись", at=NOW)
    refuse(file.getvalue())


# -- forgeries of the signature's own bytes: universal forgery, saving without a table, wrapping -----


def parts(document: bytes) -> tuple[int, int]:
    """Where the string of the first signature begins and ends."""
    found = re.search(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]", document)
    assert found is not None
    return int(found[1]), int(found[2])


def without(document: bytes, old: bytes, new: bytes) -> bytes:
    """Other words in place of some, padded so that nothing else moves."""
    assert document.count(old) == 1
    assert len(new) <= len(old)
    return document.replace(old, new.ljust(len(old)))


def contents(new: bytes) -> Forgery:
    def forge(document: bytes) -> bytes:
        before, resume = parts(document)
        return without(document, b"/Contents " + document[before:resume], new)

    return forge


def byte_range(new: bytes) -> Forgery:
    def forge(document: bytes) -> bytes:
        (old,) = re.findall(rb"/ByteRange \[[^]]*\]", document)
        return without(document, old, new)

    return forge


UNIVERSAL = {
    **{f"contents {words.decode() or 'gone'}": contents(words) for words in (
        b"", b"/Contents", b"/Contents null", b"/Contents <>", b"/Contents <00>", b"/Contents <3000>", b"/Contents ()",
        b"/Contents 0 0 R",
    )},
    **{f"range {words.decode() or 'gone'}": byte_range(words) for words in (
        b"", b"/ByteRange", b"/ByteRange null", b"/ByteRange []", b"/ByteRange [0]", b"/ByteRange [0 0 0 0]",
        b"/ByteRange [0 -1 9 9]", b"/ByteRange [0 9 9]", b"/ByteRange [0 5 5 5 5 5]", b"/ByteRange 0 0 R",
    )},
}  # fmt: skip


@pytest.mark.parametrize("forge", UNIVERSAL.values(), ids=UNIVERSAL)
def test_universal_forgeries_are_refused(signed: bytes, forge: Forgery, refuse: Callable[[bytes], None]) -> None:
    refuse(forge(signed))
    refuse(without(forge(signed), b"/Reason", b"/Reasom"))


EVIL = b"4 0 obj\n<</Length 13>>stream\nBT (99) Tj ET\nendstream\nendobj\n"


def table(document: bytes) -> bytes:
    """A table that names an evil object appended to a document."""
    return b"xref\n4 1\n%010d 00000 n \n" % (len(document) + 1)


def trailer(document: bytes) -> bytes:
    (*_, last) = re.finditer(rb"trailer\n(<<.*?>>)\nstartxref\n(\d+)", document, re.DOTALL)
    told = re.sub(rb"/Prev \d+", b"", last[1]).removesuffix(b">>")
    place = len(document) + 1 + len(EVIL)
    return b"trailer\n%b/Prev %b>>\nstartxref\n%d\n%%%%EOF\n" % (told, last[2], place)


SAVED: dict[str, Forgery] = {
    "body alone": lambda document: document + b"\n" + EVIL,
    "no table": lambda document: document + b"\n" + EVIL + trailer(document),
    "no trailer": lambda document: document + b"\n" + EVIL + table(document),
    "all": lambda document: document + b"\n" + EVIL + table(document) + trailer(document),
    "twice": lambda document: document + document,
    "with a copy of the signature": lambda document: (
        document + b"\n" + EVIL + document[document.rindex(b"/Contents <") - 60 :] + trailer(document)
    ),
    "before": lambda document: b"%PDF-1.7\n" + EVIL + document,
    "header alone before": lambda document: b"%PDF-1.7\n" + document,
}


@pytest.mark.parametrize("save", SAVED.values(), ids=SAVED)
def test_what_is_saved_after_is_refused(signed: bytes, save: Forgery, refuse: Callable[[bytes], None]) -> None:
    saved = save(signed)
    refuse(saved)
    if saved.startswith(signed) and b"startxref" in saved[len(signed) :]:
        refuse(covered_by_a_comment(saved))


def wrapped(document: bytes, evil: bytes) -> bytes:
    """Signature wrapping: what is signed last goes to the end, the table it leads to is the attacker's.

    Both signed parts stay byte for byte as they were.
    """
    before, resume = parts(document)
    rest = document[resume:]
    (*_, last) = re.finditer(rb"trailer\n(<<.*?>>)\nstartxref\n(\d+)", document, re.DOTALL)
    place = int(last[2])

    def inserted(moved: int) -> bytes:
        told = b"/ByteRange [0 %d %d %d] /Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached>>\nendobj\n"
        head = told % (before, moved, len(rest))
        body = (head + evil).ljust(place - resume)
        rows = b"xref\n4 1\n%010d 00000 n \ntrailer\n%b\n" % (resume + len(head), last[1])
        return body + rows

    moved = resume
    for _ in range(3):
        moved = resume + len(inserted(moved))
    made = document[:resume] + inserted(moved) + rest
    assert made[:before] + made[moved:] == document[:before] + rest
    return made


def test_wrapped_signatures_are_refused(signed: bytes, both: bytes, refuse: Callable[[bytes], None]) -> None:
    refuse(wrapped(signed, EVIL))
    refuse(wrapped(signed, b""))
    refuse(wrapped(both, EVIL))


def test_contents_of_another_document_are_refused(
    signed: bytes, attacker: SigningKey, refuse: Callable[[bytes], None]
) -> None:
    other = pdf.sign(signed[: signed.index(b"%%EOF") + 6], attacker, reason="Сводка", at=NOW)
    (first, last), (begin, end) = parts(signed), parts(other)
    assert last - first == end - begin
    refuse(signed[:first] + other[begin:end] + signed[last:])


def test_a_loop_of_tables_ends(signed: bytes, refuse: Callable[[bytes], None]) -> None:
    update = updated(signed, object_hidden)
    place = re.findall(rb"startxref\n(\d+)", update)[-1]
    looped = update[: len(signed)] + re.sub(rb"/Prev \d+", b"/Prev " + place, update[len(signed) :])
    refuse(looped)
    refuse(covered_by_a_comment(looped))


@pytest.mark.slow
def test_five_hundred_changed_bytes_of_two_signatures_are_refused(both: bytes, refuse: Callable[[bytes], None]) -> None:
    for place in random.Random(21).sample(range(len(both)), 500):  # noqa: S311
        spoiled = bytearray(both)
        spoiled[place] ^= 1 << (place % 8)
        refuse(bytes(spoiled))

"""Seals and their verification: every change is refused, and outside programs agree."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from reportlab.pdfgen import canvas

from profdesk.domain.verification import Verdict
from profdesk.errors import WrongInputError
from profdesk.signing import keys, pdf, verify
from profdesk.signing.keys import SigningKey

NOW = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)
Change = Callable[[IncrementalPdfFileWriter], None]


def paper(text: str = "Secret 12", title: str = "Сводка 2026/01") -> bytes:
    buffer = BytesIO()
    drawing = canvas.Canvas(buffer, invariant=1)
    drawing.setTitle(title)
    drawing.drawString(100, 100, text)
    drawing.save()
    return buffer.getvalue()


@pytest.fixture(scope="module")
def key() -> SigningKey:
    return keys.make_key("МБОУ «Школа № 12»", "Школа № 12", NOW)


@pytest.fixture(scope="module")
def signed(key: SigningKey) -> bytes:
    return pdf.sign(paper(), key, reason="Сводка", at=NOW)


def refused(data: bytes, key: SigningKey) -> str:
    answer = verify.verify(data, [key.certificate_pem])
    assert answer.verdict is Verdict.REFUSED
    assert re.search("[а-я]", answer.reason)
    return answer.reason


def test_whole_file_with_known_key_is_trusted(signed: bytes, key: SigningKey) -> None:
    answer = verify.verify(signed, [key.certificate_pem])
    assert answer.verdict is Verdict.TRUSTED
    assert answer.key is not None
    assert answer.key.organisation == "МБОУ «Школа № 12»"
    assert answer.signed_at == NOW
    assert answer.title == "Сводка 2026/01"


def test_a_file_is_sealed_where_it_lies(key: SigningKey, tmp_path: Path) -> None:
    path = tmp_path / "сводка.pdf"
    path.write_bytes(paper())
    with path.open("r+b") as file:
        pdf.seal(file, key, reason="Сводка", at=NOW)
    assert path.read_bytes().startswith(paper())
    assert verify.verify(path.read_bytes(), [key.certificate_pem]).verdict is Verdict.TRUSTED


def test_unknown_key_is_told_with_its_fingerprint(signed: bytes, key: SigningKey) -> None:
    stranger = keys.make_key("МБОУ «Школа № 12»", "Школа № 12", NOW)
    answer = verify.verify(signed, [stranger.certificate_pem])
    assert answer.verdict is Verdict.UNKNOWN_KEY
    assert keys.describe(key.certificate_pem).spoken_fingerprint in answer.reason


@pytest.mark.slow
def test_three_hundred_changed_bytes_are_refused(signed: bytes, key: SigningKey) -> None:
    chosen = random.Random(12).sample(range(len(signed)), 300)  # noqa: S311
    for place in chosen:
        spoiled = bytearray(signed)
        spoiled[place] ^= 1 << (place % 8)
        refused(bytes(spoiled), key)


@pytest.mark.slow
def test_every_digit_of_the_signature_counts(signed: bytes, key: SigningKey) -> None:
    start = signed.index(b"/Contents <") + len(b"/Contents <")
    end = signed.index(b">", start)
    value = signed[start:end].rstrip(b"0")
    places = [*range(start, start + 80), *range(start, start + len(value), 13), end - 1]
    for place in places:
        for bit in (0, 1, 2, 5):
            spoiled = bytearray(signed)
            spoiled[place] ^= 1 << bit
            refused(bytes(spoiled), key)


def test_cut_files_are_refused(signed: bytes, key: SigningKey) -> None:
    for percent in range(100):
        refused(signed[: len(signed) * percent // 100], key)


@pytest.mark.parametrize("addition", [b"\n", b" ", b"%", b"\n%%EOF\n", b"\n1 0 obj\n<<>>\nendobj\n"])
def test_added_bytes_are_refused(signed: bytes, key: SigningKey, addition: bytes) -> None:
    assert "приписали" in refused(signed + addition, key)


def test_incremental_update_is_refused(signed: bytes, key: SigningKey) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(signed))
    writer.root["/PageMode"] = generic.pdf_name("/UseOutlines")
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    refused(out.getvalue(), key)


def covered_by_a_comment(signed: bytes, change: Change) -> bytes:
    """An update whose tail holds the text of a /ByteRange that reaches to the end, but no signature."""
    writer = IncrementalPdfFileWriter(BytesIO(signed))
    change(writer)
    out = BytesIO()
    writer.write(out)
    updated = out.getvalue()
    place = updated.rindex(b"startxref")
    template = b"%%%%/ByteRange [0 %010d %010d %010d] <3000>\n"
    length = len(template % (0, 0, 0))
    gap = place + length - len(b"<3000>\n")
    comment = template % (gap, gap + 6, len(updated) + length - gap - 6)
    return updated[:place] + comment + updated[place:]


def rename(writer: IncrementalPdfFileWriter) -> None:
    title = generic.TextStringObject("Лицей № 21: 100 %")
    writer.set_info(generic.DictionaryObject({generic.pdf_name("/Title"): title}))


def add_metadata(writer: IncrementalPdfFileWriter) -> None:
    kind = {generic.pdf_name("/Type"): generic.pdf_name("/Metadata")}
    writer.root["/Metadata"] = writer.add_object(generic.StreamObject(kind, stream_data=b"<x/>"))
    writer.update_root()


def hide_something(writer: IncrementalPdfFileWriter) -> None:
    writer.add_object(generic.StreamObject(stream_data=b"hidden"))


@pytest.mark.parametrize("change", [rename, add_metadata, hide_something])
def test_update_that_only_looks_covered_is_refused(signed: bytes, key: SigningKey, change: Change) -> None:
    refused(covered_by_a_comment(signed, change), key)


def rewrite_title(writer: IncrementalPdfFileWriter) -> None:
    info = writer.prev.trailer["/Info"]
    info["/Title"] = generic.TextStringObject("Лицей № 21: 100 %")
    writer.mark_update(info.container_ref)


@pytest.mark.parametrize("change", [rename, rewrite_title])
def test_one_who_countersigns_cannot_rename_the_document(signed: bytes, key: SigningKey, change: Change) -> None:
    other = keys.make_key("Лицей № 21", "Лицей № 21", NOW)
    writer = IncrementalPdfFileWriter(BytesIO(signed))
    change(writer)
    out = BytesIO()
    writer.write(out)
    both = pdf.countersign(out.getvalue(), other, reason="Директор", at=NOW)
    answer = verify.verify(both, [key.certificate_pem, other.certificate_pem])
    assert "Лицей" not in str(answer.title)
    assert (answer.verdict, answer.title) in (
        (Verdict.TRUSTED, "Сводка 2026/01"),
        (Verdict.REFUSED, None),
        (Verdict.REFUSED, "Сводка 2026/01"),
    )


def test_damaged_compression_is_refused_and_never_raises(key: SigningKey) -> None:
    stream = b"1 0 obj\n<</Type/XRef/Filter/FlateDecode/Length 4/Size 1/W[1 1 1]/Root 1 0 R>>stream\nabcd\nendstream"
    head = b"%PDF-1.7\n" + stream + b"\nendobj\nstartxref\n9\n%%EOF\n"
    template = b"%%%%/ByteRange [0 %010d %010d %010d] <3000>\n"
    length = len(template % (0, 0, 0))
    gap = 9 + length - 7
    comment = template % (gap, gap + 6, len(head) + length - gap - 6)
    spoiled = head[:9] + comment + head[9:].replace(b"startxref\n9\n", b"startxref\n%d\n" % (9 + length))
    refused(spoiled, key)


def test_a_certificate_not_signed_by_its_own_key_is_none(key: SigningKey) -> None:
    der = bytearray(x509.load_pem_x509_certificate(key.certificate_pem).public_bytes(Encoding.DER))
    der[-1] ^= 1
    with pytest.raises(WrongInputError):
        keys.describe(bytes(der))


def test_page_changed_before_a_second_signature_is_refused(signed: bytes, key: SigningKey) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(signed))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Rotate"] = generic.NumberObject(180)
    writer.mark_update(page.container_ref)
    out = BytesIO()
    writer.write(out)
    shadowed = pdf.countersign(out.getvalue(), key, reason="Директор", at=NOW)
    refused(shadowed, key)


def test_signature_moved_to_another_document_is_refused(key: SigningKey) -> None:
    one = pdf.sign(paper("Secret 12"), key, reason="Сводка", at=NOW)
    two = pdf.sign(paper("Secret 99"), key, reason="Сводка", at=NOW)
    pattern = re.compile(rb"/Contents <[0-9A-F]+>")
    contents = pattern.search(one)
    assert contents is not None
    refused(pattern.sub(contents.group(0), two, count=1), key)


def test_countersignature_is_accepted_and_both_keys_must_be_known(signed: bytes, key: SigningKey) -> None:
    head = keys.make_key("МБОУ «Школа № 12»", "Черепанова Н. В.", NOW)
    both = pdf.countersign(signed, head, reason="Директор", at=NOW + timedelta(hours=1))
    known = [key.certificate_pem, head.certificate_pem]
    assert verify.verify(both, known).verdict is Verdict.TRUSTED
    assert verify.verify(both, known[:1]).verdict is Verdict.UNKNOWN_KEY
    spoiled = bytearray(both)
    spoiled[len(signed) + 200] ^= 1
    assert verify.verify(bytes(spoiled), known).verdict is Verdict.REFUSED


@pytest.mark.parametrize("shift", [timedelta(days=-1), timedelta(days=3 * 365 + 1)])
def test_signature_outside_the_keys_validity_is_refused(key: SigningKey, shift: timedelta) -> None:
    late = pdf.sign(paper(), key, reason="Сводка", at=NOW + shift)
    assert "не действовал" in refused(late, key)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.4\n", paper()])
def test_what_is_not_a_signed_pdf_is_refused(data: bytes, key: SigningKey) -> None:
    refused(data, key)


@given(st.binary(max_size=400))
def test_any_bytes_get_a_verdict(noise: bytes) -> None:
    assert verify.verify(noise, []).verdict is Verdict.REFUSED
    assert verify.verify(b"%PDF-1.7 /ByteRange [0 5 9 9]" + noise, []).verdict is Verdict.REFUSED


def test_private_key_is_never_printed(key: SigningKey) -> None:
    assert "PRIVATE" not in repr(key)


def test_long_names_fit_the_certificate() -> None:
    long = "Муниципальное автономное общеобразовательное учреждение " * 3 + "«Лицей № 21 имени героя»"
    info = keys.describe(keys.make_key(long, long, NOW).certificate_pem)
    assert info.organisation == "«Лицей № 21 имени героя»"
    assert len(info.holder) <= 64


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="pdfsig is not installed")
def test_pdfsig_accepts_the_signature(signed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed)
    answer = subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False)
    assert "Signature is Valid" in answer.stdout
    assert "Total document signed" in answer.stdout
    assert "ETSI.CAdES.detached" in answer.stdout


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_nothing_wrong(signed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed)
    answer = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_openssl_verifies_the_extracted_signature(signed: bytes, key: SigningKey, tmp_path: Path) -> None:
    found = re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)", signed)
    assert found is not None
    _, before, resume, after = map(int, found.groups())
    (tmp_path / "content").write_bytes(signed[:before] + signed[resume : resume + after])
    raw = bytes.fromhex(signed[before + 1 : resume - 1].decode())
    (tmp_path / "cms").write_bytes(raw[: 4 + int.from_bytes(raw[2:4], "big")])
    (tmp_path / "key.pem").write_bytes(key.certificate_pem)
    command = ["openssl", "cms", "-verify", "-inform", "DER", "-in", "cms", "-content", "content", "-binary"]
    command += ["-CAfile", "key.pem", "-purpose", "any", "-partial_chain", "-out", "out"]
    answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr

"""The register of issued summaries: exact bytes, corrections, further signatures."""

from __future__ import annotations

import dataclasses
import hashlib
import shutil
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support import FIRST, YEAR

from profdesk.domain import issued_summaries as domain
from profdesk.domain.changes import Kind
from profdesk.domain.issued_summaries import FurtherSignature, Place
from profdesk.domain.span import Span
from profdesk.domain.summary import Replaced
from profdesk.domain.summary_changes import told
from profdesk.domain.told_figures import NUMBERS, PRESENCE
from profdesk.domain.verification import Verdict
from profdesk.errors import NotFoundError, WorkspaceError, WrongInputError
from profdesk.services import (
    batches,
    issued_summaries,
    programmes,
    summary,
    told_figures,
    verification,
)
from profdesk.signing import keys as signing_keys
from profdesk.signing import pdf
from profdesk.storage.workspace import Workspace


def issue(workspace: Workspace, span: Span | None = None, replaces: Replaced | None = None) -> summary.SignedSummary:
    counted = summary.compute(workspace, workspace.actor, Span.of_year(YEAR))
    if span is not None:
        counted = dataclasses.replace(counted, span=span)
    return summary.sign(workspace, workspace.actor, counted, lambda _: None, replaces)[0]


def numbered(signed: summary.SignedSummary) -> str:
    assert signed.summary.number is not None
    return signed.summary.number


def test_the_register_gives_back_the_exact_bytes_and_tells_of_a_spoiled_row(workspace: Workspace) -> None:
    signed = issue(workspace)
    (line,) = issued_summaries.register(workspace, workspace.actor)
    assert (line.number, line.span, line.actor) == (numbered(signed), Span.of_year(YEAR), workspace.actor.id)
    assert line.sha256 == hashlib.sha256(signed.pdf).hexdigest()
    assert issued_summaries.document(workspace, workspace.actor, line.number) == signed.pdf
    with workspace._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE issued_summary SET document = ?", (signed.pdf[:-1] + b"!",))
    with pytest.raises(WorkspaceError, match="испорчена"):
        issued_summaries.document(workspace, workspace.actor, line.number)
    with pytest.raises(NotFoundError, match="2020/77"):
        issued_summaries.document(workspace, workspace.actor, "2020/77")


def test_a_correction_takes_the_place_of_a_summary_of_the_same_span(workspace: Workspace) -> None:
    first = issue(workspace)
    number = numbered(first)
    wrong = Replaced(number, "  исправлено число  обученных ")
    term = Span.of_term(YEAR, FIRST.term)
    with pytest.raises(WrongInputError, match="нужен тот же период"):
        issue(workspace, term, wrong)
    with pytest.raises(WrongInputError, match="что исправлено"):
        issue(workspace, replaces=Replaced(number, " "))
    with pytest.raises(NotFoundError):
        issue(workspace, replaces=Replaced("2020/77", "нет такой"))
    second = issue(workspace, replaces=wrong)
    assert second.summary.replaces == Replaced(number, "исправлено число обученных")
    fresh, former = issued_summaries.register(workspace, workspace.actor, YEAR)
    assert (fresh.number, fresh.replaces, fresh.state) == (numbered(second), second.summary.replaces, "действует")
    assert former.replaced_by == Replaced(fresh.number, "исправлено число обученных")
    assert former.state == f"есть замена: № {fresh.number}"
    assert issued_summaries.document(workspace, workspace.actor, number) == first.pdf
    with pytest.raises(WrongInputError, match=f"уже заменена сводкой № {fresh.number}"):
        issue(workspace, replaces=wrong)
    assert len(issued_summaries.register(workspace, workspace.actor)) == 2
    assert former.matches(f"замена {number}")
    assert not issued_summaries.register(workspace, workspace.actor, YEAR.previous)


def signature_over(content: bytes, folder: Path, *how: str) -> Path:
    """A signature file of a director made by openssl; ``how`` is added to its command."""
    (folder / "signed").write_bytes(content)
    name = f"Директор {len(list(folder.iterdir()))}.sig"
    sign = ["openssl", "cms", "-sign", "-binary", "-md", "sha256", "-in", "signed", "-outform", "DER"]
    subprocess.run(
        [*sign, "-signer", "head.pem", "-inkey", "head.key", *how, "-out", name],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    return folder / name


@pytest.fixture
def desk_of_head(tmp_path: Path) -> Path:
    """A folder with the director's own key and certificate."""
    folder = tmp_path / "директор"
    folder.mkdir()
    subject = ("-subj", "/CN=Черепанова Нина Васильевна/title=Директор/O=Школа № 12", "-utf8", "-days", "30")
    made = ["openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", *subject]
    subprocess.run([*made, "-keyout", "head.key", "-out", "head.pem"], cwd=folder, check=True, capture_output=True)
    return folder


def further(workspace: Workspace, number: str) -> Sequence[FurtherSignature]:
    lines = issued_summaries.register(workspace, workspace.actor)
    return next(one.signatures for one in lines if one.number == number)


def take(workspace: Workspace, number: str, *paths: Path) -> issued_summaries.Taken:
    return issued_summaries.take(workspace, workspace.actor, number, paths)[0]


needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


@needs_openssl
def test_signatures_made_outside_are_kept_beside_the_exact_bytes(
    workspace: Workspace, desk_of_head: Path, tmp_path: Path
) -> None:
    signed = issue(workspace)
    number = numbered(signed)
    apart = signature_over(signed.pdf, desk_of_head)
    whole = signature_over(signed.pdf, desk_of_head, "-nodetach", "-outform", "PEM")
    foreign = signature_over(signed.pdf + b" ", desk_of_head)
    around_another = signature_over(b"%PDF-1.7 other", desk_of_head, "-nodetach")
    taken = take(workspace, number, apart, foreign, whole, around_another, desk_of_head / "head.key")
    assert [one.name for one in taken.kept] == [apart.name, whole.name]
    assert [one.who for one in taken.kept] == ["Черепанова Нина Васильевна, Директор, Школа № 12"] * 2
    assert [one.partition("»: ")[2][:24] for one in taken.refused] == [
        "Подпись к этому файлу не", "Подпись к этому файлу не", "Это не файл подписи. Нуж"
    ]  # fmt: skip
    assert further(workspace, number) == taken.kept
    assert "уже есть" in take(workspace, number, apart).refused[0]
    target = tmp_path / "Сводка.pdf"
    written = issued_summaries.save_copy(workspace, workspace.actor, number, target)
    assert [path.name for path in written] == ["Сводка.pdf", "Сводка.pdf.sig", "Сводка.pdf.2.sig"]
    assert [path.read_bytes() for path in written] == [signed.pdf, apart.read_bytes(), whole.read_bytes()]
    for path in written[1:]:
        assert verification.document_of(path) == target
        assert verification.verify_outside(path, target).holds


@needs_openssl
def test_a_signature_is_taken_away_and_put_back_as_it_was(workspace: Workspace, desk_of_head: Path) -> None:
    signed = issue(workspace)
    number = numbered(signed)
    path = signature_over(signed.pdf, desk_of_head)
    taken, changes = issued_summaries.take(workspace, workspace.actor, number, [path])
    undone, told = batches.turn_back(workspace, workspace.actor, str(changes.batch))
    assert (further(workspace, number), told.touches(Kind.SUMMARIES)) == ((), True)
    batches.turn_back(workspace, workspace.actor, undone)
    assert further(workspace, number) == taken.kept
    withdrawn = issued_summaries.withdraw(workspace, workspace.actor, taken.kept[0])
    assert not further(workspace, number)
    with pytest.raises(NotFoundError, match="больше нет"):
        issued_summaries.withdraw(workspace, workspace.actor, taken.kept[0])
    batches.turn_back(workspace, workspace.actor, str(withdrawn.batch))
    assert further(workspace, number) == taken.kept


def countersigned(document: bytes, name: str) -> bytes:
    key = signing_keys.make_key("Школа № 12", name, datetime.now(UTC) - timedelta(hours=1))
    return pdf.countersign(document, key, reason="Директор", at=datetime.now(UTC))


@needs_openssl
def test_a_countersignature_keeps_the_issued_bytes_and_copies_hold_it(
    workspace: Workspace, desk_of_head: Path, tmp_path: Path
) -> None:
    signed, other = issue(workspace), issue(workspace)
    number, here = numbered(signed), (workspace, workspace.actor)
    before = signature_over(signed.pdf, desk_of_head)
    once = countersigned(signed.pdf, "Черепанова Н. В.")
    twice = countersigned(once, "Ким О. Л.")
    parallel = countersigned(signed.pdf, "Ким О. Л.")
    spoilt = once[:-40] + bytes([once[-40] ^ 1]) + once[-39:]
    for content, why in (
        (signed.pdf, "нет новой подписи"), (other.pdf, "не продолжает"),
        (once + b" ", "приписали"), (spoilt, "измен|повреждён"),
    ):  # fmt: skip
        with pytest.raises(WrongInputError, match=why):
            issued_summaries.take_countersigned(*here, number, content)
    (desk_of_head / "дважды.pdf").write_bytes(once)
    (kept,) = take(workspace, number, desk_of_head / "дважды.pdf", before).kept[:1]
    assert (kept.place, kept.signers[0].name, kept.kind) == (Place.APPENDED, "Черепанова Н. В.", "внутри файла")
    with pytest.raises(WrongInputError, match=r"уже есть: Черепанова Н\. В\."):
        issued_summaries.take_countersigned(*here, number, parallel)
    upper, _ = issued_summaries.take_countersigned(*here, number, twice)
    with pytest.raises(WrongInputError, match="Поверх неё"):
        issued_summaries.withdraw(*here, kept)
    assert issued_summaries.document(*here, number) == twice
    assert issued_summaries.document(*here, number, original=True) == signed.pdf
    target = tmp_path / "Сводка.pdf"
    assert issued_summaries.save_copy(*here, number, target) == [target]
    assert len(issued_summaries.save_copy(*here, number, target, original=True)) == 2
    checked = issued_summaries.check(*here, number)
    assert checked.document.verdict is Verdict.UNKNOWN_KEY
    assert [wrong for _, wrong in checked.further] == ["", "", ""]
    issued_summaries.withdraw(*here, upper)
    with workspace._engine.begin() as connection:
        spoil = "UPDATE summary_signature SET content = x'00' WHERE id = ?"
        connection.exec_driver_sql(spoil, (kept.id,))
    with pytest.raises(WorkspaceError, match=r"испорчена: Черепанова Н\. В\."):
        issued_summaries.document(*here, number)
    assert issued_summaries.document(*here, number, original=True) == signed.pdf
    issued_summaries.withdraw(*here, kept)
    assert issued_summaries.document(*here, number) == signed.pdf
    assert issued_summaries.check(*here, number).document.verdict is Verdict.TRUSTED


def test_gost_holds_over_a_registered_document(workspace: Workspace) -> None:
    folder = Path(__file__).parent.parent / "data" / "signatures"
    content = (folder / "document.txt").read_bytes()
    counted = dataclasses.replace(summary.compute(workspace, workspace.actor, Span.of_year(YEAR)), number="2026/01")
    with workspace.unit(workspace.actor) as unit:
        unit.summaries.register(counted, content, datetime.now(UTC))
    taken = take(workspace, "2026/01", folder / "256A.sig", folder / "512C.sig", folder / "256A-bad.sig")
    assert [one.signers[0].algorithm for one in taken.kept] == [f"ГОСТ Р 34.10-2012, {bits} бит" for bits in (256, 512)]
    assert "повреждена" in taken.refused[0]


def test_the_register_is_a_workbook(workspace: Workspace, tmp_path: Path) -> None:
    number = numbered(issue(workspace))
    issue(workspace, replaces=Replaced(number, "=исправлено"))
    target = tmp_path / "Реестр.xlsx"
    lines = issued_summaries.register(workspace, workspace.actor)
    issued_summaries.export_register(workspace, workspace.actor, "Реестр выданных сводок", lines, target)
    head, fresh, former = load_workbook(target).worksheets[0].iter_rows(values_only=True)
    assert head[0] == "Номер"
    assert (fresh[5], fresh[6], former[0], former[4]) == (number, "=исправлено", number, f"есть замена: № {fresh[0]}")
    assert len(str(former[-1])) == 64


def test_a_correction_is_counted_afresh_for_the_span_of_the_former(workspace: Workspace) -> None:
    number = numbered(issue(workspace, Span.of_term(YEAR, FIRST.term)))
    made: list[bytes] = []
    signed, _ = issued_summaries.correct(workspace, workspace.actor, number, "дозагружены классы", made.append)
    assert (signed.summary.span.term, signed.summary.replaces) == (FIRST.term, Replaced(number, "дозагружены классы"))
    document, signers = issued_summaries.opened(workspace, workspace.actor, numbered(signed))
    assert ([document], signers[0].organisation) == (made, "Школа № 12")


def test_a_correction_tells_beforehand_which_numbers_change(workspace: Workspace) -> None:
    here = workspace, workspace.actor
    indicators = programmes.current(*here).indicators
    share, presence = (next(one for one in indicators if one.rule.measure == kind) for kind in (NUMBERS, PRESENCE))
    told_figures.write(*here, YEAR, share, 10, 40, "письмо колледжа")
    number = numbered(issue(workspace))
    assert not issued_summaries.recounted(*here, number).changes
    told_figures.write(*here, YEAR, share, 15, 40, "письмо колледжа")
    told_figures.write(*here, YEAR, presence, 1, 1, "сайт школы")
    found = issued_summaries.recounted(*here, number)
    assert {one.title: (told(one.before), told(one.now)) for one in found.changes} == {
        share.short: ("10 из 40", "15 из 40"), presence.short: ("нет", "1 из 1")
    }  # fmt: skip
    assert len(issued_summaries.register(*here)) == 1


def test_the_latest_of_a_span_counts_and_the_others_say_so(workspace: Workspace) -> None:
    year, term, again = (numbered(issue(workspace, span)) for span in (None, Span.of_term(YEAR, FIRST.term), None))
    lines = issued_summaries.register(workspace, workspace.actor)
    assert [(one.number, one.state) for one in lines] == [
        (again, "действует"), (term, "действует"), (year, f"есть новее: № {again}")
    ]  # fmt: skip
    assert domain.counted(lines, ("сводка", "сводки", "сводок")) == "3 сводки, действует 2"

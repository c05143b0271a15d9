"""The department adds up what schools sent: sums by hand, what is left out and why, bad files refused at once."""

from __future__ import annotations

import json
import tracemalloc
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook
from published_schools import school
from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec, embed_file
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from profdesk.documents.sheet import PORTRAIT, Sheet
from profdesk.documents.summary_pdf import summary_pdf
from profdesk.domain import received, summary_data
from profdesk.domain.consolidation import consolidate as add_up
from profdesk.domain.published import publish
from profdesk.domain.school_year import SchoolYear, Term
from profdesk.domain.span import Span
from profdesk.domain.summary import Replaced, Summary
from profdesk.domain.verification import Verdict
from profdesk.errors import WrongInputError
from profdesk.services import consolidation
from profdesk.signing import keys, known_keys
from profdesk.signing.attached import attached
from profdesk.signing.keys import SigningKey
from profdesk.signing.pdf import sign

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
YEAR = SchoolYear(2026)
Changed = Callable[[Any], object]


def of_school(which: int, **changed: object) -> Summary:
    made = school(Random(which), 30)  # noqa: S311  # a school to look at, not a key
    named = replace(made.organisation, name=f"Школа № {which}", short_name=f"Школа № {which}")
    return replace(made, **{"organisation": named, "number": "2026/01", "counted_at": NOW, **changed})


@pytest.fixture(scope="session")
def own() -> Callable[[str, str], SigningKey]:
    made: dict[str, SigningKey] = {}
    return lambda full, short: made.setdefault(short, keys.make_key(full, short, NOW - timedelta(days=9)))


@pytest.fixture
def sent(tmp_path: Path, own: Callable[[str, str], SigningKey]) -> Callable[..., Path]:
    """Sign a summary by its school's key, known here unless said otherwise."""

    def save(summary: Summary, name: str, *, known: bool = True, data: bytes | None = None, by: str = "") -> Path:
        organisation = summary.organisation
        key = own(by or organisation.full_name, by or organisation.short_name)
        if known:
            known_keys.remember(key.certificate_pem)
        told = publish(summary)
        pdf = summary_pdf(told, summary_data.to_json(told) if data is None else data)
        path = tmp_path / name
        path.write_bytes(sign(pdf, key, reason="Сводка", at=NOW))
        return path

    return save


def test_sums_are_those_of_the_hand(sent: Callable[..., Path], tmp_path: Path) -> None:
    schools = [of_school(number) for number in (1, 2, 3)]
    paper, taken = consolidation.consolidate([sent(one, f"{place}.pdf") for place, one in enumerate(schools)])
    made = paper.made
    assert [one.reason for one in taken] == ["", "", ""]
    told = [publish(one).figures for one in schools]
    for place, line in enumerate(made.lines):
        pairs = [(one[place].numerator, one[place].denominator) for one in told]
        shown = [(part, whole) for part, whole in pairs if part is not None and whole is not None]
        assert (line.sum.told, line.sum.hidden) == (len(shown), 3 - len(shown))
        assert line.sum.numerator == sum(part for part, _ in shown)
        assert line.sum.denominator == sum(whole for _, whole in shown)
    assert any(line.sum.hidden for line in made.lines)
    book = load_workbook(BytesIO(consolidation.workbook(paper)))
    rows = list(book["Свод"].iter_rows(min_row=2, values_only=True))
    assert [row[1:3] for row in rows] == [(line.sum.numerator, line.sum.denominator) for line in made.lines]
    assert [row[0] for row in book["Кто прислал"].iter_rows(min_row=2, values_only=True)] == [
        one.organisation.full_name for one in schools
    ]
    assert "•" in [cell for row in book["По организациям"].iter_rows(values_only=True) for cell in row]


def test_what_does_not_count_is_told_and_the_rest_is_added(sent: Callable[..., Path], tmp_path: Path) -> None:
    good = sent(of_school(1), "хорошая.pdf")
    older = sent(of_school(1, number="2026/00", counted_at=NOW - timedelta(days=2)), "старая.pdf")
    last_year = sent(of_school(2, span=Span.of_year(SchoolYear(2025))), "прошлый год.pdf")
    unknown = sent(of_school(4), "чужая.pdf", known=False)
    posing = sent(of_school(5), "самозванец.pdf", by="Школа № 6")
    changed = sent(of_school(7), "изменённая.pdf")
    spoilt = bytearray(changed.read_bytes())
    spoilt[len(spoilt) // 2] ^= 1
    changed.write_bytes(spoilt)
    (tmp_path / "архив.pdf").write_bytes(b"PK\3\4" + bytes(200))
    others = [older, last_year, sent(of_school(3), "ещё.pdf"), unknown, posing, changed, tmp_path / "архив.pdf"]
    paper, taken = consolidation.consolidate([good, *others])
    made = paper.made
    told = {one.path.name: (one.verdict, one.reason) for one in taken}
    assert [one.short_name for one in made.summaries] == ["Школа № 1", "Школа № 3"]
    assert told["хорошая.pdf"] == (Verdict.TRUSTED, "")
    assert "есть новее: № 2026/01" in told["старая.pdf"][1]
    assert "другой период: 2025/26 учебный год" in told["прошлый год.pdf"][1]
    assert "динамика" in told["прошлый год.pdf"][1]
    assert any(len(trend.points) == 2 for trend in paper.trends)
    assert told["чужая.pdf"][0] is Verdict.UNKNOWN_KEY
    assert "составлена от имени «Школа № 5»" in told["самозванец.pdf"][1]
    assert told["изменённая.pdf"][0] is told["архив.pdf"][0] is Verdict.REFUSED
    with pytest.raises(WrongInputError, match=r"нечего.*чужая\.pdf.*изменённая\.pdf"):
        consolidation.consolidate([unknown, changed])


def test_a_key_speaks_for_no_other_organisation(
    sent: Callable[..., Path], own: Callable[[str, str], SigningKey]
) -> None:
    first, second = of_school(1), of_school(2, counted_at=NOW - timedelta(hours=1))
    names = replace(first.organisation, name=second.organisation.name)
    posing = replace(first, organisation=names)
    own(first.organisation.full_name, first.organisation.short_name)
    files = [sent(posing, "чужим именем.pdf"), sent(second, "своим.pdf")]
    paper, taken = consolidation.consolidate(files)
    assert [one.short_name for one in paper.made.summaries] == ["Школа № 2"]
    assert "ключом другой организации" in taken[0].reason


def with_before(which: int, span: Span) -> Summary:
    return replace(of_school(which), span=span, before=replace(of_school(which + 1), span=span.previous))


def data_with(change: Changed) -> bytes:
    found = json.loads(summary_data.to_json(publish(with_before(1, Span.of_year(YEAR)))))
    change(found)
    return json.dumps(found, ensure_ascii=False).encode()


def figure(name: str, value: object) -> Changed:
    def change(found: dict[str, object]) -> None:
        first = found["indicators"]
        assert isinstance(first, list)
        first[0][name] = value

    return change


def span(name: str, value: object) -> Changed:
    def change(found: dict[str, object]) -> None:
        inner = found["span"]
        assert isinstance(inner, dict)
        inner[name] = value

    return change


def before(change: Changed) -> Changed:
    return lambda found: change(found["before"])


def stage(name: str, value: object) -> Changed:
    def change(found: dict[str, object]) -> None:
        parts = found["stages"]
        assert isinstance(parts, list)
        parts[0]["competencies"][0][name] = value

    return change


@pytest.mark.parametrize(
    "told",
    [Span.of_term(YEAR, Term.FIRST), Span.of_term(YEAR, Term.SECOND), Span.of_days(date(2026, 9, 1), date(2026, 9, 1))],
)
def test_what_a_summary_is_of_and_replaces_is_read_back(told: Span) -> None:
    summary = publish(replace(of_school(9), span=told, replaces=Replaced("2026/01", "Ошибка в числе")))
    found = received.read(summary_data.to_json(summary))
    assert (found.span, found.replaces) == (told, "2026/01")
    assert found.before == ()


def test_the_span_before_and_the_levels_of_the_law_are_read_back() -> None:
    summary = publish(with_before(9, Span.of_term(YEAR, Term.FIRST)))
    assert summary.before is not None
    found = received.read(summary_data.to_json(summary))
    assert [(one.code, one.numerator, one.denominator) for one in found.before] == [
        (one.indicator.code, one.numerator, one.denominator) for one in summary.before.figures
    ]
    assert [(one.level, one.pupils, one.complete) for one in found.law_levels] == [
        (one.level, one.pupils, one.complete) for one in summary.law_levels
    ]


@pytest.mark.parametrize(
    "change",
    [
        figure("numerator", -1), figure("numerator", 10**9), figure("numerator", 1.5), figure("numerator", True),
        figure("numerator", "3"), figure("denominator", None), figure("target", 200), figure("title", "я" * 3000),
        figure("rule", []), lambda found: found.update(schema="profdesk-summary/9"),
        lambda found: found.update(school_year="2026/28"), lambda found: found.update(school_year="год"),
        lambda found: found.update(counted_at="вчера"), lambda found: found.update(counted_at="2026-11-26T10:00:00"),
        lambda found: found.update(indicators={}), lambda found: found.pop("organisation"),
        lambda found: found.update(indicators=[{}] * 3000), lambda found: found.pop("span"),
        span("kind", "month"), span("kind", "term-1"), span("first_day", "2026-08-31"), span("first_day", "завтра"),
        span("last_day", "2027-06-01"), span("last_day", 5),
        lambda found: found.update(indicators=[*found["indicators"], *found["indicators"]]),
        lambda found: found.update(levels=[*found["levels"], *found["levels"]]),
        lambda found: found.update(stages=[*found["stages"], *found["stages"]]),
        lambda found: found.pop("total"), lambda found: found.update(scale=[]), stage("counts", [0, 0, 0]),
        stage("counts", [10**6, 0, 0, 0]), stage("not_assessed", "5"), stage("counts", 5),
        before(span("kind", "term-1")), before(span("last_day", "2026-08-30")), before(figure("numerator", 10**6)),
        before(figure("code", 5)), before(lambda found: found.pop("indicators")), lambda found: found.update(before=[]),
        before(lambda found: found.update(indicators=found["indicators"] * 2)),
        lambda found: found.pop("law_levels"), lambda found: found["law_levels"][0].update(complete=10**6),
        lambda found: found.update(law_levels=found["law_levels"] * 2),
        lambda found: found.update(replaces="2026/01"), lambda found: found.update(replaces={"reason": "ошибка"}),
    ],
)  # fmt: skip
def test_data_that_cannot_be_is_refused(change: Changed) -> None:
    with pytest.raises(WrongInputError):
        received.read(data_with(change))


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"null", b"{", b"\xff\xfe", b'{"schema": NaN}', b"[" * 100_000, b'{"a":' * 50_000, b"1" * 5000,
        b" " * (3 << 20),
    ],
)  # fmt: skip
def test_what_is_no_data_is_refused(data: bytes) -> None:
    with pytest.raises(WrongInputError):
        received.read(data)


def bomb(size: int) -> bytes:
    """A PDF with zeros attached that take little room while they are packed."""
    sheet = Sheet(PORTRAIT, "Сводка", "Школа", NOW.date())
    sheet.text(20, 20, "Сводка")
    sheet.next_page()
    drawn = PdfFileReader(BytesIO(sheet.finish()))
    writer = copy_into_new_writer(drawn, writer_kwargs={"stream_xrefs": False})
    held = EmbeddedFileObject.from_file_data(writer, bytes(size), compress=True)
    embed_file(writer, FileSpec("summary.json", embedded_data=held))
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def test_a_bomb_inside_is_refused_without_being_blown_up(tmp_path: Path) -> None:
    key = keys.make_key("Школа", "Школа", NOW - timedelta(days=1))
    known_keys.remember(key.certificate_pem)
    path = tmp_path / "бомба.pdf"
    path.write_bytes(sign(bomb(200 << 20), key, reason="Сводка", at=NOW))
    assert path.stat().st_size < 1 << 20
    tracemalloc.start()
    with pytest.raises(WrongInputError, match="слишком велики"):
        consolidation.consolidate([path])
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 64 << 20


def test_only_the_attachment_of_that_name_is_taken() -> None:
    told = publish(of_school(9))
    pdf = summary_pdf(told, b'{"a": 1}')
    assert attached(pdf, "summary.json", 100) == b'{"a": 1}'
    for wrong, largest in (("other.json", 100), ("summary.json", 3)):
        with pytest.raises(WrongInputError):
            attached(pdf, wrong, largest)
    with pytest.raises(WrongInputError):
        attached(zlib.compress(pdf), "summary.json", 100)


def test_summaries_of_the_first_schema_are_read() -> None:
    def plain(found: dict[str, object]) -> None:
        found["schema"] = "profdesk-summary/1"
        for name in ("total", "span", "replaces"):
            del found[name]

    one = received.read(data_with(plain))
    made, out = add_up([one, replace(one, counted_at=one.counted_at - timedelta(days=1))])
    assert len(made.summaries) == len(out) == 1

"""The psychologist's papers: protocol, class report, leaflets, journal and workbook, of each kind of instrument."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from diagnostic_cases import CODES, DAY, DOUBT, LONGEST, changed, session, with_sheets, worded
from paper_checks import assert_fonts, assert_inside, raw_pages
from pypdfium2 import PdfDocument
from support import YEAR, organisation

from profdesk import assets
from profdesk.documents.class_report import class_report
from profdesk.documents.diagnostic_journal import journal
from profdesk.documents.diagnostic_protocol import protocol
from profdesk.documents.diagnostic_xlsx import workbook
from profdesk.documents.pupil_leaflet import pupil_leaflets
from profdesk.domain import leaflet, results
from profdesk.domain.diagnostic_papers import SessionFacts
from profdesk.domain.diagnostics import SheetState
from profdesk.domain.instrument import Kind
from profdesk.domain.leaflet import LeafletTexts
from profdesk.domain.people import PersonName
from profdesk.services import instruments

SCORED = tuple(code for code in CODES if instruments.called(code).kind not in (Kind.RANKING, Kind.MATRIX, Kind.RECORD))
CLASS = ("yovaysha_rezapkina_24", "golomshtok_174", "rokeach_18_18")


@pytest.fixture(scope="module")
def texts() -> LeafletTexts:
    return leaflet.read_texts(assets.resource("leaflets", "texts.toml").read_text(encoding="utf-8"))


def answered_alike(code: str, *given: dict[int, str]) -> SessionFacts:
    """A session whose sheets have these answers."""
    facts = session(code, len(given), answered=False)
    pairs = zip(facts.result.view.sheets, given, strict=True)
    return with_sheets(facts, (changed(one, answers=answers) for one, answers in pairs))


def in_order(text: str, words: Sequence[str]) -> bool:
    places = [text.find(one) for one in words]
    return -1 not in places and all(one < two for one, two in pairwise(places))


@pytest.mark.parametrize("code", CODES)
def test_protocol_names_everybody_with_the_state_of_the_sheet(code: str, tmp_path: Path) -> None:
    facts = session(code, 30 if code in CLASS else 5)
    pdf = protocol(facts, DAY)
    assert protocol(facts, DAY) == pdf
    assert_inside(pdf)
    assert_fonts(pdf, tmp_path)
    text = " ".join(raw_pages(pdf, tmp_path))
    instrument = facts.result.instrument
    assert in_order(text, [f"Ильин{number} Лев Павлович" for number in range(1, len(facts.result.results))])
    assert all(part in text for part in LONGEST.full.split())
    assert f"версия {instrument.version}" in text
    assert instrument.key_title in text
    assert (instrument.caution or "Достоверность высокая.") in text
    assert "8 «Б», 14 октября 2026 г., кабинет 27" in text
    assert "Лисицына Татьяна Викторовна" in text
    assert in_order(text, ["неполный — 1", "сомнительный — 1", "не был — 1"])
    assert DOUBT.split(",")[0] in text
    assert "без ответа" in text


@pytest.mark.parametrize("code", CODES)
def test_class_report_counts_whole_sheets_alone(code: str, tmp_path: Path) -> None:
    facts = session(code, 30 if code in CLASS else 5)
    pdf = class_report(facts, DAY)
    assert class_report(facts, DAY) == pdf
    assert_inside(pdf)
    assert_fonts(pdf, tmp_path)
    text = " ".join(raw_pages(pdf, tmp_path))
    whole = [result for result in facts.result.results if result.state is SheetState.COMPLETE]
    of = "бланков"
    assert f"В отчёте {len(whole)} из {len(facts.result.results)} {of}" in text
    for number in (1, 2, 3):
        assert f"Ильин{number} " not in text
    instrument = facts.result.instrument
    if instrument.kind is not Kind.RECORD:
        assert "Ильин4 Л" in text
    assert ("Уровни из источника" in text) == bool(instrument.bands)
    assert all(band.title in text for band in instrument.bands)
    assert instrument.caution in text


@pytest.mark.parametrize("code", SCORED)
def test_spread_of_a_scale_holds_each_counted_pupil_once(code: str) -> None:
    facts = session(code, 9)
    instrument = facts.result.instrument
    aspects = {one.code: one.title.capitalize() for one in instrument.answering.aspects}
    spreads = {(one.list, one.title): one for one in facts.result.spreads()}
    assert len(spreads) == len(instrument.scales)
    for scale in instrument.scales:
        titled = (aspects[scale.aspect], scale.short) if scale.aspect else ("", scale.title)
        spread = spreads[titled]
        raw = [score.raw for one in facts.result.counted for score in one.outcome.scores if score.scale == scale]
        assert sorted(value for value in raw if value is not None) == list(spread.values)
        assert all(spread.least <= value <= spread.most for value in spread.values)
    assert {result.pupil.id for result in facts.result.counted} == {"0", "4", "5", "6", "7", "8"}


def test_tied_pupils_stand_in_each_list_and_those_with_nothing_ahead_in_their_own() -> None:
    instrument = instruments.called("ddo_klimov_20")
    every = dict.fromkeys(range(1, 21), "a")
    keys = {scale.code: {entry.item: entry.code for entry in scale.entries} for scale in instrument.scales}
    nature = every | keys["nature"]
    facts = answered_alike("ddo_klimov_20", nature, nature | keys["human"])
    lists = {
        one.title: [(leader.result, leader.tied) for leader in one.leaders] for one in facts.result.leading_lists()
    }
    outcomes = [result.outcome for result in facts.result.counted]
    for title, named in lists.items():
        for place, result in enumerate(facts.result.counted):
            leading = [score.scale.title for score in outcomes[place].leading]
            assert ((result, len(leading) > 1) in named) == (title in leading)
    assert sum(map(len, lists.values())) == sum(len(outcome.leading) for outcome in outcomes)
    level = answered_alike("pvq_40", dict.fromkeys(range(1, 41), "3"))
    (none,) = level.result.leading_lists()
    assert none.title == "Ничто не выделяется"


def test_two_pupils_with_one_initial_are_told_apart(tmp_path: Path) -> None:
    facts = session("yovaysha_rezapkina_24", 2)
    first, second = facts.result.view.sheets
    names = (PersonName("Ильин", "Лев"), PersonName("Ильин", "Леонид"))
    pairs = zip((first, second), names, strict=True)
    alike = with_sheets(facts, (replace(one, pupil=replace(one.pupil, name=name)) for one, name in pairs))
    text = " ".join(raw_pages(class_report(alike, DAY), tmp_path)).replace("\u00a0", " ")
    assert "Ильин Лев" in text
    assert "Ильин Леонид" in text
    assert "Ильин Л." not in text


def test_scores_without_a_published_band_are_counted_as_such() -> None:
    facts = answered_alike("golomshtok_174", dict.fromkeys(range(1, 175), "0"))
    counts = facts.result.band_counts()
    assert all(row == [0, 0, 0, 0, 0, 1] for row in counts.values())
    assert results.points(Fraction(-7), facts.result.instrument) == "\u22127"
    assert results.points(Fraction(13, 4), facts.result.instrument) == "3,2"


@pytest.mark.parametrize("code", CODES)
def test_leaflet_speaks_of_leading_scales_and_shows_no_figure(code: str, texts: LeafletTexts, tmp_path: Path) -> None:
    instrument = instruments.called(code)
    wording = worded(instrument, "Дружба") if instrument.kind is Kind.RANKING else None
    facts = session(code, 30 if code in CLASS else 5, wording=wording)
    made = leaflet.leaflets(facts, texts)
    assert [one.one.pupil.id for one in made] == (
        [] if instrument.kind is Kind.RECORD else [result.pupil.id for result in facts.result.counted]
    )
    if not made:
        return
    pdf = pupil_leaflets(facts, made, DAY)
    assert pupil_leaflets(facts, made, DAY) == pdf
    assert_inside(pdf)
    assert_fonts(pdf, tmp_path)
    found = raw_pages(pdf, tmp_path)
    assert len(found) == len(made)
    for one, text in zip(made, found, strict=True):
        assert f"{one.one.pupil.name.given}, это твой профиль" in text
        assert "Приходи с вопросами" in text
        assert ("ключ проверен не до конца" in text) == bool(instrument.caution)
        for title in (meaning.title for meaning in one.meanings):
            assert title in text
        if instrument.kind is not Kind.RANKING:
            told = text.replace(instrument.short, "").replace("8 «Б»", "").replace("14 октября 2026", "")
            assert not re.search(r"\d", told)
    with PdfDocument(pdf) as document:
        marks = [mark.get_title() for mark in document.get_toc()]
    assert marks == [one.one.pupil.name.short for one in made]


def test_every_scale_of_the_families_has_words_and_every_word_a_scale(texts: LeafletTexts) -> None:
    codes = {instrument for instrument, _ in texts.scales}
    assert {"holland_42", "ddo_klimov_20", "yovaysha_30", "golomshtok_174", "opg_42"} <= codes
    known = {(code, scale.code.partition(".")[0]) for code in codes for scale in instruments.called(code).scales}
    missing = known - set(texts.scales)
    assert not missing
    used = {scale for _, scale in texts.scales}
    assert used == {scale for _, scale in known}
    for text in texts.scales.values():
        assert text.means.endswith(".")
        assert text.tries
        assert all(one.endswith(".") for one in text.tries)


def test_leaflet_keeps_all_tied_scales_and_cuts_only_what_is_far(texts: LeafletTexts) -> None:
    level = answered_alike("golomshtok_174", dict.fromkeys(range(1, 175), "+"))
    (flat,) = leaflet.leaflets(level, texts)
    assert flat.meanings == ()
    assert "поровну" in flat.opening
    facts = session("golomshtok_174", 1)
    (one,) = leaflet.leaflets(facts, texts)
    leading = [score.scale.short for score in facts.result.counted[0].outcome.leading]
    assert [bar.title for bar in one.bars if bar.leading] == leading
    assert len(one.bars) <= leaflet.MOST_BARS
    pdf = pupil_leaflets(level, [flat], DAY)
    assert_inside(pdf)


def test_journal_tells_each_session_in_the_order_they_were_held(tmp_path: Path) -> None:
    views = [session(code, 5).result.view for code in CODES]
    views = [
        replace(view, session=replace(view.session, held_on=DAY.replace(day=28 - place)))
        for place, view in enumerate(views)
    ]
    pdf = journal(organisation(), YEAR, views, {"a": "Лисицына Татьяна Викторовна"}, DAY)
    assert journal(organisation(), YEAR, views, {"a": "Лисицына Татьяна Викторовна"}, DAY) == pdf
    assert_inside(pdf)
    assert_fonts(pdf, tmp_path)
    text = " ".join(raw_pages(pdf, tmp_path))
    assert in_order(text, [f"{view.session.held_on:%d.%m.%Y}" for view in reversed(views)])
    assert f"Сеансов — {len(views)}, бланков — {5 * len(views)}" in text
    assert "2026/27 учебный год" in text
    assert "не закончен" in text
    empty = " ".join(raw_pages(journal(organisation(), YEAR, [], {}, DAY), tmp_path))
    assert "сеансов нет" in empty


@pytest.mark.parametrize("code", CODES)
def test_workbook_holds_answers_scores_and_states_and_no_formula(code: str) -> None:
    facts = session(code, 6)
    first, *others = facts.result.view.sheets
    crafty = replace(first, pupil=replace(first.pupil, name=PersonName("=1+1", "+cmd", "@SUM(A1)")))
    facts = with_sheets(facts, (crafty, *others))
    book = openpyxl.load_workbook(BytesIO(workbook(facts, DAY)))
    assert book.sheetnames == ["Ответы", "Сырые баллы", "Состояния", "Сеанс"]
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    answers = list(book["Ответы"].iter_rows(min_row=2, values_only=True))
    assert len(answers) == 6
    instrument = facts.result.instrument
    assert answers[0][1] == "=1+1 +cmd @SUM(A1)"
    given = [None if value is None else str(value) for value in answers[4][3:]]
    sheet = facts.result.view.sheets[4].sheet
    labels = {option.code: option.label for option in instrument.answering.options}
    expected = [sheet.answers[item] for item in range(1, instrument.items + 1)]
    assert given == ([labels[one] for one in expected] if instrument.kind is Kind.CHOICE else expected)
    assert all(value is None for value in answers[1][3:])
    if code in SCORED:
        row = next(iter(book["Сырые баллы"].iter_rows(min_row=6, max_row=6, values_only=True)))[3:]
        scores = facts.result.results[4].outcome.scores
        assert [round(float(score.raw), 2) for score in scores if score.raw is not None] == pytest.approx(row)
    states = [row[3] for row in book["Состояния"].iter_rows(min_row=2, values_only=True)]
    assert states == [result.state.label for result in facts.result.results]


@pytest.mark.parametrize("code", CODES)
def test_papers_of_a_session_nobody_answered_say_so(code: str, texts: LeafletTexts, tmp_path: Path) -> None:
    for facts in (session(code, 3, answered=False), session(code, 0)):
        for paper in (protocol(facts, DAY), class_report(facts, DAY)):
            assert_inside(paper)
        assert leaflet.leaflets(facts, texts) == ()
        assert workbook(facts, DAY)
    text = " ".join(raw_pages(class_report(session(code, 3, answered=False), DAY), tmp_path))
    assert "В отчёте 0 из 3 бланков" in text
    if facts.result.instrument.kind is not Kind.RECORD:
        assert "Полных бланков пока нет" in text
    assert "нет ни одного бланка" in " ".join(raw_pages(protocol(session(code, 0), DAY), tmp_path))

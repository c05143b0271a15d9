"""Forms of consent hold what the law asks for, on a page each; the list says in words who has which."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from paper_checks import assert_fonts, assert_inside, raw_pages
from support import YEAR, organisation

from profdesk.documents.consent_form import consent_forms
from profdesk.documents.consent_list import consent_list
from profdesk.domain.consent_forms import ConsentForms, Form
from profdesk.domain.consents import Consent, ConsentBook, ConsentKind, PupilConsents, standing
from profdesk.domain.people import Group, GroupName, PersonName, Pupil

DAY = date(2026, 11, 26)
CLASS = Group("g", GroupName("8 «Б»", 8, "Б"), "basic", 2026)
GARDEN = Group("k", GroupName("Подготовительная «Солнышко»", None, None), "preschool", 2026)
LONG = PersonName("Константинопольская-Преображенская", "Александра-Виктория", "Владиславовна кызы")
PUPIL = Pupil("1", LONG, date(2012, 5, 6), None, CLASS)
CHILD = Pupil("2", PersonName("Ильин", "Лев", "Павлович"), date(2020, 5, 6), None, GARDEN)
LEGAL = ("Согласие на", "паспорт", "живу по адресу", "по документу", "Срок", "дата", "подпись", "расшифровка подписи")
PROCESSING = (*LEGAL, "Адрес организации", "ИНН, ОГРН", "Цель", "Данные", "Действия", "Добровольность")


def drawn(*forms: Form) -> bytes:
    return consent_forms(ConsentForms(organisation(), forms), DAY)


def test_every_form_of_a_pupil_is_prefilled_and_keeps_to_a_page(tmp_path: Path) -> None:
    pdf = drawn(*(Form(kind, PUPIL, False, date(2027, 5, 31)) for kind in ConsentKind))
    pages = raw_pages(pdf, tmp_path)
    assert len(pages) == 4
    for page in pages:
        assert all(words in page for words in LEGAL)
        assert all(words in page for words in (LONG.full, "6 мая 2012 г., 8 «Б» класс", "«Средняя школа № 12»"))
        assert "по 31 мая 2027 г., если не отозвано раньше" in page
        assert "Ученик, если ему есть 14 лет" in page
    for page in (pages[0], pages[2], pages[3]):
        assert all(words in page for words in PROCESSING)
    assert_inside(pdf)
    assert_fonts(pdf, tmp_path)


def test_help_and_the_data_that_come_of_it_are_two_papers(tmp_path: Path) -> None:
    first, second = raw_pages(drawn(Form(ConsentKind.PSYCHOLOGICAL, PUPIL, False)), tmp_path)
    assert "статья 42, часть 3" in first
    assert "до окончания обучения в организации" in first
    assert "при психолого-педагогическом сопровождении" in second
    assert "152-ФЗ «О персональных данных», статья 9" in second


def test_publication_asks_for_each_item_conditions_and_addresses(tmp_path: Path) -> None:
    (page,) = raw_pages(drawn(Form(ConsentKind.PUBLICATION, PUPIL, False)), tmp_path)
    asked = ("статья 10.1", "№ 18", "разрешаю", "не разрешаю", "условия и запреты", "адреса сайта и страниц", "значок")
    assert all(words in page for words in asked)
    assert "в течение трёх рабочих дней" in page


@pytest.mark.parametrize("kind", ConsentKind)
def test_a_kindergarten_reads_its_own_words(kind: ConsentKind, tmp_path: Path) -> None:
    text = " ".join(raw_pages(drawn(Form(kind, CHILD, True)), tmp_path))
    assert "воспитанник" in text
    assert "группа Подготовительная «Солнышко»" in text
    assert not [word for word in ("обучающ", "выбор профиля", "Ученик, если", "8 «Б»") if word in text]


def test_an_empty_blank_has_lines_in_place_of_a_child(tmp_path: Path) -> None:
    (page,) = raw_pages(drawn(Form(ConsentKind.PERSONAL, None, False)), tmp_path)
    assert "законный представитель ребёнка" in page
    assert "дата рождения, класс" in page


def test_a_long_organisation_keeps_to_its_page(tmp_path: Path) -> None:
    named = replace(
        organisation(),
        legal_form="Муниципальное автономное общеобразовательное учреждение",
        name="Средняя общеобразовательная школа № 12 с углублённым изучением отдельных предметов имени Героя России",
    )
    forms = tuple(Form(kind, PUPIL, False) for kind in ConsentKind)
    pdf = consent_forms(ConsentForms(named, forms), DAY)
    assert len(raw_pages(pdf, tmp_path)) == 4
    assert_inside(pdf)


def test_equal_forms_are_equal_to_the_byte() -> None:
    form = Form(ConsentKind.PUBLICATION, PUPIL, False)
    assert drawn(form) == drawn(form)


def paper(until: date | None, withdrawn: date | None = None) -> Consent:
    return Consent("a", "1", ConsentKind.PERSONAL, "мать", "14", date(2026, 9, 3), until, withdrawn, "отец")


def test_the_list_counts_and_says_every_state_in_words(tmp_path: Path) -> None:
    papers = [[paper(None)], [paper(date(2026, 12, 10))], [paper(date(2026, 10, 1))], [paper(None, DAY)], []]
    rows = []
    for number in range(30):
        pupil = replace(PUPIL, id=str(number), name=PersonName("Ильин", f"Лев{number}", "Павлович"))
        found = {kind: standing(papers[(number + place) % 5], DAY) for place, kind in enumerate(ConsentKind)}
        rows.append(PupilConsents(pupil, CLASS, found))
    book = ConsentBook(YEAR, DAY, (CLASS,), tuple(rows), 15)
    pdf = consent_list(organisation(), book, book.groups, DAY)
    first, second = raw_pages(pdf, tmp_path)
    assert "персональные данные 12 из 30, работа психолога 12 из 30" in first
    said = ("есть, без срока", "кончается 10.12.2026", "кончилось 01.10.2026", "отозвано 26.11.2026", "нет",
            "№ 14 от 03.09.2026, мать", "кто отозвал: отец")  # fmt: skip
    assert all(words in first for words in said)
    assert "Страница 2 из 2" in second
    assert "Список сверен с бумагами" in second
    assert_inside(pdf)
    assert_fonts(pdf, tmp_path)

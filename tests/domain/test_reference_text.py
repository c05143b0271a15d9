"""The draft of a reference: whole sentences, only of what is recorded, the same every time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_cases import DANIIL, GROUPS, book, codes, draft, facts, programme
from support import FIRST, YEAR

from profdesk.domain import reference_text
from profdesk.domain.people import Group, Leave, LeaveReason, PersonName, Pupil, Sex, initials
from profdesk.domain.programme import Stage
from profdesk.domain.reference import Reference, ReferenceFacts, sex_of
from profdesk.domain.reference_phrases import PhraseBook
from profdesk.domain.school_year import Period, SchoolYear, Term

NBSP = "\u00a0"
LAST = Period(SchoolYear(2025), Term.SECOND)


def told(found: ReferenceFacts) -> dict[str, str]:
    return {key: section.text.replace(NBSP, " ") for key, section in draft(found).items()}


# -- three pupils, read as a teacher reads them -----------------------------------------------------


def test_daniil_of_the_seventh_grade() -> None:
    stages = dict(zip(codes("basic"), [2, 2, 3, 2, 3, 2, 2, 1, 2, 3, 2, 1, 2, 2, 3, 0, 2, 1, 2, 1], strict=True))
    before = stages | {"planning": 2, "speech": 1, "persistence": 1, "strategic-thinking": 1}
    found = told(
        facts(
            stages=stages,
            earlier=before,
            since=FIRST,
            own={"planning": 3, "initiative": 3, "speech": 1, "stress-resistance": 0, "persistence": 2},
            parents={"planning": 3},
            evidence=("Проект «Мой город»", "Грамота олимпиады по технологии"),
            notes=(("planning", "Ведёт тетрадь дел."),),
        )
    )
    assert found == {
        "general": (
            "Ильин Даниил Евгеньевич, 6 мая 2013 года рождения, в 2026/27 учебном году обучается в 7 «А» классе."
        ),
        "portfolio": "Профессиональное портфолио за 2026/27 учебный год заполнено: оценены все 20 компетенций.",
        "strengths": (
            "Даниил уверенно планирует свою работу и сверяется с планом, а также с желанием учится новому и просит "
            "объяснить непонятное. Говорит ясно и удерживает внимание слушателей, а также часто предлагает новые дела "
            "и начинает их по собственной инициативе."
        ),
        "developing": (
            "Обучающийся чаще всего определяет суть трудности и её причины, а также сравнивает источники и отличает "
            "мнение от факта. Обычно предвидит последствия своих действий, осваивается в новых условиях и среди новых "
            "людей, а также высказывает своё мнение и действует без подсказки. Даниил в большинстве случаев держит в "
            "порядке своё время и свои дела, меняет способ действий при смене обстоятельств, а также вовремя принимает "
            "решения. Чаще всего продолжает работу после неудачи, соотносит требования профессий со своими качествами, "
            "а также ставит посильную цель и доходит до неё."
        ),
        "support": (
            "Даниил учится сохранять работоспособность в напряжённой обстановке и браться за дело с неясным исходом. "
            "Постепенно учится определять ближние и дальние профессиональные цели, а также выявлять трудности на пути "
            "к цели и преодолевать их. Обучающийся пока связывает сегодняшние шаги с дальней целью с помощью "
            "взрослого. Здесь важна поддержка педагогов и семьи."
        ),
        "growth": (
            "По сравнению с первым полугодием обучающийся увереннее планирует свою работу, яснее излагает свои мысли и "
            "упорнее добивается результата."
        ),
        "own": (
            "Самооценка проведена по 5 компетенциям. Сильные стороны по самооценке — планирование и инициатива. "
            "Больше внимания, судя по самооценке, требуют стрессоустойчивость и устная речь."
        ),
        "parents": (
            "Мнение родителей (законных представителей) записано по 1 компетенции. "
            "Сильная сторона, по их мнению, — планирование."
        ),
        "evidence": "К портфолио приложены работы: «Проект „Мой город“» и «Грамота олимпиады по технологии».",
        "notes": "О компетенции «Планирование» педагог отмечает: «Ведёт тетрадь дел».",
        "purpose": "Характеристика дана для предъявления по месту требования.",
    }


def test_kira_of_the_kindergarten_whose_sex_nobody_wrote_down() -> None:
    kira = PersonName("Гасанова", "Кира")
    found = told(facts("preschool", kira, None, date(2021, 1, 6), [3, 2, 1, 2, 3, 2, 2, 0]))
    assert found == {
        "general": (
            "Гасанова Кира, 6 января 2021 года рождения, в 2026/27 учебном году посещает группу "
            "«Подготовительная „Солнышко“»."
        ),
        "portfolio": "В профессиональном портфолио за 2026/27 учебный год оценено 8 компетенций из 10.",
        "strengths": (
            "Кира увлекает других детей игрой и справедливо распределяет роли, а также быстро успокаивается после "
            "обиды или неудачи и возвращается к делу."
        ),
        "developing": (
            "Ребёнок чаще всего договаривается с другими детьми и помогает в общем деле, а также удерживает внимание "
            "до окончания дела. Обычно предлагает собственные сюжеты и способы работы, а также замечает красивое "
            "вокруг и старается красиво оформить свою работу."
        ),
        "support": (
            "Кира учится запоминать порядок дел и завершать начатое вовремя. Пока вступает в разговор с помощью "
            "взрослого. Здесь важна поддержка педагогов и семьи."
        ),
        "purpose": "Характеристика дана для предъявления по месту требования.",
    }


def test_lyubov_of_the_third_grade() -> None:
    lyubov = PersonName("Черных", "Любовь", "Ильинична")
    stages = dict(zip(codes("primary"), [3, 3, 2, 3, 3, 3, 1, 2, 2, 2, 3, 3, 3, 3, 3], strict=True))
    found = told(
        facts("primary", lyubov, None, date(2017, 10, 2), stages, earlier=stages | {"self-control": 2}, since=LAST)
    )
    assert found["strengths"] == (
        "Любовь уверенно делит сложную задачу на части и доводит её до ответа, а также вдумчиво задаёт вопросы и "
        "тщательно проверяет сведения. Находит необычные решения обычных задач, умело согласует свои действия с "
        "действиями других, а также тонко понимает свои и чужие чувства и считается с ними. Обучающаяся без "
        "напоминаний проверяет свою работу и исправляет ошибки, а также всегда выполняет обещанное и отвечает за "
        "сделанное. Дорожит общим делом и охотно помогает одноклассникам, с готовностью делает нужное другим и видит в "
        "этом смысл, а также с увлечением берётся за творческое дело по своему желанию."
    )
    assert found["support"] == ("Любовь учится делать выбор и объяснять его. Здесь важна поддержка педагогов и семьи.")
    assert found["growth"] == (
        "По сравнению с прошлым учебным годом обучающаяся чаще проверяет свою работу без напоминаний."
    )


# -- what is not recorded is not told ---------------------------------------------------------------


def test_nothing_is_told_of_nothing() -> None:
    found = told(facts())
    assert set(found) == {"general", "portfolio", "purpose"}
    assert found["portfolio"] == "Профессиональное портфолио за 2026/27 учебный год пока не заполнялось."


def test_notes_and_purpose_wait_to_be_asked_for() -> None:
    found = draft(facts(stages=[2] * 20, notes=(("planning", "Молодец"),)))
    assert {key for key, section in found.items() if not section.included} == {"notes", "purpose"}


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (FIRST, "По сравнению с первым полугодием"),
        (LAST, "По сравнению с прошлым учебным годом"),
        (Period(SchoolYear(2023), Term.FIRST), "По сравнению с 2023/24 учебным годом"),
    ],
)
def test_growth_says_since_when(since: Period, words: str) -> None:
    found = told(facts(stages={"planning": 3}, earlier={"planning": 1}, since=since))
    assert found["growth"] == f"{words} обучающийся увереннее планирует свою работу."


def test_what_fell_or_stayed_or_is_new_is_not_growth() -> None:
    found = told(
        facts(stages={"planning": 1, "speech": 2, "initiative": 3}, earlier={"planning": 2, "speech": 2}, since=FIRST)
    )
    assert "growth" not in found


def test_whoever_has_left_does_not_study_here() -> None:
    group = Group("g", GROUPS["basic"], "basic", YEAR.start)
    left = Leave(date(2026, 12, 1), LeaveReason.TRANSFERRED)
    found = told(facts(pupil=Pupil("p", DANIIL, date(2013, 5, 6), Sex.MALE, group, left)))
    assert found["general"] == (
        "Ильин Даниил Евгеньевич, 6 мая 2013 года рождения. "
        "Обучение в 7 «А» классе в 2026/27 учебном году — до 1 декабря 2026 года."
    )


# -- another programme ------------------------------------------------------------------------------


def test_a_competency_without_words_is_told_by_its_title() -> None:
    found = facts(stages={"planning": 3, "speech": 1}, earlier={"planning": 1}, since=FIRST, own={"speech": 3})
    sections = {section.key: section.text for section in reference_text.draft(found, PhraseBook())}
    assert sections["strengths"] == "Компетенция «Планирование» находится на стадии «сформирована»."
    assert sections["support"].startswith("Компетенция «Устная речь» находится на стадии «начальная».")
    assert sections["growth"] == "По сравнению с первым полугодием выросла стадия компетенции «Планирование»."
    assert sections["own"].endswith("Сильная сторона по самооценке — «Устная речь».")


def test_a_scale_of_another_length_is_told_by_its_own_words() -> None:
    scale = tuple(Stage(value, title, title) for value, title in enumerate(("нет", "есть")))
    found = told(facts(stages={"planning": 1, "speech": 0, "initiative": 7}, scale=scale))
    assert found["strengths"] == "Компетенция «Планирование» находится на стадии «есть»."
    assert "«Устная речь» находится на стадии «нет»" in found["support"]
    assert "developing" not in found


# -- whatever the facts -----------------------------------------------------------------------------

STAGES = st.sampled_from([stage.value for stage in programme().stages])
WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=40).filter(
    str.strip
)
CYRILLIC = st.text(alphabet="абвгдежзиклмнопрстуфхэюя", min_size=1, max_size=12).map(str.capitalize)


@st.composite
def anyone(pick: st.DrawFn) -> ReferenceFacts:
    level = pick(st.sampled_from(sorted(GROUPS)))
    some = st.dictionaries(st.sampled_from(codes(level)), STAGES)
    patronymic = pick(st.sampled_from([None, "Олегович", "Игоревна", "Рашид кызы"]))
    return facts(
        level,
        PersonName(pick(CYRILLIC), pick(CYRILLIC), patronymic),
        pick(st.sampled_from([None, Sex.MALE, Sex.FEMALE])),
        stages=pick(some),
        earlier=pick(some),
        since=pick(st.sampled_from([None, FIRST, LAST])),
        own=pick(some),
        parents=pick(some),
        evidence=tuple(pick(st.lists(WORDS, max_size=4))),
        notes=tuple(pick(st.lists(st.tuples(st.sampled_from(codes(level)), WORDS), max_size=3))),
    )


@given(anyone())
def test_sentences_are_whole_whatever_the_facts(found: ReferenceFacts) -> None:
    for section in reference_text.draft(found, book()):
        assert section.text.endswith("."), section.text
        assert section.text[0].isupper(), section.text
        if section.key in ("notes", "evidence"):
            continue
        assert not re.search(r"  |None|\.\.|,\.| [,.]|,,|\{|\}|/(?!\d)", section.text), section.text
        for sentence in re.split(r"(?<=\.) ", section.text):
            assert re.fullmatch(r"[А-ЯЁ][^.]*\.", sentence), sentence
            assert sentence.count("«") == sentence.count("»"), sentence


@given(anyone())
def test_the_same_facts_give_the_same_text(found: ReferenceFacts) -> None:
    again = replace(found, stages=dict(reversed(found.stages.items())), own=dict(reversed(found.own.items())))
    assert reference_text.draft(found, book()) == reference_text.draft(again, book())


@given(anyone())
def test_every_assessed_competency_is_told_once(found: ReferenceFacts) -> None:
    text = " ".join(section.text for section in reference_text.draft(found, book()))
    text = " ".join(text.split()).lower()
    for code, stage in found.stages.items():
        phrases = book().of(found.level.competencies.code, code)
        assert phrases is not None
        assert phrases.stages[stage] in text


@given(anyone())
def test_an_unknown_sex_is_not_guessed(found: ReferenceFacts) -> None:
    text = " ".join(section.text for section in reference_text.draft(found, book()))
    if found.sex is None:
        assert not re.search(r"обучающ(ийся|аяся)", text, re.IGNORECASE)


# -- the heading and the signatures -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "name", "sex", "addressed", "named"),
    [
        ("basic", DANIIL, Sex.MALE, "на обучающегося 7 «А» класса", "Ильина Даниила Евгеньевича"),
        (
            "secondary",
            PersonName("Ким", "Мария", "Ильинична"),
            Sex.FEMALE,
            "на обучающуюся 10 «соц-эк» класса",
            "Ким Марию Ильиничну",
        ),
        (
            "preschool",
            PersonName("Алиева", "Лейла", "Рашид кызы"),
            None,
            "на воспитанницу группы «Подготовительная „Солнышко“»",
            "Алиеву Лейлу Рашид кызы",
        ),
        ("basic", PersonName("Ан", "Саша"), None, "на обучающегося 7 «А» класса", "Фамилия, имя: Ан Саша"),
        (
            "basic",
            PersonName("Smith", "John", "Петрович"),
            Sex.MALE,
            "на обучающегося 7 «А» класса",
            "Фамилия, имя, отчество: Smith John Петрович",
        ),
    ],
)
def test_the_line_under_the_title(level: str, name: PersonName, sex: Sex | None, addressed: str, named: str) -> None:
    made = Reference(facts(level, name, sex), {})
    assert (made.addressed, made.named) == (addressed, named)


def test_who_signs() -> None:
    head, teacher = Reference(facts(teacher="Седова Ольга Ивановна"), {}).signatories
    assert (head.post, head.name) == ("Директор", f"Н.{NBSP}В.{NBSP}Черепанова")
    assert (teacher.post, teacher.name) == ("Классный руководитель", f"О.{NBSP}И.{NBSP}Седова")
    _, unknown = Reference(facts("preschool"), {}).signatories
    assert (unknown.post, unknown.name) == ("Воспитатель", "")


def test_paragraphs_are_lines_with_words() -> None:
    made = Reference(facts(), {"general": " Первый.\n\n Второй. ", "own": "", "parents": "Третий."})
    assert made.paragraphs == ("Первый.", "Второй.", "Третий.")


@pytest.mark.parametrize(
    ("full", "short"),
    [("Ли Анна", f"А.{NBSP}Ли"), ("Седова О. И.", "Седова О. И."), ("", ""), ("завуч", "завуч")],
)
def test_initials_of_what_is_a_name(full: str, short: str) -> None:
    assert initials(full) == short


@pytest.mark.parametrize(
    ("patronymic", "sex"),
    [
        ("Ильич", Sex.MALE), ("Ильинична", Sex.FEMALE), ("Олеговна", Sex.FEMALE), ("Эльдар оглы", Sex.MALE),
        ("Рашид кызы", Sex.FEMALE), (None, None), ("Хуан", None),
    ],
)  # fmt: skip
def test_the_patronymic_tells_the_sex(patronymic: str | None, sex: Sex | None) -> None:
    found = facts(name=PersonName("Ким", "Саша", patronymic), sex=None)
    assert sex_of(found.pupil) is sex

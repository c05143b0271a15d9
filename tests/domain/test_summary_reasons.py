"""Why somebody counts or is missing, in words, at each rule's border."""

from __future__ import annotations

from datetime import date

from support import YEAR

from profdesk import assets
from profdesk.domain import choice_measures, programme_file, register_measures
from profdesk.domain import summary_reasons as reasons
from profdesk.domain.activities import Presence
from profdesk.domain.choice_measures import Choices
from profdesk.domain.people import Group, GroupName
from profdesk.domain.register import Entry, Register, Value
from profdesk.domain.register_measures import Registers
from profdesk.domain.registers import AGREEMENTS, PARTNERS, TRAININGS, WEB_PAGES
from profdesk.domain.registers_of_pupils import PROFESSION_CHOICES, PROFILE_CHOICES, PROFILE_STUDIES
from profdesk.domain.span import Span
from profdesk.domain.summary_people import Behind, Line
from profdesk.domain.summary_reasons import Attended

NAME = "artemovsky-2022-2025"
PROGRAMME = programme_file.parse(assets.resource("programmes", f"{NAME}.toml").read_text(encoding="utf-8"), NAME)
DAY, LATER, BEFORE = date(2026, 11, 26), date(2026, 12, 1), date(2026, 10, 12)
SPAN = Span.of_year(YEAR)
TITLES = {"professions": {"cook": "повар", "smith": "сварщик"}}


def entry(register: Register, key: str = "1", **values: Value) -> Entry:
    return Entry(key, {**register.blank(), **values})


def test_a_portfolio_names_the_competencies_that_nobody_assessed() -> None:
    items = PROGRAMME.level("preschool").competencies.items
    codes = [one.code for one in items]
    assert reasons.portfolio((), items) == "Не оценена ни одна компетенция"
    assert reasons.portfolio(codes, items) == "Оценено 10 из 10"
    assert reasons.portfolio(codes[2:], items) == "Оценено 8 из 10, нет: лидерские качества, работа в команде"


def test_of_activities_the_last_one_is_told_and_those_missed_only_where_none_counts() -> None:
    def at(title: str, day: date, presence: Presence = Presence.PRESENT) -> Attended:
        return Attended("a", title, day, "trial", "pupils", False, presence)

    missed = at("Проба сварщика", BEFORE, Presence.ABSENT)
    told = reasons.attendance("trials_any", [missed])
    assert told == "Не было ни одной пробы или практики. Приглашали: «Проба сварщика», 12.10.2026"
    assert reasons.attendance("parents_reached", []) == "Родителей не было ни на одной встрече"
    two = [at("Проба повара", BEFORE), missed, at("Проба «Звук»", DAY)]
    assert reasons.attendance("trials_any", two) == "«Проба „Звук“», 26.11.2026 и ещё 1"


def test_a_choice_tells_everything_that_it_lacks() -> None:
    def said(measure: str, *made: Entry) -> str:
        profiles = [one for one in made if "interview" in one.values]
        studies = [one for one in made if "since" in one.values]
        rest = [one for one in made if one not in profiles and one not in studies]
        standing = choice_measures.standing(Choices(profiles, studies, rest, (), ()), DAY)
        return reasons.choice(measure, standing, "a", TITLES)

    def job(**values: Value) -> Entry:
        return entry(PROFESSION_CHOICES, pupil_id="a", decided_on=BEFORE, profession="cook", **values)

    assert said("conscious_choice") == "Выбор профессии не записан"
    assert said("conscious_choice", job(conscious="no", basis="проба")) == (
        "Повар, выбор назван неосознанным, нет цели и запасного варианта"
    )
    whole = job(conscious="yes", basis="проба", goal="колледж", reserve="smith")
    assert said("conscious_choice", whole) == "Повар"
    profile = entry(PROFILE_CHOICES, pupil_id="a", decided_on=BEFORE, profile="natural", basis="беседа")
    assert said("profile_choice", profile) == "Естественно-научный, не отмечено, осознан ли выбор"
    other = entry(PROFILE_STUDIES, pupil_id="a", since=DAY, profile="universal")
    assert said("profile_continued") == "Не записано, по какому профилю учится"
    assert said("profile_continued", other) == "Учится по профилю «универсальный», прежний выбор не записан"
    assert said("profile_continued", other, profile) == (
        "Учится по профилю «универсальный», выбран был «естественно-научный»"
    )


def test_registers_name_what_counts_or_else_what_is_the_matter_with_each() -> None:
    partners = [entry(PARTNERS, "c", name="Колледж", kind="college"), entry(PARTNERS, "e", name="Завод", kind="other")]

    def agreement(number: str, partner: str, until: date | None = None, signed: date = BEFORE) -> Entry:
        return entry(AGREEMENTS, number, number=number, partner=partner, signed_on=signed, valid_until=until)

    def told(*some: Entry) -> str:
        return reasons.agreements(Registers((), (), partners, some, ()), DAY)

    flawed = (agreement("1", "e"), agreement("2", "c", BEFORE), agreement("3", "c", signed=LATER))
    assert told() == "Ни одного договора не записано"
    assert told(*flawed) == (
        "№ 1, Завод: партнёр не колледж и не вуз; № 2, Колледж: истёк 12.10.2026; "
        "№ 3, Колледж: подписан позже, 01.12.2026"
    )
    assert told(*flawed, agreement("4", "c", DAY)) == "№ 4, Колледж"
    courses = [
        entry(TRAININGS, "1", person="p", title="Охрана труда", finished_on=BEFORE, on_subject=False),
        entry(TRAININGS, "2", person="p", title="Навигация", finished_on=LATER, on_subject=True),
    ]
    school = Registers((), courses, (), (), ())
    assert reasons.training(school, "p", DAY) == (
        "«Охрана труда», 12.10.2026: не по теме программы; «Навигация», 01.12.2026: окончен позже, 01.12.2026"
    )
    assert reasons.training(school, "p", LATER) == "«Навигация», 01.12.2026"
    assert reasons.training(school, "q", LATER) == "Нет ни одного курса"
    page = entry(WEB_PAGES, title="О выборе", address="https://a", works=True, checked_on=date(2026, 5, 1))
    assert register_measures.page_flaw(page, SPAN) == "проверена в другое время, 01.05.2026"


def test_classes_that_are_missing_as_a_whole_are_invited_as_such() -> None:
    seven, eight = (Group(str(number), GroupName(f"{number}", number), "basic", 2026) for number in (7, 8))

    def line(key: str, group: Group) -> Line:
        return Line(key, key, group.name.title, "", key, group)

    missing = (line("a", seven), line("b", seven), line("c", eight))
    found = Behind(PROGRAMME.indicators[0], SPAN, (line("d", eight),), missing)
    assert found.invited(missing) == (["7"], ["c"])
    assert found.invited(missing[1:]) == ([], ["b", "c"])

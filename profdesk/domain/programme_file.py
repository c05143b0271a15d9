"""A programme file read and checked; every mistake in an edited file is told with its line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from profdesk.domain import told_figures, toml_reader
from profdesk.domain.programme import (
    Acquaintance,
    Competency,
    CompetencySet,
    Concern,
    Direction,
    Indicator,
    Industry,
    Level,
    Link,
    Number,
    Phase,
    Profession,
    Programme,
    Rule,
    SetPart,
    Stage,
    Wording,
)
from profdesk.domain.toml_reader import Problem, Table
from profdesk.errors import WrongInputError

_TO_MEET = "professions_to_meet"
MEASURES = frozenset(
    {
        "agreements",
        "conscious_choice",
        "destinations_in_demand",
        "events_any",
        "labour_market_informed",
        *told_figures.MEASURES,
        "parents_reached",
        "portfolio_begun",
        "portfolio_complete",
        "profile_choice",
        "profile_continued",
        "staff_involved_trained",
        "staff_trained",
        "trials_any",
        "web_pages",
    }
)
"""The measures a rule may name; ``analysis.summary`` counts those that today's records can answer."""


def parse(text: str, name: str) -> Programme:
    """Read a programme; WrongInputError names the file, the line and what is wrong there."""
    programme, found = _read(text)
    if found:
        more = f" И ещё ошибок: {len(found) - 1}." if len(found) > 1 else ""
        raise WrongInputError(f"Файл «{name}», строка {found[0].line}: {found[0].message}.{more}")
    return programme


def problems(text: str) -> tuple[Problem, ...]:
    """Tell everything that is wrong in a programme file, in the order of its lines."""
    return tuple(_read(text)[1])


def _read(text: str) -> tuple[Programme, list[Problem]]:
    raw, found = toml_reader.load(text)
    root = Table(raw or {}, (), toml_reader.lines(text))
    programme = _programme(root, hashlib.sha256(text.encode()).hexdigest())
    return programme, found or root.finish()


def _programme(root: Table, digest: str) -> Programme:
    head = root.table("programme")
    sets = _sets(root)
    levels = _levels(root, sets)
    industries = tuple(_industry(table) for table in _unique(root, "industries"))
    begins, ends = head.day("begins"), head.day("ends")
    if begins > ends:
        head.complain("программа кончается раньше, чем начинается", "ends")
    return Programme(
        code=head.text("code"),
        title=head.text("title"),
        short_title=head.text("short_title"),
        municipality=head.text("municipality"),
        edition=head.integer("edition", 1),
        begins=begins,
        ends=ends,
        digest=digest,
        stages=_stages(root),
        levels=levels,
        industries=industries,
        professions=_professions(root, {industry.code for industry in industries}),
        directions=tuple(_direction(table) for table in _unique(root, "directions")),
        phases=tuple(_phase(table) for table in _unique(root, "phases")),
        indicators=_indicators(root, [level.code for level in levels]),
        crosswalk=_crosswalk(root, sets),
        concerns=tuple(_concern(table) for table in _unique(root, "problems")) if root.has("problems") else (),
    )


def _unique(root: Table, key: str) -> Iterable[Table]:
    """Give the tables of an array, telling codes that stand twice."""
    seen: set[str] = set()
    for table in root.tables(key):
        code = table.text("code")
        if code in seen:
            table.complain(f"код «{code}» уже есть выше", "code")
        seen.add(code)
        yield table


def _stages(root: Table) -> tuple[Stage, ...]:
    stages = []
    for number, table in enumerate(root.tables("stages")):
        stage = Stage(table.integer("value"), table.text("title"), table.text("print_title"))
        if stage.value != number:
            table.complain(f"стадии идут по порядку с нуля, здесь должна быть {number}", "value")
        stages.append(stage)
    return tuple(stages)


def _sets(root: Table) -> Mapping[str, CompetencySet]:
    sets: dict[str, CompetencySet] = {}
    for table in _unique(root, "sets"):
        code, title = table.text("code"), table.text("title")
        if table.has("continues"):
            former = sets.get(table.one_of("continues", list(sets), "набора"))
            parts = former.parts if former else ()
        else:
            parts = _parts(table)
        sets[code] = CompetencySet(code, title, parts)
    return sets


def _parts(table: Table) -> tuple[SetPart, ...]:
    seen: set[str] = set()
    parts = []
    for part in table.tables("parts"):
        items = []
        for entry in part.tables("competencies"):
            item = Competency(*(entry.text(key) for key in ("code", "title", "short", "source", "explanation")))
            if item.code in seen:
                entry.complain(f"код «{item.code}» уже есть в этом наборе", "code")
            seen.add(item.code)
            items.append(item)
        parts.append(SetPart(part.text("title"), tuple(items)))
    return tuple(parts)


def _crosswalk(root: Table, sets: Mapping[str, CompetencySet]) -> tuple[Link, ...]:
    """Links between the sets; each names competencies that both sets have."""
    codes = {code: {item.code for item in one.items} for code, one in sets.items()}
    links = []
    for table in root.tables("crosswalk") if root.has("crosswalk") else ():
        to_set, from_set = (table.one_of(key, list(sets), "набора") for key in ("to_set", "from_set"))
        link = Link(to_set, table.text("code"), from_set, table.texts("former"), table.text("source"))
        for key, place, named in (("code", to_set, (link.code,)), ("former", from_set, link.former)):
            for code in named:
                if place in codes and code not in codes[place]:
                    table.complain(f"в наборе «{place}» нет компетенции «{code}»", key)
        links.append(link)
    return tuple(links)


def _levels(root: Table, sets: Mapping[str, CompetencySet]) -> tuple[Level, ...]:
    levels: list[Level] = []
    taken: set[int] = set()
    empty = CompetencySet("", "", ())
    for table in _unique(root, "levels"):
        level = Level(
            code=table.text("code"),
            title=table.text("title"),
            grades_title=table.text("grades_title"),
            grades=table.integers("grades"),
            competencies=sets.get(table.one_of("competencies", list(sets), "набора"), empty),
            professions_to_meet=_acquaintance(table.table(_TO_MEET)) if table.has(_TO_MEET) else None,
        )
        if taken & set(level.grades):
            table.complain("этот класс уже есть на другом уровне", "grades")
        if any(not 1 <= grade <= 11 for grade in level.grades):
            table.complain("классы бывают от 1 до 11", "grades")
        taken |= set(level.grades)
        levels.append(level)
    return tuple(levels)


def _acquaintance(table: Table) -> Acquaintance:
    wordings = tuple(
        Number(one.text("text"), one.integer("count", 1), one.text("source")) for one in table.tables("wordings")
    )
    chosen = table.integer("chosen")
    return Acquaintance(wordings, _existing(table, chosen, len(wordings)), table.optional_text("reason") or "")


def _existing(table: Table, chosen: int, count: int) -> int:
    """The number of the wording to count by, the first one where it was told that there is no such wording."""
    if count and chosen >= count:
        table.complain(f"формулировки {chosen} нет: считаем с нуля, их {count}", "chosen")
        return 0
    return chosen


def _industry(table: Table) -> Industry:
    return Industry(table.text("code"), table.text("title"), table.text("source"))


def _direction(table: Table) -> Direction:
    return Direction(table.text("code"), table.text("title"), table.text("source"))


def _concern(table: Table) -> Concern:
    code, title, text, source = (table.text(key) for key in ("code", "title", "text", "source"))
    return Concern(code, title, text, source, table.flag("personal"))


def _professions(root: Table, industries: set[str]) -> tuple[Profession, ...]:
    professions = []
    for table in _unique(root, "professions"):
        industry = None
        if table.has("industry"):
            industry = table.one_of("industry", sorted(industries), "отрасли")
        professions.append(Profession(table.text("code"), table.text("title"), industry, table.text("source")))
    return tuple(professions)


def _phase(table: Table) -> Phase:
    phase = Phase(
        code=table.text("code"),
        title=table.text("title"),
        begins=table.day("begins"),
        ends=table.day("ends"),
        results=table.texts("results"),
        source=table.text("source"),
    )
    if phase.begins > phase.ends:
        table.complain("этап кончается раньше, чем начинается", "ends")
    return phase


def _indicators(root: Table, levels: list[str]) -> tuple[Indicator, ...]:
    rules: set[str] = set()
    return tuple(_indicator(table, levels, _rule(table.table("rule"), rules)) for table in _unique(root, "indicators"))


def _rule(table: Table, taken: set[str]) -> Rule:
    rule = Rule(
        code=table.text("code"),
        edition=table.integer("edition", 1),
        measure=table.one_of("measure", sorted(MEASURES), "способа счёта"),
        text=table.text("text"),
        short=table.text("short"),
        grades=table.integers("grades") if table.has("grades") else (),
    )
    if any(not 1 <= grade <= 11 for grade in rule.grades):
        table.complain("классы бывают от 1 до 11", "grades")
    if rule.code in taken:
        table.complain(f"правило «{rule.code}» уже есть у другого показателя", "code")
    taken.add(rule.code)
    return rule


def _indicator(table: Table, levels: list[str], rule: Rule) -> Indicator:
    indicator = Indicator(
        code=table.text("code"),
        title=table.text("title"),
        short=table.text("short"),
        section=table.text("section"),
        levels=table.texts("levels"),
        rule=rule,
        wordings=tuple(
            Wording(wording.text("text"), wording.percent("target"), wording.text("source"))
            for wording in table.tables("wordings")
        ),
        chosen=table.integer("chosen"),
        reason=table.optional_text("reason") or "",
    )
    for level in indicator.levels:
        if level not in levels:
            table.complain(f"нет уровня «{level}». Есть: {', '.join(levels)}", "levels")
    return replace(indicator, chosen=_existing(table, indicator.chosen, len(indicator.wordings)))

"""Made-up stages of the demonstration school: believable, and the same every time.

A pupil has a talent of his or her own and a leaning to each competency, both from a hash of the name;
stages grow from term to term. Some portfolios are unfinished, one class has hardly begun.
"""

from __future__ import annotations

from collections.abc import Mapping

from profdesk.domain.demo_chance import chance, seed
from profdesk.domain.people import Group, Pupil
from profdesk.domain.programme import Programme
from profdesk.domain.school_year import Period, Term

_LAZY_GROUP = 6
_LAZY_LETTER = "Б"
_UNFINISHED = 0.16
_UNTOUCHED = 0.04


def stages(programme: Programme, group: Group, pupil: Pupil, period: Period) -> Mapping[str, int]:
    """Stages of one pupil in one period; competencies left out are not assessed."""
    items = programme.level(group.level).competencies.items
    term = (period.year.start, period.term.value)
    who = seed(pupil)
    kept = len(items)
    if period.term is Term.FIRST:
        kept = _kept(group, who, term, len(items))
    top = len(programme.stages) - 1
    talent = chance(who, "talent")
    growth = 0.25 * (period.year.start - 2025) + 0.15 * (period.term.value - 1)
    made = {}
    for item in items[:kept]:
        leaning = chance(who, item.code)
        mood = chance(who, item.code, *term)
        level = 0.35 + 1.5 * talent + 1.3 * leaning + 0.35 * mood + growth
        made[item.code] = min(top, max(0, int(level)))
    return made


def _kept(group: Group, who: str, term: tuple[int, int], total: int) -> int:
    """How many competencies the teacher has got to in a first term."""
    if group.name.grade == _LAZY_GROUP and group.name.letter == _LAZY_LETTER:
        return total if chance(who, "lazy", *term) < 0.1 else 0
    luck = chance(who, "kept", *term)
    if luck < _UNTOUCHED:
        return 0
    return int(total * chance(who, "part", *term)) if luck < _UNFINISHED else total

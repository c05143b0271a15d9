"""A summary as the department reads it from a signed file: strictly, for whoever signed may have written anything."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NoReturn

from profdesk.domain.organisation import OrganisationKind, full_name
from profdesk.domain.school_year import SchoolYear, Term
from profdesk.domain.span import Span, SpanKind
from profdesk.errors import WrongInputError

SCHEMAS = ("profdesk-summary/1", "profdesk-summary/2", "profdesk-summary/3")
"""In the first nothing was hidden; before the third all were of a whole school year."""
LARGEST = 2 * 1024 * 1024
"""Bytes of the data inside a summary."""
_LONGEST_NUMBER = 40
_DEEPEST, _MOST, _LONGEST, _LARGEST_NUMBER = 8, 2_000, 2_000, 10_000_000
_UNREADABLE = "Данные внутри сводки не читаются. Попросите прислать её ещё раз."
_YEARS = range(2000, 2100)


@dataclass(frozen=True)
class ReceivedFigure:
    """An indicator's numbers; None is hidden. ``rule`` is the code and edition it is counted by, ``text`` its words.

    ``levels`` are those it asks of, in the programme's order.
    """

    code: str
    title: str
    rule: str
    text: str
    target: Decimal | None
    numerator: int | None
    denominator: int | None
    of_people: bool
    levels: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReceivedCoverage:
    """The portfolios of a level; None is hidden."""

    level: str
    title: str
    pupils: int | None
    begun: int | None
    complete: int | None


@dataclass(frozen=True)
class ReceivedStages:
    """Pupils of a level at each stage of a competency, parallel to the summary's ``scale``; None is hidden."""

    level: str
    code: str
    title: str
    counts: tuple[int | None, ...]
    not_assessed: int | None

    @property
    def cells(self) -> tuple[int | None, ...]:
        """The stages and those not assessed: all pupils of the level."""
        return (*self.counts, self.not_assessed)


@dataclass(frozen=True)
class ReceivedFormer:
    """An indicator (its code) in the span before, counted by the rule of this one; None is hidden."""

    code: str
    numerator: int | None
    denominator: int | None


@dataclass(frozen=True)
class ReceivedSummary:
    """What one organisation sent of one span; ``replaces`` is the number of the summary that it corrects.

    ``total`` is the whole organisation, ``scale`` the titles of the stages from the lowest. ``before`` is what it told
    of ``span.previous``, nothing where nothing was recorded then.
    """

    number: str
    kind: OrganisationKind
    legal_form: str
    name: str
    short_name: str
    programme: str
    programme_title: str
    programme_edition: int
    span: Span
    counted_at: datetime
    figures: tuple[ReceivedFigure, ...]
    levels: tuple[ReceivedCoverage, ...]
    total: ReceivedCoverage
    scale: tuple[str, ...]
    stages: tuple[ReceivedStages, ...]
    replaces: str | None = None
    law_levels: tuple[ReceivedCoverage, ...] = ()
    before: tuple[ReceivedFormer, ...] = ()

    @property
    def organisation(self) -> str:
        """Its full name."""
        return full_name(self.legal_form, self.name)

    @property
    def year(self) -> SchoolYear:
        """The school year that the span lies in."""
        return self.span.year


def rule_named(code: str, edition: int) -> str:
    """An edition of a rule, as figures name it."""
    return f"{code}, редакция {edition}"


def read(data: bytes) -> ReceivedSummary:
    """Read the data of a summary; WrongInputError says what it is not."""
    if len(data) > LARGEST:
        raise WrongInputError("Данные внутри сводки слишком велики: это не сводка profdesk.")
    try:
        found = json.loads(data, parse_constant=_refuse)
        _ensure_shallow(found, 0)
    except (ValueError, RecursionError) as error:
        raise WrongInputError(_UNREADABLE) from error
    root = _Object(found)
    if root.text("schema") not in SCHEMAS:
        raise WrongInputError("Сводку составила другая версия программы: обновите profdesk.")
    organisation, programme = root.inner("organisation"), root.inner("programme")
    levels = tuple(map(_coverage, root.objects("levels")))
    scale = tuple(stage.text("title") for stage in root.objects("scale"))
    is_third = root.text("schema") == SCHEMAS[2]
    span = _span(root) if is_third else Span.of_year(_year(root.text("school_year")))
    found = ReceivedSummary(
        number=_number(root),
        kind=_kind(organisation),
        legal_form=organisation.text("legal_form"),
        name=organisation.text("name"),
        short_name=organisation.text("short_name"),
        programme=programme.text("code"),
        programme_title=programme.text("title"),
        programme_edition=programme.count("edition") or 0,
        span=span,
        counted_at=_moment(root.text("counted_at")),
        figures=tuple(map(_figure, root.objects("indicators"))),
        levels=levels,
        total=_added(levels) if root.text("schema") == SCHEMAS[0] else _coverage(root.inner("total")),
        scale=scale,
        stages=tuple(_stages(root, levels, len(scale))),
        replaces=_number(replaced) if (replaced := root.perhaps("replaces")) else None,
        law_levels=tuple(map(_coverage, root.objects("law_levels"))) if is_third else (),
        before=tuple(_before(former, span)) if (former := root.perhaps("before")) else (),
    )
    _ensure_once(root, found)
    return found


def _number(found: _Object) -> str:
    number = found.text("number")
    return number if number.strip() and len(number) <= _LONGEST_NUMBER else found.refuse("number")


def _ensure_once(root: _Object, found: ReceivedSummary) -> None:
    """Refuse what stands twice: it would be counted twice."""
    for name, codes in (
        ("indicators", [one.code for one in found.figures]),
        ("levels", [one.level for one in found.levels]),
        ("law_levels", [one.level for one in found.law_levels]),
        ("before", [one.code for one in found.before]),
        ("stages", [(one.level, one.code) for one in found.stages]),
    ):
        if len(set(codes)) < len(codes):
            root.refuse(name)


def _kind(organisation: _Object) -> OrganisationKind:
    try:
        return OrganisationKind(organisation.text("kind"))
    except ValueError:
        organisation.refuse("kind")


def _share(found: _Object) -> tuple[int | None, int | None]:
    numerator, denominator = found.count("numerator"), found.count("denominator")
    if numerator is not None and (denominator is None or numerator > denominator):
        found.refuse("numerator")
    return numerator, denominator


def _before(found: _Object, span: Span) -> Iterator[ReceivedFormer]:
    if _days(found.inner("span"), span.previous.year) != span.previous:
        found.refuse("span")
    for one in found.objects("indicators"):
        yield ReceivedFormer(one.text("code"), *_share(one))


def _figure(found: _Object) -> ReceivedFigure:
    rule = found.inner("rule")
    numerator, denominator = _share(found)
    return ReceivedFigure(
        code=found.text("code"),
        title=found.text("title"),
        rule=rule_named(rule.text("code"), rule.count("edition") or 0),
        text=rule.text("text"),
        target=found.number("target"),
        numerator=numerator,
        denominator=denominator,
        of_people=found.text("counts") != "organisations",
        levels=found.texts("levels"),
    )


def _coverage(found: _Object) -> ReceivedCoverage:
    pupils, begun, complete = (found.count(name) for name in ("pupils", "begun", "complete"))
    known = [one for one in (complete, begun, pupils) if one is not None]
    if known != sorted(known):
        found.refuse("complete")
    return ReceivedCoverage(found.text("level"), found.text("title"), pupils, begun, complete)


def _added(levels: Sequence[ReceivedCoverage]) -> ReceivedCoverage:
    """The whole organisation of the first schema, which hid nothing."""
    sums = (sum(getattr(level, name) or 0 for level in levels) for name in ("pupils", "begun", "complete"))
    return ReceivedCoverage("", "Всего", *sums)


def _stages(root: _Object, levels: Sequence[ReceivedCoverage], stages: int) -> Iterator[ReceivedStages]:
    pupils = {level.level: level.pupils for level in levels}
    for part in root.objects("stages"):
        level = part.text("level")
        for found in part.objects("competencies"):
            row = ReceivedStages(
                level, found.text("code"), found.text("title"), found.counts("counts"), found.count("not_assessed")
            )
            if level not in pupils or len(row.counts) != stages or not _fills(row.cells, pupils[level]):
                found.refuse("counts")
            yield row


def _fills(cells: Sequence[int | None], pupils: int | None) -> bool:
    """Whether all cells are the pupils of a level, or the told ones no more than these."""
    told = sum(cell for cell in cells if cell is not None)
    return pupils is None or told == pupils or (None in cells and told < pupils)


class _Object:
    """An object of JSON whose members are asked for by their kind."""

    def __init__(self, found: object) -> None:
        if not isinstance(found, Mapping):
            raise WrongInputError(_UNREADABLE)
        self._found: Mapping[str, Any] = found

    def refuse(self, name: str) -> NoReturn:
        """Say which member will not do."""
        raise WrongInputError(f"В данных сводки неверно поле «{name}». Попросите прислать её ещё раз.")

    def text(self, name: str) -> str:
        return self._text(name, self._found.get(name))

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(self._text(name, value) for value in self._list(name))

    def _text(self, name: str, value: object) -> str:
        if not isinstance(value, str) or len(value) > _LONGEST:
            self.refuse(name)
        return value if value.isprintable() else "".join(letter if letter.isprintable() else " " for letter in value)

    def count(self, name: str) -> int | None:
        return self._count(name, self._found.get(name, ""))

    def counts(self, name: str) -> tuple[int | None, ...]:
        return tuple(self._count(name, value) for value in self._list(name))

    def number(self, name: str) -> Decimal | None:
        value = self._found.get(name)
        if value is None:
            return None
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 100:
            self.refuse(name)
        return Decimal(str(value))

    def inner(self, name: str) -> _Object:
        value = self._found.get(name)
        return _Object(value) if isinstance(value, Mapping) else self.refuse(name)

    def perhaps(self, name: str) -> _Object | None:
        return self.inner(name) if self._found.get(name) is not None else None

    def objects(self, name: str) -> Sequence[_Object]:
        return [_Object(one) for one in self._list(name)]

    def _list(self, name: str) -> Sequence[object]:
        value = self._found.get(name)
        if not isinstance(value, list) or len(value) > _MOST:
            self.refuse(name)
        return value

    def _count(self, name: str, value: object) -> int | None:
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LARGEST_NUMBER:
            self.refuse(name)
        return value


def _span(root: _Object) -> Span:
    year = _year(root.text("school_year"))
    span = _days(root.inner("span"), year)
    try:
        days = Span.of_days(span.first_day, span.last_day)
    except WrongInputError:
        root.refuse("span")
    possible = (Span.of_year(year), *(Span.of_term(year, term) for term in Term), days)
    return span if span in possible else root.refuse("span")


def _days(told: _Object, year: SchoolYear) -> Span:
    """A span as it is told, which need not be one that can be."""
    try:
        first, last = (date.fromisoformat(told.text(name)) for name in ("first_day", "last_day"))
        return Span(SpanKind(told.text("kind")), year, first, last)
    except ValueError:
        told.refuse("first_day")


def _year(title: str) -> SchoolYear:
    start = title.partition("/")[0]
    if not (start.isascii() and start.isdigit()) or int(start) not in _YEARS or SchoolYear(int(start)).title != title:
        raise WrongInputError("В данных сводки неверно поле «school_year». Попросите прислать её ещё раз.")
    return SchoolYear(int(start))


def _moment(words: str) -> datetime:
    try:
        found = datetime.fromisoformat(words)
    except ValueError as error:
        raise WrongInputError("В данных сводки неверно поле «counted_at». Попросите прислать её ещё раз.") from error
    if found.tzinfo is None:
        raise WrongInputError("В данных сводки неверно поле «counted_at». Попросите прислать её ещё раз.")
    return found


def _ensure_shallow(found: object, depth: int) -> None:
    if depth > _DEEPEST:
        raise ValueError("too deep")
    inner = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    for one in inner:
        if isinstance(one, dict | list):
            _ensure_shallow(one, depth + 1)


def _refuse(_: str) -> NoReturn:
    raise ValueError("no number of JSON")

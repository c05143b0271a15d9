"""An instrument file read and checked; every mistake in a file of one's own is told with its line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Sequence
from fractions import Fraction

from profdesk.domain import toml_reader
from profdesk.domain.instrument import (
    Aggregate,
    Answering,
    Aspect,
    Band,
    Confidence,
    Direction,
    Entry,
    Instrument,
    Kind,
    Option,
    OptionList,
    Scale,
)
from profdesk.domain.keying import MOST_KEYS
from profdesk.domain.toml_reader import Problem, Table
from profdesk.errors import WrongInputError

MOST_ITEMS = 600
_MOST_SHARED = 9
_KEYED = re.compile(r"(\d{1,3})([^\W\d_]+)(?:\*(\d{1,2}))?")
_WITH_OPTIONS = (Kind.CHOICE, Kind.SHARING, Kind.RATING, Kind.TRIPLE)
_BY_LETTER = (Kind.CHOICE, Kind.SHARING)


def parse(text: str, name: str) -> Instrument:
    """Read an instrument; WrongInputError names the file, the line and what is wrong there."""
    instrument, found = _read(text)
    if found or instrument is None:
        more = f" И ещё ошибок: {len(found) - 1}." if len(found) > 1 else ""
        raise WrongInputError(f"Файл «{name}», строка {found[0].line}: {found[0].message}.{more}")
    return instrument


def problems(text: str) -> tuple[Problem, ...]:
    """Tell everything that is wrong in an instrument file, in the order of its lines."""
    return tuple(_read(text)[1])


def _read(text: str) -> tuple[Instrument | None, list[Problem]]:
    raw, found = toml_reader.load(text)
    if raw is None:
        return None, found
    root = Table(raw, (), toml_reader.lines(text))
    instrument = _instrument(root, hashlib.sha256(text.encode()).hexdigest())
    found = root.finish()
    return (None if found else instrument), found


def _instrument(root: Table, digest: str) -> Instrument:
    head = root.table("instrument")
    items = head.integer("items", 1)
    if items > MOST_ITEMS:
        head.complain(f"вопросов {items}, а больше {MOST_ITEMS} программа не ведёт", "items")
    table = root.table("answers")
    answering = _answering(table)
    scales = _scales(root, answering, items)
    return Instrument(
        code=_code(head),
        version=head.integer("version", 1),
        digest=digest,
        title=head.text("title"),
        short=head.text("short"),
        authors=head.text("authors"),
        direction=Direction(_one_of(head, "direction", Direction)),
        items=items,
        answering=answering,
        scales=scales,
        bands=_bands(root),
        aggregate=Aggregate(_one_of(table, "aggregate", Aggregate) if table.has("aggregate") else "sum"),
        least_answered=_share(table, "least_answered"),
        needs_all=table.flag("needs_all"),
        leading_aspect=_leading(table, answering),
        leading_from=Fraction(table.number("leading_from")) if table.has("leading_from") else None,
        confidence=Confidence(_one_of(head, "confidence", Confidence)),
        grades=head.text("grades"),
        ages=head.text("ages"),
        minutes=head.text("minutes"),
        key_title=head.optional_text("key_title") or "",
        bands_note=head.optional_text("bands_note") or "",
        reading=head.optional_text("reading") or "",
        conflict=head.optional_text("conflict") or "",
        sources=head.texts("sources"),
    )


def _code(head: Table) -> str:
    code = head.text("code")
    if code and not re.fullmatch(r"[a-z0-9_]{1,40}", code):
        head.complain("код пишут маленькими латинскими буквами, цифрами и «_», не больше 40 знаков", "code")
    return code


def _one_of(table: Table, key: str, known: type[Direction] | type[Confidence] | type[Aggregate] | type[Kind]) -> str:
    """A value of an enumeration; after a problem its first one, so that reading goes on."""
    values = [one.value for one in known]
    found = table.one_of(key, values, "значения")
    return found if found in values else values[0]


def _share(table: Table, key: str) -> int:
    if not table.has(key):
        return 0
    share = table.integer(key)
    if share > 100:
        table.complain(f"«{key}»: {share}, а процент бывает от 0 до 100", key)
    return share


def _leading(table: Table, answering: Answering) -> str:
    if answering.kind is not Kind.TRIPLE:
        return ""
    return table.one_of("leading_aspect", [aspect.code for aspect in answering.aspects], "оценки")


def _answering(table: Table) -> Answering:
    kind = Kind(_one_of(table, "kind", Kind))
    options = _options(table, kind) if kind in _WITH_OPTIONS else ()
    return Answering(
        kind=kind,
        options=options,
        total=_total(table) if kind is Kind.SHARING else 0,
        aspects=_aspects(table, options) if kind is Kind.TRIPLE else (),
        lists=_lists(table) if kind is Kind.MATRIX else (),
    )


def _options(table: Table, kind: Kind) -> tuple[Option, ...]:
    options: list[Option] = []
    for one in table.tables("options"):
        valued = kind not in _BY_LETTER and one.has("value")
        option = Option(one.text("code"), one.text("label"), one.signed("value") if valued else None)
        if option.code in {known.code for known in options}:
            one.complain(f"ответ «{option.code}» уже есть выше", "code")
        options.append(option)
    _check_keys(table, kind, options)
    if kind in (Kind.RATING, Kind.TRIPLE) and not any(option.value is not None for option in options):
        table.complain("ни у одного ответа нет баллов («value»)", "options")
    if kind is Kind.RATING and any(option.value is None for option in options):
        table.complain("баллы («value») нужны каждому ответу", "options")
    return tuple(options)


def _check_keys(table: Table, kind: Kind, options: Sequence[Option]) -> None:
    """Every answer is given by one key: what no key could give is not taken."""
    codes = [option.code for option in options]
    by_digit = kind is Kind.RATING and all(code.isascii() and code.isdecimal() for code in codes)
    if kind is Kind.SHARING:
        if len(options) != 2:
            table.complain(f"баллы делят между двумя ответами, а ответов {len(options)}", "options")
    elif by_digit and len({code[-1] for code in codes}) < len(codes):
        table.complain("у двух ответов одинаковая последняя цифра: клавишей их не различить", "options")
    elif not by_digit and len(options) > MOST_KEYS:
        table.complain(f"ответов {len(options)}, а клавишей вводят не больше {MOST_KEYS}", "options")
    elif kind is Kind.TRIPLE and any(len(code) > 1 for code in codes):
        table.complain("код оценки — один знак: её вводят одной клавишей", "options")


def _total(table: Table) -> int:
    total = table.integer("total", 1)
    if total > _MOST_SHARED:
        table.complain(f"«total»: {total}, а делят не больше {_MOST_SHARED}", "total")
    return total


def _aspects(table: Table, options: Sequence[Option]) -> tuple[Aspect, ...]:
    aspects = []
    for one in table.tables("aspects"):
        aspect = Aspect(
            one.text("code"),
            one.text("title"),
            one.flag("dash"),
            one.optional_text("asks") or "",
            one.texts("marks") if one.has("marks") else (),
        )
        wanted = sum(map(aspect.allows, options))
        if aspect.marks and len(aspect.marks) != wanted:
            one.complain(f"«marks»: слов {len(aspect.marks)}, а оценок {wanted}", "marks")
        aspects.append(aspect)
    return tuple(aspects)


def _lists(table: Table) -> tuple[OptionList, ...]:
    lists = []
    for number, one in enumerate(table.tables("lists"), 1):
        titles = one.texts("options")
        options = tuple(Option(str(place), title) for place, title in enumerate(titles, 1))
        lists.append(OptionList(number, one.text("title"), options))
    if len(lists) != 2:
        table.complain(f"списков {len(lists)}, а у матрицы их два: столбцы, потом строки", "lists")
    return tuple(lists)


def _scales(root: Table, answering: Answering, items: int) -> tuple[Scale, ...]:
    if answering.kind in (Kind.MATRIX, Kind.RECORD):
        return ()
    codes = [option.code for option in answering.options]
    made: list[Scale] = []
    taken: set[tuple[int, str]] = set()
    for table in root.tables("scales"):
        code, title = table.text("code"), table.text("title")
        short = table.optional_text("short") or title
        if answering.kind in _BY_LETTER:
            entries = _key(table, codes, items)
        else:
            entries = tuple(Entry(item) for item in _items(table, items, taken))
        if code in {scale.code.split(".")[0] for scale in made}:
            table.complain(f"шкала «{code}» уже есть выше", "code")
        apart = table.flag("apart")
        if answering.kind is Kind.TRIPLE:
            made += [
                Scale(f"{code}.{aspect.code}", f"{title}: {aspect.title}", short, entries, aspect.code, apart)
                for aspect in answering.aspects
            ]
        else:
            made.append(Scale(code, title, short, entries, apart=apart))
    return tuple(made)


def _key(table: Table, codes: Collection[str], items: int) -> tuple[Entry, ...]:
    """«1a 3b 6a*2»: question, answer and, where it is not one, the points."""
    entries: list[Entry] = []
    for word in table.text("key").split():
        found = _KEYED.fullmatch(word)
        if found is None:
            table.complain(f"«{word}» в ключе не понять: пишут «1a» или «1a*2»", "key")
            continue
        entry = Entry(int(found.group(1)), found.group(2), int(found.group(3) or 1))
        if not 1 <= entry.item <= items:
            table.complain(f"«{word}»: вопроса {entry.item} нет, их {items}", "key")
        if entry.code not in codes:
            table.complain(f"«{word}»: ответа «{entry.code}» нет. Есть: {', '.join(codes)}", "key")
        if (entry.item, entry.code) in {(one.item, one.code) for one in entries}:
            table.complain(f"«{word}» стоит в ключе дважды", "key")
        entries.append(entry)
    return tuple(entries)


def _items(table: Table, items: int, taken: set[tuple[int, str]]) -> Sequence[int]:
    """The questions of a scale that takes whatever was answered; one question counts for one scale."""
    numbers = table.integers("items")
    for number in numbers:
        if not 1 <= number <= items:
            table.complain(f"вопроса {number} нет, их {items}", "items")
        if (number, "") in taken:
            table.complain(f"вопрос {number} стоит в ключах дважды", "items")
        taken.add((number, ""))
    if not numbers:
        table.complain("у шкалы нет ни одного вопроса", "items")
    return numbers


def _bands(root: Table) -> tuple[Band, ...]:
    bands: list[Band] = []
    for table in root.tables("bands") if root.has("bands") else ():
        band = Band(_number(table, "from"), _number(table, "to"), table.text("title"))
        if band.low > band.high:
            table.complain("граница «from» больше границы «to»", "from")
        if any(band.low <= other.high and other.low <= band.high for other in bands):
            table.complain("границы перекрываются с другими", "from")
        bands.append(band)
    return tuple(bands)


def _number(table: Table, key: str) -> Fraction:
    return Fraction(table.number(key))

"""Reading an edited TOML file with every mistake told by its line.

``tomllib`` says nothing about where a value stands, so ``lines`` finds it again in the text: headers,
keys and arrays of tables as TOML 1.0 writes them, strings over several lines passed over.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_-]+)\s*=")
_MOST_DIGITS = 9
_MOST_TABLES = 3_000
_MOST_LINES = 20_000
_TOO_DOTTED = re.compile(r"(?<![\w-])(?:[\w-]++\s*+\.\s*+){30}")
"""A name of so many parts as no file here has: tomllib takes hours over one of thousands."""
_LINE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong in a file, in Russian, and the line it stands in (from 1)."""

    line: int
    message: str


def load(text: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Parse TOML; a mistake of syntax is the only problem then."""
    if dotted := _TOO_DOTTED.search(text):
        return None, [Problem(text.count("\n", 0, dotted.start()) + 1, "слишком длинное имя с точками")]
    if text.count("\n[") > _MOST_TABLES:
        return None, [Problem(1, f"разделов в скобках больше {_MOST_TABLES}")]
    if text.count("\n") > _MOST_LINES:
        return None, [Problem(_MOST_LINES + 1, f"строк больше {_MOST_LINES}")]
    try:
        return tomllib.loads(text, parse_float=Decimal), []
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        last = text.count("\n") + 1
        line = int(found.group(1)) if found and found.group(1) else last
        return None, [Problem(line, "запись не по правилам TOML (кавычки, скобки или повтор ключа)")]
    except (RecursionError, ValueError):
        return None, [Problem(1, "слишком много вложенных скобок или цифр в одном числе")]


def lines(text: str) -> dict[Path, int]:
    """Find the line of every table and key: («indicators», 3, «rule», «measure») -> 214."""
    found: dict[Path, int] = {}
    if _TOO_DOTTED.search(text) or text.count("\n[") > _MOST_TABLES or text.count("\n") > _MOST_LINES:
        return found
    here: Path = ()
    quoted = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.count('"""') % 2 or line.count("'''") % 2:
            quoted = not quoted
            if not quoted:
                continue
        elif quoted:
            continue
        header = _HEADER.match(line)
        key = _KEY.match(line)
        if header:
            here = _entered(found, header.group(2).split("."), array=header.group(1) == "[[")
            found[here] = number
        elif key:
            found[(*here, key.group(1))] = number
    return found


def _entered(found: Mapping[Path, int], names: list[str], *, array: bool) -> Path:
    """Give the path a header opens; inside arrays of tables the last element is meant."""
    here: Path = ()
    for depth, name in enumerate(names):
        here = (*here, name)
        count = _elements(found, here)
        last = depth == len(names) - 1
        if last and array:
            here = (*here, count)
        elif count:
            here = (*here, count - 1)
    return here


def _elements(found: Mapping[Path, int], array: Path) -> int:
    count = 0
    while (*array, count) in found:
        count += 1
    return count


def _usual(number: Decimal) -> bool:
    return number.is_finite() and number.adjusted() < _MOST_DIGITS


def _needed(wanted: str) -> str:
    """«Нужна строка», «нужен раздел», «нужно число»."""
    verbs = {"строка": "нужна", "дата": "нужна", "раздел": "нужен", "разделы": "нужны", "список": "нужен"}
    return f"{verbs.get(wanted.split(maxsplit=1)[0], 'нужно')} {wanted}"


class Table:
    """A table being read: each verb takes a key, and tells a problem if its value will not do.

    A verb that told a problem gives an empty value, so that reading goes on and all problems are told.
    """

    def __init__(self, raw: Mapping[str, Any], path: Path, places: Mapping[Path, int]) -> None:
        self.problems: list[Problem] = []
        self._raw = raw
        self._path = path
        self._places = places
        self._known: set[str] = set()
        self._inner: list[Table] = []

    def complain(self, message: str, key: str = "") -> None:
        """Tell a problem at a key, or at the table itself."""
        path: Path = (*self._path, key) if key else self._path
        while path and path not in self._places:
            path = path[:-1]
        self.problems.append(Problem(self._places.get(path, 1), message))

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._raw

    def text(self, key: str) -> str:
        """A string that is not empty."""
        value = self._value(key, str, "строка в кавычках")
        if isinstance(value, str) and not value.strip():
            self.complain(f"«{key}»: пусто", key)
        return value if isinstance(value, str) else ""

    def optional_text(self, key: str) -> str | None:
        """A string, or None where there is none."""
        return self.text(key) if self._ask(key) else None

    def possible_text(self, key: str) -> str:
        """A string that may be empty, and is where there is none."""
        if not self._ask(key):
            return ""
        value = self._value(key, str, "строка в кавычках")
        return value if isinstance(value, str) else ""

    def integer(self, key: str, least: int = 0) -> int:
        """A whole number not below ``least``."""
        value = self._value(key, int, "целое число")
        if not isinstance(value, int):
            return least
        if value < least:
            self.complain(f"«{key}»: {value}, а нужно не меньше {least}", key)
        return value

    def signed(self, key: str) -> int:
        """A whole number, negative ones too."""
        value = self._value(key, int, "целое число")
        return value if isinstance(value, int) else 0

    def number(self, key: str) -> Decimal:
        """A number, whole or with a point."""
        value = self._value(key, (int, Decimal), "число")
        return Decimal(value) if isinstance(value, int | Decimal) else Decimal(0)

    def flag(self, key: str) -> bool:
        """Whether the key says ``true``; without the key it does not."""
        if not self._ask(key):
            return False
        value = self._raw[key]
        if not isinstance(value, bool):
            self.complain(f"«{key}»: нужно true или false", key)
        return value is True

    def percent(self, key: str) -> Decimal | None:
        """A number from 0 to 100, or None where there is none."""
        if not self._ask(key):
            return None
        value = self._value(key, (int, Decimal), "число процентов")
        if not isinstance(value, int | Decimal):
            return None
        if not 0 <= value <= 100:
            self.complain(f"«{key}»: {value}, а процент бывает от 0 до 100", key)
        return Decimal(value)

    def day(self, key: str) -> date:
        """A date: 2022-09-01."""
        value = self._value(key, date, "дата вида 2022-09-01")
        return value if isinstance(value, date) and not isinstance(value, datetime) else date.min

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings."""
        return tuple(self._list(key, str, "список строк"))

    def integers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        return tuple(self._list(key, int, "список чисел"))

    def one_of(self, key: str, known: Collection[str], what: str) -> str:
        """A string that must be one of the known ones."""
        value = self.text(key)
        if value and value not in known:
            self.complain(f"нет {what} «{value}». Есть: {', '.join(known)}", key)
        return value

    def table(self, key: str) -> Table:
        """A table inside this one."""
        value = self._value(key, dict, f"раздел [{key}]")
        return self._enter(value if isinstance(value, dict) else {}, (*self._path, key))

    def tables(self, key: str) -> list[Table]:
        """An array of tables with at least one."""
        value = self._list(key, dict, f"разделы [[{key}]]")
        if self.has(key) and not value:
            self.complain(f"нет ни одного раздела [[{key}]]", key)
        return [self._enter(raw, (*self._path, key, number)) for number, raw in enumerate(value)]

    def finish(self) -> list[Problem]:
        """Tell unknown keys, here and inside, and give all problems in the order of their lines."""
        for key in self._raw:
            if key not in self._known:
                self.complain(f"неизвестный ключ «{key}»", key)
        return sorted({*self.problems, *(found for table in self._inner for found in table.finish())})

    def _enter(self, raw: Mapping[str, Any], path: Path) -> Table:
        table = Table(raw, path, self._places)
        self._inner.append(table)
        return table

    def _ask(self, key: str) -> bool:
        self._known.add(key)
        return key in self._raw

    def _value(self, key: str, kind: type | tuple[type, ...], wanted: str) -> object:
        if not self._ask(key):
            self.complain(f"нет ключа «{key}» ({wanted})")
            return None
        value = self._raw[key]
        if not isinstance(value, kind) or isinstance(value, bool):
            self.complain(f"«{key}»: {_needed(wanted)}", key)
            return None
        if isinstance(value, int | Decimal) and not _usual(Decimal(value)):
            self.complain(f"«{key}»: такого числа не бывает", key)
            return None
        return value

    def _list(self, key: str, kind: type, wanted: str) -> list[Any]:
        value = self._value(key, list, wanted)
        if not isinstance(value, list):
            return []
        if any(not isinstance(item, kind) or isinstance(item, bool) for item in value):
            self.complain(f"«{key}»: нужен {wanted}", key)
            return []
        return value

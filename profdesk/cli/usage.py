"""Help and a wrongly typed command told in Russian; typer speaks English only."""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException as UsageError
from typing_extensions import override

_TOLD = (
    (re.compile(r"Missing (?:parameter|argument|option):? ?(.*)"), "Не хватает: {}."),
    (re.compile(r"Missing command"), "Не хватает команды."),
    (re.compile(r"No such option: ?(\S+)"), "Нет ключа {}."),
    (re.compile(r"No such command ['\"]?([^'\".]+)"), "Нет команды {}."),
    (re.compile(r"unexpected extra arguments? ?(?:\(s\) )?\(?([^)]*)"), "Лишнее: {}."),
    (re.compile(r"Option ['\"]?(\S+?)['\"]? requires"), "У ключа {} нет значения."),
)
_HELP_WORDS = {
    "Usage: ": "Как набрать: ",
    "COMMAND [ARGS]...": "КОМАНДА …",
    "[OPTIONS]": "[КЛЮЧИ]",
    "Arguments:": "Что назвать:",
    "Options:": "Ключи:",
    "Commands:": "Команды:",
    "Show this message and exit.": "Показать эту справку.",
    "КЛАСС <str>": "КЛАСС",
    "<str>": "ТЕКСТ",
    " <path>": "",
    "  [required]": "",
}
_HELP = "Что можно: profdesk --help, profdesk КОМАНДА --help."


class Command(TyperCommand):
    """A command whose help is in Russian."""

    @override
    def get_help(self, ctx: Any) -> str:
        return _help_in_words(super().get_help(ctx))


class Group(TyperGroup):
    """Commands under one word, the help in Russian."""

    @override
    def get_help(self, ctx: Any) -> str:
        return _help_in_words(super().get_help(ctx))


def in_words(error: UsageError) -> str:
    """Say what is wrong with the command and where to read how it goes."""
    told = str(getattr(error, "message", "") or error)
    for pattern, sentence in _TOLD:
        found = pattern.search(told)
        if found:
            return f"{sentence.format(_named(error, found))} {_HELP}"
    return f"Команда набрана неверно. {_HELP}"


def _help_in_words(told: str) -> str:
    for english, russian in _HELP_WORDS.items():
        told = told.replace(english, russian)
    return told


def _named(error: UsageError, found: re.Match[str]) -> str:
    """Name a parameter as the help does: ФАЙЛ, --out."""
    parameter = getattr(error, "param", None)
    if parameter is not None:
        options = [name for name in parameter.opts if name.startswith("-")]
        return str(options[0] if options else parameter.metavar or parameter.name)
    return found.group(1) if found.groups() else ""


__all__ = ["Command", "Group", "UsageError", "in_words"]

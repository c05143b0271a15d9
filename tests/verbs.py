"""The verbs of the services, found as they stand: whatever is asked of an open workspace."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

from profdesk import services
from profdesk.services import guard

Verb = Callable[..., Any]


def of_module(module: ModuleType) -> Mapping[str, Verb]:
    """The public functions written in a module whose first parameter is the workspace, by «module.verb»."""
    short = module.__name__.rpartition(".")[2]
    return {
        f"{short}.{name}": function
        for name, function in vars(module).items()
        if inspect.isfunction(function)
        and not name.startswith("_")
        and inspect.unwrap(function).__module__ == module.__name__
        and next(iter(inspect.signature(function).parameters), "").strip("_") == "workspace"
    }


def everything() -> Mapping[str, Verb]:
    """Every verb of every service but those that build the demonstration."""
    found: dict[str, Verb] = {}
    for one in pkgutil.iter_modules(services.__path__):
        if not one.name.startswith("demo"):
            found |= of_module(import_module(f"{services.__name__}.{one.name}"))
    return found


def unguarded(found: Mapping[str, Verb]) -> list[str]:
    """Those that name no right."""
    return [name for name, verb in found.items() if not hasattr(verb, guard.NAMED)]

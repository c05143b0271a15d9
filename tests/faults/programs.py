"""Programs to be killed: forked from one that has loaded all they need, so that a start costs milliseconds."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any

_LOADED = ["pytest", "labour", "rebuilding"]


def started(target: Callable[..., None], *arguments: Any) -> tuple[ForkServerProcess, Connection]:
    """A program that runs ``target`` and what it tells through the connection it is given first."""
    here, there = _context().Pipe(duplex=False)
    program = _context().Process(target=target, args=(there, *arguments), daemon=True)
    program.start()
    there.close()
    return program, here


@cache
def _context() -> ForkServerContext:
    """The server finds modules by the environment, and starts with the first program."""
    root = Path(__file__).parents[2]
    os.environ["PYTHONPATH"] = os.pathsep.join(map(str, (root, root / "tests", root / "tests" / "faults")))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_LOADED)
    return context

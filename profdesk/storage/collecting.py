"""Python's search for cycles of values that nothing names any more."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def put_off() -> Iterator[None]:
    """Let it wait until the block ends.

    Where a hundred thousand operations are read, it is made again and again through all that the program holds and
    finds nothing: that is a fifth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

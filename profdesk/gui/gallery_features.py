"""The pictures that features bring of their own pages."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from profdesk.gui import (
    gallery_audit,
    gallery_consents,
    gallery_copies,
    gallery_designs,
    gallery_differences,
    gallery_erasure,
    gallery_exchange,
    gallery_issued,
    gallery_joining,
    gallery_pupil_file,
    gallery_summary,
    gallery_users,
)
from profdesk.gui.common.page import Page

_FEATURES = (
    gallery_copies,
    gallery_designs,
    gallery_differences,
    gallery_summary,
    gallery_issued,
    gallery_audit,
    gallery_users,
    gallery_erasure,
    gallery_exchange,
    gallery_consents,
    gallery_joining,
    gallery_pupil_file,
)


def shots(page: Page) -> Iterator[tuple[str, QWidget | None]]:
    """Further views of a page: the window (None), or a dialog of its own."""
    for feature in _FEATURES:
        yield from feature.shots(page)

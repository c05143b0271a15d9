"""Whether a window can be shown: Qt itself ends the process where it cannot, with words for programmers."""

from __future__ import annotations

import ctypes
import os
import sys

_UNSEEN = ("offscreen", "minimal")


def is_there() -> bool:
    """Whether there is a screen, or another place to be seen that ``QT_QPA_PLATFORM`` names."""
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if platform in _UNSEEN:
        return False
    if platform or sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("WAYLAND_DISPLAY")) or _x_server_answers()


def is_watched() -> bool:
    """Whether somebody sits before the screen: on Windows and macOS a script has one too."""
    return is_there() and (sys.stdout.isatty() or sys.platform not in ("win32", "darwin"))


def _x_server_answers() -> bool:
    """Whether the server that DISPLAY names lets us in; it may be gone, or belong to another user."""
    if not os.environ.get("DISPLAY"):
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not refused

# Sourced by ./run and ./test with $root and $lock set: makes .venv and installs the locked
# dependencies once, and the system libraries of Qt where they are missing.

qt_packages="libegl1 libgl1 libglib2.0-0 libfontconfig1 libfreetype6 libdbus-1-3 libxkbcommon0 \
libxkbcommon-x11-0 libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 \
libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1 \
libxcb-xfixes0 libxcb-xinerama0 libxcb-xkb1"

# need WHAT PACKAGES: installs Debian packages as root, or says which command would.
need() {
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "profdesk: installing system packages for $1" >&2
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $2; } >&2 && return 0
    fi
    echo "profdesk: $1 is missing. Run this once, then start again:" >&2
    echo "  sudo apt-get install -y $2" >&2
    return 1
}

find_python() {
    for candidate in python3.13 python3.12 python3.11 python3; do
        command -v "$candidate" >/dev/null 2>&1 || continue
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
            echo "$candidate"
            return 0
        fi
    done
    echo "profdesk: Python 3.11, 3.12 or 3.13 is needed. Run: sudo apt-get install -y python3 python3-venv" >&2
    return 1
}

# prepare: leaves $python set; costs one file comparison when nothing has changed.
prepare() {
    python="$root/.venv/bin/python"
    stamp="$root/.venv/installed-$(basename "$lock")"
    [ -x "$python" ] && cmp -s "$root/$lock" "$stamp" && return 0
    if ! "$python" -m pip --version >/dev/null 2>&1; then
        base=$(find_python) || return 1
        "$base" -c 'import ensurepip' 2>/dev/null || need "venv" "python3-venv" || return 1
        "$base" -m venv --clear "$root/.venv" || return 1
    fi
    echo "profdesk: installing the locked dependencies into .venv (once)" >&2
    "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$root/$lock" >&2 || return 1
    if ! "$python" -c 'from PySide6 import QtGui, QtWidgets' 2>/dev/null || ! qt_platform_loads; then
        need "Qt's system libraries" "$qt_packages" || return 1
    fi
    cp "$root/$lock" "$stamp"
}

# The window plugin of X11 is loaded by Qt at the start of a window only, so it is tried here.
qt_platform_loads() {
    case $(uname -s) in
        Linux) "$python" -c '
import ctypes, pathlib, PySide6
ctypes.CDLL(str(pathlib.Path(PySide6.__file__).parent / "Qt/plugins/platforms/libqxcb.so"))' 2>/dev/null ;;
        *) return 0 ;;
    esac
}

"""Whether a folder lies on a disk of another computer: as the system itself lists its disks, nothing is written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

_KINDS = frozenset({
    "afpfs", "afs", "beegfs", "ceph", "cifs", "davfs", "davfs2", "gfs2", "glusterfs", "lustre", "ncpfs", "nfs", "nfs3",
    "nfs4", "ocfs2", "prl_fs", "smb", "smb2", "smb3", "smbfs", "sshfs", "vboxsf", "vmhgfs", "webdav",
})  # fmt: skip
_BY_PROGRAMS = frozenset({"gvfsd-fuse", "rclone", "s3fs", "smbnetfs", "vmhgfs-fuse"})
_OCTAL = re.compile(rb"\\([0-7]{3})")
_MAC = re.compile(r"^.* on (?P<point>/.*) \((?P<kind>[^,)]+)", re.MULTILINE)
_REMOTE = 4
"""DRIVE_REMOTE of GetDriveTypeW."""


class Mount(NamedTuple):
    """Where a disk is attached, and of what kind its file system is."""

    point: str
    kind: str

    @property
    def is_remote(self) -> bool:
        """Whether another computer keeps it."""
        program = self.kind.removeprefix("fuse.")
        return self.kind in _KINDS or (program != self.kind and program in _BY_PROGRAMS | _KINDS)


def is_remote(folder: Path) -> bool:
    """Whether a folder, or where it would be, lies on a network disk; False where the system does not say."""
    place = os.path.realpath(folder)
    try:
        if sys.platform == "win32":
            return is_remote_drive(place, _drive_type)
        return is_remote_in(place, mac(_told_by_mount()) if sys.platform == "darwin" else linux(_MOUNTS.read_bytes()))
    except (OSError, ValueError, subprocess.SubprocessError):
        return False


def is_remote_in(place: str, mounts: Iterable[Mount]) -> bool:
    """Whether the disk that a place lies on is remote: the one attached nearest to it, of several the last."""
    nearest, depth = None, -1
    for mount in mounts:
        point = mount.point.rstrip("/")
        if (place == point or place.startswith(f"{point}/")) and len(point) >= depth:
            nearest, depth = mount, len(point)
    return nearest is not None and nearest.is_remote


def is_remote_drive(place: str, drive_type: Callable[[str], int]) -> bool:
    r"""The same of Windows: ``\\server\share``, or a letter that stands for one."""
    if place.startswith("\\\\?\\UNC\\"):
        return True
    plain = place.removeprefix("\\\\?\\")
    if plain.startswith(("\\\\", "//")):
        return True
    return plain[1:2] == ":" and drive_type(f"{plain[0]}:\\") == _REMOTE


def linux(told: bytes) -> Iterable[Mount]:
    """The disks of ``/proc/self/mounts``: signs of the place that would part the line are written in octal."""
    for line in told.splitlines():
        _, point, kind, *_ = [*line.split(b" "), b"", b"", b""]
        plain = _OCTAL.sub(lambda found: bytes([int(found[1], 8) & 0xFF]), point)
        yield Mount(os.fsdecode(plain), kind.decode("ascii", "replace"))


def mac(told: str) -> Iterable[Mount]:
    """The disks that ``mount`` tells."""
    return (Mount(found["point"], found["kind"]) for found in _MAC.finditer(told))


_MOUNTS = Path("/proc/self/mounts")


def _told_by_mount() -> str:
    return subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=True, timeout=5).stdout


def _drive_type(root: str) -> int:
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.windll.kernel32.GetDriveTypeW(root))
    return 0

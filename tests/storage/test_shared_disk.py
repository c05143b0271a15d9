"""Which folders lie on a disk of another computer, by what systems tell of their disks."""

from __future__ import annotations

from pathlib import Path

import pytest

from profdesk.storage import shared_disk
from profdesk.storage.shared_disk import Mount, is_remote_drive, is_remote_in

LINUX = rb"""/dev/sda2 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
//server/school /mnt/school cifs rw,vers=3.0 0 0
server:/export /home/shared nfs4 rw 0 0
/dev/sdb1 /home/shared/local ext4 rw 0 0
server:/a /srv/\320\236\320\261\321\211\320\260\321\217\040\320\277\320\260\320\277\320\272\320\260 nfs rw 0 0
me@server:/ /home/me/far fuse.sshfs rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
/dev/sdc1 /media/flash fuseblk rw 0 0
"""
MAC = """/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//anna@server/Obmen on /Volumes/Obmen (smbfs, nodev, nosuid, mounted by anna)
/dev/disk4s1 on /Volumes/KINGSTON (msdos, local, nodev)
"""


@pytest.mark.parametrize(
    ("place", "remote"),
    [
        ("/home/anna/profdesk", False),
        ("/mnt/school/profdesk", True),
        ("/mnt/school", True),
        ("/mnt/schooling/profdesk", False),
        ("/home/shared/desk", True),
        ("/home/shared/local/desk", False),
        ("/srv/Общая папка/desk", True),
        ("/home/me/far/desk", True),
        ("/run/user/1000/gvfs/smb-share:server=s/desk", True),
        ("/media/flash/desk", False),
    ],
)
def test_linux(place: str, remote: bool) -> None:
    assert is_remote_in(place, shared_disk.linux(LINUX)) is remote


@pytest.mark.parametrize(
    ("place", "remote"), [("/Users/anna", False), ("/Volumes/Obmen/desk", True), ("/Volumes/KINGSTON/desk", False)]
)
def test_mac(place: str, remote: bool) -> None:
    assert is_remote_in(place, shared_disk.mac(MAC)) is remote


@pytest.mark.parametrize(
    ("place", "remote"),
    [
        (r"C:\Users\anna\profdesk", False),
        (r"S:\profdesk", True),
        (r"\\server\school\profdesk", True),
        (r"\\?\UNC\server\school", True),
        (r"\\?\C:\profdesk", False),
    ],
)
def test_windows(place: str, remote: bool) -> None:
    assert is_remote_drive(place, lambda root: 4 if root == "S:\\" else 3) is remote


def test_of_disks_attached_to_one_place_the_last_counts() -> None:
    mounts = [Mount("/mnt/a", "nfs"), Mount("/mnt/a", "ext4")]
    assert not is_remote_in("/mnt/a/b", mounts)
    assert is_remote_in("/mnt/a/b", mounts[::-1])


def test_this_computer_is_asked_and_a_link_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not shared_disk.is_remote(tmp_path)
    far = tmp_path / "far"
    far.mkdir()
    link = tmp_path / "link"
    try:
        link.symlink_to(far, target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links without a right")
    table = tmp_path / "mounts"
    table.write_text(f"/dev/sda / ext4 rw 0 0\nserver:/x {far} nfs rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(shared_disk, "_MOUNTS", table)
    monkeypatch.setattr(shared_disk.sys, "platform", "linux")
    assert shared_disk.is_remote(link / "desk")
    table.unlink()
    assert not shared_disk.is_remote(link / "desk")

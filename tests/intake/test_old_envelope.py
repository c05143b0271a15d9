"""Old workbooks whose sectors lead in a circle or are said to have no end: told, before calamine would follow them."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from profdesk.errors import WrongInputError
from profdesk.intake import roster_file

OLD = Path(__file__).parents[1] / "data" / "rosters" / "old_excel_9a.xls"


def test_a_circle_of_sectors_is_told(tmp_path: Path) -> None:
    data = bytearray(OLD.read_bytes())
    table = (struct.unpack_from("<I", data, 76)[0] + 1) * 512
    numbers = struct.unpack_from("<128I", data, table)
    place = next(at for at, number in enumerate(numbers) if number == at + 1)
    struct.pack_into("<I", data, table + 4 * place, place)
    _refused(tmp_path, data)


def test_a_part_longer_than_its_file_is_told(tmp_path: Path) -> None:
    data = bytearray(OLD.read_bytes())
    directory = (struct.unpack_from("<I", data, 48)[0] + 1) * 512
    struct.pack_into("<I", data, directory + 120, 0xFFFFFF00)
    _refused(tmp_path, data)


@pytest.mark.parametrize("length", [8, 40, 511, 700])
def test_an_envelope_cut_off_is_told(tmp_path: Path, length: int) -> None:
    _refused(tmp_path, OLD.read_bytes()[:length])


def _refused(folder: Path, data: bytes | bytearray) -> None:
    path = folder / "9А.xls"
    path.write_bytes(data)
    with pytest.raises(WrongInputError, match="повреждён"):
        roster_file.read(path)

"""GOST against the standards' own numbers: the hash of RFC 6986, the signatures of RFC 7091, the sets' base points."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from profdesk.signing import gost, streebog
from profdesk.signing.gost import CURVES, Curve

DIGITS = b"012345678901234567890123456789012345678901234567890123456789012"
LAY = "Се ветри, Стрибожи внуци, веютъ с моря стрелами на храбрыя плъкы Игоревы".encode("cp1251")
HASHES = [
    (DIGITS, "9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500"),
    (
        DIGITS,
        "1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f41797891c1646f48",
    ),
    (LAY, "9dd2fe4e90409e5da87f53976d7405b0c0cac628fc669a741d50063c557e8f50"),
    (
        LAY,
        "1e88e62226bfca6f9994f1f2d51569e0daf8475a3b0fe61a5300eee46d961376035fe83549ada2b8620fcd7c496ce5b33f0cb9dddc2b6460143b03dabac9fb28",
    ),
]
"""RFC 6986, 10; the bytes of numbers there stand the other way round."""


def numbers(*hexadecimal: str) -> list[int]:
    return [int(one.replace(" ", ""), 16) for one in hexadecimal]


SHORT = numbers(
    "8000000000000000000000000000000000000000000000000000000000000431", "7",
    "5FBFF498AA938CE739B8E022FBAFEF40563F6E6A3472FC2A514C0CE9DAE23B7E",
    "8000000000000000000000000000000150FE8A1892976154C59CFC193ACCF5B3", "2",
    "08E2A8A0E65147D4BD6316030E16D19C85C97F0A9CA267122B96ABBCEA7E8FC8",
    "7F2B49E270DB6D90D8595BEC458B50C58585BA1D4E9B788F6689DBD8E56FD80B",
    "26F1B489D6701DD185C8413A977B3CBBAF64D1C593D26627DFFB101A87FF77DA",
    "2DFBC1B372D89A1188C09C52E0EEC61FCE52032AB1022E8E67ECE6672B043EE5",
    "41AA28D2F1AB148280CD9ED56FEDA41974053554A42767B83AD043FD39DC0493",
    "1456C64BA4642A1653C235A98A60249BCD6D3F746B631DF928014F6C5BF9C40",
)  # fmt: skip
"""RFC 7091, 7.1: p, a, b, q, the base point, the public key, e, r, s."""
LONG = numbers(
    "4531ACD1FE0023C7550D267B6B2FEE80922B14B2FFB90F04D4EB7C09B5D2D15DF1D852741AF4704A0458047E80E4546D35B8336FAC224DD81664BBF528BE6373",
    "7",
    "1CFF0806A31116DA29D8CFA54E57EB748BC5F377E49400FDD788B649ECA1AC4361834013B2AD7322480A89CA58E0CF74BC9E540C2ADD6897FAD0A3084F302ADC",
    "4531ACD1FE0023C7550D267B6B2FEE80922B14B2FFB90F04D4EB7C09B5D2D15DA82F2D7ECB1DBAC719905C5EECC423F1D86E25EDBE23C595D644AAF187E6E6DF",
    "24D19CC64572EE30F396BF6EBBFD7A6C5213B3B3D7057CC825F91093A68CD762FD60611262CD838DC6B60AA7EEE804E28BC849977FAC33B4B530F1B120248A9A",
    "2BB312A43BD2CE6E0D020613C857ACDDCFBF061E91E5F2C3F32447C259F39B2C83AB156D77F1496BF7EB3351E1EE4E43DC1A18B91B24640B6DBB92CB1ADD371E",
    "115DC5BC96760C7B48598D8AB9E740D4C4A85A65BE33C1815B5C320C854621DD5A515856D13314AF69BC5B924C8B4DDFF75C45415C1D9DD9DD33612CD530EFE1",
    "37C7C90CD40B0F5621DC3AC1B751CFA0E2634FA0503B3D52639F5D7FB72AFD61EA199441D943FFE7F0C70A2759A3CDB84C114E1F9339FDF27F35ECA93677BEEC",
    "3754F3CFACC9E0615C4F4A7C4D8DAB531B09B6F9C170C533A71D147035B0C5917184EE536593F4414339976C647C5D5A407ADEDB1D560C4FC6777D2972075B8C",
    "2F86FA60A081091A23DD795E1E3C689EE512A3C82EE0DCC2643C78EEA8FCACD35492558486B20F1C9EC197C90699850260C93BCBCD9C5C3317E19344E173AE36",
    "1081B394696FFE8E6585E7A9362D26B6325F56778AADBC081C0BFBE933D52FF5823CE288E8C4F362526080DF7F70CE406A6EEB1F56919CB92A9853BDE73E5B4A",
)
"""RFC 7091, 7.2."""


@pytest.mark.parametrize(("message", "wanted"), HASHES)
def test_the_hash_of_the_standard(message: bytes, wanted: str) -> None:
    assert streebog.digest([message], 4 * len(wanted)).hex() == wanted


@settings(max_examples=30)
@given(st.binary(max_size=200), st.lists(st.integers(0, 200), max_size=5))
def test_parts_make_the_same_hash_as_the_whole(message: bytes, cuts: Sequence[int]) -> None:
    edges = [0, *sorted(min(cut, len(message)) for cut in cuts), len(message)]
    parts = [message[start:end] for start, end in pairwise(edges)]
    assert streebog.digest(parts, 256) == streebog.digest([message], 256)


@pytest.mark.parametrize("known", [SHORT, LONG], ids=["256", "512"])
def test_the_signature_of_the_standard(known: Sequence[int]) -> None:
    p, a, b, q, x, y, key_x, key_y, e, r, s = known
    curve, key = Curve(p, a, b, q, (x, y)), (key_x, key_y)
    size = curve.octets
    digest, signature = e.to_bytes(size, "little"), s.to_bytes(size) + r.to_bytes(size)
    assert gost.verify(curve, key, digest, signature)
    for place in (0, size - 1, size, 2 * size - 1):
        spoilt = bytearray(signature)
        spoilt[place] ^= 1
        assert not gost.verify(curve, key, digest, bytes(spoilt))
    assert not gost.verify(curve, key, (e ^ 1).to_bytes(size, "little"), signature)
    assert not gost.verify(curve, (key_x, key_y + 1), digest, signature)
    assert not gost.verify(curve, key, digest, signature[1:])
    for wrong_s, wrong_r in ((0, r), (s, 0), (s + q, r), (s, r + q)):
        if max(wrong_s, wrong_r).bit_length() <= 8 * size:
            assert not gost.verify(curve, key, digest, wrong_s.to_bytes(size) + wrong_r.to_bytes(size))


@pytest.mark.parametrize("identifier", CURVES)
def test_a_base_point_has_the_order_of_its_set(identifier: str) -> None:
    curve = CURVES[identifier]
    assert curve.has(curve.base)
    assert curve.times(curve.q, curve.base) is None
    assert curve.times(curve.q + 1, curve.base) == curve.base
    assert gost.point(curve, b"\1" * 2 * curve.octets) is None
    assert gost.point(curve, b"") is None

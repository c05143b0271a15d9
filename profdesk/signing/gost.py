"""Checking signatures GOST R 34.10-2012 (RFC 7091) on the parameter sets that certificates name (RFC 4357, RFC 7836).

Nothing here signs. A signature is checked with public numbers alone, so nothing has to run in constant time.
"""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[int, int]
"""A point of a curve in affine coordinates; None stands for the point at infinity."""


@dataclass(frozen=True)
class Curve:
    """y² = x³ + ax + b over a prime field; the base point has the prime order ``q``."""

    p: int
    a: int
    b: int
    q: int
    base: Point

    @property
    def octets(self) -> int:
        """How many octets a coordinate takes."""
        return self.p.bit_length() + 7 >> 3

    def has(self, point: Point) -> bool:
        """Whether a point lies on the curve, its coordinates in their range."""
        x, y = point
        on_curve = (y * y - (x * x * x + self.a * x + self.b)) % self.p == 0
        return 0 <= x < self.p and 0 <= y < self.p and on_curve

    def add(self, one: Point | None, other: Point | None) -> Point | None:
        """The sum of two points."""
        if one is None or other is None:
            return one or other
        (x1, y1), (x2, y2) = one, other
        if x1 == x2 and (y1 + y2) % self.p == 0:
            return None
        if one == other:
            slope = (3 * x1 * x1 + self.a) * pow(2 * y1, -1, self.p)
        else:
            slope = (y2 - y1) * pow(x2 - x1, -1, self.p)
        x = (slope * slope - x1 - x2) % self.p
        return x, (slope * (x1 - x) - y1) % self.p

    def times(self, number: int, point: Point) -> Point | None:
        """A point added to itself ``number`` times."""
        made: Point | None = None
        more: Point | None = point
        while number:
            if number & 1:
                made = self.add(made, more)
            more = self.add(more, more)
            number >>= 1
        return made


def verify(curve: Curve, key: Point, digest: bytes, signature: bytes) -> bool:
    """Whether a signature (s, then r, big-endian: RFC 4491, 2.2.2) is by a key over a digest of ``streebog``."""
    half = len(signature) // 2
    if len(signature) != 2 * curve.octets or not curve.has(key):
        return False
    s, r = int.from_bytes(signature[:half]), int.from_bytes(signature[half:])
    if not (0 < r < curve.q and 0 < s < curve.q):
        return False
    inverse = pow(int.from_bytes(digest, "little") % curve.q or 1, -1, curve.q)
    found = curve.add(curve.times(s * inverse % curve.q, curve.base), curve.times(-r * inverse % curve.q, key))
    return found is not None and found[0] % curve.q == r


def point(curve: Curve, octets: bytes) -> Point | None:
    """The public key as certificates hold it: x, then y, little-endian (RFC 4491, 2.3.2); None if it is none."""
    half = len(octets) // 2
    if len(octets) != 2 * curve.octets:
        return None
    found = int.from_bytes(octets[:half], "little"), int.from_bytes(octets[half:], "little")
    return found if curve.has(found) else None


def _curve(p: str, a: str, b: str, q: str, x: str, y: str) -> Curve:
    numbers = (int(number.replace(" ", ""), 16) for number in (p, a, b, q, x, y))
    modulus, first, second, order, left, up = numbers
    return Curve(modulus, first, second, order, (left, up))


_F = "F" * 32
_A = _curve(
    f"{_F}FFFFFFFFFFFFFFFFFFFFFFFFFFFFFD97",
    f"{_F}FFFFFFFFFFFFFFFFFFFFFFFFFFFFFD94",
    "A6",
    f"{_F}6C611070995AD10045841B09B761B893",
    "1",
    "8D91E471E0989CDA27DF505A453F2B7635294F2DDF23E3B122ACC99C9E9F1E14",
)
_B = _curve(
    "8000000000000000000000000000000000000000000000000000000000000C99",
    "8000000000000000000000000000000000000000000000000000000000000C96",
    "3E1AF419A269A5F866A7D3C25C3DF80AE979259373FF2B182F49D4CE7E1BBC8B",
    "800000000000000000000000000000015F700CFFF1A624E5E497161BCC8A198F",
    "1",
    "3FA8124359F96680B83D1C3EB2C070E5C545C9858D03ECFB744BF8D717717EFC",
)
_C = _curve(
    "9B9F605F5A858107AB1EC85E6B41C8AACF846E86789051D37998F7B9022D759B",
    "9B9F605F5A858107AB1EC85E6B41C8AACF846E86789051D37998F7B9022D7598",
    "805A",
    "9B9F605F5A858107AB1EC85E6B41C8AA582CA3511EDDFB74F02F3A6598980BB9",
    "0",
    "41ECE55743711A8C3CBF3783CD08C0EE4D4DC440D4641A8F366E550DFDB3BB67",
)
_TWISTED = _curve(
    f"{_F}FFFFFFFFFFFFFFFFFFFFFFFFFFFFFD97",
    "C2173F1513981673AF4892C23035A27CE25E2013BF95AA33B22C656F277E7335",
    "295F9BAE7428ED9CCC20E7C359A9D41A22FCCD9108E17BF7BA9337A6F8AE9513",
    "400000000000000000000000000000000FD8CDDFC87B6635C115AF556C360C67",
    "91E38443A5E82C0D880923425712B2BB658B9196932E02C78B2582FE742DAA28",
    "32879423AB1A0375895786C4BB46E9565FDE0B5344766740AF268ADB32322E5C",
)
_LONG_A = _curve(
    f"{_F}{_F}{_F}FFFFFFFFFFFFFFFFFFFFFFFFFFFFFDC7",
    f"{_F}{_F}{_F}FFFFFFFFFFFFFFFFFFFFFFFFFFFFFDC4",
    "E8C2505DEDFC86DDC1BD0B2B6667F1DA34B82574761CB0E879BD081CFD0B6265"
    "EE3CB090F30D27614CB4574010DA90DD862EF9D4EBEE4761503190785A71C760",
    f"{_F}{_F}27E69532F48D89116FF22B8D4E0560609B4B38ABFAD2B85DCACDB1411F10B275",
    "3",
    "7503CFE87A836AE3A61B8816E25450E6CE5E1C93ACF1ABC1778064FDCBEFA921"
    "DF1626BE4FD036E93D75E6A50E3A41E98028FE5FC235F5B889A589CB5215F2A4",
)
_LONG_B = _curve(
    "8000000000000000000000000000000000000000000000000000000000000000"
    "000000000000000000000000000000000000000000000000000000000000006F",
    "8000000000000000000000000000000000000000000000000000000000000000"
    "000000000000000000000000000000000000000000000000000000000000006C",
    "687D1B459DC841457E3E06CF6F5E2517B97C7D614AF138BCBF85DC806C4B289F"
    "3E965D2DB1416D217F8B276FAD1AB69C50F78BEE1FA3106EFB8CCBC7C5140116",
    "8000000000000000000000000000000000000000000000000000000000000001"
    "49A1EC142565A545ACFDB77BD9D40CFA8B996712101BEA0EC6346C54374F25BD",
    "2",
    "1A8F7EDA389B094C2C071E3647A8940F3C123B697578C213BE6DD9E6C8EC7335"
    "DCB228FD1EDF4A39152CBCAAF8C0398828041055F94CEEEC7E21340780FE41BD",
)
_LONG_C = _curve(
    f"{_F}{_F}{_F}FFFFFFFFFFFFFFFFFFFFFFFFFFFFFDC7",
    "DC9203E514A721875485A529D2C722FB187BC8980EB866644DE41C68E1430645"
    "46E861C0E2C9EDD92ADE71F46FCF50FF2AD97F951FDA9F2A2EB6546F39689BD3",
    "B4C4EE28CEBC6C2C8AC12952CF37F16AC7EFB6A9F69F4B57FFDA2E4F0DE5ADE0"
    "38CBC2FFF719D2C18DE0284B8BFEF3B52B8CC7A5F5BF0A3C8D2319A5312557E1",
    f"3FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF{_F}C98CDBA46506AB004C33A9FF5147502CC8EDA9E7A769A12694623CEF47F023ED",
    "E2E31EDFC23DE7BDEBE241CE593EF5DE2295B7A9CBAEF021D385F7074CEA043A"
    "A27272A7AE602BF2A7B9033DB9ED3610C6FB85487EAE97AAC5BC7928C1950148",
    "F5CE40D95B5EB899ABBCCFF5911CB8577939804D6527378B8C108C3D2090FF9B"
    "E18E2D33E3021ED2EF32D85822423B6304F726AA854BAE07D0396E9A9ADDC40F",
)
CURVES = {
    "1.2.643.2.2.35.1": _A,
    "1.2.643.2.2.35.2": _B,
    "1.2.643.2.2.35.3": _C,
    "1.2.643.2.2.36.0": _A,
    "1.2.643.2.2.36.1": _C,
    "1.2.643.7.1.2.1.1.1": _TWISTED,
    "1.2.643.7.1.2.1.1.2": _A,
    "1.2.643.7.1.2.1.1.3": _B,
    "1.2.643.7.1.2.1.1.4": _C,
    "1.2.643.7.1.2.1.2.1": _LONG_A,
    "1.2.643.7.1.2.1.2.2": _LONG_B,
    "1.2.643.7.1.2.1.2.3": _LONG_C,
}
"""Curves by the object identifiers of their parameter sets: some sets are one curve under two names."""

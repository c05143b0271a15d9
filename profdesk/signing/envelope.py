"""The parts of a CMS SignedData (RFC 5652) that no signature covers: they must be just so, in papers and parcels.

A signature covers the document and the signed attributes, and through them the certificate
(RFC 5035). Versions, the outer list of digests and unsigned attributes are free to be changed, so
anything but the one form that this program and PAdES B-B write is refused.
"""

from __future__ import annotations

from asn1crypto import algos, cms, x509

_SEQUENCE, _SET, _OCTETS, _FIRST = 0x30, 0x31, 0x04, 0xA0
_VERSION: bytes = cms.CMSVersion("v1").dump()
_SIGNED_DATA: bytes = cms.ContentType("signed_data").dump()
_DATA: bytes = cms.ContentType("data").dump()
_SHA256: bytes = algos.DigestAlgorithm({"algorithm": "sha256"}).dump()
_ECDSA: bytes = algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}).dump()


def is_plain(contents: bytes, signed: cms.SignedData, certificate: x509.Certificate) -> bool:
    """Whether /Contents holds one SHA-256 signer, that signer's certificate, then zeros, and nothing more.

    The one form is written anew around what the signature covers, and must be there byte for byte: attributes, which
    have to be DER themselves, the certificate, which ``keys.describe`` takes in DER alone, and the signature.
    """
    if len(signed["signer_infos"]) != 1:
        return False
    signer = signed["signer_infos"][0]
    attributes: bytes = signer["signed_attrs"].dump()
    if attributes != signer["signed_attrs"].dump(force=True):
        return False
    exact = written(None, attributes, certificate, signer["signature"].native)
    return contents.startswith(exact) and not any(contents[len(exact) :])


def written(content: bytes | None, attributes: bytes, certificate: x509.Certificate, signature: bytes) -> bytes:
    """ContentInfo with all that is in it (RFC 5652, 3, 5.1 and 5.3), in DER.

    ``content`` is None where it lies apart; ``attributes`` are in DER under the tag [0].
    """
    inside = () if content is None else (_tlv(_FIRST, _tlv(_OCTETS, content)),)
    serial = certificate["tbs_certificate"]["serial_number"].dump()
    signer = _tlv(
        _SEQUENCE,
        _VERSION,
        _tlv(_SEQUENCE, certificate.issuer.dump(), serial),
        _SHA256,
        attributes,
        _ECDSA,
        _tlv(_OCTETS, signature),
    )
    signed = _tlv(
        _SEQUENCE,
        _VERSION,
        _tlv(_SET, _SHA256),
        _tlv(_SEQUENCE, _DATA, *inside),
        _tlv(_FIRST, certificate.dump()),
        _tlv(_SET, signer),
    )
    return _tlv(_SEQUENCE, _SIGNED_DATA, _tlv(_FIRST, signed))


def _tlv(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    length = len(content)
    if length < 128:
        return bytes((tag, length)) + content
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((tag, 128 | len(octets))) + octets + content

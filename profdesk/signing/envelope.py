"""The parts of a CMS SignedData (RFC 5652) that no signature covers: they must be just so.

A signature covers the document and the signed attributes, and through them the certificate
(RFC 5035). Versions, the outer list of digests and unsigned attributes are free to be changed, so
anything but the one form that this program and PAdES B-B write is refused.
"""

from __future__ import annotations

from asn1crypto import cms, x509

_DIGEST = {"algorithm": "sha256", "parameters": None}


def is_plain(contents: bytes, signed: cms.SignedData, certificate: x509.Certificate) -> bool:
    """Whether /Contents holds one SHA-256 signer, that signer's certificate, then zeros, and nothing more."""
    exact = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()
    if not contents.startswith(exact) or any(contents[len(exact) :]):
        return False
    if signed.dump() != signed.dump(force=True) or len(signed["signer_infos"]) != 1:
        return False
    signer = signed["signer_infos"][0]
    return (
        signed["version"].native == "v1"
        and [digest.native for digest in signed["digest_algorithms"]] == [_DIGEST]
        and signed["encap_content_info"].native == {"content_type": "data", "content": None}
        and [choice.chosen.dump() for choice in signed["certificates"]] == [certificate.dump()]
        and not signed["crls"]
        and signer["version"].native == "v1"
        and signer["digest_algorithm"].native == _DIGEST
        and signer["signature_algorithm"].native == {"algorithm": "sha256_ecdsa", "parameters": None}
        and not signer["unsigned_attrs"]
        and signer["sid"].name == "issuer_and_serial_number"
        and signer["sid"].chosen["serial_number"].native == certificate.serial_number
        and signer["sid"].chosen["issuer"].dump() == certificate.issuer.dump()
    )

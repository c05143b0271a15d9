"""The parts of a CMS SignedData (RFC 5652) that no signature covers: they must be just so.

A signature covers the document and the signed attributes, and through them the certificate
(RFC 5035). Versions, the outer list of digests and unsigned attributes are free to be changed, so
anything but the one form that this program and PAdES B-B write is refused.
"""

from __future__ import annotations

from asn1crypto import algos, cms, x509

_SHA256 = {"algorithm": "sha256"}


def is_plain(contents: bytes, signed: cms.SignedData, certificate: x509.Certificate) -> bool:
    """Whether /Contents holds one SHA-256 signer, that signer's certificate, then zeros, and nothing more.

    The one form is written anew around what the signature covers, and must be there byte for byte: attributes, which
    have to be DER themselves, the certificate, which ``keys.describe`` takes in DER alone, and the signature.
    """
    if len(signed["signer_infos"]) != 1:
        return False
    signer = signed["signer_infos"][0]
    attributes = signer["signed_attrs"]
    if attributes.dump() != attributes.dump(force=True):
        return False
    exact = _written(attributes, certificate, signer["signature"].native)
    return contents.startswith(exact) and not any(contents[len(exact) :])


def _written(attributes: cms.CMSAttributes, certificate: x509.Certificate, signature: bytes) -> bytes:
    named = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier("issuer_and_serial_number", cms.IssuerAndSerialNumber(named)),
            "digest_algorithm": algos.DigestAlgorithm(_SHA256),
            "signed_attrs": attributes,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
            "signature": signature,
        }
    )
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [algos.DigestAlgorithm(_SHA256)],
            "encap_content_info": {"content_type": "data"},
            "certificates": [certificate],
            "signer_infos": [signer],
        }
    )
    made: bytes = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()
    return made

"""Signature files made outside (CMS, RFC 5652): DER, PEM or bare Base64, with the document inside or apart.

RSA and ECDSA are checked by pyHanko, GOST R 34.10-2012 here and by ``signing.gost``. No chain of certificates is
followed: a signature that holds is mathematically right, and that is all that is said of it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from datetime import datetime
from typing import Any, ClassVar

from asn1crypto import algos, cms, core, pem, tsp, x509
from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from profdesk.domain.detached import LABEL, OutsideSigner, OutsideVerdict
from profdesk.signing import gost, streebog

_MOST_SIGNERS = 8
_STREEBOG = {"1.2.643.7.1.1.2.2": 256, "1.2.643.7.1.1.2.3": 512}
_GOST_KEYS = {"1.2.643.7.1.1.1.1": 256, "1.2.643.7.1.1.1.2": 512}
_NAMING = ("signing_certificate", "signing_certificate_v2")
_HASHES = ("sha256", "sha384", "sha512")
_NAMES = {"rsassa_pkcs1v15": "RSA", "rsassa_pss": "RSA", "rsa": "RSA", "ecdsa": "ECDSA"}
_NO_CMS = "Это не файл подписи. Нужен файл .sig или .p7s: сама подпись в виде DER или Base64."
_APART = "Самого документа в файле подписи нет: выберите и его."
_OTHER = "Подпись к этому файлу не подходит: файл изменён или подписан другой."
_SPOILED = "Подпись повреждена: она не сходится сама с собой. Попросите прислать её ещё раз."
_NO_CERTIFICATE = "В файле подписи нет сертификата того, кто подписал. Попросите подписать «с сертификатом»."
_UNKNOWN = "Такой вид подписи программа не проверяет ({}). Проверяются ГОСТ Р 34.10-2012, RSA и ECDSA."
_MALFORMED = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError, ArithmeticError,
    binascii.Error, SignatureValidationError, UnsupportedAlgorithm, NotImplementedError,
)  # fmt: skip


class _KeyInfo(core.Sequence):  # type: ignore[misc]  # asn1crypto is untyped
    """SubjectPublicKeyInfo of any algorithm (RFC 5280, 4.1.2.7)."""

    _fields: ClassVar[list[Any]] = [("algorithm", algos.AnyAlgorithmIdentifier), ("public_key", core.OctetBitString)]


class _GostParameters(core.Sequence):  # type: ignore[misc]  # asn1crypto is untyped
    """The parameter sets of a GOST key (RFC 9215, 4.2)."""

    _fields: ClassVar[list[Any]] = [
        ("public_key_param_set", core.ObjectIdentifier),
        ("digest_param_set", core.ObjectIdentifier, {"optional": True}),
    ]


class _RefusedError(Exception):
    """A signature does not hold, with a sentence that says why."""


def check(signature: bytes, document: bytes | None) -> OutsideVerdict:
    """Say whether every signature of a file holds over a document (None: over the one inside it); never raises."""
    try:
        signed = _signed_data(signature)
        content = _content(signed, document)
        infos = list(signed["signer_infos"])
        if not 0 < len(infos) <= _MOST_SIGNERS:
            return OutsideVerdict(False, _NO_CMS)
        signers = tuple(_signer(signed, info, content) for info in infos)
    except _RefusedError as error:
        return OutsideVerdict(False, str(error))
    except _MALFORMED:
        return OutsideVerdict(False, _NO_CMS)
    return OutsideVerdict(True, f"Подпись {LABEL}.", signers)


def holds_document(signature: bytes) -> bool:
    """Whether a signature file has inside it what it signs; False for what is none."""
    try:
        return _signed_data(signature)["encap_content_info"]["content"].native is not None
    except _MALFORMED:
        return False


def _signed_data(signature: bytes) -> cms.SignedData:
    found = cms.ContentInfo.load(_der(signature), strict=True)
    if found["content_type"].native != "signed_data":
        raise ValueError("no SignedData")
    return found["content"]


def _der(signature: bytes) -> bytes:
    if signature[:1] == b"\x30":
        return signature
    if pem.detect(signature):
        _, _, found = pem.unarmor(signature)
        return bytes(found)
    return base64.b64decode(re.sub(rb"\s+", b"", signature.removeprefix(b"\xef\xbb\xbf")), validate=True)


def _content(signed: cms.SignedData, document: bytes | None) -> bytes:
    """The bytes that are signed: those inside, which must be the document's, or the document itself."""
    inside: bytes | None = signed["encap_content_info"]["content"].native
    if inside is not None and document is not None and inside != document:
        raise _RefusedError(_OTHER)
    found = inside if document is None else document
    if found is None:
        raise _RefusedError(_APART)
    return found


def _signer(signed: cms.SignedData, info: cms.SignerInfo, content: bytes) -> OutsideSigner:
    certificate = _certificate(signed, info)
    hashed = info["digest_algorithm"]["algorithm"].native
    kind = signed["encap_content_info"]["content_type"].native
    if hashed in _STREEBOG:
        algorithm = f"ГОСТ Р 34.10-2012, {_STREEBOG[hashed]} бит"
        whole, right = _gost_integrity(info, certificate, kind, content, _STREEBOG[hashed])
    else:
        algorithm = f"{_mechanism(info, hashed)}, {hashed.upper()}"
        digest = hashlib.new(hashed, content).digest()
        whole, right = validate_sig_integrity(info, certificate, kind, digest)
    if not whole:
        raise _RefusedError(_OTHER)
    if not right:
        raise _RefusedError(_SPOILED)
    return described(certificate, algorithm, _signed_at(info))


def _mechanism(info: cms.SignerInfo, hashed: str) -> str:
    algorithm = info["signature_algorithm"]["algorithm"]
    name = algorithm.native.partition("_")[2] if algorithm.native.startswith("sha") else algorithm.native
    if hashed not in _HASHES or name not in _NAMES:
        raise _RefusedError(_UNKNOWN.format(f"{algorithm.native}, {hashed}"))
    return _NAMES[name]


def _certificate(signed: cms.SignedData, info: cms.SignerInfo) -> x509.Certificate:
    """The certificate in the file that a signer is named by."""
    sid = info["sid"]
    for choice in signed["certificates"]:
        found = choice.chosen
        if not isinstance(found, x509.Certificate):
            continue
        if sid.name == "issuer_and_serial_number":
            named = sid.chosen
            if named["serial_number"].native == found.serial_number and named["issuer"] == found.issuer:
                return found
        elif found.key_identifier == sid.chosen.native:
            return found
    raise _RefusedError(_NO_CERTIFICATE)


def _gost_integrity(
    info: cms.SignerInfo, certificate: x509.Certificate, kind: str, content: bytes, bits: int
) -> tuple[bool, bool]:
    """Whether the content is the one that was signed, and whether the signature is right.

    As pyHanko does for others (RFC 5652, 5.4 and 11; RFC 5035), which knows no digest of GOST; certificates are named
    by such digests too.
    """
    digest, attributes = streebog.digest([content], bits), info["signed_attrs"]
    if isinstance(attributes, core.Void):
        right = _is_right(certificate, digest, info["signature"].native, bits)
        return right, right
    told = {one["type"].native: [value.native for value in one["values"]] for one in attributes}
    whole = (told.get("message_digest"), told.get("content_type")) == ([digest], [kind])
    signed = streebog.digest([attributes.untag().dump()], bits)
    right = len(told) == len(attributes) and _is_named(attributes, certificate)
    return whole, right and _is_right(certificate, signed, info["signature"].native, bits)


def _is_right(certificate: x509.Certificate, digest: bytes, signature: bytes, bits: int) -> bool:
    key = _KeyInfo.load(certificate.public_key.dump())
    parameters = _GostParameters.load(key["algorithm"]["parameters"].dump())
    curve = gost.CURVES[parameters["public_key_param_set"].dotted]
    point = gost.point(curve, core.OctetString.load(key["public_key"].native).native)
    if bits != _GOST_KEYS[key["algorithm"]["algorithm"].dotted] or point is None:
        return False
    return gost.verify(curve, point, digest, signature)


def _is_named(attributes: cms.CMSAttributes, certificate: x509.Certificate) -> bool:
    """Whether a certificate is the one that the signature itself names, where it names one."""
    names = [one["values"][0]["certs"][0] for one in attributes if one["type"].native in _NAMING]
    return all(one["cert_hash"].native == _digest(one, certificate.dump()) for one in names)


def _digest(named: tsp.ESSCertID | tsp.ESSCertIDv2, certificate: bytes) -> bytes:
    algorithm = "sha1" if isinstance(named, tsp.ESSCertID) else named["hash_algorithm"]["algorithm"].native
    if algorithm in _STREEBOG:
        return streebog.digest([certificate], _STREEBOG[algorithm])
    return hashlib.new(algorithm, certificate).digest()


def _signed_at(info: cms.SignerInfo) -> datetime | None:
    for attribute in info["signed_attrs"]:
        if attribute["type"].native == "signing_time":
            found: datetime = attribute["values"][0].native
            return found
    return None


def described(certificate: x509.Certificate, algorithm: str, signed_at: datetime | None) -> OutsideSigner:
    """Who signed, in the words of the certificate."""
    subject: dict[str, Any] = certificate.subject.native
    issuer: dict[str, Any] = certificate.issuer.native
    validity = certificate["tbs_certificate"]["validity"].native
    whole = " ".join(filter(None, (subject.get("surname"), subject.get("given_name"))))
    return OutsideSigner(
        name=_plain(whole or subject.get("common_name")),
        organisation=_plain(subject.get("organization_name")),
        post=_plain(subject.get("title")),
        issuer=_plain(issuer.get("common_name") or issuer.get("organization_name")),
        serial=f"{certificate.serial_number:X}",
        valid_from=validity["not_before"],
        valid_until=validity["not_after"],
        algorithm=algorithm,
        signed_at=signed_at,
    )


def _plain(words: object) -> str:
    """Words of a certificate on one line; several values are joined."""
    told = ", ".join(map(str, words)) if isinstance(words, list) else str(words or "")
    return " ".join("".join(letter if letter.isprintable() else " " for letter in told).split())

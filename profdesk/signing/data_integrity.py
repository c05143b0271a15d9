"""Data Integrity proofs of JSON-LD documents (W3C VC Data Integrity 1.0), cryptosuite eddsa-rdfc-2022.

What is signed is the RDF a document says, in its canonical form (RDFC-1.0), so contexts decide what is signed: they
are shipped, pinned by their digests, and nothing is ever loaded from a network. A member that no context knows is not
signed at all: whoever verifies has to know by other means that there is none.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from profdesk import assets
from profdesk.errors import WrongInputError
from profdesk.signing import multibase

CONTEXTS = {
    "https://www.w3.org/ns/credentials/v2": (
        "credentials-v2.json",
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": (
        "open-badges-3.0.3.json",
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    ),
}
"""Where a context is known from: its file in ``resources/badges`` and the SHA-256 of it."""
_SIGNATURE = 64
_SHOWN = 100
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


def prove(document: Mapping[str, Any], options: Mapping[str, Any], key: Ed25519PrivateKey) -> dict[str, Any]:
    """The proof that secures a document: its ``options`` with ``proofValue``; the same each time."""
    return {**options, "proofValue": multibase.encoded(key.sign(digest(document, options)))}


def proves(document: Mapping[str, Any], proof: Mapping[str, Any], public: bytes) -> bool:
    """Whether a proof was made over a document by the owner of a public key; its options are the caller's to judge."""
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    try:
        signature = multibase.decoded(str(proof.get("proofValue")), _SIGNATURE)
        Ed25519PublicKey.from_public_bytes(public).verify(signature, digest(document, options))
    except (ValueError, InvalidSignature):
        return False
    return True


def digest(document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    """What is signed (vc-di-eddsa, 3.2.4): the digest of the proof's options, then that of the document."""
    told = {"@context": document["@context"], **options}
    return b"".join(hashlib.sha256(_canonical(one).encode()).digest() for one in (told, document))


def context(url: str) -> dict[str, Any]:
    """A context by its address; WrongInputError for one that is not shipped."""
    if url not in CONTEXTS:
        raise WrongInputError(
            f"Значок опирается на словарь «{url[:_SHOWN]}», которого в программе нет, а из сети она ничего не берёт."
        )
    return _shipped(*CONTEXTS[url])


@cache
def _shipped(name: str, sha256: str) -> dict[str, Any]:
    data = assets.resource("badges", name).read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise WrongInputError(f"Файл программы «{name}» повреждён. Установите программу заново.")
    found: dict[str, Any] = json.loads(data)
    return found


def _canonical(document: Mapping[str, Any]) -> str:
    """N-Quads in canonical order; pyld calls RDFC-1.0 by its former name.

    It leaves control characters as they are, where the standard has escapes: others would count another digest.
    """
    from pyld import jsonld

    def load(url: str, _: object) -> dict[str, Any]:
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": context(url)}

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
    try:
        told = str(jsonld.normalize(document, options))
    except jsonld.JsonLdError as error:
        raise WrongInputError("Содержание значка не читается: возьмите файл, который сохранила программа.") from error
    if _CONTROL.search(told):
        raise WrongInputError("Значок не подписать и не проверить: в его словах есть невидимый управляющий знак.")
    return told

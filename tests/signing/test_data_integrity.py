"""Proofs of JSON-LD: the published vector of eddsa-rdfc-2022, contexts that are pinned, keys by their names."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from profdesk import assets
from profdesk.errors import WrongInputError
from profdesk.signing import data_integrity, multibase

# W3C Recommendation vc-di-eddsa, appendix B.1
DID = "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
SECRET = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
SIGNED = "z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme"
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
OPTIONS = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-rdfc-2022",
    "created": "2023-02-24T23:36:38Z",
    "verificationMethod": multibase.method(DID),
    "proofPurpose": "assertionMethod",
}


def credential(*contexts: str) -> dict[str, Any]:
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2", *contexts],
        "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
        "type": ["VerifiableCredential", "AlumniCredential"],
        "name": "Alumni Credential",
        "description": "A minimum viable example of an Alumni Credential.",
        "issuer": "https://vc.example/issuers/5678",
        "validFrom": "2023-01-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
    }


@pytest.fixture
def with_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The context of the published vector beside the shipped ones."""
    shutil.copytree(assets.resource("badges"), tmp_path, dirs_exist_ok=True)
    words = {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}
    (tmp_path / "examples.json").write_text(json.dumps(words), encoding="utf-8")
    sha256 = hashlib.sha256(json.dumps(words).encode()).hexdigest()
    monkeypatch.setattr(assets, "resource", lambda _, name: tmp_path / name)
    monkeypatch.setitem(data_integrity.CONTEXTS, EXAMPLES, ("examples.json", sha256))


@pytest.mark.usefixtures("with_examples")
def test_the_published_vector() -> None:
    document = credential(EXAMPLES)
    assert data_integrity.digest(document, OPTIONS).hex() == (
        "bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b0"
        "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017"
    )
    key = Ed25519PrivateKey.from_private_bytes(multibase.decoded(SECRET, 34)[2:])
    proof = data_integrity.prove(document, OPTIONS, key)
    assert proof["proofValue"] == SIGNED
    assert data_integrity.proves(document, proof, multibase.public_key(DID))
    assert not data_integrity.proves({**document, "name": "Alumni Credentia"}, proof, multibase.public_key(DID))
    assert not data_integrity.proves(document, {**proof, "created": "2023-02-24T23:36:39Z"}, multibase.public_key(DID))
    assert not data_integrity.proves(document, OPTIONS, multibase.public_key(DID))


def test_a_context_that_is_not_shipped_is_refused() -> None:
    with pytest.raises(WrongInputError, match="не читается"):
        data_integrity.digest(credential(EXAMPLES), OPTIONS)
    with pytest.raises(WrongInputError, match="examples/v2», которого в программе нет"):
        data_integrity.context(EXAMPLES)


@pytest.mark.parametrize("letter", ["\x00", "\x08", "\x0b", "\x1f", "\x7f"])
def test_what_others_would_write_in_another_way_is_not_signed(letter: str) -> None:
    with pytest.raises(WrongInputError, match="управляющий знак"):
        data_integrity.digest({**credential(), "name": f"Ким{letter}"}, OPTIONS)
    assert data_integrity.digest({**credential(), "name": 'Ким\t\n\r"\\😀\u2028'}, OPTIONS)


def test_a_context_that_was_changed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (url, (name, sha256)) = next(iter(data_integrity.CONTEXTS.items()))
    changed = assets.resource("badges", name).read_bytes().replace(b"credentials#issuer", b"credentials#holder")
    (tmp_path / "changed.json").write_bytes(changed)
    monkeypatch.setattr(assets, "resource", lambda _, name: tmp_path / name)
    monkeypatch.setitem(data_integrity.CONTEXTS, url, ("changed.json", sha256))
    with pytest.raises(WrongInputError, match="повреждён"):
        data_integrity.context(url)


@pytest.mark.parametrize("url", data_integrity.CONTEXTS)
def test_contexts_ship_as_they_were_published(url: str) -> None:
    assert data_integrity.context(url)["@context"]["@protected"] is True


def test_a_key_has_one_name() -> None:
    raw = bytes(range(32))
    did = multibase.did_key(raw)
    assert multibase.public_key(did) == raw
    assert did.startswith("did:key:z6Mk")
    zero = multibase.encoded(bytes(3) + b"\x01")
    assert (zero, multibase.decoded(zero, 4)) == ("z1112", bytes(3) + b"\x01")
    for wrong in (
        "",
        "did:key:",
        did[:-1],
        f"{did}1",
        did.replace("z6Mk", "z16Mk"),
        did.replace("z6Mk", "z0Mk"),
        SECRET,
    ):
        with pytest.raises(ValueError, match=r"did:key|multibase|way to write|substring|Ed25519"):
            multibase.public_key(wrong)
    with pytest.raises(ValueError, match="no Ed25519 key"):
        multibase.public_key("did:key:" + multibase.encoded(b"\x80\x24" + raw))

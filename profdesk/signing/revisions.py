"""What whoever signs after others may change of a document: a signature's own field, and the date of the change.

pyHanko judges the difference between revisions by these rules, fewer than its usual ones. They let what a document
says of itself be rewritten, since every writer dates its change there; so that is compared here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, StreamObject
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.diff_analysis.form_rules_api import FormUpdatingRule
from pyhanko.sign.diff_analysis.policies import StandardDiffPolicy
from pyhanko.sign.diff_analysis.rules.file_structure_rules import CatalogModificationRule, XrefStreamRule
from pyhanko.sign.diff_analysis.rules.form_field_rules import SigFieldCreationRule, SigFieldModificationRule
from pyhanko.sign.diff_analysis.rules.metadata_rules import DocInfoRule, MetadataUpdateRule
from pyhanko.sign.validation import EmbeddedPdfSignature

_DATED = ("/ModDate", "/Producer")
_DATES = re.compile(rb'(xmp:ModifyDate|pdf:Producer|x:xmptk)="[^"]*"')
_CATALOG = frozenset({"/AcroForm", "/Metadata", "/Extensions", "/Version"})
_CREATION = SigFieldCreationRule()  # type: ignore[no-untyped-call]  # untyped in pyHanko
_WORDS = MetadataUpdateRule()  # type: ignore[no-untyped-call]  # untyped in pyHanko
POLICY = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(ignored_keys=_CATALOG),  # type: ignore[no-untyped-call]  # untyped in pyHanko
        DocInfoRule().as_qualified(ModificationLevel.LTA_UPDATES),
        XrefStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        _WORDS.as_qualified(ModificationLevel.LTA_UPDATES),
    ],
    form_rule=FormUpdatingRule(
        [_CREATION, SigFieldModificationRule(allow_in_place_appearance_stream_changes=False)],
        ignored_acroform_keys=frozenset({"/Fields"}),
    ),
)


def are_all_signed(document: PdfFileReader, signatures: Sequence[EmbeddedPdfSignature]) -> bool:
    """Whether each revision after that which was drawn bears a signature of its own, and none is gone."""
    return [one.signed_revision for one in signatures] == list(range(1, document.total_revisions))


def title(document: PdfFileReader) -> str | None:
    """The title as the first signer saw it."""
    return _info(document.get_historical_resolver(1)).get("/Title")


def says_the_same(document: PdfFileReader) -> bool:
    """Whether no later revision says anything else of the document than the one that was signed first."""
    signed = map(document.get_historical_resolver, range(1, document.total_revisions))
    first, *others = ((_info(then), _metadata(then)) for then in signed)
    return all(one == first for one in others)


def _info(then: HistoricalResolver) -> dict[str, str]:
    trailer = then.trailer_view
    if "/Info" not in trailer:
        return {}
    info = trailer.raw_get("/Info")
    found = then.get_object(info.reference) if isinstance(info, IndirectObject) else info
    if not isinstance(found, DictionaryObject):
        return {}
    return {str(name): str(found[name]) for name in found if name not in _DATED}


def _metadata(then: HistoricalResolver) -> bytes:
    found = then.root.get("/Metadata")
    return _DATES.sub(b"", found.data) if isinstance(found, StreamObject) else b""

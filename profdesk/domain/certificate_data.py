"""A certificate's facts as JSON: what the register keeps of every paper that was issued."""

from __future__ import annotations

import json

from profdesk.domain.certificate import CertificateFacts

SCHEMA = "profdesk-certificate/1"


def to_json(facts: CertificateFacts) -> str:
    """Write every fact that was drawn, so that the same paper can be drawn again; deterministic."""
    return json.dumps(
        {
            "schema": SCHEMA,
            "number": facts.number,
            "issued_on": facts.issued_on.isoformat(),
            "organisation": {
                "legal_form": facts.organisation.legal_form,
                "name": facts.organisation.name,
                "municipality": facts.organisation.municipality,
            },
            "pupil": facts.pupil.full,
            "group": facts.group,
            "level": facts.level.code,
            "year": facts.year.title,
            "competencies": [
                {"code": item.code, "title": item.plain, "stage": stage}
                for item, stage in zip(facts.competencies.items, facts.stages, strict=True)
            ],
            "signatories": [[signatory.post, signatory.name] for signatory in facts.signatories],
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )

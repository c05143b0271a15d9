"""What the command line prints: rosters and verdicts as JSON or as words."""

from __future__ import annotations

from profdesk.domain.certificate_claim import CodeAnswer
from profdesk.domain.detached import OutsideVerdict
from profdesk.domain.roster import PassedLine, RefusedLine, Roster, RosterPupil
from profdesk.domain.verification import KeyInfo, Verdict, Verification

_VERDICTS = {
    Verdict.TRUSTED: "Файл цел, подпись верна, ключ известен.",
    Verdict.UNKNOWN_KEY: "Файл цел, подпись верна, но ключ на этом компьютере неизвестен.",
    Verdict.REFUSED: "Файл не принят.",
}
_CODE_VERDICTS = {
    Verdict.TRUSTED: "Код подлинный.",
    Verdict.UNKNOWN_KEY: "Код прочитан, но ключ на этом компьютере неизвестен.",
    Verdict.REFUSED: "Код не принят.",
}
_BADGE_VERDICTS = {
    Verdict.TRUSTED: "Значок подлинный.",
    Verdict.UNKNOWN_KEY: "Значок прочитан, но ключ на этом компьютере неизвестен.",
    Verdict.REFUSED: "Значок не принят.",
}


def roster_json(roster: Roster) -> dict[str, object]:
    """Good and refused lines in file order, for scripts."""
    return {
        "pupils": [
            {
                "surname": pupil.name.surname,
                "given": pupil.name.given,
                "patronymic": pupil.name.patronymic,
                "birth_date": pupil.birth_date.isoformat(),
                "sex": pupil.sex.value if pupil.sex else None,
                "group": pupil.group.title if pupil.group else None,
                "line": pupil.line,
                "sheet": pupil.sheet,
                "remarks": list(pupil.remarks),
                "gone": pupil.gone or None,
            }
            for pupil in roster.pupils
        ],
        "refused": [
            {"line": line.line, "sheet": line.sheet, "cell": line.cell, "reason": line.reason, "text": line.text}
            for line in roster.refused
        ],
        "passed": [
            {"line": line.line, "sheet": line.sheet, "reason": line.reason, "text": line.text} for line in roster.passed
        ],
        "notices": list(roster.notices),
    }


def roster_text(roster: Roster) -> str:
    """Say what was read: classes with counts, then every other line, then what was not read."""
    counts: dict[str, int] = {}
    for pupil in roster.pupils:
        title = pupil.group.title if pupil.group else "класс не указан"
        counts[title] = counts.get(title, 0) + 1
    lines = [f"Прочитано учеников: {len(roster.pupils)}"]
    lines += [f"  {title}: {count}" for title, count in counts.items()]
    gone = [pupil for pupil in roster.pupils if pupil.gone]
    if gone:
        lines.append(f"Из них выбыли, по умолчанию не берём: {len(gone)}")
        lines += [f"  {_at(pupil)}: {pupil.name.full}, «{pupil.gone}»" for pupil in gone]
    if roster.refused:
        lines.append(f"Отказано строк: {len(roster.refused)}")
        lines += [f"  {_at(line)}: {line.told}" for line in roster.refused]
    if roster.passed:
        lines.append(f"Строк не об учениках: {len(roster.passed)}")
        lines += [f"  {_at(line)}: «{line.text}». {line.reason}" for line in roster.passed]
    return "\n".join((*lines, *roster.notices))


def _at(line: RosterPupil | RefusedLine | PassedLine) -> str:
    sheet = f"лист «{line.sheet}», " if line.sheet else ""
    return f"{sheet}строка {line.line}"


def code_json(answer: CodeAnswer) -> dict[str, object]:
    """What a code claims and whether that is proven, for scripts."""
    claim = answer.claim
    return {
        "verdict": answer.verdict.name.lower(),
        "reason": answer.reason,
        "key": answer.key and _key_json(answer.key),
        "register": answer.standing or None,
        "withdrawn": answer.withdrawn if answer.looked_up else None,
        "claim": claim
        and {
            "number": claim.number,
            "issued_on": claim.issued_on.isoformat(),
            "organisation": claim.organisation,
            "pupil": claim.pupil,
            "group": claim.group,
            "year": claim.year.title,
            "level": claim.level,
            "highest": claim.highest,
            "stages": list(claim.stages),
            "formed_only": claim.formed_only,
            "competencies": list(answer.names) if answer.names else None,
        },
    }


def code_text(answer: CodeAnswer) -> str:
    """The verdict on a code in words, then what the certificate says."""
    return _certified(_CODE_VERDICTS[answer.verdict], answer)


def badge_text(answer: CodeAnswer) -> str:
    """The same of a digital badge."""
    return _certified(_BADGE_VERDICTS[answer.verdict], answer)


def _certified(verdict: str, answer: CodeAnswer) -> str:
    if answer.verdict is Verdict.TRUSTED and answer.withdrawn:
        verdict = f"{verdict.removesuffix('.')}, но сертификат отозван."
    lines = [verdict, answer.reason]
    if answer.standing:
        lines.append(f"По реестру: {answer.standing}")
    if (claim := answer.claim) is not None:
        lines += [
            f"Сертификат № {claim.number}, выдан {claim.issued_on:%d.%m.%Y}",
            f"Кому: {claim.pupil}, {claim.group}, {claim.year.title} учебный год",
            f"Кем: {claim.organisation}",
            *(f"  {name}: {stage}" for name, stage in answer.lines),
        ]
    if answer.key:
        lines.append(f"Ключ: {answer.key.organisation}, {answer.key.holder}, отпечаток {answer.key.spoken_fingerprint}")
    return "\n".join(lines)


def verification_json(answer: Verification) -> dict[str, object]:
    """The verdict with every signature and full fingerprints, for scripts; ``key`` is the one the reason speaks of."""
    return {
        "verdict": answer.verdict.name.lower(),
        "reason": answer.reason,
        "title": answer.title,
        "signed_at": answer.signed_at.isoformat() if answer.signed_at else None,
        "key": answer.key and _key_json(answer.key),
        "signatures": [
            {"key": _key_json(one.key), "signed_at": one.signed_at.isoformat(), "known": one.known}
            for one in answer.signatures
        ],
    }


def _key_json(key: KeyInfo) -> dict[str, str]:
    return {
        "organisation": key.organisation,
        "holder": key.holder,
        "post": key.post,
        "fingerprint": key.fingerprint,
        "valid_from": key.valid_from.isoformat(),
        "valid_until": key.valid_until.isoformat(),
    }


def verification_text(answer: Verification) -> str:
    """The verdict in words: whole or not, by whom, when, by which key."""
    lines = [_VERDICTS[answer.verdict]]
    if answer.reason not in lines:
        lines.append(answer.reason)
    if answer.title:
        lines.append(f"Документ: {answer.title}")
    for key, signed_at in answer.signers:
        lines.append(f"Подписано: {key.organisation}, {key.person}")
        lines.append(f"Отпечаток ключа: {key.spoken_fingerprint}")
        if signed_at:
            lines.append(f"Когда: {signed_at.astimezone():%d.%m.%Y %H:%M}")
    return "\n".join(lines)


def outside_json(answer: OutsideVerdict) -> dict[str, object]:
    """What a signature file made outside says, for scripts."""
    return {
        "holds": answer.holds,
        "reason": answer.reason,
        "signers": [
            {
                "name": one.name,
                "organisation": one.organisation,
                "post": one.post,
                "issuer": one.issuer,
                "serial": one.serial,
                "valid_from": one.valid_from.isoformat(),
                "valid_until": one.valid_until.isoformat(),
                "algorithm": one.algorithm,
                "signed_at": one.signed_at.isoformat() if one.signed_at else None,
            }
            for one in answer.signers
        ],
    }


def outside_text(answer: OutsideVerdict) -> str:
    """The same in words, with every signer."""
    lines = [answer.reason]
    for one in answer.signers:
        lines.append(f"Подписал: {', '.join(filter(None, (one.name, one.post, one.organisation)))}")
        lines.append(f"Сертификат: {one.serial}, выдал {one.issuer}, {one.validity}")
        lines.append(f"Вид подписи: {one.algorithm}")
        if one.signed_at:
            lines.append(f"Когда, по часам подписавшего: {one.signed_at.astimezone():%d.%m.%Y %H:%M}{one.doubt}")
    return "\n".join(lines)

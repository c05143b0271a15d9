"""What the command line prints: rosters and verdicts as JSON or as words."""

from __future__ import annotations

from profdesk.domain.roster import Roster
from profdesk.domain.verification import Verdict, Verification

_VERDICTS = {
    Verdict.TRUSTED: "Файл цел, подпись верна, ключ известен.",
    Verdict.UNKNOWN_KEY: "Файл цел, подпись верна, но ключ на этом компьютере неизвестен.",
    Verdict.REFUSED: "Файл не принят.",
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
            }
            for pupil in roster.pupils
        ],
        "refused": [
            {"line": line.line, "sheet": line.sheet, "reason": line.reason, "text": line.text}
            for line in roster.refused
        ],
    }


def roster_text(roster: Roster) -> str:
    """Say what was read: classes with counts, then every refused line."""
    counts: dict[str, int] = {}
    for pupil in roster.pupils:
        title = pupil.group.title if pupil.group else "класс не указан"
        counts[title] = counts.get(title, 0) + 1
    lines = [f"Прочитано учеников: {len(roster.pupils)}"]
    lines += [f"  {title}: {count}" for title, count in counts.items()]
    if roster.refused:
        lines.append(f"Отказано строк: {len(roster.refused)}")
        for refused in roster.refused:
            sheet = f"лист «{refused.sheet}», " if refused.sheet else ""
            lines.append(f"  {sheet}строка {refused.line}: {refused.reason}")
    return "\n".join(lines)


def verification_json(answer: Verification) -> dict[str, object]:
    """The verdict with the key's full fingerprint, for scripts."""
    key = answer.key
    return {
        "verdict": answer.verdict.name.lower(),
        "reason": answer.reason,
        "title": answer.title,
        "signed_at": answer.signed_at.isoformat() if answer.signed_at else None,
        "key": key
        and {
            "organisation": key.organisation,
            "holder": key.holder,
            "fingerprint": key.fingerprint,
            "valid_from": key.valid_from.isoformat(),
            "valid_until": key.valid_until.isoformat(),
        },
    }


def verification_text(answer: Verification) -> str:
    """The verdict in words: whole or not, by whom, when, by which key."""
    lines = [_VERDICTS[answer.verdict]]
    if answer.reason not in lines:
        lines.append(answer.reason)
    if answer.title:
        lines.append(f"Документ: {answer.title}")
    if answer.key:
        lines.append(f"Подписано: {answer.key.organisation}, {answer.key.holder}")
        lines.append(f"Отпечаток ключа: {answer.key.spoken_fingerprint}")
    if answer.signed_at:
        lines.append(f"Когда: {answer.signed_at.astimezone():%d.%m.%Y %H:%M}")
    return "\n".join(lines)

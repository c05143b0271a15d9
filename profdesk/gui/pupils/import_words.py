"""What the preview of a class list says about the file as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from profdesk.domain import plural
from profdesk.domain.roster import Fate, Header, RosterPlan
from profdesk.domain.roster_text import letters
from profdesk.gui.common.tones import Tone
from profdesk.services import roster

_UNDO = "Отменить загрузку целиком можно и после перезапуска: «История действий»."
_UNDO_ICON = "arrow-counter-clockwise"
_SAVE = "Сохранить отказы в файл"
_ONLY_GONE = "По файлу остальные выбыли. Отметьте строки, которые всё же нужно загрузить."
_NOTHING_NEW = "Этот список уже загружен: в нём ничего нового."
_NAMED = 3


def facts(plan: RosterPlan) -> str:
    """«7 классы.xlsx · лист «7А 7Б» · 54 строки · заголовок найден в строке 4»."""
    lines = len(plan.lines) + len(plan.refused)
    parts = [plan.source, plural.counted(lines, "строка", "строки", "строк")]
    named = dict.fromkeys(reading.name for reading in plan.sheets if reading.name)
    if len(named) > 1:
        parts.insert(1, plural.counted(len(named), "лист", "листа", "листов"))
    elif named:
        parts.insert(1, f"лист «{next(iter(named))}»")
    header = plan.sheets[0].header_line if plan.sheets else None
    if header is not None and len(plan.sheets) == 1:
        parts.append(f"заголовок найден в строке {header}")
    return " · ".join(parts)


def reassurance(plan: RosterPlan, wanted: int) -> tuple[str, Tone, str, str] | None:
    """Sentence, tone, action and icon under the lines: what will be written, and how it is taken back."""
    homeless = sum(line.reason == roster.NO_GROUP for line in plan.refused)
    if homeless:
        lines = plural.counted(homeless, "строки", "строк", "строк")
        return f"Для {lines} не указан класс. Выберите его выше или впишите в файл.", Tone.WARN, _SAVE, ""
    if plan.refused and wanted:
        sentence = f"Строки с отказом пропустим, остальные запишем разом. {_UNDO}"
        return sentence, Tone.INFO, _SAVE, _UNDO_ICON
    if plan.refused and plan.with_fate(Fate.SAME):
        return "Всё, кроме строк с отказом, уже загружено.", Tone.INFO, _SAVE, ""
    if plan.refused:
        sentence = "Отказано во всех строках. Проверьте, верно ли поняты столбцы, или исправьте файл."
        return sentence, Tone.WARN, _SAVE, ""
    if not wanted:
        gone = any(line.writes for line in plan.with_fate(Fate.GONE))
        return (_ONLY_GONE, Tone.INFO, "", "") if gone else (_NOTHING_NEW, Tone.OK, "", "")
    return f"Строки запишем разом. {_UNDO}", Tone.INFO, "", _UNDO_ICON


def unread(notices: Sequence[str]) -> str:
    """What of the file was not read, the first few sentences."""
    more = len(notices) - _NAMED
    rest = [f"И ещё {plural.counted(more, 'место', 'места', 'мест')}."] if more > 0 else []
    return " ".join((*notices[:_NAMED], *rest))


def place(header: Header) -> str:
    """«7А, 7Б: ФИО, Дата рождения…»: where a table is and how it begins; «Лист1, от столбца E: …» beside others."""
    named = [sheet for sheet in header.sheets if sheet]
    more = f" и ещё {len(named) - _NAMED}" if len(named) > _NAMED else ""
    first = header.columns[0].index if header.columns else 0
    where = [f"{', '.join(named[:_NAMED])}{more}", f"от столбца {letters(first)}" if first else ""]
    headings = [column.heading for column in header.columns if column.heading][:2]
    columns = f"{', '.join(headings)}…" if headings else "без заголовка"
    return ": ".join(filter(None, (", ".join(filter(None, where)), columns)))


def note(header: Header, *, chosen: bool, remembered: bool) -> str:
    """What becomes of the choice of columns."""
    if chosen:
        return "Запомним для следующего такого файла" if header.known else "Выбрано для этого файла"
    if remembered:
        return "Как в прошлый раз"
    return "Столбец понят неверно? Выберите другое" if header.is_list else "Выберите, где фамилия и имя"

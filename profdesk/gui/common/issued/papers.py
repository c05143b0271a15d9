"""What the papers of a register are called, and what the user does first where there is none."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Papers:
    """``counted`` are the forms for one, two and five; ``correctable`` tells whether one is corrected from here."""

    one: str
    counted: tuple[str, str, str]
    register: str
    nothing: str
    explained: str
    first: str
    lines: tuple[tuple[str, str], ...]
    correctable: bool


SUMMARIES = Papers(
    one="Сводка",
    counted=("сводка", "сводки", "сводок"),
    register="Реестр выданных сводок",
    nothing="Сводок ещё не подписывали",
    explained="Подписанная сводка встанет здесь.",
    first="Перейти к показателям",
    lines=(
        ("Точные байты", "Копию можно взять снова: она та же до последнего байта."),
        ("Исправление", "Новая сводка называет прежнюю и причину; прежняя остаётся."),
        ("Другие подписи", "Подпись директора и файлы .sig хранятся вместе со сводкой."),
    ),
    correctable=True,
)
CONSOLIDATIONS = Papers(
    one="Свод",
    counted=("свод", "свода", "сводов"),
    register="Реестр подписанных сводов",
    nothing="Сводов ещё не подписывали",
    explained="Подписанный свод встанет здесь.",
    first="Перейти к своду",
    lines=(
        ("Точные байты", "Копию можно взять снова: она та же до последнего байта."),
        ("Новый вместо прежнего", "Пришли ещё сводки — подпишите свод снова; прежний остаётся."),
        ("Другие подписи", "Подпись начальника и файлы .sig хранятся вместе со сводом."),
    ),
    correctable=False,
)

"""When a user was last here, as the list of names says it."""

from __future__ import annotations

from datetime import datetime, timedelta

from profdesk.domain import wording


def seen(moment: datetime, now: datetime) -> str:
    """«сегодня, 08:05», «вчера, 16:20», «20 ноября», and with the year where it is not this one."""
    day, today = moment.date(), now.date()
    if day == today:
        return f"сегодня, {moment:%H:%M}"
    if day == today - timedelta(days=1):
        return f"вчера, {moment:%H:%M}"
    words = wording.whole_day(day)
    return words if day.year != today.year else words.rpartition(" ")[0]

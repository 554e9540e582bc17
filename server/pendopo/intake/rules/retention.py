"""How long names and contacts of a request are kept."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

# Law 27/2022 wants an answer within 3 × 24 hours.
ANSWER_WITHIN = timedelta(hours=3 * 24)


# Nobody who means it needs a month to answer a question, or to notice that the day has passed; the
# law wants data kept no longer than they serve. Told a week before, one may still speak up.
CLOSED_AFTER, TOLD_BEFORE = timedelta(days=30), timedelta(days=7)


def closes_at(idle_since: datetime, told_at: datetime) -> datetime:
    """When a request is closed that nobody takes further; never sooner than it was announced."""
    return max(idle_since + CLOSED_AFTER, told_at + TOLD_BEFORE)


def is_closed_now(idle_since: datetime, told_at: datetime, now: datetime) -> bool:
    """Whether an announced close has come."""
    return closes_at(idle_since, told_at) <= now


def kept_until(ended_at: datetime, kept_years: int) -> datetime:
    """When the time is over: so many years after the end, to the day."""
    leap_day = (ended_at.month, ended_at.day) == (2, 29)
    return ended_at.replace(year=ended_at.year + kept_years, day=28 if leap_day else ended_at.day)


def latest_end(now: datetime, kept_years: int) -> datetime:
    """No request that ended later can be due; a day more than the years, for leap days."""
    leap_day = (now.month, now.day) == (2, 29)
    years_ago = now.replace(year=now.year - kept_years, day=28 if leap_day else now.day)
    return years_ago + timedelta(days=2)


def is_due(ended_at: datetime | None, kept_years: int, now: datetime, *, is_held: bool) -> bool:
    """Whether a request is erased now. What has not ended is never due, nor what is held."""
    return ended_at is not None and not is_held and kept_until(ended_at, kept_years) <= now


def may_be_told(restricted_at: datetime | None, erased_at: datetime | None) -> bool:
    """Whether a requester may still get notices of ours."""
    return restricted_at is None and erased_at is None


def without_names(text: str, names: Iterable[str], instead: str) -> str:
    """The text with each of these names replaced, whatever their case and spaces.

    For what the register keeps, such as a subject. Names under three letters are left:
    they would tear other words apart.
    """
    for name in sorted({" ".join(each.split()) for each in names}, key=len, reverse=True):
        if len(name) < 3:
            continue
        pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, name.split())) + r"(?!\w)"
        text = re.sub(pattern, lambda _: instead, text, flags=re.IGNORECASE)
    return text

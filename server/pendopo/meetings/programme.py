"""What the home page tells the public about today and tomorrow."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from pendopo.foundation import clock
from pendopo.schedule.models import Session
from pendopo.schedule.queries import public_sessions
from pendopo.schedule.rules import SessionState


@dataclass(frozen=True)
class ProgrammeDay:
    """A day with its public sessions, what is live first."""

    day: date
    sessions: list[Session]


def programme() -> list[ProgrammeDay]:
    """Today and tomorrow in the office's zone. One query.

    A session over several days stands on each of them, a live one on today.
    """
    today = timezone.localdate(clock.now())
    sessions = list(public_sessions(today, days=2))
    return [
        ProgrammeDay(day, _of(day, sessions, is_today=day == today))
        for day in (today, today + timedelta(days=1))
    ]


def _of(day: date, sessions: list[Session], *, is_today: bool) -> list[Session]:
    chosen = [
        session
        for session in sessions
        if _touches(session, day) or (is_today and session.state == SessionState.LIVE)
    ]
    return sorted(chosen, key=lambda session: session.state != SessionState.LIVE)


def _touches(session: Session, day: date) -> bool:
    if session.starts_at is None:
        return False
    first = timezone.localdate(session.starts_at)
    if session.ends_at is None:
        return first == day
    # What ends at midnight does not touch the day that begins then.
    return first <= day <= timezone.localdate(session.ends_at - timedelta(microseconds=1))

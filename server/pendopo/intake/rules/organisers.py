"""How one-time codes let an organiser in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

DIGITS = 6
VALID_FOR = timedelta(minutes=15)
TRIES = 5
CODES_AN_HOUR = 5
REMEMBERED_FOR = timedelta(days=30)
MOST_ORGANISERS = 10


@dataclass(frozen=True)
class CodeFacts:
    """What is known of the newest code of an organiser."""

    expires_at: datetime
    tries: int
    is_used: bool


def refusal_of_code(facts: CodeFacts | None, *, matches: bool, now: datetime) -> str:
    """The code of the refusal that typed digits deserve; empty when they let somebody in."""
    if facts is None or facts.is_used or facts.expires_at <= now:
        return "organiser_code_expired"
    if facts.tries >= TRIES:
        return "organiser_code_blocked"
    return "" if matches else "organiser_code_wrong"


def may_have_another(codes_in_last_hour: int) -> bool:
    """Whether one more code may be sent: nobody's phone is flooded by us."""
    return codes_in_last_hour < CODES_AN_HOUR

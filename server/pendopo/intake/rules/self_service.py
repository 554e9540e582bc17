"""What a unit may book for itself, without a letter and without a disposition."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pendopo.schedule.rules import Slot

# What one person in a meeting costs at most in standard quality, both ways together, in Mbps: one
# picture of 1.5 Mbps comes and one of 0.5 Mbps goes (`docs/decisions/0003`).
MBPS_A_PERSON = 2


@dataclass(frozen=True)
class Limits:
    """The office's limits: people and hours of one booking, and Mbps of the line for all of them at
    the same time."""

    people: int
    hours: int
    mbps: int


@dataclass(frozen=True)
class Beside:
    """A booking that stands, and how many people it has."""

    starts_at: datetime
    ends_at: datetime
    people: int


@dataclass(frozen=True)
class Booking:
    """What a unit wants; ``people_beside`` are in other bookings of units at the same time."""

    people: int
    length: timedelta
    needs_operator: bool
    people_beside: int = 0


def most_at_once(slot: Slot, others: Sequence[Beside]) -> int:
    """How many people the others have at most at any moment of this time; what only touches it does
    not count."""
    moments = [slot.starts_at, *(each.starts_at for each in others)]
    return max(
        sum(each.people for each in others if each.starts_at <= moment < each.ends_at)
        for moment in moments
        if slot.starts_at <= moment < slot.ends_at
    )


def refusal_of(booking: Booking, limits: Limits) -> str:
    """The code of the refusal that a booking deserves; empty when it is within the limits."""
    if booking.needs_operator:
        return "self_service_operator"
    if booking.people > limits.people:
        return "self_service_people"
    if booking.length > timedelta(hours=limits.hours):
        return "self_service_hours"
    if (booking.people + booking.people_beside) * MBPS_A_PERSON > limits.mbps:
        return "self_service_uplink"
    return ""

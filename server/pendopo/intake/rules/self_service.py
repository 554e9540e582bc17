"""What a unit may book for itself, without a letter and without a disposition."""

from dataclasses import dataclass
from datetime import timedelta

# What one person in a meeting costs at most in standard quality, both ways together, in Mbps: one
# picture of 1.5 Mbps comes and one of 0.5 Mbps goes (`docs/decisions/0003`).
MBPS_A_PERSON = 2


@dataclass(frozen=True)
class Limits:
    """The office's limits: people, hours, and Mbps of the line for one booking."""

    people: int
    hours: int
    mbps: int


@dataclass(frozen=True)
class Booking:
    """What a unit wants."""

    people: int
    length: timedelta
    needs_operator: bool


def refusal_of(booking: Booking, limits: Limits) -> str:
    """The code of the refusal that a booking deserves; empty when it is within the limits."""
    if booking.needs_operator:
        return "self_service_operator"
    if booking.people > limits.people:
        return "self_service_people"
    if booking.length > timedelta(hours=limits.hours):
        return "self_service_hours"
    if booking.people * MBPS_A_PERSON > limits.mbps:
        return "self_service_uplink"
    return ""

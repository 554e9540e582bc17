"""How a request's state is shown: icon, word and colour."""

from typing import Any

from django import template

from pendopo.intake.request_words import STATE_LOOKS
from pendopo.intake.rules.requests import AttendanceMode, Channel, RequesterClass
from pendopo.intake.rules.states import RequestState
from pendopo.intake.wording import ATTENDANCE, CHANNELS, CLASSES, STATES

register = template.Library()


@register.inclusion_tag("intake/requests/_state.html")
def request_state(state: str) -> dict[str, Any]:
    """The pill of a state."""
    known = RequestState(state)
    icon_name, tone = STATE_LOOKS[known]
    return {"icon_name": icon_name, "tone": tone, "words": STATES[known]}


@register.filter
def channel_words(channel: str) -> str:
    """How a request came, in words."""
    return str(CHANNELS[Channel(channel)])


@register.filter
def class_words(requester_class: str) -> str:
    """Who asks, in words."""
    return str(CLASSES[RequesterClass(requester_class)])


@register.filter
def attendance_words(mode: str) -> str:
    """How people take part, in words; empty while nobody said."""
    return str(ATTENDANCE[AttendanceMode(mode)]) if mode else ""

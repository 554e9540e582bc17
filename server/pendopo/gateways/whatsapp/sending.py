"""The way to WhatsApp that this installation has chosen."""

from collections.abc import Callable

from django.conf import settings

from pendopo.gateways.whatsapp import cloud, http
from pendopo.gateways.whatsapp.port import Adapter, WhatsAppMessage

_ADAPTERS: dict[str, Callable[[], Adapter]] = {"cloud": cloud.CloudApi, "http": http.HttpGateway}


def sends_by_itself() -> bool:
    """Whether messages go out without a person who presses a button."""
    return settings.WHATSAPP_WAY in _ADAPTERS


def longest_text() -> int:
    """How many characters a message may have by the chosen way.

    WhatsApp takes 4096 in a text and 1024 in the whole body of a template, whose own words we don't
    know; a template's lines are joined by marks of ours.
    """
    is_template = settings.WHATSAPP_WAY == "cloud" and settings.WHATSAPP_TEMPLATE
    return 800 if is_template else 4096


def send(message: WhatsAppMessage) -> str:
    """Hands a message over by the chosen way; what the other side calls it, or empty.

    Raises ``WhatsAppRefused`` when another try is of no use, ``OSError`` when it is, ``KeyError``
    when a person has to send it.
    """
    return _ADAPTERS[settings.WHATSAPP_WAY]().send(message)

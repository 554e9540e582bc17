"""The way to WhatsApp that this installation has chosen."""

from collections.abc import Callable

from django.conf import settings

from pendopo.gateways.whatsapp import cloud, http
from pendopo.gateways.whatsapp.port import Adapter, WhatsAppMessage

_ADAPTERS: dict[str, Callable[[], Adapter]] = {"cloud": cloud.CloudApi, "http": http.HttpGateway}


def sends_by_itself() -> bool:
    """Whether messages go out without a person who presses a button."""
    return settings.WHATSAPP_WAY in _ADAPTERS


def send(message: WhatsAppMessage) -> str:
    """Hands a message over by the chosen way; what the other side calls it, or empty.

    Raises ``WhatsAppRefused`` when another try is of no use, ``OSError`` when it is, ``KeyError``
    when a person has to send it.
    """
    return _ADAPTERS[settings.WHATSAPP_WAY]().send(message)

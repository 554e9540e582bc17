"""A gateway on loopback, and the two ways that lead to it."""

from collections.abc import Iterator
from typing import Any

import pytest

from pendopo.gateways.whatsapp.tests.servers import Gateway, gateway_running


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    """Where messages go."""
    with gateway_running() as running:
        yield running


@pytest.fixture
def cloud_way(settings: Any, gateway: Gateway) -> Gateway:
    """Meta's Cloud API, as far as the settings are concerned."""
    settings.WHATSAPP_WAY = "cloud"
    settings.WHATSAPP_URL = f"{gateway.url}/v23.0"
    settings.WHATSAPP_PHONE_ID = "1055"
    settings.WHATSAPP_TOKEN = "EAAB-token"
    settings.WHATSAPP_TEMPLATE = ""
    gateway.answers(200, {"messaging_product": "whatsapp", "messages": [{"id": "wamid.A1"}]})
    return gateway


@pytest.fixture
def http_way(settings: Any, gateway: Gateway) -> Gateway:
    """A gateway of the office's own."""
    settings.WHATSAPP_WAY = "http"
    settings.WHATSAPP_URL = f"{gateway.url}/send"
    settings.WHATSAPP_TOKEN = "kunci"
    settings.WHATSAPP_TOKEN_HEADER = "X-Kunci"
    settings.WHATSAPP_TO_FIELD = "target"
    settings.WHATSAPP_TEXT_FIELD = "isi"
    gateway.answers(200, {"id": "7"})
    return gateway

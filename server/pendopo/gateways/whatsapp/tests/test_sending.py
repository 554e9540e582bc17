"""What goes over the wire to WhatsApp, and what each answer means. Real sockets throughout."""

import socket
from typing import Any

import pytest

from pendopo.gateways.whatsapp import answers
from pendopo.gateways.whatsapp.port import WhatsAppMessage, WhatsAppRefused
from pendopo.gateways.whatsapp.sending import longest_text, send, sends_by_itself
from pendopo.gateways.whatsapp.tests.servers import Gateway

MESSAGE = WhatsAppMessage(
    to="+6281234567890",
    text="*Permohonan diterima*\n\nYth.  Ibu Siti,\n\tkami terima.\n\nhttps://x.test/l/1",
    language="id",
    reference="0193f5a0-0000-7000-8000-000000000001",
)


def _meta_error(code: Any) -> dict[str, Any]:
    return {"error": {"message": "(#1) …", "type": "OAuthException", "code": code}}


def test_a_text_as_the_cloud_api_wants_it(cloud_way: Gateway) -> None:
    assert sends_by_itself()
    assert send(MESSAGE) == "wamid.A1"
    (asked,) = cloud_way.asked
    assert asked.path == "/v23.0/1055/messages"
    assert asked.headers["authorization"] == "Bearer EAAB-token"
    assert asked.headers["content-type"] == "application/json"
    assert asked.body == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "6281234567890",
        "biz_opaque_callback_data": MESSAGE.reference,
        "type": "text",
        "text": {"preview_url": False, "body": MESSAGE.text},
    }


def test_a_template_has_the_text_on_one_line(cloud_way: Gateway, settings: Any) -> None:
    settings.WHATSAPP_TEMPLATE = "pemberitahuan"
    assert send(MESSAGE) == "wamid.A1"
    body = cloud_way.asked[0].body
    assert "text" not in body
    assert body["type"] == "template"
    assert body["template"]["name"] == "pemberitahuan"
    assert body["template"]["language"] == {"code": "id"}
    (component,) = body["template"]["components"]
    assert component["type"] == "body"
    assert component["parameters"] == [
        {
            "type": "text",
            "text": "*Permohonan diterima* · Yth. Ibu Siti, · kami terima. · https://x.test/l/1",
        }
    ]
    assert longest_text() < 1024


def test_the_offices_own_gateway_is_spoken_to_in_its_words(http_way: Gateway) -> None:
    assert send(MESSAGE) == "7"
    (asked,) = http_way.asked
    assert asked.path == "/send"
    assert asked.headers["x-kunci"] == "kunci"
    assert "authorization" not in asked.headers
    assert asked.body == {"target": "6281234567890", "isi": MESSAGE.text}


def test_without_a_key_none_is_sent(http_way: Gateway, settings: Any) -> None:
    settings.WHATSAPP_TOKEN = ""
    send(MESSAGE)
    assert "x-kunci" not in http_way.asked[0].headers


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ({"message_id": "m1"}, "m1"),
        ({"messageId": 12}, "12"),
        ({"status": True}, ""),
        (["garbage"], ""),
        (b"", ""),
        (b"<html>OK</html>", ""),
        ({"id": "x" * 500}, "x" * 160),
        ({"id": "a\x00b"}, "ab"),
    ],
)
def test_a_gateway_may_name_the_message_or_not(http_way: Gateway, value: Any, name: str) -> None:
    http_way.answers(200, value)
    assert send(MESSAGE) == name


@pytest.mark.parametrize("key", ["status", "success", "ok"])
def test_a_gateway_that_says_no_with_200_has_taken_nothing(http_way: Gateway, key: str) -> None:
    http_way.answers(200, {key: False, "reason": "device disconnected"})
    with pytest.raises(OSError, match="did not take"):
        send(MESSAGE)


@pytest.mark.parametrize(
    ("status", "value", "code"),
    [
        (400, _meta_error(131026), "whatsapp_131026"),
        (400, _meta_error(100), "whatsapp_100"),
        (400, _meta_error(132001), "whatsapp_132001"),
        (400, {}, "http_400"),
        (400, b"\xff\xfe nonsense", "http_400"),
        (400, _meta_error([1]), "http_400"),
        (410, _meta_error("x"), "http_410"),
        (422, {}, "http_422"),
    ],
)
def test_what_meta_never_takes_is_not_tried_again(
    cloud_way: Gateway, status: int, value: Any, code: str
) -> None:
    cloud_way.answers(status, value)
    with pytest.raises(WhatsAppRefused) as refused:
        send(MESSAGE)
    assert refused.value.code == code
    assert len(cloud_way.asked) == 1


@pytest.mark.parametrize(
    ("status", "value"),
    [
        (401, _meta_error(190)),
        (400, _meta_error(190)),  # our key has run out
        (400, _meta_error(130429)),  # too many a second
        (400, _meta_error(131056)),  # too many to one reader
        (403, _meta_error(10)),
        (404, {}),
        (408, {}),
        (429, {}),
        (500, {}),
        (502, b"<html>Bad gateway</html>"),
        (503, b""),
        # Taken or not, Meta would name the message.
        (200, {}),
        (200, {"messages": []}),
        (200, {"messages": ["garbage"]}),
        (200, {"messages": "garbage"}),
        (200, {"messages": [{"id": ""}]}),
        (200, ["garbage"]),
        (200, b"<html>Sign in to the office's Wi-Fi</html>"),
        (200, b"[" * 60_000),
        (200, b'{"messages": [{"id": "\xff'),
        (304, b""),
    ],
)
def test_what_another_try_may_mend_is_tried_again(
    cloud_way: Gateway, status: int, value: Any
) -> None:
    cloud_way.answers(status, value)
    with pytest.raises(OSError):  # noqa: PT011  (whatever its words)
        send(MESSAGE)


def test_a_redirect_takes_the_message_and_the_key_nowhere(cloud_way: Gateway) -> None:
    cloud_way.answers(307, {})
    cloud_way.headers = {"Location": f"{cloud_way.url}/elsewhere"}
    with pytest.raises(OSError, match="307"):
        send(MESSAGE)
    assert [asked.path for asked in cloud_way.asked] == ["/v23.0/1055/messages"]


@pytest.mark.parametrize("way", ["cloud_way", "http_way"])
@pytest.mark.parametrize("trouble", ["hangs", "hangs_up", "dripping"])
def test_no_gateway_holds_a_worker(
    way: str, trouble: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateway: Gateway = request.getfixturevalue(way)
    monkeypatch.setattr(answers, "_SECONDS", 0.3)
    monkeypatch.setattr(answers, "_SECONDS_IN_ALL", 0.5)
    setattr(gateway, trouble, True)
    with pytest.raises(OSError):  # noqa: PT011
        send(MESSAGE)
    assert len(gateway.asked) == 1


def test_an_answer_without_end_is_cut_off(http_way: Gateway) -> None:
    http_way.endless = True
    assert send(MESSAGE) == ""


def test_nobody_listens(cloud_way: Gateway, settings: Any) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        settings.WHATSAPP_URL = f"http://127.0.0.1:{held.getsockname()[1]}"
        with pytest.raises(OSError):  # noqa: PT011
            send(MESSAGE)


def test_a_mistyped_address_is_no_crash(cloud_way: Gateway, settings: Any) -> None:
    settings.WHATSAPP_URL = "graph.facebook.com"
    with pytest.raises(OSError):  # noqa: PT011
        send(MESSAGE)

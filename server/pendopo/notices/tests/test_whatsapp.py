"""A message by WhatsApp: handed over by real HTTP, and followed by signed reports."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendopo.foundation import clock
from pendopo.gateways.whatsapp.tests.servers import Gateway, gateway_running
from pendopo.journal.models import Entry
from pendopo.notices.actions.by_hand import retry_notice
from pendopo.notices.actions.delivery import deliver_notice
from pendopo.notices.actions.sending import Message, Recipient, send_notice
from pendopo.notices.models import Notice
from pendopo.notices.rules import TRIES, NoticeState
from pendopo.people.actions.accounts import create_account
from pendopo.people.rules import Duty

pytestmark = pytest.mark.django_db
SECRET, OURS, VERIFY = "rahasia-aplikasi", "1055", "kata-uji"


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    """Meta, on loopback."""
    with gateway_running() as running:
        settings.EMAIL_HOST = ""
        settings.WHATSAPP_WAY = "cloud"
        settings.WHATSAPP_URL = running.url
        settings.WHATSAPP_TEMPLATE = ""
        settings.WHATSAPP_PHONE_ID = OURS
        settings.WHATSAPP_APP_SECRET = SECRET
        settings.WHATSAPP_VERIFY_TOKEN = VERIFY
        running.answers(200, {"messages": [{"id": "wamid.1"}]})
        yield running


def _told(phone: str = "0812-3456-7890", text: str = "Isi", key: str = "k") -> Notice:
    message = Message(
        "request.received", "intake.servicerequest:1", key, "Diterima", text,
        link="/lacak/1", link_label="Lihat", urgent=True,
    )  # fmt: skip
    (notice,) = send_notice(message, [Recipient(name="Siti", phone=phone)])
    return notice


def _now(notice: Notice) -> tuple[str, str]:
    notice.refresh_from_db()
    return notice.state, notice.error


@pytest.fixture
def sent(gateway: Gateway) -> Notice:
    notice = _told()
    deliver_notice(notice.pk)
    assert _now(notice) == (NoticeState.SENT, "")
    return notice


def _status(
    notice: Notice | None, state: str, at: datetime | None = None, **more: Any
) -> dict[str, Any]:
    named = {"biz_opaque_callback_data": str(notice.pk)} if notice else {}
    moment = str(int((at or clock.now()).timestamp()))
    return {"id": "wamid.1", "status": state, "timestamp": moment, **named, **more}


def _body(*statuses: Any, number: str = OURS) -> bytes:
    value = {"metadata": {"phone_number_id": number}, "statuses": list(statuses)}
    change = {"field": "messages", "value": value}
    return json.dumps(
        {"object": "whatsapp_business_account", "entry": [{"changes": [change]}]}
    ).encode()


def _signature(body: bytes, secret: str = SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def _post(body: bytes, signature: str | None = None) -> int:
    headers = {"X-Hub-Signature-256": _signature(body) if signature is None else signature}
    answer = Client(headers=headers).post(
        reverse("whatsapp-webhook"), body, content_type="application/json"
    )
    return answer.status_code


def test_what_meta_has_taken_is_noted_under_its_name(sent: Notice, gateway: Gateway) -> None:
    assert (sent.provider_id, sent.tries) == ("wamid.1", 1)
    assert sent.sent_at is not None
    (asked,) = gateway.asked
    assert asked.body["to"] == "6281234567890"
    text = asked.body["text"]["body"]
    assert text.startswith("*Diterima*\n\nIsi\n\nLihat:\nhttp")
    assert "/lacak/1" in text
    deliver_notice(sent.pk)  # the same job again
    assert len(gateway.asked) == 1


def test_a_long_text_is_cut_and_the_link_is_not(gateway: Gateway, settings: Any) -> None:
    notice = _told(text="panjang " * 990)
    deliver_notice(notice.pk)
    text = gateway.asked[0].body["text"]["body"]
    assert 4000 < len(text) <= 4096
    assert "…" in text
    assert f"Lihat:\n{settings.BASE_URL}/lacak/1" in text


def test_a_refusal_is_final_and_says_why(gateway: Gateway) -> None:
    gateway.answers(400, {"error": {"code": 131026}})
    notice = _told()
    deliver_notice(notice.pk)
    assert _now(notice) == (NoticeState.FAILED, "whatsapp_131026")
    deliver_notice(notice.pk)
    assert len(gateway.asked) == 1
    assert Entry.objects.get(kind="notice.failed").facts["error"] == "whatsapp_131026"


def test_a_broken_gateway_is_asked_again_until_the_tries_are_over(gateway: Gateway) -> None:
    gateway.answers(503, b"<html>")
    notice = _told()
    for number in range(1, TRIES):
        deliver_notice(notice.pk)
        assert _now(notice) == (NoticeState.WAITING, "OSError")
        assert notice.tries == number
        assert notice.not_before is not None
        assert notice.not_before > clock.now()
    deliver_notice(notice.pk)
    assert _now(notice) == (NoticeState.FAILED, "OSError")
    assert len(gateway.asked) == notice.tries == TRIES


def test_a_gateway_that_comes_back_gets_the_same_reference(gateway: Gateway) -> None:
    gateway.answers(200, b"garbage")
    notice = _told()
    deliver_notice(notice.pk)
    gateway.answers(200, {"messages": [{"id": "wamid.2"}]})
    deliver_notice(notice.pk)
    assert _now(notice) == (NoticeState.SENT, "")
    assert {asked.body["biz_opaque_callback_data"] for asked in gateway.asked} == {str(notice.pk)}


@pytest.mark.parametrize("named", [True, False])
def test_reports_move_a_message_on_in_any_order_and_never_back(sent: Notice, named: bool) -> None:
    about = sent if named else None
    assert _post(_body(_status(about, "delivered"))) == 200
    assert _now(sent)[0] == NoticeState.DELIVERED
    assert _post(_body(_status(about, "read"))) == 200
    assert _now(sent)[0] == NoticeState.READ
    assert sent.read_at is not None
    late = [_status(about, state) for state in ("sent", "delivered", "failed")]
    assert _post(_body(*late)) == 200
    assert _now(sent)[0] == NoticeState.READ


def test_a_report_may_be_faster_than_our_own_note(gateway: Gateway) -> None:
    notice = _told()
    assert _post(_body(_status(notice, "delivered"))) == 200
    assert _now(notice)[0] == NoticeState.DELIVERED
    assert notice.provider_id == "wamid.1"
    deliver_notice(notice.pk)
    assert gateway.asked == []


def test_a_failure_that_meta_reports_is_shown_with_its_code(sent: Notice) -> None:
    failed = _status(sent, "failed", errors=[{"code": 131047, "title": "Re-engagement"}])
    assert _post(_body(failed)) == 200
    assert _now(sent) == (NoticeState.FAILED, "whatsapp_131047")


def test_what_is_not_signed_by_meta_changes_nothing(sent: Notice) -> None:
    body = _body(_status(sent, "failed"))
    good = _signature(body)
    for signature in (
        "",
        "sha256=",
        good.removeprefix("sha256="),
        good.replace("sha256=", "sha1="),
        good[:-1] + ("0" if good[-1] != "0" else "1"),
        good.upper(),
        f"{good} ",
        "sha256=ü",
        _signature(body, "another secret"),
        _signature(_body(_status(sent, "read"))),
        _signature(body, ""),
    ):
        assert _post(body, signature) == 401, signature
    assert _now(sent)[0] == NoticeState.SENT


def test_a_changed_body_is_refused(sent: Notice) -> None:
    body = _body(_status(sent, "delivered"))
    assert _post(body.replace(b"delivered", b"failed"), _signature(body)) == 401
    assert _now(sent)[0] == NoticeState.SENT


def test_without_a_secret_nothing_is_believed(sent: Notice, settings: Any) -> None:
    settings.WHATSAPP_APP_SECRET = ""
    body = _body(_status(sent, "failed"))
    assert _post(body, _signature(body, "")) == 401
    assert _now(sent)[0] == NoticeState.SENT


def test_a_replayed_report_changes_nothing(sent: Notice) -> None:
    body = _body(_status(sent, "read"))
    assert _post(body) == 200
    _now(sent)
    read_at, entries = sent.read_at, Entry.objects.count()
    assert _post(body) == 200
    assert _now(sent)[0] == NoticeState.READ
    assert (sent.read_at, Entry.objects.count()) == (read_at, entries)


def test_a_failure_replayed_after_a_person_tried_again_is_of_the_earlier_try(
    sent: Notice, gateway: Gateway
) -> None:
    old = _body(_status(sent, "failed", at=clock.now() - timedelta(seconds=5)))
    assert _post(old) == 200
    assert _now(sent)[0] == NoticeState.FAILED
    retry_notice(sent.pk, create_account("o@t.example", "x", "Pak O", [Duty.SECRETARIAT]))
    assert _post(old) == 200
    assert _now(sent)[0] == NoticeState.WAITING
    gateway.answers(200, {"messages": [{"id": "wamid.9"}]})
    deliver_notice(sent.pk)
    assert _post(old) == 200
    assert _now(sent)[0] == NoticeState.SENT
    assert _post(_body(_status(sent, "failed", id="wamid.9"))) == 200
    assert _now(sent)[0] == NoticeState.FAILED


def test_a_report_reaches_nobody_elses_message(sent: Notice, gateway: Gateway) -> None:
    gateway.answers(200, {"messages": [{"id": "wamid.2"}]})
    other = _told("0813-0000-0001", key="other")
    deliver_notice(other.pk)
    by_mail = Notice.objects.create(
        kind="a.b", about="c:1", key="mail", channel="mail", subject="S", text="T",
        state=NoticeState.SENT, created_at=clock.now(), provider_id="wamid.3",
    )  # fmt: skip
    told = [
        _status(other, "failed"),  # our name of one, Meta's of another
        _status(sent, "failed", id="wamid.2"),
        _status(by_mail, "failed", id="wamid.3"),
        _status(None, "failed", id="wamid.3"),
        _status(None, "failed", id="wamid.unknown"),
        _status(None, "failed", id=""),
        _status(None, "failed", biz_opaque_callback_data="0193f5a0-0000-7000-8000-000000000000"),
    ]
    assert _post(_body(*told)) == 200
    assert _post(_body(_status(sent, "failed"), number="another of our numbers")) == 200
    assert {_now(each)[0] for each in (sent, other, by_mail)} == {NoticeState.SENT}


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b"[]",
        b'{"entry": 1}',
        b'{"entry": [1, {"changes": [{"value": []}, {"value": {"metadata": []}}]}]}',
        _body(1, None, "x", {}, {"id": 1, "status": [], "timestamp": {}, "errors": [0]}),
        _body({"id": "\x00" * 900, "status": "failed", "timestamp": "9" * 40}),
    ],
)
def test_signed_nonsense_changes_nothing(sent: Notice, body: bytes) -> None:
    assert _post(body) == 200
    assert _now(sent)[0] == NoticeState.SENT


@pytest.mark.parametrize("body", [b"", b"nonsense", b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_refused(gateway: Gateway, body: bytes) -> None:
    assert _post(body) == 401


def test_meta_hears_the_challenge_back_and_nobody_else_does(
    gateway: Gateway, settings: Any
) -> None:
    def asked(token: str, mode: str = "subscribe") -> tuple[int, bytes]:
        given = {"hub.mode": mode, "hub.verify_token": token, "hub.challenge": "<b>77</b>"}
        answer = Client().get(reverse("whatsapp-webhook"), given)
        assert answer.status_code == 401 or answer["Content-Type"].startswith("text/plain")
        return answer.status_code, answer.content

    assert asked(VERIFY) == (200, b"<b>77</b>")
    assert asked("wrong")[0] == asked("")[0] == asked(VERIFY, "unsubscribe")[0] == 401
    settings.WHATSAPP_VERIFY_TOKEN = ""
    assert asked("")[0] == 401

"""Codes that confirm a contact."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.intake.actions.confirmation import confirm_by_code, send_code, way_to_confirm
from pendopo.intake.models import ContactCode, ServiceRequest
from pendopo.intake.rules.confirmation import TRIES, CodeWay, Verdict, verdict
from pendopo.journal.models import Entry
from pendopo.notices.codes import words_of
from pendopo.notices.models import Notice

SENT = datetime(2026, 11, 24, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("matches", "tries", "minutes", "said"),
    [
        (True, 0, 0, Verdict.RIGHT),
        (True, TRIES - 1, 9, Verdict.RIGHT),
        (True, TRIES, 1, Verdict.TOO_MANY_TRIES),
        (True, 0, 10, Verdict.EXPIRED),
        (False, 0, 1, Verdict.WRONG),
    ],
)
def test_what_a_typed_code_is(matches: bool, tries: int, minutes: int, said: Verdict) -> None:
    now = SENT + timedelta(minutes=minutes)
    assert verdict(matches=matches, tries=tries, sent_at=SENT, now=now) == said


@pytest.fixture
def row(db: None, monkeypatch: pytest.MonkeyPatch) -> ServiceRequest:
    """A sent request with an e-mail address, in an office that has a mail server."""
    for module in ("intake.actions.confirmation", "notices.actions.sending"):
        monkeypatch.setattr(f"pendopo.{module}.mail_is_set", lambda: True)
    return ServiceRequest.objects.create(
        number="2026-00001",
        state="submitted",
        contact_name="Siti",
        contact_email="siti@desa.example",
        contact_whatsapp="+6281234567890",
        submitted_at=clock.now(),
    )


def _code() -> str:
    _, text = words_of(Notice.objects.latest("created_at"))
    found = re.search(r"\b\d{6}\b", text)
    assert found
    return found[0]


def test_the_right_code_confirms_once_and_is_kept_only_hashed(row: ServiceRequest) -> None:
    assert send_code(row) == CodeWay.MAIL
    code = _code()
    assert code not in ContactCode.objects.get().code_hash
    told = Notice.objects.get()
    assert not re.search(r"\d{6}", f"{told.subject} {told.text}")
    assert told.code_until == ContactCode.objects.get().sent_at + timedelta(minutes=10)
    assert confirm_by_code(row, code) == Verdict.RIGHT
    row.refresh_from_db()
    assert row.contact_confirmed_at
    assert confirm_by_code(row, code) == Verdict.EXPIRED
    assert Entry.objects.filter(kind="request.contact_confirmed").count() == 1


def test_after_five_wrong_codes_the_right_one_no_longer_counts(row: ServiceRequest) -> None:
    send_code(row)
    code = _code()
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    assert [confirm_by_code(row, wrong) for _ in range(TRIES)] == [Verdict.WRONG] * TRIES
    assert confirm_by_code(row, code) == Verdict.TOO_MANY_TRIES


def test_a_new_code_ends_the_one_before(row: ServiceRequest) -> None:
    send_code(row)
    first = _code()
    send_code(row)
    if first != _code():
        assert confirm_by_code(row, first) == Verdict.WRONG
    assert ContactCode.objects.count() == 1


@pytest.mark.django_db
def test_without_a_way_to_send_the_page_says_so_and_the_request_stands(client: Client) -> None:
    row = ServiceRequest.objects.create(
        number="2026-00002", state="submitted", contact_whatsapp="+6281234567890"
    )
    assert way_to_confirm(row) is None
    with pytest.raises(Refused, match="code_not_possible"):
        send_code(row)
    page = client.get(reverse("request-sent", args=[row.tracking_code]))
    assert page.status_code == 200


def test_codes_to_one_contact_are_limited(row: ServiceRequest, client: Client) -> None:
    address = reverse("request-code", args=[row.tracking_code])
    for _ in range(7):
        client.post(address)
    assert Notice.objects.filter(kind="request.code").count() == 5


def test_the_code_is_typed_on_the_page(row: ServiceRequest, client: Client) -> None:
    address = reverse("request-code", args=[row.tracking_code])
    client.post(address)
    assert client.post(address, {"typed": "abc"}).status_code == 422
    assert client.post(address, {"typed": _code()}).status_code == 302
    row.refresh_from_db()
    assert row.contact_confirmed_at

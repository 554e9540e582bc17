"""What a secret letter leaves on pages that show no requests: home, calendar, messages, news."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from pendopo.documents.models import Document
from pendopo.documents.rules import Secrecy
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.intake import reactions
from pendopo.intake.actions.decisions import approve, ask, authorise
from pendopo.intake.actions.disposition import DispositionOrder, dispose
from pendopo.intake.actions.registration import register_letter
from pendopo.intake.models import Assignment, ServiceRequest
from pendopo.intake.tests.office import (
    People,
    account_with,
    an_office,
    registered,
    registration,
    with_letter,
)
from pendopo.intake.tests.office import a_request as sent_request
from pendopo.journal.models import Entry
from pendopo.notices.actions.by_hand import mark_sent, retry_notice, skip
from pendopo.notices.models import Notice
from pendopo.office.models import AgencyUnit
from pendopo.people.actions.tokens import issue_api_token
from pendopo.people.models import Account
from pendopo.people.rules import Duty
from pendopo.schedule.models import Session

pytestmark = pytest.mark.django_db
TITLE, UNIT = "Pelatihan kader posyandu", "Inspektorat Daerah"


@pytest.fixture
def people() -> People:
    return {
        **an_office(),
        "other_secretary": account_with(Duty.SECRETARIAT),
        "operator": account_with(Duty.OPERATOR),
        "centre": account_with(Duty.COMMAND_CENTRE),
    }


def page(account: Account | None, address: str) -> str:
    client = Client()
    if account:
        client.force_login(account)
    return client.get(address).content.decode()


def approved(people: People, secrecy: Secrecy) -> ServiceRequest:
    """A request that wished to stand on the home page, approved, its session today."""
    request = registered(people, secrecy=secrecy)
    _wish_to_be_seen(request)
    approve(request, people["head"])
    _move_to_today()
    return request


def _wish_to_be_seen(request: ServiceRequest) -> None:
    unit = AgencyUnit.objects.create(name=UNIT, slug="inspektorat")
    ServiceRequest.objects.filter(pk=request.pk).update(is_open=True, unit=unit)
    request.refresh_from_db()


def _move_to_today() -> None:
    now = clock.now()
    Session.objects.update(starts_at=now, ends_at=now + timedelta(minutes=1))


def shown(people: People) -> set[str]:
    """On which pages the title stands, or whose event it is; and the unit's own address if it
    leads there."""
    meeting = Session.objects.get().meeting
    pages = {
        "home": page(None, "/"),
        "meetings": page(people["operator"], reverse("my-meetings")),
        "meeting": page(people["operator"], reverse("meeting-detail", args=[meeting.slug])),
        "search": page(people["operator"], "/cari?q=posyandu"),
        "join": page(None, f"/j/{meeting.slug}"),
    }
    leads = Client().get("/r/inspektorat").status_code == 302
    told = {name for name, content in pages.items() if TITLE in content or UNIT in content}
    return told | ({"unit"} if leads else set())


def test_an_ordinary_event_stands_everywhere(people: People) -> None:
    approved(people, Secrecy.ORDINARY)
    assert shown(people) == {"home", "meetings", "meeting", "search", "join", "unit"}


@pytest.mark.parametrize("secrecy", [each for each in Secrecy if each != Secrecy.ORDINARY])
def test_a_secret_event_has_no_title_and_is_not_open(people: People, secrecy: Secrecy) -> None:
    request = approved(people, secrecy)
    assert shown(people) == set()
    assert f"Kegiatan {request.number}" in page(people["operator"], reverse("my-meetings"))
    assert f"Kegiatan {request.number}" not in page(None, "/")


def test_an_event_ahead_of_its_letter_is_veiled_when_the_letter_is_secret(people: People) -> None:
    request = with_letter(sent_request())
    _wish_to_be_seen(request)
    authorise(request, "Besok", people["head"])
    approve(request, people["head"])
    _move_to_today()
    assert {"home", "unit"} <= shown(people)
    register_letter(request, registration(secrecy=Secrecy.SECRET), people["secretary"])
    assert shown(people) == set()


@pytest.fixture
def secret(people: People) -> ServiceRequest:
    """A secret request that the head has asked about, disposed to the division."""
    request = registered(people, secrecy=Secrecy.TOP_SECRET)
    dispose(request, DispositionOrder({people["division"]: None}), people["secretary"])
    ask(request, "Siapa nama sandinya?", people["division"])
    for kind, tell in (
        ("submitted", reactions.tell_of_new_request),
        ("asked", reactions.tell_question),
    ):
        tell(Entry.objects.get(kind=f"request.{kind}"))
    return request


@pytest.mark.parametrize(
    ("name", "is_told"), [("secretary", True), ("other_secretary", False), ("coordinator", False)]
)
def test_messages_about_it_are_sent_by_those_who_see_it(
    people: People, secret: ServiceRequest, name: str, is_told: bool
) -> None:
    about = f"intake.servicerequest:{secret.pk}"
    assert Notice.objects.filter(about=about, channel="whatsapp", state="by_hand").count() == 2
    by_hand = page(people[name], reverse("notice-by-hand"))
    assert (secret.tracking_code in by_hand) is is_told
    assert ("nama%20sandinya" in by_hand) is is_told
    outbox = page(people[name], reverse("notice-outbox"))
    assert (str(secret.number) in outbox) is is_told
    assert ("2 pesan" in outbox) is is_told


def test_whom_it_is_disposed_to_sends_them_too(people: People, secret: ServiceRequest) -> None:
    Assignment.objects.update(account=people["coordinator"])
    assert secret.tracking_code in page(people["coordinator"], reverse("notice-by-hand"))


@pytest.mark.parametrize("name", ["auditor", "centre"])
def test_who_reads_what_went_out_does_not_read_of_it(
    people: People, secret: ServiceRequest, name: str
) -> None:
    outbox = page(people[name], reverse("notice-outbox"))
    assert "Pesan keluar" in outbox
    assert str(secret.number) not in outbox


@pytest.mark.parametrize("action", [mark_sent, skip, retry_notice])
def test_nobody_else_does_anything_with_them(
    people: People, secret: ServiceRequest, action: object
) -> None:
    notice = Notice.objects.filter(channel="whatsapp").latest("pk")
    with pytest.raises(Refused, match="not_found"), transaction.atomic():
        action(notice.pk, people["coordinator"])  # type: ignore[operator]
    notice.refresh_from_db()
    assert notice.state == "by_hand"


@pytest.mark.django_db(transaction=True)  # news are told when they are committed
def test_news_of_it_come_to_those_who_see_it(people: People) -> None:
    request = registered(people, secrecy=Secrecy.SECRET)
    dispose(request, DispositionOrder({people["division"]: None}), people["secretary"])
    approve(request, people["head"])
    draft = f"documents.document:{Document.objects.get().pk}"
    told = {"request.submitted", "request.registered", "assignment.made", "request.approved"}
    for name in ("secretary", "head", "division"):
        items = news(people[name])
        assert told <= {item["kind"] for item in items}, name
        assert draft in {item["subject"] for item in items}, name
    for name in ("coordinator", "auditor"):
        items = news(people[name])
        kinds = {item["kind"].partition(".")[0] for item in items}
        assert kinds == {"event", "session", "meeting"} & kinds, name
        assert "event.admitted" in {item["kind"] for item in items}, name
        assert str(request.pk) not in str(items), name


def news(account: Account) -> list[dict[str, Any]]:
    secret = issue_api_token(account, "", ("requests:read",))
    answer = Client().get("/api/v1/news", headers={"Authorization": f"Bearer {secret}"})
    items: list[dict[str, Any]] = answer.json()["items"]
    return items

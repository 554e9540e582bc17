"""What a cancelled request leaves behind: a question nobody answered, days that were held; and who
comes at the moment of cancelling."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from pendopo.documents.models import Document
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.gateways.ical.files import Method
from pendopo.gateways.livekit import rooms
from pendopo.intake.actions import decisions
from pendopo.intake.actions.moving import requester_of
from pendopo.intake.models import Offer, OfferedSlot, Question, ServiceRequest
from pendopo.intake.reactions import tell_question
from pendopo.intake.telling import calendar_of
from pendopo.intake.tests.office import People, a_slot, an_office, registered
from pendopo.journal.models import Entry
from pendopo.meetings.actions.meetings import open_room
from pendopo.meetings.models import Meeting
from pendopo.notices.models import Notice
from pendopo.schedule.models import Event, Session

TEXT = "Berapa titik kamera?"


def asked(people: People) -> ServiceRequest:
    request = registered(people)
    decisions.ask(request, TEXT, people["secretary"])
    return request


def approved(people: People) -> ServiceRequest:
    request = registered(people)
    decisions.approve(request, people["head"])
    request.refresh_from_db()
    return request


def dossier(request: ServiceRequest, people: People) -> str:
    client = Client()
    client.force_login(people["head"])
    return client.get(reverse("request-detail", args=[request.number])).text


@pytest.mark.django_db
def test_a_question_that_nobody_answered_is_nowhere_shown_as_answered() -> None:
    people = an_office()
    request = asked(people)
    assert "Belum dijawab." in dossier(request, people)
    decisions.cancel(request, "", requester_of(request))
    question = Question.objects.get()
    assert (question.answer, question.answered_at) == ("", None)
    page = dossier(request, people)
    assert TEXT in page
    assert "Belum dijawab." not in page
    assert "<strong>–</strong>" not in page
    code = request.tracking_code
    told = Client().get(f"/api/v1/public/requests/{code}").json()
    assert (told["question"], told["steps"]) == (None, [])
    tracking = Client().get(reverse("request-tracking", args=[code])).text
    assert TEXT not in tracking
    assert "Anda sudah menjawab" not in tracking


@pytest.mark.django_db
def test_it_can_be_answered_no_more_and_nobody_is_asked_any_longer() -> None:
    people = an_office()
    request = asked(people)
    decisions.cancel(request, "", requester_of(request))
    with pytest.raises(Refused, match="step_not_possible"):
        decisions.answer(request, "Dua")
    tell_question(Entry.objects.get(kind="request.asked"))
    assert not Notice.objects.filter(kind="request.asked").exists()


@pytest.mark.django_db
def test_the_calendar_of_the_requester_keeps_the_days_that_were_held() -> None:
    people = an_office()
    request = approved(people)
    held = Session.objects.get()
    now = clock.now()
    Session.objects.filter(pk=held.pk).update(
        state="ended", starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1)
    )
    later = a_slot(3)
    second = Session.objects.create(
        event=held.event, starts_at=later.starts_at, ends_at=later.ends_at
    )
    decisions.cancel(request, "Sisanya ditunda", people["head"])
    calendar = calendar_of(request, Method.CANCEL)
    assert calendar is not None
    assert (calendar.uid, calendar.more) == (f"{second.pk}@pendopo", ())


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["ended", "live"])
def test_the_pages_that_cancel_say_why_instead_of_asking(state: str) -> None:
    people = an_office()
    request = approved(people)
    Session.objects.update(state=state)
    said = {"ended": "Kegiatan sudah selesai", "live": "Kegiatan sedang berlangsung"}[state]
    head = Client()
    head.force_login(people["head"])
    for client, address in (
        (Client(), reverse("request-cancel", args=[request.tracking_code])),
        (head, reverse("request-step", args=[request.number, "cancel"])),
    ):
        answer = client.get(address, follow=True)
        assert [status for _, status in answer.redirect_chain] == [302]
        assert said in answer.text


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Takes all of them at the same moment: the code of its refusal for each, empty for none."""
    together = Barrier(len(acts))

    def take(act: Callable[[], object]) -> str:
        try:
            together.wait(10)
            act()
        except Refused as refused:
            return refused.code
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return [job.result(30) for job in [pool.submit(take, act) for act in acts]]


def fresh(request: ServiceRequest) -> ServiceRequest:
    return ServiceRequest.objects.get(pk=request.pk)


@pytest.mark.django_db(transaction=True)
def test_who_accepts_while_the_office_cancels_has_all_of_it_or_nothing() -> None:
    people = an_office()
    request = registered(people)
    decisions.offer(request, [a_slot(20)], "", people["head"])
    slot = OfferedSlot.objects.get().pk
    seen = fresh(request), fresh(request)
    accepted, cancelled = at_once(
        lambda: decisions.accept_offer(seen[0], slot),
        lambda: decisions.cancel(seen[1], "Batal", people["head"]),
    )
    assert (accepted == "") != (cancelled == "")
    assert {accepted, cancelled} <= {"", "request_moved_on", "offer_not_open"}
    request.refresh_from_db()
    steps = set(request.transitions.values_list("step", flat=True))
    taken = OfferedSlot.objects.get().is_taken
    drafts = list(Document.objects.filter(state="draft").values_list("kind", flat=True))
    if accepted == "":
        assert (request.state, Offer.objects.get().state, taken) == ("approved", "accepted", True)
        assert [Session.objects.get().state, Meeting.objects.get().ended_at] == ["assigned", None]
        assert "cancel" not in steps
        assert drafts == ["approval"]
    else:
        assert (request.state, Offer.objects.get().state, taken) == (
            "cancelled", "withdrawn", False,
        )  # fmt: skip
        assert not Event.objects.exists()
        assert "accept_offer" not in steps
        assert not drafts


@pytest.mark.django_db(transaction=True)
def test_who_answers_while_the_office_cancels_has_answered_or_not() -> None:
    people = an_office()
    request = asked(people)
    seen = fresh(request), fresh(request)
    answered, cancelled = at_once(
        lambda: decisions.answer(seen[0], "Dua"),
        lambda: decisions.cancel(seen[1], "Batal", people["head"]),
    )
    assert {answered, cancelled} == {"", "request_moved_on"}
    request.refresh_from_db()
    assert request.state == ("registered" if answered == "" else "cancelled")
    assert Question.objects.get().answer == ("Dua" if answered == "" else "")


@pytest.mark.django_db(transaction=True)
def test_who_opens_the_meeting_while_it_is_cancelled_is_in_or_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rooms, "create_room", lambda room: None)
    people = an_office()
    request = approved(people)
    meeting = Meeting.objects.get()
    opened, cancelled = at_once(
        lambda: open_room(meeting, people["head"]),
        lambda: decisions.cancel(request, "Batal", people["head"]),
    )
    assert (opened, cancelled) in {("", "event_live"), ("meeting_ended", "")}
    state = fresh(request).state, Session.objects.get().state
    assert state == (("approved", "live") if opened == "" else ("cancelled", "cancelled"))

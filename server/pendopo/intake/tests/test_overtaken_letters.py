"""A letter that a later step has overtaken is neither signed nor sent."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.db import connection, connections, transaction

from pendopo.documents.actions.drafting import correct_document
from pendopo.documents.models import Document
from pendopo.documents.queries.signing import waiting_for
from pendopo.documents.rules import DocumentKind
from pendopo.files.actions.keeping import keep_made
from pendopo.foundation import clock
from pendopo.intake.actions import decisions
from pendopo.intake.actions.moving import requester_of
from pendopo.intake.models import ServiceRequest
from pendopo.intake.reactions import send_reply
from pendopo.intake.rules.states import RequestState, is_true_in
from pendopo.intake.tests.office import People, a_slot, an_office, registered
from pendopo.journal.actions import record
from pendopo.journal.models import Entry
from pendopo.notices.models import Notice
from pendopo.people.models import Account

pytestmark = pytest.mark.django_db
Overtake = Callable[[ServiceRequest], object]


@pytest.fixture
def people(tmp_path: Any, settings: Any) -> People:
    settings.MEDIA_ROOT = tmp_path
    return an_office()


def signed(document: Document, account: Account) -> Entry:
    """Signs without a certificate: what a signature leaves behind."""
    with transaction.atomic():
        file = keep_made(b"%PDF-1.7\n", "surat.pdf", "text/plain", "signed_letter", account)
        Document.objects.filter(pk=document.pk).update(
            state="signed", signed_at=clock.now(), file=file, number="555/1"
        )
        return record("document.signed", document, account, method="local", demo=True)


def expired(case: ServiceRequest) -> None:
    case.offers.update(expires_at=clock.now() - timedelta(minutes=1))
    assert decisions.expire_offer(case.offers.get())


def cancelled_by_code(case: ServiceRequest) -> None:
    decisions.cancel(case, "", requester_of(case))


def approved(case: ServiceRequest, people: People) -> Document:
    decisions.approve(case, people["head"])
    return Document.objects.get()


def offered(case: ServiceRequest, people: People) -> Document:
    decisions.offer(case, [a_slot(20)], "", people["head"])
    return Document.objects.get()


WAYS: dict[str, tuple[Callable[[ServiceRequest, People], Document], Overtake]] = {
    "approved, cancelled by code": (approved, cancelled_by_code),
    "offered, refused": (offered, decisions.refuse_offer),
    "offered, expired": (offered, expired),
    "offered, cancelled by code": (offered, cancelled_by_code),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_was_overtaken_waits_for_no_signature(people: People, way: str) -> None:
    decide, overtake = WAYS[way]
    case = registered(people)
    letter = decide(case, people)
    overtake(case)
    letter.refresh_from_db()
    assert letter.state == "withdrawn"
    assert not waiting_for(people["head"]).exists()


@pytest.mark.parametrize("way", WAYS)
def test_what_was_overtaken_after_its_signature_is_not_sent(people: People, way: str) -> None:
    decide, overtake = WAYS[way]
    case = registered(people)
    letter = decide(case, people)
    entry = signed(letter, people["head"])
    overtake(case)
    send_reply(entry)
    letter.refresh_from_db()
    assert letter.state == "signed"
    assert not Notice.objects.filter(kind="request.replied").exists()


def test_a_correction_of_an_overtaken_letter_is_not_sent_either(people: People) -> None:
    case = registered(people)
    letter = approved(case, people)
    send_reply(signed(letter, people["head"]))
    letter.refresh_from_db()
    assert letter.state == "sent"
    told = Notice.objects.filter(kind="request.replied").count()
    cancelled_by_code(case)
    send_reply(signed(correct_document(letter, people["head"]), people["head"]))
    assert Notice.objects.filter(kind="request.replied").count() == told > 0


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_a_letter_is_true_in_one_state_alone(kind: DocumentKind) -> None:
    expected = {
        DocumentKind.APPROVAL: {"approved"},
        DocumentKind.REJECTION: {"rejected"},
        DocumentKind.ALTERNATIVES: {"alternative_offered"},
        DocumentKind.CANCELLATION: {"cancelled"},
        DocumentKind.DISPOSITION_SHEET: {state.value for state in RequestState},
    }
    assert {s.value for s in RequestState if is_true_in(kind, s)} == expected[kind]


def somebody_waits() -> bool:
    with connection.cursor() as sql:
        sql.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(sql.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_who_cancels_while_the_letter_is_being_signed_cancels_and_nothing_is_sent(
    tmp_path: Any, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    people = an_office()
    case = registered(people)
    letter = approved(case, people)
    is_locked, may_go_on = Event(), Event()

    def sign() -> Entry:
        try:
            with transaction.atomic():
                Document.objects.select_for_update().get(pk=letter.pk)
                is_locked.set()
                may_go_on.wait(10)
                return signed(letter, people["head"])
        finally:
            connections.close_all()

    def cancel() -> None:
        try:
            is_locked.wait(10)
            cancelled_by_code(ServiceRequest.objects.get(pk=case.pk))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        signing, cancelling = pool.submit(sign), pool.submit(cancel)
        while not (somebody_waits() or cancelling.done()):
            is_locked.wait(0.05)
        may_go_on.set()
        entry = signing.result()
        cancelling.result()
    with transaction.atomic():
        send_reply(entry)
    letter.refresh_from_db()
    case.refresh_from_db()
    assert (letter.state, case.state) == ("signed", "cancelled")
    assert not Notice.objects.filter(kind="request.replied").exists()

"""What is above ordinary secrecy is told and shown to those who work on it, and to nobody else."""

import pytest

from pendopo.documents.models import Document
from pendopo.documents.queries.papers import documents_for
from pendopo.documents.rules import Secrecy
from pendopo.intake import reactions
from pendopo.intake.actions import decisions
from pendopo.intake.actions.disposition import DispositionOrder, dispose
from pendopo.intake.actions.moving import requester_of
from pendopo.intake.actions.registration import register_letter
from pendopo.intake.tests.office import (
    People,
    a_request,
    a_slot,
    account_with,
    an_office,
    registered,
    registration,
)
from pendopo.journal.models import Entry
from pendopo.notices.models import Notice
from pendopo.people.rules import Duty

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return {**an_office(), "other_secretary": account_with(Duty.SECRETARIAT)}


def told(people: People, kind: str) -> set[str]:
    rows = Notice.objects.filter(kind=kind, account__isnull=False)
    told_to = set(rows.values_list("account", flat=True))
    return {name for name, account in people.items() if account.pk in told_to}


@pytest.mark.parametrize(
    ("secrecy", "hear"),
    [
        (Secrecy.ORDINARY, {"secretary", "other_secretary"}),
        (Secrecy.RESTRICTED, {"secretary"}),
        (Secrecy.SECRET, {"secretary"}),
        (Secrecy.TOP_SECRET, {"secretary"}),
    ],
)
def test_who_may_not_see_a_letter_hears_nothing_of_it(
    people: People, secrecy: Secrecy, hear: set[str]
) -> None:
    case = registered(people, secrecy=secrecy)
    decisions.cancel(case, "", requester_of(case))
    reactions.tell_cancellation(Entry.objects.get(kind="request.cancelled"))
    assert told(people, "request.cancelled") == hear


@pytest.mark.parametrize("secrecy", list(Secrecy))
def test_a_message_says_what_a_letter_is_about_only_where_all_may_know(
    people: People, secrecy: Secrecy
) -> None:
    case = registered(people, secrecy=secrecy)
    dispose(case, DispositionOrder({people["division"]: None}), people["secretary"])
    reactions.tell_whose_desk(Entry.objects.get(kind="assignment.made"))
    notices = Notice.objects.filter(kind="request.assigned")
    assert notices.exists()
    for notice in notices:
        said = f"{notice.subject} {notice.text}"
        assert str(case.number) in said
        for word in ("posyandu", "PKK"):
            assert (word in said) == (secrecy == Secrecy.ORDINARY)


def readers(people: People) -> set[str]:
    return {name for name, account in people.items() if documents_for(account).exists()}


def test_those_who_worked_on_a_secret_letter_read_its_answer(people: People) -> None:
    case = registered(people, secrecy=Secrecy.SECRET)
    dispose(case, DispositionOrder({people["division"]: None}), people["secretary"])
    decisions.approve(case, people["head"])
    assert readers(people) == {"secretary", "head", "division"}


def test_who_gets_a_secret_letter_later_reads_what_was_answered_before(people: People) -> None:
    case = registered(people, secrecy=Secrecy.SECRET)
    dispose(case, DispositionOrder({people["division"]: None}), people["secretary"])
    decisions.offer(case, [a_slot(20)], "", people["head"])
    decisions.refuse_offer(case)
    assert readers(people) == {"secretary", "head", "division"}
    dispose(case, DispositionOrder({people["coordinator"]: None}), people["division"])
    assert readers(people) == {"secretary", "head", "division", "coordinator"}


def test_a_reply_drafted_before_its_secret_letter_came_becomes_secret_with_it(
    people: People,
) -> None:
    case = a_request()
    decisions.authorise(case, "Banjir", people["head"])
    decisions.approve(case, people["head"])
    assert "coordinator" in readers(people)  # an ordinary draft is read by all who read letters
    register_letter(case, registration(secrecy=Secrecy.SECRET), people["secretary"])
    assert Document.objects.get().secrecy == Secrecy.SECRET
    assert readers(people) == {"secretary", "head"}

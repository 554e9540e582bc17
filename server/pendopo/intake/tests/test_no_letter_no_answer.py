"""Nothing is granted without a letter, but what the head authorises and what units book."""

from collections.abc import Callable

import pytest

from pendopo.foundation.errors import Refused
from pendopo.intake.actions import decisions
from pendopo.intake.actions.disposition import DispositionOrder, dispose
from pendopo.intake.models import OfferedSlot, ServiceRequest
from pendopo.intake.rules.decisions import Grounds, may_be_granted
from pendopo.intake.rules.requests import Channel
from pendopo.intake.tests.office import (
    People,
    a_slot,
    an_office,
    awaited,
    registered,
    with_letter,
)
from pendopo.people.models import Account
from pendopo.schedule.models import Session

pytestmark = pytest.mark.django_db
Step = Callable[[ServiceRequest, Account], object]


@pytest.fixture
def people() -> People:
    return an_office()


def approve(case: ServiceRequest, account: Account) -> None:
    decisions.approve(case, account)


def offer(case: ServiceRequest, account: Account) -> None:
    decisions.offer(case, [a_slot(20)], "", account)


def accept(case: ServiceRequest, account: Account) -> None:
    decisions.accept_offer(case, OfferedSlot.objects.get().pk)


def letter_is_taken_away(case: ServiceRequest, people: People) -> None:
    offer(case, people["head"])
    ServiceRequest.objects.update(letter=None)


@pytest.mark.parametrize("step", [approve, offer])
@pytest.mark.parametrize("who", ["head", "division"])
def test_what_has_no_letter_is_neither_approved_nor_offered(
    people: People, step: Step, who: str
) -> None:
    case = awaited(people)
    dispose(case, DispositionOrder({people["division"]: None}), people["head"])
    with pytest.raises(Refused, match="letter_not_there"):
        step(case, people[who])
    case.refresh_from_db()
    assert case.state == "disposed"
    twin = ServiceRequest.objects.get(pk=case.pk)
    with_letter(twin)
    step(case, people[who])  # the letter came while the page was open


def test_an_offer_is_not_accepted_without_a_letter(people: People) -> None:
    case = registered(people)
    letter_is_taken_away(case, people)
    with pytest.raises(Refused, match="letter_not_there"):
        accept(case, people["head"])
    assert not Session.objects.exists()
    decisions.refuse_offer(ServiceRequest.objects.get(pk=case.pk))


@pytest.mark.parametrize(("step", "state"), [(approve, "approved"), (offer, "alternative_offered")])
def test_what_the_head_authorised_goes_ahead(people: People, step: Step, state: str) -> None:
    case = awaited(people)
    decisions.authorise(case, "Banjir, rapat malam ini", people["head"])
    step(case, people["head"])
    case.refresh_from_db()
    assert case.state == state


def test_a_request_without_its_letter_can_still_be_asked_and_rejected(people: People) -> None:
    case = awaited(people)
    decisions.ask(case, "Mana suratnya?", people["secretary"])
    decisions.answer(case, "Menyusul")
    decisions.reject(case, [], "Surat tidak kami terima", people["head"])
    assert case.state == "rejected"


BROUGHT = {Channel.PAPER, Channel.WHATSAPP, Channel.MAIL}


@pytest.mark.parametrize("channel", list(Channel))
def test_on_what_a_request_can_be_granted(channel: Channel) -> None:
    def granted(*, letter: bool = False, word: bool = False, number: bool = False) -> bool:
        return may_be_granted(Grounds(channel, letter, word, number))

    assert granted(letter=True)
    assert granted(word=True)
    assert granted() == (channel == Channel.SELF_SERVICE)
    assert granted(number=True) == (channel in BROUGHT | {Channel.SELF_SERVICE})

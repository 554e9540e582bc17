"""The organiser's page: who gets in, what stands there, and what is kept out of logs."""

import logging
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendopo.intake.actions.decisions import approve
from pendopo.intake.actions.disposition import DispositionOrder, dispose
from pendopo.intake.actions.organisers import requester_as_organiser
from pendopo.intake.actions.registration import register_letter
from pendopo.intake.models import OneTimeCode, Organiser, Preparation, ServiceRequest
from pendopo.intake.tests.office import a_request, an_office, registration, with_letter
from pendopo.journal.models import Entry
from pendopo.notices.codes import words_of
from pendopo.notices.models import Notice
from pendopo.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> dict[str, Account]:
    return an_office()


def approved(people: dict[str, Account], **changes: Any) -> ServiceRequest:
    case = with_letter(a_request(**changes))
    register_letter(case, registration(), people["secretary"])
    dispose(case, DispositionOrder({people["coordinator"]: None}), people["head"])
    approve(case, people["coordinator"])
    case.refresh_from_db()
    return case


@pytest.fixture
def case(people: dict[str, Account]) -> ServiceRequest:
    return approved(people)


def at(name: str, whose: ServiceRequest | Organiser, *more: Any) -> str:
    """An address of an organiser's own page, of a request that of who sent it."""
    if isinstance(whose, ServiceRequest):
        whose = requester_as_organiser(whose)
    return reverse(name, args=[whose.key, *more])


def digits_sent() -> str:
    told = Notice.objects.filter(kind="organiser.code").latest("id")
    assert not re.search(r"\d{6}", f"{told.subject} {told.text}")
    _, text = words_of(told)
    found = re.search(r"\b\d{6}\b", text)
    assert found
    return found[0]


def entered(case: ServiceRequest) -> Client:
    client = Client()
    client.post(at("organiser-code", case))
    answer = client.post(at("organiser-code", case), {"digits": digits_sent()})
    assert answer.status_code == 302, answer.text
    return client


def test_without_a_code_the_page_asks_for_one(case: ServiceRequest) -> None:
    for name in ("organiser-page", "organiser-ics", "organiser-rundown"):
        answer = Client().get(at(name, case))
        assert answer.headers["Location"] == at("organiser-code", case)
    assert Client().post(at("organiser-add", case), {"name": "Ani"}).status_code == 302
    assert not Organiser.objects.filter(name="Ani").exists()


def test_with_the_code_links_and_invitation_stand_there(case: ServiceRequest) -> None:
    client = entered(case)
    page = client.get(at("organiser-page", case))
    assert "#host=" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    invitation = page.context["invitation"]
    assert case.event_title in invitation
    assert "#host=" not in invitation
    calendar = client.get(at("organiser-ics", case)).content
    assert b"BEGIN:VCALENDAR" in calendar
    assert b"host=" not in calendar


def test_the_cookie_of_one_request_opens_no_other(
    case: ServiceRequest, people: dict[str, Account]
) -> None:
    client = entered(case)
    other = approved(people)
    known = next(each for each in client.cookies.values() if each.key.endswith("_organiser"))
    assert known["path"] == at("organiser-page", case)
    assert known["httponly"]
    stranger = Client()
    stranger.cookies[known.key] = known.value  # without its path: as a thief would send it
    assert stranger.get(at("organiser-page", case)).status_code == 200
    assert stranger.get(at("organiser-page", other)).status_code == 302


def ani_of(first: Client, case: ServiceRequest) -> tuple[Organiser, Client]:
    """A co-organiser who was added, and their browser after the code."""
    given = {"name": "Ani", "whatsapp": "0812 0000 1111", "email": ""}
    assert first.post(at("organiser-add", case), given).status_code == 302
    ani = Organiser.objects.get(name="Ani")
    second = Client()
    second.post(at("organiser-code", ani))
    second.post(at("organiser-code", ani), {"digits": digits_sent()})
    return ani, second


def test_somebody_who_was_removed_is_out_at_once(case: ServiceRequest) -> None:
    first = entered(case)
    ani, second = ani_of(first, case)
    assert ani.whatsapp == "+6281200001111"
    assert second.get(at("organiser-page", ani)).status_code == 200
    first.post(at("organiser-remove", case, ani.pk))
    assert second.get(at("organiser-page", ani)).status_code == 404
    assert second.get(at("organiser-code", ani)).status_code == 404


def test_a_co_organiser_is_sent_an_own_address_and_never_sees_the_tracking_code(
    case: ServiceRequest,
) -> None:
    ani, second = ani_of(entered(case), case)
    sent = Notice.objects.filter(kind="organiser.added").get()
    assert sent.link.endswith(at("organiser-page", ani))
    assert (sent.to_name, sent.to_address) == ("Ani", "+6281200001111")
    of_ani = Notice.objects.filter(to_address="+6281200001111")
    assert of_ani.count() >= 2
    seen = [f"{each.subject} {each.text} {each.link}" for each in of_ani]
    pages = ("organiser-page", "organiser-code", "organiser-ics")
    seen += [second.get(at(name, ani)).content.decode() for name in pages]
    seen += [second.get(at("organiser-section", ani, "contact")).content.decode()]
    assert not [words for words in seen if case.tracking_code in words]
    # Nor does the address of one let another in.
    assert second.get(at("organiser-page", case)).status_code == 302
    own = at("organiser-page", ani).rpartition("/")[2]
    for page in ("request-tracking", "request-cancel", "request-data", "request-erasure"):
        assert second.get(reverse(page, args=[own])).status_code == 404


def test_from_the_tracking_page_to_the_requesters_own_page(case: ServiceRequest) -> None:
    door = reverse("organiser-own-page", args=[case.tracking_code])
    assert door in Client().get(reverse("request-tracking", args=[case.tracking_code])).text
    answer = Client().get(door)
    assert (answer.status_code, answer.headers["Location"]) == (302, at("organiser-page", case))
    waiting = a_request()
    early = reverse("organiser-own-page", args=[waiting.tracking_code])
    assert Client().get(early).status_code == 409


def test_five_wrong_codes_are_the_end_of_it(case: ServiceRequest) -> None:
    client = Client()
    client.post(at("organiser-code", case))
    right = digits_sent()
    wrong = "000000" if right != "000000" else "000001"
    for _ in range(5):
        answer = client.post(at("organiser-code", case), {"digits": wrong})
        assert answer.status_code == 422
    client.post(at("organiser-code", case), {"digits": right})
    assert client.get(at("organiser-page", case)).status_code == 302


def test_neither_code_stands_in_log_or_journal(
    case: ServiceRequest, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        entered(case)
    digits = digits_sent()
    ours = [line for line in caplog.messages if "INSERT" not in line and "SELECT" not in line]
    assert not [line for line in ours if digits in line]
    key = at("organiser-page", case).rpartition("/")[2]
    told = [f"{e.kind} {e.subject} {e.actor} {e.facts}" for e in Entry.objects.all()]
    assert not [
        line for line in told if digits in line or case.tracking_code in line or key in line
    ]
    assert digits not in str(list(OneTimeCode.objects.values()))


def test_each_part_is_kept_and_said_to_be_complete(people: dict[str, Account]) -> None:
    case = approved(people)
    ServiceRequest.objects.filter(pk=case.pk).update(attendance="hybrid")
    client = entered(case)
    slugs = [each["slug"] for each in client.get(at("organiser-page", case)).context["sections"]]
    assert "sites" in slugs
    for slug in slugs:
        assert client.get(at("organiser-section", case, slug)).status_code == 200, slug
    contact = {"technical_name": "Budi", "technical_whatsapp": "0812 2222 3333"}
    assert client.post(at("organiser-section", case, "contact"), contact).status_code == 302
    rehearsal = {"rehearsal_at_0": "2027-01-04", "rehearsal_at_1": "09:00"}
    assert client.post(at("organiser-section", case, "rehearsal"), rehearsal).status_code == 302
    places = {
        "place-TOTAL_FORMS": "1", "place-INITIAL_FORMS": "0",
        "place-0-name": "Balai Desa", "place-0-contact": "0812 4444 5555",
    }  # fmt: skip
    assert client.post(at("organiser-section", case, "sites"), places).status_code == 302
    told = Preparation.objects.get(request=case)
    assert (told.technical_whatsapp, told.sites.get().contact) == (
        "+6281222223333",
        "+6281244445555",
    )
    sections = client.get(at("organiser-page", case)).context["sections"]
    done = {each["slug"] for each in sections if each["is_complete"]}
    assert done == {"contact", "rehearsal", "sites"}


def test_what_is_refused_stays_on_the_page(case: ServiceRequest) -> None:
    client = entered(case)
    wrong = {"technical_name": "Budi Raharjo", "technical_whatsapp": "12"}
    answer = client.post(at("organiser-section", case, "contact"), wrong)
    assert answer.status_code == 422
    assert "Budi Raharjo" in answer.text
    assert client.get(at("organiser-section", case, "bukan")).status_code == 404


def test_staff_read_a_code_out(case: ServiceRequest, people: dict[str, Account]) -> None:
    client = Client()
    client.force_login(people["secretary"])
    answer = client.post(reverse("organiser-code-for", args=[case.number]))
    digits = answer.context["digits"]
    stranger = Client()
    stranger.post(at("organiser-code", case), {"digits": digits})
    assert stranger.get(at("organiser-page", case)).status_code == 200
    client.force_login(people["auditor"])
    assert client.post(reverse("organiser-code-for", args=[case.number])).status_code == 403


def test_the_dossier_has_the_button_only_after_approval_and_for_who_may(
    case: ServiceRequest, people: dict[str, Account]
) -> None:
    def buttons(name: str, of: ServiceRequest) -> int:
        client = Client()
        client.force_login(people[name])
        page = client.get(reverse("request-detail", args=[of.number])).text
        return page.count(reverse("organiser-code-for", args=[of.number]))

    waiting = a_request()
    assert {name: buttons(name, case) for name in ("secretary", "head", "coordinator")} == {
        "secretary": 1,
        "head": 1,
        "coordinator": 1,
    }
    assert buttons("auditor", case) == 0
    assert buttons("head", waiting) == 0


def test_the_code_comes_with_the_words_to_say_and_is_nowhere_else(
    case: ServiceRequest, people: dict[str, Account]
) -> None:
    client = Client()
    client.force_login(people["secretary"])
    address = reverse("organiser-code-for", args=[case.number])
    answer = client.post(address)
    digits = answer.context["digits"]
    assert "\u00a0".join(digits) in answer.text
    assert "Siti Aminah" in answer.text
    assert at("organiser-code", case) in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    entry = Entry.objects.filter(kind="organiser.code_issued").get()
    assert entry.actor == f"people.account:{people['secretary'].pk}"
    assert digits not in str(entry.facts)
    assert not Notice.objects.filter(text__contains=digits).exists()
    # Each code ends the one before, and five an hour are enough.
    for _ in range(4):
        assert client.post(address).status_code == 200
    answer = client.post(address, follow=True)
    assert answer.redirect_chain == [(reverse("request-detail", args=[case.number]), 302)]
    assert "notice-bad" in answer.text
    assert Entry.objects.filter(kind="organiser.code_issued").count() == 5


def test_the_page_costs_the_same_whatever_was_told(
    case: ServiceRequest, django_assert_max_num_queries: Any
) -> None:
    client = entered(case)
    for nth in range(5):
        given = {"name": f"Ani {nth}", "email": f"a{nth}@contoh.org"}
        client.post(at("organiser-add", case), given)
    with django_assert_max_num_queries(14):
        client.get(at("organiser-page", case))


def test_for_somebody_elses_meeting_its_link_id_and_passcode_stand_there(
    people: dict[str, Account],
) -> None:
    given = {
        "role": "client",
        "outside_platform": "zoom",
        "outside_url": "https://zoom.us/j/123",
        "outside_meeting_id": "123 456",
        "outside_passcode": "rahasia",
    }
    case = approved(people, **given)
    client = entered(case)
    page = client.get(at("organiser-page", case))
    for words in ("https://zoom.us/j/123", "123 456", "rahasia"):
        assert words in page.text
        assert words in page.context["invitation"]
    assert "#host=" not in page.text
    assert client.get(at("organiser-ics", case)).status_code == 200

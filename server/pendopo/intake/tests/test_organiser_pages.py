"""The organiser's page: who gets in, what stands there, and what is kept out of logs."""

import logging
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pendopo.intake.actions.decisions import approve
from pendopo.intake.actions.disposition import DispositionOrder, dispose
from pendopo.intake.actions.registration import register_letter
from pendopo.intake.models import OneTimeCode, Organiser, Preparation, ServiceRequest
from pendopo.intake.tests.office import a_request, an_office, registration, with_letter
from pendopo.journal.models import Entry
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


def at(name: str, case: ServiceRequest, *more: Any) -> str:
    return reverse(name, args=[case.tracking_code, *more])


def digits_sent() -> str:
    text = Notice.objects.filter(kind="organiser.code").latest("id").text
    found = re.search(r"\b\d{6}\b", text)
    assert found
    return found[0]


def entered(case: ServiceRequest) -> Client:
    client = Client()
    client.get(at("organiser-code", case))
    organiser = Organiser.objects.get(request=case, is_requester=True)
    client.post(at("organiser-code", case), {"organiser": organiser.pk})
    answer = client.post(
        at("organiser-code", case), {"organiser": organiser.pk, "digits": digits_sent()}
    )
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


def test_somebody_who_was_removed_is_out_at_once(case: ServiceRequest) -> None:
    first = entered(case)
    given = {"name": "Ani", "whatsapp": "0812 0000 1111", "email": ""}
    assert first.post(at("organiser-add", case), given).status_code == 302
    ani = Organiser.objects.get(name="Ani")
    assert ani.whatsapp == "+6281200001111"
    second = Client()
    second.post(at("organiser-code", case), {"organiser": ani.pk})
    second.post(at("organiser-code", case), {"organiser": ani.pk, "digits": digits_sent()})
    assert second.get(at("organiser-page", case)).status_code == 200
    first.post(at("organiser-remove", case, ani.pk))
    assert second.get(at("organiser-page", case)).status_code == 302


def test_five_wrong_codes_are_the_end_of_it(case: ServiceRequest) -> None:
    client = Client()
    client.get(at("organiser-code", case))
    organiser = Organiser.objects.get(request=case)
    client.post(at("organiser-code", case), {"organiser": organiser.pk})
    right = digits_sent()
    wrong = "000000" if right != "000000" else "000001"
    for _ in range(5):
        answer = client.post(
            at("organiser-code", case), {"organiser": organiser.pk, "digits": wrong}
        )
        assert answer.status_code == 422
    client.post(at("organiser-code", case), {"organiser": organiser.pk, "digits": right})
    assert client.get(at("organiser-page", case)).status_code == 302


def test_neither_code_stands_in_log_or_journal(
    case: ServiceRequest, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        entered(case)
    digits = digits_sent()
    ours = [line for line in caplog.messages if "INSERT" not in line and "SELECT" not in line]
    assert not [line for line in ours if digits in line]
    told = [f"{e.kind} {e.subject} {e.actor} {e.facts}" for e in Entry.objects.all()]
    assert not [line for line in told if digits in line or case.tracking_code in line]
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
    organiser = Organiser.objects.get(request=case)
    stranger = Client()
    stranger.post(at("organiser-code", case), {"organiser": organiser.pk, "digits": digits})
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

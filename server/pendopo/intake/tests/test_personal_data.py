"""Every personal field has its purpose; what is kept no longer is gone everywhere."""

from datetime import timedelta

import pytest
from django.db import connection, models
from django.test import Client
from django.urls import reverse

from pendopo.foundation import clock
from pendopo.intake.actions.privacy import place_hold
from pendopo.intake.actions.retention import erase_due_requests
from pendopo.intake.models import (
    OneTimeCode,
    Organiser,
    Preparation,
    Question,
    ServiceRequest,
    Site,
    Transition,
)
from pendopo.intake.purpose_words import FIELDS
from pendopo.intake.rules.purposes import NOT_PERSONAL, USES
from pendopo.intake.rules.states import RequestState
from pendopo.journal.models import Entry
from pendopo.people.actions.accounts import create_account
from pendopo.people.rules import Duty

NAME = "Rengganis Wulandari"


@pytest.mark.parametrize("model", [ServiceRequest, Preparation, Site, Organiser, OneTimeCode])
def test_every_field_has_a_purpose_or_is_not_personal(model: type[models.Model]) -> None:
    fields = {f"{model._meta.model_name}.{each.name}" for each in model._meta.concrete_fields}
    assert fields - set(USES) - NOT_PERSONAL == set()
    assert set(USES) == set(FIELDS)
    assert not set(USES) & NOT_PERSONAL


@pytest.fixture
def ended(db: None) -> ServiceRequest:
    """A request that was declined three years ago, with a name in every corner."""
    then = clock.now() - timedelta(days=3 * 366)
    request = ServiceRequest.objects.create(
        number="2023-00001",
        state=RequestState.REJECTED,
        contact_name=NAME,
        contact_whatsapp="+6281200000001",
        organisation_name="PKK",
        event_title=f"Rapat {NAME}",
        purpose=f"Oleh {NAME}",
        submitted_at=then,
    )
    Transition.objects.create(
        request=request, step="reject", old="disposed", new="rejected", actor="system",
        note=NAME, at=then,
    )  # fmt: skip
    Question.objects.create(
        request=request, text=NAME, answer=NAME, asked_at=then, answered_at=then
    )
    Organiser.objects.create(request=request, name=NAME, added_at=then)
    preparation = Preparation.objects.create(request=request, technical_name=NAME, speakers=NAME)
    Site.objects.create(preparation=preparation, name="Aula", person=NAME)
    return request


def places_of(words: str) -> list[str]:
    """Every text column of every table that holds these words."""
    found = []
    with connection.cursor() as sql:
        sql.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public'"
            " AND data_type IN ('text', 'character varying', 'jsonb', 'json')"
        )
        for table, column in sql.fetchall():
            sql.execute(
                f'SELECT count(*) FROM "{table}" WHERE "{column}"::text ILIKE %s',
                [f"%{words}%"],
            )
            if sql.fetchone()[0]:
                found.append(f"{table}.{column}")
    return found


def test_after_its_time_no_table_knows_the_name(ended: ServiceRequest) -> None:
    assert places_of(NAME)
    assert erase_due_requests() == 1
    assert places_of(NAME) == []
    assert places_of("81200000001") == []
    ended.refresh_from_db()
    assert (ended.number, ended.organisation_name) == ("2023-00001", "PKK")


def test_a_second_night_erases_nothing_and_the_journal_counts(ended: ServiceRequest) -> None:
    assert [erase_due_requests(), erase_due_requests()] == [1, 0]
    assert [entry.facts for entry in Entry.objects.filter(kind="requests.erased")] == [{"count": 1}]


def test_a_hold_keeps_it(ended: ServiceRequest) -> None:
    account = create_account("a@t.example", "x", "Admin", [Duty.ADMINISTRATOR])
    place_hold(ended, "Perkara", account)
    assert erase_due_requests() == 0
    assert places_of(NAME)


def test_the_page_opens_by_its_code_alone_and_is_kept_nowhere(ended: ServiceRequest) -> None:
    page = Client().get(reverse("request-tracking", args=[ended.tracking_code.upper()]))
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["X-Robots-Tag"].startswith("noindex")
    other = Client().get(reverse("request-tracking", args=["bbbb-bbbb-bbbb-bbbb"]))
    assert other.status_code == 404


def test_wrong_number_and_wrong_code_are_answered_alike(ended: ServiceRequest) -> None:
    find, code = reverse("request-track"), ended.tracking_code
    wrong = [
        Client().post(find, {"number": "2023-00002", "code": code}),
        Client().post(find, {"number": "2023-00001", "code": "bbbb-bbbb-bbbb-bbbb"}),
    ]
    assert [answer.status_code for answer in wrong] == [422, 422]
    right = Client().post(find, {"number": "2023 1", "code": code.replace("-", " ")})
    assert right.status_code == 302

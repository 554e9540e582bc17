"""Who sees a letter above ordinary secrecy: by secrecy, by duty, and by who is away."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from pendopo.documents.rules import Secrecy
from pendopo.foundation import clock
from pendopo.intake.actions.disposition import DispositionOrder, dispose, finish_assignment
from pendopo.intake.models import Absence, Assignment, ServiceRequest
from pendopo.intake.queries.desk import (
    COUNTED_AT_MOST,
    desk_of,
    desk_tally,
    waiting_count,
)
from pendopo.intake.queries.desks import desks_of
from pendopo.intake.queries.requests import visible_requests
from pendopo.intake.tests.office import account_with, an_office, registered
from pendopo.office.models import Office
from pendopo.people.models import Account
from pendopo.people.rules import Duty

pytestmark = pytest.mark.django_db
People = dict[str, Account]
SECRET = [secrecy for secrecy in Secrecy if secrecy != Secrecy.ORDINARY]
# In every row below these see a secret letter: who registered it, and the first of the chain.
ALWAYS = {"secretary", "head"}


@pytest.fixture
def people() -> People:
    return {
        **an_office(),
        "other_secretary": account_with(Duty.SECRETARIAT),
        "other_division": account_with(Duty.DIVISION_HEAD),
        "operator": account_with(Duty.OPERATOR),
        "requester": account_with(Duty.REQUESTER),
    }


def away(account: Account, deputy: Account, *, in_days: int = 0) -> None:
    day = timezone.localdate(clock.now()) + timedelta(days=in_days)
    Absence.objects.create(account=account, deputy=deputy, first_day=day, last_day=day)


def at_stage(people: People, stage: str, secrecy: Secrecy) -> ServiceRequest:
    """A letter that nobody passed on, that lies with the division, that came back to the first, or
    that was decided."""
    request = registered(people, secrecy=secrecy)
    if stage == "undisposed":
        return request
    dispose(request, DispositionOrder({people["division"]: None}), people["secretary"])
    if stage in ("came_back", "closed"):
        finish_assignment(Assignment.objects.get(), "", people["division"])
    if stage == "closed":
        ServiceRequest.objects.update(state="rejected")
    request.refresh_from_db()
    return request


def who_sees(people: People) -> set[str]:
    return {name for name, account in people.items() if visible_requests(account).exists()}


@pytest.mark.parametrize("secrecy", SECRET)
@pytest.mark.parametrize(
    ("stage", "absent", "sees"),
    [
        ("undisposed", None, set()),
        # The coordinator is the deputy: as the absent first does, while it lies with the first.
        ("undisposed", "head", {"coordinator"}),
        ("undisposed", "division", set()),
        ("undisposed", "secretary", set()),
        ("disposed", None, {"division"}),
        ("disposed", "head", {"division"}),
        ("disposed", "division", {"division", "coordinator"}),
        ("came_back", None, {"division"}),
        ("came_back", "head", {"division", "coordinator"}),
        ("closed", "head", {"division"}),
        ("closed", "division", {"division", "coordinator"}),
    ],
)
def test_above_ordinary_secrecy_only_these_see_a_letter(
    people: People, secrecy: Secrecy, stage: str, absent: str | None, sees: set[str]
) -> None:
    at_stage(people, stage, secrecy)
    if absent:
        away(people[absent], people["coordinator"])
    assert who_sees(people) == ALWAYS | sees


@pytest.mark.parametrize("absent", [None, "head", "division"])
def test_an_ordinary_letter_is_seen_by_all_who_read_letters(
    people: People, absent: str | None
) -> None:
    at_stage(people, "undisposed", Secrecy.ORDINARY)
    if absent:
        away(people[absent], people["coordinator"])
    assert who_sees(people) == set(people) - {"host", "operator", "requester"}


@pytest.mark.parametrize("in_days", [-1, 1])
def test_a_deputy_sees_it_only_on_the_days_of_the_absence(people: People, in_days: int) -> None:
    at_stage(people, "undisposed", Secrecy.SECRET)
    away(people["head"], people["coordinator"], in_days=in_days)
    assert who_sees(people) == ALWAYS


def test_who_is_first_follows_the_chain(people: People) -> None:
    at_stage(people, "undisposed", Secrecy.SECRET)
    away(people["division"], people["coordinator"])
    Office.objects.update(chain=["division_head", "head_of_office"])
    assert who_sees(people) == {"secretary", "division", "other_division", "coordinator"}
    Office.objects.update(chain=[])
    assert who_sees(people) == {"secretary"}
    Office.objects.all().delete()  # before the office is set up, the default chain holds
    assert who_sees(people) == ALWAYS


def test_a_deputy_who_does_not_read_letters_sees_nothing(people: People) -> None:
    at_stage(people, "undisposed", Secrecy.SECRET)
    away(people["head"], people["host"])
    assert who_sees(people) == ALWAYS


def test_the_deputy_of_the_first_deals_with_it_and_it_is_counted(people: People) -> None:
    request = at_stage(people, "undisposed", Secrecy.TOP_SECRET)
    address = reverse("desk-letter", args=[request.number])
    coordinator, client = people["coordinator"], Client()
    client.force_login(coordinator)
    assert client.get(address).status_code == 404
    assert waiting_count(coordinator) == 0
    away(people["head"], coordinator)
    assert client.get(address).status_code == 200
    assert waiting_count(coordinator) == desk_tally(coordinator, desks_of(coordinator)).waiting == 1
    client.post(
        address,
        {"stands": "registered", "step": "pass_on", f"to-{people['other_division'].pk}": "on"},
    )
    assert Assignment.objects.get().account == people["other_division"]
    # It lies with somebody now, who is not away.
    assert client.get(address).status_code == 404


def test_the_count_of_the_header_costs_four_queries(
    people: People, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        at_stage(people, "undisposed", Secrecy.SECRET)
    away(people["head"], people["coordinator"])
    away(people["secretary"], people["coordinator"])
    account = Account.objects.get(pk=people["coordinator"].pk)
    assert waiting_count(account) == 3
    with django_assert_num_queries(4):
        assert waiting_count(account) == 3
    assert len(desk_of(account, desks_of(account))) == 3


def test_the_menu_counts_no_further_than_it_shows(people: People) -> None:
    now = clock.now()
    ServiceRequest.objects.bulk_create(
        ServiceRequest(number=f"2026-{nth:05}", state="submitted", submitted_at=now)
        for nth in range(COUNTED_AT_MOST + 50)
    )
    assert waiting_count(people["secretary"]) == COUNTED_AT_MOST
    client = Client()
    client.force_login(people["secretary"])
    page = client.get(reverse("desk")).content.decode()
    assert 'nav-count">99+<' in page
    assert "150 menunggu" in page

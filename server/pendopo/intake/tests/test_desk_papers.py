"""The office's own letters on the desk: those that wait for a signature or an initial."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pendopo.documents.actions.drafting import DraftOrder, draft_document, initial_document
from pendopo.documents.models import Document
from pendopo.documents.rules import DocumentKind, Secrecy, SigningForm
from pendopo.documents.rules.placeholders import examples
from pendopo.foundation import clock
from pendopo.intake.actions.disposition import DispositionOrder, dispose
from pendopo.intake.models import ServiceRequest
from pendopo.intake.queries.desk import desk_tally, waiting_count
from pendopo.intake.queries.desk_papers import PaperItem, paper_items
from pendopo.intake.queries.desks import desks_of
from pendopo.intake.rules.desk import Work
from pendopo.intake.tests.office import account_with, an_office, registered
from pendopo.journal.models import subject_of
from pendopo.people.models import Account
from pendopo.people.rules import Duty

pytestmark = pytest.mark.django_db
People = dict[str, Account]


@pytest.fixture
def people() -> People:
    """An office in which a letter has gone from the secretary over the head and the division to the
    coordinator."""
    return {**an_office(), "other_division": account_with(Duty.DIVISION_HEAD)}


def handled(people: People) -> ServiceRequest:
    request = registered(people)
    hands = ["secretary", "head", "division", "coordinator"]
    for giver, taker in pairwise(hands):
        dispose(request, DispositionOrder({people[taker]: None}), people[giver])
    return request


def drafted(request: ServiceRequest, by: Account, **more: Any) -> Document:
    order = DraftOrder(
        DocumentKind.APPROVAL,
        subject_of(request),
        ("Yth. Ketua", request.organisation_name, "di Tempat"),
        examples(),
        **more,
    )
    return draft_document(order, by)


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def papers_of(account: Account) -> list[PaperItem]:
    return paper_items(account, timezone.localdate(clock.now()), 200)


def waits(people: People) -> dict[str, list[Work]]:
    found = {name: [item.work for item in papers_of(account)] for name, account in people.items()}
    return {name: works for name, works in found.items() if works}


def test_a_draft_waits_for_its_signatory_and_for_those_who_had_the_letter(people: People) -> None:
    paper = drafted(handled(people), people["coordinator"])
    assert waits(people) == {"head": [Work.SIGN], "division": [Work.INITIAL]}
    initial_document(paper, people["division"])
    assert waits(people) == {"head": [Work.SIGN]}
    Document.objects.update(state="withdrawn")
    assert waits(people) == {}


def test_a_letter_in_anothers_stead_waits_for_all_who_sign(people: People) -> None:
    drafted(
        handled(people), people["coordinator"],
        signing_form=SigningForm.ON_BEHALF, on_behalf_of="Bupati",
    )  # fmt: skip
    # To sign is more than to initial: a letter stands on a desk once.
    assert waits(people) == {
        "head": [Work.SIGN], "division": [Work.SIGN], "other_division": [Work.SIGN],
    }  # fmt: skip


def test_a_secret_letter_waits_only_for_those_who_may_read_it(people: People) -> None:
    drafted(
        handled(people), people["coordinator"], secrecy=Secrecy.SECRET,
        signing_form=SigningForm.ON_BEHALF, on_behalf_of="Bupati",
    )  # fmt: skip
    assert waits(people) == {"head": [Work.SIGN]}


def test_a_paper_about_something_else_has_no_day_and_waits_for_its_signatory(
    people: People,
) -> None:
    paper = drafted(handled(people), people["coordinator"])
    for about in ("office.office:x", "intake.servicerequest-not:x", ""):
        Document.objects.filter(pk=paper.pk).update(about=about)
        (item,) = papers_of(people["head"])
        assert (item.work, item.due_on) == (Work.SIGN, None)
        assert papers_of(people["division"]) == []


def test_papers_stand_among_the_letters_oldest_first_and_are_counted(people: People) -> None:
    request = handled(people)
    now = clock.now()
    dispose(registered(people), DispositionOrder({people["head"]: None}), people["secretary"])
    for days, name in ((3, "Lama"), (0, "Baru")):
        paper = drafted(request, people["coordinator"])
        Document.objects.filter(pk=paper.pk).update(
            subject=name, created_at=now - timedelta(days=days) + timedelta(minutes=1)
        )
    ServiceRequest.objects.filter(pk=request.pk).update(answer_due=now - timedelta(days=2))
    page = signed_in(people["head"]).get(reverse("desk")).content.decode()
    assert page.index("Lama") < page.index("Permohonan fasilitasi") < page.index("Baru")
    assert page.count("queue-row-late") == 2
    assert "3 menunggu, 2 lewat waktu" in page
    assert (
        waiting_count(people["head"])
        == desk_tally(people["head"], desks_of(people["head"])).waiting
        == 3
    )
    assert 'nav-count">3<' in page


def test_the_ticked_ones_are_signed_together(people: People) -> None:
    request = handled(people)
    papers = [drafted(request, people["coordinator"]) for _ in range(3)]
    client = signed_in(people["head"])
    page = client.get(reverse("desk")).content.decode()
    assert page.count('name="papers"') == 3
    assert f'formaction="{reverse("signing-desk")}"' in page
    ticked = [f"{paper.pk}" for paper in papers[:2]]
    page = client.get(reverse("signing-desk"), {"papers": ticked}).content.decode()
    assert [f"{paper.pk}" in page for paper in papers] == [True, True, False]
    assert page.count(" checked") == 2
    # Ticks that no longer hold show all that waits.
    Document.objects.filter(pk__in=ticked).update(state="withdrawn")
    page = client.get(reverse("signing-desk"), {"papers": [*ticked, "x"]}).content.decode()
    assert f"{papers[2].pk}" in page


def test_who_signs_reads_one_letter_after_the_other(people: People) -> None:
    request = handled(people)
    first, second, third = [drafted(request, people["coordinator"]) for _ in range(3)]
    client = signed_in(people["head"])
    pages = {
        paper: client.get(reverse("signing-preview", args=[paper.pk])).content.decode()
        for paper in (first, second, third)
    }

    def leads(here: Document, to: Document, key: str) -> bool:
        return f'href="{reverse("signing-preview", args=[to.pk])}" data-key="{key}"' in pages[here]

    assert leads(first, second, "j")
    assert leads(second, first, "k")
    assert leads(second, third, "j")
    assert leads(third, second, "k")
    assert 'data-key="k"' not in pages[first]
    assert 'data-key="j"' not in pages[third]


def test_a_desk_of_200_papers_costs_as_many_queries_as_one_of_two(people: People) -> None:
    request, client = handled(people), signed_in(people["division"])

    def queries() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as found:
            page = client.get(reverse("desk")).content.decode()
        return len(found), page.count("queue-sender")

    drafted(request, people["coordinator"])
    drafted(request, people["coordinator"], signatory=people["head"])
    queries()  # what is cached once
    few, rows = queries()
    assert rows == 2
    paper = Document.objects.first()
    assert paper is not None
    fields = {f.name: getattr(paper, f.name) for f in Document._meta.concrete_fields}
    for unique in ("id", "code"):
        del fields[unique]
    Document.objects.bulk_create(Document(**fields) for _ in range(250))
    assert queries() == (few, 200)
    assert few <= 16

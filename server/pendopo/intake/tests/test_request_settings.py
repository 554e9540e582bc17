"""What the office decides about requests, and who is away."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pendopo.foundation import clock
from pendopo.intake.models import Absence, Instruction, RejectionReason
from pendopo.intake.queries.policy import the_policy
from pendopo.intake.tests.office import account_with, an_office
from pendopo.people.models import Account
from pendopo.people.rules import Duty

pytestmark = pytest.mark.django_db
People = dict[str, Account]


@pytest.fixture
def people() -> People:
    return an_office()


def as_(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def test_an_office_begins_with_instructions_and_reasons(people: People) -> None:
    client = as_(people["secretary"])
    assert "Proses lebih lanjut" in client.get(reverse("instruction-list")).content.decode()
    assert "Waktu sudah terisi" in client.get(reverse("reason-list")).content.decode()


def test_instructions_are_added_changed_and_taken_out_of_use(people: People) -> None:
    client = as_(people["secretary"])
    new = {"text": "Buatkan surat", "place": "5", "is_active": "on"}
    assert client.post(reverse("instruction-new"), new).status_code == 302
    assert client.post(reverse("instruction-new"), new).status_code == 422
    made = Instruction.objects.get(text="Buatkan surat")
    address = reverse("instruction-change", args=[made.pk])
    assert client.post(address, {"text": "Buatkan surat", "place": "5"}).status_code == 302
    made.refresh_from_db()
    assert not made.is_active
    assert client.get(reverse("instruction-change", args=[2**40])).status_code == 404


def test_reasons_are_added_and_a_wrong_one_keeps_what_was_typed(people: People) -> None:
    client = as_(people["secretary"])
    wrong = client.post(reverse("reason-new"), {"title": "", "sentence": "Aula direnovasi."})
    assert wrong.status_code == 422
    assert "Aula direnovasi." in wrong.content.decode()
    good = {"title": "Renovasi", "sentence": "Aula direnovasi.", "is_active": "on"}
    assert client.post(reverse("reason-new"), good).status_code == 302
    assert RejectionReason.objects.filter(title="Renovasi", is_active=True).exists()


def test_the_office_decides_about_requests_among_its_settings() -> None:
    an_office()
    client = as_(account_with(Duty.ADMINISTRATOR))
    address = reverse("office-section", args=["permohonan"])
    page = client.get(address)
    values = {**page.context["form"].initial, "seen": page.context["seen"], "answer_days": "5"}
    values["whatsapp"] = "0812 3456 7890"
    assert client.post(address, values).status_code == 302
    assert (the_policy().answer_days, the_policy().whatsapp) == (5, "+6281234567890")
    assert client.post(address, values).status_code == 422


def test_each_decision_says_what_it_means() -> None:
    an_office()
    client = as_(account_with(Duty.ADMINISTRATOR))
    form = client.get(reverse("office-section", args=["permohonan"])).context["form"]
    for name in ("register", "whatsapp", "self_service", "kept_years"):
        assert form.fields[name].help_text, name


def test_who_has_a_desk_finds_absences_from_their_account(people: People) -> None:
    link = f'href="{reverse("absence-list")}"'
    for name, account in people.items():
        has_desk = name not in {"auditor", "host"}
        assert (link in as_(account).get(reverse("account")).content.decode()) == has_desk, name


def days(first: int, last: int) -> dict[str, str]:
    today = timezone.localdate(clock.now())
    return {
        "first_day": (today + timedelta(days=first)).isoformat(),
        "last_day": (today + timedelta(days=last)).isoformat(),
    }


def test_one_notes_and_takes_back_the_own_absence(people: People) -> None:
    client = as_(people["division"])
    deputy = {"deputy": str(people["coordinator"].pk)}
    assert client.post(reverse("absence-new"), {**deputy, **days(3, 1)}).status_code == 422
    assert client.post(reverse("absence-new"), {**deputy, **days(0, 2)}).status_code == 302
    absence = Absence.objects.get()
    assert (absence.account, absence.deputy) == (people["division"], people["coordinator"])
    assert "Joko" in client.get(reverse("absence-list")).content.decode()
    end = reverse("absence-end", args=[absence.pk])
    assert as_(people["head"]).post(end).status_code == 302
    assert as_(people["coordinator"]).post(end).status_code == 403
    assert Absence.objects.exists()
    assert client.post(end).status_code == client.post(end).status_code == 302
    assert not Absence.objects.exists()


def test_the_secretary_notes_the_absence_of_others_and_nobody_else_does(people: People) -> None:
    given = {
        "holder": str(people["head"].pk),
        "deputy": str(people["division"].pk),
        **days(0, 2),
    }
    as_(people["coordinator"]).post(reverse("absence-new"), given)
    assert not Absence.objects.filter(account=people["head"]).exists()
    assert as_(people["secretary"]).post(reverse("absence-new"), given).status_code == 302
    assert Absence.objects.filter(account=people["head"]).exists()

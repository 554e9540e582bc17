"""What an administrator does to accounts: confirmed, journaled, and never to oneself."""

import time
from urllib.parse import urlsplit

import pytest
from django.test import Client

from pendopo.journal.models import SYSTEM, Entry
from pendopo.office.actions.decisions import create_office
from pendopo.office.actions.units import create_unit
from pendopo.office.rules import UnitKind
from pendopo.people.actions.accounts import create_account
from pendopo.people.models import Account, Invitation
from pendopo.people.queries import duties_of, open_invitation
from pendopo.people.rules import Duty
from pendopo.people.sign_in import SIGNED_IN_AT


@pytest.fixture
def me(db: None) -> Account:
    create_office("Kantor", "Layanan", SYSTEM)
    return create_account("sri@uji.test", "x", "Sri", [Duty.ADMINISTRATOR])


@pytest.fixture
def other(me: Account) -> Account:
    return create_account("siti@uji.test", "x", "Siti", [Duty.OPERATOR])


@pytest.fixture
def client(me: Account) -> Client:
    """Signed in a moment ago."""
    signed_in = Client()
    signed_in.force_login(me)
    return signed_in


def address(account: Account, wish: str = "") -> str:
    return f"/pengaturan/akun/{account.pk}/{wish}"


def test_inviting_makes_an_account_with_unit_duties_and_a_link(client: Client, me: Account) -> None:
    unit = create_unit("Desa Uji", UnitKind.VILLAGE, None, SYSTEM)
    fields = {"name": "Budi", "email": "budi@uji.test", "unit": unit.pk, "duties": ["host"]}
    page = client.post("/pengaturan/akun/undang", fields, follow=True)
    budi = Account.objects.get(email="budi@uji.test")
    assert duties_of(budi) == {"host"}
    assert budi.membership.unit == unit
    assert page.context["link"] in page.content.decode()
    assert Entry.objects.filter(kind="invitation.created", actor=f"people.account:{me.pk}").exists()
    again = client.post("/pengaturan/akun/undang", fields)
    assert again.status_code == 422


def test_duties_and_unit_are_changed_together(client: Client, other: Account) -> None:
    client.post(address(other), {"duties": ["auditor"], "unit": ""})
    other.kept_duties = None
    assert duties_of(other) == {"auditor"}
    assert Entry.objects.filter(kind="account.duties_changed").count() == 1


def test_calling_an_invitation_off_closes_the_account(client: Client) -> None:
    client.post("/pengaturan/akun/undang", {"name": "Budi", "email": "budi@uji.test"})
    budi = Account.objects.get(email="budi@uji.test")
    assert open_invitation(budi) is not None
    client.post(address(budi, "batal-undang"))
    budi.refresh_from_db()
    assert (open_invitation(budi), budi.is_active) == (None, False)
    client.post(address(budi, "aktif"))
    client.post(address(budi, "undang"))
    assert Invitation.objects.filter(account=budi).count() == 2


@pytest.mark.parametrize("wish", ["nonaktif", "pengaman", "sandi"])
def test_what_is_grave_asks_for_the_password_again(me: Account, other: Account, wish: str) -> None:
    long_ago = Client()
    long_ago.force_login(me)
    session = long_ago.session
    session[SIGNED_IN_AT] = time.time() - 600
    session.save()
    answer = long_ago.post(address(other, wish))
    assert urlsplit(answer["Location"]).path == "/akun/konfirmasi/"
    other.refresh_from_db()
    assert other.is_active
    assert not Entry.objects.filter(subject=f"people.account:{other.pk}").exclude(
        kind="account.created"
    )


@pytest.mark.parametrize("wish", ["nonaktif", "pengaman", "sandi"])
def test_nothing_grave_is_done_to_oneself(client: Client, me: Account, wish: str) -> None:
    assert client.post(address(me, wish)).status_code == 409
    me.refresh_from_db()
    assert me.is_active


def test_a_link_for_a_new_password_is_shown_once_and_kept_by_nobody(
    client: Client, other: Account
) -> None:
    answer = client.post(address(other, "sandi"))
    assert answer.context["link"] in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert Entry.objects.filter(kind="account.password_reset_offered").count() == 1


def test_another_account_can_be_closed_and_opened(client: Client, other: Account) -> None:
    theirs = Client()
    theirs.force_login(other)
    assert theirs.get("/rapat/").status_code == 200
    client.post(address(other, "nonaktif"))
    assert theirs.get("/rapat/").status_code == 302
    client.post(address(other, "aktif"))
    other.refresh_from_db()
    assert other.is_active


def test_erasing_needs_the_name(client: Client, other: Account) -> None:
    path = f"/jurnal/orang/{other.person_id}/hapus"
    client.post(path, {"name": "Orang lain"})
    other.person.refresh_from_db()
    assert other.person.name == "Siti"
    client.post(path, {"name": "Siti"})
    other.person.refresh_from_db()
    assert other.person.erased_at
    assert "Siti" not in client.get("/pengaturan/akun/").content.decode()


@pytest.mark.parametrize("wish", ["hapus-semua", "x"])
def test_an_unknown_wish_is_refused(client: Client, other: Account, wish: str) -> None:
    assert client.post(address(other, wish)).status_code == 404

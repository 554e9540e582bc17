"""The link of the first run: one administrator, and a way back in."""

import threading

import pytest
from django.db import connection
from django.test import Client

from pendopo.journal.models import SYSTEM
from pendopo.office.actions.decisions import create_office, finish_first_run
from pendopo.people.models import Account
from pendopo.people.queries import administrators, the_policy
from pendopo.project.demo import load_demo
from pendopo.project.deployment import deployment

FORM = {"name": "Sri", "email": "sri@kab.go.id", "password": "empat kata mudah diingat "}


def opened() -> Client:
    client = Client()
    answer = client.get("/mulai/", {"kunci": deployment().first_run_key})
    assert answer.status_code == 302
    return client


@pytest.mark.django_db
def test_the_administrator_is_asked_for_a_second_factor_at_once() -> None:
    client = opened()
    assert client.post("/mulai/akun", FORM).headers["Location"] == "/mulai/pengaman"
    assert the_policy().staff_need_mfa
    assert client.get("/mulai/pengaman").status_code == 200
    for address in ("/pengaturan/akun/", "/jurnal/", "/rapat/", "/mulai/kantor"):
        assert client.get(address).headers["Location"].startswith("/akun/keamanan/?")


@pytest.mark.django_db
def test_a_password_is_kept_as_it_was_typed() -> None:
    opened().post("/mulai/akun", FORM)
    assert Account.objects.get().check_password(FORM["password"])
    assert not Account.objects.get().check_password(FORM["password"].strip())


@pytest.mark.django_db
def test_ones_own_address_is_no_password() -> None:
    answer = opened().post("/mulai/akun", FORM | {"password": FORM["email"]})
    assert answer.status_code == 422
    assert not Account.objects.exists()


@pytest.mark.django_db
def test_who_left_comes_back_by_the_same_link_after_signing_in() -> None:
    opened().post("/mulai/akun", FORM)
    later = Client()
    answer = later.get("/mulai/", {"kunci": deployment().first_run_key}, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/akun/login/?next=")
    assert later.get("/mulai/akun").status_code == 404


@pytest.mark.django_db
def test_the_link_is_dead_once_the_office_is_set_up() -> None:
    create_office("Kantor", "Layanan", SYSTEM)
    finish_first_run(SYSTEM)
    answer = Client().get("/mulai/", {"kunci": deployment().first_run_key})
    assert answer.status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_administrator() -> None:
    visitors = [opened(), opened()]
    together = threading.Barrier(2)
    answers: list[int] = []

    def send(client: Client, number: int) -> None:
        together.wait()
        answers.append(
            client.post("/mulai/akun", FORM | {"email": f"a{number}@kab.go.id"}).status_code
        )
        connection.close()

    threads = [
        threading.Thread(target=send, args=(client, number))
        for number, client in enumerate(visitors)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 404]
    assert administrators().count() == 1


@pytest.mark.django_db
def test_the_demo_never_moves_into_an_office_that_somebody_began() -> None:
    opened().post("/mulai/akun", FORM)
    assert not load_demo()
    assert Account.objects.count() == 1

"""Accounts that read pages, without a web server."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from pendopo.people.actions.accounts import create_account
from pendopo.people.models import Account
from pendopo.people.rules import Duty

Reader = Callable[..., Client]


@pytest.fixture
def reader(db: None, settings: Settings) -> Reader:
    """Signs an account with these duties in: `reader(Duty.AUDITOR)`."""
    # Pages name their files; no test here needs the hashed copies that `collectstatic` makes.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if "servestatic" not in each]

    def sign_in(*duties: Duty, name: str = "Auditor Uji") -> Client:
        number = Account.objects.count()
        client = Client()
        client.force_login(create_account(f"a{number}@test.example", "x", name, duties))
        return client

    return sign_in


@pytest.fixture
def admin(db: None) -> Account:
    """The only administrator."""
    return create_account("admin@uji.test", "x", "Sri Wahyuni", [Duty.ADMINISTRATOR], "Kominfo")


@pytest.fixture
def operator(db: None) -> Account:
    """Somebody with a staff duty."""
    return create_account("operator@uji.test", "x", "Rizky Ramadhan", [Duty.OPERATOR], "Kominfo")

"""How django-allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class SignInAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the office; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

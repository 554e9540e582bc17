"""Accounts, persons and duties. Only a person links an id to a name."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from pendopo.foundation.ids import new_id
from pendopo.people.rules import Duty


class Person(models.Model):
    """Someone with a name. Everything else knows only the id, so that a name can be erased."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name"), max_length=100)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; the e-mail address is stored in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        """An account with its person. ``name`` and ``organisation`` go to the person."""
        person = Person.objects.create(
            name=fields.pop("name", email.partition("@")[0]),
            organisation=fields.pop("organisation", ""),
        )
        account = self.model(email=email.strip().lower(), person=person, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """A way to sign in, by e-mail address."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    # Kept by `people.queries.duties_of` for the length of a request.
    kept_duties: frozenset[str] | None = None

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return str(self.pk)


class DutyAssignment(models.Model):
    """That an account holds a duty."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="duties")
    duty = models.CharField(max_length=30, choices=[(d.value, d.value) for d in Duty])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "duty"], name="duty_assignment_once")
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.account_id}"


class ApiToken(models.Model):
    """A bearer token for programs; only its hash is stored."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="api_tokens")
    secret_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)

"""Accounts, persons and duties. Only a person links an id to a name."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pendopo.foundation.ids import new_id
from pendopo.people.rules import Duty

# What stands in place of an erased name, for whatever prints the stored one.
ERASED_NAME = "(dihapus)"


class Person(models.Model):
    """Someone with a name. Everything else knows only the id, so that a name can be erased."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name"), max_length=100)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, editable=False)

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """The name, or in the reader's language that it was erased."""
        return gettext("(erased)") if self.erased_at else self.name


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
    # Part of what every session is checked against: one more, and all sessions are over.
    sessions_ended = models.PositiveIntegerField(default=0, editable=False)

    # Kept by `people.queries.duties_of` for the length of a request.
    kept_duties: frozenset[str] | None = None

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return str(self.pk)

    def get_session_auth_hash(self) -> str:
        """Changes with the password and with :attr:`sessions_ended`."""
        return f"{super().get_session_auth_hash()}{self.sessions_ended}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under former secret keys."""
        for former in super().get_session_auth_fallback_hash():
            yield f"{former}{self.sessions_ended}"


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
    name = models.CharField(_("name"), max_length=80, blank=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)  # to the minute

    def __str__(self) -> str:
        return str(self.pk)


class SignInPolicy(models.Model):
    """What the office decides about signing in. One row."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    staff_need_mfa = models.BooleanField(_("Staff need a second factor"), default=False)
    oidc_creates_accounts = models.BooleanField(
        _("Whoever the single sign-on knows gets an account"), default=False
    )
    invitation_days = models.PositiveSmallIntegerField(
        _("An invitation is valid for this many days"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )

    class Meta:
        verbose_name_plural = "sign-in policies"

    def __str__(self) -> str:
        return "sign-in policy"


class Invitation(models.Model):
    """That somebody may take an account over once, by a link. The link holds the nonce, signed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="invitations")
    nonce = models.CharField(max_length=43)
    created_by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(used_at=None, revoked_at=None),
                name="invitation_one_open",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

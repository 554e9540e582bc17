"""What entries about people and accounts are called, and which subjects are a person's."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pendopo.journal.trails import (
    Fact,
    Name,
    describe,
    describe_work,
    names,
    subjects_of_person,
)
from pendopo.people.models import Account, ApiToken, Person
from pendopo.people.rules import Duty
from pendopo.people.wording import DUTY_LABELS


def _duty(duty: str) -> object:
    return DUTY_LABELS[Duty(duty)] if duty in set(Duty) else duty


_METHODS = {
    "password": _("password"),
    "totp": _("code of the app"),
    "passkey": _("passkey"),
    "recovery_code": _("recovery code"),
    "oidc": _("single sign-on"),
    "invitation": _("invitation"),
    "password_reset": _("link for a new password"),
    "try_as": _("one click in the demo"),
    "first_run": _("first run"),
}


def _method(method: str) -> str:
    """Several that were used one after the other are joined by a plus sign."""
    return " + ".join(str(_METHODS.get(each, each)) for each in method.split("+"))


_FORMS = {"page": _("a page"), "csv": _("a CSV file")}

describe(
    "person",
    _("People"),
    {
        "renamed": _("Name changed"),
        "erased": _("Personal data erased"),
        "trail_read": _("Everything about this person read in the journal"),
    },
    {"form": Fact(_("As"), lambda form: _FORMS.get(form, form))},
)
describe(
    "account",
    _("Accounts"),
    {
        "created": _("Account made"),
        "signed_in": _("Signed in"),
        "signed_out": _("Signed out"),
        "sign_in_failed": _("Sign-in failed"),
        "locked_out": _("Locked out after failed sign-ins"),
        "password_changed": _("Password changed"),
        "totp_added": _("Authenticator app added"),
        "totp_removed": _("Authenticator app removed"),
        "recovery_codes_made": _("Recovery codes made"),
        "recovery_code_used": _("Recovery code used"),
        "passkey_added": _("Passkey added"),
        "passkey_removed": _("Passkey removed"),
        "linked_to_oidc": _("Linked to single sign-on"),
        "duties_changed": _("Duties changed"),
        "deactivated": _("Account closed"),
        "reactivated": _("Account opened again"),
        "mfa_reset": _("Second factor reset"),
        "sessions_ended": _("Signed out on other devices"),
        "password_reset_asked": _("New password asked for by mail"),
        "password_reset_offered": _("Link for a new password made"),
    },
    {"duties": Fact(_("Duties"), _duty), "method": Fact(_("Method"), _method)},
)
describe(
    "api_token",
    _("API tokens"),
    {"created": _("API token made"), "revoked": _("API token revoked")},
    {"scopes": Fact(_("Scopes"))},
)
describe(
    "invitation",
    _("Invitations"),
    {
        "created": _("Invitation made"),
        "accepted": _("Invitation accepted"),
        "revoked": _("Invitation withdrawn"),
    },
)
describe("sign_in_policy", _("Rules of sign-in"), {"changed": _("Rules of sign-in changed")})
describe_work(
    {
        "pendopo.people.reactions.mail_invitation": _("Mail an invitation"),
        "pendopo.people.reactions.mail_password_reset": _("Mail the link for a new password"),
    }
)


@names("people.person")
def _persons(ids: list[str]) -> dict[str, Name]:
    return {
        str(person.pk): Name(person.name, person.pk) for person in Person.objects.filter(pk__in=ids)
    }


@names("people.account")
def _accounts(ids: list[str]) -> dict[str, Name]:
    found = Account.objects.filter(pk__in=ids).select_related("person")
    return {str(account.pk): Name(account.person.name, account.person_id) for account in found}


@names("people.apitoken")
def _api_tokens(ids: list[str]) -> dict[str, Name]:
    found = ApiToken.objects.filter(pk__in=ids).select_related("account__person")
    return {str(token.pk): Name(_token_name(token), token.account.person_id) for token in found}


def _token_name(token: ApiToken) -> str:
    person = token.account.person.name
    return gettext("API token of %(person)s") % {"person": person} if person else ""


@subjects_of_person
def _persons_subjects(person: UUID) -> Iterator[str]:
    """The person, the account and whatever in this app hangs on the account."""
    yield f"people.person:{person}"
    account = Account.objects.filter(person=person).first()
    if account is None:
        return
    yield f"people.account:{account.pk}"
    for relation in Account._meta.related_objects:
        model = relation.related_model._meta
        if model.app_label != "people" or relation.field.name != "account":
            continue
        assert model.default_manager is not None  # every model of ours has one
        for pk in model.default_manager.filter(account=account).values_list("pk", flat=True):
            yield f"{model.label_lower}:{pk}"

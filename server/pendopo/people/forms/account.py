"""What people change about themselves, and how they take an account over."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from pendopo.people.forms.allauth_fields import NEW_PASSWORD_HINT
from pendopo.people.models import Account, Person, SignInPolicy

if TYPE_CHECKING:
    _PolicyForm = forms.ModelForm[SignInPolicy]
else:
    _PolicyForm = forms.ModelForm  # takes no parameter when it runs

_NAME = Person._meta.get_field("name")


class NameForm(forms.Form):
    """One's own name."""

    name = forms.CharField(
        label=_("Your full name"),
        max_length=_NAME.max_length,
        help_text=_("As others see it in meetings, with titles if you use them."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class AcceptInvitationForm(NameForm):
    """Name and password of whoever was invited."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=NEW_PASSWORD_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._account = account

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self._account)
        return password


class SignInPolicyForm(_PolicyForm):
    """What the office decides about signing in."""

    class Meta:
        model = SignInPolicy
        fields = ("staff_need_mfa", "oidc_creates_accounts", "invitation_days")
        help_texts = {
            "staff_need_mfa": _(
                "An app with codes or a passkey. Whoever has none is led to set one up first."
            ),
            "oidc_creates_accounts": _(
                "Such an account has no duty but that of a requester. "
                "Otherwise only invited people may sign in."
            ),
        }

"""What is asked before a signature, a revocation, or for a copy that was signed elsewhere."""

from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pendopo.documents.models import SigningPolicy
from pendopo.documents.rules import Method
from pendopo.gateways.signing.bsre import bsre_service
from pendopo.gateways.signing.port import Passphrase

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    PolicyForm = forms.ModelForm[SigningPolicy]
    Words = str | _StrPromise
else:
    PolicyForm = forms.ModelForm


def passphrase_field(label: "Words", help_text: "Words" = "") -> forms.CharField:
    """Never filled in again, and stripped of nothing: blanks may belong to it."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(
            render_value=False, attrs={"autocomplete": "off", "spellcheck": "false"}
        ),
    )


class SignForm(forms.Form):
    """The passphrase, once for all chosen letters."""

    passphrase = passphrase_field(_("Passphrase of your signature"))

    @property
    def given(self) -> Passphrase:
        """The passphrase of a valid form."""
        return Passphrase(self.cleaned_data["passphrase"])


class RevokeForm(forms.Form):
    """Why a paper is revoked; everybody who checks it reads that."""

    reason = forms.CharField(
        label=_("Why is it revoked?"),
        max_length=200,
        help_text=_("Everybody who checks the letter reads this. Write no names or contacts."),
    )


class SignedCopyForm(forms.Form):
    """The copy that was signed by hand or in the national letter system."""

    copy = forms.FileField(
        label=_("The signed letter (PDF)"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
    )
    number = forms.CharField(
        label=_("Number of the letter"),
        max_length=80,
        required=False,
        help_text=_("As it stands on the letter. Empty: the next number of this office."),
    )
    dated_on = forms.DateField(
        label=_("Date of the letter"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    # Which version the page showed; it is the one that a scan has to be of.
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class CheckForm(forms.Form):
    """A PDF that somebody holds and wants compared."""

    file = forms.FileField(
        label=_("The PDF that you received"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
        help_text=_("At most 20 MB. It is compared and not kept."),
    )


class SigningPolicyForm(PolicyForm):
    """How the office's papers are signed."""

    class Meta:
        model = SigningPolicy
        fields: ClassVar = ["method", "timestamp_url"]
        widgets: ClassVar = {
            "method": forms.RadioSelect,
            "timestamp_url": forms.URLInput(attrs={"inputmode": "url"}),
        }

    def clean_method(self) -> str:
        method: str = self.cleaned_data["method"]
        if method == Method.BSRE and not bsre_service().is_set:
            raise forms.ValidationError(
                gettext(
                    "BSrE is not set up on this server. Its administrator sets PENDOPO_BSRE_URL, "
                    "PENDOPO_BSRE_USER and PENDOPO_BSRE_PASSWORD first."
                )
            )
        return method

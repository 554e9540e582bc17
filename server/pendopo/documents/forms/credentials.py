"""With what somebody signs: a new certificate, one brought along, or a NIK at BSrE."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pendopo.documents.forms.signing import passphrase_field
from pendopo.documents.rules.signing import NIK_DIGITS, SHORTEST_PASSPHRASE, is_nik
from pendopo.gateways.signing.port import Passphrase

_ONLY_YOU = _(
    "At least 10 characters. Only you know it: we do not keep it, and nobody can bring it back."
)


class NewPassphraseForm(forms.Form):
    """A passphrase for signing, typed twice."""

    passphrase = passphrase_field(_("New passphrase for signing"), _ONLY_YOU)
    again = passphrase_field(_("The same once more"))

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        first = values.get("passphrase", "")
        if first and len(first) < SHORTEST_PASSPHRASE:
            self.add_error("passphrase", gettext("At least 10 characters."))
        elif first and values.get("again") and first != values["again"]:
            self.add_error("again", gettext("The two are not the same. Type both again."))
        return values

    @property
    def chosen(self) -> Passphrase:
        """The passphrase of a valid form."""
        return Passphrase(self.cleaned_data["passphrase"])


class BringCertificateForm(NewPassphraseForm):
    """One's own PKCS#12 with the passphrase that opens it, and the one that will."""

    file = forms.FileField(
        label=_("Certificate file (.p12 or .pfx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".p12,.pfx,application/x-pkcs12"}),
    )
    opens = passphrase_field(_("Passphrase of this file"))
    field_order = ("file", "opens", "passphrase", "again")


class NikForm(forms.Form):
    """The NIK under which BSrE knows a signer."""

    nik = forms.CharField(
        label=_("Your NIK"),
        max_length=NIK_DIGITS,
        help_text=_("16 digits, as registered at BSrE. It is kept sealed and shown to nobody."),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}
        ),
    )

    def clean_nik(self) -> str:
        nik: str = self.cleaned_data["nik"].strip()
        if not is_nik(nik):
            raise forms.ValidationError(gettext("A NIK has 16 digits."))
        return nik

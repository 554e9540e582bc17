"""What the first run asks."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from pendopo.office.models import Office
from pendopo.people.models import Account
from pendopo.schedule.models import Room


class AccountForm(forms.Form):
    """The administrator's own account."""

    name = forms.CharField(label=_("Your full name"), max_length=100)
    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least ten characters. A sentence of four words is easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, Account(email=self.cleaned_data.get("email", "")))
        return password


class OfficeForm(forms.Form):
    """Name and emblem of the office."""

    name = Office._meta.get_field("name").formfield()
    service_name = Office._meta.get_field("service_name").formfield(initial="Pendopo")
    emblem = forms.FileField(
        label=_("Emblem"),
        required=False,
        help_text=_("PNG, JPEG or WebP, at most 5 MB. Square pictures look best."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )


class LineForm(forms.Form):
    """The line, and the first physical and virtual room."""

    uplink_mbps = Office._meta.get_field("uplink_mbps").formfield(initial=1000)
    uplink_headroom_percent = Office._meta.get_field("uplink_headroom_percent").formfield(
        initial=20
    )
    hall = forms.CharField(
        label=_("Physical room"), max_length=120, required=False, help_text=_("For example: Aula")
    )
    hall_people = Room._meta.get_field("people").formfield(required=False, initial=50)
    virtual = forms.CharField(label=_("Virtual room"), max_length=120, initial="Ruang daring A")
    virtual_people = Room._meta.get_field("people").formfield(initial=200)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("hall") and not values.get("hall_people"):
            self.add_error("hall_people", _("How many people find a place in it?"))
        return values

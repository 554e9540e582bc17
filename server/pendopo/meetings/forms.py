"""What people fill in about meetings."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.schedule.rules import is_out_of_range, order_of_times_is_wrong


class StartForm(forms.Form):
    """A meeting that starts this moment."""

    title = forms.CharField(label=_("Title of the meeting"), max_length=160)


class ScheduleForm(forms.Form):
    """A meeting at a time in the office's zone."""

    title = forms.CharField(label=_("Title of the meeting"), max_length=160)
    starts_at = forms.DateTimeField(
        label=_("Starts"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    ends_at = forms.DateTimeField(
        label=_("Ends"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=_("Leave empty if you do not know yet."),
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        starts_at: datetime | None = values.get("starts_at")
        ends_at: datetime | None = values.get("ends_at")
        for field, time in (("starts_at", starts_at), ("ends_at", ends_at)):
            if is_out_of_range(time):
                self.add_error(field, _("Give a time between the years 2000 and 2099."))
        if starts_at and ends_at and order_of_times_is_wrong(starts_at, ends_at):
            self.add_error("ends_at", _("The end must come after the start."))
        return values


class JoinForm(forms.Form):
    """A meeting's code, or the whole link as it came by WhatsApp."""

    address = forms.CharField(
        label=_("Meeting code or link"),
        max_length=300,
        help_text=_("It is in your invitation, for example abc-defg-hij."),
    )

    def clean_address(self) -> str:
        """The slug at the end of whatever was pasted."""
        address: str = self.cleaned_data["address"]
        path = urlsplit(address.strip()).path
        return path.rstrip("/").rpartition("/")[2].lower()

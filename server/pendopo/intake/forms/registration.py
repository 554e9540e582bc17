"""What the register says of a letter."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pendopo.documents.rules import Secrecy, Urgency
from pendopo.documents.wording import SECRECIES, URGENCIES
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.intake.actions.registration import Registration
from pendopo.intake.models import ServiceRequest
from pendopo.intake.rules.requests import is_day_of_receipt
from pendopo.office.forms.units import UnitChoice
from pendopo.office.models import CommunityOrganization
from pendopo.office.queries import organisations

if TYPE_CHECKING:
    _ModelChoiceField = forms.ModelChoiceField[CommunityOrganization]
else:
    _ModelChoiceField = forms.ModelChoiceField

_OF_THE_LETTER = ("letter_number", "letter_date")


def day_input() -> forms.DateInput:
    """The browser's own calendar."""
    return forms.DateInput({"type": "date"}, "%Y-%m-%d")


class RegistrationForm(forms.Form):
    """The fields of the register, filled with what the requester said.

    The agenda number is asked for where the national letter system gives it (``is_external``).
    """

    external_number = forms.CharField(label=_("Agenda number"), max_length=80, required=False)
    received_on = forms.DateField(label=_("Received on"), widget=day_input())
    letter_number = forms.CharField(label=_("Letter number"), max_length=80, required=False)
    letter_date = forms.DateField(label=_("Letter date"), required=False, widget=day_input())
    subject = forms.CharField(label=pgettext_lazy("letter", "Subject"), max_length=200)
    urgency = forms.ChoiceField(
        label=_("Urgency"), choices=[(each.value, URGENCIES[each]) for each in Urgency]
    )
    secrecy = forms.ChoiceField(
        label=_("Secrecy"), choices=[(each.value, SECRECIES[each]) for each in Secrecy]
    )

    def __init__(
        self, data: QueryDict | None, letter: ServiceRequest, *, is_external: bool
    ) -> None:
        super().__init__(data, initial=_known(letter))
        self.fields["unit"] = UnitChoice(label=_("Sending unit"), required=False)
        self.fields["organisation"] = _ModelChoiceField(
            organisations(), label=_("Sending organisation"), required=False, empty_label="–"
        )
        if is_external:
            self.fields["external_number"].required = True
            self.fields["external_number"].help_text = _("As the national letter system gave it.")
        else:
            del self.fields["external_number"]

    def clean(self) -> dict[str, Any]:
        """A letter has one sender, and nothing comes from tomorrow."""
        given = super().clean() or self.cleaned_data
        if given.get("unit") and given.get("organisation"):
            self.add_error("organisation", _("Choose a unit or an organisation, not both."))
        today = timezone.localdate(clock.now())
        for name in ("received_on", "letter_date"):
            if (day := given.get(name)) and day > today:
                self.add_error(name, _("This day is still to come."))
        received = given.get("received_on")
        if received and received <= today and not is_day_of_receipt(received, today):
            self.add_error("received_on", Refused("received_day_wrong").sentence)
        return given

    def registration(self) -> Registration:
        """What was filled in, once the form is valid."""
        given = self.cleaned_data
        return Registration(
            received_on=given["received_on"],
            subject=given["subject"],
            urgency=Urgency(given["urgency"]),
            secrecy=Secrecy(given["secrecy"]),
            letter_number=given["letter_number"],
            letter_date=given["letter_date"],
            # Emptied on the page, not left out by whoever sends the form from elsewhere.
            clears=frozenset(
                name for name in _OF_THE_LETTER if name in self.data and not given[name]
            ),
            external_number=given.get("external_number", ""),
            unit=given["unit"],
            organisation=given["organisation"],
        )


def _known(letter: ServiceRequest) -> dict[str, Any]:
    sent_at = letter.submitted_at or clock.now()
    return {
        "received_on": timezone.localdate(sent_at),
        "letter_number": letter.letter_number,
        "letter_date": letter.letter_date,
        "subject": letter.event_title,
        "unit": letter.unit_id,
        "organisation": letter.organisation_id,
    }

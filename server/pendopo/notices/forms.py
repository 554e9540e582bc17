"""What people fill in about messages."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.foundation.errors import Refused
from pendopo.gateways.whatsapp.numbers import normalised, readable
from pendopo.notices.models import NoticePolicy
from pendopo.notices.rules import Channel, Way
from pendopo.notices.wording import CHANNELS, STATES, WAYS

if TYPE_CHECKING:
    _PolicyForm = forms.ModelForm[NoticePolicy]
else:
    _PolicyForm = forms.ModelForm

_CLOCK = "%H:%M"
_CLOCKS = ["%H:%M", "%H.%M", "%H:%M:%S"]


class PolicyForm(_PolicyForm):
    """When messages are quiet, and by which ways they go."""

    class Meta:
        model = NoticePolicy
        fields: ClassVar = [
            "quiet_from",
            "quiet_until",
            "digest_at",
            "staff_way",
            "mails_contacts",
            "whatsapps_contacts",
            "office_whatsapp",
            "kept_days",
        ]
        help_texts: ClassVar = {
            "quiet_from": _(
                "What is not urgent then waits for the morning. The same time twice: never quiet."
            ),
            "digest_at": _("On working days, before noon."),
            "office_whatsapp": _("Stands at the foot of our mails. May stay empty."),
            "kept_days": _("Afterwards only that a message went out is known."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("quiet_from", "quiet_until", "digest_at"):
            label = self.fields[name].label
            self.fields[name] = forms.TimeField(
                label=label,
                help_text=self.fields[name].help_text,
                input_formats=_CLOCKS,
                widget=forms.TimeInput(attrs={"type": "time"}, format=_CLOCK),
            )
        number = self.initial.get("office_whatsapp", "")
        self.initial["office_whatsapp"] = readable(number) if number else ""

    def clean_office_whatsapp(self) -> str:
        """As it is dialled from everywhere."""
        given: str = self.cleaned_data["office_whatsapp"].strip()
        number = normalised(given)
        if given and not number:
            raise forms.ValidationError(Refused("number_invalid").sentence)
        return number


class WayForm(forms.Form):
    """How one wants to be told oneself."""

    way = forms.ChoiceField(
        label=_("How do you want to be told?"),
        choices=[(way.value, words) for way, words in WAYS.items()],
        widget=forms.RadioSelect,
    )

    def chosen(self) -> Way:
        """The way, after validation."""
        return Way(self.cleaned_data["way"])


_ANY = ("", _("All"))


class OutboxForm(forms.Form):
    """What of all that went out is to be seen."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[_ANY, *((state.value, words) for state, words in STATES.items())],
    )
    channel = forms.ChoiceField(
        label=_("Way"),
        required=False,
        choices=[
            _ANY,
            *((each.value, CHANNELS[each]) for each in (Channel.MAIL, Channel.WHATSAPP)),
        ],
    )
    about = forms.CharField(
        label=_("About"),
        required=False,
        max_length=100,
        help_text=_("The id of what it is about, as the journal shows it."),
    )

    def wanted(self) -> dict[str, str]:
        """The filters that were given and understood."""
        if not self.is_valid():
            return {}
        return {key: value.strip() for key, value in self.cleaned_data.items() if value.strip()}

"""What narrows the list of requests."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.intake.rules.states import RequestState
from pendopo.intake.wording import CHANNELS, CLASSES, STATES

_ANY = ("", _("All"))


class RequestFilter(forms.Form):
    """All fields may stay empty."""

    use_required_attribute = False

    question = forms.CharField(
        label=_("Search"),
        max_length=100,
        required=False,
        widget=forms.TextInput({"type": "search", "placeholder": _("Number, sender or event")}),
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            _ANY,
            *((s.value, words) for s, words in STATES.items() if s != RequestState.DRAFT),
        ],
    )
    requester_class = forms.ChoiceField(
        label=_("Class"),
        required=False,
        choices=[_ANY, *((c.value, w) for c, w in CLASSES.items())],
    )
    channel = forms.ChoiceField(
        label=_("Came by"),
        required=False,
        choices=[_ANY, *((c.value, w) for c, w in CHANNELS.items())],
    )
    first_day = forms.DateField(
        label=_("Sent from"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=_("Sent until"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def wish(self) -> dict[str, Any]:
        """What was asked for and understood; what was not understood narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

"""A new API token."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.people.models import ApiToken
from pendopo.people.wording import SCOPE_LABELS

LIVES = [(30, _("30 days")), (90, _("90 days")), (365, _("One year")), (0, _("Without end"))]


class TokenForm(forms.Form):
    """What the token is for, what it may do, and for how long."""

    name = forms.CharField(
        label=_("What is it for?"),
        max_length=ApiToken._meta.get_field("name").max_length,
        help_text=_("For example: website of the office"),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        choices=list(SCOPE_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label=_("How long is it valid?"), coerce=int, choices=LIVES, initial=90
    )

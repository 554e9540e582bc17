"""What requesters and staff fill in about personal data."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ErasureForm(forms.Form):
    """A wish for erasure; nobody needs a reason."""

    reason = forms.CharField(
        label=_("Why? It helps us, but you need not say"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NoticeForm(forms.Form):
    """The next version of the notice."""

    text = forms.CharField(
        label=_("Text in Indonesian"),
        help_text=_("A line that begins with # is a heading; an empty line ends a paragraph."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 18}),
    )
    text_english = forms.CharField(
        label=_("Text in English"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class HoldForm(forms.Form):
    """Which request is held, and why."""

    number = forms.CharField(
        label=_("Request number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "2026-00017"}),
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)

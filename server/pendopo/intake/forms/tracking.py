"""What a requester fills in by the code."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class FindForm(forms.Form):
    """Number and code, however they are typed."""

    number = forms.CharField(
        label=_("Request number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "2026-00017"}),
    )
    code = forms.CharField(
        label=_("Tracking code"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )


class SeveralFilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class SeveralFiles(forms.FileField):
    """A list of uploads; empty when none was chosen."""

    widget = SeveralFilesInput(attrs={"accept": "image/*,application/pdf"})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data]
        chosen = [each for each in given if each]
        if not chosen and not self.required:
            return []
        return [super(SeveralFiles, self).clean(each, initial) for each in chosen or [None]]


class AnswerForm(forms.Form):
    """An answer to the office's question."""

    text = forms.CharField(
        label=_("Your answer"), max_length=4000, required=False, widget=forms.Textarea({"rows": 5})
    )
    papers = SeveralFiles(label=_("Photos or PDF"), required=False)


class LetterForm(forms.Form):
    """The letter that was to follow."""

    papers = SeveralFiles(label=_("Photos or PDF of the letter"))


class ReasonForm(forms.Form):
    """Why a request is cancelled."""

    reason = forms.CharField(label=_("Why do you cancel?"), max_length=1000, widget=forms.Textarea({"rows": 4}))

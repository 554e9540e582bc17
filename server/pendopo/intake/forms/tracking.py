"""What a requester fills in by the code."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeOnlyForm(forms.Form):
    """Errors stand under their field in our words; the browser's own bubbles stay away."""

    use_required_attribute = False


class FindForm(CodeOnlyForm):
    """Number and code, however they are typed."""

    number = forms.CharField(
        label=_("Request number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "2026-00017"}),
        error_messages={"required": _("Type the number, such as 2026-00017.")},
    )
    code = forms.CharField(
        label=_("Tracking code"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"required": _("Type the code that you got with the number.")},
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


class AnswerForm(CodeOnlyForm):
    """An answer to the office's question: words, papers, or both."""

    text = forms.CharField(
        label=_("Your answer"), max_length=4000, required=False, widget=forms.Textarea({"rows": 5})
    )
    papers = SeveralFiles(label=_("Photos or PDF"), required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not given["text"].strip() and not given["papers"]:
            self.add_error("text", _("Write your answer, or choose a file."))
        return given


class LetterForm(CodeOnlyForm):
    """The letter that was to follow."""

    papers = SeveralFiles(
        label=_("Photos or PDF of the letter"),
        error_messages={"required": _("Photograph the letter or choose a file.")},
    )


class ReasonForm(CodeOnlyForm):
    """Why a request is cancelled."""

    reason = forms.CharField(
        label=_("Why do you cancel?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Write the reason; a few words are enough.")},
    )

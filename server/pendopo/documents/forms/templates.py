"""The words of a template as they are edited."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.documents.rules.templates import LONGEST_BODY, LONGEST_CODE, LONGEST_SUBJECT, Words


class TemplateForm(forms.Form):
    """Subject, text and classification code of a kind of letter."""

    subject = forms.CharField(label=_("What the letter is about"), max_length=LONGEST_SUBJECT)
    body = forms.CharField(
        label=_("Text of the letter"),
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_(
            "An empty line begins a paragraph. Lines that begin with 1. and 2. are a list, "
            "lines such as “Waktu : 09.00 WIB” stand below each other."
        ),
    )
    classification_code = forms.CharField(
        label=_("Classification code"),
        max_length=LONGEST_CODE,
        required=False,
        help_text=_("Left empty, the office’s own is used."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def words(self) -> Words:
        """What was written, after validation."""
        given = self.cleaned_data
        return Words(given["subject"], given["body"], given["classification_code"])

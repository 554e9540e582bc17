"""What people fill in about letters: which they look for, and what a draft says."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.documents.models import Document, LetterStyle
from pendopo.documents.wording import FORMS, KINDS, SECRECIES, STATES, URGENCIES

if TYPE_CHECKING:
    _DocumentForm = forms.ModelForm[Document]
    _StyleForm = forms.ModelForm[LetterStyle]
else:
    _DocumentForm = forms.ModelForm
    _StyleForm = forms.ModelForm

_ANY = ("", _("All"))


def _choices(words: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return [(each.value, said) for each, said in words.items()]


class ListForm(forms.Form):
    """Which letters are to be seen."""

    words = forms.CharField(label=_("Number, subject or addressee"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[_ANY, *_choices(STATES)],
    )
    kind = forms.ChoiceField(
        label=_("Kind of letter"),
        required=False,
        choices=[_ANY, *_choices(KINDS)],
    )

    def wanted(self) -> dict[str, str]:
        """The filters that were given and understood."""
        if not self.is_valid():
            return {}
        return {key: value.strip() for key, value in self.cleaned_data.items() if value.strip()}


class DraftForm(_DocumentForm):
    """What a draft says, field by field."""

    class Meta:
        model = Document
        fields: ClassVar = [
            "subject", "addressee", "body", "copies", "attachments", "attached_text", "urgency",
            "secrecy", "signing_form", "on_behalf_of", "by_order_of", "classification_code",
            "number", "dated_on",
        ]  # fmt: skip
        labels: ClassVar = {
            "subject": _("What the letter is about"),
            "addressee": _("Addressee, a line each"),
            "body": _("Text of the letter"),
            "copies": _("Copies to, a line each"),
            "attachments": _("Attachments, as printed"),
            "attached_text": _("Pages after the letter"),
            "on_behalf_of": _("Title after “a.n.”"),
            "by_order_of": _("Title above “u.b.”"),
            "classification_code": _("Classification code"),
            "number": _("Number of the national letter system"),
            "dated_on": _("Date of that number"),
        }
        help_texts: ClassVar = {
            "body": _(
                "An empty line begins a paragraph. Lines that begin with 1. and 2. are a list, "
                "lines such as “Waktu : 09.00 WIB” stand below each other."
            ),
            "number": _("Left empty, the letter gets the office’s next number when it is signed."),
        }
        widgets: ClassVar = {
            "addressee": forms.Textarea(attrs={"rows": 3}),
            "body": forms.Textarea(attrs={"rows": 14}),
            "copies": forms.Textarea(attrs={"rows": 2}),
            "attached_text": forms.Textarea(attrs={"rows": 4}),
            "dated_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dated_on"].required = False
        self.fields["urgency"] = forms.ChoiceField(label=_("Urgency"), choices=_choices(URGENCIES))
        self.fields["secrecy"] = forms.ChoiceField(label=_("Secrecy"), choices=_choices(SECRECIES))
        self.fields["signing_form"] = forms.ChoiceField(
            label=_("Signed as"), choices=_choices(FORMS)
        )
        self.initial["seen"] = self.instance.revision

    def changes(self) -> dict[str, Any]:
        """What the draft is to say, after validation."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class StyleForm(_StyleForm):
    """How letters look."""

    class Meta:
        model = LetterStyle
        fields: ClassVar = ["face", "size", "unit_code"]

"""What organisers fill in: their code, co-organisers, the technical preparation."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.gateways.whatsapp.numbers import normalised
from pendopo.intake.actions.preparation import FIELDS, SITES_AT_MOST
from pendopo.intake.forms.wizard import WRONG_NUMBER
from pendopo.intake.models import Preparation, ServiceRequest, Site
from pendopo.intake.purpose_words import FIELDS as WORDS
from pendopo.intake.rules.preparation import Section

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
else:
    _ModelForm = forms.ModelForm


def _number(given: str) -> str:
    number = normalised(given) if given else ""
    if given and not number:
        raise forms.ValidationError(WRONG_NUMBER)
    return number


class CodeForm(forms.Form):
    """The six digits of a message."""

    digits = forms.CharField(
        label=_("One-time code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class OrganiserForm(forms.Form):
    """A co-organiser."""

    name = forms.CharField(label=_("Name"), max_length=100)
    whatsapp = forms.CharField(
        label=_("WhatsApp number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    email = forms.EmailField(label=_("E-mail address"), required=False)

    def clean_whatsapp(self) -> str:
        return _number(self.cleaned_data["whatsapp"])


class SignatoryForm(_ModelForm):
    """Who signed the letter."""

    class Meta:
        model = ServiceRequest
        fields = ("signatory_name", "signatory_position")
        labels = {
            name: WORDS[f"servicerequest.{name}"]
            for name in ("signatory_name", "signatory_position")
        }


class PreparationForm(_ModelForm):
    """All fields of the preparation; each page keeps those of its section."""

    class Meta:
        model = Preparation
        fields = (
            "technical_name", "technical_whatsapp", "technical_email", "rundown", "speakers",
            "cameras", "dignitaries", "has_stream", "has_recording", "is_open",
            "has_registration", "has_certificate", "lesson_hours", "equipment_asked",
            "equipment_brought", "accessibility", "rehearsal_at",
        )  # fmt: skip
        field_classes = {"rehearsal_at": forms.SplitDateTimeField}
        widgets = {
            "rehearsal_at": forms.SplitDateTimeWidget(
                date_attrs={"type": "date"}, date_format="%Y-%m-%d",
                time_attrs={"type": "time"}, time_format="%H:%M",
            ),
        }  # fmt: skip

    def __init__(self, section: Section, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in set(self.fields) - FIELDS[section]:
            del self.fields[name]
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 5
        if section is Section.RUNDOWN:
            self.fields["paper"] = forms.FileField(
                label=_("Rundown as a file"),
                required=False,
                widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
            )

    def clean_technical_whatsapp(self) -> str:
        return _number(self.cleaned_data["technical_whatsapp"])


class SiteForm(_ModelForm):
    """A place from which people take part."""

    class Meta:
        model = Site
        fields = ("name", "address", "person", "contact", "has_power", "has_network")

    def clean_contact(self) -> str:
        return _number(self.cleaned_data["contact"])


SiteForms = forms.formset_factory(
    SiteForm,
    extra=1,
    can_delete=True,
    max_num=SITES_AT_MOST,
    validate_max=True,
    absolute_max=SITES_AT_MOST + 1,
)
SITE_FIELDS = SiteForm.Meta.fields

"""Days off, the service standard and the legal bases."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pendopo.foundation.plain_text import storable
from pendopo.office.models import Holiday, LegalBasis, StandardText
from pendopo.office.rules.holidays import FIRST_YEAR, LAST_YEAR
from pendopo.office.wording import HOLIDAY_KINDS, LEGAL_STATUSES

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
else:
    _ModelForm = forms.ModelForm


class HolidayForm(_ModelForm):
    """A day off; of one that is in the list already only name and kind."""

    class Meta:
        model = Holiday
        fields: ClassVar = ["day", "name", "kind"]
        widgets: ClassVar = {"day": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.day:
            del self.fields["day"]
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind"), choices=[(kind.value, words) for kind, words in HOLIDAY_KINDS.items()]
        )

    def clean_name(self) -> str:
        return " ".join(storable(self.cleaned_data["name"]).split())

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(gettext("Give a time between the years 2000 and 2099."))
        return day

    def validate_unique(self) -> None:
        """The action refuses a day that is there already, also between two who add it at once."""


class StandardForm(_ModelForm):
    """The office's words for one part of its service standard."""

    class Meta:
        model = StandardText
        fields: ClassVar = ["text", "text_english", "link"]
        widgets: ClassVar = {
            "text": forms.Textarea(attrs={"rows": 5}),
            "text_english": forms.Textarea(attrs={"rows": 5}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["link"] = https_link()


class LegalBasisForm(_ModelForm):
    """A rule, what it means for the service, and whether it still holds."""

    class Meta:
        model = LegalBasis
        fields: ClassVar = ["number", "title", "scope", "status", "link", "position"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"] = forms.ChoiceField(
            label=_("Status"), choices=[(s.value, words) for s, words in LEGAL_STATUSES.items()]
        )
        self.fields["link"] = https_link()


def https_link() -> forms.URLField:
    """An optional address; without a scheme https is meant, and nothing but the web is taken."""
    field = forms.URLField(label=_("Link"), required=False, max_length=300, assume_scheme="https")
    field.validators[0].schemes = ["https", "http"]  # type: ignore[attr-defined]
    return field

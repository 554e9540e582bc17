"""The sections of `/pengaturan` that the office decides, a form each."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pendopo.office.models import Office
from pendopo.office.rules import (
    CHAIN_DUTIES,
    NUMBER_PARTS,
    is_chain,
    is_number_template,
    letter_number,
    usable_uplink,
)
from pendopo.people.wording import DUTY_LABELS

if TYPE_CHECKING:
    OfficeForm = forms.ModelForm[Office]
else:
    OfficeForm = forms.ModelForm


class IdentityForm(OfficeForm):
    """What the office is called."""

    class Meta:
        model = Office
        fields: ClassVar = ["name", "service_name", "shows_ornaments"]


class LetterheadForm(OfficeForm):
    """What stands on top of the office's papers."""

    class Meta:
        model = Office
        fields: ClassVar = [
            "letterhead_government",
            "letterhead_office",
            "letterhead_address",
            "letter_place",
            "paper",
        ]
        widgets: ClassVar = {"letterhead_address": forms.Textarea(attrs={"rows": 3})}


class ServiceForm(OfficeForm):
    """How long before an event a letter must come, and when the link goes out."""

    class Meta:
        model = Office
        fields: ClassVar = [
            "lead_days_government",
            "lead_days_community",
            "closing_hour",
            "link_days_before",
        ]


class NumberingForm(OfficeForm):
    """The form of letter numbers."""

    class Meta:
        model = Office
        fields: ClassVar = ["classification_code", "number_template"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = ", ".join(f"{{{part}}}" for part in NUMBER_PARTS)
        self.fields["number_template"].help_text = gettext(
            "May hold %(parts)s. The running number must stand in it once. As it is set now: "
            "%(example)s"
        ) % {"parts": parts, "example": self._example()}

    def _example(self) -> str:
        office = self.instance
        if not is_number_template(office.number_template):
            return "–"
        return letter_number(
            office.number_template,
            467,
            office.classification_code,
            "Diskominfo",
            date(2026, 11, 24),
        )

    def clean_number_template(self) -> str:
        template: str = self.cleaned_data["number_template"].strip()
        if not is_number_template(template):
            raise forms.ValidationError(
                gettext("{number} must stand in it once, and nothing in braces that is not listed.")
            )
        return template


class ChainForm(OfficeForm):
    """Through whose hands a letter goes, highest first."""

    class Meta:
        model = Office
        fields: ClassVar[list[str]] = []  # the steps below make the one value

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *((duty.value, DUTY_LABELS[duty]) for duty in CHAIN_DUTIES)]
        steps = [*self.instance.chain, "", "", "", ""]
        for index in range(len(CHAIN_DUTIES)):
            self.fields[f"step_{index + 1}"] = forms.ChoiceField(
                label=gettext("Step %(number)s") % {"number": index + 1},
                choices=choices,
                required=index == 0,
                initial=steps[index],
            )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        steps = [values.get(f"step_{index + 1}", "") for index in range(len(CHAIN_DUTIES))]
        given = [step for step in steps if step]
        if not is_chain(given):
            raise forms.ValidationError(gettext("Give at least one step, and none of them twice."))
        return {"chain": given}


class UplinkForm(OfficeForm):
    """The line that all meetings share."""

    class Meta:
        model = Office
        fields: ClassVar = ["uplink_mbps", "uplink_headroom_percent"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office = self.instance
        self.fields["uplink_headroom_percent"].help_text = gettext(
            "As it is set now, %(mbps)s Mbps may be planned."
        ) % {"mbps": usable_uplink(office.uplink_mbps, office.uplink_headroom_percent)}


class LimitsForm(OfficeForm):
    """What a meeting may take, and what a guest is asked."""

    class Meta:
        model = Office
        fields: ClassVar = ["meeting_people", "organisation_field"]
        help_texts: ClassVar = {
            "meeting_people": _("Holds for meetings that are made from now on.")
        }


class NoticesForm(OfficeForm):
    """The office's own words in what it sends."""

    class Meta:
        model = Office
        fields: ClassVar = ["invitation_opening", "invitation_closing"]
        widgets: ClassVar = {"invitation_closing": forms.Textarea(attrs={"rows": 4})}


class RetentionForm(OfficeForm):
    """How long what happened is kept."""

    class Meta:
        model = Office
        fields: ClassVar = ["journal_kept_years"]
        help_texts: ClassVar = {
            "journal_kept_years": _(
                "At least two. Older years are deleted whole, and that is noted."
            )
        }


class EmblemForm(forms.Form):
    """The office's emblem."""

    emblem = forms.FileField(
        label=_("Picture"),
        help_text=_("PNG, JPEG or WebP, at most 5 MB. Square pictures look best."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )

"""What the office decides about requests, as forms."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.foundation.errors import Refused
from pendopo.gateways.whatsapp.numbers import normalised, readable
from pendopo.intake.models import Instruction, IntakePolicy, RejectionReason

if TYPE_CHECKING:
    _InstructionForm = forms.ModelForm[Instruction]
    _ReasonForm = forms.ModelForm[RejectionReason]
    _PolicyForm = forms.ModelForm[IntakePolicy]
else:
    _InstructionForm = _ReasonForm = _PolicyForm = forms.ModelForm


class InstructionForm(_InstructionForm):
    """A line of the disposition sheet."""

    class Meta:
        model = Instruction
        fields: ClassVar = ["text", "place", "is_active"]


class ReasonForm(_ReasonForm):
    """A reason and its sentence."""

    class Meta:
        model = RejectionReason
        fields: ClassVar = ["title", "sentence", "is_active"]
        widgets: ClassVar = {"sentence": forms.Textarea({"rows": 4})}


class IntakePolicyForm(_PolicyForm):
    """The decisions about requests."""

    class Meta:
        model = IntakePolicy
        fields: ClassVar = [
            "register",
            "answer_days",
            "offer_days",
            "self_service",
            "self_service_people",
            "self_service_hours",
            "self_service_uplink_percent",
            "whatsapp",
            "draft_days",
            "kept_years",
        ]
        help_texts: ClassVar = {
            "register": _(
                "With the national letter system, the secretariat types its number, and each "
                "request has a file with the letter and its data to be loaded there."
            ),
            "answer_days": _("While the requester is asked, the clock stands still."),
            "self_service": _("Without letter and disposition; they are counted apart."),
            "self_service_people": _("For more, the unit sends a request."),
            "whatsapp": _(
                "Who sends a request without a code of ours confirms their number by writing to "
                "this one. Empty: that way is not offered."
            ),
            "kept_years": _("Then they are erased, unless a legal hold stands."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        number = self.initial.get("whatsapp", "")
        self.initial["whatsapp"] = readable(number) if number else ""

    def clean_whatsapp(self) -> str:
        """As it is dialled from everywhere."""
        given: str = self.cleaned_data["whatsapp"].strip()
        number = normalised(given)
        if given and not number:
            raise forms.ValidationError(Refused("number_invalid").sentence)
        return number

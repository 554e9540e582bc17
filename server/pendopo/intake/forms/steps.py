"""What staff fill in to take a step with a request."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.intake.forms.wizard import SlotForm
from pendopo.intake.models import RejectionReason
from pendopo.schedule.rules import Slot

OFFERED_AT_MOST = 3
LONGEST = 2000


def _text(label: Any, *, required: bool, rows: int = 4, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        required=required,
        help_text=help_text,
        widget=forms.Textarea({"rows": rows}),
        error_messages={"required": _("Write what it is about.")},
    )


class StepForm(forms.Form):
    """Errors stand under their field; the browser's own bubbles stay away."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class ReviewForm(StepForm):
    """Nothing but the button."""


class AskForm(StepForm):
    """One question."""

    note = _text(_("What do you want to know?"), required=True)


class ApproveForm(StepForm):
    """A remark for the time line."""

    note = _text(_("Note for the office"), required=False, rows=2)


class AuthoriseForm(StepForm):
    """Why it can't wait."""

    note = _text(_("Why it can't wait"), required=True, rows=3)


class CancelForm(StepForm):
    """The reason, for the requester too."""

    note = _text(
        _("Reason"), required=True, rows=3, help_text=_("It stands in the letter to the requester.")
    )


class RejectForm(StepForm):
    """Reasons from the office's list, and own words."""

    reasons = forms.ModelMultipleChoiceField(
        RejectionReason.objects.none(),
        label=_("Reasons"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = _text(
        _("Own words"),
        required=False,
        rows=3,
        help_text=_("They stand in the letter, after the reasons."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reasons"].queryset = RejectionReason.objects.filter(is_active=True)  # type: ignore[attr-defined]


OfferedSlotForms = forms.formset_factory(
    SlotForm,
    extra=OFFERED_AT_MOST - 1,
    min_num=1,
    max_num=OFFERED_AT_MOST,
    absolute_max=OFFERED_AT_MOST,
    validate_min=True,
    validate_max=True,
)


def filled_slots(slots: Any) -> list[Slot]:
    """The checked times of a formset in order, without the rows left empty."""
    given = [form.slot() for form in slots if form.has_changed()]
    return sorted(given, key=lambda slot: slot.starts_at)


class OfferForm(StepForm):
    """One to three times, and a remark."""

    note = _text(_("Note to the requester"), required=False, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slots = OfferedSlotForms(
            self.data if self.is_bound else None,
            prefix="slots",
            error_messages={"too_few_forms": str(_("Give at least one other time."))},
        )

    def is_valid(self) -> bool:
        """Whether the times are right, too."""
        times_are_right = self.slots.is_valid()
        return super().is_valid() and times_are_right

"""Accounts, their duties and units."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.office.forms.units import UnitChoice
from pendopo.people.rules import Duty
from pendopo.people.wording import DUTY_LABELS


class AccountForm(forms.Form):
    """What an account does, and where."""

    field_order: tuple[str, ...] = ("unit", "duties")
    duties = forms.MultipleChoiceField(
        label=_("Duties"),
        required=False,
        choices=[(duty.value, DUTY_LABELS[duty]) for duty in Duty],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitChoice(label=_("Unit"), required=False)
        self.order_fields(self.field_order)

    def clean_duties(self) -> list[Duty]:
        return [Duty(value) for value in self.cleaned_data["duties"]]


class InviteForm(AccountForm):
    """Somebody new."""

    name = forms.CharField(label=_("Full name"), max_length=100)
    email = forms.EmailField(label=_("E-mail address"))
    field_order = ("name", "email", "unit", "duties")


class WorkbookForm(forms.Form):
    """A filled workbook."""

    workbook = forms.FileField(
        label=_("Workbook (.xlsx)"), widget=forms.FileInput(attrs={"accept": ".xlsx"})
    )
